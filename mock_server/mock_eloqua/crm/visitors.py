"""Visitors: browsers that were seen on tracked pages, some of them known to be a contact's (`rest` 17)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, update

from mock_eloqua import dates
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

_visitor = tables.visitor


@dataclass(frozen=True, slots=True)
class ProfileField:
    """One thing that is known of a visitor."""

    id: int
    internal_name: str
    name: str
    data_type: str
    length: int


PROFILE_FIELDS = tuple(
    ProfileField(100_001 + place, internal_name, name, data_type, {"text": 100, "number": 4, "date": 8}[data_type])
    for place, (internal_name, name, data_type) in enumerate((
        ("V_IPAddress", "IP Address", "text"),
        ("V_HostName", "Host Name", "text"),
        ("V_BrowserType", "Browser Type", "text"),
        ("V_City_from_IP", "City from IP", "text"),
        ("V_State_from_IP", "State from IP", "text"),
        ("V_Country_from_IP", "Country from IP", "text"),
        ("V_CompanyName_from_IP1", "Company Name from IP", "text"),
        ("V_TimeZone", "Time Zone", "text"),
        ("V_FirstVisitDateAndTime", "First Visit Date and Time", "date"),
        ("V_LastVisitDateAndTime", "Last Visit Date and Time", "date"),
        ("V_FirstPageInVisit", "First Page in Visit", "text"),
        ("V_MostRecentReferrer", "Most Recent Referrer", "text"),
        ("V_NumberOfPages", "Total Pages", "number"),
        ("V_NumberOfVisits", "Total Visits", "number"),
    ))
)  # fmt: skip
"""The address and the last visit are known by name [client]; the others and all ids are ours [inferred]."""
_BY_NAME = {each.internal_name.lower(): each for each in PROFILE_FIELDS}

ACTIVITY_TYPES = ("webVisit", "pageView", "formSubmit", "fileDownload", "referral")
"""What visitors do [inferred: no answer is on record]."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One visitor as it is stored. Instants are milliseconds since 1970 UTC."""

    id: int
    external_id: str
    contact_id: int | None
    created_at: int
    doc: Mapping[str, str]
    """Internal name to value; dates as the database keeps them."""


_COLUMNS = [_visitor.c[name] for name in Visitor.__dataclass_fields__]


def get(site: Site, visitor_id: int) -> Visitor:
    """The visitor of that id.

    Raises:
        NotFound: there is none.
    """
    found, _ = find(site, _visitor.c.id == visitor_id, limit=1)
    if not found:
        raise NotFound("Visitor", visitor_id)
    return found[0]


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Visitor], int]:
    """A page of the visitors that fulfil *where*, and how many do in all."""
    rows, total = page(site.database, _visitor, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [Visitor(*row) for row in rows], total


def is_one_of(external_ids: Sequence[str]) -> ColumnElement[bool]:
    """A condition on visitors: the GUID is one of those, which are read in any case and with braces or without.

    Raises:
        Invalid: one is no GUID.
    """
    return _visitor.c.external_id.in_([_guid(each) for each in external_ids])


def _guid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Invalid(Failure("externalIds", "SyntaxRequirement", text)) from None


def create(
    site: Site, *, external_id: str = "", contact_id: int | None = None, values: Mapping[str, str] | None = None
) -> Visitor:
    """Note a visitor; without a GUID it gets one.

    Raises:
        Invalid: the GUID is none, a value names no profile field or does not fit.
        Duplicate: there is a visitor of that GUID.
    """
    key = _guid(external_id) if external_id else str(uuid.uuid4())
    doc = _checked(values or {})
    with site.database.writing() as connection:
        if find(site, is_one_of([key]))[1]:
            raise Duplicate(Failure("externalId", "UniquenessRequirement", key))
        (new_id,) = site.database.next_ids("visitor")
        row = {
            "id": new_id,
            "external_id": key,
            "contact_id": contact_id,
            "created_at": site.clock.now(),
            "doc": doc,
        }
        connection.execute(insert(_visitor), row)
    return get(site, new_id)


def by_external_id(site: Site, text: str) -> Visitor | None:
    """The visitor of a GUID in any spelling; None when it is not known, or no GUID."""
    try:
        found, _ = find(site, is_one_of([text]), limit=1)
    except Invalid:
        return None
    return found[0] if found else None


def seen(site: Site, text: str, contact_id: int | None) -> None:
    """A form was sent from the browser with that GUID: it is a visitor, and whose is known now [doc: it is linked].

    A text that is no GUID names nobody; a browser of a contact stays that of the contact when nobody is named.
    """
    try:
        key = _guid(text)
    except Invalid:
        return
    with site.database.writing():
        known = by_external_id(site, key) or create(site, external_id=key)
        if contact_id is not None:
            identify(site, known.id, contact_id)


def identify(site: Site, visitor_id: int, contact_id: int | None) -> None:
    """Say whose browser it is; None: nobody's that is known."""
    with site.database.writing() as connection:
        connection.execute(update(_visitor).where(_visitor.c.id == visitor_id).values(contact_id=contact_id))


def forget_contact(site: Site, contact_id: int) -> None:
    """The visitors of a contact are nobody's any more."""
    with site.database.writing() as connection:
        connection.execute(update(_visitor).where(_visitor.c.contact_id == contact_id).values(contact_id=None))


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    found, failures = {}, []
    for name, text in values.items():
        field = _BY_NAME.get(name.lower())
        try:
            if field is None:
                failures.append(Failure(name, "RelationshipRequirement", text))
            elif text:
                found[field.internal_name] = _stored(field, text)
        except ValueError:
            rule = "DateRequirement" if field and field.data_type == "date" else "ValidTextLengthRequirement"
            failures.append(Failure(name, rule, text))
    if failures:
        raise Invalid(*failures)
    return found


def _stored(field: ProfileField, text: str) -> str:
    if field.data_type == "date":
        return dates.read(text)
    if len(text) > 2000 or (field.data_type == "number" and not (text.isascii() and text.isdigit())):
        raise ValueError(text)
    return text


def operand(name: str) -> Operand | None:
    """What a property or a profile field's internal name stands for in a search."""
    if name in OPERANDS:
        return OPERANDS[name]
    field = _BY_NAME.get(name.lower())
    if field is None:
        return None
    document: Any = _visitor.c.doc
    kind = {"date": Kind.DATE, "number": Kind.NUMBER}.get(field.data_type, Kind.TEXT)
    return Operand(document[field.internal_name].as_string(), kind)


OPERANDS = {
    "id": Operand(_visitor.c.id, Kind.ID),
    "visitorId": Operand(_visitor.c.id, Kind.ID),
    "externalId": Operand(_visitor.c.external_id, Kind.TEXT),
    "contactId": Operand(_visitor.c.contact_id, Kind.ID),
    "createdAt": Operand(_visitor.c.created_at, Kind.INSTANT),
}
