"""The Eloqua Expression Language: filters of Bulk exports (`bulk` 15); its grammar is `filter.lark`.

How long a filter may be, and how many EXISTS it may have, is for the Bulk engine to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement

from mock_eloqua.dates import EASTERN
from mock_eloqua.language import grammar, logic
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import SyntaxProblem, UnknownName
from mock_eloqua.language.operands import Resolver

if TYPE_CHECKING:
    from lark import Token

DEEPEST = 100
"""Brackets and NOTs inside each other [inferred]; no recursion over a filter goes deeper."""


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

Standing = Callable[[str, str], ColumnElement[bool] | None]
"""Gives the condition of `STATUS(statement) = value`; None when there is nothing of that kind."""


def parse(text: str) -> Node:
    """Read a filter.

    Raises:
        SyntaxProblem: it does not follow the grammar, or is nested deeper than anyone means.
    """
    _check_depth(text)
    node: Node = grammar.parse("filter", text, _Builder)
    return node


_NESTING = re.compile(r"'[^']*'|(?P<call>(?:EXISTS|STATUS)\s*\()|\(|\)|NOT", re.IGNORECASE)


def _check_depth(text: str) -> None:
    """Refuse what is too deep before it is read: the tree it would make is walked by recursion."""
    opened: list[int] = []
    depth = waiting = 0
    for found in _NESTING.finditer(text):
        if found["call"]:
            opened.append(0)
        elif found[0] == "(":
            opened.append(waiting + 1)
            depth += waiting + 1
        elif found[0] == ")":
            depth -= opened.pop() if opened else 0
        # NOTs wait for the condition or bracket that they stand before.
        waiting = waiting + 1 if found[0].upper() == "NOT" else 0
        if depth + waiting > DEEPEST:
            reason = f"more than {DEEPEST} brackets and NOTs inside each other"
            raise SyntaxProblem(text, found.start(), reason)


class _Builder:
    """What the rules of the grammar make."""

    def any(self, parts: list[Node]) -> Node:
        return Or(tuple(parts))

    def all(self, parts: list[Node]) -> Node:
        return And(tuple(parts))

    def negation(self, parts: list[Node]) -> Node:
        return Not(parts[0])

    def comparison(self, tokens: list[Token]) -> Node:
        name, operator, value = tokens
        return Comparison(_unquoted(name), str(operator), _unquoted(value), name.start_pos or 0)

    def exists(self, tokens: list[Token]) -> Node:
        return Exists(_unquoted(tokens[0]), tokens[0].start_pos or 0)

    def status(self, tokens: list[Token]) -> Node:
        return Status(_unquoted(tokens[0]), _unquoted(tokens[1]), tokens[0].start_pos or 0)


def _unquoted(token: str) -> str:
    """The text between the quotes; a doubled quote is one [inferred]."""
    return token[1:-1].replace("''", "'")


def to_sql(
    node: Node,
    resolve: Resolver,
    exists: Membership,
    text: str = "",
    zone: tzinfo = EASTERN,
    status: Standing | None = None,
) -> ColumnElement[bool]:
    """The SQL of a filter.

    Args:
        node: what `parse` gave.
        resolve: tells what a statement stands for; it gets the whole statement, with its braces.
        exists: gives the conditions of EXISTS.
        text: what was parsed, for errors.
        zone: where the clocks stand that dates are read by: Eastern, or UTC where the export says so [doc].
        status: gives the conditions of STATUS; without it there are none.

    Raises:
        UnknownName: a part names what is not there.
        BadValue: a value does not go with its operator.
    """

    def leaf(part: Comparison | Exists | Status) -> ColumnElement[bool]:
        if isinstance(part, Comparison):
            return condition(part, resolve, text, zone=zone, wildcard="")
        if isinstance(part, Exists):
            found = exists(part.statement)
        else:
            found = status(part.statement, part.value) if status else None
        if found is None:
            raise UnknownName(text, part.position, part.statement)
        return found

    return logic.sql(_tree(node, leaf, negated=False))


_Leaf = Callable[[Comparison | Exists | Status], ColumnElement[bool]]


def _tree(node: Node, leaf: _Leaf, *, negated: bool) -> logic.Tree:
    """The conditions of a filter, with each NOT moved down to the single conditions it concerns."""
    match node:
        case Not(part):
            return _tree(part, leaf, negated=not negated)
        case Or(parts) | And(parts):
            every = isinstance(node, And) != negated
            return logic.joined(every, [_tree(part, leaf, negated=negated) for part in parts])
        case _:
            return logic.negation(leaf(node)) if negated else leaf(node)
