"""Times a call through `eloqua_intercept` beside one that a static route of respx answers.

Prints microseconds of each, by the wall clock and by the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import respx

from benchmarks import servers
from mock_eloqua import MockEloqua
from mock_eloqua.plugin.intercept import intercepted

_CALLS = 2000
_POD = "https://secure.p04.eloqua.com"


def main() -> None:
    server = MockEloqua()
    with server as eloqua, httpx.Client(verify=False, headers=servers.HEADERS) as client:  # noqa: S501  no TLS is made
        eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}])
        url = f"{_POD}/API/REST/1.0/data/contact/{eloqua.contact('ada@example.test')['id']}"

        def call() -> httpx.Response:
            return client.get(url).raise_for_status()

        with intercepted(server.app):
            answer, mine = call(), each_of(call)
        with respx.mock(base_url=_POD) as routes:
            routes.get(path__startswith="/API").respond(200, headers=dict(answer.headers), content=answer.content)
            print(*mine, *each_of(call))


def each_of(call: Callable[[], object]) -> tuple[float, float]:
    """Microseconds that a call takes, by the wall clock and by the processor."""
    call()
    started, used = time.perf_counter(), time.process_time()
    for _ in range(_CALLS):
        call()
    passed = time.perf_counter() - started, time.process_time() - used
    return passed[0] / _CALLS * 1_000_000, passed[1] / _CALLS * 1_000_000


if __name__ == "__main__":
    main()
