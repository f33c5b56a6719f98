"""Seeding of users, and of what they marked, for `planting`."""

from __future__ import annotations

from mock_eloqua.access import users
from mock_eloqua.crm import favorites
from mock_eloqua.crm.seed_values import MARK, NAME, TEXT, TEXTS, Item, mark, text, texts
from mock_eloqua.site import Site

_MARKS = ("passwordExpires", "ssoOnly")
USER = {
    "name": NAME,
    "password": NAME,
    "groups": TEXTS.told("Names of security groups"),
    "firstName": TEXT,
    "lastName": TEXT,
    **dict.fromkeys(_MARKS, MARK),
}
FAVORITE = {"user": NAME.told("Login name"), "type": NAME.told("Email ..."), "name": NAME}
"""What the objects of a seed may say."""
_GROUPS = ["API Users", "Advanced Users - Marketing"]


def user(site: Site, item: Item) -> None:
    """Add a user.

    Raises:
        BadSeed, BadUser: something does not fit.
    """
    users.add(
        site,
        text(item, "name"),
        text(item, "password"),
        texts(item, "groups", _GROUPS),
        first_name=text(item, "firstName", ""),
        last_name=text(item, "lastName", ""),
        doc={name: str(said).lower() for name in _MARKS if (said := mark(item, name)) is not None},
    )


def favorite(site: Site, item: Item) -> None:
    """Have a user mark an asset.

    Raises:
        BadSeed, Refused: there is no such user or asset.
    """
    favorites.mark(site, text(item, "user"), text(item, "type"), text(item, "name"))
