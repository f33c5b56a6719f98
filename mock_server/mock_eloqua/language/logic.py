"""And, or and not in SQL, however many and however deep. What is joined is not for here.

Written down as they come, conditions soon meet limits: SQLite refuses more than a thousand in a row, its
parser holds a hundred open symbols (some fifteen brackets), and SQLAlchemy recurses once per level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, ColumnElement, and_, case, false, func, not_, or_, true, type_coerce
from sqlalchemy.sql.elements import Grouping

_WIDEST = 250
_TALLEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Junction:
    """Parts of which all, or any, have to hold."""

    every: bool
    parts: tuple[Tree, ...]
    size: int
    """Conditions in it, those of its parts included."""
    height: int
    """Junctions inside each other."""


Tree = Junction | ColumnElement[bool]
"""Conditions, joined or single."""


def joined(every: bool, parts: Iterable[Tree]) -> Tree:
    """All of the parts, or any; an `and` inside an `and` becomes part of it."""
    flat: list[Tree] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Junction) and part.every == every else (part,))
    if len(flat) == 1:
        return flat[0]
    return Junction(every, tuple(flat), sum(map(_size, flat)), 1 + max(map(_height, flat), default=0))


def negation(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Does not hold. What SQL cannot decide, because a column is NULL, counts as not holding."""
    return not_(func.coalesce(condition, false()))


def all_of(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """All hold; true without any."""
    return and_(true(), *_groups(True, conditions))


def any_of(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """At least one holds; false without any."""
    return or_(false(), *_groups(False, conditions))


def _groups(every: bool, conditions: Sequence[ColumnElement[bool]]) -> Sequence[ColumnElement[bool]]:
    """At most so many conditions in a row; more are put into brackets, a row each."""
    if len(conditions) <= _WIDEST:
        return conditions
    join = and_ if every else or_
    starts = range(0, len(conditions), _WIDEST)
    # Of its own brackets SQLAlchemy takes the content out again, into the row around them; not of a coercion.
    return [type_coerce(Grouping(join(*conditions[start : start + _WIDEST])), Boolean()) for start in starts]


def sql(tree: Tree) -> ColumnElement[bool]:
    """The SQL of joined conditions."""
    if not isinstance(tree, Junction):
        return tree
    if tree.height > _TALLEST:
        return _decisions(tree)
    join = all_of if tree.every else any_of
    return join([sql(part) for part in tree.parts])


def _decisions(tree: Tree) -> ColumnElement[bool]:
    """A tall tree as one flat CASE: each of the smaller parts may decide, then it is the largest part's turn.

    The smaller parts have at most half of the conditions, so CASEs nest as the logarithm of their number.
    No index serves a CASE, which is why lower trees are written down as they are.
    """
    decisions: list[tuple[ColumnElement[bool], ColumnElement[bool]]] = []
    while isinstance(tree, Junction) and tree.height > _TALLEST:
        largest = max(tree.parts, key=_size)
        others = [sql(part) for part in tree.parts if part is not largest]
        decisions += [(negation(part), false()) if tree.every else (part, true()) for part in others]
        tree = largest
    return case(*decisions, else_=sql(tree))


def _size(tree: Tree) -> int:
    return tree.size if isinstance(tree, Junction) else 1


def _height(tree: Tree) -> int:
    return tree.height if isinstance(tree, Junction) else 0
