"""What came of a run, on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from eloqua_contracts.runner import Outcome, Verdict

NOT_GOOD = frozenset({Verdict.BROKEN, Verdict.UNKNOWN})
_MOST_OF_A_BODY = 300


def lines_of(outcome: Outcome) -> Iterator[str]:
    """A line for what was held; below it for the others why, with the smallest example and its calls."""
    yield f"{outcome.verdict:13} {outcome.name}"
    if outcome.verdict is not Verdict.HELD:
        yield from (f"              {line}" for line in _told(outcome))


def beside(left: Iterable[Outcome], right: Iterable[Outcome]) -> Iterator[str]:
    """What came otherwise on one of two targets, with the reasons; nothing of what came alike."""
    for name, both in different(left, right).items():
        verdicts = [each.verdict.value if each else "not run" for each in both]
        yield f"{verdicts[0]:13} {verdicts[1]:13} {name}"
        yield from (f"{' ' * 14 * number}{each.why}" for number, each in enumerate(both) if each and each.why)


def different(left: Iterable[Outcome], right: Iterable[Outcome]) -> dict[str, tuple[Outcome | None, Outcome | None]]:
    """What came otherwise on one of two targets, by name; None: it was not run there."""
    lefts, rights = ({each.name: each for each in outcomes} for outcomes in (left, right))
    both = {name: (lefts.get(name), rights.get(name)) for name in dict.fromkeys((*lefts, *rights))}
    return {name: (one, other) for name, (one, other) in both.items() if _verdict(one) is not _verdict(other)}


def document(outcomes: Collection[Outcome]) -> dict[str, Any]:
    """Outcomes as JSON has them, in short; `reports.record` is in full."""
    counts = Counter(each.verdict for each in outcomes)
    return {
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "outcomes": [{"name": each.name, "verdict": each.verdict.value, "why": each.why} for each in outcomes],
    }


def summary(outcomes: Iterable[Outcome]) -> str:
    """How many were held, broken, skipped, or could not be found out."""
    counts = Counter(each.verdict for each in outcomes)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])


def _verdict(outcome: Outcome | None) -> Verdict | None:
    return outcome.verdict if outcome else None


def _told(outcome: Outcome) -> Iterator[str]:
    if outcome.verdict is Verdict.SKIPPED:
        yield outcome.why
        return
    yield f"{outcome.contract.sentence} [{outcome.contract.sure}: {outcome.contract.source}]"
    yield outcome.why
    if outcome.drawn:
        yield f"with {', '.join(outcome.drawn)}"
    for each in outcome.exchanges:
        yield str(each)
        if each.sent:
            yield f"  sent     {each.sent[:_MOST_OF_A_BODY]!r}"
        yield f"  answered {each.body[:_MOST_OF_A_BODY]!r}"
