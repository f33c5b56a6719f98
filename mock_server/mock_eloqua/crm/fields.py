"""Fields of contacts and accounts: which there are, what their values may be, how new ones get their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Table, and_, insert, select, true, update
from sqlalchemy import delete as sql_delete

from mock_eloqua import dates
from mock_eloqua.access.limits import CONTACT_FIELDS
from mock_eloqua.crm import addresses, references
from mock_eloqua.crm.errors import Failure, HasDependants, Invalid, NotFound
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

EMAIL_ADDRESS = "100001"
FIRST_NAME = "100002"
LAST_NAME = "100003"

DATA_TYPES = ("text", "largeText", "numeric", "number", "date")
DISPLAY_TYPES = ("text", "textArea", "singleSelect", "multiSelect", "checkbox", "radio", "hidden")
UPDATE_TYPES = ("always", "newNotBlank", "newEmailAddress", "existingBlank")

LONGEST = {"text": 100, "largeText": 32_000, "email": 400}
"""Characters [doc: user guide; the address inferred]."""
_LONGEST_OF_RECORDS = 250
"""Of a text on custom objects and events [doc: Bulk API data types]."""
_LONGEST_NUMBER = 100
_INTERNAL = re.compile(r"[A-Za-z]\w{0,99}", re.ASCII)
_PREFIXES = {"Contact": "C_", "Account": "M_"}
_TABLES = {"Contact": tables.contact, "Account": tables.account}


@dataclass(frozen=True)
class Field:
    """One field of an entity."""

    id: int
    entity: str
    internal_name: str
    name: str
    data_type: str
    display_type: str
    update_type: str
    is_standard: bool
    is_read_only: bool
    is_required: bool
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    doc: Mapping[str, str] = field(default_factory=dict)
    """What few fields have, by wire name: an option list, a default value ..."""

    @cached_property
    def key(self) -> str:
        """The field's id as text: its name in a record's document."""
        return str(self.id)

    @cached_property
    def longest(self) -> int:
        """Characters that a value may have."""
        if self.key == EMAIL_ADDRESS:
            return LONGEST["email"]
        if self.data_type == "text" and self.entity not in _TABLES:
            return _LONGEST_OF_RECORDS
        return LONGEST.get(self.data_type, 100)


_COLUMNS = [tables.field.c[name] for name in Field.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fields of one entity, in the order of their ids."""

    by_key: Mapping[str, Field]
    by_name: Mapping[str, Field]
    """By lower-case internal name."""

    def named(self, internal_name: str) -> Field | None:
        """The field of that internal name, in any case [inferred]."""
        return self.by_name.get(internal_name.lower())


class BadValue(ValueError):
    """A text that is no value of its field."""

    def __init__(self, requirement: str) -> None:
        super().__init__(requirement)
        self.requirement = requirement


def contact_fields(site: Site) -> Catalogue:
    """The contact fields of a site."""
    return site.cached(_contact_fields)


def account_fields(site: Site) -> Catalogue:
    """The account fields of a site."""
    return site.cached(_account_fields)


def fields_of(site: Site, entity: str) -> Catalogue:
    """The fields of `Contact` or `Account`."""
    return account_fields(site) if entity == "Account" else contact_fields(site)


def _contact_fields(site: Site) -> Catalogue:
    return _load(site, "Contact")


def _account_fields(site: Site) -> Catalogue:
    return _load(site, "Account")


def _load(site: Site, entity: str) -> Catalogue:
    found, _ = find(site, true(), limit=None, entity=entity)
    return Catalogue({each.key: each for each in found}, {each.internal_name.lower(): each for each in found})


def get(site: Site, field_id: int, entity: str = "Contact") -> Field:
    """The field of that id.

    Raises:
        NotFound: there is none.
    """
    try:
        return fields_of(site, entity).by_key[str(field_id)]
    except KeyError:
        raise NotFound(f"{entity}Field", field_id) from None


def stored_values(catalogue: Catalogue, texts: Mapping[str, str]) -> tuple[dict[str, str], list[Failure]]:
    """Values by field id as they are kept, and what is wrong with the others."""
    values, failures = {}, []
    for key, text in texts.items():
        try:
            values[key] = stored(catalogue.by_key[key], text)
        except BadValue as bad:
            failures.append(Failure(key, bad.requirement, text))
    return values, failures


def stored(of: Field, text: str) -> str:
    """A value as it is kept: blank, or what the field's data type asks for.

    Raises:
        BadValue: the text is no such value.
    """
    if text == "":
        return ""
    if "\0" in text:
        raise BadValue("ContentRequirement")
    kind = of.data_type
    if kind == "date":
        return _date(text)
    if kind in ("number", "numeric"):
        return number(text, whole=kind == "number")
    if len(text) > of.longest:
        raise BadValue("ValidTextLengthRequirement")
    if of.key == EMAIL_ADDRESS and not addresses.is_valid(text):
        raise BadValue("EmailAddressRequirement")
    return text


def _date(text: str) -> str:
    try:
        return dates.read(text)
    except ValueError:
        raise BadValue("DateRequirement") from None


# Short exponents only: written out, 1e-999999999 would fill the memory.
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)


def number(text: str, *, whole: bool) -> str:
    """A decimal, or an integer only, as it is kept: without exponent.

    Raises:
        BadValue: the text is none, or it has more than fifteen digits before the point.
    """
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        raise BadValue("IntegerRequirement")
    found = Decimal(text)
    if abs(found) >= 10**15 or (whole and found != int(found)):
        raise BadValue("IntegerRequirement")
    return f"{found:f}"


class Valued(Protocol):
    """A record that keeps values of fields."""

    @property
    def doc(self) -> Mapping[str, str]:
        """Field id to value, blank ones left out."""


T = TypeVar("T", bound=Valued)
Reader = Callable[[Site, T], str]
"""Gives what a record has in a field, `""` for nothing; dates as the database keeps them."""


def reader(of: Field, own: Mapping[str, Reader[T]], stamps: Mapping[str, Callable[[T], int]]) -> Reader[T]:
    """How the value of a field is read from records that keep their values in `doc`.

    Args:
        of: the field.
        own: internal names of fields that are worked out, or lie elsewhere, to how.
        stamps: internal names of date fields that are the records' own stamps, to those.
    """
    stamp, key = stamps.get(of.internal_name), of.key
    if stamp is not None:
        return lambda _site, record: dates.eastern(stamp(record))
    return own.get(of.internal_name) or (lambda _site, record: record.doc.get(key, ""))


def operand(of: Field, document: Any) -> Operand:
    """What a field stands for in a search, where records keep their values in the column *document*."""
    return Operand(document[of.key].as_string(), _KINDS.get(of.data_type, Kind.TEXT))


_KINDS = {"date": Kind.DATE, "number": Kind.NUMBER, "numeric": Kind.NUMBER}


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int | None = 1000,
    entity: str = "Contact",
) -> tuple[list[Field], int]:
    """A page of the fields that fulfil *where*, and how many do in all."""
    wanted = and_(tables.field.c.entity == entity, where)
    rows, total = page(site.database, tables.field, _COLUMNS, wanted, order_by=order_by, offset=offset, limit=limit)
    return [Field(*row) for row in rows], total


def create(
    site: Site,
    *,
    name: str,
    data_type: str,
    display_type: str,
    update_type: str,
    doc: Mapping[str, str] | None = None,
    user_id: int | None = None,
    entity: str = "Contact",
    internal_name: str = "",
) -> Field:
    """Make a custom field; its internal name follows from its name [recorded], unless a seed says it.

    Raises:
        Invalid: a word is missing or not known, the internal name is taken, or there are as many fields as there may
            be [inferred: the rule].
    """
    _check(
        name=name,
        dataType=(data_type, DATA_TYPES),
        displayType=(display_type, DISPLAY_TYPES),
        updateType=(update_type, UPDATE_TYPES),
    )
    with site.database.writing() as connection:
        catalogue = fields_of(site, entity)
        if internal_name and (catalogue.named(internal_name) or not _INTERNAL.fullmatch(internal_name)):
            raise Invalid(Failure("internalName", "UniquenessRequirement", internal_name))
        custom = sum(not each.is_standard for each in catalogue.by_key.values())
        if not site.thresholds.allows(CONTACT_FIELDS, custom + 1):
            raise Invalid(Failure("name", "RelationshipRequirement", name))
        references.check(site, doc or {})
        (new_id,) = site.database.next_ids("field")
        now = site.clock.now()
        made = Field(
            id=new_id,
            entity=entity,
            internal_name=internal_name or _internal_name(name, entity, catalogue),
            name=name,
            data_type=data_type,
            display_type=display_type,
            update_type=update_type,
            is_standard=False,
            is_read_only=False,
            is_required=False,
            created_at=now,
            created_by=user_id,
            updated_at=now,
            updated_by=user_id,
            doc=dict(doc or {}),
        )
        connection.execute(insert(tables.field), {name: getattr(made, name) for name in Field.__dataclass_fields__})
        references.note(site, f"{entity}Field", new_id, made.doc)
        site.forget()
    return made


def _check(*, name: str, **words: tuple[str, tuple[str, ...]]) -> None:
    failures = []
    if not name.strip():
        failures.append(Failure("name", "NotNullRequirement", None))
    elif len(name) > 100 or "\0" in name:
        failures.append(Failure("name", "ValidTextLengthRequirement", name))
    failures += [
        Failure(key, "EnumRequirement", given, known) if given else Failure(key, "NotNullRequirement", None)
        for key, (given, known) in words.items()
        if given not in known
    ]
    if failures:
        raise Invalid(*failures)


def _internal_name(name: str, entity: str, catalogue: Catalogue) -> str:
    stem = _PREFIXES[entity] + re.sub(r"[^A-Za-z0-9]", "_", name)
    return next(f"{stem}{n}" for n in range(1, 10_000) if catalogue.named(f"{stem}{n}") is None)


def change(
    site: Site,
    field_id: int,
    *,
    name: str,
    data_type: str,
    display_type: str,
    update_type: str,
    internal_name: str,
    user_id: int | None,
    doc: Mapping[str, str] | None = None,
    entity: str = "Contact",
) -> Field:
    """Rename a field or change how it is shown and updated. What it holds and its internal name are fixed [doc].

    Raises:
        NotFound: there is no such field.
        Invalid: a word is missing or not known, or what is fixed would change; no internal name is none to change.
    """
    old = get(site, field_id, entity)
    _check(
        name=name,
        dataType=(data_type, DATA_TYPES),
        displayType=(display_type, DISPLAY_TYPES),
        updateType=(update_type, UPDATE_TYPES),
    )
    fixed = (("dataType", data_type, old.data_type), ("internalName", internal_name, old.internal_name))
    if moved := [Failure(key, "ImmutabilityRequirement", new) for key, new, was in fixed if new not in ("", was)]:
        raise Invalid(*moved)
    changes = {
        "name": name,
        "display_type": display_type,
        "update_type": update_type,
        "updated_at": site.clock.now(),
        "updated_by": user_id,
        "doc": (kept := dict(old.doc if doc is None else doc)),
    }
    with site.database.writing() as connection:
        references.check(site, kept)
        connection.execute(update(tables.field).where(tables.field.c.id == field_id).values(changes))
        references.note(site, f"{entity}Field", field_id, kept)
        site.forget()
    return get(site, field_id, entity)


def delete(site: Site, field_id: int, entity: str = "Contact") -> None:
    """Remove a custom field with its values.

    Raises:
        NotFound: there is no such field.
        HasDependants: a standard field [inferred], or an asset or a Bulk definition uses it [client].
    """
    old, kind = get(site, field_id, entity), f"{entity}Field"
    with site.database.writing() as connection:
        if old.is_standard or references.dependants(site, kind, field_id):
            raise HasDependants(f"the field {old.internal_name} is in use")
        references.forget(site, kind, field_id)
        connection.execute(sql_delete(tables.field).where(tables.field.c.id == field_id))
        _drop_values(site, _TABLES[entity], old.key)
        site.forget()


def _drop_values(site: Site, table: Table, key: str) -> None:
    holds = table.c.doc[key].as_string().is_not(None)
    with site.database.writing() as connection:
        holders = connection.execute(select(table.c.id, table.c.doc).where(holds)).all()
        for row in holders:
            doc = {name: value for name, value in row.doc.items() if name != key}
            connection.execute(update(table).where(table.c.id == row.id).values(doc=doc))


OPERANDS = {
    "id": Operand(tables.field.c.id, Kind.ID),
    "name": Operand(tables.field.c.name, Kind.TEXT),
    "internalName": Operand(tables.field.c.internal_name, Kind.TEXT),
    "dataType": Operand(tables.field.c.data_type, Kind.TEXT),
    "displayType": Operand(tables.field.c.display_type, Kind.TEXT),
    "updateType": Operand(tables.field.c.update_type, Kind.TEXT),
    "isStandard": Operand(tables.field.c.is_standard, Kind.BOOLEAN),
    "createdAt": Operand(tables.field.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(tables.field.c.updated_at, Kind.INSTANT),
}
"""What a field can be searched and ordered by."""
