"""The operations of `LinkService`: redirect links, which are hyperlinks by addresses of our own (`soap` 8)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import assets, markup, redirects
from mock_eloqua.crm.assets import Asset
from mock_eloqua.soap import names
from mock_eloqua.soap.contract.faults import UNEXPECTED_ERROR
from mock_eloqua.soap.refusals import fault
from mock_eloqua.web.call import Call


def create_redirect_link(call: Call, url: str | None) -> dict[str, Any]:
    """The redirect link to an address, a new one if need be [client].

    Raises:
        SoapFault: UnexpectedErrorFault when the address leads nowhere [inferred].
    """
    wanted = (url or "").strip()
    if not markup.is_link(wanted):
        raise fault(call, UNEXPECTED_ERROR, f"{wanted!r} is no address of the web")
    return _shown(call, markup.hyperlink(call.site, wanted))


def list_redirect_links(call: Call) -> list[dict[str, Any]]:
    """All redirect links."""
    return [_shown(call, each) for each in assets.all_of(call.site, markup.HYPERLINK)]


def search_redirect_links(call: Call, url: str | None) -> list[dict[str, Any]]:
    """The redirect links to an address."""
    every = assets.all_of(call.site, markup.HYPERLINK)
    return [_shown(call, each) for each in names.matching(call.site, url, every, lambda link: str(link.doc["href"]))]


def _shown(call: Call, link: Asset) -> dict[str, Any]:
    """The tag is what goes into `href` [client]: an address here that leads on [inferred]."""
    return {"Id": link.id, "Name": link.name, "Tag": f"{call.base_url}{redirects.address(call.site, link.id)}"}
