"""The floor for SOAP: one Retrieve by hand, lxml over bare ASGI, that answers the same fields."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import orjson
from lxml import etree

_S = "http://schemas.xmlsoap.org/soap/envelope/"
_E = "https://secure.eloqua.com/API/1.2"
_O = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_A = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
_fields = list(orjson.loads(Path(os.environ["BENCHMARK_FIELDS"]).read_bytes()).items())
_HEADERS = [(b"content-type", b"text/xml; charset=utf-8")]

Message = MutableMapping[str, Any]


async def app(
    _scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Serve one call."""
    body = (await receive()).get("body", b"")
    answer = _retrieved(body) if body else b"ok"
    headers = [*_HEADERS, (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def _retrieved(body: bytes) -> bytes:
    asked = etree.fromstring(body)
    if asked.findtext(f".//{{{_O}}}Password") != "s3cret":
        return b""
    key = asked.findtext(f".//{{{_A}}}int") or ""
    envelope = etree.Element(f"{{{_S}}}Envelope", nsmap={"s": _S})
    inside = etree.SubElement(envelope, f"{{{_S}}}Body")
    response = etree.SubElement(inside, f"{{{_E}}}RetrieveResponse", nsmap={None: _E})  # type: ignore[dict-item]
    entity = etree.SubElement(etree.SubElement(response, f"{{{_E}}}RetrieveResult"), f"{{{_E}}}DynamicEntity")
    kind = etree.SubElement(entity, f"{{{_E}}}EntityType")
    for name, text in (("ID", "0"), ("Name", "Contact"), ("Type", "Base")):
        etree.SubElement(kind, f"{{{_E}}}{name}").text = text
    values = etree.SubElement(entity, f"{{{_E}}}FieldValueCollection")
    for name, text in _fields:
        field = etree.SubElement(values, f"{{{_E}}}EntityFields")
        etree.SubElement(field, f"{{{_E}}}InternalName").text = name
        etree.SubElement(field, f"{{{_E}}}Value").text = text
    etree.SubElement(entity, f"{{{_E}}}Id").text = key
    return etree.tostring(envelope)
