"""What the OpenAPI documents of Bulk say of each operation, derived from the declarations when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mock_eloqua.bulk import properties
from mock_eloqua.crm.transfer.entities import FAMILIES, Family
from mock_eloqua.crm.transfer.kinds import KINDS, STAGED

Schema = dict[str, Any]
_FORMS: dict[Callable[[Any], Any], Schema] = {
    properties.text: {"type": "string"},
    properties.flag: {"type": "boolean"},
    properties.number: {"type": "integer"},
    properties.texts: {"type": "object", "additionalProperties": {"type": "string"}},
    properties.actions: {
        "type": "array",
        "maxItems": 10,
        "items": {
            "type": "object",
            "properties": {
                "action": {"enum": ["add", "remove", "setStatus"]},
                "destination": {"type": "string", "examples": ["{{ContactList[1]}}"]},
                "status": {"type": "string"},
                "updateAll": {"type": "boolean"},
            },
            "required": ["destination"],
        },
    },
}
"""By how a property is read; words in any case are strings."""
_STAMPS: Schema = {
    "uri": {"type": "string"},
    "createdBy": {"type": "string"},
    "createdAt": {"type": "string", "format": "date-time"},
    "updatedBy": {"type": "string"},
    "updatedAt": {"type": "string", "format": "date-time"},
}
SYNC: Schema = {
    "type": "object",
    "properties": {
        "syncedInstanceUri": {"type": "string", "examples": ["/contacts/imports/1"]},
        "callbackUrl": {"type": "string"},
        "syncStartedAt": {"type": "string", "format": "date-time"},
        "syncEndedAt": {"type": "string", "format": "date-time"},
        "status": {"enum": ["pending", "active", "success", "warning", "error"]},
        "createdAt": {"type": "string", "format": "date-time"},
        "createdBy": {"type": "string"},
        "uri": {"type": "string", "examples": ["/syncs/1"]},
    },
    "required": ["syncedInstanceUri"],
}
_ROWS: Schema = {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}}
_REFUSALS: Schema = {
    "400": {"description": "A validation error, told in `failures`; without a body where a body cannot be parsed"},
    "401": {"description": "A bad login, or a missing right"},
    "404": {"description": "There is no such thing, or the body is over 32 MB"},
    "429": {"description": "A threshold is reached"},
    "503": {"description": "Down for maintenance"},
}
_LISTING = (
    ("limit", {"type": "integer", "minimum": 1, "maximum": 1000}),
    ("offset", {"type": "integer", "minimum": 0}),
    ("q", {"type": "string", "examples": ["name=*news*"]}),
    ("orderBy", {"type": "string", "examples": ["name DESC"]}),
    ("totalResults", {"type": "boolean"}),
)
_PAGING = (("limit", {"type": "integer", "minimum": 1, "maximum": 50_000}), _LISTING[1])


_DEFINED = re.compile(
    rf"(?P<family>.+?)(?:/{{parentId}})?/(?P<kind>{'|'.join(KINDS)})(?P<one>/{{id}})?(?P<data>/data)?"
)
_ITEM: Schema = {"type": "object", "properties": {"name": {"type": "string"}, "uri": {"type": "string"}}}
_STORAGE: Schema = {"type": "object", "properties": {"kbUsed": {"type": "integer"}, "kbAllowed": {"type": "integer"}}}
_GONE: Schema = {
    "responses": {
        **_REFUSALS,
        "204": {"description": "It is gone; no body"},
        "409": {"description": "A sync works on it"},
    }
}


def of(method: str, path: str) -> Schema:
    """What is said of an operation of 2.0, by its method and its path below the version."""
    if method == "DELETE":
        return _GONE
    defined = _DEFINED.fullmatch(path)
    if defined and defined["family"] in FAMILIES:
        return _of_definitions(method, FAMILIES[defined["family"]], defined)
    if path in ("imports/data", "exports/data"):
        return _said("200", _STORAGE)
    if path.endswith("/data"):
        return _rows()
    inner = SYNC if path in ("syncs", "syncs/{id}") else _ITEM
    if method == "POST":
        return _said("201", inner, takes=inner)
    return _said("200", inner) if path.endswith("{id}") else _said("200", _page(inner), query=_LISTING)


def _of_definitions(method: str, family: Family, path: re.Match[str]) -> Schema:
    kind = path["kind"]
    if path["data"]:
        return _staged() if kind in STAGED else _rows()
    schema = _definition(family, kind)
    match method, path["one"]:
        case "GET", None:
            return _said("200", _page(schema), query=_LISTING)
        case "GET", _:
            return _said("200", schema)
    return _said("201" if method == "POST" else "200", schema, takes=schema)


def _definition(family: Family, kind: str) -> Schema:
    """The schema of a definition, with the properties of its family."""
    own = {each.name: _FORMS.get(each.read, {"type": "string"}) for each in properties.of(family.path, kind)}
    return {"type": "object", "properties": own | _STAMPS, "required": ["name", "fields"]}


def _rows() -> Schema:
    """Data, as JSON or CSV."""
    said = _said("200", _page({"type": "object", "additionalProperties": {"type": "string"}}), query=_PAGING)
    said["responses"]["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}
    return said


def _staged() -> Schema:
    """An upload: 204, or 201 with a sync."""
    said = _said("201", SYNC, takes=_ROWS)
    said["requestBody"]["content"]["text/csv"] = {"schema": {"type": "string"}}
    said["responses"]["204"] = {"description": "It waits for a sync; no body"}
    return said


def _page(inner: Schema) -> Schema:
    numbers = {name: {"type": "integer"} for name in ("totalResults", "limit", "offset", "count")}
    return {
        "type": "object",
        "properties": {"items": {"type": "array", "items": inner}, **numbers, "hasMore": {"type": "boolean"}},
    }


def _said(status: str, returns: Schema, *, takes: Schema | None = None, query: Any = ()) -> Schema:
    answer = {"description": "What was asked for", "content": {"application/json": {"schema": returns}}}
    parameters = [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in query]
    said: Schema = {"responses": {**_REFUSALS, status: answer}, "parameters": parameters}
    if takes is not None:
        said["requestBody"] = {"content": {"application/json": {"schema": takes}}, "required": True}
    return said
