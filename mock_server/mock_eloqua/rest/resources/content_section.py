"""ContentSection: content that pages and e-mails share (`rest` 14.4)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import files, markup
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import shapes, wire
from mock_eloqua.rest.asset import COMPLETE, V2, asset
from mock_eloqua.rest.resource import Property
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness


def _read(site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    html = doc.get("contentHtml", "")
    return doc | {markup.CONTENTS: markup.contents(site, html, files.shown_in(site, html))}


CONTENT_SECTION = asset(
    "ContentSection",
    "assets/contentSection",
    Property("contentHtml", wire.TEXT, required=True),
    Property("contentText", wire.TEXT),
    shapes.contained("files", files.FILE, shapes.FILE, V2),
    shapes.contained("forms", "Form", shapes.FORM),
    shapes.contained("hyperlinks", markup.HYPERLINK, shapes.HYPERLINK),
    shapes.contained("images", files.IMAGE, shapes.IMAGE),
    Property("scope", wire.WORD, values=("global", "local"), required=True),
    Property("size", wire.OBJECT, COMPLETE, shape=shapes.SIZE),
    prepare=_read,
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
)
