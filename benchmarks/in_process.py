"""Times a call that is answered in this process, without socket or client, beside a bare application.

Prints microseconds of each, by the wall clock and by the processor.
"""

from __future__ import annotations

from typing import Any

from benchmarks import servers
from benchmarks.intercepted import each_of
from mock_eloqua import MockEloqua
from mock_eloqua.plugin.in_process import Asked, answer


def main() -> None:
    server = MockEloqua()
    with server as eloqua:
        eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}])
        target = f"/API/REST/1.0/data/contact/{eloqua.contact('ada@example.test')['id']}".encode()
        headers = [
            (b"host", b"127.0.0.1"),
            *((name.lower().encode(), it.encode()) for name, it in servers.HEADERS.items()),
        ]
        asked = Asked("GET", "http", "127.0.0.1", 80, target, headers, b"")
        found = answer(server.app, asked)
        if found.status != 200:
            raise SystemExit(f"GET {target.decode()} is {found.status}")

        async def bare(_scope: Any, _receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": list(found.headers)})
            await send({"type": "http.response.body", "body": found.body})

        print(*each_of(lambda: answer(server.app, asked)), *each_of(lambda: answer(bare, asked)))


if __name__ == "__main__":
    main()
