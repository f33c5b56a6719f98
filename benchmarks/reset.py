"""Times `reset` of a site beside a bare copy of its database; prints two medians, in milliseconds."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from mock_eloqua import MockEloqua

_TIMES = 300


def main() -> None:
    with MockEloqua() as eloqua, tempfile.TemporaryDirectory() as folder:
        pristine = Path(folder, "pristine")
        eloqua.snapshot(pristine)

        def seed() -> None:
            eloqua.seed(contacts=[{"emailAddress": f"person{number}@example.test"} for number in range(100)])

        template, copy = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
        sqlite3.connect(pristine).backup(template)
        print(_median(seed, eloqua.reset), _median(lambda: None, lambda: template.backup(copy)))


def _median(before: Callable[[], None], work: Callable[[], None]) -> float:
    times = []
    for _ in range(_TIMES):
        before()
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
