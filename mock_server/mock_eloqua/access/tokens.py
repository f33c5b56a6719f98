"""OAuth codes and tokens: given out, looked up, used up, revoked (`platform` 1.5).

Their texts are kept nowhere, only a digest of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import bindparam, insert, select, update

from mock_eloqua.clock import DAY
from mock_eloqua.site import Site
from mock_eloqua.store import tables

if TYPE_CHECKING:
    from mock_eloqua.sites import Sites

Kind = Literal["code", "access", "refresh"]
State = Literal["valid", "expired", "used", "revoked"]
CODE: Kind = "code"
ACCESS: Kind = "access"
REFRESH: Kind = "refresh"
LIFETIMES: dict[Kind, int] = {CODE: 60_000, ACCESS: 28_800_000, REFRESH: 365 * DAY}
"""Milliseconds: a minute [client], 8 hours, 12 months [notice 26B]."""
_table = tables.oauth_token


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a code or token. Instants are milliseconds since 1970 UTC."""

    id: int
    kind: Kind
    client_id: str
    user_id: int
    redirect_uri: str | None
    """Of a code: where it was sent."""
    issued_at: int
    expires_at: int | None
    ended: State | None

    def state(self, now: int) -> State:
        """Is it still good?"""
        if self.ended is not None:
            return self.ended
        return "expired" if self.expires_at is not None and now >= self.expires_at else "valid"

    def why_not(self, now: int) -> str | None:
        """Why it is no longer good: the end of a sentence that begins with what it is."""
        return _REASONS.get(self.state(now))


NAMES: dict[Kind, str] = {CODE: "authorization code", ACCESS: "access token", REFRESH: "refresh token"}
_REASONS: dict[State, str] = {"expired": "has expired", "used": "was used before", "revoked": "was revoked"}
_COLUMNS = [_table.c[name] for name in Token.__dataclass_fields__]
_FIND = select(*_COLUMNS).where(_table.c.digest == bindparam("of"), _table.c.kind == bindparam("what"))


def issue(
    site: Site, kind: Kind, client_id: str, user_id: int, *, text: str | None = None, redirect_uri: str | None = None
) -> str:
    """Give out a code or token; its text, which is random unless one is named, is not seen again."""
    text, now = text or token_urlsafe(96), site.clock.now()
    with site.database.writing() as connection:
        (new_id,) = site.database.next_ids("oauth_token")
        row = {
            "id": new_id,
            "kind": kind,
            "digest": digest(text),
            "client_id": client_id,
            "user_id": user_id,
            "redirect_uri": redirect_uri,
            "issued_at": now,
            "expires_at": now + LIFETIMES[kind],
        }
        connection.execute(insert(_table), row)
    return text


def find(site: Site, kind: Kind, text: str) -> Token | None:
    """The code or token of that text, the ended ones too."""
    row = site.database.first(_FIND, of=digest(text), what=kind)
    return None if row is None else Token(*row)


def is_taken(site: Site, text: str) -> bool:
    """Was anything of that text ever given out?"""
    return any(find(site, kind, text) is not None for kind in LIFETIMES)


def anywhere(sites: Sites, kind: Kind, text: str) -> tuple[Site, Token] | None:
    """The same at any site, the default one first."""
    return next(((site, token) for site in sites if (token := find(site, kind, text)) is not None), None)


def of_header(sites: Sites, header: str) -> tuple[Site, Token] | None:
    """The access token of an Authorization header, at whichever site it was given out."""
    scheme, _, text = header.strip().partition(" ")
    return anywhere(sites, ACCESS, text.strip()) if scheme.lower() == "bearer" else None


def every(site: Site) -> Sequence[Token]:
    """All codes and tokens of a site, oldest first."""
    with site.database.reading() as connection:
        return [Token(*row) for row in connection.execute(select(*_COLUMNS).order_by(_table.c.id))]


def use(site: Site, token: Token) -> None:
    """Take a code or refresh token for good: it serves once."""
    _write(site, _table.c.id == token.id, ended="used")


def revoke_access(site: Site, client_id: str, user_id: int) -> None:
    """End the access tokens that an app has for a user."""
    theirs = (_table.c.client_id == client_id) & (_table.c.user_id == user_id)
    _write(site, theirs & (_table.c.kind == ACCESS) & _table.c.ended.is_(None), ended="revoked")
    site.forget()  # callers who were right are remembered


def revoke(site: Site, token_id: int) -> None:
    """End a code or token."""
    _write(site, _table.c.id == token_id, ended="revoked")
    site.forget()


def expire(site: Site, token_id: int) -> None:
    """Let a code or token expire now."""
    _write(site, _table.c.id == token_id, expires_at=site.clock.now())
    site.forget()


def digest(text: str) -> str:
    """What is kept of a text."""
    return sha256(text.encode()).hexdigest()


def _write(site: Site, where: Any, **values: Any) -> None:
    with site.database.writing() as connection:
        connection.execute(update(_table).where(where).values(values))
