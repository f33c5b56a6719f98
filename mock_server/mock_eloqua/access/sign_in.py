r"""Signing in with `Site\User` and a password: for Basic, WS-Security, the password grant and the consent page.

Callers cannot tell why it failed [inferred]; the request log says (`platform` 1.2, 1.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import Literal

from sqlalchemy import bindparam, select, update

from mock_eloqua.access import users
from mock_eloqua.access.users import User
from mock_eloqua.access.verdict import Unauthenticated
from mock_eloqua.clock import DAY
from mock_eloqua.networks import is_among
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.store import tables

Way = Literal["basic", "ws-security", "password grant", "consent page"]

UNTIL_UNLOCKED = 2**53
"""Milliseconds that no clock comes to: a lock that only an administrator takes off."""
_MINUTE = 60_000
_REFUSED_WAYS: dict[str, tuple[Way, ...]] = {
    "basic": ("basic",),
    "passwords": ("basic", "ws-security", "password grant"),
}
"""Value of `sso_only_login` to what it refuses; the consent page stands for the browser, where SSO happens."""
_table = tables.user
_READ = select(_table.c.failed_attempts, _table.c.failed_at, _table.c.locked_until).where(
    _table.c.id == bindparam("of")
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A user at a site."""

    site: Site
    user: User


def identify(sites: Sites, login: str, password: str, address: str, way: Way) -> Caller | Unauthenticated:
    r"""Who `Site\User` with this password, calling from *address*, is. Site and user in any case [inferred]."""
    site_name, separator, user_name = login.partition("\\")
    if not separator:
        site_name, separator, user_name = login.partition("/")
        site = sites.find(site_name)
        if not separator or site is None or not site.settings.basic_slash_separator:
            return Unauthenticated("the login is not Site\\User")
    site = sites.find(site_name)
    if site is None:
        return Unauthenticated(f"there is no site {site_name[:100]!r}")
    user = users.everyone(site).get(user_name.lower())
    reason = "there is no such user" if user is None else _refusal(site, user, password, way)
    reason = reason or not_welcome(site, user, address)
    if user is None or reason:
        return Unauthenticated(reason or "", site.name)
    return Caller(site, user)


def not_welcome(site: Site, user: User | None, address: str) -> str | None:
    """Why a user does not come in from *address*, however it shows itself; None: it does."""
    if user is None or not user.is_enabled:
        return "the user is disabled"
    allowed = site.settings.ip_allowlist
    if allowed and not is_among(address, allowed):
        return f"{address or 'the caller'} is not on the allow list"
    return None


def password_ends(site: Site, user: User) -> int | None:
    """When the user's password expires, in milliseconds since 1970 UTC; None: never. In the past: it has."""
    if user.password_set_at is None:
        return 0
    days = site.settings.password_expiry_days
    return user.password_set_at + days * DAY if user.password_expires and days else None


def is_password_expired(site: Site, user: User) -> bool:
    """Has the password expired by now?"""
    ends = password_ends(site, user)
    return ends is not None and site.clock.now() >= ends


@dataclass(frozen=True, slots=True)
class Attempts:
    """The wrong passwords of a user. Instants are milliseconds since 1970 UTC."""

    count: int
    last_at: int | None
    locked_until: int | None

    def is_locked(self, now: int) -> bool:
        """Is the user locked?"""
        return self.locked_until is not None and now < self.locked_until


def attempts(site: Site, user_id: int) -> Attempts:
    """What is known of a user's wrong passwords."""
    return Attempts(*(site.database.first(_READ, of=user_id) or (0, None, None)))


def _refusal(site: Site, user: User, password: str, way: Way) -> str | None:
    if not user.is_enabled:
        return "the user is disabled"
    if user.is_sso_only:
        return "the user is SSO only"
    if attempts(site, user.id).is_locked(site.clock.now()):
        return "the user is locked"
    if not user.password or not compare_digest(user.password.encode(), password.encode()):
        _count_failure(site, user)
        return "wrong password"
    if is_password_expired(site, user):
        return "the password has expired"
    if way in _REFUSED_WAYS.get(site.settings.sso_only_login, ()):
        return f"the site is SSO only, which refuses {way}"
    return None


def _count_failure(site: Site, user: User) -> None:
    settings, now = site.settings, site.clock.now()
    with site.database.writing() as connection:
        known = attempts(site, user.id)
        is_recent = known.last_at is not None and now - known.last_at < settings.login_attempts_reset_minutes * _MINUTE
        count, locked_until = (known.count if is_recent else 0) + 1, None
        if 0 < settings.login_attempts <= count:
            count = 0
            minutes = settings.login_lock_minutes
            locked_until = now + minutes * _MINUTE if minutes else UNTIL_UNLOCKED
        values = {"failed_attempts": count, "failed_at": now, "locked_until": locked_until}
        connection.execute(update(_table).where(_table.c.id == user.id).values(values))
    if locked_until is not None:
        site.forget()  # who was right before is remembered
