"""HTTP clients that are signed in to the site of the test; what REST and Bulk answer is held to their documents."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any

import httpx2
import pytest
from tests.neighbour import TakingTurns
from tests.server import published

from mock_eloqua.embedded import EloquaSite, MockEloqua


@pytest.fixture(scope="session")
def connection(eloqua_server: MockEloqua, request: pytest.FixtureRequest) -> Iterator[httpx2.Client]:
    """One HTTP client for the session: making one costs more than most tests. It looks at each answer."""
    url, second = eloqua_server.base_url, request.config.getoption("--turn-to")
    transport = TakingTurns([url, second]) if second else httpx2.HTTPTransport(verify=False)
    hooks = {"response": [published.check]}
    with httpx2.Client(base_url=url, transport=transport, timeout=30, event_hooks=hooks) as client:
        yield client


class Http:
    """Calls as one user, below a path."""

    def __init__(self, client: httpx2.Client, auth: tuple[str, str] | None, prefix: str) -> None:
        self._client = client
        self._auth = auth
        self._prefix = prefix

    def __call__(self, method: str, path: str = "", **options: Any) -> httpx2.Response:
        return self._client.request(method, self._prefix + path, auth=self._auth, **options)

    def get(self, path: str, **options: Any) -> httpx2.Response:
        return self("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx2.Response:
        return self("POST", path, **options)

    def put(self, path: str, **options: Any) -> httpx2.Response:
        return self("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> httpx2.Response:
        return self("DELETE", path, **options)

    def as_user(self, name: str, password: str = "s3cret") -> Http:
        """The same calls as somebody else of the default site."""
        return Http(self._client, (f"MockCo\\{name}", password), self._prefix)

    def as_app(self, client_id: str = "client-id", secret: str = "client-secret") -> Http:
        """The same calls as an app shows itself where tokens are."""
        return Http(self._client, (client_id, secret), self._prefix)

    def nobody(self) -> Http:
        """The same calls without credentials."""
        return Http(self._client, None, self._prefix)


@pytest.fixture
def plain(eloqua: EloquaSite) -> Iterator[HTTPConnection]:
    """A client of the standard library, which sends what it is told as it is."""
    with closing(HTTPConnection(eloqua.base_url.removeprefix("http://"), timeout=10)) as client:
        yield client


@pytest.fixture
def listener() -> Iterator[tuple[int, Queue[tuple[str, str, str, bytes]]]]:
    """A port of this machine, and what was called there: method, path, content type, body."""
    called: Queue[tuple[str, str, str, bytes]] = Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            called.put((self.command, self.path, self.headers["Content-Type"], body))
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_request(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port, called
        server.shutdown()
        thread.join()


@pytest.fixture
def http(eloqua: EloquaSite, connection: httpx2.Client) -> Http:
    """Calls anywhere on the server."""
    return Http(connection, eloqua.basic_auth, "")


@pytest.fixture
def rest(eloqua: EloquaSite, connection: httpx2.Client) -> Http:
    """Calls to REST 1.0."""
    return Http(connection, eloqua.basic_auth, "/API/REST/1.0")


@pytest.fixture
def control(eloqua: EloquaSite, connection: httpx2.Client) -> Http:
    """Calls to the control API."""
    return Http(connection, None, "/_mock")
