"""One test for both flavours of the client: what is awaited is called as if it waited."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

from eloqua_client import UNPACED, AsyncEloqua, Basic, Eloqua

WAITING, AWAITED = FLAVOURS = ("waiting", "awaited")


@contextmanager
def client_of(site, flavour=WAITING) -> Iterator[Any]:
    """A client of a site of the emulator. No TLS context: making one costs more than most tests."""
    auth = Basic(site.credentials["site"], site.credentials["username"], site.credentials["password"])
    where = {"base_url": site.base_url, "login_url": site.login_url, "manners": UNPACED}
    if flavour == WAITING:
        with Eloqua(auth, **where, transport=httpx2.HTTPTransport(verify=False)) as made:
            yield made
        return
    with start_blocking_portal() as portal:
        awaited = portal.call(lambda: AsyncEloqua(auth, **where, transport=httpx2.AsyncHTTPTransport(verify=False)))
        yield Awaited(portal, awaited)
        portal.call(awaited.close)


class Awaited:
    """A part of an `AsyncEloqua`, whose methods wait."""

    def __init__(self, portal: BlockingPortal, part: Any) -> None:
        self._portal, self._part = portal, part

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        return partial(self._call, found) if callable(found) else Awaited(self._portal, found)

    def _call(self, method: Any, /, *args: Any, **named: Any) -> Any:
        found = self._portal.call(partial(method, *args, **named))
        if isinstance(found, AsyncIterable):
            return Each(self._portal, found)
        return Awaited(self._portal, found) if type(found).__name__.startswith("Async") else found


class Each:
    """An asynchronous iterable, iterated one by one."""

    def __init__(self, portal: BlockingPortal, things: AsyncIterable[Any]) -> None:
        self._portal, self._things = portal, things

    def __iter__(self) -> Iterator[Any]:
        things = aiter(self._things)
        while True:
            try:
                yield self._portal.call(anext, things)
            except StopAsyncIteration:
                return
