"""DynamicContent (`rest` 14.4)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import dynamic_content
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.dynamic_content import KIND, SECTION
from mock_eloqua.rest import actions, shapes, wire
from mock_eloqua.rest.asset import COMPLETE, PARTIAL, V2, asset
from mock_eloqua.rest.resource import Property, ResourceType, Shape
from mock_eloqua.rest.resources.contact_segment import CRITERION
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

_SECTION = Shape(
    type=SECTION,
    properties=(
        Property("description", wire.TEXT),
        Property("name", wire.TEXT),
        Property("contentHtml", wire.TEXT),
        Property("contentText", wire.TEXT),
        Property("scope", wire.WORD, PARTIAL, values=("global", "local")),
        Property("size", wire.OBJECT, shape=shapes.SIZE),
    ),
)
"""A shared one by its id, or one of its own with content."""

_RULE = Shape(
    type="DynamicContentRule",
    properties=(
        Property("name", wire.TEXT),
        Property("contentSection", wire.OBJECT, COMPLETE, shape=_SECTION),
        Property("criteria", wire.OBJECTS, COMPLETE, shape=CRITERION),
        Property("statement", wire.TEXT),
    ),
    shows_depth=True,
)


def _default(site: Site, asset_: Asset) -> dict[str, Any] | None:
    section = asset_.doc.get("defaultContentSection")
    return dynamic_content.shown(site, section) if section else None


def _rules(site: Site, asset_: Asset) -> list[dict[str, Any]] | None:
    return [
        rule
        | ({"contentSection": dynamic_content.shown(site, rule["contentSection"])} if "contentSection" in rule else {})
        for rule in asset_.doc.get("rules", ())
    ] or None


def _dynamic_content() -> ResourceType:
    return DYNAMIC_CONTENT


DYNAMIC_CONTENT = asset(
    KIND,
    "assets/dynamicContent",
    Property("defaultContentSection", wire.OBJECT, COMPLETE, _default, shape=_SECTION),
    Property("isContentPublic", wire.BOOLEAN, versions=V2),
    Property("rules", wire.OBJECTS, COMPLETE, _rules, shape=_RULE),
    prepare=dynamic_content.checked,
    more=(
        actions.copy(
            _dynamic_content,
            "assets/dynamicContent",
            sure=Sureness.CLIENT,
            does=doing(CREATE, KIND),
            anew=dynamic_content.anew,
        ),
    ),
    sure=Sureness.CLIENT,
)
