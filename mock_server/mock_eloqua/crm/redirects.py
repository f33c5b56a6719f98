"""Redirect links: addresses of the product's own that lead to a hyperlink, for e-mails that count clicks.

Their form is inferred, and so is that SOAP gives them as the tags of hyperlinks.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from mock_eloqua.site import Site

PATH = "/e/er"
SITE, LINK = "s", "lid"
"""The parameters: the number of the site, the id of the hyperlink."""


def address(site: Site, link_id: int) -> str:
    """The address that leads to a hyperlink, below the host."""
    return f"{PATH}?{SITE}={site.id}&{LINK}={link_id}"


def target(site: Site, href: str) -> int | None:
    """The id of the hyperlink that an address of the site leads to; None for any other address."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.path.lower() != PATH:
        return None
    given = parse_qs(parts.query)
    key = given.get(LINK, [""])[0]
    is_ours = given.get(SITE) == [str(site.id)]
    return int(key) if is_ours and key.isascii() and key.isdigit() and len(key) < 19 else None
