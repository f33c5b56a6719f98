"""uvicorn's HTTP/1.1 with what it lacks: status lines in our words, and bodies of calls that offer an upgrade."""

from __future__ import annotations

import re
import sys

import httptools
from uvicorn.protocols.http import httptools_impl

from mock_eloqua.web.headers import Status

_OF_AN_UPGRADE = frozenset({b"upgrade", b"http2-settings"})


class _StatusLines(dict[int, bytes]):
    """uvicorn's table of status lines, except for a `Status`, which brings its own text: ASGI has no place for it."""

    def __getitem__(self, status: int) -> bytes:
        if isinstance(status, Status):
            return b"HTTP/1.1 %d %b\r\n" % (status, status.reason.encode("latin-1"))
        return super().__getitem__(status)


def write_reasons() -> None:
    """Let status lines carry our texts."""
    if not isinstance(httptools_impl.STATUS_LINE, _StatusLines):
        httptools_impl.STATUS_LINE = _StatusLines(httptools_impl.STATUS_LINE)


class HttpProtocol(httptools_impl.HttpToolsProtocol):
    """Passes over offers to go on in another protocol, as HTTP allows: Java's HttpClient makes one with every call.

    The parser stops behind a head with such an offer and takes the body for another protocol's (uvicorn 2722,
    httptools 124). Here the head is read again without the offer, and with it what follows.
    """

    def data_received(self, data: bytes) -> None:
        """From the socket."""
        self._arrived = data
        super().data_received(data)

    def _should_upgrade(self) -> bool:
        """Has the parser stopped for an offer? uvicorn then lets the call be until `handle_websocket_upgrade`."""
        return self._get_upgrade() is not None

    def handle_websocket_upgrade(self) -> None:
        """Begin anew with the call; asked while the parser's exception is handled, which says where the head ends."""
        stopped = sys.exception()
        assert isinstance(stopped, httptools.HttpParserUpgrade)  # noqa: S101  nobody else calls this
        head = self._head_without_offer()
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(head + self._arrived[stopped.args[0] :])

    def _head_without_offer(self) -> bytes:
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            lower = name.lower()
            if lower == b"connection":
                kept = [each for each in re.split(rb"[ \t]*,[ \t]*", value) if each.lower() not in _OF_AN_UPGRADE]
                lines += [b"%b: %b" % (name, b", ".join(kept))] if kept else []
            elif lower not in _OF_AN_UPGRADE:
                lines.append(b"%b: %b" % (name, value))
        return b"\r\n".join([*lines, b"", b""])
