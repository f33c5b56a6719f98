"""Security groups: which there are, who is in them. The rights of a user are the union over the groups [doc]."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.permissions import EVERYONE
from mock_eloqua.crm import labels
from mock_eloqua.crm.errors import Duplicate, Failure, HasDependants, Invalid, NotFound, Protected
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

LONGEST_NAME = 100
_group, _member = tables.security_group, tables.user_group


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """One group. Instants are milliseconds since 1970 UTC."""

    id: int
    name: str
    description: str | None
    acronym: str | None
    is_read_only: bool
    """The product's own: neither changed nor deleted, but users come and go."""
    created_at: int | None
    created_by: int | None
    updated_at: int | None
    updated_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is said of a group; None: nothing."""

    name: str | None = None
    description: str | None = None
    acronym: str | None = None


_COLUMNS = [_group.c[name] for name in SecurityGroup.__dataclass_fields__]


def get(site: Site, key: int) -> SecurityGroup:
    """The group of that id.

    Raises:
        NotFound: there is none.
    """
    with site.database.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(_group.c.id == key)).first()
    if row is None:
        raise NotFound("SecurityGroup", key)
    return SecurityGroup(*row)


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[SecurityGroup], int]:
    """A page of groups, and how many there are."""
    rows, total = page(site.database, _group, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [SecurityGroup(*row) for row in rows], total


def create(site: Site, changes: Changes, user_id: int | None) -> SecurityGroup:
    """Add a group without users and without rights: REST has no word for those, `grant` gives them.

    Raises:
        Invalid: the name is missing or too long.
        Duplicate: it is taken.
    """
    now = site.clock.now()
    with site.database.writing() as connection:
        _check_name(site, changes.name or "", None)
        (new_id,) = site.database.next_ids("security_group")
        row: dict[str, Any] = {
            "id": new_id,
            "name": changes.name,
            "permissions": [],
            "description": changes.description,
            "acronym": changes.acronym,
            "is_read_only": False,
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
        }
        connection.execute(insert(_group), row)
    site.forget()
    return get(site, new_id)


def change(site: Site, key: int, changes: Changes, user_id: int) -> SecurityGroup:
    """Rename or describe a group.

    Raises:
        NotFound: there is no such group.
        Protected: it is the product's own.
        Invalid, Duplicate: as for `create`.
    """
    with site.database.writing() as connection:
        _check_own(site, key)
        said = {"name": changes.name, "description": changes.description, "acronym": changes.acronym}
        written: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        if "name" in written:
            _check_name(site, written["name"], key)
        written |= {"updated_at": site.clock.now(), "updated_by": user_id}
        connection.execute(update(_group).where(_group.c.id == key).values(written))
    site.forget()
    return get(site, key)


def delete(site: Site, key: int) -> None:
    """Remove a group.

    Raises:
        NotFound: there is no such group.
        Protected: it is the product's own.
        HasDependants: users are in it [inferred].
    """
    with site.database.writing() as connection:
        _check_own(site, key)
        if connection.execute(select(_member.c.user_id).where(_member.c.group_id == key)).first():
            raise HasDependants(f"the group {key} has users")
        connection.execute(sql_delete(_group).where(_group.c.id == key))
    site.forget()


def rights_of(site: Site, key: int) -> list[str]:
    """The rights that the members of a group have from it: action permissions and asset rights.

    Raises:
        NotFound: there is no such group.
    """
    get(site, key)
    with site.database.reading() as connection:
        return list(connection.execute(select(_group.c.permissions).where(_group.c.id == key)).scalar_one())


def grant(site: Site, key: int, rights: Sequence[str]) -> None:
    """Give a group, the product's own too, these rights and no others. They hold from the next call on.

    Raises:
        NotFound: there is no such group.
    """
    with site.database.writing() as connection:
        get(site, key)
        connection.execute(update(_group).where(_group.c.id == key).values(permissions=list(rights)))
    site.forget()


def steer(
    site: Site,
    key: int,
    *,
    rights: Sequence[str] | None = None,
    label_names: Iterable[str] | None = None,
    members: Iterable[int] | None = None,
) -> None:
    """Give a group rights, labels and users, and no others, all or nothing; what is None stays.

    Raises:
        NotFound: there is no such group.
        Invalid: there is no such user, or one is to leave `Everyone`.
    """
    try:
        with site.database.writing():
            if rights is not None:
                grant(site, key, rights)
            if label_names is not None:
                labels.give_group(site, key, label_names)
            if members is not None:
                wanted, there = set(members), set(members_of(site, key))
                move(site, key, additions=wanted - there, deletions=there - wanted)
    finally:
        site.forget()  # what was cached meanwhile, whether it came to stay or was taken back


def members_of(site: Site, key: int) -> list[int]:
    """The ids of the users in a group."""
    with site.database.reading() as connection:
        query = select(_member.c.user_id).where(_member.c.group_id == key).order_by(_member.c.user_id)
        return list(connection.execute(query).scalars())


def has_member(key: int) -> ColumnElement[bool]:
    """The condition of a user to be in a group."""
    return tables.user.c.id.in_(select(_member.c.user_id).where(_member.c.group_id == key))


def of_user(site: Site, user_id: int) -> list[SecurityGroup]:
    """The groups of a user."""
    query = select(*_COLUMNS).join(_member, _member.c.group_id == _group.c.id).where(_member.c.user_id == user_id)
    with site.database.reading() as connection:
        return [SecurityGroup(*row) for row in connection.execute(query.order_by(_group.c.id))]


def put_user(site: Site, user_id: int, groups: Iterable[int]) -> None:
    """Put a user into these groups and no others, `Everyone` apart.

    Raises:
        Invalid: there is no such group.
    """
    wanted = {EVERYONE, *groups}
    with site.database.writing() as connection:
        known = set(connection.execute(select(_group.c.id)).scalars())
        missing = sorted(wanted - known - {EVERYONE})
        if missing:
            raise Invalid(*(Failure("securityGroups", "RelationshipRequirement", str(each)) for each in missing))
        connection.execute(sql_delete(_member).where(_member.c.user_id == user_id))
        connection.execute(insert(_member), [{"user_id": user_id, "group_id": each} for each in sorted(wanted & known)])
    site.forget()


def move(site: Site, key: int, additions: Iterable[int], deletions: Iterable[int]) -> None:
    """Put users into a group, and take others out.

    Raises:
        NotFound: there is no such group.
        Invalid: there is no such user, or it is to leave `Everyone`.
    """
    wanted, unwanted = set(additions), set(deletions)
    with site.database.writing() as connection:
        get(site, key)
        known = set(connection.execute(select(tables.user.c.id)).scalars())
        refused = sorted((wanted | unwanted) - known) or (sorted(unwanted) if key == EVERYONE else [])
        if refused:
            raise Invalid(*(Failure("user", "RelationshipRequirement", str(each)) for each in refused))
        connection.execute(
            sql_delete(_member).where(_member.c.group_id == key, _member.c.user_id.in_(wanted | unwanted))
        )
        if rows := [{"user_id": each, "group_id": key} for each in sorted(wanted - unwanted)]:
            connection.execute(insert(_member), rows)
    site.forget()


def _check_own(site: Site, key: int) -> None:
    if get(site, key).is_read_only:
        raise Protected(f"the group {key} is the product's own")


def _check_name(site: Site, name: str, owner: int | None) -> None:
    if not name.strip():
        raise Invalid(Failure("name", "NotNullRequirement", None))
    if len(name) > LONGEST_NAME:
        raise Invalid(Failure("name", "ValidTextLengthRequirement", name))
    if "\0" in name:
        raise Invalid(Failure("name", "ContentRequirement", name))
    with site.database.reading() as connection:
        rows = connection.execute(select(_group.c.id, _group.c.name))
        if any(row.id != owner and row.name.lower() == name.lower() for row in rows):
            raise Duplicate(Failure("name", "UniquenessRequirement", name))


OPERANDS = {
    "id": Operand(_group.c.id, Kind.ID),
    "name": Operand(_group.c.name, Kind.TEXT),
    "description": Operand(_group.c.description, Kind.TEXT),
    "acronym": Operand(_group.c.acronym, Kind.TEXT),
    "createdAt": Operand(_group.c.created_at, Kind.INSTANT),
    "createdBy": Operand(_group.c.created_by, Kind.ID),
    "updatedAt": Operand(_group.c.updated_at, Kind.INSTANT),
    "updatedBy": Operand(_group.c.updated_by, Kind.ID),
}
"""What groups can be searched and ordered by."""
