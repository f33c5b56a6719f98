"""Custom objects and events: what is checked and worked out when one is written (`rest` 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import custom_fields, records
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site

FIELD = custom_fields.KIND
POINTERS = {
    records.CUSTOM_OBJECT: ("displayNameFieldId", "uniqueCodeFieldId", "emailAddressFieldId"),
    records.EVENT: ("emailAddressFieldId", "uniqueCodeFieldId", "eventGroupByFieldId"),
}
"""The properties that name one of the object's own fields."""


def custom_object(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A custom object as it is stored; values of fields that it loses go with them [inferred].

    Raises:
        Invalid: as for `custom_fields.checked`.
    """
    return _with_fields(site, records.CUSTOM_OBJECT, doc, old)


def event(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """An event as it is stored: as a custom object, and the values of its sessions are about its own.

    Raises:
        Invalid: as for `custom_fields.checked`; or a session or a field of sessions is named that is not there
            [inferred].
    """
    doc = _with_fields(site, records.EVENT, doc, old)
    known = {
        "sessionId": {each["id"] for each in doc.get("sessions", ())},
        "sessionFieldId": {each["id"] for each in doc.get("sessionFields", ())},
    }
    failures = [
        Failure(name, "RelationshipRequirement", each.get(name), inside=(each["type"], each["id"]))
        for each in doc.get("sessionFieldValues", ())
        for name, ids in known.items()
        if each.get(name) not in ids
    ]
    if failures:
        raise Invalid(*failures)
    return doc


def _with_fields(site: Site, kind: str, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    before: Mapping[str, Any] = old.doc if old else {}
    owner = (kind, old.id) if old else None
    doc = custom_fields.checked(site, doc, before, owner, POINTERS[kind])
    kept = {each["id"] for each in doc.get("fields", ())}
    gone = [each["id"] for each in before.get("fields", ()) if each["id"] not in kept]
    if old and gone:
        records.drop_values(site, kind, old.id, gone)
    return doc
