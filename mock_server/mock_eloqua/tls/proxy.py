"""An HTTP proxy that is the live hosts: who CONNECTs to `login.eloqua.com` finds the emulator there (decision 071).

It serves those hosts by itself, in TLS with a certificate of the user's authority, and never opens a connection.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from mock_eloqua import pods

log = logging.getLogger("mock_eloqua")

LONGEST_HEAD = 16_384
"""Bytes of a request line and its headers."""
MOST = 1_000
"""Connections at a time."""
SECONDS = 10.0
"""For a caller to say what it wants, for a handshake, and to read a refusal."""

_END = b"\r\n\r\n"
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_HOSTS = "login.eloqua.com and secure.pNN.eloqua.com alone"


class Refused(Exception):
    """What the proxy does not do; the text is one line that says why."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True, eq=False)
class Proxy:
    """A socket that listens for callers, and what they are shown once they are through."""

    bound: socket.socket
    context: ssl.SSLContext
    tunnels: set[Tunnel] = field(default_factory=set)
    """Those that are not open yet."""

    def close(self) -> None:
        """Listen no more."""
        self.bound.close()


class Tunnel(asyncio.Protocol):
    """A connection from its first byte until TLS is up; then it belongs to the server's protocol."""

    def __init__(self, proxy: Proxy, serve: Callable[[], asyncio.Protocol], open_ones: Callable[[], int]) -> None:
        """*serve* makes the server's protocol for a connection, *open_ones* counts those that it has."""
        self._proxy = proxy
        self._serve = serve
        self._open_ones = open_ones
        self._loop = asyncio.get_running_loop()
        self._received = b""
        self._is_decided = False
        self._opening: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A caller is there."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but name
        late = Refused(HTTPStatus.REQUEST_TIMEOUT, f"ask with CONNECT within {SECONDS:g} seconds")
        self._timer = self._loop.call_later(SECONDS, self._refuse, late)
        self._proxy.tunnels.add(self)
        if len(self._proxy.tunnels) + self._open_ones() > MOST:
            self._refuse(Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"this proxy has {MOST} connections open"))

    def data_received(self, data: bytes) -> None:
        """A part of the request; or, between the end of the handshake and the hand-over, of what is for the server."""
        if self._is_decided:
            self._received += data if self._opening else b""
            return
        self._received += data
        try:
            if _asked_for(self._received):
                self._received = b""
                self._open()
        except Refused as refused:
            self._refuse(refused)

    def connection_lost(self, _: Exception | None) -> None:
        """The caller is gone."""
        self._timer.cancel()
        self._proxy.tunnels.discard(self)

    def abort(self) -> None:
        """Hang up."""
        self._transport.abort()

    def _refuse(self, refused: Refused) -> None:
        """Answer, and read what still comes: a connection that is closed at once may take the answer with it."""
        if self._is_decided:
            self._transport.abort()
            return
        self._is_decided = True
        self._timer.cancel()
        self._timer = self._loop.call_later(SECONDS, self._transport.abort)
        text = f"Mock Eloqua: {refused}"
        # In the status line too: of an answer to CONNECT, most clients show nothing else.
        head = f"HTTP/1.1 {refused.status} {text}\r\nContent-Type: text/plain\r\n"
        head += f"Content-Length: {len(text) + 1}\r\nConnection: close\r\n\r\n"
        self._transport.write(f"{head}{text}\n".encode())
        self._transport.write_eof()

    def _open(self) -> None:
        self._is_decided = True
        self._timer.cancel()
        self._transport.pause_reading()  # what comes next is TLS
        self._transport.write(_ESTABLISHED)
        self._opening = self._loop.create_task(self._hand_over())

    async def _hand_over(self) -> None:
        try:
            transport = await self._loop.start_tls(
                self._transport, self, self._proxy.context, server_side=True, ssl_handshake_timeout=SECONDS
            )
        except OSError as error:  # ssl.SSLError and all that a network does
            if isinstance(error, ssl.SSLError):
                log.info("no TLS with a client of the proxy, see mock-eloqua ca: %s", error)
            self._transport.abort()
            return
        finally:
            self._proxy.tunnels.discard(self)
        if transport is None or transport.is_closing():
            return
        served = self._serve()
        transport.set_protocol(served)
        served.connection_made(transport)
        if self._received:
            served.data_received(self._received)


def _asked_for(received: bytes) -> str | None:
    """The live host that a request asks a tunnel to; None while it is not complete.

    Raises:
        Refused: it asks for anything else.
    """
    head, end, more = received.partition(_END)
    if len(head) > LONGEST_HEAD:
        raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"a head has at most {LONGEST_HEAD} bytes")
    if not end:
        return None
    method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
    target, _, version = rest.partition(" ")
    if not version.startswith("HTTP/1."):
        raise Refused(HTTPStatus.BAD_REQUEST, "this is no request of HTTP/1.1")
    if method != "CONNECT":
        raise _no_tunnel(target)
    host, port = _address(f"//{target}")
    _check_host(host)
    if port != 443:
        raise Refused(HTTPStatus.FORBIDDEN, f"{host} is served at port 443 alone")
    if more:
        raise Refused(HTTPStatus.BAD_REQUEST, "wait for the answer to CONNECT before TLS begins")
    return host


def _no_tunnel(target: str) -> Refused:
    """Why a request that is no CONNECT is refused."""
    if target.startswith("/"):
        return Refused(HTTPStatus.BAD_REQUEST, f"this is a proxy for {_HOSTS}: name it as HTTPS_PROXY")
    try:
        host, _ = _address(target)
        _check_host(host)
    except Refused as refused:
        return refused
    if target.startswith("https:"):  # axios, before it learnt to CONNECT
        return Refused(HTTPStatus.FORBIDDEN, f"{host} is reached by CONNECT, which this HTTP library does not know")
    return Refused(HTTPStatus.FORBIDDEN, f"{host} speaks HTTPS alone: call https://{host}")


def _address(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "", None


def _check_host(host: str) -> None:
    if host in pods.live_hosts():
        return
    named = host[:100] if host.isascii() and host.isprintable() and host else "that"
    if host.endswith(".eloqua.com"):
        raise Refused(HTTPStatus.FORBIDDEN, f"there is no {named}; there are {', '.join(pods.live_hosts())}")
    raise Refused(HTTPStatus.FORBIDDEN, f"this proxy is for {_HOSTS}; to call {named} past it, name it in NO_PROXY")
