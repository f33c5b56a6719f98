"""OAuth clients: the apps that ask for tokens in a user's name (`platform` 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import insert, select, update

from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.store import tables

Outcome = Literal["refused", "lost"]
"""What a refresh is made to come to: a refusal, or new tokens in an answer that never arrives."""
LONGEST = 1000
"""Characters of an id, a secret or an address [inferred]."""
_ID = re.compile(r"[\w.~-]+", re.ASCII)
_table = tables.oauth_client


class BadClient(ValueError):
    """A client that cannot be kept; the text says why."""


@dataclass(frozen=True, slots=True)
class Client:
    """One app at a site."""

    client_id: str
    secret: str = field(repr=False)
    name: str
    redirect_uri: str
    next_refresh: Outcome | None


def everyone(site: Site) -> dict[str, Client]:
    """The clients of a site by their ids."""
    return site.cached(_load)


def _load(site: Site) -> dict[str, Client]:
    with site.database.reading() as connection:
        return {row.client_id: Client(*row) for row in connection.execute(select(_table).order_by(_table.c.client_id))}


def known_at(sites: Sites, client_id: str) -> list[Site]:
    """The sites that have the client, the default one first."""
    return [site for site in sites if client_id in everyone(site)]


def add(site: Site, client_id: str, secret: str, name: str, redirect_uri: str) -> None:
    """Add a client to a site.

    Raises:
        BadClient: the id is taken or unusable, the secret is blank, or the address is no absolute URL.
    """
    if client_id in everyone(site):
        raise BadClient(f"there is a client {client_id!r} already")
    if not _ID.fullmatch(client_id) or len(client_id) > LONGEST:
        raise BadClient(f"a client id has letters, digits and . _ ~ -, such as a GUID: {client_id[:100]!r}")
    if not secret or len(secret) > LONGEST:
        raise BadClient(f"a client secret has 1 to {LONGEST} characters")
    _check_address(redirect_uri)
    with site.database.writing() as connection:
        row = {"client_id": client_id, "secret": secret, "name": name, "redirect_uri": redirect_uri}
        connection.execute(insert(_table), row)
    site.forget()


def change(site: Site, client_id: str, **values: Any) -> None:
    """Write `redirect_uri` or `next_refresh` of a client that there is.

    Raises:
        BadClient: the address is no absolute URL.
    """
    if "redirect_uri" in values:
        _check_address(values["redirect_uri"])
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.client_id == client_id).values(values))
    site.forget()


def registered(sites: Iterable[Site], client_id: str, redirect_uri: str) -> list[Site]:
    """Those of these sites where the client has this address: letter for letter [inferred]."""
    return [
        site
        for site in sites
        if (client := everyone(site).get(client_id)) is not None and client.redirect_uri == redirect_uri
    ]


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.fragment
    except ValueError:
        usable = False
    if not usable or len(url) > LONGEST or not all("!" <= sign <= "~" for sign in url):
        raise BadClient(f"a redirect URI is an absolute http or https URL without a fragment: {url[:100]!r}")
