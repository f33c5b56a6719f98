"""Exchanges as they are kept in files of JSON: those of reports, and recordings."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Annotated

import msgspec

from eloqua_contracts.exchange import Exchange

MOST_BYTES = 200_000_000
"""A larger file is not read."""
Name = Annotated[str, msgspec.Meta(max_length=100_000)]


class BadFile(ValueError):
    """A file that cannot be read as what it should be; the text is one line that says which and why."""


class Content(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A body: `text` where it is UTF-8, else `base64`."""

    text: str = ""
    base64: str = ""

    @classmethod
    def of(cls, body: bytes) -> Content:
        """Either of them."""
        try:
            return cls(text=body.decode())
        except UnicodeDecodeError:
            return cls(base64=b64encode(body).decode())

    @property
    def bytes(self) -> bytes:
        """The body again.

        Raises:
            BadFile: the Base64 is none.
        """
        try:
            return b64decode(self.base64, validate=True) if self.base64 else self.text.encode()
        except (NotBase64, ValueError):
            raise BadFile("a body is no Base64, or holds half a character") from None


class Kept(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A call and its answer."""

    method: Name
    path: Name
    """With the query, as it was sent."""
    user: Name
    """The role: `full`, `api only`, `nobody`, ..."""
    status: Annotated[int, msgspec.Meta(ge=100, le=999)]
    reason: Name = ""
    asked: dict[str, Name] = {}
    """Headers of the call, without those that sign; names in small letters."""
    sent: Content = msgspec.field(default_factory=Content)
    headers: dict[str, Name] = {}
    """Headers of the answer; names in small letters."""
    body: Content = msgspec.field(default_factory=Content)

    @classmethod
    def of(cls, exchange: Exchange) -> Kept:
        """An exchange."""
        return cls(
            method=exchange.method,
            path=exchange.path,
            user=exchange.user,
            status=exchange.status,
            reason=exchange.reason,
            asked=dict(exchange.asked),
            sent=Content.of(exchange.sent),
            headers=dict(exchange.headers),
            body=Content.of(exchange.body),
        )

    @property
    def exchange(self) -> Exchange:
        """The exchange again.

        Raises:
            BadFile: a body cannot be read.
        """
        return Exchange(
            method=self.method,
            path=self.path,
            user=self.user,
            status=self.status,
            reason=self.reason,
            asked=self.asked,
            sent=self.sent.bytes,
            headers=self.headers,
            body=self.body.bytes,
        )


def bytes_of(file: Path) -> bytes:
    """A file, if it is not too large.

    Raises:
        BadFile: it is, or it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            found = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadFile(f"{file}: {error.strerror or error}") from error
    if len(found) > MOST_BYTES:
        raise BadFile(f"{file} has more than {MOST_BYTES // 1_000_000} MB")
    return found
