"""Records the calls of one's own client: a transport of httpx or httpx2, waiting or awaited."""

from __future__ import annotations

import base64
import re
from binascii import Error as NotBase64
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import unescape

from eloqua_contracts.exchange import Exchange
from eloqua_contracts.recording.anonymous import Anonymous
from eloqua_contracts.recording.tape import Tape

_SIGNED = "((signed: full))"
_USERNAME_TOKEN = re.compile(
    r"<(?:[\w.-]+:)?Username\b[^>]*>([^<]*)<.*?<(?:[\w.-]+:)?Password\b[^>]*>([^<]*)<", re.DOTALL
)


class Recording:
    """Carries calls out, and keeps them in a file without secrets and personal data.

    ```python
    way = Recording(httpx.HTTPTransport(), Path("calls.jsonl"))
    with httpx.Client(transport=way) as client:
        ...
    ```

    Whoever signs with Basic is the user `full` of a replay. Tokens are masked as they are answered; one that was there
    before is named in *secrets*.

    Args:
        way: a transport of httpx or httpx2, for a client or an asynchronous one.
        file: where the calls are kept; one that is there is replaced.
        secrets: more that must not be kept, to what stands for it.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, way: Any, file: Path, *, secrets: Mapping[str, str] | None = None) -> None:
        self._way = way
        self._tape = Tape(file, "client")
        self._anonymous = Anonymous(trusts_calls=False)
        self._names: dict[str, str] = {}
        self._secrets = dict(secrets or {})
        self._signatures: dict[str, str] = {}
        self._lock = Lock()

    def handle_request(self, request: Any) -> Any:
        """Carry a call out."""
        request.read()
        answer = self._way.handle_request(request)
        answer.read()
        self._note(request, answer)
        return answer

    async def handle_async_request(self, request: Any) -> Any:
        """The same, awaited."""
        await request.aread()
        answer = await self._way.handle_async_request(request)
        await answer.aread()
        self._note(request, answer)
        return answer

    def close(self) -> None:
        """Close the way and the file."""
        self._way.close()
        self._tape.close()

    async def aclose(self) -> None:
        """The same, awaited."""
        await self._way.aclose()
        self._tape.close()

    def __enter__(self) -> Self:
        self._way.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._way.__exit__(kind, error, trace)
        self._tape.close()

    async def __aenter__(self) -> Self:
        await self._way.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._way.__aexit__(kind, error, trace)
        self._tape.close()

    def _note(self, request: Any, answer: Any) -> None:
        asked = {name.lower(): value for name, value in request.headers.items()}
        signature = asked.pop("authorization", "")
        asked.pop("cookie", None)
        exchange = Exchange(
            method=request.method,
            path=request.url.raw_path.decode(),
            status=answer.status_code,
            reason=answer.reason_phrase,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.content,
            sent=request.content,
            user="full" if signature else "nobody",
            asked=asked,
            signature=signature,
        )
        with self._lock:
            self._learn(str(request.url.copy_with(raw_path=b"")).rstrip("/"), exchange)
            self._tape.write(self._anonymous.taped(exchange))

    def _learn(self, host: str, exchange: Exchange) -> None:
        """Hosts and users, as they are met."""
        room = "login" if exchange.path.lower().startswith(("/id", "/auth")) else "pod"
        self._names.setdefault(host, f"(({room}))")
        self._names.setdefault(host.partition("://")[2], f"(({room} host))")
        user, password = _basic(exchange.signature)
        if found := _USERNAME_TOKEN.search(exchange.sent.decode("utf-8", "replace")):
            user, password = (unescape(each) for each in found.groups())
        site, backslash, name = user.partition("\\")
        if backslash and name:
            self._names |= {site: "((site))", name: "((user: full))"}
            self._secrets |= {password: "((password: full))"} if password else {}
            self._signatures |= {exchange.signature: _SIGNED} if exchange.signature else {}
        elif exchange.signature.startswith("Bearer ") and exchange.signature[7:] in self._secrets:
            self._signatures[exchange.signature] = _SIGNED
        self._anonymous.know(self._names, self._secrets, self._signatures)


def _basic(header: str) -> tuple[str, str]:
    scheme, _, credential = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(credential, validate=True).decode().partition(":")
    except (NotBase64, ValueError):
        return "", ""
    return user, password
