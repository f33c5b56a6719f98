"""Hyperlink: the addresses that pages and e-mails lead to; they come and are found in their HTML (`rest` 14.2)."""

from __future__ import annotations

from mock_eloqua.crm import landing_pages, markup
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.resource import Property, Source
from mock_eloqua.sureness import Sureness


def _of_link(name: str) -> Source:
    """What the address leads to by now."""
    return lambda site, link: landing_pages.link_type(site, link.doc["href"], link.doc).get(name)


HYPERLINK = asset(
    markup.HYPERLINK,
    "assets/hyperlink",
    Property("href", wire.TEXT),
    Property("hyperlinkType", wire.WORD, source=_of_link("hyperlinkType"), values=markup.HYPERLINK_TYPES),
    Property("referencedEntityId", wire.ID, source=_of_link("referencedEntityId")),
    many="assets/trackedUrls",
    versions={"2.0": "L"},
    sure=Sureness.CLIENT,
)
