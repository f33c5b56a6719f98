"""The Eloqua Expression Language: filters of Bulk exports (`bulk` 15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, not_, or_

from mock_eloqua.dates import EASTERN
from mock_eloqua.language import grammar
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import SyntaxProblem, UnknownName
from mock_eloqua.language.operands import Resolver

_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Exists:
    """Being a member of what the statement names."""

    statement: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """Being in an app's step with that status."""

    statement: str
    value: str
    position: int = 0


Node = Or | And | Not | Exists | Status | Comparison
"""A comparison's name is its statement, braces and all."""

Membership = Callable[[str], ColumnElement[bool] | None]
"""Gives the condition of `EXISTS(statement)`; None when there is nothing of that kind."""


def parse(text: str) -> Node:
    """Read a filter.

    Raises:
        SyntaxProblem: it does not follow the grammar, or is nested deeper than anyone means.
    """
    _check_depth(text)
    node: Node = grammar.parse("filter", text, _builder()())
    return node


def _check_depth(text: str) -> None:
    outside = re.sub(r"'[^']*'", "", text)
    deepest = depth = 0
    for sign in outside:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest + len(re.findall(r"\bNOT\b", outside, re.IGNORECASE)) > _DEEPEST:
        raise SyntaxProblem(text, None, f"more than {_DEEPEST} brackets and NOTs inside each other")


@cache
def _builder() -> Any:
    from lark import Token, Transformer

    class Build(Transformer[Token, Node]):
        def any(self, parts: list[Node]) -> Node:
            return parts[0] if len(parts) == 1 else Or(tuple(parts))

        def all(self, parts: list[Node]) -> Node:
            return parts[0] if len(parts) == 1 else And(tuple(parts))

        def negation(self, parts: list[Node]) -> Node:
            return Not(parts[0])

        def comparison(self, tokens: list[Token]) -> Node:
            statement, operator, value = tokens
            return Comparison(_unquoted(statement), str(operator), _unquoted(value), statement.start_pos or 0)

        def exists(self, tokens: list[Token]) -> Node:
            return Exists(_unquoted(tokens[0]), tokens[0].start_pos or 0)

        def status(self, tokens: list[Token]) -> Node:
            return Status(_unquoted(tokens[0]), _unquoted(tokens[1]), tokens[0].start_pos or 0)

    return Build


def _unquoted(token: str) -> str:
    return token[1:-1].replace("''", "'")


def compile(  # noqa: A001  the field's word
    node: Node, resolve: Resolver, exists: Membership, text: str = "", zone: ZoneInfo = EASTERN
) -> ColumnElement[bool]:
    """The SQL of a filter; *resolve* gets whole statements, dates are read in *zone*.

    Raises:
        UnknownName, BadValue: a part asks for what cannot be.
    """

    def walk(each: Node) -> ColumnElement[bool]:
        match each:
            case Or(parts):
                return or_(*map(walk, parts))
            case And(parts):
                return and_(*map(walk, parts))
            case Not(part):
                return not_(walk(part))
            case Exists(statement, position):
                member = exists(statement)
                if member is None:
                    raise UnknownName(text, position, statement)
                return member
            case Status(statement, _, position):
                raise UnknownName(text, position, statement)
            case Comparison():
                return condition(each, resolve, text, zone=zone, wildcard="")

    return walk(node)
