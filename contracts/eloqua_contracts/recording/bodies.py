"""Changes what is in a body, and leaves its syntax: JSON, XML, CSV, a form or a text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlencode

from lxml import etree

from eloqua_contracts.comparing.documents import document, extent_of_xml

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_PIECES = re.compile(r"([&=])")
_PLAIN = "!$'()*,:;@~."


def rewritten(body: bytes, headers: Mapping[str, str], change: Callable[[Any], Any]) -> bytes:
    """A body in which the document is another of the same shape; the same bytes where nothing is changed.

    Args:
        body: of a call or an answer.
        headers: for its content type.
        change: is given the document, as `documents.document` reads it.
    """
    found = document(body, headers)
    if found is None:
        return body
    if isinstance(found, str) and not _is_json(body):
        return _text(body, change)
    changed = change(found)
    if changed == found:
        return body
    if "csv" in headers.get("content-type", "") and isinstance(found, list):
        return _csv(changed)
    if "form-urlencoded" in headers.get("content-type", "") and isinstance(found, dict):
        return urlencode(changed).encode()
    if _is_json(body):
        return json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()
    return _xml(body, headers.get("content-type", ""), changed)


def path_rewritten(path: str, change: Callable[[str], str]) -> str:
    """A path and its query in which each piece between `/`, `?`, `&` and `=` is changed, unquoted."""
    before, mark, query = path.partition("?")
    places = [_piece(each, change, unquote, quote) for each in before.split("/")]
    terms = [_piece(each, change, unquote_plus, quote_plus) for each in _PIECES.split(query)]
    return "/".join(places) + mark + "".join(terms)


def _piece(piece: str, change: Callable[[str], str], plain: Callable[[str], str], quoted: Any) -> str:
    found = plain(piece)
    changed = change(found)
    return piece if changed == found else str(quoted(changed, safe=_PLAIN))


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _csv(rows: list[Any]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if rows and isinstance(rows[0], dict):
        writer.writerow(rows[0])
    writer.writerows(each.values() if isinstance(each, dict) else each for each in rows)
    return text.getvalue().encode()


def _text(body: bytes, change: Callable[[Any], Any]) -> bytes:
    """Also of what is no text, as an image in a form is."""
    try:
        return str(change(body.decode())).encode()
    except UnicodeDecodeError:
        return str(change(body.decode("latin-1"))).encode("latin-1", "replace")


def _xml(body: bytes, kind: str, changed: Any) -> bytes:
    start, end = extent_of_xml(body, kind)
    root = etree.fromstring(body[start:end], _PARSER)
    _fill(root, next(iter(changed.values())))
    declared = body[start : start + 5] == b"<?xml"
    return body[:start] + etree.tostring(root, encoding="utf-8", xml_declaration=declared) + body[end:]


def _fill(element: etree._Element, found: Any) -> None:
    """Put the texts of a document, as `documents.document` reads it, into the element that it was read from."""
    if not isinstance(found, dict):
        if (element.text or "") != found:
            element.text = found
        return
    for name in element.attrib:
        element.set(name, found[f"@{etree.QName(name).localname}"])
    if "text" in found and not len(element):
        element.text = found["text"]
    seen: Counter[str] = Counter()
    for child in element.iterchildren(etree.Element):
        local = etree.QName(child).localname
        seen[local] += 1
        _fill(child, found[local if seen[local] == 1 else f"{local}[{seen[local]}]"])
