"""A server of this machine that passes calls on to a live POD, with the care of the contract kit.

A program under test has its own HTTP library and would go its own way; told this address, it goes through here.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx2

from eloqua_contracts.pod import Unavailable
from eloqua_contracts.runner import Spent
from mock_eloqua.server import BackgroundServer, listen
from mock_eloqua.web.application import Receive, Scope, Send
from mock_eloqua.web.headers import status

_LOGIN_PATHS = ("/id", "/auth/")
_OF_ONE_CONNECTION = frozenset(
    {b"connection", b"content-length", b"content-encoding", b"host", b"keep-alive", b"transfer-encoding", b"upgrade"}
)
"""Headers that are not passed on; bodies are passed on whole and unpacked."""


class Relay:
    """Passes calls on, one after the other.

    Args:
        http: reaches the POD, with care.
        login_url, base_url: where its login host and the POD are.
    """

    def __init__(self, http: httpx2.Client, login_url: str, base_url: str) -> None:
        self.refused: list[str] = []
        """Why calls were not made, since somebody emptied it."""
        self._http = http
        self._login_url, self._base_url = login_url, base_url
        self._one_at_a_time = threading.Lock()
        self._server = BackgroundServer(self, listen("127.0.0.1", 0))
        self.url = self._server.base_url

    def start(self) -> None:
        """Serve."""
        self._server.start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        code, headers, answer = await asyncio.to_thread(self._passed_on, scope, body)
        headers = [*headers, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": code, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _passed_on(self, scope: Scope, body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        path = scope["path"]
        root = self._login_url if path.lower().startswith(_LOGIN_PATHS) else self._base_url
        query = scope["query_string"].decode("latin-1")
        url = root + scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
        try:
            with self._one_at_a_time:
                answer = self._http.request(scope["method"], url, headers=_kept(scope["headers"]), content=body)
        except (Unavailable, Spent) as error:
            self.refused.append(str(error).replace("--allow-writes", "--eloqua-allow-writes"))
            return 503, [], b""
        except httpx2.TransportError as error:
            self.refused.append(f"{root} gives no answer: {error}")
            return 502, [], b""
        return status(answer.status_code, answer.reason_phrase), _kept(answer.headers.raw), self._near(path, answer)

    def _near(self, path: str, answer: httpx2.Response) -> bytes:
        """The body of an answer; addresses that callers go on with lead back here."""
        if path.lower().startswith("/id") or path.lower().endswith(".svc"):
            return answer.content.replace(self._base_url.encode(), self.url.encode())
        return answer.content


def _kept(headers: Any) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_ONE_CONNECTION]
