"""The only reader of time. Every site has a clock of its own, which tests can stop and move."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Literal

TICKS_PER_SECOND = 10_000_000
"""The product stamps in .NET ticks of 100 ns: seven decimals on the wire."""
TICKS_PER_MILLISECOND = 10_000

DAY = 86_400_000
"""Milliseconds in a day."""

_LATEST = 253_402_300_799 * TICKS_PER_SECOND
"""The last second of the year 9999, the end of what the wire formats can say."""

Mode = Literal["real", "offset", "frozen", "scaled"]

stopwatch = time.perf_counter
"""Seconds on a scale without meaning, to measure how long something took."""


class BadTime(ValueError):
    """A time or a mode that the clock does not take; the text says what it takes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clock derives its time: `real`, `offset` from it, `frozen` at an instant, or `scaled`: faster or slower."""

    mode: Mode = "real"
    ticks: int = 0
    """Frozen: the instant, in ticks since 1970 UTC. Offset: what is added to real time, in ticks.
    Scaled: the instant from which it ran so."""
    factor: float = 1.0
    """Scaled: seconds of the site in a second of real time."""
    since: int = 0
    """Scaled: the real instant from which it ran so, in ticks."""


class Clock:
    """The time of one site."""

    def __init__(self, reading: Reading | None = None) -> None:
        self.reading = reading or Reading()

    def ticks(self) -> int:
        """Units of 100 ns since 1970 UTC."""
        if self.reading.mode == "frozen":
            return self.reading.ticks
        real = time.time_ns() // 100
        if self.reading.mode == "scaled":
            return min(self.reading.ticks + round((real - self.reading.since) * self.reading.factor), _LATEST)
        return real + self.reading.ticks

    def now(self) -> int:
        """Milliseconds since 1970 UTC: what the database keeps."""
        return self.ticks() // TICKS_PER_MILLISECOND

    @property
    def factor(self) -> float:
        """Seconds of the site in a second of real time: 0 while it is frozen."""
        return {"frozen": 0.0, "scaled": self.reading.factor}.get(self.reading.mode, 1.0)

    def freeze(self, at: int | None = None) -> None:
        """Stop, at *at* (ticks since 1970 UTC) or now."""
        self.reading = Reading("frozen", _checked(self.ticks() if at is None else at))

    def run(self) -> None:
        """Follow real time again."""
        self.reading = Reading()

    def offset(self, ticks: int) -> None:
        """Follow real time plus *ticks*."""
        _checked(time.time_ns() // 100 + ticks)
        self.reading = Reading("offset", ticks)

    def scale(self, factor: float) -> None:
        """From now on, run *factor* times as fast as real time.

        Raises:
            BadTime: it is no number from a thousandth to a million.
        """
        if not 0.001 <= factor <= 1_000_000:  # not: NaN is in no range
            raise BadTime(f"a clock runs at a factor from 0.001 to 1000000, not {factor!r}")
        self.reading = Reading("scaled", self.ticks(), factor, time.time_ns() // 100)

    def advance(self, seconds: float) -> None:
        """Move by *seconds*; a frozen clock stays frozen, a running one runs on from there at its pace."""
        ticks = round(seconds * TICKS_PER_SECOND)
        _checked(self.ticks() + ticks)
        if self.reading.mode in ("frozen", "scaled"):
            self.reading = replace(self.reading, ticks=self.reading.ticks + ticks)
        else:
            self.reading = Reading("offset", self.reading.ticks + ticks)

    def saved(self) -> dict[str, Any]:
        """What a snapshot keeps of this clock."""
        if self.reading.mode == "scaled":  # it runs on from here, however long the state was put away
            return {"mode": "scaled", "ticks": self.ticks(), "factor": self.reading.factor}
        return {"mode": self.reading.mode, "ticks": self.reading.ticks}

    @classmethod
    def restored(cls, saved: dict[str, Any]) -> Clock:
        """The clock that `saved` describes."""
        return cls(Reading(saved["mode"], saved["ticks"], saved.get("factor", 1.0), time.time_ns() // 100))


def _checked(ticks: int) -> int:
    if not 0 <= ticks <= _LATEST:
        raise BadTime("a clock shows times from 1970 to 9999")
    return ticks
