"""One test for both flavours of the client: what is awaited is called as if it waited."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from functools import partial
from inspect import isawaitable
from typing import Any, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal

from eloqua_client import AsyncEloqua


@contextmanager
def as_if_it_waited(client: AsyncEloqua) -> Iterator[Awaited]:
    """The client, whose methods wait; closed at the end."""
    with start_blocking_portal() as portal:
        yield Awaited(portal, client)
        portal.call(client.close)


class Awaited:
    """A part of an `AsyncEloqua`, whose methods wait, and which is iterated one by one."""

    def __init__(self, portal: BlockingPortal, part: Any) -> None:
        self._portal, self._part = portal, part

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        return partial(self._call, found) if callable(found) else self._shown(found)

    def __iter__(self) -> Iterator[Any]:
        things = aiter(self._part)
        try:
            while True:
                yield self._portal.call(anext, things)
        except StopAsyncIteration:
            return
        finally:
            self._portal.call(things.aclose)

    def __enter__(self) -> Self:
        self._portal.call(self._part.__aenter__)
        return self

    def __exit__(self, *error: object) -> None:
        self._portal.call(self._part.__aexit__, *error)

    def _call(self, method: Any, /, *args: Any, **named: Any) -> Any:
        return self._shown(self._portal.call(partial(_called, method, args, named)))

    def _shown(self, found: Any) -> Any:
        is_awaited = type(found).__name__.startswith("Async") or isinstance(found, AsyncIterable)
        return Awaited(self._portal, found) if is_awaited else found


async def _called(method: Any, args: Any, named: Any) -> Any:
    found = method(*args, **named)
    return await found if isawaitable(found) else found
