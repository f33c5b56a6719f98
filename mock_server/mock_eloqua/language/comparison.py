"""One comparison, as every language has it, and its SQL.

Where SQL would say NULL about a blank, the condition may too: that is enough below AND and OR, and
`logic.negation` knows. `!=` finds blanks [inferred: what is blank differs from every value].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from operator import eq, ge, gt, le, lt
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    true,
)

from mock_eloqua.dates import EASTERN
from mock_eloqua.language import literals, patterns
from mock_eloqua.language.errors import BadValue, UnknownName
from mock_eloqua.language.operands import Kind, Operand, Resolver

Condition = ColumnElement[bool]


def _differs(column: ColumnElement[Any], value: ColumnElement[Any]) -> Condition:
    return column.is_distinct_from(value)


_OPERATORS: dict[str, Callable[[Any, Any], Condition]] = {
    "=": eq,
    "!=": _differs,
    ">": gt,
    "<": lt,
    ">=": ge,
    "<=": le,
}
_TEXTS = (Kind.TEXT, Kind.NUMBER, Kind.DATE)
# Written into the SQL: as parameters, the thousand conditions of a long search would be too many for a database.
_DIGITS: ColumnElement[str] = literal_column("'0123456789'")
_POINT: ColumnElement[str] = literal_column("'.'")
_SIGNS: tuple[ColumnElement[str], ...] = (literal_column("''"), literal_column("'-'"))
_TWO_POINTS: ColumnElement[str] = literal_column("'%..%'")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name operator value`."""

    name: str
    operator: str
    """`=`, `!=`, `>`, `<`, `>=`, `<=`, or `~`, which is SQL's LIKE."""
    value: str
    position: int = 0
    """Where the name stands in the text."""


def condition(
    comparison: Comparison, resolve: Resolver, text: str, *, zone: tzinfo = EASTERN, wildcard: str = "*"
) -> Condition:
    """The SQL of one comparison, for any of the two databases, which it never makes fail.

    Args:
        comparison: what is asked.
        resolve: tells what its name stands for.
        text: what it was read from, for errors.
        zone: where the clocks stand that dates without an offset are read by.
        wildcard: stands for any run of characters after `=` and `!=`; none when `""`.

    Raises:
        UnknownName: there is no such name.
        BadValue: the value does not go with the operator.
    """
    operand = resolve(comparison.name)
    if operand is None:
        raise UnknownName(text, comparison.position, comparison.name)
    if not literals.storable(comparison.value):
        return _of_no_value(comparison.operator)
    if comparison.value == "":
        return _blank(comparison, operand, text)
    pattern = _pattern(comparison, wildcard)
    if pattern is None:
        return _COMPARED[operand.kind](comparison.operator, operand, comparison.value, zone)
    if len(pattern) > patterns.LONGEST:
        raise BadValue(text, comparison.position, f"more than {patterns.LONGEST} characters with wildcards")
    return _like(comparison.operator, operand, pattern)


def _of_no_value(operator: str) -> Condition:
    """The comparison with a literal that no stored value can equal."""
    return true() if operator == "!=" else false()


def _blank(comparison: Comparison, operand: Operand, text: str) -> Condition:
    if comparison.operator in ("<", ">", "<=", ">="):
        raise BadValue(text, comparison.position, f"{comparison.operator} takes a value")
    nothing: Condition = operand.expression.is_(None)
    if operand.kind in _TEXTS:
        nothing = or_(nothing, operand.expression == "")
    return not_(nothing) if comparison.operator == "!=" else nothing


def _pattern(comparison: Comparison, wildcard: str) -> str | None:
    """The LIKE pattern that the value means, or None when it has no wildcard."""
    if comparison.operator == "~":
        return patterns.escaped(comparison.value)
    if wildcard and wildcard in comparison.value and comparison.operator in ("=", "!="):
        return patterns.like(comparison.value, wildcard)
    return None


def _like(operator: str, operand: Operand, pattern: str) -> Condition:
    if not pattern.strip("%"):
        return false() if operator == "!=" else true()
    text = _text_of(operand)
    if operand.folded:
        found = text.like(pattern.lower(), escape=patterns.ESCAPE)
    else:
        # Both by the database: its idea of lower case is not Python's.
        found = func.lower(text).like(func.lower(literal(pattern)), escape=patterns.ESCAPE)
    return or_(text.is_(None), not_(found)) if operator == "!=" else found


def _text_of(operand: Operand) -> ColumnElement[Any]:
    """An operand as people read it, for patterns [inferred for all kinds but text]."""
    expression = operand.expression
    if operand.kind in _TEXTS:
        return expression
    if operand.kind is Kind.BOOLEAN:
        return case((expression.is_(True), "true"), (expression.is_(False), "false"), else_="")
    if operand.kind is Kind.INSTANT:
        # Both databases cut a quotient off towards nought; REST's seconds are rounded down.
        expression = (expression - case((expression < 0, 999), else_=0)) // 1000
    return cast(expression, String)


def _text(operator: str, operand: Operand, value: str, _: tzinfo) -> Condition:
    """Whole values, without case; which text is before which is for the database's collation to say."""
    column = operand.expression
    if operand.folded:
        return _unless_blank(operator, operand, _OPERATORS[operator](column, literal(value.lower())))
    return _unless_blank(operator, operand, _OPERATORS[operator](func.lower(column), func.lower(literal(value))))


def _unless_blank(operator: str, operand: Operand, found: Condition) -> Condition:
    """What is blank is neither above nor below anything, though SQL finds `''` below all texts."""
    return and_(operand.expression != "", found) if operator in ("<", "<=") else found


def _number(operator: str, operand: Operand, value: str, _: tzinfo) -> Condition:
    wanted = literals.decimal(value)
    if wanted is None:
        return _of_no_value(operator)
    return _OPERATORS[operator](number_of(operand.expression), cast(literal(wanted), Numeric()))


def number_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The number in a text, NULL where there is none: PostgreSQL fails on casting other texts, SQLite takes 0.

    A decimal ends in digits and has, before them, at most a point, digits and a sign.
    """
    before = func.rtrim(column, _DIGITS)
    sign = func.rtrim(func.rtrim(before, _POINT), _DIGITS)
    is_decimal = and_(before != column, sign.in_(_SIGNS), column.not_like(_TWO_POINTS))
    return case((is_decimal, cast(column, Numeric())), else_=None)


def _date(operator: str, operand: Operand, value: str, zone: tzinfo) -> Condition:
    span = literals.eastern_dates(value, zone)
    if span is None:
        return _of_no_value(operator)
    found = _within(operator, operand.expression, literal(span[0]), literal(span[1]))
    return _unless_blank(operator, operand, found)


def _instant(operator: str, operand: Operand, value: str, zone: tzinfo) -> Condition:
    return _whole(operator, operand, literals.instants(value, zone))


def _id(operator: str, operand: Operand, value: str, _: tzinfo) -> Condition:
    number = literals.integer(value)
    return _whole(operator, operand, None if number is None else (number, number))


def _whole(operator: str, operand: Operand, span: tuple[int, int] | None) -> Condition:
    if span is None:
        return _of_no_value(operator)
    if max(map(abs, span)) > _LARGEST:
        below = operator in (("<", "<=") if span[0] > 0 else (">", ">="))
        return operand.expression.is_not(None) if below else _of_no_value(operator)
    # The type is said because a column's own may be too narrow for the literal.
    first, last = (literal(end, BigInteger()) for end in span)
    return _within(operator, operand.expression, first, last)


def _within(
    operator: str, column: ColumnElement[Any], first: ColumnElement[Any], last: ColumnElement[Any]
) -> Condition:
    """A comparison with a span of time: after it is after its end, up to it includes it."""
    match operator:
        case "=":
            return column.between(first, last)
        case "!=":
            return or_(column.is_(None), column < first, column > last)
        case ">" | "<=":
            return _OPERATORS[operator](column, last)
        case _:
            return _OPERATORS[operator](column, first)


def _boolean(operator: str, operand: Operand, value: str, _: tzinfo) -> Condition:
    wanted = literals.boolean(value)
    if wanted is None or operator not in ("=", "!="):
        return _of_no_value(operator)
    return operand.expression.is_(wanted) if operator == "=" else operand.expression.is_not(wanted)


_COMPARED: dict[Kind, Callable[[str, Operand, str, tzinfo], Condition]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
    Kind.BOOLEAN: _boolean,
    Kind.ID: _id,
}
