"""The request log of a site: what was called, by whom, with what answer. A ring, bounded in bytes."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_BYTES = 16 * 2**20
_ENTRY_BYTES = 600
"""What an entry costs besides its texts, about."""

_SECRETS = re.compile(
    rb'(?i)(<(?:[\w.-]+:)?Password\b[^>]*>)[^<]*|("(?:password|client_secret|refresh_token|access_token|code)"\s*:\s*")'
    rb'(?:[^"\\]|\\.)*|\b((?:password|client_secret|refresh_token|access_token|code)=)[^&\s]*'
)
"""What a secret stands behind; a text that the limit has cut is one all the same."""
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How bodies in UTF-16 and UTF-32 begin, in which nothing would be found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. Headers are not kept, and secrets in the body are not shown."""

    number: int
    at: int
    """Milliseconds since 1970 UTC on the site's clock."""
    face: str
    method: str
    path: str
    query: str
    user: str | None
    status: int
    reason: str | None
    """Why the call was refused, where callers are not told."""
    milliseconds: float
    request_bytes: int
    response_bytes: int
    raw: bytes = field(repr=False)
    """The beginning of the request as it came."""

    @property
    def body(self) -> bytes:
        """The beginning of the request, with passwords and tokens replaced."""
        return masked(self.raw)

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        return _ENTRY_BYTES + len(self.raw) + len(self.path) + len(self.query)


KEPT = 2000
"""Bytes that are kept of a request."""


def masked(body: bytes) -> bytes:
    """A body with passwords and tokens replaced; of a body in wide characters, nothing."""
    return b"***" if body.startswith(_WIDE) else _SECRETS.sub(_mask, body)


def _mask(found: re.Match[bytes]) -> bytes:
    return (found[1] or found[2] or found[3]) + b"***"


class RequestLog:
    """The calls of one site, oldest first; the oldest go when the ring is full."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._entries: deque[Entry] = deque()
        self._bytes = 0
        self._lock = threading.Lock()
        self.total = 0
        """How many calls there were since the last `clear`, the forgotten ones too."""

    def next_number(self) -> int:
        """The number of the next call."""
        return self.total + 1

    def add(self, entry: Entry) -> None:
        """Keep one call."""
        with self._lock:
            self.total += 1
            self._entries.append(entry)
            self._bytes += entry.weight
            while self._bytes > self._most_bytes:
                self._bytes -= self._entries.popleft().weight

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._entries.clear()
            self._bytes = self.total = 0

    def find(
        self,
        *,
        face: str | None = None,
        method: str | None = None,
        path: str | None = None,
        user: str | None = None,
        status: int | None = None,
    ) -> list[Entry]:
        """The calls that fit, oldest first. Texts in any letter case; `*` in *path* stands for anything."""
        texts = {"face": face, "method": method, "user": user}
        wanted = {name: text.lower() for name, text in texts.items() if text is not None}
        pattern = None if path is None else re.compile(".*".join(map(re.escape, path.split("*"))), re.IGNORECASE)
        return [
            each
            for each in self
            if (status is None or each.status == status)
            and (pattern is None or pattern.fullmatch(each.path))
            and all((getattr(each, name) or "").lower() == text for name, text in wanted.items())
        ]

    def __iter__(self) -> Iterator[Entry]:
        with self._lock:
            return iter(list(self._entries))
