"""What Bulk lists take: `q` to choose, `orderBy` to sort (`bulk` 6). For lists of plain JSON objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import ge, gt, le, lt
from typing import Any

from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import SyntaxProblem

_Q = re.compile(r"\s*([A-Za-z]\w*)\s*(!=|>=|<=|=|>|<)\s*(.*?)\s*", re.DOTALL)
_ORDER = re.compile(r"\s*([A-Za-z]\w*)(?:\s+(asc|desc))?\s*", re.IGNORECASE)
_RANGES = {">": gt, "<": lt, ">=": ge, "<=": le}


def parse_q(text: str) -> Comparison:
    """`name=*Test*`, `"name='My List'"`, `createdAt<2025-07-01`.

    Raises:
        SyntaxProblem: the text is no comparison.
    """
    inside = text.strip()
    if len(inside) > 1 and inside[0] == inside[-1] == '"':
        inside = inside[1:-1]
    found = _Q.fullmatch(inside)
    if found is None:
        raise SyntaxProblem(text, None, "expected a term, an operator and a value")
    name, operator, value = found.groups()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return Comparison(name, operator, value)


def matches(comparison: Comparison, item: Mapping[str, Any]) -> bool:
    """Does an object of the list fulfil it? Without case [inferred]; times by their beginning."""
    value = item.get(_member(comparison.name, item))
    text = "" if value is None else (str(value).lower() if not isinstance(value, bool) else str(value).lower())
    wanted = comparison.value.lower()
    if comparison.operator in _RANGES:
        return _RANGES[comparison.operator](*_comparable(text, wanted)) if text else False
    pattern = ".*".join(map(re.escape, wanted.split("*")))
    return (re.fullmatch(pattern, text, re.DOTALL) is not None) == (comparison.operator == "=")


def _member(name: str, item: Mapping[str, Any]) -> str:
    return next((key for key in item if key.lower() == name.lower()), name)


def _comparable(text: str, wanted: str) -> tuple[Any, Any]:
    try:
        return float(text), float(wanted)
    except ValueError:
        return text, wanted


def parse_order(text: str) -> tuple[str, bool]:
    """The term of `name DESC`, and whether it descends.

    Raises:
        SyntaxProblem: the text is no such thing.
    """
    found = _ORDER.fullmatch(text)
    if found is None:
        raise SyntaxProblem(text, None, "expected a term, and ASC or DESC")
    return found[1], (found[2] or "").lower() == "desc"


def sort_key(item: Mapping[str, Any], name: str) -> tuple[int, float, str]:
    """Where an object stands in a list ordered by *name*: nothing first, then numbers, then text."""
    value = item.get(_member(name, item))
    if value is None:
        return 0, 0.0, ""
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 2, 0.0, str(value).lower()
