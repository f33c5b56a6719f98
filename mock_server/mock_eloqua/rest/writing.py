"""Objects of the domain as REST shows them: strings for scalars, nothing for what has no value."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from mock_eloqua import dates
from mock_eloqua.rest.resource import Depth, ResourceType, Source, Wire
from mock_eloqua.site import Site

_Step = tuple[str, Source, Callable[[Any], Any]]


def shown(resource: ResourceType, site: Site, record: Any, depth: Depth) -> dict[str, Any]:
    """One object at a depth, its keys in the recorded order, empty properties left out."""
    answer: dict[str, Any] = {}
    for name, source, write in _steps(resource, depth):
        value = source(site, record)
        if value is not None and value != "":
            answer[name] = write(value)
    return answer


def listed(resource: ResourceType, site: Site, records: list[Any], depth: Depth) -> list[dict[str, Any]]:
    """Several objects at a depth."""
    return [shown(resource, site, record, depth) for record in records]


@cache
def _steps(resource: ResourceType, depth: Depth) -> tuple[_Step, ...]:
    fixed = {"type": resource.type, "depth": depth.word}
    steps: list[_Step] = []
    for each in resource.properties:
        if each.name in fixed:
            steps.append((each.name, lambda _site, _record, value=fixed[each.name]: value, str))  # type: ignore[misc]
        elif each.source is not None and each.depth <= depth:
            steps.append((each.name, each.source, _WRITERS[each.wire]))
    return tuple(steps)


def _same(value: Any) -> Any:
    return value


def _boolean(value: bool) -> str:
    return "true" if value else "false"


_WRITERS: dict[Wire, Callable[[Any], Any]] = {
    Wire.TEXT: _same,
    Wire.WORD: _same,
    Wire.ID: str,
    Wire.INTEGER: str,
    Wire.BOOLEAN: _boolean,
    Wire.UNIX: dates.unix,
    Wire.IDS: lambda ids: [str(each) for each in ids],
    Wire.FIELD_VALUES: _same,
}
