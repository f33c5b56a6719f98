"""pytest in pytest: each test here writes a test file and looks at what becomes of it."""

from __future__ import annotations

import pytest

from mock_eloqua import MockEloqua, house
from mock_eloqua.plugin import intercept as in_process_clients


@pytest.fixture(scope="session")
def everything_imported():
    """Pytester forgets what was imported inside, and some modules cannot be imported twice.

    Extension modules cannot, nor can what httpx2 imports when it first needs it: it would know the errors of another.
    """
    assert in_process_clients
    with MockEloqua(seed="demo") as eloqua:
        eloqua.control.health()
        for face in ("login", "rest", "bulk"):
            house.face(face)


@pytest.fixture
def run_tests(pytester: pytest.Pytester, everything_imported):
    """Run a test file with the plugin that is installed; *subprocess* for a process of its own."""

    def run(source: str, *options: str, subprocess: bool = False) -> pytest.RunResult:
        pytester.makepyfile(source)
        pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --strict-markers")
        runner = pytester.runpytest_subprocess if subprocess else pytester.runpytest_inprocess
        return runner("-p", "no:cacheprovider", *options)

    return run
