"""Contact lists and who is on them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, insert, literal, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import references
from mock_eloqua.crm.errors import Duplicate, Failure, HasDependants, Invalid, NotFound
from mock_eloqua.crm.seeds import ROOT_FOLDERS
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among
from mock_eloqua.store.pages import page

KIND = "ContactList"
SCOPES = ("global", "local")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ContactList:
    """A list of contacts."""

    id: int
    name: str
    description: str
    folder_id: int | None
    scope: str
    data_lookup_id: str
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be written to a list. What is None stays as it is."""

    name: str | None = None
    description: str | None = None
    folder_id: int | None = None
    scope: str | None = None
    additions: Sequence[int] = field(default_factory=tuple)
    deletions: Sequence[int] = field(default_factory=tuple)


_asset, _member = tables.asset, tables.list_member
_COUNT = select(func.count()).select_from(_member).where(_member.c.list_id == _asset.c.id).scalar_subquery()
_COLUMNS = [*_asset.c, _COUNT.label("member_count")]
_GET = select(*_COLUMNS).where(_asset.c.kind == KIND, _asset.c.id == bindparam("of"))


def get(site: Site, list_id: int) -> ContactList:
    """The list of that id.

    Raises:
        NotFound: there is none.
    """
    with site.database.reading() as connection:
        row = connection.execute(_GET, {"of": list_id}).first()
    if row is None:
        raise NotFound(KIND, list_id)
    return _read(row)


def _read(row: Row[Any]) -> ContactList:
    return ContactList(
        id=row.id,
        name=row.name,
        description=row.doc.get("description", ""),
        folder_id=row.folder_id,
        scope=row.doc["scope"],
        data_lookup_id=row.doc["dataLookupId"],
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        count=row.member_count,
    )


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[ContactList], int]:
    """A page of the lists that fulfil *where*, and how many do in all."""
    wanted = and_(_asset.c.kind == KIND, where)
    rows, total = page(site.database, _asset, _COLUMNS, wanted, order_by=order_by, offset=offset, limit=limit)
    return [_read(row) for row in rows], total


def create(site: Site, changes: Changes, user_id: int | None = None) -> ContactList:
    """Make a list.

    Raises:
        Invalid: the name is missing, too long or of no use; the folder does not exist.
        Duplicate: there is a list of that name; the names of local ones do not count.
    """
    with site.database.writing() as connection:
        _check(site, changes.name or "", changes, changes.scope, owner=None)
        (new_id,) = site.database.next_ids(KIND)
        now = site.clock.now()
        row = {
            "kind": KIND,
            "id": new_id,
            "name": changes.name,
            "name_ci": (changes.name or "").lower(),
            "folder_id": ROOT_FOLDERS[KIND][0] if changes.folder_id is None else changes.folder_id,
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": {
                "scope": changes.scope or "global",
                "dataLookupId": str(uuid.uuid4()),
                "description": changes.description or "",
            },
        }
        connection.execute(insert(_asset), row)
        _move_members(site, new_id, changes)
    return get(site, new_id)


def change(site: Site, list_id: int, changes: Changes, user_id: int | None = None) -> ContactList:
    """Rename a list, move it, add and remove members. Additions run before deletions [inferred].

    Raises:
        NotFound: there is no such list.
        Invalid: as for `create`.
        Duplicate: another list has that name.
    """
    with site.database.writing() as connection:
        old = get(site, list_id)
        name = old.name if changes.name is None else changes.name
        _check(site, name, changes, changes.scope or old.scope, owner=list_id)
        written = {
            "name": name,
            "name_ci": name.lower(),
            "folder_id": old.folder_id if changes.folder_id is None else changes.folder_id,
            "updated_at": site.clock.now(),
            "updated_by": user_id,
            "doc": {
                "scope": changes.scope or old.scope,
                "dataLookupId": old.data_lookup_id,
                "description": old.description if changes.description is None else changes.description,
            },
        }
        connection.execute(update(_asset).where(_asset.c.kind == KIND, _asset.c.id == list_id).values(written))
        _move_members(site, list_id, changes)
    return get(site, list_id)


def delete(site: Site, list_id: int) -> None:
    """Remove a list; its members stay contacts [recorded].

    Raises:
        NotFound: there is no such list.
        HasDependants: an asset or a Bulk definition uses it [inferred].
    """
    with site.database.writing() as connection:
        get(site, list_id)
        if references.dependants(site, KIND, list_id):
            raise HasDependants(f"the list {list_id} is in use")
        connection.execute(sql_delete(_member).where(_member.c.list_id == list_id))
        connection.execute(sql_delete(_asset).where(_asset.c.kind == KIND, _asset.c.id == list_id))


def of_contact(site: Site, contact_id: int) -> list[tuple[int, str]]:
    """Id and name of each list that a contact is on."""
    query = (
        select(_asset.c.id, _asset.c.name)
        .join(_member, and_(_member.c.list_id == _asset.c.id, _asset.c.kind == KIND))
        .where(_member.c.contact_id == contact_id)
        .order_by(_asset.c.id)
    )
    with site.database.reading() as connection:
        return [(row.id, row.name) for row in connection.execute(query)]


def has_member(list_id: int) -> ColumnElement[bool]:
    """A condition on contacts: being on that list."""
    return tables.contact.c.id.in_(select(_member.c.contact_id).where(_member.c.list_id == list_id))


def members_among(site: Site, list_id: int, contact_ids: Iterable[int]) -> set[int]:
    """Those of the contacts that are on a list."""
    wanted = among(_member.c.contact_id, literal(to_json(list(contact_ids))))
    with site.database.reading() as connection:
        query = select(_member.c.contact_id).where(_member.c.list_id == list_id, wanted)
        return set(connection.execute(query).scalars())


def add_members(site: Site, list_id: int, contact_ids: Iterable[int]) -> int:
    """Put contacts on a list; how many were not on it before. Unknown ids are passed over."""
    wanted = list(dict.fromkeys(contact_ids))
    with site.database.writing():
        known = _existing(site, wanted)
        rows = [{"list_id": list_id, "contact_id": each} for each in wanted if each in known]
        return site.database.insert_or_skip(_member, rows)


def remove_members(site: Site, list_id: int, contact_ids: Iterable[int]) -> int:
    """Take contacts off a list; how many were on it."""
    wanted, removed = list(contact_ids), 0
    with site.database.writing() as connection:
        for start in range(0, len(wanted), 500):
            gone = sql_delete(_member).where(
                _member.c.list_id == list_id, _member.c.contact_id.in_(wanted[start : start + 500])
            )
            removed += connection.execute(gone).rowcount
    return removed


def _existing(site: Site, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    contact = tables.contact
    with site.database.reading() as connection:
        for start in range(0, len(ids), 500):
            query = select(contact.c.id).where(contact.c.id.in_(ids[start : start + 500]))
            found.update(connection.execute(query).scalars())
    return found


def _move_members(site: Site, list_id: int, changes: Changes) -> None:
    ids = [*changes.additions, *changes.deletions]
    if site.settings.unknown_list_members == "error" and ids:
        missing = set(ids) - _existing(site, ids)
        if missing:
            raise Invalid(Failure("membershipAdditions", "RelationshipRequirement", str(min(missing))))
    add_members(site, list_id, changes.additions)
    remove_members(site, list_id, changes.deletions)


def _check(site: Site, name: str, changes: Changes, scope: str | None, owner: int | None) -> None:
    if not name.strip():
        raise Invalid(Failure("name", "NotNullRequirement", None))
    texts = {"name": (name, _LONGEST_NAME), "description": (changes.description or "", 2000)}
    failures = [
        Failure(key, "ContentRequirement" if "\0" in text else "ValidTextLengthRequirement", text)
        for key, (text, longest) in texts.items()
        if "\0" in text or len(text) > longest
    ]
    if changes.scope is not None and changes.scope not in SCOPES:
        failures.append(Failure("scope", "EnumRequirement", changes.scope, SCOPES))
    if changes.folder_id is not None and not _is_folder(site, changes.folder_id):
        failures.append(Failure("folderId", "RelationshipRequirement", str(changes.folder_id)))
    if failures:
        raise Invalid(*failures)
    if scope == "local":  # segments may call theirs what they like [inferred]
        return
    document: Any = _asset.c.doc
    taken = select(_asset.c.id).where(
        _asset.c.kind == KIND, _asset.c.name_ci == name.lower(), document["scope"].as_string() == "global"
    )
    with site.database.reading() as connection:
        if any(each != owner for each in connection.execute(taken).scalars()):
            raise Duplicate(Failure("name", "UniquenessRequirement", name))


def _is_folder(site: Site, folder_id: int) -> bool:
    with site.database.reading() as connection:
        query = select(_asset.c.id).where(_asset.c.kind == "Folder", _asset.c.id == folder_id)
        return connection.execute(query).first() is not None


OPERANDS = {
    "id": Operand(_asset.c.id, Kind.ID),
    "name": Operand(_asset.c.name_ci, Kind.TEXT, folded=True),
    "createdAt": Operand(_asset.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(_asset.c.updated_at, Kind.INSTANT),
    "createdBy": Operand(_asset.c.created_by, Kind.ID),
    "updatedBy": Operand(_asset.c.updated_by, Kind.ID),
    "folderId": Operand(_asset.c.folder_id, Kind.ID),
    "count": Operand(_COUNT, Kind.ID),
}
"""What a list can be searched and ordered by."""
