"""Landing pages and the microsites that serve them (`rest` 14.4): rules, activation, what an address leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import and_

from mock_eloqua import dates
from mock_eloqua.crm import assets, emails, files, markup, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid
from mock_eloqua.site import Site

KIND, MICROSITE, TEMPLATE = "LandingPage", "Microsite", "LandingPageTemplate"
DRAFT, ACTIVE = "Draft", "Active"
_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63})*")


def finished(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A page as it is stored, with what is found in its HTML.

    Raises:
        Invalid: it closes and goes elsewhere at once; an address is none; a new one has HTML that is not raw.
    """
    doc = _from_template(site, doc) if old is None else doc
    emails.check_content(doc, old)
    content = doc.get("htmlContent", {})
    failures = []
    if "autoCloseWaitFor" in doc and ("autoRedirectWaitFor" in doc or "autoRedirectUrl" in doc):
        failures.append(Failure("autoCloseWaitFor", "RelationshipRequirement", doc["autoCloseWaitFor"]))
    if not is_url(doc.get("autoRedirectUrl", "http://x")):
        failures.append(Failure("autoRedirectUrl", "UrlRequirement", doc["autoRedirectUrl"]))
    if old is None and content.get("type", "RawHtmlContent") != "RawHtmlContent":
        failures.append(Failure("htmlContent", "EnumRequirement", content["type"], ("RawHtmlContent",)))
    if failures:
        raise Invalid(*failures)
    html = emails.html_of(doc)
    doc[markup.CONTENTS] = markup.contents(site, html, files.shown_in(site, html))
    doc.setdefault("currentStatus", DRAFT)
    return doc


def _from_template(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    key = doc.get("sourceTemplateId")
    if key is None or "htmlContent" in doc:
        return doc
    if not references.exists(site, TEMPLATE, int(key)):
        raise Invalid(Failure("sourceTemplateId", "RelationshipRequirement", key))
    return dict(assets.get(site, TEMPLATE, int(key)).doc) | doc


def anew(_site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """The document of a page for a copy, which is not deployed."""
    left = {name: value for name, value in doc.items() if name not in ("deployedAt", "refreshedAt", "relativePath")}
    return left | {"currentStatus": DRAFT}


def is_url(text: str) -> bool:
    """An address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def errors(site: Site, page: Asset) -> list[Failure]:
    """Why a page cannot go live: it has nothing to show, or another live page has its address [inferred]."""
    found = []
    if not emails.html_of(page.doc).strip():
        found.append(Failure("htmlContent", "NotNullRequirement", None))
    path = page.doc.get("relativePath")
    if path:
        others = _at(site, page.doc.get("micrositeId", ""), path)
        if any(each.id != page.id and each.doc["currentStatus"] == ACTIVE for each in others):
            found.append(Failure("relativePath", "UniquenessRequirement", path))
    return found


def activate(site: Site, key: int) -> Asset:
    """Deploy a page [client]; once more refreshes it.

    Raises:
        NotFound: there is no such page.
        Invalid: it cannot go live.
    """
    with site.database.writing():
        page = assets.get(site, KIND, key)
        found = errors(site, page)
        if found:
            raise Invalid(*found)
        now = dates.unix(site.clock.now())
        deployed = page.doc.get("deployedAt", now)
        return assets.write_doc(site, page, currentStatus=ACTIVE, deployedAt=deployed, refreshedAt=now)


def checked_microsite(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A microsite whose domains are host names that no other one has [inferred: each domain is served once].

    Raises:
        Invalid: a domain is no host name.
        Duplicate: another microsite has it.
    """
    domains = doc.get("domains", ())
    failures = [Failure("domains", "UrlRequirement", each) for each in domains if not _HOST.fullmatch(each)]
    if failures:
        raise Invalid(*failures)
    taken = {each.lower() for other in _microsites(site) if old is None or other.id != old.id for each in _hosts(other)}
    for each in domains:
        if each.lower() in taken:
            raise Duplicate(Failure("domains", "UniquenessRequirement", each))
    return doc


def _microsites(site: Site) -> list[Asset]:
    return assets.find(site, MICROSITE, assets.OPERANDS["id"].expression > 0)[0]


def _hosts(microsite: Asset) -> list[str]:
    return [each.lower() for each in microsite.doc.get("domains", ())]


def _at(site: Site, microsite_id: str, path: str) -> list[Asset]:
    same = [assets.operand("relativePath") == path]
    if microsite_id:
        same.append(assets.operand("micrositeId") == microsite_id)
    return assets.find(site, KIND, and_(*same))[0]


def by_address(site: Site, address: str) -> Asset | None:
    """The page that an address of the web leads to."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    for microsite in _microsites(site):
        if host and host in _hosts(microsite):
            found = _at(site, str(microsite.id), parts.path)
            return found[0] if found else None
    return None


def link_type(site: Site, href: str, doc: Mapping[str, Any]) -> dict[str, str]:
    """What kind of link an address is by now: pages may have come, or gone, since it was first written."""
    page = by_address(site, href) if doc.get("hyperlinkType") == "ExternalURL" else None
    if page is None:
        return {"hyperlinkType": doc.get("hyperlinkType", "ExternalURL")}
    return {"hyperlinkType": "LandingPageURL", "referencedEntityId": str(page.id)}
