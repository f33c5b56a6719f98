"""How values travel in REST: every scalar is a JSON string, whatever it means (`rest` 2.1) [recorded].

Requests may bring native JSON types as well [client].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from mock_eloqua import dates
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.headers import SERIALIZATION

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """One form of value: how it is read from a request and written to an answer."""

    name: str
    """As documents call it."""
    read: Callable[[Any], Any]
    """The value that a JSON value stands for. ValueError: it has another form; BadBody: it is no such thing at all."""
    write: Callable[[Any], Any]
    requirement: str = ""
    """The rule that a value of another form breaks."""
    schema: str = "string"
    """The JSON type in answers."""


def text_of(value: Any) -> str:
    """A JSON scalar as the text it stands for.

    Raises:
        BadBody: it is no scalar, or a number that would lose digits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and abs(value) < 2**53):
        return str(value)
    raise BadBody(SERIALIZATION)


def integer_of(value: Any) -> int:
    """A whole number of at most 64 bits.

    Raises:
        ValueError: the value is none.
    """
    text = text_of(value).strip()
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 20:
        raise ValueError(text)
    number = int(text)
    if abs(number) > _LARGEST:
        raise ValueError(text)
    return number


def id_of(value: Any) -> int:
    """An id: a positive integer.

    Raises:
        ValueError: the value is none.
    """
    number = integer_of(value)
    if number < 1:
        raise ValueError(value)
    return number


def _relative_id(value: Any) -> int:
    """An id that may be a temporary one: negative."""
    number = integer_of(value)
    if number == 0:
        raise ValueError(value)
    return number


def _boolean(value: Any) -> bool:
    text = text_of(value).strip().lower()
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(text_of(value).strip())
    except InvalidOperation:
        raise ValueError(value) from None
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValueError(value)
    return number


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadBody(SERIALIZATION)
    return value


def _ids(value: Any) -> list[int]:
    return [id_of(each) for each in _items(value)]


def _texts(value: Any) -> list[str]:
    return [text_of(each) for each in _items(value)]


def _field_values(value: Any) -> list[tuple[str, str]]:
    """Pairs of field id and value; a missing value is blank."""
    pairs = []
    for each in _items(value):
        if not isinstance(each, dict):
            raise BadBody(SERIALIZATION)
        inside = each.get("value")
        pairs.append((text_of(each.get("id", "")).strip(), "" if inside is None else text_of(inside)))
    return pairs


def _same(value: Any) -> Any:
    return value


def _milliseconds(value: Any) -> int:
    return integer_of(value) * 1000


TEXT = Wire("text", text_of, _same)
WORD = Wire("enum", text_of, _same, "EnumRequirement")
ID = Wire("id", id_of, str, "IdRequirement")
RELATIVE_ID = Wire("id", _relative_id, str, "IdRequirement")
INTEGER = Wire("integer", integer_of, str, "IntegerRequirement")
DECIMAL = Wire("decimal", _decimal, lambda number: f"{number:.4f}", "IntegerRequirement")
BOOLEAN = Wire("boolean", _boolean, lambda on: "true" if on else "false", "BooleanRequirement")
UNIX = Wire("unix-seconds", _milliseconds, dates.unix, "DateRequirement")
NUMBER = Wire("number", integer_of, _same, "IntegerRequirement", "integer")
"""A JSON number, the exception (`rest` 2.1)."""
IDS = Wire("array of ids", _ids, lambda ids: [str(each) for each in ids], "IdRequirement", "array")
TEXTS = Wire("array of texts", _texts, _same, "", "array")
FIELD_VALUES = Wire("array of FieldValue", _field_values, _same, "IdRequirement", "array")
OBJECT = Wire("object", _same, _same, "", "object")
OBJECTS = Wire("array of objects", _same, _same, "", "array")
