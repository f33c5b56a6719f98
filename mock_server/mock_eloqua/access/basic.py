r"""HTTP Basic with `Site\User:password`, with every leniency of `platform` 1.2."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from mock_eloqua.access import users
from mock_eloqua.access.users import User
from mock_eloqua.access.verdict import Unauthenticated
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a caller says of itself."""

    site: str
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.site!r}, {self.user!r}, password hidden)"


@dataclass(frozen=True, slots=True)
class Caller:
    """A user at a site."""

    site: Site
    user: User


def read(header: str) -> tuple[str, str] | None:
    """Login and password of an Authorization header, or None when it is no Basic header.

    White space anywhere in the token is passed over (encoders that break lines) [client]; the first
    colon ends the login [inferred]; UTF-8, else Latin-1 [inferred].
    """
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        raw = base64.b64decode("".join(token.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    login, colon, password = text.partition(":")
    return (login, password) if colon else None


def identify(sites: Sites, login: str, password: str) -> Caller | Unauthenticated:
    r"""Who `Site\User` with this password is. Site and user in any case [inferred]."""
    site_name, separator, user_name = login.partition("\\")
    if not separator:
        site_name, separator, user_name = login.partition("/")
        site = sites.find(site_name)
        if not separator or site is None or not site.settings.basic_slash_separator:
            return Unauthenticated("the login is not Site\\User")
    site = sites.find(site_name)
    if site is None:
        return Unauthenticated(f"there is no site {site_name!r}")
    user = users.by_password(site, user_name, password)
    if user is None:
        return Unauthenticated("unknown or disabled user, or wrong password")
    return Caller(site, user)


class BasicAuthentication:
    """Identify callers by their Authorization header, remembering those who were right."""

    _MOST = 1000

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._known: dict[str, tuple[Caller, int]] = {}

    def __call__(self, header: str | None) -> Caller | Unauthenticated:
        """Who sent this header value (None: none was sent)."""
        if header is None:
            return Unauthenticated("no Authorization header")
        remembered = self._known.get(header)
        if remembered and remembered[0].site.generation == remembered[1]:
            return remembered[0]
        return self._look_up(header)

    def _look_up(self, header: str) -> Caller | Unauthenticated:
        pair = read(header)
        if pair is None:
            return Unauthenticated("the Authorization header is not Basic")
        caller = identify(self._sites, *pair)
        if isinstance(caller, Caller):
            if len(self._known) >= self._MOST:
                self._known.clear()
            self._known[header] = caller, caller.site.generation
        return caller
