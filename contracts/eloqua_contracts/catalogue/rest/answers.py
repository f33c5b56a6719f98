"""What contracts of REST read in its answers (`rest` 2, 4, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eloqua_contracts.contract import expect
from eloqua_contracts.exchange import Exchange

BOTH = ("1.0", "2.0")
ENVELOPE = ["elements", "page", "pageSize", "total"]
_STAMPS = frozenset(
    {"accessedAt", "createdAt", "createdBy", "createdByName", "updatedAt", "updatedBy", "updatedByName"}
)
COMMON = _STAMPS | {"depth", "description", "folderId", "name", "permissions", "scheduledFor", "sourceTemplateId"}
"""What many types have, before their own properties."""


def listed(found: Exchange) -> list[dict[str, Any]]:
    """The elements of a list, which has its envelope."""
    body = found.expect(200).json()
    expect(that=list(body) == ENVELOPE, otherwise=f"the keys are {ENVELOPE}", found=list(body))
    elements: list[dict[str, Any]] = body["elements"]
    return elements


def ids(elements: Iterable[Mapping[str, Any]]) -> list[str]:
    """Of the elements of a list, in their order."""
    return [each["id"] for each in elements]


def broken_rules(found: Exchange, status: int = 400) -> list[dict[str, Any]]:
    """The rules that an answer says are broken, each with its keys."""
    rules = found.expect(status).json()
    expect(that=isinstance(rules, list) and bool(rules), otherwise="the body is a list of broken rules", found=rules)
    for each in rules:
        expect(
            that=each["type"] == "ObjectValidationError" and each["container"]["type"] == "ObjectKey",
            otherwise="each is an ObjectValidationError in an ObjectKey",
            found=each,
        )
    return list(rules)


def broken_rule(found: Exchange, name: str, *requirements: str) -> dict[str, Any]:
    """The one rule that an answer says is broken: of the property *name*, and one of *requirements*."""
    rules = broken_rules(found)
    kinds = [(each["property"], each["requirement"]["type"]) for each in rules]
    wanted = " or ".join(requirements)
    good = len(kinds) == 1 and kinds[0][0] == name and kinds[0][1] in requirements
    expect(that=good, otherwise=f"one rule is broken, {wanted} of {name}", found=kinds)
    return rules[0]


def wrong_parameter(found: Exchange, name: str) -> dict[str, Any]:
    """The error of a parameter, which comes bare or in a list (`rest` 7.2 leaves it open)."""
    body = found.expect(400).json()
    error: dict[str, Any] = body[0] if isinstance(body, list) else body
    expect(that=error.get("parameter") == name, otherwise=f"it is about the parameter {name}", found=error)
    return error


def scalars(thing: Mapping[str, Any]) -> dict[str, Any]:
    """What is no list and no object in an object, but for `depth`."""
    return {name: value for name, value in thing.items() if not isinstance(value, (list, dict)) and name != "depth"}


def no_texts(thing: Mapping[str, Any]) -> dict[str, Any]:
    """The scalars of an object that are no texts."""
    return {name: value for name, value in scalars(thing).items() if not isinstance(value, str)}


def in_order(thing: Mapping[str, Any]) -> list[str]:
    """The keys of an object as recordings have them: the head, the common ones, those of the type."""
    head = [name for name in ("type", "currentStatus", "id") if name in thing]
    common = sorted(name for name in thing if name in COMMON)
    return [*head, *common, *sorted(set(thing) - set(head) - COMMON)]
