"""MTOM, as WCF speaks it with `DataTransferService.svc`: an envelope in MIME, with its binary values beside it.

Requests come so or as plain XML; answers go as `soap_mtom` says (`soap` 3.3).
"""

from __future__ import annotations

import base64
import binascii
import secrets
from email.message import Message
from itertools import count
from urllib.parse import quote, unquote

from lxml.etree import _Element as Element

from mock_eloqua.web import multipart
from mock_eloqua.web.body import BadBody, media_type
from mock_eloqua.web.call import Call

MULTIPART = "multipart/related"
XOP = "http://www.w3.org/2004/08/xop/include"
LEAST = 768
"""Bytes of a value that travels beside the envelope; shorter ones stay inside [inferred: WCF's writer]."""

_XOP_MEDIA = "application/xop+xml"
_INCLUDE = f"{{{XOP}}}Include"
_ROOT = "http://tempuri.org/0"

Parts = dict[str, bytes]
"""Binary values by content id, each to be taken once: a small body must not become a large one."""


def opened(call: Call) -> tuple[bytes, Parts]:
    """The envelope of a call, and the values beside it.

    Raises:
        BadBody: it is not what MTOM looks like.
    """
    if media_type(call)[0] != MULTIPART:
        return call.body, {}
    about = multipart.content_type(call)
    if about.get_param("type", _XOP_MEDIA) != _XOP_MEDIA:
        raise BadBody("no XOP")
    found = {_id(headers): _content(headers, content) for headers, content in multipart.split(call, MULTIPART, "MIME")}
    root = str(about.get_param("start", next(iter(found), ""))).strip("<> ")
    if root not in found:
        raise BadBody("no root")
    return found.pop(root), found


def _id(headers: Message) -> str:
    return str(headers.get("content-id", "")).strip().strip("<>")


def _content(headers: Message, content: bytes) -> bytes:
    if str(headers.get("content-transfer-encoding", "binary")).strip().lower() != "base64":
        return content
    try:
        return base64.b64decode(content)
    except binascii.Error:
        raise BadBody("base64") from None


def included(root: Element, parts: Parts) -> None:
    """Put the values that lie beside an envelope into it.

    Raises:
        BadBody: one is not there, or asked for twice.
    """
    for each in list(root.iter(_INCLUDE)) if parts else ():
        around, key = each.getparent(), unquote((each.get("href") or "").removeprefix("cid:"))
        if around is None or key not in parts:
            raise BadBody(f"no part {key[:80]!r}")
        around.remove(each)
        around.text = base64.b64encode(parts.pop(key)).decode()


class Attachments:
    """The binary values of an answer, some of which travel beside it."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, bytes]] = []
        self._numbers = count(1)

    def reference(self, value: bytes) -> str:
        """What stands in the envelope for a value."""
        if len(value) < LEAST:
            return base64.b64encode(value).decode()
        key = f"http://tempuri.org/{next(self._numbers)}/{secrets.token_hex(8)}"
        self._parts.append((key, value))
        return f'<xop:Include href="cid:{quote(key, safe="")}" xmlns:xop="{XOP}"/>'

    def packed(self, envelope: bytes) -> tuple[bytes, str]:
        """Body and content type of the answer."""
        boundary = f"uuid:{secrets.token_hex(16)}+id=1"
        root = f'Content-Transfer-Encoding: 8bit\r\nContent-Type: {_XOP_MEDIA};charset=utf-8;type="text/xml"'
        other = "Content-Transfer-Encoding: binary\r\nContent-Type: application/octet-stream"
        body = bytearray()
        for key, headers, content in [(_ROOT, root, envelope), *((key, other, each) for key, each in self._parts)]:
            body += f"\r\n--{boundary}\r\nContent-ID: <{key}>\r\n{headers}\r\n\r\n".encode() + content
        body += f"\r\n--{boundary}--\r\n".encode()
        about = f'type="{_XOP_MEDIA}";start="<{_ROOT}>";boundary="{boundary}";start-info="text/xml"'
        return bytes(body), f"{MULTIPART}; {about}"
