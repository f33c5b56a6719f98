"""Differences as people read them: what comes from one cause once, with how often it was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from eloqua_contracts.comparing.differences import Axis, Compared, Difference

_MOST = 160
_MOST_WHERE = 3


@dataclass
class Entry:
    """Differences of one cause."""

    first: Difference
    count: int = 0
    where: Counter[str] = field(default_factory=Counter)
    """The contracts in which it was seen."""


def entries(found: Iterable[tuple[str, Compared]]) -> list[Entry]:
    """All differences of all contracts by cause, in the order of the axes, what was seen most often first."""
    by_cause: dict[tuple[str, ...], Entry] = {}
    for name, compared in found:
        for difference in compared.differences:
            entry = by_cause.setdefault(difference.cause, Entry(difference))
            entry.count += 1
            entry.where[name] += 1
    order = list(Axis)
    return sorted(by_cause.values(), key=lambda each: (order.index(each.first.axis), -each.count))


def lines(entry: Entry, left: str, right: str) -> Iterator[str]:
    """A cause with its place, what was on either side, and where it was seen.

    Args:
        entry: the cause.
        left: what the sides are called.
        right: the other.
    """
    first, width = entry.first, max(len(left), len(right))
    times = "once" if entry.count == 1 else f"{entry.count} times"
    yield f"{first.axis:8} {first.place}  {times}"
    yield f"         {first.call}"
    yield f"         {left:{width}}  {_cut(first.left)}"
    yield f"         {right:{width}}  {_cut(first.right)}"
    names = list(entry.where)
    more = f" and {len(names) - _MOST_WHERE} more" if len(names) > _MOST_WHERE else ""
    yield f"         in {', '.join(names[:_MOST_WHERE])}{more}"


def document(found: Iterable[Entry], compared: Compared) -> dict[str, Any]:
    """The same for programs: differences by cause, and for each axis how many places agree of how many."""
    return {
        "differences": [
            {
                "axis": str(each.first.axis),
                "place": each.first.place,
                "call": each.first.call,
                "left": each.first.left,
                "right": each.first.right,
                "count": each.count,
                "contracts": list(each.where),
            }
            for each in found
        ],
        "score": {
            str(axis): {"agreeing": compared.agreeing(axis), "of": compared.counts[axis]}
            for axis in Axis
            if compared.counts[axis]
        },
    }


def score(compared: Compared) -> Iterator[str]:
    """How many places agree on each axis that was looked at; the axes are never summed."""
    for axis in Axis:
        if count := compared.counts[axis]:
            yield f"{axis:8} {compared.agreeing(axis)} of {count}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."
