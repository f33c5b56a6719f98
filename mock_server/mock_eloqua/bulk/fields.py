"""Calls on the fields of entities (`bulk` 16.1)."""

from __future__ import annotations

from collections.abc import Callable

from mock_eloqua.bulk.lists import Item, in_memory, listed, stamps
from mock_eloqua.bulk.reading import entity_of, path_id
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer.entities import Family
from mock_eloqua.crm.transfer.entity import Entity, FieldInfo
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply


def find(family: Family) -> Callable[[Call], Reply]:
    """GET of the fields of an entity; of activities those of one type, where the query names it [doc]."""

    def handle(call: Call) -> Reply:
        entity = entity_of(call, family)
        kind = call.query().get("activityType", "").strip().lower()
        return listed(call, in_memory(items(call.site, entity, kind)))

    return handle


def items(site: Site, entity: Entity, kind: str = "") -> list[Item]:
    """The fields of an entity; of activities those of the type *kind*, in lower case."""
    return [
        _field(site, entity.path, each)
        for each in entity.fields(site)
        if not kind or not each.activity_types or kind in map(str.lower, each.activity_types)
    ]


def read(family: Family) -> Callable[[Call], Reply]:
    """GET of one field."""

    def handle(call: Call) -> Reply:
        entity, key = entity_of(call, family), path_id(call)
        found = next((each for each in entity.fields(call.site) if each.id == key), None)
        if found is None:
            raise NotFound("field", key)
        return json_reply(_field(call.site, entity.path, found), content_type=JSON_UTF8)

    return handle


def _field(site: Site, path: str, field: FieldInfo) -> Item:
    """A field as metadata show it, in the recorded order; without a column of its own it has an empty uri [client]."""
    default = {"defaultValue": field.default_value} if field.default_value else {}
    types = {"activityTypes": list(field.activity_types)} if field.activity_types else {}
    return {
        "name": field.name,
        "internalName": field.internal_name,
        "dataType": field.data_type,
        **default,
        "hasReadOnlyConstraint": field.is_read_only,
        "hasNotNullConstraint": field.is_required,
        "hasUniquenessConstraint": field.is_unique,
        "statement": field.statement,
        **types,
        "uri": "" if field.id is None else f"/{path}/fields/{field.id}",
        **stamps(site, field),
    }
