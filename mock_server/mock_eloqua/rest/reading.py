"""Request bodies as typed values: strings and native JSON types alike, unknown properties ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Property, ResourceType, Shape
from mock_eloqua.rest.wire import text_of
from mock_eloqua.web.body import BadBody, json_body, media_type
from mock_eloqua.web.call import Call
from mock_eloqua.web.headers import PARSING, SERIALIZATION

DEEPEST = 20
"""Objects inside each other [inferred]."""


def body_of(call: Call, resource: ResourceType, version: str = "1.0", *, is_partial: bool = False) -> dict[str, Any]:
    """What a POST or PUT says: property name to value; null and unknown properties left out.

    A partial one, a PATCH, may leave out what is required.

    Raises:
        BadBody: no JSON object, or an object where a scalar belongs.
        Invalid: a value does not have the form of its property, or a required one is missing.
    """
    declared = [each for each in resource.properties if version in each.versions]
    given = object_of(call)
    return _checked([each for each in declared if each.name in given] if is_partial else declared, given)


def properties_of(call: Call, shape: Shape) -> dict[str, Any]:
    """What a body that belongs to no resource type says, as `body_of` reads it.

    Raises:
        BadBody, Invalid: as for `body_of`.
    """
    return _checked(shape.properties, object_of(call))


def _checked(declared: Iterable[Property], given: Mapping[str, Any]) -> dict[str, Any]:
    properties = [each for each in declared if not each.read_only]
    values, failures = _typed(properties, given)
    broken = {each.property for each in failures}
    missing = [each.name for each in properties if _is_missing(each, values) and each.name not in broken]
    failures += [Failure(name, "NotNullRequirement", None) for name in missing]
    if failures:
        raise Invalid(*failures)
    return values


def object_of(call: Call) -> dict[str, Any]:
    """The body as one JSON object.

    Raises:
        BadBody: it is none.
    """
    given = json_of(call)
    if not isinstance(given, dict):
        raise BadBody(SERIALIZATION)
    return given


def json_of(call: Call) -> Any:
    """The body as JSON.

    Raises:
        BadBody: it is none, or not said to be.
    """
    kind = media_type(call)[0]
    if not kind and call.site.settings.missing_content_type == "error":
        raise BadBody("Bad Request")
    if kind and not kind.endswith(("/json", "+json")):
        raise BadBody(PARSING)
    return json_body(call, PARSING)


def _is_missing(each: Property, values: Mapping[str, Any]) -> bool:
    return each.required and values.get(each.name) in (None, "", [], {})


def _typed(properties: Iterable[Property], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Failure]]:
    values, failures = {}, []
    for each in properties:
        value = given.get(each.name)
        if value is None:
            continue
        try:
            values[each.name] = _value(each, value, 1)
        except _Inside as broken:
            failures.append(broken.failure)
        except ValueError:
            failures.append(_failure(each, value))
    return values, failures


def _value(each: Property, value: Any, level: int) -> Any:
    if each.shape is None:
        found = each.wire.read(value)
        if each.values and found not in ("", *each.values):
            raise ValueError(value)
        if each.longest and len(found) > each.longest:
            raise _TooLong(value)
        return found
    if each.wire is wire.OBJECT:
        return nested(each.shape, value, level)
    items = value if isinstance(value, list) else [value]  # a single one may come without its list [client]
    return [nested(each.shape, item, level) for item in items]


class _Inside(ValueError):
    """A property of an object inside another has another form."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.property)
        self.failure = failure


class _TooLong(ValueError):
    """More characters than a property takes."""


def _failure(broken: Property, value: Any) -> Failure:
    given = text_of(value) if not isinstance(value, list | dict) else ""
    if broken.longest and isinstance(value, str) and len(value) > broken.longest:
        return Failure(broken.name, "ValidTextLengthRequirement", given)
    return Failure(broken.name, broken.wire.requirement or "EnumRequirement", given, broken.values)


def nested(shape: Shape, value: Any, level: int = 1) -> dict[str, Any]:
    """An object inside another as it is kept: scalars as texts, nulls and blanks left out, in the order of the wire.

    Raises:
        BadBody: it is no object, of an unknown type, or nested deeper than anyone means.
        ValueError: one of its properties has another form.
    """
    if not isinstance(value, dict) or level > DEEPEST:
        raise BadBody(SERIALIZATION)
    kind = text_of(value.get("type") or shape.type)
    if kind not in (shape.type, *shape.variants, *shape.found_only) and not shape.is_open:
        raise BadBody(SERIALIZATION)
    found: dict[str, Any] = {"type": kind}
    if shape.has_id and value.get("id") not in (None, ""):
        found["id"] = _inner_id(kind, value["id"])
    declared = (*shape.properties, *shape.variants.get(kind, ()))
    for each in declared:
        inner = value.get(each.name)
        if inner is not None and not each.read_only:
            written = _written(each, _inner(each, inner, level + 1, (kind, found.get("id", ""))))
            if written not in ("", [], {}):
                found[each.name] = written
    if shape.is_open:
        known = {"type", "id", *(each.name for each in declared)}
        found |= {
            name: kept(inner, level + 1) for name, inner in value.items() if name not in known and inner is not None
        }
    return found


def _inner_id(kind: str, value: Any) -> str:
    try:
        return str(wire.RELATIVE_ID.read(value))
    except ValueError:
        raise _Inside(Failure("id", "IdRequirement", text_of(value), inside=(kind, ""))) from None


def _inner(each: Property, value: Any, level: int, inside: tuple[str, str]) -> Any:
    try:
        return _value(each, value, level)
    except _Inside:
        raise
    except ValueError:
        raise _Inside(replace(_failure(each, value), inside=inside)) from None


def _written(each: Property, value: Any) -> Any:
    return value if each.shape is not None else each.wire.write(value)


def kept(value: Any, level: int = 1) -> Any:
    """JSON that is kept as it came, scalars as texts."""
    if level > DEEPEST:
        raise BadBody(SERIALIZATION)
    if isinstance(value, dict):
        return {name: kept(inner, level + 1) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [kept(inner, level + 1) for inner in value]
    return text_of(value)
