"""Times empty tests that take `eloqua` beside as many that do not, in one run of pytest.

Prints milliseconds of each, by the wall clock and by the processor.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_TESTS = 500
_TIMED = """
import time
from statistics import mean

import pytest

took = {"with": [], "without": []}


def now():
    return time.perf_counter() * 1000, time.process_time() * 1000


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    started = now()
    result = yield
    took["with" if "eloqua" in item.fixturenames else "without"].append([b - a for a, b in zip(started, now())])
    return result


def pytest_unconfigure():
    both = [zip(*took[each][1:]) for each in ("with", "without")]  # without the first, which starts the server
    print("took", *(mean(each) for each in [*both[0], *both[1]]))
"""
_EMPTY = f"""
import pytest

@pytest.mark.parametrize("number", range({_TESTS}))
def test_without(number): ...

@pytest.mark.parametrize("number", range({_TESTS}))
def test_with(eloqua, number): ...
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "conftest.py").write_text(_TIMED)
        Path(folder, "test_empty.py").write_text(_EMPTY)
        Path(folder, "pytest.ini").write_text("[pytest]\n")
        command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:schemathesis"]
        said = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S603
    print(*next(line for line in said.splitlines() if line.startswith("took")).split()[1:])


if __name__ == "__main__":
    main()
