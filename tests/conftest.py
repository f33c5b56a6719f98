"""Options for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from tests import neighbour

from mock_eloqua.control_client import ControlClient
from mock_eloqua.elsewhere import Elsewhere

# No deadlines: on a busy machine they fail without a fault. In CI the same examples every time.
settings.register_profile("dev", max_examples=10, stateful_step_count=15, deadline=None)
settings.register_profile(
    "ci", max_examples=10, stateful_step_count=15, deadline=None, derandomize=True, print_blob=True
)
# Where CI runs the suite once more, on another store or another Python.
settings.register_profile(
    "again", max_examples=6, stateful_step_count=15, deadline=None, derandomize=True, print_blob=True
)
settings.register_profile("long", max_examples=1000, stateful_step_count=50, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    said = "a second server on the store of --eloqua-target: calls take turns, and another site is at work on both"
    parser.addoption("--turn-to", metavar="URL", help=said)


@pytest.fixture
def pytester(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Every pytest in a test imports the plugins of other packages anew, and that of schemathesis takes longest."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:schemathesis")
    return pytester


@pytest.fixture(scope="session", autouse=True)
def busy_neighbour(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there are two servers, another site is at work on them; tests that look inside the server are skipped."""
    second = request.config.getoption("--turn-to")
    if second is None:
        yield
        return
    urls = [request.config.getoption("--eloqua-target"), second]
    with pytest.MonkeyPatch.context() as patch, neighbour.at_work(urls):
        # Decision 044: what one process alone has.
        patch.setattr(Elsewhere, "inside", lambda *_: pytest.skip("looks inside the server"))
        for name in ("requests", "outgoing"):
            patch.setattr(ControlClient, name, lambda *_, **_named: pytest.skip("asks one process for its log"))
        yield
