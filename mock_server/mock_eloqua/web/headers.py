"""The headers that every answer carries, and the texts of status lines (`platform` 5.1, 5.3)."""

from __future__ import annotations

from email.utils import formatdate
from functools import lru_cache
from itertools import count
from random import Random
from typing import Self

HSTS = b"max-age=31536000; includeSubDomains; preload"
P3P = b'CP="IDC DSP COR DEVa TAIa OUR BUS PHY ONL UNI COM NAV CNT STA",'
"""The stray comma is recorded."""

_BEFORE = [(b"cache-control", b"no-store"), (b"pragma", b"no-cache")]
_POD = [
    (b"p3p", P3P),
    (b"x-xss-protection", b"1; mode=block"),
    (b"x-content-type-options", b"nosniff"),
    (b"strict-transport-security", HSTS),
]
_LOGIN = [
    (b"set-cookie", b"culture=en-US; path=/; SameSite=None; secure; HttpOnly"),
    (b"x-frame-options", b"DENY"),
    *_POD,
]
_EXPIRES = (b"expires", b"-1")

_ids = Random()  # noqa: S311  no secrets; one of our own, since Hypothesis watches the shared one
_serial = count(24_030_000_001)


def request_id() -> bytes:
    """`<32 hex>/<growing number>` [recorded]."""
    return b"%032x/%d" % (_ids.getrandbits(128), next(_serial))


@lru_cache(maxsize=64)
def http_date(second: int) -> bytes:
    """An HTTP date; *second* since 1970 UTC."""
    return formatdate(second, usegmt=True).encode()


def answer_headers(
    *, login_host: bool, content_type: str | None, length: int, request: bytes, second: int
) -> list[tuple[bytes, bytes]]:
    """The recorded set, in the recorded order. The login host has no X-Request-Id [recorded]."""
    headers = list(_BEFORE)
    if content_type:
        headers.append((b"content-type", content_type.encode("latin-1")))
    headers.append(_EXPIRES)
    if login_host:
        headers += _LOGIN
    else:
        headers.append((b"x-request-id", request))
        headers += _POD
    headers.append((b"date", http_date(second)))
    headers.append((b"content-length", b"%d" % length))
    return headers


REASONS = {
    200: "OK",
    201: "Success",
    204: "Success",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "The requested resource was not found.",
    405: "Method Not Allowed",
    409: "There was a conflict.",
    410: "Gone",
    412: "The resource you are attempting to delete has dependencies, and cannot be deleted",
    413: "Storage space exceeded.",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "The service has encountered an error.",
    502: "Bad Gateway",
    503: "Service Unavailable",
}
"""What the status line says [doc]; HTTP/2 would drop it."""

PARSING = "There was a parsing error."
SERIALIZATION = "There was a serialization error."
MISSING_REFERENCE = "There was a missing reference."
NOT_ENABLED = "This service has not been enabled for your site."
VALIDATION = "There was a validation error."
"""The four that share status 400 [doc]."""


@lru_cache(maxsize=200)
def status(code: int, reason: str | None) -> int:
    """A status with its text: *reason*, else the usual one."""
    text = reason or REASONS.get(code)
    return Status(code, text) if text else code


class Status(int):
    """A status code that knows the text of its line; `server` writes it on HTTP/1.1."""

    reason: str

    def __new__(cls, code: int, reason: str) -> Self:
        self = super().__new__(cls, code)
        self.reason = reason
        return self
