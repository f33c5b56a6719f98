"""What is found in the HTML of pages, e-mails and content sections: links, images, field merges, other assets.

A reading, not a validation: tags that do not close and attributes without quotes are what such HTML is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from mock_eloqua.crm import assets, fields, redirects, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site

HYPERLINK = "Hyperlink"
MERGE = "FieldMerge"
HYPERLINK_TYPES = (
    "ExternalURL",
    "ICSCalendarURL",
    "LandingPageURL",
    "ReferrerURL",
    "RSSURL",
    "TrackedExternalURL",
)
CONTENTS = "contents"
"""The property of a stored asset that keeps what its HTML refers to; it never travels."""

_KINDS = {
    "contentsection": "ContentSection",
    "dynamiccontent": "DynamicContent",
    "filestorage": "ImportedFile",
    "form": "Form",
    "image": "ImageFile",
    "section": "ContentSection",
    "sharedcontent": "ContentSection",
    "signaturelayout": "EmailSignatureLayout",
    "userform": "Form",
}
"""What `elqtype` says, in lower case, to the kind of asset [client; some of the words inferred]."""
_PROPERTY = {
    "ContentSection": "contentSectionId",
    "DynamicContent": "dynamicContentId",
    "EmailSignatureLayout": "signatureLayoutId",
    "FieldMerge": "fieldMergeId",
    "Form": "formId",
    "Hyperlink": "hyperlinkId",
    "ImageFile": "imageId",
    "ImportedFile": "importedFileId",
}
_TRACKED = re.compile(r"[?&]elqTrack(Id)?=", re.IGNORECASE)
_MERGE_TEXT = re.compile(r"~~eloqua\.\.type--(?:emailfield|contactfield)\.\.syntax--([\w.-]+?)(?:\.\.[\w.-]+)?~~")


@dataclass(frozen=True, slots=True)
class Markup:
    """What an HTML text holds, in the order in which it comes, each once."""

    links: Mapping[str, str]
    """Address to the text of the link."""
    merges: tuple[str, ...]
    """The names in field merges."""
    assets: tuple[tuple[str, int], ...]
    """Kind and id of the assets that it embeds."""


@dataclass(slots=True)
class _Found:
    links: dict[str, str] = field(default_factory=dict)
    merges: dict[str, None] = field(default_factory=dict)
    assets: dict[tuple[str, int], None] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects what `Markup` keeps."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()
        self._link = ""
        self._in_merge = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind, key = _KINDS.get(given.get("elqtype", "").lower()), given.get("elqid", "")
        if kind and key.isascii() and key.isdigit() and 0 < int(key) < 2**63:
            self.found.assets[kind, int(key)] = None
        if tag in ("a", "area"):
            self._link = _address(given.get("href", ""))
            if self._link:
                self.found.links.setdefault(self._link, "")
        elif tag == "eloqua" and given.get("syntax"):
            self.found.merges[given["syntax"]] = None
        self._in_merge = "eloquaemail" in given.get("class", "").lower().split()

    def handle_data(self, data: str) -> None:
        if self._in_merge and data.strip():
            self.found.merges[data.strip()] = None
        if self._link and not self.found.links[self._link]:
            self.found.links[self._link] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in_merge = False
        if tag in ("a", "area"):
            self._link = ""


def _address(href: str) -> str:
    """A link that leads somewhere; anchors, scripts and `mailto:` do not."""
    href = href.strip()
    return href if href.lower().startswith(("http://", "https://")) and "\0" not in href else ""


_PIECE = re.compile(
    r"<(/?[a-z][^\s<>/]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>|<(/?[a-z][^\s<>/]*)[^<>]*>|<![^<>]*>|[^<]+|<",
    re.IGNORECASE,
)
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}


def pieces(html: str) -> Iterator[tuple[str, str]]:
    """The tags and the texts of HTML: a tag's name in lower case, with its slash, and the piece; `""` for a text.

    Without comments, scripts and styles, in one pass: the parser of the standard library takes the square of the
    length for tags that do not close, and fails on some declarations.
    """
    at = 0
    while at < len(html):
        if html.startswith("<!--", at):
            end = html.find("-->", at + 4)
            if end < 0:
                return
            at = end + 3
            continue
        found = _PIECE.match(html, at)
        if found is None:
            return
        at, name = found.end(), (found[1] or found[2] or "").lower()
        if name in _ENDS:
            end_tag = _ENDS[name].search(html, at)
            if end_tag is None:
                return
            at = end_tag.start()
        elif not found[0].startswith("<!"):
            yield name, found[0]


def read(html: str) -> Markup:
    """What an HTML text holds."""
    reader = _Reader()
    for tag, text in pieces(html):
        if not tag:
            reader.handle_data(unescape(text))
        else:
            reader.feed(text)
            reader.rawdata = ""  # quotes that do not close
    for name in _MERGE_TEXT.findall(html):
        reader.found.merges[name] = None
    found = reader.found
    return Markup(found.links, tuple(found.merges), tuple(found.assets))


def contents(site: Site, html: str, also: Iterable[tuple[str, int]] = ()) -> list[dict[str, str]]:
    """What to keep under `CONTENTS`: references to what the HTML embeds and exists, links and merges included.

    *also* names further assets, by kind and id. Call inside a write: links and merges that are new become assets.
    """
    found = read(html)
    named = [*found.assets, *also]
    kept = [(kind, key) for kind, key in named if kind in _PROPERTY and references.exists(site, kind, key)]
    kept += [(HYPERLINK, hyperlink(site, href, text).id) for href, text in found.links.items()]
    kept += [(MERGE, key) for name in found.merges if (key := _merge(site, name)) is not None]
    return [{_PROPERTY[kind]: str(key)} for kind, key in dict.fromkeys(kept)]


def contained(site: Site, asset: Asset, kind: str) -> list[Asset]:
    """The assets of a kind that the HTML of another refers to."""
    keys = [int(each[_PROPERTY[kind]]) for each in asset.doc.get(CONTENTS, ()) if _PROPERTY[kind] in each]
    return [assets.get(site, kind, key) for key in keys if references.exists(site, kind, key)]


def is_link(href: str) -> bool:
    """Does it lead somewhere? Anchors, scripts and `mailto:` do not."""
    return _address(href) != ""


def hyperlink(site: Site, href: str, text: str = "") -> Asset:
    """The hyperlink to that address, a new one if need be; its name is what it is written as.

    An address of `redirects` is that of the hyperlink to which it leads.
    """
    key = redirects.target(site, href)
    if key is not None and references.exists(site, HYPERLINK, key):
        return assets.get(site, HYPERLINK, key)
    with site.database.writing():
        known, _ = assets.find(site, HYPERLINK, assets.operand("href") == href, limit=1)
        if known:
            return known[0]
        name = (text or href).replace("\0", "")[: assets.LONGEST_NAME]
        doc = {"href": href, "hyperlinkType": _type_of(href)}
        return assets.create(site, HYPERLINK, name=name, doc=doc, unique=False)


def _type_of(href: str) -> str:
    if _TRACKED.search(href):
        return "TrackedExternalURL"
    try:
        path = urlsplit(href).path.lower()
    except ValueError:
        return "ExternalURL"
    return {".ics": "ICSCalendarURL", ".rss": "RSSURL"}.get(path[-4:], "ExternalURL")


def _merge(site: Site, name: str) -> int | None:
    """The field merge of that name, a new one if it names a contact field and is not there yet."""
    known = assets.named(site, MERGE, name)
    if known:
        return known.id
    wanted = field_of_merge(site, name)
    if wanted is None:
        return None
    doc = {"contactFieldId": wanted.key, "mergeType": "contactField", "syntax": name}
    return assets.create(site, MERGE, name=name[: assets.LONGEST_NAME], doc=doc).id


def field_of_merge(site: Site, name: str) -> fields.Field | None:
    """The contact field that a merge names: by its internal name, with or without `C_`, in any spelling."""
    catalogue = fields.contact_fields(site)
    direct = catalogue.named(name) or catalogue.named(f"C_{name}")
    wanted = _bare(name.removesuffix("1"))
    return direct or next((each for each in catalogue.by_key.values() if wanted and _bare(each.name) == wanted), None)


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
