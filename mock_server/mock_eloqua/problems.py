"""What goes wrong where a client that tries again, or takes any answer for one, would not tell.

Each call is answered as the live product would; that it was made, or turned down by a limit, is noted here, so that
the test that made it can fail in the end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

UNKNOWN_PATH = "unknown-path"
"""Nobody serves it; a live host says 404 with no word of Eloqua's."""
UNKNOWN_OPERATION = "unknown-operation"
"""The face has no such path, or not with this method."""
UNKNOWN = (UNKNOWN_PATH, UNKNOWN_OPERATION)

MOST = 100
"""Problems of a site that are kept apart; the same again is only counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong, so many times."""

    kind: str
    """`unknown-path`, `unknown-operation`, or the name of the threshold that turned a call down."""
    method: str = ""
    """With path and status those of the call; blank where work in the background met a limit."""
    path: str = ""
    status: int = 0
    times: int = 1


class Problems:
    """Those of one site, in the order in which they were first met. No reset takes them back."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, int], Problem] = {}
        self._lock = threading.Lock()

    def note(self, problem: Problem) -> None:
        """It was met, once more perhaps."""
        key = (problem.kind, problem.method, problem.path, problem.status)
        with self._lock:
            if (known := self._found.get(key)) is not None:
                self._found[key] = replace(known, times=known.times + 1)
            elif len(self._found) < MOST:
                self._found[key] = problem

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._found.clear()

    def __iter__(self) -> Iterator[Problem]:
        with self._lock:
            return iter(list(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)
