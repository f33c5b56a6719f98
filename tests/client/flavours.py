"""One test for both flavours of the client: what is awaited is called as if it waited."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from eloqua_client import AsyncEloqua


@contextmanager
def as_if_it_waited(client: AsyncEloqua) -> Iterator[Awaited]:
    """The client, whose methods wait; closed at the end."""
    with start_blocking_portal() as portal:
        yield Awaited(portal, client)
        portal.call(client.close)


class Awaited:
    """A part of an `AsyncEloqua`."""

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
