"""Batches: each item has its result, in the order of the call; where one fails, the others go on (`soap` 5.3, 10.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from enum import Enum
from typing import Any, Protocol, TypeVar

from mock_eloqua.access import gate
from mock_eloqua.access.limits import SOAP_BATCH
from mock_eloqua.access.matrix import doing
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound, Refused
from mock_eloqua.soap import faults
from mock_eloqua.soap.contract.faults import BATCH_SIZE_EXCEEDED
from mock_eloqua.web.call import Call

T = TypeVar("T")
Values = dict[str, Any]
"""A complex value by member name, as the wire has it."""


class Action(Enum):
    """What is done to an item, in the word that a refusal says."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Kind(Protocol):
    """What is written to."""

    @property
    def noun(self) -> str:
        """What several are called: `contact groups`."""

    @property
    def thing(self) -> str:
        """What the permission matrix calls it."""

    def field_name(self, call: Call, key: str) -> str:
        """The internal name of a field, by what the domain calls it."""


class Unwritable(Exception):
    """Fields that cannot be written; *errors* as results show them."""

    def __init__(self, errors: list[Values]) -> None:
        super().__init__(", ".join(each["Message"] for each in errors))
        self.errors = errors


def batch(call: Call, parameter: str, items: list[T] | None) -> list[T]:
    """The items of a call that takes so many at most."""
    if items is None:
        raise faults.invalid(**{parameter: faults.NULL})
    if not call.site.thresholds.allows(SOAP_BATCH, len(items)):
        raise faults.typed(BATCH_SIZE_EXCEEDED)
    return items


def outcomes(
    call: Call, action: Action, items: Sequence[tuple[Kind, Values]], work: Callable[[Any, Values], int]
) -> list[tuple[int, list[Values]]]:
    """Do something to each item, all in one write; the id that each result shows, and its errors.

    What fails leaves nothing behind. One alone is a write anyway.
    """
    with call.site.database.writing() if len(items) > 1 else _ALONE:
        return [_outcome(call, action, kind, item, work) for kind, item in items]


_ALONE = nullcontext()


def _outcome(
    call: Call, action: Action, kind: Kind, item: Values, work: Callable[[Any, Values], int]
) -> tuple[int, list[Values]]:
    """-1 is how every failed create is told [recorded]; a refused delete shows 0 [recorded], others the id."""
    is_new = action is Action.CREATE
    if refusals := unauthorized(call, action, kind):
        return -1 if is_new else 0, refusals
    failed = -1 if is_new else item["Id"]
    try:
        with call.site.database.attempting():
            return work(kind, item), []
    except Unwritable as refused:
        return failed, refused.errors
    except Refused as refused:
        return failed, errors(call, kind, refused)


def unauthorized(call: Call, action: Action, kind: Kind) -> list[Values]:
    """The error of a user who may not do it [recorded for the deleting of contact groups]."""
    verdict = gate.permitted(call.user, doing(action.value, kind.thing).needs)
    if verdict is ALLOWED:
        return []
    call.refused = str(verdict)
    return [error("UnauthorizedAction", f"You are not authorized to {action.value} {kind.noun}.")]


def error(code: str, message: str) -> Values:
    """One `Error` of a result."""
    return {"ErrorCode": code, "Message": message}


def errors(call: Call, kind: Kind, refused: Refused) -> list[Values]:
    """What the domain refuses, as a result's errors."""
    match refused:
        case Duplicate():
            return [error("DuplicateValue", "You are attempting to create a duplicate entity.")]
        case Invalid():
            return [_broken(kind.field_name(call, each.property), each) for each in refused.failures]
        case NotFound():
            return [error("ItemNotFound", "The item was not found.")]
        case _:
            return [error("UnexpectedException", f"It cannot be done: {refused}.")]


_CODES = {
    "ValidTextLengthRequirement": ("MaximumLengthExceeded", "The value of {name} is too long."),
    "DateRequirement": ("InvalidDataType", "The value of {name} is not a date."),
    "IntegerRequirement": ("InvalidDataType", "The value of {name} is not a number."),
    "BooleanRequirement": ("InvalidDataType", "The value of {name} is not true or false."),
    "RelationshipRequirement": ("ItemNotFound", "What {name} refers to was not found."),
}
"""Broken rule to error code [inferred; the codes are those of the contract]."""


def _broken(name: str, failure: Failure) -> Values:
    if failure.value is None:
        return error("RequiredFieldNotSpecified", f"The field {name} is required.")
    code, message = _CODES.get(failure.requirement, ("ValidationIssue", "The value of {name} is not valid."))
    return error(code, message.format(name=name))
