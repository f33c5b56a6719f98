"""Folders: each kind of assets has a tree of its own, below a system folder that nobody may change (`rest` 14.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import FOLDER, Asset
from mock_eloqua.crm.errors import Duplicate, Failure, HasDependants, Invalid, NotFound, Protected
from mock_eloqua.crm.seeds import ROOT_FOLDERS
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.asset
_document: Any = _table.c.doc


def get(site: Site, of: str, key: int) -> Asset:
    """The folder of that id, among those for assets of the kind *of*.

    Raises:
        NotFound: there is none.
    """
    found = assets.get(site, FOLDER, key)
    if found.doc["of"] != of:
        raise NotFound(FOLDER, key)
    return found


def root(site: Site, of: str) -> Asset:
    """The folder above all others for assets of a kind."""
    return get(site, of, ROOT_FOLDERS[of][0])


def is_system(folder: Asset) -> bool:
    """Does it belong to the product?"""
    return bool(folder.doc.get("isSystem"))


def find(
    site: Site,
    of: str,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Asset], int]:
    """A page of the folders for assets of a kind, and how many there are in all."""
    wanted = and_(_document["of"].as_string() == of, where)
    return assets.find(site, FOLDER, wanted, order_by=order_by, offset=offset, limit=limit)


def inside(folder: Asset) -> ColumnElement[bool]:
    """The condition of lying in a folder, for assets and folders alike; what is local to a segment lies in none."""
    is_shared = func.coalesce(_document["scope"].as_string(), "global") != "local"
    return and_(_table.c.folder_id == folder.id, is_shared)


def contents(
    site: Site,
    folder: Asset,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Asset], int]:
    """A page of what lies in a folder: first its folders, then its assets [inferred]."""
    wanted = and_(_table.c.kind.in_((FOLDER, folder.doc["of"])), inside(folder), where)
    order = order_by or [_table.c.kind != FOLDER]
    return assets.find_any(site, wanted, order_by=order, offset=offset, limit=limit)


def create(
    site: Site, of: str, *, name: str, description: str = "", parent_id: int | None = None, user_id: int | None = None
) -> Asset:
    """Make a folder; without a parent it lies in the root folder of its kind.

    Raises:
        Invalid: the name is missing or too long, or there is no such parent of that kind.
        Duplicate: the parent has a folder of that name [inferred].
    """
    with site.database.writing() as connection:
        parent = ROOT_FOLDERS[of][0] if parent_id is None else parent_id
        _check(site, of, name, parent, owner=None)
        (new_id,) = site.database.next_ids(FOLDER)
        now = site.clock.now()
        row = {
            "kind": FOLDER,
            "id": new_id,
            "name": name,
            "name_ci": name.lower(),
            "folder_id": parent,
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": _doc(of, description),
        }
        connection.execute(insert(_table), row)
    return assets.get(site, FOLDER, new_id)


def change(
    site: Site,
    of: str,
    key: int,
    *,
    name: str,
    description: str = "",
    parent_id: int | None = None,
    user_id: int | None = None,
) -> Asset:
    """Rename a folder, or move it with all that is in it; without a parent it stays where it is.

    Raises:
        NotFound: there is no such folder.
        Protected: the product's own.
        Invalid, Duplicate: as for `create`; a folder cannot be moved into itself.
    """
    with site.database.writing() as connection:
        old = get(site, of, key)
        _check_own(old)
        parent = old.folder_id if parent_id is None else parent_id
        _check(site, of, name, parent, owner=key)
        written = {
            "name": name,
            "name_ci": name.lower(),
            "folder_id": parent,
            "updated_at": site.clock.now(),
            "updated_by": user_id,
            "doc": _doc(of, description),
        }
        connection.execute(update(_table).where(_table.c.kind == FOLDER, _table.c.id == key).values(written))
    return get(site, of, key)


def delete(site: Site, of: str, key: int) -> None:
    """Remove an empty folder.

    Raises:
        NotFound: there is no such folder.
        Protected: the product's own [inferred].
        HasDependants: something lies in it [inferred].
    """
    with site.database.writing() as connection:
        old = get(site, of, key)
        _check_own(old)
        if connection.execute(select(_table.c.id).where(inside(old)).limit(1)).first():
            raise HasDependants(f"the folder {key} is not empty")
        connection.execute(sql_delete(_table).where(_table.c.kind == FOLDER, _table.c.id == key))


def move(site: Site, folder: Asset, moved: Sequence[tuple[str, int]], user_id: int | None = None) -> list[Asset]:
    """Put assets and folders, given by kind and id, into a folder; as they are then.

    Raises:
        Invalid: one of them does not exist, is of a kind that the folder is not for, or holds the folder.
        Protected: a folder of the product's own.
    """
    of = folder.doc["of"]
    with site.database.writing() as connection:
        for kind, key in moved:
            try:
                each = get(site, of, key) if kind == FOLDER else assets.get(site, kind, key)
            except NotFound:
                raise Invalid(Failure("id", "RelationshipRequirement", str(key))) from None
            if kind == FOLDER:
                _check_own(each)
                _check(site, of, each.name, folder.id, owner=key)
            elif kind != of:
                raise Invalid(Failure("type", "EnumRequirement", kind, (FOLDER, of)))
            written = {"folder_id": folder.id, "updated_at": site.clock.now(), "updated_by": user_id}
            connection.execute(update(_table).where(_table.c.kind == kind, _table.c.id == key).values(written))
    return [assets.get(site, kind, key) for kind, key in dict.fromkeys(moved)]


def _doc(of: str, description: str) -> dict[str, str]:
    return {"of": of, **({"description": description} if description else {})}


def _check_own(folder: Asset) -> None:
    if is_system(folder):
        raise Protected(f"the folder {folder.id} belongs to the product")


def _check(site: Site, of: str, name: str, parent_id: int | None, owner: int | None) -> None:
    failures = []
    if not name.strip():
        failures.append(Failure("name", "NotNullRequirement", None))
    elif "\0" in name or len(name) > assets.LONGEST_NAME:
        failures.append(Failure("name", "ContentRequirement" if "\0" in name else "ValidTextLengthRequirement", name))
    if parent_id is not None and not _takes(site, of, parent_id, owner):
        failures.append(Failure("folderId", "RelationshipRequirement", str(parent_id)))
    if failures:
        raise Invalid(*failures)
    same = and_(_table.c.folder_id == parent_id, _table.c.name_ci == name.lower())
    if any(each.id != owner for each in find(site, of, same, limit=2)[0]):
        raise Duplicate(Failure("name", "UniquenessRequirement", name))


def _takes(site: Site, of: str, parent_id: int, owner: int | None) -> bool:
    """Is it a folder of that kind, and neither the owner nor inside it?"""
    above: int | None = parent_id
    while above is not None:
        if above == owner:
            return False
        try:
            above = get(site, of, above).folder_id
        except NotFound:
            return False
    return True
