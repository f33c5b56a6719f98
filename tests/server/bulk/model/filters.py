"""Filters of the model: what they mean for a record, and which may be said (`bulk` 15)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.server.bulk.model.entities import Entity, Record
from tests.server.bulk.model.exports import LINKS, STAMPS, row
from tests.server.bulk.model.values import DATE, EASTERN, FLAG, ID, NUMBER, WHOLE, moment

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
LIKE = "~"
LONGEST = 1000
TEXTS = "texts"


@dataclass(frozen=True)
class Operand:
    """What can be compared."""

    statement: str
    kind: str
    """`texts`, `number`, `date`, `flag`, `id`, or `instant`: a time stamp of the product."""
    read: Callable[[Record], str]
    """The record's value as an export tells it."""


def operands(entity: Entity) -> dict[str, Operand]:
    """What filters of an entity can ask: its fields, its id, its stamps."""

    def told(name: str, statement: str, kind: str) -> Operand:
        return Operand(statement, kind, lambda record: row(entity, record)[name])

    kinds = {WHOLE: NUMBER, NUMBER: NUMBER, DATE: DATE, FLAG: FLAG}
    own = {
        name: told(name, column.statement, ID if column.prefix == "" else kinds.get(column.kind, TEXTS))
        for name, column in entity.columns.items()
        if not column.is_link
    }
    stamps = {name: told(name, entity.statement(path), "instant") for name, path in STAMPS.items()}
    links = {"contact": ID, "account": ID, "code": TEXTS} if entity.linked else {}
    return own | stamps | {name: told(name, entity.statement(LINKS[name]), kind) for name, kind in links.items()}


@dataclass(frozen=True)
class Compare:
    """`operand sign literal`."""

    operand: Operand = field(repr=False)
    name: str
    sign: str
    literal: str


@dataclass(frozen=True)
class Among:
    """Being in a list (EXISTS), or waiting at an app's step in a status (STATUS)."""

    statement: str
    status: str | None
    ids: frozenset[int]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True)
class Joined:
    """All parts hold (`AND`), or any (`OR`)."""

    word: str
    parts: tuple[Node, ...]


Node = Compare | Among | Not | Joined


def holds(node: Node, record: Record, *, utc: bool = False) -> bool:
    """Does a filter choose a record? Dates are Eastern, or UTC where the export says so."""
    match node:
        case Compare():
            return _compares(node, node.operand.read(record), utc)
        case Among(ids=ids):
            return record.id in ids
        case Not(part):
            return not holds(part, record, utc=utc)
        case Joined(word, parts):
            decide = all if word == "AND" else any
            return decide(holds(part, record, utc=utc) for part in parts)


def may_be_said(node: Node, text: str) -> bool:
    """At most one EXISTS, one STATUS, and a thousand characters."""
    among = [each for each in leaves(node) if isinstance(each, Among)]
    standings = sum(each.status is not None for each in among)
    return standings <= 1 and len(among) - standings <= 1 and len(text) <= LONGEST


def leaves(node: Node) -> Iterator[Compare | Among]:
    """The single conditions of a filter."""
    match node:
        case Not(part):
            yield from leaves(part)
        case Joined(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield node


def _compares(node: Compare, value: str, utc: bool) -> bool:
    if node.literal == "":  # finds what is blank
        return (value == "") != (node.sign == "!=")
    if node.sign == LIKE:
        return _is_like(value, node.literal)
    if value == "":  # neither above nor below anything, and no value's equal
        return node.sign == "!="
    if node.operand.kind in (DATE, "instant"):
        return _in_time(node, value, utc)
    return _by_value(
        node.sign, *map(_READ[node.operand.kind], (value, node.literal)), ordered=node.operand.kind != FLAG
    )


def _by_value(sign: str, left: Any, right: Any, *, ordered: bool) -> bool:
    if right is None or (not ordered and sign not in ("=", "!=")):  # no value of this kind
        return sign == "!="
    return SIGNS[sign](left, right)


def _decimal(text: str) -> Decimal | None:
    text = text.strip()
    return Decimal(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text, re.ASCII) else None


def _integer(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d+", text.strip(), re.ASCII) else None


def _flag(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower())


_READ: Mapping[str, Callable[[str], Any]] = {TEXTS: str.lower, NUMBER: _decimal, ID: _integer, FLAG: _flag}


def _is_like(text: str, pattern: str) -> bool:
    """SQL's LIKE without case; what is blank is like a run of anything only."""
    wanted = "".join({"%": ".*", "_": "."}.get(sign) or re.escape(sign) for sign in pattern.lower())
    return not pattern.strip("%") or (text != "" and bool(re.fullmatch(wanted, text.lower(), re.DOTALL)))


def _in_time(node: Compare, value: str, utc: bool) -> bool:
    """A literal names a whole second unless it has a fraction; a day names its midnight."""
    first, last = _span(node.literal, utc)
    clock = datetime.fromisoformat(value)
    match node.sign:
        case "=" | "!=":
            return (first <= clock <= last) == (node.sign == "=")
        case ">" | "<=":
            return SIGNS[node.sign](clock, last)
        case _:
            return SIGNS[node.sign](clock, first)


def _span(literal: str, utc: bool) -> tuple[datetime, datetime]:
    """In Eastern time, as the values are told."""
    first = moment(literal)
    if utc and not literal.endswith("Z"):
        first = first.replace(tzinfo=UTC).astimezone(EASTERN).replace(tzinfo=None)
    is_second = ":" in literal and "." not in literal
    return first, first + timedelta(milliseconds=999 if is_second else 0)
