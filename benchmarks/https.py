"""What TLS adds to a call: one connection that stays open, and a new one for each call; plain HTTP is the floor."""

from __future__ import annotations

import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from benchmarks import servers
from benchmarks.process import Server, free_port
from benchmarks.table import Measure, Sample

Connect = Callable[[], HTTPConnection]


def https(seconds: float) -> Iterator[Sample]:
    """`GET /id`, through the proxy and straight."""
    with tempfile.TemporaryDirectory() as folder:
        proxy = free_port()
        with servers.ours("--proxy", str(proxy), "--ca-folder", folder) as ours:
            trusting = ssl.create_default_context(cafile=Path(folder, "ca.pem"))

            def secure() -> HTTPConnection:
                made = HTTPSConnection("127.0.0.1", proxy, timeout=10, context=trusting)
                made.set_tunnel("login.eloqua.com")
                return made

            def plain() -> HTTPConnection:
                return HTTPConnection("127.0.0.1", ours.port, timeout=10)

            for name, calls in (("one connection", _kept_open), ("a connection each", _opened_anew)):
                mine, bare = _measured(ours, calls(secure), seconds), _measured(ours, calls(plain), seconds)
                yield Measure(f"GET /id in TLS, {name}", "us"), mine[0], bare[0]
                yield Measure(f"... processor, {name}", "us"), mine[1], bare[1]


def _kept_open(connect: Connect) -> Iterator[None]:
    with closing(connect()) as connection:
        while True:
            _call(connection)
            yield


def _opened_anew(connect: Connect) -> Iterator[None]:
    while True:
        with closing(connect()) as connection:
            _call(connection)
        yield


def _call(connection: HTTPConnection) -> None:
    connection.request("GET", "/id", headers=servers.HEADERS)
    answer = connection.getresponse()
    if b"urls" not in answer.read():
        raise SystemExit(f"benchmarks: GET /id fails: {answer.status}")


def _measured(server: Server, calls: Iterator[None], seconds: float) -> tuple[float, float]:
    """Microseconds for each call, and of the server's processor time."""
    next(calls)
    before, started, count = server.cpu, time.perf_counter(), 0
    while (passed := time.perf_counter() - started) < seconds:
        next(calls)
        count += 1
    return passed / count * 1e6, (server.cpu - before) / count * 1e6
