"""Contacts: the records that all three doors open on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    String,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.limits import SANDBOX_CONTACTS
from mock_eloqua.crm import addresses, fields, labels, record_links, scores, visitors
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound, SandboxFull
from mock_eloqua.crm.fields import EMAIL_ADDRESS, FIRST_NAME, LAST_NAME, Field, Reader
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among, text_after
from mock_eloqua.store.pages import Pages, page

EMAIL_FORMATS = ("unspecified", "html", "text")


class Contact(NamedTuple):
    """One contact as it is stored. Instants are milliseconds since 1970 UTC.

    A tuple, as pages have a thousand: a frozen dataclass of so many fields takes six times as long [measured].
    """

    id: int
    email_address: str
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    is_subscribed: bool
    subscribed_at: int | None
    unsubscribed_at: int | None
    is_bounceback: bool
    bounced_at: int | None
    email_format: str
    account_id: int | None
    is_sms_subscribed: bool | None
    doc: Mapping[str, str]
    """Field id to value, blank ones left out; the address is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be written. What is None stays as it is."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Field id to text, `""` to blank it; the address is the value of `100001`."""
    is_subscribed: bool | None = None
    is_bounceback: bool | None = None
    email_format: str | None = None
    is_sms_subscribed: bool | None = None


_COLUMNS = [tables.contact.c[name] for name in Contact._fields]
_GET = select(*_COLUMNS).where(tables.contact.c.id == bindparam("of"))
_AMONG_IDS = among(tables.contact.c.id, bindparam("ids", type_=String))
_BY_IDS = select(*_COLUMNS).where(_AMONG_IDS)
_ADDRESSES_BY_IDS = select(tables.contact.c.id, tables.contact.c.email_address).where(_AMONG_IDS)
_BY_ADDRESS = select(*_COLUMNS).where(tables.contact.c.email_ci == bindparam("of"))
_INSERT = insert(tables.contact).values({each.name: bindparam(each.name) for each in tables.contact.c})
_UPDATE = (
    update(tables.contact)
    .where(tables.contact.c.id == bindparam("of"))
    .values({each.name: bindparam(each.name) for each in tables.contact.c if each.name != "id"})
)
_TAKEN = select(tables.contact.c.id).where(tables.contact.c.email_ci == bindparam("of"))


def get(site: Site, contact_id: int) -> Contact:
    """The contact of that id.

    Raises:
        NotFound: there is none.
    """
    row = site.database.first(_GET, of=contact_id)
    if row is None:
        raise NotFound("Contact", contact_id)
    return Contact(*row)


def by_address(site: Site, address: str) -> Contact | None:
    """The contact of that address, compared without case."""
    row = site.database.first(_BY_ADDRESS, of=address.lower())
    return Contact(*row) if row else None


def by_ids(site: Site, ids: Sequence[int]) -> dict[int, Contact]:
    """Those of the contacts that exist, by id."""
    found = (Contact(*row) for row in site.database.every(_BY_IDS, ids=to_json(list(ids))))
    return {each.id: each for each in found}


def addresses_of(site: Site, ids: Sequence[int]) -> dict[int, str]:
    """The addresses of those of the contacts that exist, by id."""
    return {row[0]: row[1] for row in site.database.every(_ADDRESSES_BY_IDS, ids=to_json(list(ids)))}


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int | None = 1000,
) -> tuple[list[Contact], int]:
    """A page of the contacts that fulfil *where*, and how many do in all."""
    rows, total = page(site.database, tables.contact, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [Contact(*row) for row in rows], total


def pages(where: ColumnElement[bool]) -> Pages[Contact]:
    """The pages of the contacts that fulfil *where*, to be kept by those who ask for several."""
    return Pages(tables.contact, _COLUMNS, where, Contact)


def create(site: Site, changes: Changes, user_id: int | None = None) -> Contact:
    """Add a contact.

    Raises:
        Invalid: the address is missing or a value does not fit.
        Duplicate: there is a contact of that address.
        SandboxFull: there are as many as a sandbox holds.
    """
    with site.database.writing():
        address, values = checked(site, changes)
        if room(site, 1) == 0:
            raise SandboxFull
        (new_id,) = site.database.next_ids("contact")
        now = site.clock.now()
        row = fresh_row(new_id, address, now, user_id)
        row["doc"] = values
        row.update(addresses.remembered(site, [row["email_ci"]]).get(row["email_ci"], ()))
        row.update(marks(row, changes, now))
        site.database.run(_INSERT, **row)
    return _contact(row)


def checked(site: Site, changes: Changes) -> tuple[str, dict[str, str]]:
    """Address and values of a new contact as they are kept, blank ones left out.

    Raises:
        Invalid, Duplicate: as for `create`.
    """
    values = _stored(site, changes)
    address = values.pop(EMAIL_ADDRESS, "")
    if not address:
        raise Invalid(Failure(EMAIL_ADDRESS, "EmailAddressRequirement", None))
    _check_free(site, address, None)
    return address, {key: value for key, value in values.items() if value}


def room(site: Site, wanted: int) -> int | None:
    """How many more contacts there may be, where so many are *wanted*; None for as many as come."""
    if not site.thresholds.enforces(SANDBOX_CONTACTS):
        return None
    with site.database.reading() as connection:
        there = connection.execute(select(func.count()).select_from(tables.contact)).scalar_one()
    site.thresholds.allows(SANDBOX_CONTACTS, there + wanted)
    return max(0, site.thresholds.most(SANDBOX_CONTACTS) - there)


def fresh_row(contact_id: int, address: str, now: int, user_id: int | None) -> dict[str, Any]:
    """The row of a new contact with nothing but its address [recorded: the defaults]."""
    return {
        "id": contact_id,
        "email_address": address,
        "email_ci": address.lower(),
        "created_at": now,
        "created_by": user_id,
        "updated_at": now,
        "updated_by": user_id,
        "is_subscribed": True,
        "subscribed_at": now,
        "unsubscribed_at": None,
        "is_bounceback": False,
        "bounced_at": None,
        "email_format": "unspecified",
        "account_id": None,
        "is_sms_subscribed": None,
        "doc": {},
    }


def change(site: Site, contact_id: int, changes: Changes, user_id: int | None = None) -> Contact:
    """Write to a contact.

    Raises:
        NotFound: there is no such contact.
        Invalid: a value does not fit, or the address would be blank.
        Duplicate: another contact has the new address.
    """
    with site.database.writing():
        old = get(site, contact_id)
        values = _stored(site, changes)
        address = values.pop(EMAIL_ADDRESS, old.email_address)
        if not address:
            raise Invalid(Failure(EMAIL_ADDRESS, "EmailAddressRequirement", None))
        _check_free(site, address, contact_id)
        now = site.clock.now()
        new = old._replace(
            email_address=address,
            updated_at=now,
            updated_by=user_id,
            doc={key: value for key, value in {**old.doc, **values}.items() if value},
            **marks(old._asdict(), changes, now),
        )
        written = {name: value for name, value in new._asdict().items() if name != "id"}
        site.database.run(_UPDATE, of=contact_id, email_ci=address.lower(), **written)
    return new


def delete(site: Site, contact_id: int) -> None:
    """Remove a contact; its lists and campaigns lose it, its address keeps its subscription [recorded].

    Raises:
        NotFound: there is no such contact.
    """
    with site.database.writing() as connection:
        row = connection.execute(select(tables.contact).where(tables.contact.c.id == contact_id)).mappings().first()
        if row is None:
            raise NotFound("Contact", contact_id)
        memory = tables.address_memory
        connection.execute(sql_delete(memory).where(memory.c.email_ci == row["email_ci"]))
        connection.execute(insert(memory), {"email_ci": row["email_ci"], **{key: row[key] for key in addresses.KEPT}})
        connection.execute(sql_delete(tables.list_member).where(tables.list_member.c.contact_id == contact_id))
        in_campaigns = tables.canvas_member.c
        here = (in_campaigns.entity == "Contact") & (in_campaigns.member_id == contact_id)
        connection.execute(sql_delete(tables.canvas_member).where(here))
        record_links.contact_deleted(site, contact_id)
        visitors.forget_contact(site, contact_id)
        labels.forget_contact(site, contact_id)
        scores.forget_contact(site, contact_id)
        connection.execute(sql_delete(tables.contact).where(tables.contact.c.id == contact_id))


def _contact(row: Mapping[str, Any]) -> Contact:
    return Contact(*_in_order(row))


_in_order = itemgetter(*Contact._fields)


def _stored(site: Site, changes: Changes) -> dict[str, str]:
    values, failures = fields.stored_values(fields.contact_fields(site), changes.values)
    if changes.email_format is not None and changes.email_format not in EMAIL_FORMATS:
        failures.append(Failure("emailFormatPreference", "EnumRequirement", changes.email_format, EMAIL_FORMATS))
    if failures:
        raise Invalid(*failures)
    return values


def _check_free(site: Site, address: str, owner: int | None) -> None:
    taken = site.database.first(_TAKEN, of=address.lower())
    if taken is not None and taken[0] != owner:
        raise Duplicate(Failure(EMAIL_ADDRESS, "UniquenessRequirement", address))


def marks(row: Mapping[str, Any] | RowMapping, changes: Changes, now: int) -> dict[str, Any]:
    """Subscription, bounce and format, stamped when they turn [inferred: the stamps]."""
    written: dict[str, Any] = {}
    if changes.is_subscribed is not None and changes.is_subscribed != row["is_subscribed"]:
        stamp = "subscribed_at" if changes.is_subscribed else "unsubscribed_at"
        written |= {"is_subscribed": changes.is_subscribed, stamp: now}
    if changes.is_bounceback is not None and changes.is_bounceback != row["is_bounceback"]:
        written |= {
            "is_bounceback": changes.is_bounceback,
            "bounced_at": now if changes.is_bounceback else None,
        }
    if changes.email_format is not None:
        written["email_format"] = changes.email_format
    if changes.is_sms_subscribed is not None:
        written["is_sms_subscribed"] = changes.is_sms_subscribed
    return written


def value(site: Site, contact: Contact, wanted: Field) -> str:
    """What a contact has in a field, `""` for nothing; dates as the database keeps them."""
    return reader(wanted)(site, contact)


def reader(wanted: Field) -> Reader[Contact]:
    """How the value of a field is read from a contact."""
    return fields.reader(wanted, _DERIVED, INSTANTS)


def external_id(site: Site, contact_id: int) -> str:
    """`ContactIDExt`: `C`, the site's four letters, the id in twelve digits [client]."""
    return f"C{site.code}{contact_id:012d}"


INSTANTS: dict[str, Callable[[Contact], int]] = {
    "C_DateCreated": attrgetter("created_at"),
    "C_DateModified": attrgetter("updated_at"),
}
"""Date fields that are the contact's own stamps, in milliseconds."""

_DERIVED: dict[str, Reader[Contact]] = {
    "C_EmailAddress": lambda site, contact: contact.email_address,
    "ContactIDExt": lambda site, contact: external_id(site, contact.id),
    "C_EmailAddressDomain": lambda site, contact: contact.email_address.partition("@")[2],
    "C_FirstAndLastName": lambda site, contact: (
        f"{contact.doc.get(FIRST_NAME, '')} {contact.doc.get(LAST_NAME, '')}".strip()
    ),
}
"""Fields that the product works out itself."""


def operand(site: Site, internal_name: str) -> Operand | None:
    """What a field's internal name stands for in a search; None when there is no such field."""
    wanted = fields.contact_fields(site).named(internal_name)
    if wanted is None:
        return None
    own = _SEARCHED.get(wanted.internal_name)
    return own(site) if own else fields.operand(wanted, tables.contact.c.doc)


def _document_value(key: str) -> ColumnElement[Any]:
    document: Any = tables.contact.c.doc
    found: ColumnElement[Any] = document[key].as_string()
    return found


_SEARCHED = {
    "C_EmailAddress": lambda site: Operand(tables.contact.c.email_ci, Kind.TEXT, folded=True),
    "C_DateCreated": lambda site: Operand(tables.contact.c.created_at, Kind.INSTANT),
    "C_DateModified": lambda site: Operand(tables.contact.c.updated_at, Kind.INSTANT),
    "ContactIDExt": lambda site: Operand(
        literal(f"C{site.code}") + func.substr(cast(tables.contact.c.id + 10**12, String), 2), Kind.TEXT
    ),
    "C_EmailAddressDomain": lambda site: Operand(
        text_after(tables.contact.c.email_ci, literal("@")), Kind.TEXT, folded=True
    ),
    "C_FirstAndLastName": lambda site: Operand(
        func.trim(func.coalesce(_document_value(FIRST_NAME), "") + " " + func.coalesce(_document_value(LAST_NAME), "")),
        Kind.TEXT,
    ),
}
