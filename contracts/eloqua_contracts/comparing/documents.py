"""Bodies of all faces as one kind of document, in which every difference has a place."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from lxml import etree

_DEEPEST = 60
_SHORTEST_FILE = 24
_ENVELOPE = re.compile(rb"<(?:\w+:)?Envelope\b")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)


def document(body: bytes, headers: Mapping[str, str]) -> Any:
    """A body as dicts, lists and scalars: JSON as it is, XML and forms as dicts, CSV as a list of dicts, else a text.

    Elements of XML that have a name in common are `name`, `name[2]` and so on; attributes are `@name`.
    None where there is no body.
    """
    if not body:
        return None
    kind = headers.get("content-type", "").lower()
    for reads in (_csv, _form) if "csv" in kind or "form-urlencoded" in kind else (_json, _xml):
        found = reads(body, kind)
        if found is not None and depth(found) <= _DEEPEST:
            return found
    return body.decode("utf-8", "backslashreplace")


def depth(found: Any) -> int:
    """How deep a document is nested."""
    deepest, level = 0, [found]
    while level and deepest <= _DEEPEST:
        deepest += 1
        level = [inner for each in level for inner in _inside(each)]
    return deepest


def _inside(found: Any) -> list[Any]:
    if isinstance(found, dict):
        return list(found.values())
    return found if isinstance(found, list) else []


def _json(body: bytes, _: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _xml(body: bytes, kind: str) -> Any:
    start, end = extent_of_xml(body, kind)
    if not kind.startswith("multipart/") and body[:start].strip(b"\xef\xbb\xbf \t\r\n"):
        return None
    try:
        root = etree.fromstring(body[start:end], _PARSER)
        return {_local(root): _element(root, "", 0)}
    except (ValueError, etree.XMLSyntaxError):
        return None


def extent_of_xml(body: bytes, kind: str) -> tuple[int, int]:
    """Where XML begins and ends in a body; of MTOM, in its first part."""
    if kind.lower().startswith("multipart/") and (begin := _ENVELOPE.search(body)):
        return begin.start(), body.find(b"Envelope>") + len(b"Envelope>")
    return max(body.find(b"<"), 0), body.rfind(b">") + 1


def _element(element: etree._Element, space: str, level: int) -> Any:
    name = etree.QName(element)
    found: dict[str, Any] = {"@xmlns": name.namespace or ""} if (name.namespace or "") != space else {}
    found |= {f"@{etree.QName(key).localname}": value for key, value in element.attrib.items()}
    children = [each for each in element if isinstance(each.tag, str)]
    if not children:
        text = element.text or ""
        return {**found, "text": text} if found else text
    if level > _DEEPEST:
        return etree.tostring(element, encoding="unicode")
    seen: Counter[str] = Counter()
    for child in children:
        local = _local(child)
        seen[local] += 1
        key = local if seen[local] == 1 else f"{local}[{seen[local]}]"
        found[key] = _element(child, name.namespace or "", level + 1)
    return found


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _csv(body: bytes, kind: str) -> Any:
    if "csv" not in kind:
        return None
    try:
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    head = rows[0] if rows else []
    if len(set(head)) < len(head) or any(len(each) != len(head) for each in rows):
        return rows
    return [dict(zip(head, each, strict=True)) for each in rows[1:]] or [head]


def _form(body: bytes, _: str) -> Any:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=1000))
    except ValueError:
        return None


def file_in(text: str) -> bytes:
    """A file of rows in Base64, as SOAP's data transfer has it; nothing if the text is none."""
    if len(text) < _SHORTEST_FILE or len(text) % 4:
        return b""
    try:
        found = b64decode(text, validate=True)
        return found if b"\n" in found and found.decode() else b""
    except (NotBase64, ValueError):
        return b""
