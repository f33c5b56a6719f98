"""Seeding of custom objects with their records, of lookup tables and of rules of deduplication, for `planting`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import assets, contacts, custom_objects, dedupe_rules, lookup_tables, records
from mock_eloqua.crm.fields import DATA_TYPES
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.records import Changes, Owner
from mock_eloqua.crm.seed_values import (
    BY_NAME,
    MARK,
    NAME,
    TEXT,
    Item,
    Shape,
    check_keys,
    items,
    mark,
    objects,
    one_of,
    text,
)
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site

POINTERS = {
    "displayNameField": "displayNameFieldId",
    "uniqueCodeField": "uniqueCodeFieldId",
    "emailAddressField": "emailAddressFieldId",
}
_FIELD = {"name": NAME, "dataType": one_of(*DATA_TYPES), "displayType": TEXT, "defaultValue": TEXT}
CUSTOM_OBJECT = {
    "name": NAME,
    "description": TEXT,
    "folder": IN,
    "fields": objects(_FIELD),
    "deleteLinkedCustomObjectData": MARK,
    **dict.fromkeys(POINTERS, TEXT.told("The name of a field")),
    "records": Shape({"type": "array", "items": BY_NAME.schema}).told("Values by names of fields; contact, an address"),
}
LOOKUP_TABLE = {"name": NAME, "description": TEXT, "entries": BY_NAME}
_END = one_of(*dedupe_rules.ENTITY_TYPES.values())
_SET = {"name": NAME, **dict.fromkeys(dedupe_rules.MARKS, MARK)}
DEDUPE_RULE = {
    "name": NAME,
    "description": TEXT,
    "source": _END,
    "target": _END,
    "isMatchRule": MARK,
    "isCompleted": MARK,
    "handlerSets": objects(_SET),
}
"""What the objects of a seed may say."""


def custom_object(site: Site, item: Item) -> None:
    """Fields are named by their names; a record says values by those, and `contact`, an address.

    Raises:
        BadSeed: something does not fit.
    """
    doc: dict[str, Any] = {"fields": [_field(site, each) for each in items(item, "fields")]}
    ids = {each["name"]: each["id"] for each in doc["fields"]}
    for name, pointer in POINTERS.items():
        if name in item:
            doc[pointer] = _known(ids, text(item, name))
    if mark(item, "deleteLinkedCustomObjectData"):
        doc["deleteLinkedCustomObjectData"] = "true"
    if "description" in item:
        doc["description"] = text(item, "description")
    doc, folder_id = custom_objects.custom_object(site, doc, None), folder_of(site, records.CUSTOM_OBJECT, item)
    made = assets.create(site, records.CUSTOM_OBJECT, name=text(item, "name"), doc=doc, folder_id=folder_id)
    owner = records.owner(site, records.CUSTOM_OBJECT, made.id)
    for each in items(item, "records"):
        _record(site, owner, ids, each)


def _field(site: Site, item: Item) -> dict[str, str]:
    check_keys(item, _FIELD)
    (new_id,) = site.database.next_ids(custom_objects.FIELD)
    told = {name: text(item, name) for name in ("displayType", "defaultValue") if name in item}
    name, data_type = text(item, "name"), text(item, "dataType", "text")
    if data_type not in DATA_TYPES:
        raise BadSeed(f"dataType takes {', '.join(DATA_TYPES)}, not {data_type!r}")
    return {"type": custom_objects.FIELD, "id": str(new_id), "name": name, "dataType": data_type, **told}


def _known(ids: Mapping[str, str], name: str) -> str:
    if name not in ids:
        raise BadSeed(unknown("field", name, ids))
    return ids[name]


def _record(site: Site, owner: Owner, ids: Mapping[str, str], item: Item) -> None:
    contact_id = None
    if "contact" in item and "contact" not in ids:
        address = text(item, "contact")
        found = contacts.by_address(site, address)
        if found is None:
            raise BadSeed(f"there is no contact {address}")
        contact_id = found.id
    values = {
        _known(ids, str(name)): text(item, str(name), "") for name in item if name in ids or str(name) != "contact"
    }
    records.create(site, owner, Changes(values=values, contact_id=contact_id))


def lookup_table(site: Site, item: Item) -> None:
    """`entries` is an object, key to value.

    Raises:
        BadSeed: something does not fit.
    """
    entries = item.get("entries", {})
    if not isinstance(entries, Mapping):
        raise BadSeed("entries is an object of texts")
    doc = {"description": text(item, "description")} if "description" in item else {}
    made = assets.create(site, lookup_tables.KIND, name=text(item, "name"), doc=doc)
    for key in entries:
        lookup_tables.create(site, made.id, str(key), text(entries, key, ""))


def dedupe_rule(site: Site, item: Item) -> None:
    """`source` and `target` are `contact` or `account`; `handlerSets` as the wire names their properties.

    Raises:
        BadSeed: something does not fit.
    """
    ends = [text(item, name, "contact") for name in ("source", "target")]
    if unknown := [end for end in ends if end not in dedupe_rules.ENTITY_TYPES.values()]:
        raise BadSeed(f"source and target take {' or '.join(dedupe_rules.ENTITY_TYPES.values())}, not {unknown[0]!r}")
    sets = [
        {"name": text(each, "name"), **{name: mark(each, name) for name in dedupe_rules.MARKS}}
        for each in items(item, "handlerSets")
    ]
    is_match_rule = mark(item, "isMatchRule")
    dedupe_rules.plant(
        site,
        text(item, "name"),
        description=text(item, "description", ""),
        source=ends[0],
        target=ends[1],
        is_match_rule=is_match_rule is not False,
        is_completed=bool(mark(item, "isCompleted")),
        handler_sets=sets,
    )
