"""Keeps the control API to this machine, or to those who know its token."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from hmac import compare_digest, digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

import orjson

from mock_eloqua.web.application import App, Receive, Scope, Send

PAGES = "/_mock/ui"
SIGN_IN = f"{PAGES}/sign-in"
COOKIE = "mock_eloqua_console"
_OPEN = (SIGN_IN, f"{PAGES}/static/")
"""What is shown to those who have not signed in yet."""
_CHANGES_NOTHING = ("GET", "HEAD")
_ASKS = "the control API asks for the server's token: name it as --control-token, or send Authorization: Bearer TOKEN"


class Guard:
    """A layer around the control API.

    Without a token only loopback callers come in, and no page of a foreign origin. With one, everybody who sends
    `Authorization: Bearer <token>`; to the console also browsers that have signed in, and send its own forms.
    """

    def __init__(self, app: App, token: str | None = None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call through, or answer it with 401 or 403."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if self._token is not None:
            if not same(headers.get(b"authorization", ""), f"Bearer {self._token}"):
                if _is_page(scope["path"]):
                    await self._show(scope, receive, send, headers)
                else:
                    await _refuse(send, 401, _ASKS)
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

    async def _show(self, scope: Scope, receive: Receive, send: Send, headers: Mapping[bytes, str]) -> None:
        """A page to a browser that has signed in; to others the one where they can."""
        path, changes = scope["path"], scope["method"] not in _CHANGES_NOTHING
        if changes and not _is_own(headers):
            await _refuse(send, 403, "the console takes its own forms only")
        elif path.startswith(_OPEN) or self._has_signed_in(headers):
            await self._app(scope, receive, send)
        elif changes or b"hx-request" in headers:
            await _refuse(send, 401, f"sign in at {SIGN_IN}")
        else:
            to = f"{SIGN_IN}?to={quote(path)}".encode()
            await send({"type": "http.response.start", "status": 303, "headers": [(b"location", to)]})
            await send({"type": "http.response.body", "body": b""})

    def _has_signed_in(self, headers: Mapping[bytes, str]) -> bool:
        try:
            sent = SimpleCookie(headers.get(b"cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return sent is not None and self._token is not None and same(sent.value, pass_of(self._token))


def pass_of(token: str) -> str:
    """What a browser keeps in its cookie: it follows from the token, and does not tell it."""
    return digest(token.encode(), b"console", "sha256").hex()


def same(given: str, wanted: str) -> bool:
    """Compared in a time that tells nothing."""
    return compare_digest(given.encode(), wanted.encode())


def _is_page(path: str) -> bool:
    return path == PAGES or path.startswith(f"{PAGES}/")


def _is_own(headers: Mapping[bytes, str]) -> bool:
    """Was the form on one of our pages? Browsers say with each form where it was."""
    try:
        return urlsplit(headers.get(b"origin", "")).netloc == headers.get(b"host", "localhost")
    except ValueError:
        return False


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
