"""The table: ours beside its floor, the medians over the rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measure:
    """One line of the table."""

    name: str
    unit: str
    target: str = ""
    decimals: int = 0


Sample = tuple[Measure, float, float]
"""A measure, ours, the floor."""


def table(samples: Iterable[Sample]) -> str:
    """As Markdown. The ratio is ours to the floor, of the medians."""
    found: dict[Measure, list[tuple[float, float]]] = defaultdict(list)
    for measure, ours, floor in samples:
        found[measure].append((ours, floor))
    rows = [("measure", "unit", "ours", "floor", "ratio", "target", "rounds")]
    for measure, pairs in found.items():
        ours, floor = (median(column) for column in zip(*pairs, strict=True))
        numbers = (f"{ours:,.{measure.decimals}f}", f"{floor:,.{measure.decimals}f}", f"{ours / floor:.2f}")
        rows.append((measure.name, measure.unit, *numbers, measure.target, str(len(pairs))))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([head, "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines])
