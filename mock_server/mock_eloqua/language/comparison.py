"""One comparison, as every language has it, and its SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Numeric, String, case, cast, false, func, literal, not_, or_, true

from mock_eloqua import dates
from mock_eloqua.dates import EASTERN
from mock_eloqua.language.errors import BadValue, UnknownName
from mock_eloqua.language.operands import Kind, Operand, Resolver

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "!=": ne, ">": gt, "<": lt, ">=": ge, "<=": le}
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
    comparison: Comparison, resolve: Resolver, text: str, *, zone: ZoneInfo = EASTERN, wildcard: str = "*"
) -> ColumnElement[bool]:
    """The SQL of one comparison. Date texts are read in *zone*; *wildcard* stands for anything, after `=` and `!=`.

    Raises:
        UnknownName: there is no such name.
        BadValue: the value does not go with the operator.
    """
    operand = resolve(comparison.name)
    if operand is None:
        raise UnknownName(text, comparison.position, comparison.name)
    if "\0" in comparison.value:
        return true() if comparison.operator == "!=" else false()
    if comparison.value == "":
        return _blank(comparison, operand, text)
    pattern = _pattern(comparison, wildcard)
    if pattern is not None:
        found = _like(operand, pattern)
        return not_(found) if comparison.operator == "!=" else found
    return _COMPARED[operand.kind](comparison.operator, operand, comparison.value, zone)


def _blank(comparison: Comparison, operand: Operand, text: str) -> ColumnElement[bool]:
    if comparison.operator not in ("=", "!="):
        raise BadValue(text, comparison.position, f"{comparison.operator} takes a value")
    expression = operand.expression
    nothing = or_(expression.is_(None), expression == "") if operand.kind in _TEXTS else expression.is_(None)
    return nothing if comparison.operator == "=" else not_(nothing)


_TEXTS = (Kind.TEXT, Kind.NUMBER, Kind.DATE)


def _pattern(comparison: Comparison, wildcard: str) -> str | None:
    """The LIKE pattern that the value means, or None when it has no wildcard."""
    if comparison.operator == "~":
        return comparison.value.replace("\\", "\\\\")
    if wildcard and wildcard in comparison.value and comparison.operator in ("=", "!="):
        plain = comparison.value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return plain.replace(wildcard, "%")
    return None


def _like(operand: Operand, pattern: str) -> ColumnElement[bool]:
    if not pattern.strip("%"):
        return true()
    text = func.coalesce(_folded_text(operand), "")
    return text.like(pattern.lower(), escape="\\")


def _folded_text(operand: Operand) -> ColumnElement[Any]:
    expression = operand.expression
    if operand.kind not in _TEXTS:
        expression = cast(expression, String)
    return expression if operand.folded else func.lower(expression)


def _text(operator: str, operand: Operand, value: str, _: ZoneInfo) -> ColumnElement[bool]:
    wanted = literal(value.lower()) if operand.folded else func.lower(literal(value))
    found = _OPERATORS[operator](_folded_text(operand), wanted)
    return _with_blank(operator, operand, found)


def _number(operator: str, operand: Operand, value: str, _: ZoneInfo) -> ColumnElement[bool]:
    try:
        wanted = Decimal(value.strip())
    except InvalidOperation:
        return _nothing(operator)
    if not wanted.is_finite() or abs(wanted) >= 10**15:
        return _nothing(operator)
    expression = operand.expression
    number = case((func.coalesce(expression, "") != "", cast(expression, Numeric(asdecimal=False))), else_=None)
    return _with_blank(operator, operand, _OPERATORS[operator](number, literal(float(wanted))))


def _date(operator: str, operand: Operand, value: str, zone: ZoneInfo) -> ColumnElement[bool]:
    instant = _instant_of(value, zone)
    if instant is None:
        return _nothing(operator)
    return _with_blank(operator, operand, _OPERATORS[operator](operand.expression, dates.eastern(instant[0])))


def _instant(operator: str, operand: Operand, value: str, zone: ZoneInfo) -> ColumnElement[bool]:
    span = _instant_of(value, zone)
    if span is None:
        return _nothing(operator)
    first, last = span
    column = operand.expression
    if operator in ("=", "!="):
        inside = column.between(first, last)
        return inside if operator == "=" else not_(inside)
    # A whole second: after it is after its end, up to it includes it.
    return _OPERATORS[operator](column, last if operator in (">", "<=") else first)


def _instant_of(value: str, zone: ZoneInfo) -> tuple[int, int] | None:
    """First and last millisecond that a literal names: Unix seconds name a whole second."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return (int(text) * 1000, int(text) * 1000 + 999) if len(text) <= 11 else None
    try:
        stored = dates.read(text)
        moment = dates.from_zone(stored, zone)
    except (ValueError, OverflowError):
        return None
    return moment, moment + (0 if "." in text or len(text) <= 10 else 999)


def _id(operator: str, operand: Operand, value: str, _: ZoneInfo) -> ColumnElement[bool]:
    text = value.strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 19 or abs(int(text)) > _LARGEST:
        return _nothing(operator)
    found: ColumnElement[bool] = _OPERATORS[operator](operand.expression, int(text))
    return found


def _boolean(operator: str, operand: Operand, value: str, _: ZoneInfo) -> ColumnElement[bool]:
    word = value.strip().lower()
    if word not in ("true", "false", "1", "0") or operator not in ("=", "!="):
        return _nothing(operator)
    wanted = (word in ("true", "1")) == (operator == "=")
    return operand.expression.is_(wanted)


def _nothing(operator: str) -> ColumnElement[bool]:
    """A literal that no stored value can equal."""
    return true() if operator == "!=" else false()


def _with_blank(operator: str, operand: Operand, found: ColumnElement[bool]) -> ColumnElement[bool]:
    """What is blank differs from every value, and is neither above nor below any."""
    if operator == "!=":
        return or_(operand.expression.is_(None), operand.expression == "", found)
    if operator in ("<", "<="):
        return (operand.expression != "") & found
    return found


_COMPARED: dict[Kind, Callable[[str, Operand, str, ZoneInfo], ColumnElement[bool]]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
    Kind.BOOLEAN: _boolean,
    Kind.ID: _id,
}
