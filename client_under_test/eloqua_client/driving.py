"""The two drivers: they carry out what the core wishes, with httpx2, waiting or awaiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

import anyio
import httpx2

from eloqua_client.calls import NOTHING, Answer, Call, Pause, SignIn, Steps, Wish
from eloqua_client.errors import ConnectionTrouble, EloquaError
from eloqua_client.session import Session

T = TypeVar("T")

try:
    USER_AGENT = f"eloqua-client/{version('mock-eloqua')}"
except PackageNotFoundError:  # run from a folder
    USER_AGENT = "eloqua-client"

_LOST = (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL)
_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)


@dataclass(frozen=True)
class Hooks:
    """What is told of each call on the wire, for logs, metrics and traces."""

    on_request: Callable[[Call], object] = lambda _: None
    on_response: Callable[[Call, Answer, float], object] = lambda _call, _answer, _seconds: None
    """With the seconds that it took. Not called where there was no answer."""


class Driver:
    """Carries out work, and waits for it."""

    def __init__(self, session: Session, transport: httpx2.BaseTransport | None, hooks: Hooks) -> None:
        self.session = session
        self._http = httpx2.Client(transport=transport, timeout=session.manners.timeout)
        self._hooks = hooks
        self._lock = threading.Lock()

    def run(self, steps: Steps[T]) -> T:
        """The result of the work."""
        try:
            wish = next(steps)
            while True:
                try:
                    told = self._done(wish)
                except EloquaError as trouble:
                    wish = steps.throw(trouble)
                else:
                    wish = steps.send(told)
        except StopIteration as end:
            result: T = end.value
            return result

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _done(self, wish: Wish) -> Answer:
        match wish:
            case Call():
                return self._sent(wish)
            case Pause(seconds):
                time.sleep(seconds)
            case SignIn(stale):
                with self._lock:
                    self.run(self.session.sign_in(stale))
        return NOTHING

    def _sent(self, call: Call) -> Answer:
        self._hooks.on_request(call)
        began = time.perf_counter()
        try:
            answer = _answer(self._http.send(_request(self._http, call)))
        except _LOST as error:
            raise _trouble(call, error) from error
        self._hooks.on_response(call, answer, time.perf_counter() - began)
        return answer


class AsyncDriver:
    """Carries out work, and lets others work meanwhile."""

    def __init__(self, session: Session, transport: httpx2.AsyncBaseTransport | None, hooks: Hooks) -> None:
        self.session = session
        self._http = httpx2.AsyncClient(transport=transport, timeout=session.manners.timeout)
        self._hooks = hooks
        self._lock = anyio.Lock()

    async def run(self, steps: Steps[T]) -> T:
        """The result of the work."""
        try:
            wish = next(steps)
            while True:
                try:
                    told = await self._done(wish)
                except EloquaError as trouble:
                    wish = steps.throw(trouble)
                else:
                    wish = steps.send(told)
        except StopIteration as end:
            result: T = end.value
            return result

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _done(self, wish: Wish) -> Answer:
        match wish:
            case Call():
                return await self._sent(wish)
            case Pause(seconds):
                await anyio.sleep(seconds)
            case SignIn(stale):
                async with self._lock:
                    await self.run(self.session.sign_in(stale))
        return NOTHING

    async def _sent(self, call: Call) -> Answer:
        self._hooks.on_request(call)
        began = time.perf_counter()
        try:
            answer = _answer(await self._http.send(_request(self._http, call)))
        except _LOST as error:
            raise _trouble(call, error) from error
        self._hooks.on_response(call, answer, time.perf_counter() - began)
        return answer


def _request(http: httpx2.Client | httpx2.AsyncClient, call: Call) -> httpx2.Request:
    headers = {**call.headers, "accept": call.accept, "user-agent": USER_AGENT}
    if call.content is not None:
        headers["content-type"] = call.content_type
    return http.build_request(call.method, call.url, params=call.params, content=call.content, headers=headers)


def _answer(response: httpx2.Response) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, response.reason_phrase, headers, response.content)


def _trouble(call: Call, error: Exception) -> ConnectionTrouble:
    was_sent = not isinstance(error, _NEVER_SENT)
    said = f"no answer: {type(error).__name__} {error} (check the address, the network and Oracle's status page)"
    return ConnectionTrouble(said, call=call, was_sent=was_sent)
