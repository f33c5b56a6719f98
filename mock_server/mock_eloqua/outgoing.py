"""What leaves a site: calls to others (callbacks, form data that is posted on), and mail, which is only kept.

A call is one POST, to this machine or to a host that the switch `outgoing_hosts` names: an emulator in a test has
no business with strangers, so that redirects are not followed either. Never made inside a write: who is called
may call back.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from mock_eloqua.site import Site

log = logging.getLogger("mock_eloqua")

POST, MAIL = "post", "mail"
PATIENCE = 5.0
"""Seconds that a call may take in all."""
MOST_BYTES = 16 * 2**20
_BODY_CHARACTERS = 100_000
_ENTRY_BYTES = 600
"""What an entry costs besides its texts, about."""
_CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One thing that left, or would have."""

    number: int
    at: int
    """Milliseconds since 1970 UTC on the site's clock."""
    kind: str
    """`post` or `mail`."""
    why: str
    """What sent it: `callback of /syncs/1`."""
    to: str
    """A URL, or an e-mail address."""
    subject: str = ""
    content_type: str
    body: str
    """The first 100,000 characters."""
    status: int | None = None
    """What a call was answered with; None: it was not."""
    error: str = ""
    """Why it failed."""

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        return _ENTRY_BYTES + len(self.to) + len(self.subject) + len(self.body)


class Outbox:
    """What left a site, oldest first; the oldest go when the ring is full."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._entries: deque[Sent] = deque()
        self._bytes = 0
        self._lock = threading.Lock()
        self.total = 0
        """How many there were since the last `clear`, the forgotten ones too."""

    def add(
        self,
        *,
        at: int,
        kind: str,
        why: str,
        to: str,
        content_type: str,
        body: str,
        subject: str = "",
        status: int | None = None,
        error: str = "",
    ) -> Sent:
        """Keep one."""
        with self._lock:
            self.total += 1
            sent = Sent(
                number=self.total,
                at=at,
                kind=kind,
                why=why,
                to=to[:_BODY_CHARACTERS],
                subject=subject[:_BODY_CHARACTERS],
                content_type=content_type,
                body=body[:_BODY_CHARACTERS],
                status=status,
                error=error,
            )
            self._entries.append(sent)
            self._bytes += sent.weight
            while self._bytes > self._most_bytes:
                self._bytes -= self._entries.popleft().weight
        return sent

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._entries.clear()
            self._bytes = self.total = 0

    def __iter__(self) -> Iterator[Sent]:
        with self._lock:
            return iter(list(self._entries))


def post(site: Site, url: str, body: bytes, content_type: str, why: str) -> Sent:
    """POST *body* to a URL, once, and keep what came of it; a failure is told in what is given back."""
    status, error, outbox = None, "", site.outbox
    try:
        status = _posted(site, url, body, content_type)
    except (OSError, HTTPException, ValueError) as problem:
        error = str(problem) or type(problem).__name__
        log.info("the %s to %s failed: %s", why, url, error)
    text = body.decode("utf-8", "replace")
    return outbox.add(
        at=site.clock.now(),
        kind=POST,
        why=why,
        to=url,
        content_type=content_type,
        body=text,
        status=status,
        error=error,
    )


def mail(site: Site, to: str, subject: str, body: str, why: str, *, is_html: bool = True) -> Sent:
    """Keep a mail; none ever leaves this machine."""
    content_type = "text/html" if is_html else "text/plain"
    return site.outbox.add(
        at=site.clock.now(), kind=MAIL, why=why, to=to, subject=subject, content_type=content_type, body=body
    )


def may_call(site: Site, url: str) -> bool:
    """Is it an address of this machine, or of a host that may be called?"""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    allowed = {each.strip().lower() for each in site.settings.outgoing_hosts.split(",")} - {""}
    return parts.scheme in _CONNECTIONS and bool(host) and (host in allowed or _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _posted(site: Site, url: str, body: bytes, content_type: str) -> int:
    if not may_call(site, url):
        raise ValueError("only this machine and the hosts of the switch outgoing_hosts are called")
    parts = urlsplit(url)
    connection = _CONNECTIONS[parts.scheme](parts.hostname or "", parts.port, timeout=PATIENCE)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        with _no_longer_than(PATIENCE, connection):
            connection.request("POST", target, body, {"Content-Type": content_type, "Connection": "close"})
            status: int = connection.getresponse().status
            return status
    finally:
        connection.close()


@contextmanager
def _no_longer_than(seconds: float, connection: HTTPConnection) -> Iterator[None]:
    """Cut a connection off after a time: its own time-out begins anew with every byte that comes."""

    def cut() -> None:
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
