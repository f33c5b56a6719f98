"""What of two documents stands beside each other, so that one thing too much is one difference and not a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from eloqua_contracts.comparing.references import Letters, Moment, Pairing, Ref, Scalar


def pairs(left: Any, right: Any) -> Iterator[tuple[Ref, Ref]]:
    """The references at the same places of two documents."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left:
            if key in right:
                yield from pairs(left[key], right[key])
    elif isinstance(left, list) and isinstance(right, list):
        for at, to in aligned(*([likeness(each) for each in side] for side in (left, right))):
            if at is not None and to is not None:
                yield from pairs(left[at], right[to])
    elif isinstance(left, Scalar) and isinstance(right, Scalar) and len(left.parts) == len(right.parts):
        for one, other in zip(left.parts, right.parts, strict=True):
            if isinstance(one, Ref) and isinstance(other, Ref):
                yield one, other


def likeness(found: Any, pairing: Pairing | None = None, *, on_right: bool = False) -> Any:
    """What two values have in common that are the same; without a pairing, any id is like any other of its kind."""
    if isinstance(found, dict):
        return tuple((key, likeness(each, pairing, on_right=on_right)) for key, each in found.items())
    if isinstance(found, list):
        return tuple(likeness(each, pairing, on_right=on_right) for each in found)
    if not isinstance(found, Scalar):
        return found
    parts: list[str] = []
    for part in found.parts:
        if isinstance(part, Ref):
            parts.append(pairing.name(part, on_right=on_right) if pairing else f"<{part.kind}>")
        elif isinstance(part, Moment):
            parts.append(f"<{part.form}>")
        elif isinstance(part, Letters):
            parts.append("<letters>")
        else:
            parts.append(part if isinstance(part, str) else "#")
    return (found.type, *parts)


def aligned(left: Sequence[Any], right: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which of two sequences stand beside each other: all in turn, or with gaps where one is longer."""
    if len(left) == len(right):
        yield from zip(range(len(left)), range(len(right)), strict=True)
        return
    shorter = min(len(left), len(right))
    head = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    tail = next((at for at in range(shorter - head) if left[-1 - at] != right[-1 - at]), shorter - head)
    yield from ((at, at) for at in range(head))
    ends = (len(left) - tail, len(right) - tail)
    matcher = SequenceMatcher(None, left[head : ends[0]], right[head : ends[1]], autojunk=False)
    for _, begin, end, start, stop in matcher.get_opcodes():
        for at in range(max(end - begin, stop - start)):
            one, other = head + begin + at, head + start + at
            yield (one if begin + at < end else None, other if start + at < stop else None)
    yield from ((ends[0] + at, ends[1] + at) for at in range(tail))


def matched(left: Sequence[Any], right: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Which of two sequences of the same things are the same."""
    places: dict[Any, list[int]] = {}
    for at, each in enumerate(right):
        places.setdefault(each, []).append(at)
    for at, each in enumerate(left):
        yield at, places[each].pop(0)


def renamed_keys(left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Keys that are called otherwise on the right: at the same place, with a value of the same likeness."""
    return {
        one: other
        for (one, value), (other, its) in zip(left.items(), right.items(), strict=False)
        if one not in right and other not in left and likeness(value) == likeness(its)
    }
