"""The request log of a site: what was called, by whom, with what answer. A ring, bounded in bytes."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from mock_eloqua.access.tally import Overheard
from mock_eloqua.masking import masked, masked_answer, masked_headers, masked_query
from mock_eloqua.sureness import Sureness

MOST_BYTES = 32 * 2**20
KEPT = 2000
"""Bytes that are kept of a request, and of an answer."""
_ENTRY_BYTES = 1800
"""What an entry costs besides its texts and the caller's headers, about."""
_HEADER_BYTES = 130
"""What a header costs besides its texts, about."""

FACES = ("login", "oauth", "rest", "bulk", "soap", "images", "redirects", "none")
"""Who answers calls; `none` is for paths that nobody serves."""

Headers = Sequence[tuple[bytes, bytes]]


class Served(Protocol):
    """The operation that a call was for, as far as the log tells of it."""

    @property
    def path(self) -> str:
        """As it is documented."""

    @property
    def name(self) -> str:
        """What it does."""

    @property
    def permissions(self) -> tuple[str, ...]:
        """The rights that it takes."""

    @property
    def sure(self) -> Sureness:
        """How sure it is."""


@dataclass(slots=True, kw_only=True)  # not frozen: that would cost 2 us a call [measured]
class Entry:
    """One call, kept as it came: what is costly is done when somebody looks. Secrets are not shown."""

    number: int = 0
    """From 1, given by the log."""
    at: int
    """Milliseconds since 1970 UTC on the site's clock."""
    face: str
    base_url: str
    """The address by which the caller reached the server."""
    method: str
    path: str
    raw_query: str = field(repr=False)
    user: str | None
    status: int
    reason: str | None
    """Why the call was refused, where callers are not told."""
    milliseconds: float
    request_bytes: int
    response_bytes: int
    raw_headers: Headers = field(repr=False)
    raw_body: bytes = field(repr=False)
    """The beginning of the request."""
    raw_answer_headers: Headers = field(repr=False)
    raw_answer: bytes = field(repr=False)
    """The beginning of the answer."""
    problem: str | None = None
    """What should not have happened, as `problems` calls it."""
    operation: Served | None = field(default=None, repr=False)
    """What the path leads to."""
    met: Overheard | None = field(default=None, repr=False)
    """The thresholds that it met."""
    fault: str | None = None
    """What a test asked to happen to it, and what happened."""

    @property
    def query(self) -> str:
        """The query string, with passwords and tokens replaced."""
        return masked_query(self.raw_query)

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What the caller sent, with credentials replaced."""
        return masked_headers(self.raw_headers)

    @property
    def body(self) -> bytes:
        """The beginning of the request, with passwords and tokens replaced."""
        return masked(self.raw_body)

    @property
    def answer_headers(self) -> list[tuple[str, str]]:
        """What was answered, with cookies and tokens replaced."""
        return masked_headers(self.raw_answer_headers)

    @property
    def answer(self) -> bytes:
        """The beginning of the answer, with passwords and tokens replaced."""
        return masked_answer(self.raw_answer)

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        texts = len(self.path) + len(self.raw_query) + len(self.raw_body) + len(self.raw_answer)
        headers = sum(map(len, chain.from_iterable(self.raw_headers)))
        return _ENTRY_BYTES + texts + headers + len(self.raw_headers) * _HEADER_BYTES


class RequestLog:
    """The calls of one site, oldest first; the oldest go when the ring is full."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._entries: deque[tuple[int, Entry]] = deque()
        """With the weight, which is costly to ask twice."""
        self._bytes = 0
        self._lock = threading.Lock()
        self.total = 0
        """How many calls there were since the last `clear`, the forgotten ones too."""

    def add(self, entry: Entry) -> None:
        """Keep one call, and number it."""
        weight = entry.weight
        with self._lock:
            self.total += 1
            entry.number = self.total
            self._entries.append((weight, entry))
            self._bytes += weight
            while self._bytes > self._most_bytes:
                self._bytes -= self._entries.popleft()[0]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._entries.clear()
            self._bytes = self.total = 0

    def get(self, number: int) -> Entry | None:
        """The call of that number; None when there was none, or it is forgotten."""
        return next((each for each in self if each.number == number), None)

    def find(
        self,
        *,
        face: str | None = None,
        method: str | None = None,
        path: str | None = None,
        user: str | None = None,
        status: int | str | None = None,
        after: int = 0,
        since: int | None = None,
        refused: bool | None = None,
    ) -> list[Entry]:
        """The calls that fit, oldest first. Texts in any letter case; `*` in *path* stands for anything.

        *status* is a number, or a class such as `4xx`; *after* the number of a call, of which later ones are wanted;
        *since* is in milliseconds since 1970 UTC on the site's clock.
        """
        texts = {"face": face, "method": method, "user": user}
        wanted = {name: text.lower() for name, text in texts.items() if text is not None}
        in_path = None if path is None else re.compile(_with_stars(path), re.IGNORECASE)
        in_status = None if status is None else re.compile(str(status).lower().replace("x", "[0-9]"))
        return [
            each
            for each in self
            if each.number > after
            and (since is None or each.at >= since)
            and (refused is None or (each.reason is not None) is refused)
            and (in_status is None or in_status.fullmatch(str(each.status)))
            and (in_path is None or in_path.fullmatch(each.path))
            and all((getattr(each, name) or "").lower() == text for name, text in wanted.items())
        ]

    def __iter__(self) -> Iterator[Entry]:
        with self._lock:
            return iter([entry for _, entry in self._entries])


def _with_stars(path: str) -> str:
    """A pattern in which a star takes the fewest signs that fit: many stars cost no more than one."""
    first, *rest = map(re.escape, path.split("*"))
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>.*?{each})" for each in middle) + f".*{last}"
