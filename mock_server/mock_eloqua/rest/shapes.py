"""Shapes that several families of assets share: HTML content, and what is found in it (`rest` 14.2, 14.4)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import markup
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Property, Shape
from mock_eloqua.site import Site

HTML_CONTENT = Shape(
    type="RawHtmlContent",
    has_id=False,
    properties=(
        Property("contentSource", wire.TEXT),
        Property("cssHeader", wire.TEXT),
        Property("docType", wire.TEXT),
        Property("documentDescription", wire.TEXT),
        Property("html", wire.TEXT),
        Property("htmlBody", wire.TEXT),
        Property("javascriptHeader", wire.TEXT),
        Property("metaTags", wire.OBJECTS, shape=Shape(type="MetaTag", has_id=False, is_open=True)),
        Property("systemHeader", wire.TEXT),
    ),
    variants={"StructuredHtmlContent": (Property("root", wire.TEXT),)},
    found_only=("ResponsiveHtmlContent",),
)
"""What a page or an e-mail shows; ResponsiveHtmlContent is read, but not created [doc]."""

_KEY = (Property("objectType", wire.TEXT), Property("objectId", wire.RELATIVE_ID))
_CONTAINER = Shape(type="ObjectKey", has_id=False, properties=_KEY)
_REQUIREMENT = Shape(
    type="Requirement",
    has_id=False,
    properties=(Property("values", wire.TEXTS),),
    is_open=True,  # the word in `type` is the rule, which may say more of itself
)
VALIDATION_ERROR = Shape(
    type="ObjectValidationError",
    has_id=False,
    properties=(
        Property(
            "container",
            wire.OBJECT,
            shape=Shape(
                type="ObjectKey",
                has_id=False,
                properties=(*_KEY, Property("container", wire.OBJECT, shape=_CONTAINER)),
            ),
        ),
        Property("property", wire.TEXT),
        Property("requirement", wire.OBJECT, shape=_REQUIREMENT),
        Property("value", wire.TEXT),
    ),
)
"""Why an object cannot be stored, or cannot go live (`rest` 7)."""

FIELD_VALUE = Shape(
    type="FieldValue",
    has_id=False,
    properties=(Property("id", wire.ID), Property("name", wire.TEXT), Property("value", wire.TEXT)),
)
"""A value by the id of its field, or by its name where there is no such field."""

SIZE = Shape(type="Size", has_id=False, properties=(Property("height", wire.INTEGER), Property("width", wire.INTEGER)))


def found(kind: str, *own: Property) -> Shape:
    """Another asset as it is shown inside one: its type, id and name, what is *own*, and whatever clients send back."""
    return Shape(
        type=kind,
        has_id=False,
        properties=(Property("id", wire.RELATIVE_ID), Property("name", wire.TEXT), *own),
        is_open=True,
    )


def contained(name: str, kind: str, shape: Shape, versions: tuple[str, ...] = ("1.0", "2.0")) -> Property:
    """What the HTML of an asset holds of a kind; it is found in the HTML whenever that is written [doc]."""

    def read(site: Site, holder: Asset) -> list[dict[str, Any]] | None:
        return [
            {"type": kind, "id": str(each.id), "depth": Depth.COMPLETE.word, "name": each.name}
            | {key: value for key, value in each.doc.items() if isinstance(value, str)}
            for each in markup.contained(site, holder, kind)
        ] or None

    return Property(name, wire.OBJECTS, Depth.COMPLETE, read, read_only=True, shape=shape, versions=versions)


FIELD_MERGE = found("FieldMerge")
FORM = found("Form")
IMAGE = found("ImageFile")
FILE = found("ImportedFile")
HYPERLINK = found("Hyperlink", Property("href", wire.TEXT))
CONTENT_SECTION = found("ContentSection")
DYNAMIC_CONTENT = found("DynamicContent")
LANDING_PAGE = found("LandingPage")
