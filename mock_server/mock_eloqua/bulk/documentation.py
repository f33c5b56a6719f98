"""What the OpenAPI documents of Bulk say of each operation, derived from the declarations when asked for."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Sequence
from typing import Any

from mock_eloqua.bulk import properties
from mock_eloqua.bulk.schemas import (
    ASSET,
    BY_WORD,
    CSV,
    FLAG,
    NUMBER,
    ROW,
    STAMPS,
    STORAGE,
    SYNC,
    TEXT,
    Schema,
    a_list,
    an_object,
)
from mock_eloqua.crm.transfer.entities import FAMILIES, Family
from mock_eloqua.crm.transfer.kinds import KINDS, STAGED

Query = Sequence[tuple[str, Schema]]
"""Parameters of the query: name and schema."""
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
_REFUSALS: Schema = {
    "400": {"description": "A validation error, told in `failures`; without a body where a body cannot be parsed"},
    "401": {"description": "A bad login, or a missing right"},
    "404": {"description": "There is no such thing, or the body is over 32 MB"},
    "403": {"description": "The site does not have the service"},
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
GONE: Schema = {
    "responses": {
        **_REFUSALS,
        "204": {"description": "It is gone; no body"},
        "409": {"description": "A sync works on it"},
    }
}


def of(method: str, path: str) -> Schema:
    """What is said of an operation of 2.0, by its method and its path below the version."""
    if method == "DELETE":
        return GONE
    defined = _DEFINED.fullmatch(path)
    if defined and defined["family"] in FAMILIES:
        return _of_definitions(method, FAMILIES[defined["family"]], defined)
    if path in ("imports/data", "exports/data"):
        return said("200", STORAGE)
    if path.endswith("/data"):
        return _rows()
    if path in KINDS:
        return said("200", _page(_any_definition(path)), query=_LISTING)
    inner = BY_WORD.get(path.removesuffix("/{id}").rpartition("/")[2], ASSET)
    if method == "POST":
        return said("201", inner, takes=inner)
    return said("200", inner) if path.endswith("{id}") else said("200", _page(inner), query=_LISTING)


def _of_definitions(method: str, family: Family, path: re.Match[str]) -> Schema:
    kind = path["kind"]
    if path["data"]:
        return uploaded() if kind in STAGED else _rows()
    schema = definition(family, kind)
    match method, path["one"]:
        case "GET", None:
            return said("200", _page(schema), query=_LISTING)
        case "GET", _:
            return said("200", schema)
    return said("201" if method == "POST" else "200", schema, takes=schema)


def definition(family: Family, kind: str) -> Schema:
    """The schema of a definition, with the properties of its family."""
    return {**an_object(**_properties(family, kind)), "required": ["name", "fields"]}


def _any_definition(kind: str) -> Schema:
    """With the properties of all families."""
    known = [_properties(family, kind) for family in FAMILIES.values() if kind in family.kinds]
    return an_object(**dict(ChainMap(*known)))


def _properties(family: Family, kind: str) -> Schema:
    own = {each.name: _FORMS.get(each.read, TEXT) for each in properties.of(family.path, kind)}
    return {**own, "kbUsed": NUMBER, **STAMPS}


def _rows() -> Schema:
    return downloaded(_page(ROW), _PAGING)


def downloaded(page: Schema, query: Query) -> Schema:
    """Data, as JSON or CSV."""
    found = said("200", page, query=query)
    found["responses"]["200"]["content"][CSV] = {"schema": TEXT}
    found["responses"]["403"] = {"description": "Another user ran the sync"}
    found["responses"]["410"] = {"description": "The data have expired, where a switch says so"}
    return found


def uploaded() -> Schema:
    """Data taken: 204, or 201 with a sync."""
    found = said("201", SYNC, takes=a_list(ROW))
    found["requestBody"]["content"][CSV] = {"schema": TEXT}
    found["responses"]["204"] = {"description": "It waits for a sync; no body"}
    found["responses"]["413"] = {"description": "There is no room for it"}
    return found


def _page(inner: Schema) -> Schema:
    numbers = dict.fromkeys(("totalResults", "limit", "offset", "count"), NUMBER)
    return an_object(items=a_list(inner), **numbers, hasMore=FLAG)


def said(status: str, returns: Schema, *, takes: Schema | None = None, query: Query = ()) -> Schema:
    """What is said of an operation with one good answer."""
    answer = {"description": "What was asked for", "content": {"application/json": {"schema": returns}}}
    parameters = [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in query]
    found: Schema = {"responses": {**_REFUSALS, status: answer}, "parameters": parameters}
    if takes is not None:
        found["requestBody"] = {"content": {"application/json": {"schema": takes}}, "required": True}
    return found
