"""E-mails: what a new one gets by itself, who may send it, and how it looks to a contact (`rest` 14.2)."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from mock_eloqua.crm import addresses, assets, contacts, dynamic_content, files, markup, references, signatures
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

EMAIL, HEADER, FOOTER, TEMPLATE = "Email", "EmailHeader", "EmailFooter", "EmailTemplate"
CREATED = ("RawHtmlContent", "StructuredHtmlContent")
RESPONSIVE = "ResponsiveHtmlContent"
"""What `htmlContent` may be when it is created, and what it only is when the Design Editor made it [doc]."""
NEVER_EXPIRES, SEND_TO_UNSUBSCRIBED = "neverExpires", "sendToUnsubscribed"
"""Marks of an e-mail that only SOAP shows and writes."""

_MARKS = {
    "isContentProtected": "false",
    "isPlainTextEditable": "false",
    "isPrivate": "false",
    "isTracked": "true",
    "sendPlainTextOnly": "false",
}
_ADDRESSES = ("bounceBackEmail", "replyToEmail", "senderEmail")
_MERGE = re.compile(
    r"<span\b[^<>]{0,300}?\bclass\s{0,9}=\s{0,9}[\"']?eloquaemail\b[^<>]{0,300}>([^<>]{1,300})</span>", re.IGNORECASE
)
_TAG = re.compile(
    r"<eloqua\b[^<>]{0,300}?\bsyntax\s{0,9}=\s{0,9}[\"']?([\w-]{1,100}+)[^<>]{0,300}+>(?:\s{0,9}</eloqua\s{0,9}>)?",
    re.IGNORECASE,
)
_TILDES = re.compile(
    r"~~eloqua\.\.type--(?:emailfield|contactfield)\.\.syntax--([\w-]{1,100}+)(\.\.[^~<>\"']{0,300}+)?~~", re.IGNORECASE
)
_FOR_URL = "..encodefor--url"
_EMBEDDED = re.compile(r"<(span|div)\b([^<>]{0,300}\belqid\s*=[^<>]{0,300})>\s*</\1>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(elqid|elqtype)\s*=\s*[\"']?(\w{1,40})", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]{0,1000}>|</body\s*>", re.IGNORECASE)
_UNSEEN = ("head", "title")
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6"})


def finished(site: Site, doc: dict[str, Any], old: Asset | None = None) -> dict[str, Any]:
    """An e-mail that a client writes, with what the product fills in.

    Raises:
        Invalid: its content is of another kind, an address is none or of a domain that the site may not send from.
    """
    check_content(doc, old)
    return filled(site, doc)


def create(site: Site, name: str, doc: Mapping[str, Any], user_id: int) -> Asset:
    """A new e-mail.

    Raises:
        Invalid: as for `finished`; the name is none, or something referred to does not exist.
        Duplicate: there is an e-mail of that name.
    """
    with site.database.writing():
        return assets.create(site, EMAIL, name=name, doc=finished(site, dict(doc)), user_id=user_id)


def change(site: Site, old: Asset, name: str, doc: Mapping[str, Any], user_id: int) -> Asset:
    """Another name and document for an e-mail.

    Raises:
        NotFound: it is gone.
        Invalid, Duplicate: as for `create`.
    """
    with site.database.writing():
        return assets.change(site, EMAIL, old.id, name=name, doc=finished(site, dict(doc), old), user_id=user_id)


def check_content(doc: Mapping[str, Any], old: Asset | None) -> None:
    """Content of the Design Editor is not created by the API; where it is, it may be written, as it comes [doc].

    Raises:
        Invalid: it would be created.
    """
    kinds = [each.get("htmlContent", {}).get("type") for each in (doc, old.doc if old else {})]
    if kinds[0] == RESPONSIVE != kinds[1]:
        raise Invalid(Failure("htmlContent", "EnumRequirement", RESPONSIVE, CREATED))


def filled(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """An e-mail with sender, group, encoding, marks, the text to its HTML [inferred].

    Raises:
        Invalid: an address is none, or its domain is not one that the site may send from.
    """
    doc = _from_template(site, dict(doc))
    for name, value in (*_defaults(site).items(), *_MARKS.items()):
        doc.setdefault(name, value)
    if "emailGroupId" not in doc and (group := _first_group(site)) is not None:
        doc["emailGroupId"] = group
    _check_addresses(site, doc)
    html = html_of(doc)
    if html and (doc["isPlainTextEditable"] == "false" or "plainText" not in doc):
        doc["plainText"] = as_text(html)
    doc[markup.CONTENTS] = markup.contents(site, html, files.shown_in(site, html))
    doc.setdefault("currentStatus", "Draft")
    return doc


def frame(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """A header or a footer with what is found in its body."""
    body = doc.get("body", "")
    return doc | {markup.CONTENTS: markup.contents(site, body, files.shown_in(site, body))}


def _from_template(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """The content of the template that a new e-mail names, where it has none of its own."""
    key = doc.get("sourceTemplateId")
    if key is None or "htmlContent" in doc:
        return doc
    if not references.exists(site, TEMPLATE, int(key)):
        raise Invalid(Failure("sourceTemplateId", "RelationshipRequirement", key))
    return dict(assets.get(site, TEMPLATE, int(key)).doc) | doc


def _defaults(site: Site) -> dict[str, str]:
    """The sender of a site: a mailbox of its name in its first sender domain [inferred]."""
    domain = (_domains(site) or (f"{site.name.lower()}.test",))[0]
    return {
        "bounceBackEmail": f"bounce@{domain}",
        "encodingId": "1",
        "replyToEmail": f"marketing@{domain}",
        "replyToName": site.name,
        "senderEmail": f"marketing@{domain}",
        "senderName": site.name,
        "layout": "{}",
        "style": "{}",
        "renderMode": "fixed",
        "virtualMTAId": "1",
    }


def _domains(site: Site) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in site.settings.sender_domains.split(",") if each.strip())


def _check_addresses(site: Site, doc: Mapping[str, Any]) -> None:
    allowed, failures = _domains(site) if site.has("sender-domains-checked") else (), []
    for name in _ADDRESSES:
        address = doc[name]
        if _MERGE.search(address):
            continue
        if not addresses.is_valid(address):
            failures.append(Failure(name, "EmailAddressRequirement", address))
        elif name == "senderEmail" and allowed and address.rpartition("@")[2].lower() not in allowed:
            failures.append(Failure(name, "ContentRequirement", address))
    if failures:
        raise Invalid(*failures)


def _first_group(site: Site) -> str | None:
    found, _ = assets.find(site, "EmailGroup", tables.asset.c.kind == "EmailGroup", limit=1)
    return str(found[0].id) if found else None


def in_group(site: Site, group_id: int) -> list[int]:
    """The ids of the e-mails of a group."""
    table = tables.dependency
    query = (
        select(table.c.id)
        .where(table.c.kind == EMAIL, table.c.on_kind == "EmailGroup", table.c.on_id == group_id)
        .order_by(table.c.id)
    )
    with site.database.reading() as connection:
        return list(connection.execute(query).scalars())


def html_of(doc: Mapping[str, Any]) -> str:
    """The HTML of an e-mail or a page; what an editor stored has only a body."""
    content = doc.get("htmlContent", {})
    return str(content.get("html") or content.get("htmlBody") or "")


def as_text(html: str) -> str:
    """What is left of HTML for those who read plain text [inferred]."""
    words, hidden = [], ""
    for tag, text in markup.pieces(html):
        name = tag.removeprefix("/")
        if hidden:
            hidden = "" if tag == f"/{hidden}" else hidden
        elif not tag:
            words.append(text)
        elif tag in _UNSEEN:
            hidden = tag
        elif name in _BREAKS and (tag != name or name == "br"):
            words.append("\n")
    lines = entities.unescape("".join(words)).splitlines()
    return "\n".join(line for each in lines if (line := " ".join(each.split())))


def rendered(site: Site, doc: Mapping[str, Any], contact: Contact | None) -> str:
    """An e-mail as it is sent to a contact: header and footer around it, shared content and field merges in it.

    Without a contact, field merges show what they show by default [inferred].
    """
    return shown_to(site, framed(site, doc), contact)


def shown_to(site: Site, html: str, contact: Contact | None) -> str:
    """HTML with its shared and dynamic content and its field merges as a contact sees them."""
    return merged(site, _embedded(site, html, contact), contact)


def framed(site: Site, doc: Mapping[str, Any]) -> str:
    """The HTML of an e-mail with its header and footer around it."""
    html = html_of(doc)
    head, foot = (
        assets.get(site, kind, int(doc[name])).doc.get("body", "")
        if name in doc and references.exists(site, kind, int(doc[name]))
        else ""
        for kind, name in ((HEADER, "emailHeaderId"), (FOOTER, "emailFooterId"))
    )
    return _around(html, head, foot)


def _around(html: str, head: str, foot: str) -> str:
    marks = list(_BODY.finditer(html))
    start = marks[0].end() if marks and not marks[0][0].startswith("</") else 0
    end = marks[-1].start() if marks and marks[-1][0].startswith("</") else len(html)
    return html[:start] + head + html[start:end] + foot + html[end:]


def _embedded(site: Site, html: str, contact: Contact | None) -> str:
    """Shared content and signatures in their place; of dynamic content what it shows to the contact."""

    def content(found: re.Match[str]) -> str:
        said = {name.lower(): value for name, value in _ATTRIBUTE.findall(found[2])}
        kind, key = said.get("elqtype", "").lower(), said.get("elqid", "")
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return found[0]
        if kind == "dynamiccontent" and references.exists(site, "DynamicContent", int(key)):
            section = dynamic_content.chosen(site, assets.get(site, "DynamicContent", int(key)).doc, contact)
            return str(section.get("contentHtml", ""))
        if kind in ("contentsection", "sharedcontent", "section") and key and _is_section(site, int(key)):
            return str(assets.get(site, "ContentSection", int(key)).doc.get("contentHtml", ""))
        if kind == "signaturelayout" and references.exists(site, signatures.LAYOUT, int(key)):
            return str(assets.get(site, signatures.LAYOUT, int(key)).doc["html"])
        return found[0]

    return _EMBEDDED.sub(content, html)


def _is_section(site: Site, key: int) -> bool:
    return references.exists(site, "ContentSection", key)


def merged(site: Site, text: str, contact: Contact | None, *, is_html: bool = True) -> str:
    """A text with the values of a contact for its field merges; the default where there is none.

    Merges come as marked spans, as tags of their own, and in addresses as `~~eloqua..~~` [client].
    """

    def in_text(found: re.Match[str]) -> str:
        known = _value(site, contact, entities.unescape(found[1]).strip())
        return entities.escape(known) if is_html else known

    def in_address(found: re.Match[str]) -> str:
        known = _value(site, contact, found[1])
        return quote(known, safe="") if _FOR_URL in (found[2] or "").lower() else entities.escape(known)

    return _TILDES.sub(in_address, _TAG.sub(in_text, _MERGE.sub(in_text, text)))


def _value(site: Site, contact: Contact | None, name: str) -> str:
    field = markup.field_of_merge(site, name)
    known = contacts.value(site, contact, field) if field and contact else ""
    if known:
        return known
    merge = assets.named(site, markup.MERGE, name)
    return str(merge.doc.get("defaultValue", "")) if merge else ""
