"""What the OpenAPI documents of REST say of each operation, derived from the declarations when asked for."""

from __future__ import annotations

from dataclasses import replace

from mock_eloqua.rest import components
from mock_eloqua.rest.components import Components, Schema
from mock_eloqua.rest.resource import (
    FORM_DATA,
    LISTING,
    NOTHING,
    Body,
    Depth,
    Extra,
    Json,
    ListOf,
    Media,
    PageOf,
    Parameter,
    ResourceType,
)

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
_INSTANT: Schema = {"type": "integer", "examples": [1609459200]}
_ID: Schema = {"pattern": r"^[1-9][0-9]{0,17}$", "examples": ["1"]}
_BOOLEAN: Schema = {"enum": ["true", "false"]}
_PARAMETERS: dict[str, tuple[str, Schema]] = {
    "depth": ("how much of each object; another word is passed over", {"enum": [each.word for each in Depth]}),
    "count": ("objects on a page", {"type": "integer", "minimum": 1, "maximum": 1000}),
    "page": ("from 1", {"type": "integer", "minimum": 1, "maximum": 2**31}),
    "search": ("terms such as name='*a*'", {"examples": ["name='*news*'"]}),
    "orderBy": ("a name, with ASC or DESC", {"examples": ["name DESC"]}),
    "lastUpdatedAt": ("Unix seconds: updated then or later", _INSTANT),
    "includeArchived": ("archived ones as well", _BOOLEAN),
    "viewId": ("the view whose fields are shown", _ID),
    "startAt": ("Unix seconds: then or later", _INSTANT),
    "endAt": ("Unix seconds: then or earlier", {**_INSTANT, "examples": [1893456000]}),
    "startDate": ("Unix seconds: then or later", _INSTANT),
    "endDate": ("Unix seconds: then or earlier", {**_INSTANT, "examples": [1893456000]}),
    "includePending": ("click-throughs that are pending, too", {"enum": ["true", "1", "false", "0"]}),
    "preMerge": ("leave header and footer out", _BOOLEAN),
    "contactId": ("the contact who would see it", _ID),
    "ownedByUserId": ("the user whom they are linked to", _ID),
    "user": ("an id or a login name", {"examples": ["api.user"]}),
    "activateNow": ("start at once", _BOOLEAN),
    "scheduledFor": ("Unix seconds of the start, or now", {"examples": ["now"]}),
    "runAsUserId": ("the user on whose behalf it runs", _ID),
    "IsMatchRule": ("rules for what matches, or for what does not", _BOOLEAN),
    "IsCompleted": ("finished rules, or the others", _BOOLEAN),
    "isNonMatchesDestination": ("sets for what does not match, or the others", _BOOLEAN),
}


def operation(resource: ResourceType, letter: str, version: str) -> Schema:
    """What is said of one of the five operations of a type."""
    types = components.of_version(version)
    shown, sent = (_json(types.of(resource.type, is_input=is_input)) for is_input in (False, True))
    by_view = ("viewId",) if resource.by_view else ()
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
            described["parameters"] = _query("depth", *by_view)
        case "L":
            page = _json(types.of(PageOf(resource.type), is_input=False))
            described["responses"]["200"] = {"description": "A page", "content": page}
            archived = ("includeArchived",) if resource.can_be_archived else ()
            described["parameters"] = _query(*LISTING, *by_view, *archived, *resource.query)
        case _:
            described["responses"]["200"] = {"description": "It is gone; no body"}
    return described


def other(extra: Extra, version: str, kind: str = "") -> Schema:
    """What is said of any other operation; *kind* is the type that it belongs to, which it names `{type}`."""
    types = components.of_version(version)
    parameters = _query(*extra.query)
    described: Schema = {
        "responses": _refusals(extra.method),
        "parameters": [each for each in parameters if f"{{{each['name']}}}" not in extra.path],
        "path": {each["name"]: each["schema"] for each in parameters},
    }
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
    "properties": {"file": {"type": "string", "format": "binary"}, "folderId": {"type": "string", **_ID}},
    "required": ["file"],
}
"""What an upload brings, whatever the part with the file is called [client]."""


def _content(types: Components, said: Body, kind: str, *, is_input: bool) -> Schema:
    if isinstance(said, Media):
        return {said.type: {"schema": _FILE if said is FORM_DATA else {"type": "string"}}}
    return _json(types.of(_resolved(said, kind), is_input=is_input))


def _resolved(said: Json, kind: str) -> Json:
    """With the type that an operation belongs to in place of `{type}`."""
    if isinstance(said, ListOf | PageOf):
        return replace(said, of=kind) if said.of == "{type}" else said
    return kind if said == "{type}" else said


def schemas(version: str) -> dict[str, Schema]:
    """The types of a version, by name; those of pages and shapes too, once its operations have been asked."""
    return dict(sorted(components.of_version(version).schemas.items()))


def _refusals(method: str) -> dict[str, Schema]:
    return {status: {"description": text} for status, text in {**_REFUSALS, **_MORE_REFUSALS.get(method, {})}.items()}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _query(*parameters: str | Parameter) -> list[Schema]:
    return [_parameter(each if isinstance(each, Parameter) else Parameter(each)) for each in parameters]


def _parameter(said: Parameter) -> Schema:
    text, schema = _PARAMETERS.get(said.name, ("", {}))
    one_of = {"enum": list(said.words)} if said.words else {}
    found = {"name": said.name, "in": "query", "required": said.is_required}
    found["schema"] = {"type": "string", **schema, **one_of}
    return {**found, "description": text} if text else found
