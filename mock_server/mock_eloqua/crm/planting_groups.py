"""Seeding of security groups, for `planting`."""

from __future__ import annotations

from collections.abc import Mapping

from mock_eloqua.access.rights import BadRight, rights
from mock_eloqua.crm import labels, security_groups
from mock_eloqua.crm.security_groups import Changes
from mock_eloqua.crm.seed_values import NAME, TEXT, TEXTS, Item, Shape, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site

GROUP = {
    "name": NAME,
    "description": TEXT,
    "actionPermissions": TEXTS,
    "assetPermissions": Shape({"type": "object", "additionalProperties": TEXTS.schema}),
    "labels": TEXTS,
}
"""What the objects of a seed may say."""


def group(site: Site, item: Item) -> None:
    """Add a group: `assetPermissions` are lists of words by type of assets, `{Email: [Retrieve, Update]}`.

    Raises:
        BadSeed: there is no such permission, type or word.
        Invalid: the name is missing, too long or taken.
    """
    assets = item.get("assetPermissions", {})
    if not isinstance(assets, Mapping):
        raise BadSeed("assetPermissions takes lists of words by type of assets")
    try:
        held = rights(texts(item, "actionPermissions", []), {kind: texts(assets, kind, []) for kind in assets})
    except BadRight as error:
        raise BadSeed(str(error)) from error
    changes = Changes(name=text(item, "name"), description=text(item, "description", "") or None)
    made = security_groups.create(site, changes, None)
    security_groups.grant(site, made.id, held)
    labels.give_group(site, made.id, texts(item, "labels", []))
