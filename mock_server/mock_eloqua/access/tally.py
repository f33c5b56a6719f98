"""What a run went over, in all resets of a site: what would have been refused on a live POD, and was refused here."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from mock_eloqua.access.counters import Counter, Key
from mock_eloqua.problems import Problem, Problems

MOST_LABELS = 50
"""Tests that are remembered for each threshold."""


@dataclass(slots=True)
class Overheard:
    """The thresholds that a call met."""

    over: list[str] = field(default_factory=list)
    """Those that it went over, unrefused."""
    refused: list[str] = field(default_factory=list)
    """Those that turned it down."""
    counted: list[str] = field(default_factory=list)
    """Those that counted it."""

    def note(self, name: str, *, refused: bool) -> None:
        """One more, unless it is there."""
        met = self.refused if refused else self.over
        if name not in met:
            met.append(name)


OVERHEARD: ContextVar[Overheard | None] = ContextVar("mock_eloqua_overheard", default=None)
"""Where a call gathers them."""


@dataclass(slots=True)
class Entry:
    """One threshold."""

    over: int = 0
    """So often over the limit, which was not enforced."""
    refused: int = 0
    """So often refused."""
    highest: int = 0
    where: dict[str, int] = field(default_factory=dict)
    """Label to how often it was over there."""


class Tally:
    """Lives as long as the server's view of a site: neither a reset nor a snapshot takes it back."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self.label = ""
        """What runs now, such as the id of a test."""
        self._entries: dict[str, Entry] = {}

    def note(self, name: str, *, refused: bool) -> None:
        """A threshold was reached once more."""
        entry, overheard = self._entries.setdefault(name, Entry()), OVERHEARD.get()
        if overheard is not None:
            overheard.note(name, refused=refused)
        if refused:
            entry.refused += 1
            if overheard is None:  # work in the background; what a call meets is noted with the call
                self._problems.note(Problem(name))
            return
        entry.over += 1
        if self.label and (self.label in entry.where or len(entry.where) < MOST_LABELS):
            entry.where[self.label] = entry.where.get(self.label, 0) + 1

    def absorb(self, counters: Mapping[Key, Counter]) -> None:
        """Remember the highest use that counters have seen, which are about to go."""
        for (name, _), counter in counters.items():
            entry = self._entries.setdefault(name, Entry())
            entry.highest = max(entry.highest, counter.highest)

    def of(self, name: str) -> Entry:
        """What is known of one threshold."""
        return self._entries.get(name, Entry())
