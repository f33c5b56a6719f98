"""Seeding: apps that ask for tokens, and tokens that they have already."""

from __future__ import annotations

from mock_eloqua.access import clients, tokens, users
from mock_eloqua.crm.seed_values import NAME, TEXT, Item, one_of, text
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site

_KINDS: dict[str, tokens.Kind] = {"access": tokens.ACCESS, "refresh": tokens.REFRESH}
CLIENT = {"id": NAME, "secret": NAME, "name": TEXT, "redirectUri": TEXT}
TOKEN = {"token": NAME, "kind": one_of(*_KINDS), "client": NAME, "user": NAME}
_SHORTEST = 8
"""Characters of a token: one that anybody could guess by accident is a mistake in a seed."""


def client(site: Site, item: Item) -> None:
    """An app."""
    key = text(item, "id")
    clients.add(site, key, text(item, "secret"), text(item, "name", key), text(item, "redirectUri"))


def token(site: Site, item: Item) -> None:
    """A token that an app has for a user, given out now."""
    given, app, login = text(item, "token"), text(item, "client"), text(item, "user")
    kind = _KINDS.get(text(item, "kind", "refresh"))
    user = users.everyone(site).get(login.lower())
    if kind is None:
        raise BadSeed(f"kind is one of {', '.join(_KINDS)}")
    if app not in clients.everyone(site):
        raise BadSeed(f"there is no client {app!r}")
    if user is None:
        raise BadSeed(f"there is no user {login!r}")
    if len(given) < _SHORTEST or any(not "!" <= sign <= "~" for sign in given):
        raise BadSeed(f"a token has at least {_SHORTEST} printable characters without blanks")
    if tokens.is_taken(site, given):
        raise BadSeed("there is such a token already")
    tokens.issue(site, kind, app, user.id, text=given)
