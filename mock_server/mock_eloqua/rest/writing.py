"""Objects of the domain as REST shows them: strings for scalars, nothing for what has no value."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from mock_eloqua.access.users import User
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset_permissions import permissions_of
from mock_eloqua.rest.resource import Depth, Property, ResourceType, Source, Stored
from mock_eloqua.site import Site

_Step = tuple[str, Source, Callable[[Any], Any] | None]

_BRIEF = ("type", "id", "depth", "name")
"""What is left of a related object at minimal (`rest` 3)."""
_AS_THEY_ARE = (wire.TEXT, wire.WORD, wire.TEXTS, wire.FIELD_VALUES, wire.OBJECT, wire.OBJECTS, wire.NUMBER)


def shown(
    resource: ResourceType, site: Site, record: Any, depth: Depth, version: str = "1.0", user: User | None = None
) -> dict[str, Any]:
    """One object at a depth, its keys in the recorded order, empty properties left out.

    To a *user*, `permissions` of an asset are what this user may do with it; to nobody in particular, full control.
    """
    answer: dict[str, Any] = {}
    for name, source, write in _steps(resource, depth, version):
        value = source(site, record)
        if value is not None and value != "":
            # A text is one already: what lies in a document is kept as it travels.
            answer[name] = value if write is None or isinstance(value, str) else write(value)
    if user is not None and "permissions" in answer:
        answer["permissions"] = permissions_of(user.permissions, resource.type, version)
    return answer


def listed(
    resource: ResourceType, site: Site, records: list[Any], depth: Depth, version: str = "1.0", user: User | None = None
) -> list[dict[str, Any]]:
    """Several objects at a depth."""
    return [shown(resource, site, record, depth, version, user) for record in records]


@cache
def _steps(resource: ResourceType, depth: Depth, version: str) -> tuple[_Step, ...]:
    fixed = {"type": resource.type, "depth": depth.word}
    steps: list[_Step] = []
    for each in resource.properties:
        if version not in each.versions:
            continue
        if each.name in fixed and each.source is None:
            steps.append((each.name, lambda _site, _record, value=fixed[each.name]: value, None))  # type: ignore[misc]
        elif each.source is None:
            continue
        elif each.depth <= depth:
            steps.append((each.name, each.source, _write(each)))
        elif each.shape is not None and each.is_brief and depth is Depth.PARTIAL:
            steps.append((each.name, each.source, _brief_with_depth if each.shape.shows_depth else _brief))
    return tuple(steps)


def _write(each: Property) -> Callable[[Any], Any] | None:
    if each.shape is not None and each.shape.shows_depth:
        return partial(_with_depth, depth=Depth.COMPLETE)
    return None if each.wire in _AS_THEY_ARE or isinstance(each.source, Stored) else each.wire.write


def _with_depth(value: Any, depth: Depth) -> Any:
    """Objects inside another with the depth they are shown at, behind type and id."""
    if isinstance(value, list):
        return [_with_depth(each, depth) for each in value]
    head = {name: value[name] for name in ("type", "id") if name in value}
    return head | {"depth": depth.word} | {name: inner for name, inner in value.items() if name not in head}


def _brief_with_depth(value: Any) -> Any:
    return _with_depth(_brief(value), Depth.MINIMAL)


def _brief(value: Any) -> Any:
    """Related objects at minimal; those that echo a depth say so."""
    if isinstance(value, list):
        return [_brief(each) for each in value]
    if not isinstance(value, dict):
        return value
    brief = {name: value[name] for name in _BRIEF if name in value}
    return brief | {"depth": Depth.MINIMAL.word} if "depth" in brief else brief
