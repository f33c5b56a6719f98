"""The `statement` of a contact filter: AND, OR and NOT over criteria (`rest` 11); its grammar is `criteria.lark`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement

from mock_eloqua.language import grammar, logic
from mock_eloqua.language.errors import SyntaxProblem

if TYPE_CHECKING:
    from lark import Token

DEEPEST = 100
"""Brackets inside each other, and NOTs in all [inferred]; no recursion over a statement goes deeper."""


@dataclass(frozen=True, slots=True)
class Joined:
    """All of the parts hold, or any of them."""

    every: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Node = Joined | Not | str
"""A text is the id of a criterion."""


def parse(text: str) -> Node:
    """Read a statement.

    Raises:
        SyntaxProblem: it does not follow the grammar, or is nested deeper than anyone means.
    """
    if text.upper().count("NOT") > DEEPEST or _depth(text) > DEEPEST:
        raise SyntaxProblem(text, None, f"more than {DEEPEST} brackets inside each other, or NOTs")
    node: Node = grammar.parse("criteria", text, _Builder)
    return node


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


class _Builder:
    """What the rules of the grammar make."""

    def any(self, parts: list[Node]) -> Node:
        return Joined(False, tuple(parts))

    def all(self, parts: list[Node]) -> Node:
        return Joined(True, tuple(parts))

    def negation(self, parts: list[Node]) -> Node:
        return Not(parts[0])

    def criterion(self, tokens: list[Token]) -> Node:
        sign, digits = ("-", tokens[0][1:]) if tokens[0].startswith("-") else ("", str(tokens[0]))
        return sign + (digits.lstrip("0") or "0")


def named(node: Node) -> Iterator[str]:
    """The ids of criteria in a statement."""
    match node:
        case Not(part):
            yield from named(part)
        case Joined(_, parts):
            for each in parts:
                yield from named(each)
        case _:
            yield node


def to_sql(node: Node, criterion: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """The SQL of a statement; *criterion* gives that of one of its criteria."""
    return logic.sql(_tree(node, criterion, negated=False))


def _tree(node: Node, criterion: Callable[[str], ColumnElement[bool]], *, negated: bool) -> logic.Tree:
    """The conditions, with each NOT moved down to the single criteria it concerns."""
    match node:
        case Not(part):
            return _tree(part, criterion, negated=not negated)
        case Joined(every, parts):
            return logic.joined(every != negated, [_tree(each, criterion, negated=negated) for each in parts])
        case _:
            return logic.negation(criterion(node)) if negated else criterion(node)
