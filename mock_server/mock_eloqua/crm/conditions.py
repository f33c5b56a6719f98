"""Conditions on values: text, sets of texts, numbers and dates, as criteria of filters have them (`rest` 11).

What is left open by the reference is inferred here: blanks fulfil negations, `between` includes both ends,
`equal` on a date means the whole day in Eastern time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, true

from mock_eloqua import dates
from mock_eloqua.crm import assets
from mock_eloqua.crm.errors import Failure, NotFound
from mock_eloqua.dates import EASTERN, EPOCH
from mock_eloqua.language import literals
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.logic import all_of, any_of, negation
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site

Condition = Mapping[str, Any]
"""As it travels: `type`, `operator`, `value` ..."""

TEXT = "TextValueCondition"
SET = "TextSetCondition"
NUMBER = "NumericValueCondition"
DATE = "DateValueCondition"
BLANK = "BlankTextCondition"

_COMPARED = ("equal", "less", "greater", "between", "isBlank")
_WORDS = {
    TEXT: ("equal", "contains", "startsWith", "endsWith", "matchesWildcardPattern", "isBlank"),
    SET: ("in",),
    NUMBER: _COMPARED,
    DATE: (*_COMPARED, "withinLast", "withinNext"),
    BLANK: ("isBlank",),
}
"""Operators by type of condition; each has a negation."""
_DEFAULT = {SET: "in", BLANK: "isBlank"}


def _negation(word: str) -> str:
    return "isNotBlank" if word == "isBlank" else f"not{word[0].upper()}{word[1:]}"


OPERATORS = {kind: tuple(each for word in words for each in (word, _negation(word))) for kind, words in _WORDS.items()}
"""Every operator by type of condition [client: equal, in, notLess, withinLast ...; the rest inferred]."""
_MEANING = {_negation(word): (word, True) for words in _WORDS.values() for word in words}
_MEANING |= {"notBlank": ("isBlank", True), "notIsBlank": ("isBlank", True)}
MOST_CHOICES = 5000
"""Texts in one set [inferred]; a database takes only so many values in one question."""
PERIODS = ("hour", "day", "week", "month", "quarter", "year")
_WILDCARD = "\ue000"
"""A sign for private use: the value itself may hold any wildcard."""
_FIRST, _LAST = -62_135_000_000_000, 253_402_000_000_000
"""Inside the years that can be written, in milliseconds."""


def problems(given: Condition) -> list[Failure]:
    """What is wrong with a condition; one of a type that nobody knows is taken as it is."""
    kind = given.get("type", TEXT)
    if kind not in _WORDS:
        return []
    word = given.get("operator", _DEFAULT.get(kind, ""))
    if not word:
        return [Failure("operator", "NotNullRequirement", None, OPERATORS[kind])]
    meaning = _meaning(word)[0] if isinstance(word, str) else None
    if meaning not in _WORDS[kind]:
        return [Failure("operator", "EnumRequirement", _text(word) or "", OPERATORS[kind])]
    value = given.get("value")
    if kind == SET:
        quick = given.get("quickListString", "")
        return [Failure("quickListString", "ContentRequirement", None)] if len(_words(quick)) > MOST_CHOICES else []
    if meaning == "isBlank":
        return []
    if kind == TEXT:
        return [] if isinstance(value, str | None) else [Failure("value", "ContentRequirement", None)]
    if kind == NUMBER:
        return [] if _numbers(given) else [Failure("value", "IntegerRequirement", _text(value))]
    return [] if _ends(given) else [Failure("value", "DateRequirement", _text(value))]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _meaning(word: str) -> tuple[str, bool]:
    """An operator without its negation, and whether it had one."""
    return _MEANING.get(word, (word, False))


def holds(site: Site, operand: Operand, given: Condition) -> ColumnElement[bool]:
    """The SQL of a condition on a value; nobody fulfils one that says nothing."""
    kind = given.get("type", TEXT)
    if problems(given) or kind not in _WORDS:
        return false()
    word, negated = _meaning(given.get("operator", _DEFAULT.get(kind, "")))
    if word != "isBlank" and kind == NUMBER:
        return _number(_as(operand, Kind.NUMBER), word, negated, _numbers(given))
    if word != "isBlank" and kind == DATE:
        return _date(site, _as(operand, Kind.DATE), given)
    if word == "isBlank":
        found = _is(operand, "=", "")
    elif kind == SET:
        found = _among(operand, choices(site, given))
    else:
        found = _like(operand, word, given.get("value") or "")
    return negation(found) if negated else found


def _is(operand: Operand, operator: str, value: str, wildcard: str = "") -> ColumnElement[bool]:
    return condition(Comparison("value", operator, value), lambda _name: operand, value, wildcard=wildcard)


def _among(operand: Operand, texts: Sequence[str]) -> ColumnElement[bool]:
    if operand.kind is not Kind.TEXT:
        return any_of([_is(operand, "=", each) for each in texts])
    # IN reads the value once; a value out of a document is what takes the time.
    kept = [each for each in texts if literals.storable(each)]
    if operand.folded:
        return operand.expression.in_([each.lower() for each in kept])
    return func.lower(operand.expression).in_([func.lower(literal(each)) for each in kept])


def _as(operand: Operand, kind: Kind) -> Operand:
    """Texts taken for numbers or dates; other kinds as they are."""
    return replace(operand, kind=kind, folded=False) if operand.kind in (Kind.TEXT, Kind.NUMBER, Kind.DATE) else operand


def _like(operand: Operand, word: str, value: str) -> ColumnElement[bool]:
    if word == "equal":
        return _is(operand, "=", value)
    if word == "matchesWildcardPattern":
        return _is(operand, "=", value, "*")
    if not value:
        return true()
    before = _WILDCARD if word in ("contains", "endsWith") else ""
    after = _WILDCARD if word in ("contains", "startsWith") else ""
    return _is(operand, "=", f"{before}{value}{after}", _WILDCARD)


def choices(site: Site, given: Condition) -> list[str]:
    """The texts of a set: those of its quick list, or of its option list [client; separators inferred]."""
    quick = _words(given.get("quickListString", ""))
    if quick:
        return quick
    key = given.get("optionListId", "")
    if not key.isdigit():
        return []
    try:
        options = assets.get(site, "OptionList", int(key)).doc.get("elements", ())
    except NotFound:
        return []
    return [each["value"] for each in options if each.get("value")]


def _words(text: str) -> list[str]:
    parts = text.splitlines() if "\n" in text else text.split(",")
    return [each.strip() for each in parts if each.strip()]


_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|\bto\b)\s*", re.IGNORECASE)


def _parts(given: Condition) -> list[str]:
    """The values of a condition: two for `between`, written with a comma between them [inferred]."""
    value = given.get("value")
    if not isinstance(value, str):
        return []
    return _BETWEEN.split(value.strip()) if _meaning(given.get("operator", ""))[0] == "between" else [value.strip()]


def _numbers(given: Condition) -> list[str]:
    """The numbers of a condition; none where they are no numbers, or not as many as it takes."""
    wanted = 2 if _meaning(given.get("operator", ""))[0] == "between" else 1
    found = [literals.decimal(each) for each in _parts(given)]
    return [each for each in found if each] if len(found) == wanted and all(found) else []


def _number(operand: Operand, word: str, negated: bool, numbers: list[str]) -> ColumnElement[bool]:
    if word in ("less", "greater"):
        return _is(
            operand,
            {("less", False): "<", ("less", True): ">=", ("greater", False): ">"}.get((word, negated), "<="),
            numbers[0],
        )
    if word == "between":
        found = and_(_is(operand, ">=", numbers[0]), _is(operand, "<=", numbers[1]))
    else:
        found = _is(operand, "=", numbers[0])
    return negation(found) if negated else found


@dataclass(frozen=True, slots=True)
class Times:
    """How often something has to happen."""

    at_least: int = 1
    at_most: int | None = None
    negated: bool = False
    """Any other number of times."""


def times(given: Condition | None) -> Times | None:
    """What a condition on a number of activities means: without one, at least once; None where it says nothing."""
    if not given:
        return Times()
    if problems({**given, "type": NUMBER}):
        return None
    word, negated = _meaning(given["operator"])
    first, last = (max(0, min(int(Decimal(each)), 10**9)) for each in (_numbers(given) * 2)[:2] or ("0", "0"))
    match word:
        case "less":
            return Times(first) if negated else Times(0, first - 1)
        case "greater":
            return Times(0, first) if negated else Times(first + 1)
        case _:
            return Times(first, last, negated)


@dataclass(frozen=True, slots=True)
class Span:
    """From one millisecond to another, both included; None: no end."""

    start: int | None = None
    end: int | None = None


def span(site: Site, given: Condition | None) -> tuple[Span, bool] | None:
    """The time that a condition on dates means, and whether it is negated; None where it says nothing."""
    if not given:
        return Span(), False
    if problems({**given, "type": DATE}):
        return None
    word, negated = _meaning(given["operator"])
    if word == "isBlank":
        return None
    ends = [_milliseconds(site, each) for each in _ends(given) or ()]
    first, now = ends[0], site.clock.now()
    away = abs(now - first)
    found = {
        "less": Span(start=first) if negated else Span(end=first - 1),
        "greater": Span(end=first) if negated else Span(start=first + 1),
        "withinLast": Span(now - away, now),
        "withinNext": Span(now, now + away),
        "between": Span(first, ends[-1]),
    }.get(word) or _day(first)
    return found, negated and word not in ("less", "greater")


def _date(site: Site, operand: Operand, given: Condition) -> ColumnElement[bool]:
    meant = span(site, given)
    if meant is None:
        return false()
    time, negated = meant
    parts = []
    if time.start is not None:
        parts.append(_is(operand, ">=", dates.eastern(max(_FIRST, min(time.start, _LAST)))))
    if time.end is not None:
        parts.append(_is(operand, "<=", dates.eastern(max(_FIRST, min(time.end, _LAST)))))
    return negation(all_of(parts)) if negated else all_of(parts)


_End = tuple[int, str] | int
"""Offset and period from now, or an instant in milliseconds."""


def _ends(given: Condition) -> list[_End] | None:
    """The moments that a condition names; None where it names none, or not as many as it takes."""
    value, word = given.get("value"), _meaning(given.get("operator", ""))[0]
    if isinstance(value, Mapping):
        relative = _relative(value)
        return None if relative is None or word == "between" else [relative]
    if word in ("withinLast", "withinNext"):
        days = literals.integer(value) if isinstance(value, str) else None
        return None if days is None else [(days, "day")]
    found = [literals.instants(each, EASTERN) for each in _parts(given)]
    if len(found) != (2 if word == "between" else 1) or None in found:
        return None
    return [each[0] for each in found if each]


def _relative(value: Mapping[str, Any]) -> tuple[int, str] | None:
    offset, period = value.get("offset", "0"), value.get("timePeriod", "day")
    number = literals.integer(offset) if isinstance(offset, str) else None
    return None if number is None or period not in PERIODS else (number, period)


_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _milliseconds(site: Site, end: _End) -> int:
    """A moment; offsets count from now by the calendar of Eastern time, negative ones back [inferred]."""
    if isinstance(end, int):
        return max(_FIRST, min(end, _LAST))
    offset, period = end
    offset = max(-200_000, min(offset, 200_000))
    now = (EPOCH + timedelta(milliseconds=site.clock.now())).astimezone(EASTERN)
    try:
        if period == "hour":
            moment = now.astimezone(EPOCH.tzinfo) + timedelta(hours=offset)
        elif period in _DAYS:
            moment = now + timedelta(days=offset * _DAYS[period])
        else:
            moment = _months_later(now, offset * _MONTHS[period])
        found = (moment.astimezone(EPOCH.tzinfo) - EPOCH) // timedelta(milliseconds=1)
    except (OverflowError, ValueError):
        return _LAST if offset > 0 else _FIRST
    return max(_FIRST, min(found, _LAST))


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first = moment.replace(year=year, month=month + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(moment.day, last.day))


def _day(milliseconds: int) -> Span:
    """The day in Eastern time that an instant lies in."""
    moment = (EPOCH + timedelta(milliseconds=max(_FIRST, min(milliseconds, _LAST)))).astimezone(EASTERN)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    start = (midnight - EPOCH) // timedelta(milliseconds=1)
    end = ((midnight + timedelta(days=1)).astimezone(EPOCH.tzinfo) - EPOCH) // timedelta(milliseconds=1)
    return Span(start, end - 1)
