"""Forms: their fields, what is worked out when one is written, and which values they take (`rest` 12.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from html import escape
from typing import Any

from mock_eloqua.crm import addresses, assets, form_conditions, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid
from mock_eloqua.site import Site

KIND = "Form"
PROCESSING_TYPES = ("externalEmail", "externalWebsite", "internallyHosted", "internalAgentProxyForm")
EXECUTE = ("always", "conditionally", "never")
STEP_TYPES = (
    "FormStepAddToCampaign",
    "FormStepAddToContactList",
    "FormStepAddToDataCanvas",
    "FormStepAddToProgram",
    "FormStepAssociateToCampaign",
    "FormStepCancelRegistration",
    "FormStepCreateUpdate",
    "FormStepCreateUpdateEventRegistration",
    "FormStepCreateUpdateFromFormField",
    "FormStepGlobalSubscribe",
    "FormStepGlobalUnsubscribe",
    "FormStepGroupSubscription",
    "FormStepPostData",
    "FormStepRedirectToWebPage",
    "FormStepRemoveFromContactList",
    "FormStepRunIntegrationRules",
    "FormStepSendEmail",
    "FormStepSendNotificationEmail",
    "FormStepUpdateContactEmailAddress",
    "FormStepWebTracking",
)
"""What a processing step may be [doc]."""
STEP_TYPES_OF_CLIENTS = (
    "FormStepAddToProgramBuilder",
    "FormStepCreateUpdateAccount",
    "FormStepCreateUpdateAccountFromFormField",
    "FormStepCreateUpdateContact",
    "FormStepCreateUpdateContactFromFormField",
    "FormStepCreateUpdateCustomObject",
    "FormStepCreateUpdateCustomObjectFromFormField",
)
"""The same by the names that clients read from live sites [client]."""
_VISITOR = "elqcustomerguid"
"""The `htmlName`, in lower case, of the hidden field that names a visitor [doc]."""
_EMAIL_FIELD = "100001"

Values = Mapping[str, str]
"""Form field id to what was sent in."""


def fields(doc: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of a form, also those in groups and in the stages of progressive profiles."""
    for element in doc.get("elements", ()):
        yield from _fields_in(element)


def _fields_in(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if element.get("type") == "FormField":
        yield element
    for name in ("fields", "stages"):
        for inner in element.get(name, ()):
            yield from _fields_in(inner)


def completed(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A form as it is stored: with its status, the names of its fields in HTML, and the HTML where none is given.

    Raises:
        Invalid: a step is of no known type, or names a field that the form does not have.
        Duplicate: another form has that `htmlName`.
    """
    doc.setdefault("currentStatus", "Draft")
    _name_fields(doc)
    _name(site, doc, old)
    doc["processingSteps"] = [form_conditions.nested(step) for step in doc.get("processingSteps", ())]
    failures = [*_broken_fields(doc), *_broken_steps(site, doc)]
    if failures:
        raise Invalid(*failures)
    if not doc["processingSteps"]:
        del doc["processingSteps"]
    is_ours = old is not None and doc.get("html") == old.doc.get("html") == html(site, old.doc)
    if is_ours or "html" not in doc:
        doc["html"] = html(site, doc)
    return doc


def anew(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """The document of a form for a copy: fields and steps with ids of their own, another `htmlName`."""
    copied = deepcopy(doc)
    is_ours = copied.get("html") == html(site, copied)
    renewed = {each["id"]: str(site.database.next_ids(each["type"])[0]) for each in fields(copied)}
    for each in (*fields(copied), *copied.get("processingSteps", ())):
        each["id"] = renewed.get(each["id"]) or str(site.database.next_ids("FormProcessingStep")[0])
    copied = {name: _renamed(inner, renewed, name) for name, inner in copied.items()}
    del copied["htmlName"]
    _name(site, copied, None)
    if is_ours:
        copied["html"] = html(site, copied)
    return copied


def _renamed(value: Any, renewed: Mapping[str, str], name: str = "") -> Any:
    if isinstance(value, dict):
        is_of_form = not str(value.get("type", "")).startswith("Contact")
        return {
            key: _renamed(inner, renewed, key if key != "fieldId" or is_of_form else "") for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(each, renewed, name) for each in value]
    return renewed.get(value, value) if name in (*OF_FIELDS, "conditionalFieldId", "fieldId") else value


def _name(site: Site, doc: dict[str, Any], old: Asset | None) -> None:
    """A PUT that says no `htmlName` keeps the old one [inferred]."""
    given = doc.get("htmlName") or (old.doc.get("htmlName", "") if old else "")
    if not given:
        doc["htmlName"] = f"form-{site.clock.now()}"
        while _is_taken(site, doc["htmlName"], old):
            doc["htmlName"] += "-1"
        return
    if _is_taken(site, given, old):
        raise Duplicate(Failure("htmlName", "UniquenessRequirement", given))
    doc["htmlName"] = given


def _is_taken(site: Site, name: str, old: Asset | None) -> bool:
    found, _ = assets.find(site, KIND, assets.operand("htmlName") == name, limit=2)
    return any(old is None or each.id != old.id for each in found)


def _name_fields(doc: dict[str, Any]) -> None:
    """Fields without a name in HTML get one: `emailAddress` for `Email Address`."""
    taken = {each.get("htmlName", "").lower() for each in fields(doc)}
    for each in fields(doc):
        if not each.get("htmlName"):
            first, *rest = re.findall(r"[A-Za-z0-9]+", each.get("name", "")) or ["field"]
            stem = first[0].lower() + first[1:] + "".join(word.capitalize() for word in rest)
            number = 1
            name = stem
            while name.lower() in taken:
                number += 1
                name = f"{stem}{number}"
            taken.add(name.lower())
            each["htmlName"] = name


def _broken_fields(doc: Mapping[str, Any]) -> Iterator[Failure]:
    names: set[str] = set()
    for each in fields(doc):
        name = each["htmlName"].lower()
        if name in names:
            yield Failure("htmlName", "NoDuplicatesRequirement", each["htmlName"], inside=("FormField", each["id"]))
        names.add(name)
    keys = {each["id"] for each in fields(doc)}
    named = [doc.get("emailAddressFormFieldId"), doc.get("defaultKeyFieldMapping", {}).get("sourceFormFieldId")]
    for name, key in zip(("emailAddressFormFieldId", "defaultKeyFieldMapping"), named, strict=True):
        if key and key not in keys:
            yield Failure(name, "RelationshipRequirement", key)


OF_FIELDS = ("emailAddressFormFieldId", "formFieldId", "keyFieldMappingSourceId", "sourceFormFieldId")
"""Where a step names a field of the form, at any depth."""
OF_OBJECTS = {"contactListId": "ContactList", "emailGroupId": "EmailGroup", "emailId": "Email"}
"""Where a step names something else by a constant value."""


def _broken_steps(site: Site, doc: Mapping[str, Any]) -> Iterator[Failure]:
    keys = {each["id"] for each in fields(doc)}
    for step in doc["processingSteps"]:
        inside = (step["type"], step["id"])
        known = (*STEP_TYPES, *STEP_TYPES_OF_CLIENTS)
        if step["type"] not in known:
            yield Failure("type", "EnumRequirement", step["type"], STEP_TYPES, inside)
        for name, key in _scalars(step):
            if name in OF_FIELDS and key not in ("", "0", *keys):
                yield Failure(name, "RelationshipRequirement", key, inside=inside)
        for name, kind in OF_OBJECTS.items():
            key = constant(step.get(name))
            if key and not (key.isascii() and key.isdigit() and references.exists(site, kind, int(key[:19]))):
                yield Failure(name, "RelationshipRequirement", key, inside=inside)


def constant(given: Any) -> str:
    """What a step says by itself, plainly or as a `ProcessingStepValue`; `""` where a field of the form says it."""
    said = given.get("constantValue") if isinstance(given, Mapping) else given
    return said if isinstance(said, str) else ""


def _scalars(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _scalars(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner, name)
    elif isinstance(value, str):
        yield name, value


def html(site: Site, doc: Mapping[str, Any]) -> str:
    """A form for a web page that posts to the site [inferred: the addresses are those that live forms use]."""
    name = escape(doc.get("htmlName", ""))
    lines = [
        f'<form method="post" name="{name}" action="https://s{site.id}.t.eloqua.com/e/f2" id="{name}">',
        f'<input type="hidden" name="elqFormName" value="{name}">',
        f'<input type="hidden" name="elqSiteId" value="{site.id}">',
        *(_control(each) for each in fields(doc)),
        "</form>",
    ]
    return "\n".join(lines)


def _control(field: Mapping[str, Any]) -> str:
    name, label = escape(field.get("htmlName", "")), escape(field.get("name", ""))
    value = escape(field.get("defaultValue", ""))
    match field.get("displayType", "text"):
        case "submit":
            return f'<input type="submit" name="{name}" value="{label or "Submit"}">'
        case "hidden":
            return f'<input type="hidden" name="{name}" value="{value}">'
        case "textArea":
            return f'<label>{label} <textarea name="{name}">{value}</textarea></label>'
        case "singleSelect" | "multiSelect" as kind:
            return (
                f'<label>{label} <select name="{name}"{" multiple" if kind == "multiSelect" else ""}></select></label>'
            )
        case "checkbox" | "radio" as kind:
            checked = escape(field.get("checkedValue", "on"))
            return f'<label><input type="{kind}" name="{name}" value="{checked}"> {label}</label>'
        case _:
            return f'<label>{label} <input type="text" name="{name}" value="{value}"></label>'


def unknown_fields(doc: Mapping[str, Any], keys: Sequence[str]) -> list[Failure]:
    """What is wrong with the fields that a submission names: a form has to have them [inferred]."""
    known = {each["id"] for each in fields(doc)}
    return [Failure("fieldValues", "RelationshipRequirement", key) for key in keys if key not in known]


def broken_values(doc: Mapping[str, Any], values: Values) -> list[Failure]:
    """Which validations the values of a submission break; a failure is named by its field."""
    found = []
    for each in fields(doc):
        for validation in each.get("validations", ()):
            requirement = _broken_rule(validation, values.get(each["id"], ""))
            if requirement:
                found.append(Failure(each["id"], requirement, values.get(each["id"]) or None))
    return found


_URL = re.compile(r"(?i)\b(?:https?://|www\.)")
_TAG = re.compile(r"<[^<>]+>")


def _broken_rule(validation: Mapping[str, Any], value: str) -> str:
    condition = validation.get("condition", {})
    if validation.get("isEnabled") == "false":
        return ""
    match condition.get("type"):
        case "IsRequiredCondition":
            return "" if value.strip() else "NotNullRequirement"
        case "IsEmailAddressCondition":
            return "" if not value or addresses.is_valid(value) else "EmailAddressRequirement"
        case "TextLengthCondition":
            least, most = int(condition.get("minimum", 0)), int(condition.get("maximum", 2**31))
            return "" if least <= len(value) <= most else "ValidTextLengthRequirement"
        case "PreventUrlCondition":
            return "TextWithNoUrlRequirement" if _URL.search(value) else ""
        case "PreventXSSCondition":  # [inferred: the word; a form in the product can ask for it]
            return "TextWithNoHtmlRequirement" if _TAG.search(value) else ""
        case _:
            return ""


def visitor(doc: Mapping[str, Any], values: Values) -> str:
    """The GUID of the browser that a submission comes from; `""` when it does not say [doc: `elqCustomerGUID`]."""
    keys = (each["id"] for each in fields(doc) if each.get("htmlName", "").lower() == _VISITOR)
    return next((values[key].strip() for key in keys if values.get(key, "").strip()), "")


def address(doc: Mapping[str, Any], values: Values, step: Mapping[str, Any] | None = None) -> str:
    """The e-mail address that a submission brings: in the field that the step or the form names, or the likeliest."""
    named = [
        (step or {}).get("emailAddressFormFieldId", ""),
        doc.get("emailAddressFormFieldId", ""),
        doc.get("defaultKeyFieldMapping", {}).get("sourceFormFieldId", ""),
        *(each["id"] for each in fields(doc) if each.get("createdFromContactFieldId") == _EMAIL_FIELD),
        *(each["id"] for each in fields(doc) if each.get("htmlName", "").lower() in ("emailaddress", "email")),
    ]
    return next((values[key].strip() for key in named if values.get(key, "").strip()), "")
