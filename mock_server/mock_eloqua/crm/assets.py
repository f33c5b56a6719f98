"""Assets: what users build. One row each; what a type has of its own lies in its document.

Types that do something of their own (lists, segments, forms ...) have modules beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import references
from mock_eloqua.crm.errors import Duplicate, Failure, HasDependants, Invalid, NotFound
from mock_eloqua.crm.seeds import ROOT_FOLDERS
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

LONGEST_NAME = 100
FOLDER = "Folder"
_table = tables.asset


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset as it is stored. Instants are milliseconds since 1970 UTC."""

    kind: str
    id: int
    name: str
    folder_id: int | None
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    doc: Mapping[str, Any]
    """The type's own properties as they travel: scalars as texts, blank ones left out."""


_COLUMNS = [_table.c[name] for name in Asset.__dataclass_fields__]
_GET = select(*_COLUMNS).where(_table.c.kind == bindparam("of"), _table.c.id == bindparam("key"))


def get(site: Site, kind: str, key: int) -> Asset:
    """The asset of that kind and id.

    Raises:
        NotFound: there is none.
    """
    with site.database.reading() as connection:
        row = connection.execute(_GET, {"of": kind, "key": key}).first()
    if row is None:
        raise NotFound(kind, key)
    return Asset(*row)


def all_of(site: Site, kind: str) -> list[Asset]:
    """Every asset of a kind, by id."""
    query = select(*_COLUMNS).where(_table.c.kind == kind).order_by(_table.c.id)
    with site.database.reading() as connection:
        return [Asset(*row) for row in connection.execute(query)]


def find(
    site: Site,
    kind: str,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int | None = 1000,
) -> tuple[list[Asset], int]:
    """A page of the assets of a kind that fulfil *where*, and how many do in all."""
    return find_any(site, and_(_table.c.kind == kind, where), order_by=order_by, offset=offset, limit=limit)


def find_any(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int | None = 1000,
) -> tuple[list[Asset], int]:
    """A page of the assets of any kind that fulfil *where*, and how many do in all."""
    rows, total = page(site.database, _table, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [Asset(*row) for row in rows], total


def create(
    site: Site,
    kind: str,
    *,
    name: str,
    doc: Mapping[str, Any],
    folder_id: int | None = None,
    user_id: int | None = None,
    unique: bool = True,
) -> Asset:
    """Add an asset; without a folder it lies in the root folder of its kind.

    Raises:
        Invalid: the name is missing or too long, the folder or something referred to does not exist.
        Duplicate: there is an asset of that kind and name.
    """
    root = ROOT_FOLDERS.get(kind)
    with site.database.writing() as connection:
        _check(site, kind, name, folder_id, owner=None, unique=unique)
        references.check(site, doc)
        _check_texts(doc)
        (new_id,) = site.database.next_ids(kind)
        now = site.clock.now()
        row = {
            "kind": kind,
            "id": new_id,
            "name": name,
            "name_ci": name.lower(),
            "folder_id": root[0] if folder_id is None and root else folder_id,
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": dict(doc),
        }
        connection.execute(insert(_table), row)
        references.note(site, kind, new_id, doc)
    return get(site, kind, new_id)


def change(
    site: Site,
    kind: str,
    key: int,
    *,
    name: str,
    doc: Mapping[str, Any],
    folder_id: int | None = None,
    user_id: int | None = None,
    unique: bool = True,
) -> Asset:
    """Replace an asset's name and document; without a folder it stays where it is [recorded].

    Raises:
        NotFound: there is no such asset.
        Invalid, Duplicate: as for `create`.
    """
    with site.database.writing() as connection:
        old = get(site, kind, key)
        _check(site, kind, name, folder_id, owner=key, unique=unique)
        references.check(site, doc)
        _check_texts(doc)
        written = {
            "name": name,
            "name_ci": name.lower(),
            "folder_id": old.folder_id if folder_id is None else folder_id,
            "updated_at": site.clock.now(),
            "updated_by": user_id,
            "doc": dict(doc),
        }
        connection.execute(update(_table).where(_table.c.kind == kind, _table.c.id == key).values(written))
        references.note(site, kind, key, doc)
    return get(site, kind, key)


def write_doc(site: Site, asset: Asset, **values: Any) -> Asset:
    """Write single properties of an asset's document, as the product itself does; None takes one out."""
    doc = {name: value for name, value in {**asset.doc, **values}.items() if value is not None}
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.kind == asset.kind, _table.c.id == asset.id).values(doc=doc))
    return get(site, asset.kind, asset.id)


def delete(site: Site, kind: str, key: int) -> None:
    """Remove an asset.

    Raises:
        NotFound: there is no such asset.
        HasDependants: others refer to it [doc].
    """
    with site.database.writing() as connection:
        get(site, kind, key)
        found = references.dependants(site, kind, key)
        if found:
            raise HasDependants(f"the {kind} {key} is used by {found[0][0]} {found[0][1]}")
        references.forget(site, kind, key)
        connection.execute(sql_delete(_table).where(_table.c.kind == kind, _table.c.id == key))


def named(site: Site, kind: str, name: str) -> Asset | None:
    """The asset of that kind and name, compared without case."""
    found, _ = find(site, kind, _table.c.name_ci == name.lower(), limit=1)
    return found[0] if found else None


def _check(site: Site, kind: str, name: str, folder_id: int | None, owner: int | None, *, unique: bool) -> None:
    failures = []
    if not name.strip():
        failures.append(Failure("name", "NotNullRequirement", None))
    elif "\0" in name or len(name) > LONGEST_NAME:
        failures.append(Failure("name", "ContentRequirement" if "\0" in name else "ValidTextLengthRequirement", name))
    if folder_id is not None and not references.exists(site, FOLDER, folder_id):
        failures.append(Failure("folderId", "RelationshipRequirement", str(folder_id)))
    if failures:
        raise Invalid(*failures)
    if unique:
        query = select(_table.c.id).where(_table.c.kind == kind, _table.c.name_ci == name.lower())
        with site.database.reading() as connection:
            taken = set(connection.execute(query).scalars())
            if taken and owner not in taken:  # filters of segments share a name: one that stays is no news
                raise Duplicate(Failure("name", _TAKEN.get(kind, "UniquenessRequirement"), name))


_TAKEN = {"CustomObject": "NoDuplicatesRequirement"}
"""The rule that a taken name breaks, where it is another [client]."""


def _check_texts(doc: Mapping[str, Any]) -> None:
    """No NUL in any text: one database could not keep it, and it says nothing [inferred]."""
    failures = [Failure(name, "ContentRequirement", text) for name, text in _texts(doc) if "\0" in text]
    if failures:
        raise Invalid(*failures)


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, key)
            yield key, key
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str):
        yield name, value


OPERANDS = {
    "id": Operand(_table.c.id, Kind.ID),
    "name": Operand(_table.c.name_ci, Kind.TEXT, folded=True),
    "createdAt": Operand(_table.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(_table.c.updated_at, Kind.INSTANT),
    "createdBy": Operand(_table.c.created_by, Kind.ID),
    "updatedBy": Operand(_table.c.updated_by, Kind.ID),
    "folderId": Operand(_table.c.folder_id, Kind.ID),
}
"""What every asset can be searched and ordered by."""


def operand(name: str) -> ColumnElement[Any]:
    """The value of a property in an asset's document."""
    document: Any = _table.c.doc
    found: ColumnElement[Any] = document[name].as_string()
    return found
