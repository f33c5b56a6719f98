"""Reading the bytes of a request as text and JSON, with the leniencies that clients need."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from mock_eloqua.web.call import Call

CHARSETS = {
    "utf-8",
    "utf8",
    "us-ascii",
    "iso-8859-1",
    "latin-1",
    "latin1",
    "windows-1252",
    "utf-16",
    "utf-16le",
    "utf-16be",
}
"""What bodies may be written in; a name from outside never reaches a codec look-up."""


class BadBody(Exception):
    """The body cannot be read. `reason` is the text of the status line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def media_type(call: Call) -> tuple[str, str]:
    """Content type in lower case without parameters (`""` when there is none), and the charset."""
    return _media_type(call.header(b"content-type") or "")


@lru_cache(maxsize=100)
def _media_type(header: str) -> tuple[str, str]:
    kind, *parameters = header.split(";")
    named = (each.partition("=") for each in parameters)
    charset = next((value for name, _, value in named if name.strip().lower() == "charset"), "utf-8")
    return kind.strip().lower(), charset.strip().strip('"').lower()


def text_body(call: Call, parsing_error: str) -> str:
    """The body as text, without a byte order mark.

    Raises:
        BadBody: it is not in the charset that it claims.
    """
    charset = media_type(call)[1]
    if charset not in CHARSETS:
        raise BadBody(parsing_error)
    try:
        return call.body.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise BadBody(parsing_error) from None


def json_body(call: Call, parsing_error: str) -> Any:
    """The body as JSON.

    Raises:
        BadBody: it is no JSON: also for lone surrogates, and for nesting that nobody means.
    """
    raw = call.body
    if media_type(call)[1] not in ("utf-8", "utf8"):
        raw = text_body(call, parsing_error).encode()
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        raise BadBody(parsing_error) from None
