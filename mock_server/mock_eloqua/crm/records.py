"""Records of custom objects, and registrations of events, which are records as well (`rest` 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.limits import LARGE_CUSTOM_OBJECT
from mock_eloqua.crm import accounts, assets, contacts, custom_fields, event_sessions, fields
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound
from mock_eloqua.crm.fields import BadValue, Catalogue
from mock_eloqua.crm.transfer import lifetime
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.language.search import Search
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

CUSTOM_OBJECT, EVENT = custom_fields.OWNERS
FIRST_STATUS = "Registered"
"""Of a record that nobody gave another one [client: the word]."""
_LONGEST = {"uniqueCode": 100, "name": 100, "customObjectRecordStatus": 100, "description": 2000}
_BULK_PATHS = {CUSTOM_OBJECT: "customObjects", EVENT: "events"}
_table = tables.custom_object_record


@dataclass(frozen=True, slots=True)
class Owner:
    """The custom object or event that records belong to, as far as they care."""

    kind: str
    id: int
    fields: Catalogue
    display_name: str = ""
    """The id of the field behind a record's name; `""`: none."""
    unique_code: str = ""
    """The id of the field whose values are unique."""
    email_address: str = ""
    """The id of the field whose value is the address of the contact that a record belongs to."""


NOBODY = Owner(CUSTOM_OBJECT, 0, Catalogue({}, {}))
"""Has no records and never will."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is stored. Instants are milliseconds since 1970 UTC."""

    owner: Owner
    id: int
    given_name: str
    description: str
    unique_code: str
    status: str
    contact_id: int | None
    account_id: int | None
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    doc: Mapping[str, str]
    """Field id to value, blank ones left out."""

    @property
    def name(self) -> str:
        """The value of the display-name field [client], else what it was called when it was made."""
        return self.doc.get(self.owner.display_name, "") or self.given_name

    @property
    def is_mapped(self) -> bool:
        """Does it belong to a contact or an account?"""
        return self.contact_id is not None or self.account_id is not None


_INSERT = insert(_table).values({each.name: bindparam(each.name) for each in _table.c})
_TAKEN = select(_table.c.id).where(
    _table.c.kind == bindparam("kind"),
    _table.c.parent_id == bindparam("parent"),
    _table.c.code_ci == bindparam("code"),
    _table.c.id != bindparam("key"),
)
_COLUMNS = [_table.c["name" if name == "given_name" else name] for name in [*Record.__dataclass_fields__][1:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be written. What is None stays as it is."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Field id to text, `""` to blank it."""
    name: str | None = None
    description: str | None = None
    unique_code: str | None = None
    status: str | None = None
    contact_id: int | None = None
    unlinks: bool = False
    """Without a contact said or found by its address, the record has none any more."""
    is_mapped: bool | None = None
    """False: to no contact, whatever its address says."""
    account_id: int | None = None


def owner(site: Site, kind: str, key: int) -> Owner:
    """The object of that kind and id.

    Raises:
        NotFound: there is none.
    """
    return owner_of(assets.get(site, kind, key))


def owner_of(asset: Asset) -> Owner:
    """The custom object or event as records care for it."""
    doc = asset.doc
    return Owner(
        asset.kind,
        asset.id,
        custom_fields.catalogue(doc),
        display_name=doc.get("displayNameFieldId", ""),
        unique_code=doc.get("uniqueCodeFieldId", ""),
        email_address=doc.get("emailAddressFieldId", ""),
    )


def get(site: Site, of: Owner, key: int) -> Record:
    """The record of that id.

    Raises:
        NotFound: the object has none.
    """
    with site.database.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(_belongs(of), _table.c.id == key)).first()
    if row is None:
        raise NotFound(f"record of {of.kind} {of.id}", key)
    return Record(of, *row)


def find(
    site: Site,
    of: Owner,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Record], int]:
    """A page of an object's records that fulfil *where*, and how many do in all."""
    wanted = and_(_belongs(of), where)
    rows, total = page(site.database, _table, _COLUMNS, wanted, order_by=order_by, offset=offset, limit=limit)
    return [Record(of, *row) for row in rows], total


def how_many(site: Site, kind: str, key: int) -> int:
    """How many records an object has."""
    query = select(func.count()).select_from(_table).where(_table.c.kind == kind, _table.c.parent_id == key)
    with site.database.reading() as connection:
        return connection.execute(query).scalar_one()


def create(site: Site, of: Owner, changes: Changes, user_id: int | None = None) -> Record:
    """Add a record.

    Raises:
        Invalid: a value does not fit its field, the contact does not exist, or a session of the event is full.
        Duplicate: another record has that unique code [client].
    """
    with site.database.writing():
        values = {key: text for key, text in _stored(of, changes).items() if text}
        if of.kind == EVENT:
            event_sessions.check(site, of.id, values, None)
        contact_id = _contact(site, of, changes, values, None)
        (new_id,) = site.database.next_ids("CustomObjectData")
        code = _code(site, of, changes, values, new_id, None)
        now = site.clock.now()
        row: dict[str, Any] = {
            "id": new_id,
            "kind": of.kind,
            "parent_id": of.id,
            "name": changes.name or "",
            "description": changes.description or "",
            "unique_code": code,
            "code_ci": code.lower(),
            "status": changes.status or FIRST_STATUS,
            "contact_id": contact_id,
            "account_id": _account(site, changes, None),
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": values,
        }
        site.database.run(_INSERT, **row)
    return Record(of, *(row[each.name] for each in _COLUMNS))


def change(site: Site, of: Owner, key: int, changes: Changes, user_id: int | None = None) -> Record:
    """Write to a record.

    Raises:
        NotFound: the object has no such record.
        Invalid, Duplicate: as for `create`.
    """
    with site.database.writing() as connection:
        old = get(site, of, key)
        written = {**old.doc, **_stored(of, changes)}
        values = {name: text for name, text in written.items() if text}
        if of.kind == EVENT:
            event_sessions.check(site, of.id, values, key)
        contact_id = _contact(site, of, changes, values, old)
        code = _code(site, of, changes, values, key, old)
        row = {
            "name": old.given_name if changes.name is None else changes.name,
            "description": old.description if changes.description is None else changes.description,
            "unique_code": code,
            "code_ci": code.lower(),
            "status": changes.status or old.status,
            "contact_id": contact_id,
            "account_id": _account(site, changes, old),
            "updated_at": site.clock.now(),
            "updated_by": user_id,
            "doc": values,
        }
        connection.execute(update(_table).where(_table.c.id == key).values(row))
    return get(site, of, key)


def delete(site: Site, of: Owner, key: int) -> None:
    """Remove a record.

    Raises:
        NotFound: the object has no such record.
    """
    with site.database.writing() as connection:
        if connection.execute(sql_delete(_table).where(_belongs(of), _table.c.id == key)).rowcount == 0:
            raise NotFound(f"record of {of.kind} {of.id}", key)


def delete_all(site: Site, kind: str, key: int) -> None:
    """Remove every record of an object that is gone, and the Bulk definitions that are about them."""
    with site.database.writing() as connection:
        lifetime.forget(site, f"{_BULK_PATHS[kind]}/{key}")
        connection.execute(sql_delete(_table).where(_table.c.kind == kind, _table.c.parent_id == key))


def drop_values(site: Site, kind: str, key: int, gone: Sequence[str]) -> None:
    """Take the values of fields that are no more out of every record of an object."""
    query = select(_table.c.id, _table.c.doc).where(_table.c.kind == kind, _table.c.parent_id == key)
    with site.database.writing() as connection:
        for row in connection.execute(query).all():
            left = {name: text for name, text in row.doc.items() if name not in gone}
            if left != row.doc:
                connection.execute(update(_table).where(_table.c.id == row.id).values(doc=left))


def operand(of: Owner, name: str) -> Operand | None:
    """What a name in a search stands for: a property, or a field's internal name; None when it is neither."""
    if name == "name":
        if not of.display_name:
            return Operand(_table.c.name, Kind.TEXT)
        shown = func.coalesce(func.nullif(_value(of.display_name), ""), _table.c.name)
        return Operand(shown, Kind.TEXT)
    if name in _OPERANDS:
        return _OPERANDS[name]
    wanted = of.fields.named(name)
    return fields.operand(wanted, _table.c.doc) if wanted else None


def is_slow(site: Site, of: Owner, search: Search) -> bool:
    """Does a search look at every record of a large object: by no field with an index, or after a leading wildcard?

    Properties have an index, and the fields that identify a record [inferred: which do].
    """
    values = [term.value for term in search.terms] if search.bare is None else [search.bare]
    unindexed = not any(_has_index(of, term.name) for term in search.terms) and search.bare is None
    if not unindexed and not any(value.startswith("*") for value in values):
        return False
    with site.database.reading() as connection:
        there = connection.execute(select(func.count()).select_from(_table).where(_belongs(of))).scalar_one()
    return there > site.thresholds.most(LARGE_CUSTOM_OBJECT)


def _has_index(of: Owner, name: str) -> bool:
    field = of.fields.named(name)
    return field is None or str(field.id) in (of.unique_code, of.email_address)


def belonging(of: Owner, where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition on records of any object of being one of this object's that fulfils *where*."""
    return and_(_belongs(of), where)


def _belongs(of: Owner) -> ColumnElement[bool]:
    return and_(_table.c.kind == of.kind, _table.c.parent_id == of.id)


def _stored(of: Owner, changes: Changes) -> dict[str, str]:
    """The values as they are kept."""
    said = {
        "name": changes.name,
        "description": changes.description,
        "customObjectRecordStatus": changes.status,
        "uniqueCode": changes.unique_code,
    }
    failures = [
        Failure(name, "ContentRequirement" if "\0" in text else "ValidTextLengthRequirement", text)
        for name, text in said.items()
        if text is not None and ("\0" in text or len(text) > _LONGEST[name])
    ]
    values = {}
    for key, text in changes.values.items():
        try:
            values[key] = fields.stored(of.fields.by_key[key], text)
        except BadValue as bad:
            failures.append(Failure(key, bad.requirement, text))
    if failures:
        raise Invalid(*failures)
    return values


def _contact(site: Site, of: Owner, changes: Changes, values: Mapping[str, str], old: Record | None) -> int | None:
    """The contact that is said, else the one of the record's address [doc], else the one it had."""
    if changes.contact_id is not None:
        if changes.contact_id not in contacts.by_ids(site, [changes.contact_id]):
            raise Invalid(Failure("contactId", "RelationshipRequirement", str(changes.contact_id)))
        return changes.contact_id
    if changes.is_mapped is False:
        return None
    address = values.get(of.email_address, "")
    found = contacts.by_address(site, address) if address else None
    if found is not None:
        return found.id
    return old.contact_id if old is not None and not changes.unlinks else None


def _account(site: Site, changes: Changes, old: Record | None) -> int | None:
    """The account that is said, else the one it had."""
    if changes.account_id is None:
        return old.account_id if old else None
    if changes.account_id not in accounts.by_ids(site, [changes.account_id]):
        raise Invalid(Failure("accountId", "RelationshipRequirement", str(changes.account_id)))
    return changes.account_id


def _code(site: Site, of: Owner, changes: Changes, values: Mapping[str, str], key: int, old: Record | None) -> str:
    """The value of the unique field, else the code that is said, else the one it had, else a generated one."""
    from_field = values.get(of.unique_code, "")
    code = from_field or changes.unique_code or (old.unique_code if old else "")
    if not code:
        codes = (f"D{site.code}{number:012d}" for number in count(key))
        return next(each for each in codes if not _is_taken(site, of, each, key))
    if _is_taken(site, of, code, key):
        broken = of.unique_code if from_field else "uniqueCode"
        raise Duplicate(Failure(broken, "NoDuplicatesRequirement", code))
    return code


def _is_taken(site: Site, of: Owner, code: str, key: int) -> bool:
    return site.database.first(_TAKEN, kind=of.kind, parent=of.id, code=code.lower(), key=key) is not None


def _value(key: str) -> ColumnElement[Any]:
    document: Any = _table.c.doc
    found: ColumnElement[Any] = document[key].as_string()
    return found


_OPERANDS = {
    "id": Operand(_table.c.id, Kind.ID),
    "uniqueCode": Operand(_table.c.code_ci, Kind.TEXT, folded=True),
    "contactId": Operand(_table.c.contact_id, Kind.ID),
    "accountId": Operand(_table.c.account_id, Kind.ID),
    "customObjectRecordStatus": Operand(_table.c.status, Kind.TEXT),
    "createdAt": Operand(_table.c.created_at, Kind.INSTANT),
    "createdBy": Operand(_table.c.created_by, Kind.ID),
    "updatedAt": Operand(_table.c.updated_at, Kind.INSTANT),
    "updatedBy": Operand(_table.c.updated_by, Kind.ID),
}
