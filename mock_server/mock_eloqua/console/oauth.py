"""OAuth: the apps that ask for tokens, and what they were given. No secret is shown."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.access import clients, tokens, users
from mock_eloqua.console.visit import Declined, Visit, page

NAME, PATH = "OAuth", "oauth"
_SHOWN = 200
"""The latest tokens."""


def oauth(visit: Visit) -> Response:
    """Apps and tokens."""
    site, now = visit.site, visit.site.clock.now()
    every = tokens.every(site)
    return visit.show(
        "oauth",
        clients=list(clients.everyone(site).values()),
        outcomes=get_args(clients.Outcome),
        total=len(every),
        found=[(each, each.state(now), _user(visit, each)) for each in reversed(every[-_SHOWN:])],
    )


def add(visit: Visit) -> Response:
    """Another app."""
    typed = {name: visit.form.get(name, "").strip() for name in ("client_id", "secret", "name", "redirect_uri")}
    clients.add(visit.site, **typed)
    return visit.go("oauth", f"The app {typed['client_id']} is new.")


def change(visit: Visit) -> Response:
    """Move an app to another address, or break its next refresh."""
    client_id = visit.request.path_params["client"]
    if client_id not in clients.everyone(visit.site):
        raise HTTPException(404, "There is no such app.")
    outcome = visit.form.get("next_refresh", "")
    if outcome not in ("", *get_args(clients.Outcome)):
        raise Declined(f"name {' or '.join(get_args(clients.Outcome))}, not {outcome!r}")
    redirect_uri = visit.form.get("redirect_uri", "").strip()
    clients.change(visit.site, client_id, redirect_uri=redirect_uri, next_refresh=outcome or None)
    return visit.go("oauth", f"The app {client_id} is changed.")


def end(visit: Visit) -> Response:
    """Revoke a token, or let it expire."""
    key, word = visit.request.path_params["key"], visit.form.get("state", "")
    ways = {"revoked": tokens.revoke, "expired": tokens.expire}
    if word not in ways:
        raise Declined(f"name {' or '.join(ways)}, not {word!r}")
    if not any(each.id == key for each in tokens.every(visit.site)):
        raise HTTPException(404, "There is no such token.")
    ways[word](visit.site, key)
    return visit.go("oauth", f"The token {key} is {word}.")


def _user(visit: Visit, token: tokens.Token) -> str:
    user = users.by_id(visit.site, token.user_id)
    return "" if user is None else user.name


ROUTES = (
    Route("/oauth", page(oauth)),
    Route("/oauth", page(add), methods=["POST"]),
    Route("/oauth/clients/{client}", page(change), methods=["POST"]),
    Route("/oauth/tokens/{key:int}", page(end), methods=["POST"]),
)
