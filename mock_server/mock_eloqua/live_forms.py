"""The forms of a live site as a seed says them: elements, HTML and processing steps, with names in place of ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mock_eloqua.crm import forms
from mock_eloqua.crm.form_names import FORM_FIELD, UNKNOWN, Renaming

_TEXTS = ("htmlName", "html", "style", "customCSS", "processingType")
_STEP_TYPES = (*forms.STEP_TYPES, *forms.STEP_TYPES_OF_CLIENTS)


@dataclass(frozen=True)
class Names:
    """What ids on a site stand for, by kind."""

    known: Mapping[str, Mapping[str, str]]

    def of(self, kind: str, key: str) -> str | None:
        """The name of a thing of that kind; None: it is not copied."""
        return self.known.get(kind, {}).get(key)


def form(of: Mapping[str, Any], names: Names) -> tuple[dict[str, Any], list[str]]:
    """What a form has besides its name, and a line for each of its steps that names what is not copied.

    Such a step never runs, since it would fail each time.
    """
    own = {each["id"]: each["htmlName"] for each in forms.fields(of) if each.get("htmlName")}

    def look(kind: str, key: str, _within: str) -> str | None:
        return None if kind == UNKNOWN else own.get(key) if kind == FORM_FIELD else names.of(kind, key)

    found: dict[str, Any] = {name: of[name] for name in _TEXTS if of.get(name)}
    found |= {"isHidden": True} if of.get("isHidden") == "true" else {}
    found["elements"] = [Renaming(look).element(each) for each in of.get("elements", ())]
    key = Renaming(look)
    mapping = key.step(of.get("defaultKeyFieldMapping") or {})
    if mapping and not key.missing:
        found["defaultKeyFieldMapping"] = mapping
    steps, idle = [], []
    for each in of.get("processingSteps", ()):
        renaming = Renaming(look)
        step = renaming.step(_without_query(each))
        if each.get("type") not in _STEP_TYPES:
            idle.append(f"form {of['name']!r}: the step {each.get('type')} is not known here")
            continue
        if renaming.missing:
            step["execute"] = "never"
            why = ", ".join(renaming.missing)
            idle.append(f"form {of['name']!r}: the step {each['type']} never runs, since {why} is not copied")
        steps.append(step)
    return found | ({"processingSteps": steps} if steps else {}), idle


def _without_query(step: Mapping[str, Any]) -> Mapping[str, Any]:
    """A step that posts to an address, without what keys may be in it."""
    if "externalUrl" not in step:
        return step
    url = forms.constant(step["externalUrl"]).partition("?")[0]
    return {**step, "externalUrl": {"valueType": "constant", "constantValue": url} if url else step["externalUrl"]}
