"""Every difference of two runs: of their calls, and of the answers, down to a key, an order, a type or a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from eloqua_contracts.comparing.alignment import aligned, likeness, matched, pairs, renamed_keys
from eloqua_contracts.comparing.documents import document
from eloqua_contracts.comparing.references import (
    Moment,
    Names,
    Pairing,
    Ref,
    Scalar,
    kind_of,
    marked,
    path_marked,
    text_marked,
)
from eloqua_contracts.exchange import Exchange


class Axis(StrEnum):
    """In what two runs can differ; each is counted by itself."""

    VERDICT = "verdict"
    CALLS = "calls"
    STATUS = "status"
    REASON = "reason"
    HEADERS = "headers"
    KEYS = "keys"
    ORDER = "order"
    TYPES = "types"
    VALUES = "values"


@dataclass(frozen=True)
class Difference:
    """One place that is not the same."""

    axis: Axis
    call: str
    """`GET /API/REST/2.0/data/contact/<contact:1>`."""
    place: str
    """Of the answer: `body.elements[3].name`, `header content-type`."""
    left: str
    right: str

    @property
    def cause(self) -> tuple[str, ...]:
        """What differences have in common that come from one thing."""
        place = re.sub(r"\[\d+\]", "", self.place)
        call = re.sub(r":\d+>", ">", self.call.partition("?")[0])
        if self.axis is Axis.VALUES:
            return (self.axis, call, place)
        if self.axis in (Axis.HEADERS, Axis.REASON):
            return (self.axis, place, self.left, self.right)
        return (self.axis, call, place, self.left if self.axis is Axis.TYPES else "", self.right)


@dataclass
class Compared:
    """What two runs have in common, and what not."""

    differences: list[Difference] = field(default_factory=list)
    counts: Counter[Axis] = field(default_factory=Counter)
    """How often each axis was looked at."""

    def look(self, axis: Axis, *, same: bool, call: str, place: str, left: str, right: str) -> None:
        """Count one place."""
        self.counts[axis] += 1
        if not same:
            self.differences.append(Difference(axis, call, place, left, right))

    def agreeing(self, axis: Axis) -> int:
        """Of the places that were looked at, those that are the same."""
        return self.counts[axis] - sum(each.axis is axis for each in self.differences)

    def __iadd__(self, other: Compared) -> Self:
        self.differences += other.differences
        self.counts += other.counts
        return self


@dataclass(frozen=True)
class Side:
    """The exchanges of an example, with what its site calls its own."""

    exchanges: Sequence[Exchange]
    names: Names = field(default_factory=dict)


_OF_THE_WAY = frozenset(
    {"connection", "content-encoding", "content-length", "date", "keep-alive", "server", "transfer-encoding", "via"}
)
"""Headers that say how an answer travelled."""
_ANOTHER_EACH_TIME = frozenset({"etag", "last-modified", "set-cookie", "x-request-id"})
"""Headers of which it matters only that they are there."""


def compared(examples: Iterable[tuple[Side, Side]]) -> Compared:
    """Compare runs of the same examples of one contract on two sites, in which an id is the same thing throughout."""
    both = [_Example(left, right) for left, right in examples]
    pairing = Pairing(pair for each in both for pair in each.pairs())
    found = Compared()
    for each in both:
        each.compare(pairing, found)
    return found


@dataclass(frozen=True)
class _Call:
    """An exchange with its parts told."""

    exchange: Exchange
    path: Scalar
    sent: Any
    body: Any
    headers: dict[str, Scalar]

    @property
    def likeness(self) -> Any:
        """What calls have in common that can be compared."""
        return (self.exchange.method, self.exchange.user, self.exchange.action, likeness(self.path))


def _told(exchange: Exchange, names: Names) -> _Call:
    sent = document(exchange.sent, exchange.asked)
    kind = kind_about(exchange)
    headers = {
        name: Scalar("text", ()) if name in _ANOTHER_EACH_TIME else text_marked(value, names)
        for name, value in sorted(exchange.headers.items())
        if name not in _OF_THE_WAY
    }
    return _Call(
        exchange,
        path_marked(exchange.path, names),
        marked(sent, kind=kind, names=names),
        marked(document(exchange.body, exchange.headers), kind=kind, names=names),
        headers,
    )


def kind_about(exchange: Exchange) -> str:
    """The kind of what a call is about: by the type of a SOAP message, else by the path."""
    return _kind_in_soap(document(exchange.sent, exchange.asked)) or kind_of(exchange.path)


def _kind_in_soap(sent: Any) -> str:
    """The type of entity or asset that a message is about."""
    level = [sent]
    while level:
        inner: list[Any] = []
        for each in filter(lambda each: isinstance(each, dict), level):
            for key, value in each.items():
                if key in ("entityType", "EntityType", "assetType", "AssetType") and isinstance(value, dict):
                    return str(value.get("Name", "")).lower()
                inner.append(value)
        level = inner
    return ""


class _Example:
    """The calls of one example on both sides, one beside the other."""

    def __init__(self, left: Side, right: Side) -> None:
        self._left, self._right = (
            [_told(each, side.names) for each in _without_polls(side.exchanges)] for side in (left, right)
        )
        alike = aligned([each.likeness for each in self._left], [each.likeness for each in self._right])
        self._rows = [
            (self._left[at] if at is not None else None, self._right[to] if to is not None else None)
            for at, to in alike
        ]

    def pairs(self) -> Iterator[tuple[Ref, Ref]]:
        """References at the same places, in what was sent too."""
        for left, right in self._rows:
            if left and right and left.likeness == right.likeness:
                yield from pairs(left.path, right.path)
                yield from pairs(left.sent, right.sent)
                yield from pairs(left.body, right.body)
                for name in left.headers.keys() & right.headers.keys():
                    yield from pairs(left.headers[name], right.headers[name])

    def compare(self, pairing: Pairing, found: Compared) -> None:
        """Add what is not the same."""
        constants = frozenset(_constants(self._left) & _constants(self._right))
        for left, right in self._rows:
            call = _called(left, pairing) if left else _called(right, pairing, on_right=True)
            other = _called(right, pairing, on_right=True)
            same = bool(left and right and left.likeness == right.likeness)
            found.look(Axis.CALLS, same=same, call=call, place="call", left=_called(left, pairing), right=other)
            if left and right and same:
                _Answers(pairing, found, call, constants).compare(left, right)


def _called(call: _Call | None, pairing: Pairing, *, on_right: bool = False) -> str:
    if call is None:
        return "none"
    return f"{call.exchange.method} {_shown(call.path, pairing, on_right=on_right)} {call.exchange.action}".rstrip()


def _constants(calls: Iterable[_Call]) -> set[str]:
    """Times that the run chose: sent, and not before answered."""
    chosen: set[str] = set()
    answered: set[str] = set()
    for call in calls:
        chosen |= (_moments(call.path) | _moments(call.sent)) - answered
        answered |= _moments(call.body)
    return chosen


def _moments(found: Any) -> set[str]:
    return {part.text for each in _scalars(found) for part in each.parts if isinstance(part, Moment)}


def _scalars(found: Any) -> Iterator[Scalar]:
    if isinstance(found, Scalar):
        yield found
    elif found is not None:
        for each in found.values() if isinstance(found, dict) else found:
            yield from _scalars(each)


def _without_polls(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Of a question that is repeated until something has ended, the last one."""
    found: list[Exchange] = []
    for each in exchanges:
        if found and each.asks_again(found[-1]):
            found.pop()
        found.append(each)
    return found


class _Answers:
    """Compares the answers to one call."""

    def __init__(self, pairing: Pairing, found: Compared, call: str, constants: frozenset[str]) -> None:
        self._pairing = pairing
        self._found = found
        self._call = call
        self._constants = constants

    def compare(self, left: _Call, right: _Call) -> None:
        one, other = left.exchange, right.exchange
        self._look(Axis.STATUS, "status", one.status, other.status, same=one.status == other.status)
        if one.status == other.status:
            self._look(
                Axis.REASON, f"reason of {one.status}", one.reason, other.reason, same=one.reason == other.reason
            )
        for name in sorted(left.headers.keys() | right.headers.keys()):
            self._header(name, left.headers.get(name), right.headers.get(name))
        self._value("body", left.body, right.body)

    def _header(self, name: str, left: Scalar | None, right: Scalar | None) -> None:
        same = left is not None and right is not None and self._agree(left, right)
        shown = [_shown(each, self._pairing, on_right=each is right) if each else "none" for each in (left, right)]
        self._look(Axis.HEADERS, f"header {name}", *shown, same=same)

    def _value(self, place: str, left: Any, right: Any) -> None:
        kinds = [_type(each) for each in (left, right)]
        self._look(Axis.TYPES, place, *kinds, same=kinds[0] == kinds[1])
        if kinds[0] != kinds[1]:
            return
        if isinstance(left, dict):
            self._object(place, left, right)
        elif isinstance(left, list):
            self._list(place, left, right)
        elif isinstance(left, Scalar):
            shown = [_shown(left, self._pairing), _shown(right, self._pairing, on_right=True)]
            self._look(Axis.VALUES, place, *shown, same=self._agree(left, right))

    def _object(self, place: str, left: dict[str, Any], right: dict[str, Any]) -> None:
        renamed = renamed_keys(left, right)
        keys = [renamed.get(key, key) for key in left]
        for key, mine in zip(left, keys, strict=True):
            there = mine in right
            self._look(Axis.KEYS, f"{place}.{key}", "there", mine if there else "missing", same=key == mine and there)
            if there:
                self._value(f"{place}.{key}", left[key], right[mine])
        for key in right.keys() - set(keys):
            self._look(Axis.KEYS, f"{place}.{key}", "missing", "there", same=False)
        orders = [[key for key in keys if key in right], [key for key in right if key in set(keys)]]
        self._look(Axis.ORDER, place, *(" ".join(each) for each in orders), same=orders[0] == orders[1])

    def _list(self, place: str, left: list[Any], right: list[Any]) -> None:
        likes = [
            [likeness(each, self._pairing, on_right=number == 1) for each in side]
            for number, side in enumerate((left, right))
        ]
        turned = likes[0] != likes[1] and Counter(likes[0]) == Counter(likes[1])
        self._look(Axis.ORDER, place, "one order", "another", same=not turned)
        rows = matched(*likes) if turned else aligned(*likes)
        for at, to in rows:
            if at is not None and to is not None:
                self._value(f"{place}[{at}]", left[at], right[to])
            else:
                on_right = at is None
                here = _shown_whole(right[to or 0] if on_right else left[at or 0], self._pairing, on_right=on_right)
                shown = ("none", here) if on_right else (here, "none")
                self._look(Axis.VALUES, f"{place}[{to if on_right else at}]", *shown, same=False)

    def _agree(self, left: Scalar, right: Scalar) -> bool:
        return len(left.parts) == len(right.parts) and all(
            self._pairing.agree(one, other, self._constants) for one, other in zip(left.parts, right.parts, strict=True)
        )

    def _look(self, axis: Axis, place: str, left: object, right: object, *, same: bool) -> None:
        self._found.look(axis, same=same, call=self._call, place=place, left=str(left), right=str(right))


def _type(found: Any) -> str:
    if isinstance(found, Scalar):
        return found.type
    return "object" if isinstance(found, dict) else "list"


def _shown(scalar: Scalar, pairing: Pairing, *, on_right: bool = False) -> str:
    return "".join(pairing.name(each, on_right=on_right) for each in scalar.parts)


def _shown_whole(found: Any, pairing: Pairing, *, on_right: bool) -> str:
    if isinstance(found, Scalar):
        return _shown(found, pairing, on_right=on_right)
    inner = found.items() if isinstance(found, dict) else enumerate(found)
    return ", ".join(f"{key}: {_shown_whole(each, pairing, on_right=on_right)}" for key, each in inner)
