"""Request bodies as typed values: strings and native JSON types alike, unknown properties ignored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.rest.resource import Property, ResourceType, Wire
from mock_eloqua.web.body import BadBody, json_body, media_type
from mock_eloqua.web.call import Call
from mock_eloqua.web.headers import PARSING, SERIALIZATION

_LARGEST = 2**63 - 1


def body_of(call: Call, resource: ResourceType) -> dict[str, Any]:
    """What a POST or PUT says: property name to value; null and unknown properties left out.

    Raises:
        BadBody: no JSON object, or an object where a scalar belongs.
        Invalid: a value does not have the form of its property.
    """
    kind = media_type(call)[0]
    if not kind and call.site.settings.missing_content_type == "error":
        raise BadBody("Bad Request")
    if kind and not kind.endswith(("/json", "+json")):
        raise BadBody(PARSING)
    given = json_body(call, PARSING)
    if not isinstance(given, dict):
        raise BadBody(SERIALIZATION)
    return _typed(resource, given)


def _typed(resource: ResourceType, given: Mapping[str, Any]) -> dict[str, Any]:
    values, failures = {}, []
    for each in resource.properties:
        value = given.get(each.name)
        if value is None or each.read_only:
            continue
        try:
            values[each.name] = _READERS[each.wire](value)
        except ValueError:
            failures.append(_failure(each, value))
    if failures:
        raise Invalid(*failures)
    return values


def _failure(broken: Property, value: Any) -> Failure:
    return Failure(broken.name, _REQUIREMENTS[broken.wire], text_of(value) if not isinstance(value, list) else "")


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


def _boolean(value: Any) -> bool:
    text = text_of(value).strip().lower()
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _ids(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise BadBody(SERIALIZATION)
    return [id_of(each) for each in value]


def _field_values(value: Any) -> list[tuple[str, str]]:
    """Pairs of field id and value; a missing value is blank."""
    if not isinstance(value, list):
        raise BadBody(SERIALIZATION)
    pairs = []
    for each in value:
        if not isinstance(each, dict):
            raise BadBody(SERIALIZATION)
        inside = each.get("value")
        pairs.append((text_of(each.get("id", "")).strip(), "" if inside is None else text_of(inside)))
    return pairs


_READERS: dict[Wire, Callable[[Any], Any]] = {
    Wire.TEXT: text_of,
    Wire.WORD: text_of,
    Wire.ID: id_of,
    Wire.INTEGER: integer_of,
    Wire.BOOLEAN: _boolean,
    Wire.UNIX: integer_of,
    Wire.IDS: _ids,
    Wire.FIELD_VALUES: _field_values,
}
_REQUIREMENTS = {
    Wire.ID: "IdRequirement",
    Wire.INTEGER: "IntegerRequirement",
    Wire.BOOLEAN: "BooleanRequirement",
    Wire.UNIX: "DateRequirement",
    Wire.IDS: "IdRequirement",
    Wire.FIELD_VALUES: "IdRequirement",
}
