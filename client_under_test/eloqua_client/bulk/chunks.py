"""Rows as the bodies of uploads, each within the limits of a post (`Limits`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from eloqua_client.bulk.rows import Row

_LARGEST = 32_000_000
_MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes into one upload, and into one sync; when a sync is full, it is run before more is sent."""

    rows: int = 50_000
    bytes: int = 8_000_000
    """Eloqua takes 32 MB and answers 404 to more [doc]; what is sent is in memory twice."""
    files: int = 500
    """Uploads that wait for a sync; Eloqua takes 500 [doc]."""
    staged: int = 250_000_000
    """Bytes that wait for a sync, as Eloqua advises [doc]."""

    def __post_init__(self) -> None:
        if min(self.rows, self.files, self.staged) < 1 or self.bytes < len("[{}]"):
            raise ValueError(f"{self} leaves no room for a row")
        if self.bytes > _LARGEST or self.files > _MOST_FILES:
            raise ValueError(f"Eloqua takes {_LARGEST:,} bytes in an upload and {_MOST_FILES} uploads in a sync")


class Chunks:
    """Takes rows, and cuts them into bodies: JSON lists in UTF-8."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._body = bytearray()
        self._left_over = b""
        self._seen = 0
        self.rows = 0
        """In the body so far."""
        self.is_full = False

    def add(self, row: Row) -> bool:
        """Take a row; True when the body is full, so that it has to be cut before the next one.

        Raises:
            ValueError: the row cannot be sent; the text has its number.
        """
        self._seen += 1
        encoded = self._encoded(row)
        if len(self._body) + len(encoded) + len(",]") > self._limits.bytes and self.rows:
            self._left_over, self.is_full = encoded, True
        else:
            self._append(encoded)
        return self.is_full

    def cut(self) -> bytes:
        """The body so far; begins the next with what did not fit."""
        self._body += b"]"
        body = bytes(self._body)
        self._body.clear()
        self.rows, self.is_full = 0, False
        if self._left_over:
            left_over, self._left_over = self._left_over, b""
            self._append(left_over)
        return body

    def _append(self, encoded: bytes) -> None:
        self._body += b"," if self.rows else b"["
        self._body += encoded
        self.rows += 1
        self.is_full = self.rows == self._limits.rows

    def _encoded(self, row: Row) -> bytes:
        try:
            encoded = _JSON.encode(row if isinstance(row, dict) else dict(row)).encode()
        except (TypeError, ValueError) as error:
            raise ValueError(f"row {self._seen}: {error}") from error
        if len(encoded) + len("[]") > self._limits.bytes:
            raise ValueError(f"row {self._seen} has {len(encoded):,} bytes, and an upload {self._limits.bytes:,}")
        return encoded


def _wire(value: Any) -> Any:
    """A value that JSON has no form for. Dates are texts in Eloqua's own zone, US Eastern [doc]."""
    match value:
        case datetime():
            local = value.astimezone(ZoneInfo("America/New_York")) if value.tzinfo else value
            return local.replace(tzinfo=None).isoformat(" ", "milliseconds")
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case _ if hasattr(value, "item"):  # a number of numpy
            return value.item()
    raise TypeError(f"{value!r} is neither text, number, truth value nor date")


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_wire)
