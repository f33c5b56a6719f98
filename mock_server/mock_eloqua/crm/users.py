"""Users as records: made, changed, switched off, deleted. Who may sign in follows from here, in `access.users`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.sign_in import UNTIL_UNLOCKED
from mock_eloqua.crm import security_groups
from mock_eloqua.crm.addresses import is_valid
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

LONGEST = 100
"""Characters of a login or a name [inferred]."""
_NOT_IN_LOGINS = ":\\\0"
"""What would end the site or the login in Basic credentials."""
_table = tables.user


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One user as it is stored. Instants are milliseconds since 1970 UTC."""

    id: int
    login_name: str
    first_name: str
    last_name: str
    email_address: str
    is_enabled: bool
    created_at: int | None
    created_by: int | None
    updated_at: int | None
    updated_by: int | None
    doc: Mapping[str, Any]
    """Everything else, as it travels."""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is said of a user; None: nothing."""

    login_name: str | None = None
    """Of a new user only."""
    first_name: str | None = None
    last_name: str | None = None
    email_address: str | None = None
    is_enabled: bool | None = None
    groups: Sequence[int] | None = None
    """Ids of security groups; `Everyone` need not be named."""
    doc: Mapping[str, Any] = field(default_factory=dict)


_COLUMNS = [
    _table.c.id,
    _table.c.name.label("login_name"),
    *(_table.c[name] for name in UserRecord.__dataclass_fields__ if name not in ("id", "login_name")),
]


def get(site: Site, key: int) -> UserRecord:
    """The user of that id.

    Raises:
        NotFound: there is none.
    """
    with site.database.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(_table.c.id == key)).first()
    if row is None:
        raise NotFound("User", key)
    return UserRecord(*row)


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[UserRecord], int]:
    """A page of users, and how many there are."""
    rows, total = page(site.database, _table, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [UserRecord(*row) for row in rows], total


def create(site: Site, changes: Changes, user_id: int) -> UserRecord:
    """Add a user, who cannot sign in before there is a password.

    Raises:
        Invalid: login, names or address are missing or do not do, or a group does not exist.
        Duplicate: the login is taken.
    """
    now = site.clock.now()
    with site.database.writing() as connection:
        _check_new(site, changes)
        (new_id,) = site.database.next_ids("user")
        login = changes.login_name or ""
        row = {
            "id": new_id,
            "name": login,
            "name_ci": login.lower(),
            "password": "",
            "first_name": changes.first_name,
            "last_name": changes.last_name,
            "email_address": changes.email_address,
            "is_enabled": changes.is_enabled is not False,
            "created_at": now,
            "created_by": user_id,
            "updated_at": now,
            "updated_by": user_id,
            "doc": dict(changes.doc),
        }
        connection.execute(insert(_table), row)
        security_groups.put_user(site, new_id, changes.groups or ())
    site.forget()
    return get(site, new_id)


def change(site: Site, key: int, changes: Changes, user_id: int) -> UserRecord:
    """Write a user: the document is replaced, the login stays, and so does what is None.

    Raises:
        NotFound: there is no such user.
        Invalid: a name or the address is blank or does not do, or a group does not exist.
    """
    with site.database.writing() as connection:
        old = get(site, key)
        failures = _unfit(changes)
        if failures:
            raise Invalid(*failures)
        said = {
            "first_name": changes.first_name,
            "last_name": changes.last_name,
            "email_address": changes.email_address,
            "is_enabled": changes.is_enabled,
        }
        written: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        written |= {"doc": dict(changes.doc), "updated_at": site.clock.now(), "updated_by": user_id}
        if old.doc.get("passwordExpires") == "false" != changes.doc.get("passwordExpires"):
            written["password_set_at"] = site.clock.now()  # else one that never expired would have done so long ago
        connection.execute(update(_table).where(_table.c.id == key).values(written))
        if changes.groups is not None:
            security_groups.put_user(site, key, changes.groups)
    site.forget()
    return get(site, key)


def delete(site: Site, key: int) -> None:
    """Remove a user, also from the groups and the accounts.

    Raises:
        NotFound: there is no such user.
    """
    with site.database.writing() as connection:
        get(site, key)
        connection.execute(sql_delete(tables.user_group).where(tables.user_group.c.user_id == key))
        connection.execute(sql_delete(tables.account_user).where(tables.account_user.c.user_id == key))
        connection.execute(sql_delete(_table).where(_table.c.id == key))
    site.forget()


def set_password(site: Site, key: int, password: str, *, must_change: bool, user_id: int) -> None:
    """Give a user another password.

    Raises:
        NotFound: there is no such user.
        Invalid: the password is blank or too long.
    """
    if not password or len(password) > LONGEST or "\0" in password:
        requirement = "ValidTextLengthRequirement" if password else "NotNullRequirement"
        raise Invalid(Failure("password", requirement, None))  # never what was given
    old = get(site, key)
    doc = {**old.doc, "mustChangePassword": "true"} if must_change else dict(old.doc)
    if not must_change:
        doc.pop("mustChangePassword", None)
    _write(site, key, user_id, password=password, password_set_at=site.clock.now(), doc=doc)


def enable(site: Site, key: int, *, enabled: bool, user_id: int) -> None:
    """Let a user sign in, or no longer [doc].

    Raises:
        NotFound: there is no such user.
    """
    get(site, key)
    _write(site, key, user_id, is_enabled=enabled)


def steer(
    site: Site,
    key: int,
    *,
    is_enabled: bool | None = None,
    is_locked: bool | None = None,
    is_password_expired: bool | None = None,
    is_sso_only: bool | None = None,
    groups: Sequence[int] | None = None,
) -> None:
    """Put a user into a state from outside of the APIs; what is None stays.

    Raises:
        NotFound: there is no such user.
        Invalid: a group does not exist.
    """
    old = get(site, key)
    values: dict[str, Any] = {}
    if is_enabled is not None:
        values["is_enabled"] = is_enabled
    if is_locked is not None:
        values |= {"failed_attempts": 0, "failed_at": None, "locked_until": UNTIL_UNLOCKED if is_locked else None}
    if is_password_expired is not None:
        values["password_set_at"] = None if is_password_expired else site.clock.now()
    if is_sso_only is not None:
        values["doc"] = {**old.doc, "ssoOnly": "true" if is_sso_only else "false"}
    with site.database.writing() as connection:
        if values:
            connection.execute(update(_table).where(_table.c.id == key).values(values))
        if groups is not None:
            security_groups.put_user(site, key, groups)
    site.forget()


def _write(site: Site, key: int, user_id: int, **values: Any) -> None:
    values |= {"updated_at": site.clock.now(), "updated_by": user_id}
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.id == key).values(values))
    site.forget()


def _check_new(site: Site, changes: Changes) -> None:
    login = changes.login_name
    failures = _unfit(changes, is_new=True)
    if login and any(sign in login for sign in _NOT_IN_LOGINS):
        failures.append(Failure("loginName", "ContentRequirement", login))
    if failures:
        raise Invalid(*failures)
    with site.database.reading() as connection:
        if connection.execute(select(_table.c.id).where(_table.c.name_ci == (login or "").lower())).first():
            raise Duplicate(Failure("loginName", "UniquenessRequirement", login))


def _unfit(changes: Changes, *, is_new: bool = False) -> list[Failure]:
    said = {
        "emailAddress": changes.email_address,
        "firstName": changes.first_name,
        "lastName": changes.last_name,
        **({"loginName": changes.login_name} if is_new else {}),
    }
    failures = []
    for name, text in said.items():
        if text is None and not is_new:
            continue
        if not text or not text.strip():
            failures.append(Failure(name, "NotNullRequirement", None))
        elif name == "emailAddress" and not is_valid(text):
            failures.append(Failure(name, "EmailAddressRequirement", text))
        elif name != "emailAddress" and len(text) > LONGEST:
            failures.append(Failure(name, "ValidTextLengthRequirement", text))
        elif "\0" in text:
            failures.append(Failure(name, "ContentRequirement", text))
    return failures


OPERANDS = {
    "id": Operand(_table.c.id, Kind.ID),
    "name": Operand(_table.c.first_name + " " + _table.c.last_name, Kind.TEXT),
    "loginName": Operand(_table.c.name_ci, Kind.TEXT, folded=True),
    "firstName": Operand(_table.c.first_name, Kind.TEXT),
    "lastName": Operand(_table.c.last_name, Kind.TEXT),
    "emailAddress": Operand(_table.c.email_address, Kind.TEXT),
    "createdAt": Operand(_table.c.created_at, Kind.INSTANT),
    "createdBy": Operand(_table.c.created_by, Kind.ID),
    "updatedAt": Operand(_table.c.updated_at, Kind.INSTANT),
    "updatedBy": Operand(_table.c.updated_by, Kind.ID),
}
"""What users can be searched and ordered by."""
