"""The two drivers: they carry out what the core wishes, with httpx2, waiting or awaiting."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Generic, TypeVar

import anyio
import httpx2

from eloqua_client.calls import NOTHING, Answer, Call, Give, Pause, SignIn, Steps, Take, Wish
from eloqua_client.errors import ConnectionTrouble, EloquaError, UntrustedServer, ValidationError
from eloqua_client.session import Session

T = TypeVar("T")
_FAREWELL = 10.0
"""Seconds for what work still wants to do when it is cancelled."""

try:
    USER_AGENT = f"eloqua-client/{version('mock-eloqua')}"
except PackageNotFoundError:  # run from a folder
    USER_AGENT = "eloqua-client"

_UNSENDABLE = (httpx2.LocalProtocolError, UnicodeEncodeError)
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
        """The result of the work, which gives nothing on the way."""
        try:
            next(self.stream(steps))
        except StopIteration as end:
            result: T = end.value
            return result
        raise TypeError("this work gives something on the way: stream it")

    def stream(self, steps: Steps[T]) -> Generator[Any, None, T]:
        """What the work gives, one by one; it goes on when the next is asked for."""
        try:
            wish = next(steps)
            while True:
                try:
                    if isinstance(wish, Give):
                        yield from wish.items
                    told = self._done(wish)
                except BaseException as trouble:  # noqa: BLE001  thrown on: the work decides
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
            case Take(source, is_full):
                if isinstance(source, AsyncIterator):
                    raise TypeError("rows that are awaited are for AsyncEloqua")
                any(map(is_full, source))
        return NOTHING

    def _sent(self, call: Call) -> Answer:
        self._hooks.on_request(call)
        began = time.perf_counter()
        try:
            answer = _answer(self._http.send(_request(self._http, call)))
        except _UNSENDABLE:
            raise _unsendable(call) from None
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
        """The result of the work, which gives nothing on the way."""
        result: list[T] = []

        def kept() -> Steps[None]:
            result.append((yield from steps))

        async for _ in self.stream(kept()):
            raise TypeError("this work gives something on the way: stream it")
        return result[0]

    async def stream(self, steps: Steps[None]) -> AsyncGenerator[Any, None]:
        """What the work gives, one by one; it goes on when the next is asked for."""
        done = self._done
        try:
            wish = next(steps)
            while True:
                try:
                    if isinstance(wish, Give):
                        for item in wish.items:
                            yield item
                    told = await done(wish)
                except BaseException as trouble:  # noqa: BLE001  thrown on: the work decides
                    if not isinstance(trouble, Exception):
                        done = self._done_on_leaving
                    wish = steps.throw(trouble)
                else:
                    wish = steps.send(told)
        except StopIteration:
            return

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
            case Take(source, is_full):
                if isinstance(source, AsyncIterator):
                    async for item in source:
                        if is_full(item):
                            break
                else:
                    any(map(is_full, source))
        return NOTHING

    async def _done_on_leaving(self, wish: Wish) -> Answer:
        with anyio.fail_after(_FAREWELL, shield=True):
            return await self._done(wish)

    async def _sent(self, call: Call) -> Answer:
        self._hooks.on_request(call)
        began = time.perf_counter()
        try:
            answer = _answer(await self._http.send(_request(self._http, call)))
        except _UNSENDABLE:
            raise _unsendable(call) from None
        except _LOST as error:
            raise _trouble(call, error) from error
        self._hooks.on_response(call, answer, time.perf_counter() - began)
        return answer


class Stream(Generic[T]):
    """What some work gives; each iteration begins it anew."""

    def __init__(self, driver: Driver, work: Callable[[], Steps[None]]) -> None:
        self._driver, self._work = driver, work

    def __iter__(self) -> Iterator[T]:
        return self._driver.stream(self._work())


class AsyncStream(Generic[T]):
    """The same, to be awaited."""

    def __init__(self, driver: AsyncDriver, work: Callable[[], Steps[None]]) -> None:
        self._driver, self._work = driver, work

    def __aiter__(self) -> AsyncIterator[T]:
        return self._driver.stream(self._work())


def _request(http: httpx2.Client | httpx2.AsyncClient, call: Call) -> httpx2.Request:
    headers = {**call.headers, "accept": call.accept, "user-agent": USER_AGENT}
    if call.content is not None:
        headers["content-type"] = call.content_type
    if call.action:
        headers["soapaction"] = f'"{call.action}"'
    return http.build_request(call.method, call.url, params=call.params or None, content=call.content, headers=headers)


def _answer(response: httpx2.Response) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, response.reason_phrase, headers, response.content)


def _trouble(call: Call, error: Exception) -> EloquaError:
    if isinstance(error, httpx2.ConnectError) and (why := _distrust(error)):
        said = f"not sent: {why.verify_message} (a certificate authority of your own is named in SSL_CERT_FILE)"
        return UntrustedServer(said, call=call)
    said = f"no answer: {type(error).__name__} {error} (check the address, the network and Oracle's status page)"
    return ConnectionTrouble(said, call=call, was_sent=not isinstance(error, _NEVER_SENT))


def _distrust(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """What is wrong with a certificate, if that is why there is no connection."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error


def _unsendable(call: Call) -> ValidationError:
    """In place of the library's error, whose text quotes the header, and that may be the one of signing."""
    return ValidationError("not sent: no HTTP header can hold this (look for line ends in a token)", call=call)
