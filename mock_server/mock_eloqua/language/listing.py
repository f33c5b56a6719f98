"""What Bulk lists take: `q` to choose, `orderBy` to sort (`bulk` 6).

For lists of plain JSON objects, which are filtered in Python; the lists of REST are `search`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from mock_eloqua.language import patterns
from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import BadValue, SyntaxProblem

_NAME = re.compile(r"\s*([A-Za-z_]\w*)\s*")
_OPERATOR = re.compile(r"(!=|>=|<=|=|>|<)\s*")
_DIRECTION = re.compile(r"([\s+]+(asc|desc))?[\s+]*", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d[ t]", re.ASCII)
_RANGES = {">": gt, "<": lt, ">=": ge, "<=": le}


def parse_q(text: str) -> Comparison:
    """`name=*Test*`, `"name='My List'"`, `createdAt<2025-07-01` [doc, client].

    The whole may stand in quotes, and so may the value.

    Raises:
        SyntaxProblem: the text is no comparison.
        BadValue: there is nothing to be more or less than.
    """
    start, end = _inside_quotes(text, 0, len(text))
    name = _NAME.match(text, start, end)
    if name is None:
        raise SyntaxProblem(text, start, "expected a name")
    operator = _OPERATOR.match(text, name.end(), end)
    if operator is None:
        raise SyntaxProblem(text, name.end(), "expected an operator")
    value = text[slice(*_inside_quotes(text, operator.end(), end))]
    if not value and operator[1] in _RANGES:
        raise BadValue(text, operator.start(), f"{operator[1]} takes a value")
    return Comparison(name[1], operator[1], value, name.start(1))


def _inside_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a part of the text begins and ends without blanks and a pair of quotes around it."""
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    if end - start > 1 and text[start] in "'\"" and text[end - 1] == text[start]:
        return start + 1, end - 1
    return start, max(start, end)


def matches(comparison: Comparison, item: Mapping[str, Any]) -> bool:
    """Does an object of the list fulfil it?

    Without case, `*` standing for anything; numbers by value, times by their text; what it has not is
    blank, and blank is neither more nor less than anything [inferred, all of it].
    """
    text, wanted = _text(item, comparison.name), comparison.value.lower()
    if comparison.operator in _RANGES:
        return bool(text) and _RANGES[comparison.operator](*_comparable(text, wanted))
    return patterns.fits(text, wanted) == (comparison.operator == "=")


def _text(item: Mapping[str, Any], name: str) -> str:
    value = _member(item, name)
    return "" if value is None else str(value).lower()


def _member(item: Mapping[str, Any], name: str) -> Any:
    if name in item:
        return item[name]
    return next((value for key, value in item.items() if key.lower() == name.lower()), None)


def _comparable(text: str, wanted: str) -> tuple[Any, Any]:
    if _NUMBER.fullmatch(text) and _NUMBER.fullmatch(wanted):
        return Decimal(text), Decimal(wanted)
    # Times are shown with a T between day and hour; people write a blank.
    return (text, wanted[:10] + "t" + wanted[11:]) if _DATE.match(wanted) else (text, wanted)


def parse_order(text: str) -> tuple[str, bool]:
    """The term of `name`, `name ASC` or `name DESC` [doc], and whether it descends.

    A plus that nobody decoded stands for a blank [inferred].

    Raises:
        SyntaxProblem: the text is no such thing.
    """
    name = _NAME.match(text)
    if name is None:
        raise SyntaxProblem(text, 0, "expected a name")
    direction = _DIRECTION.fullmatch(text, name.end(1))
    if direction is None:
        raise SyntaxProblem(text, name.end(), "expected ASC or DESC or the end")
    return name[1], (direction[2] or "").lower() == "desc"


def sort_key(item: Mapping[str, Any], name: str) -> tuple[int, int | float, str]:
    """Where an object stands in a list ordered by *name*: nothing first, then numbers, then text [inferred]."""
    value = _member(item, name)
    if value is None:
        return 0, 0, ""
    if isinstance(value, int | float):
        return 1, value, ""
    return 2, 0, str(value).lower()
