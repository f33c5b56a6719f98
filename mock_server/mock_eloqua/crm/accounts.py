"""Accounts: the companies that contacts may be linked to, the groups they are in, the users who own them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, func, insert, literal, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.access import users
from mock_eloqua.crm import fields
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.crm.fields import Field, Reader
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among
from mock_eloqua.store.pages import page

COMPANY_NAME = "100085"
GROUP = "AccountGroup"
_account, _member, _owner, _asset = tables.account, tables.account_member, tables.account_user, tables.asset


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is stored. Instants are milliseconds since 1970 UTC."""

    id: int
    name: str
    description: str
    created_at: int
    created_by: int | None
    updated_at: int
    updated_by: int | None
    doc: Mapping[str, str]
    """Field id to value, blank ones left out; the name is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be written. What is None stays as it is."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Field id to text, `""` to blank it; the name is the value of `100085`."""
    description: str | None = None
    owners: Sequence[int] | None = None
    """The users who are linked to it, all of them."""


_COLUMNS = [_account.c[name] for name in Account.__dataclass_fields__]
_GET = select(*_COLUMNS).where(_account.c.id == bindparam("of"))
_BY_IDS = select(*_COLUMNS).where(among(_account.c.id, bindparam("ids", type_=String)))


def get(site: Site, account_id: int) -> Account:
    """The account of that id.

    Raises:
        NotFound: there is none.
    """
    row = site.database.first(_GET, of=account_id)
    if row is None:
        raise NotFound("Account", account_id)
    return Account(*row)


def named(site: Site, name: str) -> Account | None:
    """The first account of that name, compared without case; names need not be unique [inferred]."""
    found, _ = find(site, _account.c.name_ci == name.lower(), limit=1)
    return found[0] if found else None


def by_ids(site: Site, ids: Sequence[int]) -> dict[int, Account]:
    """Those of the accounts that exist, by id."""
    found = (Account(*row) for row in site.database.every(_BY_IDS, ids=to_json(list(ids))))
    return {each.id: each for each in found}


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Account], int]:
    """A page of the accounts that fulfil *where*, and how many do in all."""
    rows, total = page(site.database, _account, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [Account(*row) for row in rows], total


def create(site: Site, changes: Changes, user_id: int | None = None) -> Account:
    """Add an account.

    Raises:
        Invalid: the name is missing, a value does not fit, an owner is no user.
    """
    values = _checked(site, changes)
    name = _needed(values.pop(COMPANY_NAME, ""))
    with site.database.writing() as connection:
        (new_id,) = site.database.next_ids("account")
        now = site.clock.now()
        row = {
            "id": new_id,
            "name": name,
            "name_ci": name.lower(),
            "description": changes.description or "",
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": {key: value for key, value in values.items() if value},
        }
        connection.execute(insert(_account), row)
        if changes.owners:
            link_users(site, new_id, changes.owners)
    return get(site, new_id)


def change(site: Site, account_id: int, changes: Changes, user_id: int | None = None) -> Account:
    """Write to an account.

    Raises:
        NotFound: there is no such account.
        Invalid: as for `create`.
    """
    with site.database.writing() as connection:
        old = get(site, account_id)
        values = _checked(site, changes)
        name = _needed(values.pop(COMPANY_NAME, old.name))
        written = {
            "name": name,
            "name_ci": name.lower(),
            "description": old.description if changes.description is None else changes.description,
            "updated_at": site.clock.now(),
            "updated_by": user_id,
            "doc": {key: value for key, value in {**old.doc, **values}.items() if value},
        }
        connection.execute(update(_account).where(_account.c.id == account_id).values(written))
        if changes.owners is not None:
            connection.execute(sql_delete(_owner).where(_owner.c.account_id == account_id))
            link_users(site, account_id, changes.owners)
    return get(site, account_id)


def delete(site: Site, account_id: int) -> None:
    """Remove an account; its contacts and records are linked to none then [inferred], groups and owners lose it.

    Raises:
        NotFound: there is no such account.
    """
    contact, record = tables.contact, tables.custom_object_record
    with site.database.writing() as connection:
        get(site, account_id)
        connection.execute(update(record).where(record.c.account_id == account_id).values(account_id=None))
        connection.execute(update(contact).where(contact.c.account_id == account_id).values(account_id=None))
        connection.execute(sql_delete(_member).where(_member.c.account_id == account_id))
        connection.execute(sql_delete(_owner).where(_owner.c.account_id == account_id))
        connection.execute(sql_delete(_account).where(_account.c.id == account_id))


def _checked(site: Site, changes: Changes) -> dict[str, str]:
    values, failures = fields.stored_values(fields.account_fields(site), changes.values)
    text = changes.description or ""
    if "\0" in text or len(text) > 2000:
        rule = "ContentRequirement" if "\0" in text else "ValidTextLengthRequirement"
        failures.append(Failure("description", rule, text))
    known = {user.id for user in users.everyone(site).values()} if changes.owners else set()
    failures += [
        Failure("crmSystemMappings", "RelationshipRequirement", str(each))
        for each in changes.owners or ()
        if each not in known
    ]
    if failures:
        raise Invalid(*failures)
    return values


def _needed(name: str) -> str:
    if not name.strip():
        raise Invalid(Failure(COMPANY_NAME, "NotNullRequirement", None))
    return name


def link(site: Site, account_id: int | None, contact_ids: Iterable[int]) -> None:
    """Link contacts to an account, or to none; a contact has at most one [doc: `accountId` is one id].

    Raises:
        NotFound: there is no such account.
    """
    wanted, contact = list(contact_ids), tables.contact
    with site.database.writing() as connection:
        if account_id is not None:
            get(site, account_id)
        for start in range(0, len(wanted), 500):
            chosen = contact.c.id.in_(wanted[start : start + 500])
            connection.execute(update(contact).where(chosen).values(account_id=account_id))


def link_users(site: Site, account_id: int, user_ids: Iterable[int]) -> None:
    """Make users owners of an account as well."""
    rows = [{"account_id": account_id, "user_id": each} for each in dict.fromkeys(user_ids)]
    site.database.insert_or_skip(_owner, rows)


def owners(site: Site, account_id: int) -> list[users.User]:
    """The users who are linked to an account, by id."""
    with site.database.reading() as connection:
        query = select(_owner.c.user_id).where(_owner.c.account_id == account_id)
        found = set(connection.execute(query).scalars())
    return sorted((user for user in users.everyone(site).values() if user.id in found), key=attrgetter("id"))


def is_owned_by(user_id: int) -> ColumnElement[bool]:
    """A condition on accounts: the user is linked to it."""
    return _account.c.id.in_(select(_owner.c.account_id).where(_owner.c.user_id == user_id))


def add_members(site: Site, group_id: int, account_ids: Iterable[int]) -> int:
    """Put accounts into an account group; how many were not in it before."""
    rows = [{"group_id": group_id, "account_id": each} for each in dict.fromkeys(account_ids)]
    return site.database.insert_or_skip(_member, rows) if rows else 0


def remove_members(site: Site, group_id: int, account_ids: Iterable[int] | None = None) -> int:
    """Take accounts out of an account group, all of them when none are named; how many were in it."""
    gone = sql_delete(_member).where(_member.c.group_id == group_id)
    if account_ids is not None:
        gone = gone.where(_member.c.account_id.in_(list(account_ids)))
    with site.database.writing() as connection:
        return connection.execute(gone).rowcount


def count_members(site: Site, group_id: int) -> int:
    """How many accounts are in an account group."""
    with site.database.reading() as connection:
        query = select(func.count()).select_from(_member).where(_member.c.group_id == group_id)
        return int(connection.execute(query).scalar_one())


def is_in_group(group_id: int) -> ColumnElement[bool]:
    """A condition on accounts: being in that account group."""
    return _account.c.id.in_(select(_member.c.account_id).where(_member.c.group_id == group_id))


def groups_of(site: Site, account_id: int) -> list[tuple[int, str]]:
    """Id and name of each account group that an account is in."""
    query = (
        select(_asset.c.id, _asset.c.name)
        .join(_member, (_member.c.group_id == _asset.c.id) & (_asset.c.kind == GROUP))
        .where(_member.c.account_id == account_id)
        .order_by(_asset.c.id)
    )
    with site.database.reading() as connection:
        return [(row.id, row.name) for row in connection.execute(query)]


def reader(wanted: Field) -> Reader[Account]:
    """How the value of a field is read from an account."""
    return fields.reader(wanted, _DERIVED, INSTANTS)


def external_id(site: Site, account_id: int) -> str:
    """`CompanyIDExt`: `M`, the site's four letters, the id in twelve digits [inferred: as for contacts]."""
    return f"M{site.code}{account_id:012d}"


INSTANTS: dict[str, Callable[[Account], int]] = {
    "M_DateCreated": attrgetter("created_at"),
    "M_DateModified": attrgetter("updated_at"),
}
"""Date fields that are the account's own stamps, in milliseconds."""

_DERIVED: dict[str, Reader[Account]] = {
    "M_CompanyName": lambda site, account: account.name,
    "CompanyIDExt": lambda site, account: external_id(site, account.id),
}
"""Fields that the product works out itself, and the name."""


def operand(site: Site, internal_name: str) -> Operand | None:
    """What a field's internal name stands for in a search; None when there is no such field."""
    wanted = fields.account_fields(site).named(internal_name)
    if wanted is None:
        return None
    own = _SEARCHED.get(wanted.internal_name)
    return own(site) if own else fields.operand(wanted, _account.c.doc)


_SEARCHED: dict[str, Callable[[Site], Operand]] = {
    "M_CompanyName": lambda site: Operand(_account.c.name_ci, Kind.TEXT, folded=True),
    "M_DateCreated": lambda site: Operand(_account.c.created_at, Kind.INSTANT),
    "M_DateModified": lambda site: Operand(_account.c.updated_at, Kind.INSTANT),
    "CompanyIDExt": lambda site: Operand(
        literal(f"M{site.code}") + func.substr(cast(_account.c.id + 10**12, String), 2), Kind.TEXT
    ),
}
OPERANDS = {
    "id": Operand(_account.c.id, Kind.ID),
    "createdAt": Operand(_account.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(_account.c.updated_at, Kind.INSTANT),
    "createdBy": Operand(_account.c.created_by, Kind.ID),
    "updatedBy": Operand(_account.c.updated_by, Kind.ID),
    "description": Operand(_account.c.description, Kind.TEXT),
}
"""What an account can be searched and ordered by besides its fields."""
