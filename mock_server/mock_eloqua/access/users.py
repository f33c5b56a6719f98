"""The users of a site, with the rights they hold: the union over their security groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from mock_eloqua.access.permissions import EVERYONE
from mock_eloqua.site import Site
from mock_eloqua.store import tables


class BadUser(ValueError):
    """A user that cannot be added; the text says why."""


@dataclass(frozen=True, slots=True)
class User:
    """One login of a site."""

    id: int
    name: str
    password: str
    first_name: str
    last_name: str
    email_address: str
    is_enabled: bool
    permissions: frozenset[str]
    """Every right that it holds, action permissions and asset rights."""
    is_sso_only: bool
    """Signs in with the company's own identity provider, so never with a password here [doc]."""
    password_expires: bool
    password_set_at: int | None
    """Milliseconds since 1970 UTC; None: the password was made to expire."""

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def __repr__(self) -> str:
        return f"User({self.id}, {self.name!r})"


def everyone(site: Site) -> dict[str, User]:
    """The users of a site by lower-case login name."""
    return site.cached(_load)


def _load(site: Site) -> dict[str, User]:
    with site.database.reading() as connection:
        groups = {row.id: frozenset(row.permissions) for row in connection.execute(select(tables.security_group))}
        of_all = groups.get(EVERYONE, frozenset())
        held: dict[int, frozenset[str]] = {}
        for row in connection.execute(select(tables.user_group)):
            held[row.user_id] = held.get(row.user_id, of_all) | groups.get(row.group_id, frozenset())
        return {
            row.name_ci: User(
                id=row.id,
                name=row.name,
                password=row.password,
                first_name=row.first_name,
                last_name=row.last_name,
                email_address=row.email_address,
                is_enabled=row.is_enabled,
                permissions=held.get(row.id, of_all),
                is_sso_only=row.doc.get("ssoOnly") == "true",
                password_expires=row.doc.get("passwordExpires") != "false",
                password_set_at=row.password_set_at,
            )
            for row in connection.execute(select(tables.user).order_by(tables.user.c.id))
        }


def by_id(site: Site, key: int) -> User | None:
    """The user of that id."""
    return next((each for each in everyone(site).values() if each.id == key), None)


def add(
    site: Site,
    name: str,
    password: str,
    groups: list[str],
    *,
    first_name: str = "",
    last_name: str = "",
    doc: Mapping[str, Any] | None = None,
) -> User:
    """Add a user to a site; *doc* is what REST keeps of it besides.

    Raises:
        BadUser: the name is taken or unusable, or a group does not exist.
    """
    if not name or any(sign in name for sign in ":\\"):
        raise BadUser(f"a user name has neither a colon nor a backslash, and is not empty: {name!r}")
    if name.lower() in everyone(site):
        raise BadUser(f"there is a user {name!r} already")
    with site.database.writing() as connection:
        known = {row.name.lower(): row.id for row in connection.execute(select(tables.security_group))}
        missing = [group for group in groups if group.lower() not in known]
        if missing:
            raise BadUser(f"there is no security group {missing[0]!r}")
        (new_id,) = site.database.next_ids("user")
        connection.execute(
            insert(tables.user),
            {
                "id": new_id,
                "name": name,
                "name_ci": name.lower(),
                "password": password,
                "first_name": first_name,
                "last_name": last_name,
                "email_address": f"{name}@{site.name.lower()}.test",
                "is_enabled": True,
                "created_at": site.clock.now(),
                "updated_at": site.clock.now(),
                "password_set_at": site.clock.now(),
                "doc": dict(doc or {}),
            },
        )
        held = {known[group.lower()] for group in groups}
        if held:
            connection.execute(insert(tables.user_group), [{"user_id": new_id, "group_id": each} for each in held])
    site.forget()
    return everyone(site)[name.lower()]
