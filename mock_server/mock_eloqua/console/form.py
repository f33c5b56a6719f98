"""The form of an object: an input for each text, number and field value, JSON for what is more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from mock_eloqua.console.kinds import Kind, is_scalar
from mock_eloqua.console.visit import Declined
from mock_eloqua.crm import fields, records
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Property
from mock_eloqua.site import Site

VALUE, FIELD, REST, WHOLE = "value.", "field.", "rest", "whole"
"""What the names of inputs begin with, and those of the two texts in JSON."""
_LONG = 80
"""Characters from which a text gets several lines."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    is_long: bool = False
    is_required: bool = False
    longest: int = 0
    hint: str = ""
    is_fixed: bool = False
    """It is shown, and only the product writes it."""


def inputs(kind: Kind, shown: Mapping[str, Any]) -> list[Input]:
    """Those of the properties that are one text or number."""
    return [_input(each, str(shown.get(each.name, ""))) for each in _written(kind) if is_scalar(each)]


def _input(each: Property, value: str) -> Input:
    choices = ("true", "false") if each.wire is wire.BOOLEAN else each.values
    return Input(
        name=f"{VALUE}{each.name}",
        label=each.name,
        value=value,
        choices=choices if not choices or value in ("", *choices) else (*choices, value),
        is_long=not choices and (len(value) > _LONG or "\n" in value),
        is_required=each.required,
        longest=each.longest,
        hint=_HINTS.get(each.wire, ""),
    )


_HINTS = {
    wire.ID: "id",
    wire.RELATIVE_ID: "id",
    wire.INTEGER: "whole number",
    wire.NUMBER: "whole number",
    wire.DECIMAL: "number",
    wire.UNIX: "Unix seconds",
}


_FIELD_HINTS = {"date": "Unix seconds", "numeric": "number", "number": "whole number"}


def field_inputs(site: Site, kind: Kind, shown: Mapping[str, Any], parent: int | None) -> list[Input]:
    """One for each of the fields that are no properties."""
    if not any(each.wire is wire.FIELD_VALUES for each in _written(kind)):
        return []
    known = _catalogue(site, kind, parent).by_key
    values = {each["id"]: each.get("value", "") for each in shown.get("fieldValues", ())}
    keys = values or {key: "" for key in known if not _is_property(kind, known[key])}
    return [_field_input(known.get(key), key, value) for key, value in keys.items()]


def _field_input(field: fields.Field | None, key: str, value: str) -> Input:
    return Input(
        name=f"{FIELD}{key}",
        label=field.name if field else f"field {key}",
        value=value,
        is_long=len(value) > _LONG or "\n" in value,
        longest=field.longest if field else 0,
        hint=_FIELD_HINTS.get(field.data_type, "") if field else "",
        is_fixed=bool(field and field.is_read_only),
    )


def _catalogue(site: Site, kind: Kind, parent: int | None) -> fields.Catalogue:
    if parent is not None and kind.parent is not None:
        return records.owner(site, kind.parent.resource.type, parent).fields
    return fields.fields_of(site, kind.resource.type)


def _is_property(kind: Kind, field: fields.Field) -> bool:
    """Is the field a property besides? Its name says so: `C_FirstName`, `firstName`."""
    name = field.internal_name.partition("_")[2].lower()
    return any(each.name.lower() == name for each in kind.properties)


def remainder(kind: Kind, shown: Mapping[str, Any]) -> str:
    """What is more than one text or number, as JSON; blank where the kind has nothing of the sort."""
    names = _rest_names(kind)
    return _json({name: value for name, value in shown.items() if name in names}) if names else ""


def whole(kind: Kind, shown: Mapping[str, Any]) -> str:
    """All that can be written, as JSON."""
    written = {each.name for each in _written(kind)}
    return _json({name: value for name, value in shown.items() if name in written or name == "type"})


def facts(kind: Kind, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What only the product writes."""
    written = {each.name for each in _written(kind)} | {"type", "depth"}
    return {name: value for name, value in shown.items() if name not in written}


def body(kind: Kind, shown: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """What is sent in: what is *shown*, with what was *typed* in its place.

    Raises:
        Declined: what should be JSON is none.
    """
    if WHOLE in typed:
        return _object(typed[WHOLE])
    written = {each.name: each for each in _written(kind)}
    found = {name: value for name, value in shown.items() if name in written}
    if REST in typed:
        found = {name: value for name, value in found.items() if name not in _rest_names(kind)} | _object(typed[REST])
    for name, each in written.items():
        text = typed.get(f"{VALUE}{name}")
        if text is not None and text != str(shown.get(name, "")).replace("\r\n", "\n"):
            found[name] = text
            if not text and each.wire not in (wire.TEXT, wire.WORD):
                del found[name]
    if values := {name.removeprefix(FIELD): text for name, text in typed.items() if name.startswith(FIELD)}:
        found["fieldValues"] = [{"type": "FieldValue", "id": key, "value": text} for key, text in values.items()]
    return found


def _written(kind: Kind) -> list[Property]:
    return [each for each in kind.properties if not each.read_only]


def _rest_names(kind: Kind) -> set[str]:
    return {each.name for each in _written(kind) if not is_scalar(each) and each.wire is not wire.FIELD_VALUES}


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _object(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text or "{}")
    except orjson.JSONDecodeError as error:
        raise Declined(f"that is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise Declined("a JSON object is wanted, in braces")
    return found
