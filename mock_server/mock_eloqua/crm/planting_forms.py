"""Seeding of forms, with what was sent in through them, for `planting`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mock_eloqua.crm import activities, assets, contacts, forms, planting_form_parts
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.fields import DATA_TYPES, EMAIL_ADDRESS
from mock_eloqua.crm.form_data import KIND as DATA
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.planting_people import contact_field
from mock_eloqua.crm.seed_values import (
    AS_IN_REST,
    BY_NAME,
    INSTANT,
    MARK,
    NAME,
    TEXT,
    Item,
    Shape,
    check_keys,
    instant,
    items,
    mark,
    objects,
    one_of,
    text,
)
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_FIELD = {
    "name": NAME,
    "htmlName": TEXT,
    "dataType": one_of(*DATA_TYPES),
    "displayType": TEXT,
    "isRequired": MARK,
    "contactField": TEXT.told("The contact field that it is about: a property or an internal name"),
}
_SUBMISSION = {"at": INSTANT, "values": Shape({**BY_NAME.schema, "description": "Values by htmlName"}).needed()}
FORM = {
    "name": NAME,
    "htmlName": TEXT,
    "description": TEXT,
    "folder": IN,
    "savesContacts": MARK.told("What is sent in makes or updates a contact, by its address"),
    "fields": objects(_FIELD),
    "elements": AS_IN_REST.told("In place of fields, as REST 2.0 has them, with names where it has ids"),
    "processingSteps": AS_IN_REST.told("As REST 2.0 has them, with names where it has ids"),
    "defaultKeyFieldMapping": BY_NAME,
    "html": TEXT.told("Else it follows from the fields"),
    "style": TEXT,
    "customCSS": TEXT,
    "processingType": one_of(*forms.PROCESSING_TYPES),
    "isHidden": MARK,
    "submissions": objects(_SUBMISSION),
}
"""What the objects of a seed may say."""
_TEXTS = ("htmlName", "description", "html", "style", "customCSS", "processingType")
_SAVES = "FormStepCreateUpdateContactFromFormField"


def form(site: Site, item: Item) -> None:
    """Make a form of `fields`, and keep `submissions`: they are history, no step of the form runs for them.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    if "elements" in item and ("fields" in item or mark(item, "savesContacts")):
        raise BadSeed("elements stand in place of fields and of savesContacts")
    if "elements" in item:
        elements = planting_form_parts.elements(site, items(item, "elements"))
    else:
        elements = [_field(site, each) for each in items(item, "fields")]
    doc: dict[str, Any] = {"elements": elements, "processingType": "internallyHosted", "isHidden": "false"}
    doc |= {name: text(item, name) for name in _TEXTS if name in item}
    if mark(item, "isHidden"):
        doc["isHidden"] = "true"
    if mapping := item.get("defaultKeyFieldMapping"):
        doc["defaultKeyFieldMapping"] = planting_form_parts.mapping(site, elements, mapping)
    if mark(item, "savesContacts"):
        doc["processingSteps"] = [_saving(site, elements)]
    doc = forms.completed(site, doc, None)
    made = assets.create(
        site, forms.KIND, name=text(item, "name"), doc=doc, folder_id=folder_of(site, forms.KIND, item)
    )
    _keep(site, made, items(item, "submissions"))


def steps(site: Site, item: Item) -> None:
    """Give a form its `processingSteps`, when there is all that they may name, such as campaigns.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    given, made = items(item, "processingSteps"), assets.named(site, forms.KIND, text(item, "name"))
    if given and made:
        added = planting_form_parts.steps(site, made.doc["elements"], given)
        all_steps = [*made.doc.get("processingSteps", ()), *added]
        doc = forms.completed(site, {**made.doc, "processingSteps": all_steps}, made)
        assets.change(site, forms.KIND, made.id, name=made.name, doc=doc)


def _field(site: Site, item: Item) -> dict[str, Any]:
    check_keys(item, _FIELD)
    (new_id,) = site.database.next_ids("FormField")
    told = {name: text(item, name) for name in ("htmlName", "dataType", "displayType") if name in item}
    made: dict[str, Any] = {"type": "FormField", "id": str(new_id), "name": text(item, "name")}
    made |= {"dataType": "text", "displayType": "text"} | told
    if named := text(item, "contactField", ""):
        made["createdFromContactFieldId"] = contact_field(site, named).key
    if mark(item, "isRequired"):
        made["validations"] = [_validation(site, "IsRequiredCondition", "Please fill this in")]
    return made


def _validation(site: Site, condition: str, message: str) -> dict[str, Any]:
    (new_id,) = site.database.next_ids("FieldValidation")
    return {
        "type": "FieldValidation",
        "id": str(new_id),
        "condition": {"type": condition},
        "isEnabled": "true",
        "message": message,
    }


def _saving(site: Site, elements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The step that makes or updates a contact from the fields that name one of its own."""
    about = {each["createdFromContactFieldId"]: each["id"] for each in elements if "createdFromContactFieldId" in each}
    if EMAIL_ADDRESS not in about:
        raise BadSeed("savesContacts takes a field with the contactField emailAddress")
    (new_id,) = site.database.next_ids("FormProcessingStep")
    ids = site.database.next_ids("FormFieldUpdateMapping", len(about) + 1)
    mappings = [
        {"type": "FormFieldUpdateMapping", "id": str(key), "sourceFormFieldId": source, "targetEntityFieldId": target}
        for key, (target, source) in zip(ids, about.items(), strict=False)
    ]
    of_key = {"sourceFormFieldId": about[EMAIL_ADDRESS], "targetEntityFieldId": EMAIL_ADDRESS}
    return {
        "type": _SAVES,
        "id": str(new_id),
        "name": "Update contacts",
        "execute": "always",
        "keyFieldMapping": {"type": "FormFieldUpdateMapping", "id": str(ids[-1]), **of_key},
        "mappings": mappings,
    }


def _keep(site: Site, made: Asset, given: Sequence[Item]) -> None:
    """What was sent in, as processed, and as activities of those who sent it."""
    rows = list(_rows(site, made, given))
    if not rows:
        return
    ids = site.database.next_ids(DATA, len(rows))
    same = {"form_id": made.id, "correlation_id": "", "block_reason": "", "runner": ""}
    columns = {name: [row[name] for row in rows] for name in ("submitted_at", "processed_at", "contact_id", "doc")}
    site.database.insert_many(tables.form_submission, {"id": ids, **columns}, same)
    names = {each["id"]: each["htmlName"] for each in forms.fields(made.doc)}
    activities.record_many(
        site,
        [
            Activity(
                type=activities.FORM_SUBMIT,
                contact_id=row["contact_id"],
                email_address=row["email_address"],
                at=row["submitted_at"],
                asset_type="form",
                asset_id=made.id,
                asset_name=made.name,
                details={
                    "Collection": "&".join(f"{names[key]}={value}" for key, value in row["doc"]["values"]),
                    "FormName": made.name,
                },
            )
            for row in rows
            if row["contact_id"] is not None
        ],
    )


def _rows(site: Site, made: Asset, given: Sequence[Item]) -> Iterator[dict[str, Any]]:
    ids = {each["htmlName"]: each["id"] for each in forms.fields(made.doc)}
    steps = [each["type"] for each in made.doc.get("processingSteps", ())]
    for item in given:
        check_keys(item, _SUBMISSION)
        sent = item.get("values")
        if not isinstance(sent, Mapping):
            raise BadSeed("values is an object of texts")
        if odd := [name for name in sent if name not in ids]:
            raise BadSeed(unknown("field", odd[0], ids))
        values = {ids[name]: text(sent, name, "") for name in sent}
        at = instant(item, "at", site.clock.now())
        owner = contacts.by_address(site, forms.address(made.doc, values))
        yield {
            "submitted_at": at,
            "processed_at": at,
            "contact_id": owner.id if owner else None,
            "email_address": owner.email_address if owner else "",
            "doc": {"values": [list(each) for each in values.items()], **({"ran": steps} if steps else {})},
        }
