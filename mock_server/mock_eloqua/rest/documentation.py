"""The published contract of REST: JSON Schemas and OpenAPI operations, derived from the declarations when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Property, ResourceType, Shape

Schema = dict[str, Any]

_EXAMPLES = {
    wire.ID: "1234",
    wire.RELATIVE_ID: "1234",
    wire.INTEGER: "5",
    wire.DECIMAL: "1500.0000",
    wire.BOOLEAN: "true",
    wire.UNIX: "1609459200",
    wire.NUMBER: 5,
    wire.IDS: ["1234"],
    wire.TEXTS: ["text"],
}
_FIELD_VALUE: Schema = {
    "type": "object",
    "properties": {"type": {"const": "FieldValue"}, "id": {"type": "string"}, "value": {"type": "string"}},
}
_REFUSALS = {
    "400": "A parsing, serialization or validation error",
    "401": "Not authenticated",
    "403": "A permission is missing",
    "404": "There is no such object",
    "429": "A threshold is reached",
    "503": "Down for maintenance",
}
_MORE_REFUSALS = {"POST": {"409": "A unique value is taken"}, "PUT": {"409": "A unique value is taken"}}
_MORE_REFUSALS["DELETE"] = {"409": "Others depend on it (by a switch)", "412": "Others depend on it"}
_PARAMETERS = {
    "depth": "minimal, partial or complete",
    "count": "objects on a page, 1 to 1000",
    "page": "from 1",
    "search": "terms such as name='*a*'",
    "orderBy": "a name, with ASC or DESC",
    "lastUpdatedAt": "Unix seconds: updated then or later",
}


def schema(resource: ResourceType, version: str) -> Schema:
    """An object of a type, as a version shows it."""
    return _object(resource.type, (each for each in resource.properties if version in each.versions))


def _object(kind: str, properties: Iterable[Property]) -> Schema:
    found = {"type": {"const": kind}}
    required = []
    for each in properties:
        if each.name != "type":
            found[each.name] = _property(each)
            if each.required:
                required.append(each.name)
    return {"type": "object", "properties": found, **({"required": required} if required else {})}


def _property(each: Property) -> Schema:
    described: Schema = {"x-wire": each.wire.name, "x-depth": each.depth.word, "x-sureness": each.sure.value}
    if each.read_only:
        described["readOnly"] = True
    if each.source is None:
        described["writeOnly"] = True
    if each.shape is not None:
        inner = _nested(each.shape)
        return {**(inner if each.wire is wire.OBJECT else {"type": "array", "items": inner}), **described}
    if each.wire is wire.FIELD_VALUES:
        return {"type": "array", "items": _FIELD_VALUE, **described}
    found: Schema = {"type": each.wire.schema, **described}
    if each.wire.schema == "array":
        found["items"] = {"type": "string"}
    if each.values:
        found["enum"] = list(each.values)
    if each.longest:
        found["maxLength"] = each.longest
    example = each.values[0] if each.values else _EXAMPLES.get(each.wire)
    return {**found, "examples": [example]} if example is not None else found


def _nested(shape: Shape) -> Schema:
    kinds = {shape.type: shape.properties} | {name: (*shape.properties, *own) for name, own in shape.variants.items()}
    found = [_object(kind, properties) for kind, properties in kinds.items()]
    return found[0] if len(found) == 1 else {"anyOf": found}


def operation(resource: ResourceType, letter: str) -> Schema:
    """What an OpenAPI document says of one of the five operations of a type."""
    method = {"C": "POST", "R": "GET", "U": "PUT", "D": "DELETE", "L": "GET"}[letter]
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{resource.type}"}}}
    described: Schema = {"responses": _responses(method)}
    match letter:
        case "C":
            described |= {"requestBody": {"content": content, "required": True}}
            described["responses"]["201"] = {"description": "The new object at depth complete", "content": content}
        case "U":
            described |= {"requestBody": {"content": content, "required": True}}
            described["responses"]["200"] = {"description": "The object at depth complete", "content": content}
        case "R":
            described["responses"]["200"] = {"description": "The object", "content": content}
            described["parameters"] = _query("depth")
        case "L":
            described["responses"]["200"] = {"description": "A page", "content": _page(resource)}
            described["parameters"] = _query(*_PARAMETERS)
        case _:
            described["responses"]["200"] = {"description": "It is gone; no body"}
    return described


def _responses(method: str) -> dict[str, Schema]:
    return {status: {"description": text} for status, text in {**_REFUSALS, **_MORE_REFUSALS.get(method, {})}.items()}


def other(method: str, statuses: Mapping[str, str]) -> Schema:
    """What it says of any other operation."""
    return {"responses": {**_responses(method), **{status: {"description": text} for status, text in statuses.items()}}}


def _page(resource: ResourceType) -> Schema:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.type}"}}
    numbers = {name: {"type": "integer"} for name in ("page", "pageSize", "total")}
    return {"application/json": {"schema": {"type": "object", "properties": {"elements": items, **numbers}}}}


def _query(*names: str) -> list[Schema]:
    return [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}, "description": _PARAMETERS[name]}
        for name in names
    ]
