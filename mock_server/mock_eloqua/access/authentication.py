"""Who is calling, out of the Authorization header: HTTP Basic, or an OAuth access token."""

from __future__ import annotations

from mock_eloqua.access import basic, sign_in, tokens, users
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.verdict import Unauthenticated
from mock_eloqua.settings import Settings
from mock_eloqua.sites import Sites

_MOST = 1000
_NEVER = 2**63
"""Milliseconds that no clock comes to."""

Known = tuple[Caller, int, Settings, int]
"""A caller who was right, the generation and the settings of the site then, and until when it is so."""


class Authentication:
    """Identifies callers by their Authorization header, remembering those who were right."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._known: dict[str, Known] = {}

    def __call__(self, header: str | None, address: str) -> Caller | Unauthenticated:
        """Who sent this header value (None: none was sent) from this address."""
        if header is None:
            return Unauthenticated("no Authorization header")
        remembered = self._known.get(header)
        if remembered is not None:
            caller, generation, settings, until = remembered
            site = caller.site
            is_same = self._sites.find(site.name) is site and site.generation == generation
            if is_same and site.settings is settings and site.clock.now() < until:
                return caller
        return self._look_up(header, address)

    def _look_up(self, header: str, address: str) -> Caller | Unauthenticated:
        scheme = header.strip().partition(" ")[0].lower()
        generations = {site: site.generation for site in self._sites}  # before the look: what changes then is new
        found = self._bearer(header, address) if scheme == "bearer" else self._basic(header, address)
        if isinstance(found, Unauthenticated):
            return found
        caller, until = found
        settings = caller.site.settings
        if not settings.ip_allowlist:  # else the same header may come from another address
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[header] = caller, generations.get(caller.site, -1), settings, until
        return caller

    def _basic(self, header: str, address: str) -> tuple[Caller, int] | Unauthenticated:
        pair = basic.read(header)
        if pair is None:
            return Unauthenticated("the Authorization header is neither Basic nor Bearer")
        caller = sign_in.identify(self._sites, *pair, address, "basic")
        if isinstance(caller, Unauthenticated):
            return caller
        ends = sign_in.password_ends(caller.site, caller.user)
        return caller, _NEVER if ends is None else ends

    def _bearer(self, header: str, address: str) -> tuple[Caller, int] | Unauthenticated:
        """The user for whom an app has a token. Its password may have expired, and SSO is no matter [notice]."""
        found = tokens.of_header(self._sites, header)
        if found is None:
            return Unauthenticated("there is no such access token")
        site, token = found
        if (reason := token.why_not(site.clock.now())) is not None:
            return Unauthenticated(f"the access token {reason}", site.name)
        user = users.by_id(site, token.user_id)
        if (reason := sign_in.not_welcome(site, user, address)) is not None or user is None:
            return Unauthenticated(reason or "", site.name)
        return Caller(site, user), _NEVER if token.expires_at is None else token.expires_at
