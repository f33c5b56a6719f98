"""The pytest plugin: a clean Eloqua in every test.

Loaded in every run of everyone who has the package, so that it imports nothing but pytest and the
standard library; the emulator comes in with the first test that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mock_eloqua.embedded import EloquaSite, MockEloqua

_MARKER = "eloqua(profile=..., release=..., seed=..., user=...): how the `eloqua` of this test behaves"
_OPTIONS = ("profile", "release", "seed")


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
    from mock_eloqua.embedded import MockEloqua

    config = request.config
    named = {name: config.getoption(f"--eloqua-{name}") for name in ("profile", "release")}
    try:
        server = MockEloqua(
            store=_store_of_this_worker(config), **{name: value for name, value in named.items() if value}
        ).start()
    except Exception as error:
        raise pytest.UsageError(f"mock-eloqua: {error}") from error
    yield server
    server.stop()


@pytest.fixture
def eloqua(request: pytest.FixtureRequest, eloqua_server: MockEloqua) -> EloquaSite:
    """A clean site for this test. `@pytest.mark.eloqua(profile="strict", user="api.only")` changes it."""
    wanted: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers("eloqua"))):
        if marker.args or set(marker.kwargs) - {*_OPTIONS, "user"}:
            raise pytest.UsageError(f"the marker is {_MARKER.partition(':')[0]}, all by name")
        wanted |= marker.kwargs
    site = eloqua_server.site(user=wanted.pop("user", "api.user"))
    site.reset(**wanted)
    return site


def _store_of_this_worker(config: pytest.Config) -> str:
    """Workers of xdist must not meet: each gets a file or a schema of its own."""
    store: str = config.getoption("--eloqua-store")
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if not worker or store == "memory":
        return store
    if store.startswith("postgresql"):
        return f"{store}{'&' if '?' in store else '?'}schema=mock_eloqua_{worker}"
    return f"{store}.{worker}"
