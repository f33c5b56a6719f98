"""Work that takes from its caller and gives to it, in both drivers."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import anyio
import httpx2
import pytest

from eloqua_client import Basic, Hooks
from eloqua_client.calls import Call, Give, Pause, Take
from eloqua_client.driving import AsyncDriver, AsyncStream, Driver, Stream
from eloqua_client.session import Session


def call(name):
    return Call("GET", f"/{name}", "bulk", host="http://eloqua.test")


@pytest.fixture
def asked():
    """The paths that were asked for."""
    return []


@pytest.fixture
def transport(asked):
    return httpx2.MockTransport(lambda request: asked.append(request.url.path) or httpx2.Response(200))


@pytest.fixture
def driver(transport):
    made = Driver(Session(Basic("a", "b", "c")), transport, Hooks())
    yield made
    made.close()


@pytest.fixture
def awaited(transport):
    """Runs a function with a driver that awaits."""

    def run(work):
        async def main():
            made = AsyncDriver(Session(Basic("a", "b", "c")), transport, Hooks())
            try:
                return await work(made)
            finally:
                await made.close()

        return anyio.run(main)

    return run


def counted():
    """Gives 1 to 4 in two pages, and says goodbye."""
    try:
        yield call("first")
        yield Give([1, 2])
        yield call("second")
        yield Give([3, 4])
    finally:
        yield call("goodbye")


def test_a_stream_asks_for_a_page_when_it_is_needed(driver, asked):
    """Ours: no page is read ahead."""
    numbers = iter(Stream[int](driver, counted))

    assert (next(numbers), next(numbers), asked) == (1, 2, ["/first"])
    assert (list(numbers), asked) == ([3, 4], ["/first", "/second", "/goodbye"])


def test_an_awaited_stream_is_the_same(awaited, asked):
    """Decision 050."""

    async def work(driver):
        return [each async for each in AsyncStream[int](driver, counted)]

    assert (awaited(work), asked) == ([1, 2, 3, 4], ["/first", "/second", "/goodbye"])


def test_work_may_clean_up_with_calls_when_its_caller_leaves(driver, awaited, asked):
    """Ours: a definition of Bulk is deleted although its rows were not read to the end."""
    for _ in driver.stream(counted()):
        break
    assert asked == ["/first", "/goodbye"]

    async def work(driver):
        async with aclosing(driver.stream(counted())) as numbers:
            async for _ in numbers:
                break

    awaited(work)
    assert asked == ["/first", "/goodbye"] * 2


def test_work_may_clean_up_when_it_is_cancelled(awaited, asked):
    """Also where every further step of the task is cancelled too, as anyio and trio do."""

    def endless():
        try:
            yield Pause(3600)
        finally:
            yield call("goodbye")

    async def work(driver):
        with anyio.move_on_after(0):
            await driver.run(endless())

    awaited(work)
    assert asked == ["/goodbye"]


def test_work_takes_until_it_is_full(driver):
    """And goes on where it stopped."""
    source, taken = iter(range(5)), list[Any]()

    def is_two(number):
        taken.append(number)
        return number == 2

    def taking():
        yield Take(source, is_two)
        taken.append("full")
        yield Take(source, is_two)

    driver.run(taking())

    assert taken == [0, 1, 2, "full", 3, 4]


def test_only_a_driver_that_awaits_takes_what_is_awaited(driver, awaited):
    """A TypeError that says which client it is for."""

    async def numbers():
        yield 1
        yield 2

    taken: Any = []

    def taking():
        yield Take(numbers(), taken.append)

    async def work(driver):
        await driver.run(taking())

    awaited(work)
    assert taken == [1, 2]
    with pytest.raises(TypeError, match="AsyncEloqua"):
        driver.run(taking())


def test_what_befalls_the_source_is_thrown_into_the_work(driver, asked):
    """So that it may clean up."""

    def broken():
        yield 1
        raise RuntimeError("the file is gone")

    def taking():
        try:
            yield Take(broken(), bool)
            yield Take(broken(), lambda _: False)
        finally:
            yield call("goodbye")

    with pytest.raises(RuntimeError, match="the file is gone"):
        driver.run(taking())
    assert asked == ["/goodbye"]


def test_work_that_gives_is_streamed_and_not_run(driver):
    """A TypeError that says so."""
    with pytest.raises(TypeError, match="stream it"):
        driver.run(counted())
