"""Keeps the control API to this machine, or to those who know its token."""

from __future__ import annotations

import ipaddress
from hmac import compare_digest
from urllib.parse import urlsplit

import orjson

from mock_eloqua.web.application import App, Receive, Scope, Send


class Guard:
    """A layer around the control API.

    Without a token only loopback callers come in, and no page of a foreign origin. With one, everybody
    who sends `Authorization: Bearer <token>`.
    """

    def __init__(self, app: App, token: str | None = None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call through, or answer it with 401 or 403."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if self._token is not None:
            given = headers.get(b"authorization", "")
            if not compare_digest(given.encode(), f"Bearer {self._token}".encode()):
                await _refuse(send, 401, "the control API asks for its token: Authorization: Bearer ...")
                return
        elif not _is_loopback((scope.get("client") or ("",))[0]):
            await _refuse(send, 403, "without --control-token the control API answers this machine only")
            return
        elif b"origin" in headers and not _is_local(headers[b"origin"]):
            await _refuse(send, 403, "the control API does not answer pages from elsewhere")
            return
        elif not _is_local(f"//{headers.get(b'host', 'localhost')}"):
            await _refuse(send, 403, "the control API is called by the name or address of this machine only")
            return
        await self._app(scope, receive, send)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _is_loopback(host)


async def _refuse(send: Send, status: int, text: str) -> None:
    body = orjson.dumps({"error": text})
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
