"""Seeding of what forms are made of, as REST has it but for names in place of ids, for `planting_forms`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mock_eloqua.crm import assets, fields, forms
from mock_eloqua.crm.form_names import CUSTOM_FIELD, FORM_FIELD, UNKNOWN, Renaming
from mock_eloqua.crm.records import CUSTOM_OBJECT
from mock_eloqua.crm.seed_values import Item, plain, text
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site

_OF_FIELDS = {"ContactField": "Contact", "AccountField": "Account"}
_STEP, _MAPPING, _VALIDATION = "FormProcessingStep", "FormFieldUpdateMapping", "FieldValidation"
_STAGE = "ProgressiveProfileStage"
_TYPES = {
    "elements": FORM_FIELD,
    "fields": FORM_FIELD,
    "stages": _STAGE,
    "validations": _VALIDATION,
    "mappings": _MAPPING,
    "keyFieldMapping": _MAPPING,
    "defaultKeyFieldMapping": _MAPPING,
}
"""Of what type an object is that does not say it, by where it stands."""
_LISTS = ("fields", "stages", "validations", "mappings", "updateRules", "conditionalFieldCriteria")
_OBJECTS = ("condition", "keyFieldMapping", "accountUpdateRuleSet", "contactUpdateRuleSet", "customObjectUpdateRuleSet")
_TEXTS = ("type", "name", "htmlName", "displayType", "dataType", "execute")
_WITH_ID = (FORM_FIELD, "FormFieldGroup", "ProgressiveProfile", _STAGE, _VALIDATION, _MAPPING)


def elements(site: Site, given: Iterable[Item]) -> list[dict[str, Any]]:
    """Elements with ids of their own.

    Raises:
        BadSeed: one names what there is not, or has another form.
    """
    renaming = _Names(site, ()).renaming()
    return [_made(site, renaming.element(_checked(plain("elements", each))), "elements") for each in given]


def steps(site: Site, elements: Sequence[dict[str, Any]], given: Iterable[Item]) -> list[dict[str, Any]]:
    """Processing steps of a form of these elements.

    Raises:
        BadSeed: one has no type, names what there is not, or has another form.
    """
    renaming = _Names(site, elements).renaming()
    made = []
    for each in given:
        step = _made(site, renaming.step(_checked(plain("processingSteps", each))))
        (new_id,) = site.database.next_ids(_STEP)
        made.append(step | {"type": text(each, "type"), "id": str(new_id)})
    return made


def mapping(site: Site, elements: Sequence[dict[str, Any]], given: Any) -> dict[str, Any]:
    """Which field of the form stands for which of contacts.

    Raises:
        BadSeed: it names what there is not, or has another form.
    """
    said = _checked(plain("defaultKeyFieldMapping", given), "defaultKeyFieldMapping")
    found: dict[str, Any] = _made(site, _Names(site, elements).renaming().step(said), "defaultKeyFieldMapping")
    return found


class _Names:
    """What names on a site, and in a form, stand for."""

    def __init__(self, site: Site, elements: Sequence[dict[str, Any]]) -> None:
        self._site = site
        self._own = {each.get("htmlName", ""): each["id"] for each in forms.fields({"elements": elements})}

    def renaming(self) -> Renaming:
        """Puts ids for names."""
        return Renaming(self._id)

    def _id(self, kind: str, name: str, within: str) -> str | None:
        if kind == UNKNOWN:
            return name
        found = self._found(kind, name, within)
        if found is None:
            of = f" of {within!r}" if within else ""
            raise BadSeed(f"there is no {kind} {name!r}{of}")
        return found

    def _found(self, kind: str, name: str, within: str) -> str | None:
        if kind == FORM_FIELD:
            return self._own.get(name)
        if kind in _OF_FIELDS:
            field = fields.fields_of(self._site, _OF_FIELDS[kind]).named(name)
            return field.key if field else None
        if kind == CUSTOM_FIELD:
            owner = assets.named(self._site, CUSTOM_OBJECT, within)
            inner = owner.doc["fields"] if owner else ()
            return next((each["id"] for each in inner if each["name"].lower() == name.lower()), None)
        asset = assets.named(self._site, kind, name)
        return str(asset.id) if asset else None


def _checked(value: Any, name: str = "") -> Any:
    """What stands under a name, in the form that it has in REST: what works with it looks no more."""
    if name in _LISTS and not (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
        raise BadSeed(f"{name} is a list of objects")
    if name in (*_OBJECTS, "defaultKeyFieldMapping") and not isinstance(value, dict):
        raise BadSeed(f"{name} is an object")
    if (name in _TEXTS or name.endswith("FieldId")) and not isinstance(value, str):
        raise BadSeed(f"{name} takes a text")
    for each in value if isinstance(value, list) else ():
        _checked(each)
    for key, inner in value.items() if isinstance(value, dict) else ():
        _checked(inner, key)
    return value


def _made(site: Site, value: Any, name: str = "") -> Any:
    """What stands under a name, with types and ids throughout."""
    if isinstance(value, list):
        return [_made(site, each, name) for each in value]
    if not isinstance(value, dict):
        return value
    said = {"type": _TYPES[name]} | value if name in _TYPES else value
    made = {key: _made(site, inner, key) for key, inner in said.items()}
    if made.get("type") not in _WITH_ID:
        return made
    (new_id,) = site.database.next_ids(made["type"])
    return made | {"id": str(new_id)}
