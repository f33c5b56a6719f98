"""The pytest plugin: a clean Eloqua in every test.

Loaded in every run of everyone who has the package, so that it imports nothing but pytest and the
standard library; the emulator comes in with the first test that asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest

if TYPE_CHECKING:
    from mock_eloqua.embedded import EloquaSite, MockEloqua

_MARKER = "eloqua(profile=..., release=..., seed=..., user=...): how the `eloqua` of this test behaves"
_NAMES = ("profile", "release", "seed", "user")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("eloqua", "Mock Eloqua")
    group.addoption("--eloqua-profile", help="thresholds: documented (default), strict, seed or off")
    group.addoption("--eloqua-release", help="the Eloqua release to behave like, such as 26C")
    group.addoption("--eloqua-store", default="memory", help="memory (default), a file, or postgresql://...")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture(scope="session")
def eloqua_server(request: pytest.FixtureRequest) -> Iterator[MockEloqua]:
    """A running server for the whole session, on a port of its own (one per xdist worker)."""
    from mock_eloqua.embedded import REFUSALS, MockEloqua

    config = request.config
    named = {name: config.getoption(f"--eloqua-{name}") for name in ("profile", "release")}
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    store = store_of_worker(config.getoption("--eloqua-store"), worker)
    try:
        server = MockEloqua(store=store, **{name: value for name, value in named.items() if value}).start()
    except REFUSALS as error:
        pytest.fail(f"mock-eloqua cannot start: {error}", pytrace=False)
    yield server
    server.stop()


@pytest.fixture
def eloqua(request: pytest.FixtureRequest, eloqua_server: MockEloqua) -> EloquaSite:
    """A clean site for this test. `@pytest.mark.eloqua(profile="strict", user="api.only")` changes it."""
    from mock_eloqua.embedded import REFUSALS

    wanted = _of_markers(request.node)
    site = eloqua_server.site(user=wanted.pop("user", "api.user"))
    try:
        site.reset(**wanted)
        _ = site.credentials
    except (*REFUSALS, LookupError) as error:
        pytest.fail(f"the marker eloqua cannot be used: {error}", pytrace=False)
    return site


def _of_markers(node: pytest.Item) -> dict[str, Any]:
    """What the markers say, the one closest to the test last."""
    wanted: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("eloqua"))):
        wrong = [f"{value!r} without a name" for value in marker.args]
        wrong += [f"{name}={value!r}" for name, value in marker.kwargs.items() if not _is_known(name, value)]
        if wrong:
            pytest.fail(f"the marker eloqua takes {', '.join(_NAMES)} as texts, not {wrong[0]}", pytrace=False)
        wanted |= marker.kwargs
    return wanted


def _is_known(name: str, value: object) -> bool:
    return name in _NAMES and isinstance(value, (str, os.PathLike) if name == "seed" else str)


def store_of_worker(store: str, worker: str) -> str:
    """Workers of xdist must not meet: each gets a file or a schema of its own."""
    if not worker or store == "memory":
        return store
    if "://" not in store:
        return f"{store}.{worker}"
    url = urlsplit(store)
    query = dict(parse_qsl(url.query))
    query["schema"] = f"{query.get('schema', 'mock_eloqua')}_{worker}"
    return urlunsplit(url._replace(query=urlencode(query)))
