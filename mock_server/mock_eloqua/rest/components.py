"""The types of a version as JSON Schemas, for its OpenAPI document: each type once as it is shown, once as it is sent.

`Contact` is what an answer holds, where scalars are strings; `ContactInput` what a request may bring, where they need
not be. Objects inside others have schemas of their own; where two types mean different things by one word, the second
is named after the type that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Json, ListOf, PageOf, Property, ResourceType, Shape
from mock_eloqua.rest.resources import resource_types
from mock_eloqua.rest.wire import Wire

Schema = dict[str, Any]

INPUT = "Input"
PAGE = "QueryResult"
_SHOWN: dict[Wire, Schema] = {
    wire.ID: {"pattern": r"^-?\d+$"},
    wire.RELATIVE_ID: {"pattern": r"^-?\d+$"},
    wire.INTEGER: {"pattern": r"^-?\d+$"},
    wire.DECIMAL: {"pattern": r"^-?\d+\.\d{4}$"},
    wire.BOOLEAN: {"enum": ["true", "false"]},
    wire.UNIX: {"pattern": r"^-?\d+$"},
}
"""What is known of the texts in answers, by wire form."""
_SENT: dict[Wire, Schema] = {
    wire.ID: {"anyOf": [{"type": "string", "pattern": r"^[1-9][0-9]{0,17}$"}, {"type": "integer", "minimum": 1}]},
    wire.RELATIVE_ID: {"anyOf": [{"type": "string", "pattern": r"^-?[1-9][0-9]{0,17}$"}, {"type": "integer"}]},
    wire.INTEGER: {"anyOf": [{"type": "string", "pattern": r"^-?[0-9]{1,9}$"}, {"type": "integer"}]},
    wire.NUMBER: {"anyOf": [{"type": "string", "pattern": r"^-?[0-9]{1,9}$"}, {"type": "integer"}]},
    wire.DECIMAL: {"anyOf": [{"type": "string", "pattern": r"^-?[0-9]{1,9}(\.[0-9]{1,4})?$"}, {"type": "number"}]},
    wire.BOOLEAN: {"enum": ["true", "false", True, False]},
    wire.UNIX: {"anyOf": [{"type": "string", "pattern": r"^[0-9]{1,10}$"}, {"type": "integer"}]},
}
"""What requests may bring, native types as well [client]."""
_EXAMPLES: dict[Wire, Any] = {
    wire.ID: "1234",
    wire.RELATIVE_ID: "1234",
    wire.INTEGER: "5",
    wire.DECIMAL: "1500.0000",
    wire.BOOLEAN: "true",
    wire.UNIX: "1609459200",
    wire.NUMBER: 5,
    wire.IDS: ["1234"],
    wire.TEXTS: ["text"],
    wire.TEXT: "text",
}
_TEXTS = {
    "currentStatus": "Draft",
    "depth": "complete",
    "emailAddress": "ada@example.test",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "name": "Spring news",
}
"""Texts of examples that say more than `text`."""
_FIELD_VALUE: Schema = {
    "type": "object",
    "properties": {"type": {"const": "FieldValue"}, "id": {"type": "string"}, "value": {"type": "string"}},
}


class Components:
    """The schemas of one version, by name."""

    def __init__(self, version: str) -> None:
        self._version = version
        self.schemas: dict[str, Schema] = {}
        self._named: dict[tuple[Shape, str], str] = {}
        types = [each for each in resource_types() if version in each.versions]
        # First all names, so that a shape inside another cannot take one.
        self._types = {f"{each.type}{suffix}" for each in types for suffix in ("", INPUT)}
        self.schemas |= {name: {} for name in self._types}
        for each in types:
            self._declare(each)

    def of(self, said: Json, *, is_input: bool) -> Schema:
        """The schema for what an operation takes or returns.

        Raises:
            KeyError: there is no type of that name.
        """
        if isinstance(said, PageOf):
            return _reference(self._page(self._name(said.of, is_input=False)))
        if isinstance(said, ListOf):
            return {"type": "array", "items": _reference(self._name(said.of, is_input=is_input))}
        return _reference(self._name(said, is_input=is_input))

    def _name(self, said: str | Shape, *, is_input: bool) -> str:
        suffix = INPUT if is_input else ""
        if isinstance(said, Shape):
            return self._of_shape(said, suffix)
        if f"{said}{suffix}" not in self._types:
            raise KeyError(said)
        return f"{said}{suffix}"

    def _page(self, kind: str) -> str:
        """A list of them with its numbers, which are numbers here [recorded]."""
        name = f"{PAGE}{kind}"
        numbers = {number: {"type": "integer"} for number in ("page", "pageSize", "total")}
        items = {"type": "array", "items": _reference(kind)}
        self.schemas[name] = {
            "type": "object",
            "properties": {"elements": items, **numbers},
            "required": ["elements", *numbers],
        }
        return name

    def _declare(self, resource: ResourceType) -> None:
        mine = [each for each in resource.properties if self._version in each.versions]
        self.schemas[resource.type] = self._object(resource.type, _shown_of(mine), "", resource.type)
        self.schemas[f"{resource.type}{INPUT}"] = self._object(resource.type, _sent_of(mine), INPUT, resource.type)

    def _object(self, kind: str, properties: Iterable[Property], suffix: str, within: str) -> Schema:
        """What is called by no *kind* is known by its place, and holds all of its properties."""
        declared = list(properties)
        words = next((each.values for each in declared if each.name == "type"), ())
        head: Schema = {"type": {"enum": list(words)} if words else {"const": kind}} if kind else {}
        described = {each.name: self._property(each, suffix, within) for each in declared if each.name != "type"}
        shown = ["type"] if kind else list(described)
        required = [each.name for each in declared if each.required] if suffix else shown
        found: Schema = {"type": "object", "properties": {**head, **described}}
        if required:
            found["required"] = required
        return found | {"examples": [_example(kind, declared, is_input=bool(suffix))]}

    def _property(self, each: Property, suffix: str, within: str) -> Schema:
        said: Schema = {"x-wire": each.wire.name, "x-depth": each.depth.word, "x-sureness": each.sure.value}
        if each.shape is not None:
            inner = _reference(self._of_shape(each.shape, suffix, within))
            return {**(inner if each.wire is wire.OBJECT else {"type": "array", "items": inner}), **said}
        if each.wire is wire.FIELD_VALUES:
            return {"type": "array", "items": _FIELD_VALUE, **said}
        if each.name == "depth":
            return {"type": "string", "enum": [depth.word for depth in Depth], **said}
        return {**_scalar(each, is_input=bool(suffix)), **said}

    def _of_shape(self, shape: Shape, suffix: str, within: str = "") -> str:
        """The name of a shape's schema, which is made where there is none."""
        if (shape, suffix) in self._named:
            return self._named[shape, suffix]
        forms = self._forms(shape, suffix, within or shape.type)
        found = forms[0] if len(forms) == 1 else {"anyOf": forms}
        names = (f"{stem}{suffix}" for stem in (shape.type, f"{within}{shape.type}", *_numbered(shape.type)))
        name = next(name for name in names if self.schemas.get(name, found) == found)
        self.schemas[name] = found
        self._named[shape, suffix] = name
        return name

    def _forms(self, shape: Shape, suffix: str, within: str) -> list[Schema]:
        """One for each word in `type`; where others are kept as they come, one for all of those as well."""
        kinds = {shape.type if shape.has_type else "": (), **shape.variants}
        kinds |= {} if suffix else dict.fromkeys(shape.found_only, ())
        known = [self._object(kind, self._inside(shape, own, suffix), suffix, within) for kind, own in kinds.items()]
        if not shape.is_open:
            return known
        other = self._object(shape.type, self._inside(shape, (), suffix), suffix, within)
        if len(kinds) == 1:
            return [_opened(other, {"type": "string"})]
        word = {"type": "string", "not": {"enum": list(kinds)}}
        other |= {"required": sorted({"type", *other.get("required", ())}), "examples": []}
        return [*(_opened(each, each["properties"]["type"]) for each in known), _opened(other, word)]

    def _inside(self, shape: Shape, own: tuple[Property, ...], suffix: str) -> Iterable[Property]:
        head = [Property("id", wire.RELATIVE_ID)] if shape.has_id else []
        head += [Property("depth", wire.TEXT, read_only=True)] if shape.shows_depth else []
        known = {each.name for each in (*shape.properties, *own)}
        every = [*(each for each in head if each.name not in known), *shape.properties, *own]
        every = [each for each in every if self._version in each.versions]
        return _sent_of(every) if suffix else every


@cache
def of_version(version: str) -> Components:
    """The schemas of a version; made when first asked for."""
    return Components(version)


def _numbered(kind: str) -> Iterable[str]:
    return (f"{kind}{number}" for number in range(2, 1000))


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _shown_of(properties: Iterable[Property]) -> list[Property]:
    return [each for each in properties if each.source is not None or each.name in ("type", "depth")]


def _sent_of(properties: Iterable[Property]) -> list[Property]:
    return [each for each in properties if not each.read_only]


def _opened(schema: Schema, word: Schema) -> Schema:
    """The same for objects with other properties as well; *word* is what may stand in their `type`."""
    return {**schema, "properties": {**schema["properties"], "type": word}, "additionalProperties": True}


def _scalar(each: Property, *, is_input: bool) -> Schema:
    known = _SENT if is_input else _SHOWN
    found: Schema = {} if is_input and each.wire in _SENT else {"type": each.wire.schema}
    found |= known.get(each.wire, {})
    if each.wire.schema == "array":
        found["items"] = {"type": "string"}
    if each.values:
        found["enum"] = list(each.values)
    if each.longest and is_input:
        found["maxLength"] = each.longest
    example = _example_of(each)
    return found if example is None else {**found, "examples": [example]}


def _example_of(each: Property) -> Any:
    return each.values[0] if each.values else _TEXTS.get(each.name, _EXAMPLES.get(each.wire))


def _example(kind: str, properties: Iterable[Property], *, is_input: bool) -> dict[str, Any]:
    """One object: the scalars of an answer; of a request what it has to say, and no ids, which name other objects."""
    found: dict[str, Any] = {"type": kind} if kind else {}
    for each in properties:
        value = _example_of(each)
        is_id = each.wire in (wire.ID, wire.RELATIVE_ID, wire.IDS)
        if value is not None and each.shape is None and (each.required or not (is_input and is_id)):
            found[each.name] = value
    return found
