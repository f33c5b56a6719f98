"""Forms with names in place of ids, as seeds say them.

Lists and other assets have their names there, contact fields their internal ones, fields of the form their `htmlName`.
One walk serves both ways: what is read from a live site gets names, what is planted gets the ids of its site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_eloqua.crm import forms
from mock_eloqua.crm.references import REFERENCES

FORM_FIELD, CUSTOM_FIELD, UNKNOWN = "FormField", "CustomObjectField", ""
Look = Callable[[str, str, str], str | None]
"""What is to stand in place of a text: of its kind, the text, and of a field of a custom object what stands for that.

None: nothing can. Of `UNKNOWN` kind is what ends in `Id` and nobody knows of what.
"""

_OBJECTS = {**REFERENCES, **forms.OF_OBJECTS, "eventId": "EventRegistration"}
_OWN_FIELDS = (*forms.OF_FIELDS, "conditionalFieldId", "sourceFieldId")
_TARGETS = ("keyFieldId", "targetEntityFieldId", "targetFieldId", "uniqueFieldId")
"""Where a step names a field of what it writes to."""
_MADE_ANEW = ("id", "depth", "hasValidationIssue")
_NOTHING = ("", "0")


@dataclass
class Renaming:
    """Puts one for the other, throughout the elements or the steps of a form."""

    look: Look
    missing: list[str] = field(default_factory=list)
    """What nothing can stand for: property and text."""

    def element(self, element: Mapping[str, Any]) -> dict[str, Any]:
        """An element of a form, with what is in it."""
        return self._object(element, _Target("ContactField"), "")

    def step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """A processing step, or a mapping of fields by itself."""
        return self._object(step, _target(step), "")

    def _object(self, given: Mapping[str, Any], target: _Target, outer: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, value in given.items():
            if name in _MADE_ANEW:
                continue
            kept = self._value(value, outer if name == "constantValue" else name, given, target)
            if kept is not None:
                made[name] = kept
        return made

    def _value(self, value: Any, name: str, of: Mapping[str, Any], target: _Target) -> Any:
        if isinstance(value, Mapping):
            return self._object(value, target, name)
        if isinstance(value, list):
            return [self._value(each, name, of, target) for each in value]
        if not name.endswith("Id"):
            return value
        if value in _NOTHING:
            return None
        kind = _kind(name, of, target)
        found = self.look(kind, value, target.within if kind == CUSTOM_FIELD else "")
        if found is None and kind != UNKNOWN:
            self.missing.append(f"{name} {value}")
        return found


@dataclass(frozen=True, slots=True)
class _Target:
    """What a step writes to: the kind of its fields, and the custom object that has them."""

    kind: str
    within: str = ""


def _target(step: Mapping[str, Any]) -> _Target:
    if step.get("customObjectId"):
        return _Target(CUSTOM_FIELD, forms.constant(step["customObjectId"]))
    if step.get("eventId"):
        return _Target("EventField")
    is_of_account = "Account" in step.get("type", "") or step.get("accountUpdateRuleSet")
    return _Target("AccountField" if is_of_account else "ContactField")


def _kind(name: str, of: Mapping[str, Any], target: _Target) -> str:
    if name in _TARGETS:
        return target.kind
    if name == "fieldId":
        return "ContactField" if str(of.get("type", "")).startswith("Contact") else FORM_FIELD
    return FORM_FIELD if name in _OWN_FIELDS else _OBJECTS.get(name, UNKNOWN)
