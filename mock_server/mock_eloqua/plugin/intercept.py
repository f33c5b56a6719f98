"""Calls to the live hosts, made through httpx or httpx2 by unmodified code, are answered in this process.

respx stands between a client and its connections; it has one route for all of Eloqua, which asks the ASGI application.
It takes requests of httpx, which is no hindrance to httpx2: both hand the same bytes to their cores.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import httpx
import respx
from respx.mocks import HTTPCoreMocker

from mock_eloqua.clock import stopwatch
from mock_eloqua.plugin.in_process import Answered, Asked, ConnectionLost, answer, answer_async
from mock_eloqua.web.application import App

HOSTS = r"(login|secure(\.p\d\d)?|www0[25]\.secure)\.eloqua\.com"
"""Those of the live product, also PODs that do not exist: nothing is ever to reach it from a test."""
LIBRARIES = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""Client library to what makes its connections."""
_AWAITED = "mock_eloqua.awaited"
_PORTS = {"http": 80, "https": 443}


class Intercept:
    """What stands between clients and the live hosts."""

    login_url = "https://login.eloqua.com"
    """Where a program begins; `/id` there names the POD of the site."""

    def __init__(self, betweens: Sequence[_Between]) -> None:
        self._betweens = betweens

    def refuse_others(self) -> None:
        """Let calls to all other hosts fail, those to this machine too: the program has no business there."""
        for each in self._betweens:
            each.refuses_others = True


@contextmanager
def intercepted(app: App) -> Iterator[Intercept]:
    """Answer calls to the live hosts by an application, until the end."""
    betweens = [_Between(app, library, mocker) for library, mocker in _MOCKERS.items()]
    with ExitStack() as standing:
        for each in betweens:
            standing.enter_context(each.router)
        yield Intercept(betweens)


class _Router(respx.MockRouter):
    """Says of a request whether it is awaited."""

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, _AWAITED: True}
        return await super().async_handler(request)


class _Between:
    """The application as one client library sees it."""

    def __init__(self, app: App, library: str, mocker: type[HTTPCoreMocker]) -> None:
        self.refuses_others = False
        self.router = _Router(using=mocker.name, assert_all_called=False)
        self.router.route(host__regex=f"^{HOSTS}$").mock(side_effect=self.answer)
        self.router.route().mock(side_effect=self.pass_on)
        self._app = app
        self._library = import_module(library)
        self._routers = mocker.routers

    def answer(self, request: httpx.Request) -> httpx.Response | Awaitable[httpx.Response]:
        """For a program that waits, or to be awaited."""
        if request.extensions.get(_AWAITED):
            return self._awaited(request)
        started = stopwatch()
        try:
            found = answer(self._app, _asked(request))
        except ConnectionLost as error:
            raise self._library.RemoteProtocolError(str(error)) from error
        return self._in_time(request, found, stopwatch() - started)

    def pass_on(self, request: httpx.Request) -> httpx.Request | None:
        """What is not for Eloqua: for other routers of respx, or else for the network."""
        if self.refuses_others:
            raise self._library.ConnectError(f"eloqua_intercept refuses {request.url.host}, as the test asked")
        return request if self._routers == [self.router] else None

    async def _awaited(self, request: httpx.Request) -> httpx.Response:
        started = stopwatch()
        try:
            found = await answer_async(self._app, _asked(request))
        except ConnectionLost as error:
            raise self._library.RemoteProtocolError(str(error)) from error
        return self._in_time(request, found, stopwatch() - started)

    def _in_time(self, request: httpx.Request, found: Answered, seconds: float) -> httpx.Response:
        """The answer, unless a fault made it later than the client waits for one."""
        patience = request.extensions.get("timeout", {}).get("read")
        if patience is not None and seconds > patience:
            raise self._library.ReadTimeout(f"no answer within {patience:g} seconds")
        reason = {"reason_phrase": found.reason} if found.reason else {}
        return httpx.Response(
            found.status, headers=found.headers, content=found.body, extensions=reason, request=request
        )


def _asked(request: httpx.Request) -> Asked:
    url = request.url
    return Asked(
        method=request.method,
        scheme=url.scheme,
        host=url.host,
        port=url.port or _PORTS[url.scheme],
        target=url.raw_path,
        headers=request.headers.raw,
        body=request.content,
    )


def _mocker(core: str) -> type[HTTPCoreMocker]:
    """What takes the calls of one core; that of respx for the one it knows, so that its other routers join in."""
    if core == HTTPCoreMocker.name:
        return HTTPCoreMocker
    response = import_module(core).Response

    class Taken(HTTPCoreMocker):
        name = f"mock-eloqua {core}"
        targets = [each.replace("httpcore.", f"{core}.", 1) for each in HTTPCoreMocker.targets]  # noqa: RUF012  respx's

        @classmethod
        def from_sync_httpx_response(cls, httpx_response: httpx.Response, target: Any, **kwargs: Any) -> Any:  # noqa: ARG003
            return response(
                status=httpx_response.status_code,
                headers=httpx_response.headers.raw,
                content=httpx_response.stream,
                extensions=httpx_response.extensions,
            )

    return Taken


_MOCKERS = {library: _mocker(core) for library, core in LIBRARIES.items() if find_spec(library)}
