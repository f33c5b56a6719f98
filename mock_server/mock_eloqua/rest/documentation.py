"""What the OpenAPI documents of REST say of each operation, derived from the declarations when asked for."""

from __future__ import annotations

from mock_eloqua.rest import components
from mock_eloqua.rest.components import Components, Schema
from mock_eloqua.rest.resource import FORM_DATA, LISTING, NOTHING, Body, Depth, Extra, Media, ResourceType

_REFUSALS = {
    "400": "A parsing, serialization or validation error",
    "401": "Not authenticated",
    "403": "A permission is missing, or the object is the product's own",
    "404": "There is no such object",
    "429": "A threshold is reached",
    "503": "Down for maintenance",
}
_WITH_BODY = {"409": "A unique value is taken", "413": "The body is too long"}
_MORE_REFUSALS = {
    "POST": _WITH_BODY,
    "PUT": _WITH_BODY,
    "PATCH": _WITH_BODY,
    "SEARCH": {**_WITH_BODY, "405": "X-HTTP-Method-Override names another method"},
    "DELETE": {"409": "Others depend on it (by a switch)", "412": "Others depend on it"},
}
_METHODS = {"C": "POST", "R": "GET", "U": "PUT", "D": "DELETE", "L": "GET"}
_PARAMETERS: dict[str, tuple[str, Schema]] = {
    "depth": ("how much of each object; another word is passed over", {"enum": [each.word for each in Depth]}),
    "count": ("objects on a page", {"type": "integer", "minimum": 1, "maximum": 1000}),
    "page": ("from 1", {"type": "integer", "minimum": 1, "maximum": 2**31}),
    "search": ("terms such as name='*a*'", {"type": "string", "examples": ["name='*news*'"]}),
    "orderBy": ("a name, with ASC or DESC", {"type": "string", "examples": ["name DESC"]}),
    "includePending": ("click-throughs that are pending, too", {"enum": ["true", "1", "false", "0"]}),
    "preMerge": ("leave header and footer out", {"type": "boolean"}),
    "activateNow": ("at once", {"type": "boolean"}),
    "scheduledFor": ("Unix seconds, or now", {"type": "string", "examples": ["now"]}),
    "lastUpdatedAt": ("Unix seconds: updated then or later", {"type": "integer", "examples": [1609459200]}),
}


def operation(resource: ResourceType, letter: str, version: str) -> Schema:
    """What is said of one of the five operations of a type."""
    types = components.of_version(version)
    shown, sent = (_json(types.named(resource.type, is_input=is_input)) for is_input in (False, True))
    described: Schema = {"responses": _refusals(_METHODS[letter])}
    match letter:
        case "C":
            described["requestBody"] = {"content": sent, "required": True}
            described["responses"]["201"] = {"description": "The new object at depth complete", "content": shown}
        case "U":
            described["requestBody"] = {"content": sent, "required": True}
            described["responses"]["200"] = {"description": "The object at depth complete", "content": shown}
        case "R":
            described["responses"]["200"] = {"description": "The object", "content": shown}
            described["parameters"] = _query("depth")
        case "L":
            described["responses"]["200"] = {"description": "A page", "content": _json(types.page(resource.type))}
            described["parameters"] = _query(*LISTING)
        case _:
            described["responses"]["200"] = {"description": "It is gone; no body"}
    return described


def other(extra: Extra, version: str, kind: str = "") -> Schema:
    """What is said of any other operation; *kind* is the type that it belongs to, which it names `{type}`."""
    types = components.of_version(version)
    described: Schema = {"responses": _refusals(extra.method), "parameters": _query(*extra.query)}
    for status, text in extra.answers.items():
        described["responses"][status] = {"description": text}
        if extra.returns is not NOTHING and status in ("200", "201"):
            described["responses"][status]["content"] = _content(types, extra.returns, kind, is_input=False)
    if extra.takes is not NOTHING:
        content = _content(types, extra.takes, kind, is_input=True)
        described["requestBody"] = {"content": content, "required": not extra.may_be_bodiless}
    return described


_FILE: Schema = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}, "folderId": {"type": "string"}},
    "required": ["file"],
}
"""What an upload brings, whatever the part with the file is called [client]."""


def _content(types: Components, said: Body, kind: str, *, is_input: bool) -> Schema:
    if isinstance(said, Media):
        return {said.type: {"schema": _FILE if said is FORM_DATA else {"type": "string"}}}
    named = said.replace("{type}", kind) if isinstance(said, str) else said
    return _json(types.named(named, is_input=is_input))


def schemas(version: str) -> dict[str, Schema]:
    """The types of a version, by name; those of pages too, once its operations have been asked."""
    return dict(sorted(components.of_version(version).schemas.items()))


def _refusals(method: str) -> dict[str, Schema]:
    return {status: {"description": text} for status, text in {**_REFUSALS, **_MORE_REFUSALS.get(method, {})}.items()}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _query(*names: str) -> list[Schema]:
    return [_parameter(name) for name in names]


def _parameter(name: str) -> Schema:
    text, schema = _PARAMETERS.get(name, ("", {"type": "string"}))
    said = {"description": text} if text else {}
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string", **schema}, **said}
