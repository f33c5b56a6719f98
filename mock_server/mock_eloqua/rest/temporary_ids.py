"""Temporary ids: new nested objects get real ones, everywhere in a request (`rest` 2.4) [doc], [client]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mock_eloqua.rest.resource import Property, Shape
from mock_eloqua.site import Site

_TEMPORARY = re.compile(r"-\d+")
_EXPRESSIONS = ("statement",)
"""Properties that name ids inside an expression."""


def settled(site: Site, properties: tuple[Property, ...], doc: dict[str, Any]) -> dict[str, Any]:
    """The document with an id for every nested object that has none or a temporary one, and no temporary id left."""
    given: dict[str, str] = {}
    for shape, item in _nested(properties, doc):
        key = item.get("id", "")
        if shape.has_id and (not key or _TEMPORARY.fullmatch(key)):
            (new_id,) = site.database.next_ids(shape.type)  # one counter, whatever its variant
            if key:
                given[key] = str(new_id)
            rest = {name: value for name, value in item.items() if name not in ("type", "id")}
            item.update({"id": str(new_id)} | {name: item.pop(name) for name in rest})  # the id stands before the rest
    return _renamed(doc, given) if given else doc


def _nested(properties: tuple[Property, ...], doc: dict[str, Any]) -> Iterator[tuple[Shape, dict[str, Any]]]:
    for each in properties:
        value = doc.get(each.name)
        if each.shape is None or value is None:
            continue
        for item in value if isinstance(value, list) else [value]:
            yield each.shape, item
            yield from _nested((*each.shape.properties, *each.shape.variants.get(item["type"], ())), item)


def _renamed(value: Any, given: dict[str, str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _renamed(inner, given, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, given, name) for inner in value]
    if not isinstance(value, str):
        return value
    if name in _EXPRESSIONS:
        return _TEMPORARY.sub(lambda found: given.get(found[0], found[0]), value)
    return given.get(value, value)
