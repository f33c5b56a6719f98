"""Calls on metadata: fields, and the lists of contacts (`bulk` 16)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import true

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.bulk.lists import Item, in_memory, listed
from mock_eloqua.bulk.reading import entity_of, path_id
from mock_eloqua.crm import lists
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.lists import ContactList
from mock_eloqua.crm.transfer.entities import Family
from mock_eloqua.crm.transfer.entity import FieldInfo
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

_EVERYTHING = 2**31 - 1


def find_fields(family: Family) -> Callable[[Call], Reply]:
    """GET of the fields of an entity."""

    def handle(call: Call) -> Reply:
        entity = entity_of(call, family)
        items = [_field(call.site, entity.path, each) for each in entity.fields(call.site)]
        return listed(call, in_memory(items))

    return handle


def read_field(family: Family) -> Callable[[Call], Reply]:
    """GET of one field."""

    def handle(call: Call) -> Reply:
        entity, key = entity_of(call, family), path_id(call)
        found = next((each for each in entity.fields(call.site) if each.id == key), None)
        if found is None:
            raise NotFound("field", key)
        return json_reply(_field(call.site, entity.path, found), content_type=JSON_UTF8)

    return handle


def find_lists(call: Call) -> Reply:
    """GET of the contact lists."""

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        found, total = lists.find(call.site, true(), offset=offset, limit=_EVERYTHING if limit is None else limit)
        return [_list(call.site, each) for each in found], total

    return listed(call, page)


def read_list(call: Call) -> Reply:
    """GET of one contact list."""
    return json_reply(_list(call.site, lists.get(call.site, path_id(call))), content_type=JSON_UTF8)


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
        **_stamps(site, field),
    }


def _list(site: Site, contact_list: ContactList) -> Item:
    return {
        "name": contact_list.name,
        "count": contact_list.count,
        "statement": f"{{{{ContactList[{contact_list.id}]}}}}",
        "uri": f"/contacts/lists/{contact_list.id}",
        **_stamps(site, contact_list),
    }


def _stamps(site: Site, record: FieldInfo | ContactList) -> dict[str, Any]:
    """Who and when; nobody is left out [recorded]."""
    names = {user.id: user.name for user in users.everyone(site).values()}
    stamps = {
        "createdBy": names.get(record.created_by) if record.created_by else None,
        "createdAt": dates.iso(record.created_at),
        "updatedBy": names.get(record.updated_by) if record.updated_by else None,
        "updatedAt": dates.iso(record.updated_at),
    }
    return {name: value for name, value in stamps.items() if value is not None}
