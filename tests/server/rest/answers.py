"""What answers of REST must hold, by the declaration: what was sent, in the order of the wire, cut to a depth."""

from __future__ import annotations

from functools import partial
from typing import Any

from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Property, ResourceType, Shape

BLANK: tuple[Any, ...] = ("", [], {})
BRIEF = ("type", "id", "depth", "name")
"""What is left of a related object at minimal (`rest` 3)."""


def declared(resource: ResourceType, version: str) -> dict[str, Property]:
    """The properties that a type has in a version, in the order of the wire."""
    return {each.name: each for each in resource.properties if version in each.versions}


def cut(whole: dict[str, Any], resource: ResourceType, version: str, depth: Depth) -> dict[str, Any]:
    """An object at a depth, made of the same at depth complete (`rest` 3)."""
    own, found = declared(resource, version), {}
    for name, value in whole.items():
        if name == "depth":
            found[name] = depth.word
        elif own[name].depth <= depth:
            found[name] = value
        elif own[name].shape is not None and own[name].is_brief and depth is Depth.PARTIAL:
            found[name] = _brief(value)
    return found


def _brief(value: Any) -> Any:
    if isinstance(value, list):
        return [_brief(each) for each in value]
    return {name: value[name] if name != "depth" else Depth.MINIMAL.word for name in BRIEF if name in value}


class Answer:
    """An object as REST shows it."""

    def __init__(self, shown: dict[str, Any], resource: ResourceType, version: str) -> None:
        self._shown = shown
        self._own = declared(resource, version)
        self._type = resource.type
        self._real: dict[str, str] = {}
        """Temporary id to the one that stands for it: the same everywhere in an answer (`rest` 2.4)."""

    def check_order(self) -> None:
        """Are its keys those of the type, in their order?"""
        assert list(self._shown) == [name for name in self._own if name in self._shown]
        if self._own["type"].read_only:
            assert self._shown["type"] == self._type

    def check_holds(self, sent: dict[str, Any]) -> None:
        """Does it hold what was sent?"""
        for name, value in sent.items():
            if name in self._own and value not in BLANK:
                assert name in self._shown, name
                assert self._agrees(self._own[name], self._shown[name], value), (name, value, self._shown[name])

    def _agrees(self, each: Property, shown: Any, sent: Any) -> bool:
        if each.shape is not None:
            if each.wire is wire.OBJECT:
                return self._is(each.shape, shown, sent)
            return len(shown) == len(sent) and all(map(partial(self._is, each.shape), shown, sent))
        if each.wire is wire.FIELD_VALUES:
            return all({"type": "FieldValue", **pair} in shown for pair in sent)
        if each.wire is wire.RELATIVE_ID and sent.startswith("-"):
            return self._names(shown, sent)
        return bool(shown == each.wire.write(each.wire.read(sent)))

    def _names(self, shown: str, sent: str) -> bool:
        return shown.isdigit() and self._real.setdefault(sent, shown) == shown

    def _is(self, shape: Shape, shown: dict[str, Any], sent: dict[str, Any]) -> bool:
        kind = sent.get("type", shape.type)
        own = {each.name: each for each in (*shape.properties, *shape.variants.get(kind, ()))}
        return shown["type"] == kind and all(
            self._has(name, own.get(name), shown.get(name), value)
            for name, value in sent.items()
            if name != "type" and value not in BLANK
        )

    def _has(self, name: str, each: Property | None, shown: Any, sent: Any) -> bool:
        """A property; else the id of an object that has one, or what is kept as it came."""
        if each is not None:
            return shown is not None and self._agrees(each, shown, sent)
        return self._names(shown, sent) if name == "id" and sent.startswith("-") else bool(shown == sent)
