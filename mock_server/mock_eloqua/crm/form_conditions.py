"""When a processing step of a form runs: the flat condition of REST 1.0, the nested one of 2.0, and what both mean.

What is stored has both, so that each version reads its own (`rest` 12.1, 20).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from typing import Any

FLAT = (
    "conditionalType",
    "conditionalFieldId",
    "conditionalComparator",
    "conditionalValue",
    "isConditionallyNegated",
)
"""The properties of the flat condition; `conditionalValue`, what the field is compared with, is [inferred]."""
COMPARATORS = {"exactly": "equal", "not exactly": "notEqual"}
"""Comparator of the flat condition to operator of the nested one."""

Step = Mapping[str, Any]
ValueOf = Callable[[str, str], str]
"""Gives the value of a field by its kind (`form`, `contact`) and id."""


def nested(step: Step) -> dict[str, Any]:
    """A step with its condition in both forms; where a request has both, the flat one counts."""
    made = dict(step)
    if made.get("conditionalFieldId"):
        made["condition"] = _nested(made)
    elif "condition" in made:
        made |= _flat(made["condition"])
    return made


def _nested(step: Step) -> dict[str, Any]:
    value = step.get("conditionalValue", "")
    compared = {"formFieldId": value} if _is_of_field(step) else {"value": value}
    operator = COMPARATORS.get(step.get("conditionalComparator", ""), "equal")
    return {
        "type": "ProcessingStepCondition",
        "conditionalFieldCriteria": [
            {
                "type": "FormFieldComparisonCriteria",
                "condition": {"type": "TextValueCondition", "operator": operator, **compared},
                "fieldId": step["conditionalFieldId"],
            }
        ],
        "isConditionallyNegated": step.get("isConditionallyNegated", "false"),
    }


def _is_of_field(step: Step) -> bool:
    """Is a field compared with another one? The word for it is not known: any that speaks of a field will do."""
    return "field" in step.get("conditionalType", "").lower() and bool(step.get("conditionalValue"))


def _flat(condition: Step) -> dict[str, Any]:
    """The flat form of a nested condition that has one; 1.0 cannot say any other."""
    criteria = condition.get("conditionalFieldCriteria", ())
    if len(criteria) != 1:
        return {}
    inner = criteria[0].get("condition", {})
    words = {operator: word for word, operator in COMPARATORS.items()}
    if inner.get("operator") not in words:
        return {}
    value = inner.get("formFieldId") or inner.get("value")
    return {
        "conditionalComparator": words[inner["operator"]],
        "conditionalFieldId": criteria[0].get("fieldId", ""),
        "conditionalType": "formField" if inner.get("formFieldId") else "staticValue",
        "isConditionallyNegated": condition.get("isConditionallyNegated", "false"),
        **({"conditionalValue": value} if value else {}),
    }


def runs(step: Step, value_of: ValueOf) -> bool:
    """Does a step run for these values? One that does not say when runs always [inferred]."""
    execute: str = step.get("execute", "always")
    if execute == "conditionally":
        return holds(step.get("condition", {}), value_of)
    return execute == "always"


def holds(condition: Step, value_of: ValueOf) -> bool:
    """Do all criteria of a condition hold [inferred: all], or not all, where it is negated?"""
    met = all(_is_met(each, value_of) for each in condition.get("conditionalFieldCriteria", ()))
    return met is not (condition.get("isConditionallyNegated") == "true")


def _is_met(criterion: Step, value_of: ValueOf) -> bool:
    kind = "contact" if criterion.get("type", "").startswith("Contact") else "form"
    value = value_of(kind, criterion.get("fieldId", ""))
    inner: Step = criterion.get("condition", {})
    operator: str = inner.get("operator", "equal")
    compared = value_of("form", inner["formFieldId"]) if inner.get("formFieldId") else inner.get("value", "")
    if inner.get("type") == "TextSetCondition":
        words = [each.strip().lower() for each in inner.get("quickListString", "").split(",")]
        return (value.lower() in words) is not operator.lower().startswith("not")
    if inner.get("type") in ("BlankTextCondition", "IsRequiredCondition"):
        return (not value) is (inner["type"] == "BlankTextCondition")
    return compare(operator, value, compared if isinstance(compared, str) else "")


def compare(operator: str, value: str, other: str) -> bool:
    """Compare two texts, without case [inferred]; as numbers where the operator asks for more and less."""
    base = operator.removeprefix("not") if operator.startswith("not") else operator
    test = _TESTS.get(base[:1].lower() + base[1:])
    return test is not None and test(value.lower(), other.lower()) != operator.startswith("not")


def _less(value: str, other: str) -> bool:
    try:
        return Decimal(value) < Decimal(other)
    except InvalidOperation:
        return value < other


_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "equal": lambda value, other: value == other,
    "contain": lambda value, other: other in value,
    "contains": lambda value, other: other in value,
    "startsWith": lambda value, other: value.startswith(other),
    "startWith": lambda value, other: value.startswith(other),
    "endsWith": lambda value, other: value.endswith(other),
    "endWith": lambda value, other: value.endswith(other),
    "matchesWildcardPattern": fnmatchcase,
    "isBlank": lambda value, _: not value,
    "less": _less,
    "greater": lambda value, other: _less(other, value),
}
