"""The wire below the control client: one kept connection, and one kind of error."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode, urlsplit


class ControlError(Exception):
    """A call was refused, or nobody is there to take it; the text is one line that says why.

    `status` is what the server answered; None: it did not.
    """

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class Connection:
    """Calls to the control API of one server, about one of its sites. Threads take turns."""

    def __init__(
        self, url: str, *, site: str | None, token: str | None, timeout: float, ca: str | Path | None = None
    ) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ControlError(f"{url!r} is no URL such as http://127.0.0.1:8080")
        self._url = url
        self._is_https = parts.scheme == "https"
        self._http = (
            HTTPSConnection(parts.hostname, port, timeout=timeout, context=_trusting(ca))
            if self._is_https
            else HTTPConnection(parts.hostname, port, timeout=timeout)
        )
        self._prefix = f"{parts.path.rstrip('/')}/_mock"
        self._headers = {"X-Mock-Site": quote(site, errors="surrogateescape")} if site else {}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._lock = threading.Lock()

    def ask(
        self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Mapping[str, Any] | None = None
    ) -> Any:
        """The JSON that is answered to a call; what is None in *query* is left out.

        Raises:
            ControlError: it was refused, or nobody answers.
        """
        data = None if body is None else json.dumps(body).encode()
        return self.send(method, path, query=query, data=data, media_type="application/json")

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        data: bytes | BinaryIO | None = None,
        media_type: str | None = None,
    ) -> Any:
        """The same, of a body that is no JSON."""
        with self._lock:
            response = self._open(method, path, query, data, media_type)
            try:
                return json.loads(response.read())
            except (OSError, HTTPException, ValueError) as error:
                self._http.close()
                raise ControlError(f"{self._url} answers {error or 'nothing'}; is it a Mock Eloqua?") from error

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write what is answered to a GET to a file; raises OSError where that cannot take it."""
        with self._lock:
            response = self._open("GET", path, None, None, None)
            try:
                while chunk := self._piece(response, path):
                    target.write(chunk)
            except BaseException:
                self._http.close()  # there is more to read
                raise

    def close(self) -> None:
        """Let go of the connection; the next call opens another."""
        self._http.close()

    def _piece(self, response: HTTPResponse, path: str) -> bytes:
        try:
            return response.read(2**16)
        except (OSError, HTTPException) as error:
            raise ControlError(f"{self._url}{self._prefix}{path} cannot be read: {error}") from error

    def _open(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        data: bytes | BinaryIO | None,
        media_type: str | None,
    ) -> HTTPResponse:
        wanted = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        target = self._prefix + path + (f"?{urlencode(wanted)}" if wanted else "")
        headers = self._headers if data is None else {**self._headers, "Content-Type": str(media_type)}
        response = self._answered(method, target, data, headers)
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise ControlError(self._said(target, response), response.status)
        return response

    def _answered(
        self, method: str, target: str, data: bytes | BinaryIO | None, headers: Mapping[str, str]
    ) -> HTTPResponse:
        was_open = self._http.sock is not None
        try:
            self._http.request(method, target, data, dict(headers))
            return self._http.getresponse()
        except (OSError, HTTPException) as error:
            self._http.close()
            if was_open and isinstance(error, ConnectionError) and not hasattr(data, "read"):
                return self._answered(method, target, data, headers)  # it was idle for too long, and the server let go
            if isinstance(error, ssl.SSLCertVerificationError):
                raise ControlError(
                    f"the certificate of {self._url} is not trusted: {error.verify_message};"
                    " name its authority, which mock-eloqua ca prints"
                ) from error
            reason = " ".join(str(getattr(error, "strerror", None) or error).split())
            if isinstance(error, ssl.SSLError | RemoteDisconnected):
                reason += f" (does it speak {'plain http' if self._is_https else 'https'}://?)"
            raise ControlError(
                f"no emulator answers at {self._url}: {reason}; start one with mock-eloqua serve"
            ) from error

    def _said(self, target: str, response: HTTPResponse) -> str:
        try:
            return str(json.loads(response.read())["error"])
        except (OSError, HTTPException, ValueError, KeyError, TypeError):
            self._http.close()
            return f"{self._url}{target} answers {response.status} {response.reason}; is it a Mock Eloqua?"


def _trusting(ca: str | Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except OSError as error:
            raise ControlError(f"{ca} holds no certificate to trust: {error.strerror or error}") from error
    return context


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)
