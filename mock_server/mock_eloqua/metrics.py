"""How many calls a site has answered, with what and how fast, since the server started: a reset forgets none of it.

`GET /_mock/metrics` shows it. Calls are counted in the event loop alone, so that no lock is needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which calls are counted apart; above is one more."""


class Times:
    """How long the calls of one face took."""

    __slots__ = ("seconds", "within")

    def __init__(self) -> None:
        self.seconds = 0.0
        """Of all calls together."""
        self.within = [0] * (len(BOUNDS) + 1)
        """Calls that took longer than the bound before and no longer than this one."""


class Metrics:
    """The calls of one site."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        """By face and status."""
        self.times: dict[str, Times] = {}
        """By face."""

    def count(self, face: str, status: int, seconds: float) -> None:
        """Note a call."""
        self.answers[face, status] += 1
        times = self.times.get(face)
        if times is None:
            times = self.times[face] = Times()
        times.seconds += seconds
        times.within[bisect_left(BOUNDS, seconds)] += 1
