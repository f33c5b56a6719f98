"""Favourites: the assets that a user marked. The API only reads them; seeds and the product set them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from mock_eloqua.access import users
from mock_eloqua.crm import assets, scores
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site
from mock_eloqua.store import tables

KINDS = ("Campaign", "ContactSegment", scores.MODEL, "Email", "Form", "LandingPage", "Program")
_table = tables.favorite


def of_user(user_id: int, kind: str) -> ColumnElement[bool]:
    """The condition that an asset of a kind is a user's favourite."""
    mine = select(_table.c.asset_id).where(_table.c.user_id == user_id, _table.c.kind == kind)
    return tables.asset.c.id.in_(mine)


def mark(site: Site, user_name: str, kind: str, name: str) -> None:
    """Make an asset a favourite of a user.

    Raises:
        NotFound: there is no such user or asset.
    """
    user, found = users.everyone(site).get(user_name.lower()), assets.named(site, kind, name)
    if user is None:
        raise NotFound("User", user_name)
    if found is None:
        raise NotFound(kind, name)
    site.database.insert_or_skip(_table, [{"user_id": user.id, "kind": kind, "asset_id": found.id}])
