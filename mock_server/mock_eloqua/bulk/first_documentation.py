"""What the OpenAPI document of Bulk 1.0 says of each operation: the schemas of 2.0 in the words of 1.0 (`bulk` 20)."""

from __future__ import annotations

import re

from mock_eloqua.bulk import documentation
from mock_eloqua.bulk.documentation import downloaded, said, uploaded
from mock_eloqua.bulk.first_words import ACTION_WORDS, FILTER_RULES
from mock_eloqua.bulk.schemas import (
    ASSET,
    CUSTOM_OBJECT,
    FIELD,
    INSTANT,
    NUMBER,
    PRIORITY,
    ROW,
    SYNC,
    TEXT,
    Schema,
    a_list,
    an_object,
)
from mock_eloqua.crm.transfer.entities import FAMILIES

_DEFINED = re.compile(
    r"(?P<family>contact|account|customObject)(?:/{parentId})?/(?P<kind>import|export)(?P<one>/{id})?(?P<data>/data)?"
)
_ACTION = an_object(action={"enum": list(ACTION_WORDS)}, destinationUri=TEXT)
_IN_FIRST = {
    "dataRetentionDuration": {"secondsToRetainData": NUMBER},
    "autoDeleteDuration": {"secondsToAutoDelete": NUMBER},
    "filter": {
        "filter": an_object(
            filterRule={"enum": list(FILTER_RULES)}, membershipUri=TEXT, value=TEXT, comparisonValue=TEXT
        )
    },
    "syncActions": {"syncActions": a_list(_ACTION)},
}
_LISTING = (
    ("search", {"type": "string", "examples": ["*news*"]}),
    ("page", {"type": "integer", "minimum": 1}),
    ("pageSize", {"type": "integer", "minimum": 1, "maximum": 1000}),
)
_PAGING = (_LISTING[1], ("pageSize", {"type": "integer", "minimum": 1, "maximum": 50_000}))
_RESULT = an_object(count=NUMBER, createdAt=INSTANT, message=TEXT, syncUri=TEXT)
_OBJECT = an_object(id=NUMBER, **CUSTOM_OBJECT["properties"])
_LISTS = {
    "fields": FIELD,
    "results": _RESULT,
    "priorities": PRIORITY,
    "customObjects": _OBJECT,
}
"""By the last word of a list's path; all other lists hold assets."""


def of(method: str, path: str) -> Schema:
    """What is said of an operation of 1.0, by its method and its path below the version."""
    if method == "DELETE":
        return documentation.GONE
    defined = _DEFINED.fullmatch(path)
    if defined:
        return _of_definitions(method, defined)
    if path == "sync":
        return said("201", SYNC, takes=SYNC)
    if path == "sync/{id}":
        return said("200", SYNC)
    return said("200", _page(_LISTS.get(path.rpartition("/")[2], ASSET)), query=_LISTING)


def _of_definitions(method: str, path: re.Match[str]) -> Schema:
    if path["data"]:
        return uploaded() if method == "POST" else downloaded(_page(ROW), _PAGING)
    schema = _definition(path["family"], path["kind"])
    if method == "GET":
        return said("200", schema) if path["one"] else said("200", _page(schema), query=_LISTING)
    return said("201" if method == "POST" else "200", schema, takes=schema)


def _definition(family: str, kind: str) -> Schema:
    two = documentation.definition(FAMILIES[f"{family}s"], f"{kind}s")
    translated = [_IN_FIRST.get(name, {name: schema}) for name, schema in two["properties"].items()]
    return {**two, "properties": {name: schema for each in translated for name, schema in each.items()}}


def _page(inner: Schema) -> Schema:
    return an_object(elements=a_list(inner), page=NUMBER, pageSize=NUMBER, total=NUMBER)
