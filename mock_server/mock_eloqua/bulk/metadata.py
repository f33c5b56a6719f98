"""Calls on metadata: the fields and the lists of contacts (`bulk` 16)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import true

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.bulk.lists import Item, in_memory, listed
from mock_eloqua.bulk.reading import path_id
from mock_eloqua.crm import fields, lists
from mock_eloqua.crm.fields import EMAIL_ADDRESS, Field
from mock_eloqua.crm.lists import ContactList
from mock_eloqua.crm.seeds import SYSTEM_FIELD_CREATED_AT
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

_EVERYTHING = 2**31 - 1
_DATA_TYPES = {
    "text": "string",
    "largeText": "string",
    "date": "date",
    "number": "number",
    "numeric": "number",
}

SPECIAL = (
    ("Contact Id", "Id", "number", True),
    ("Created At", "CreatedAt", "date", True),
    ("Updated At", "UpdatedAt", "date", True),
    ("Is Subscribed", "Email.IsSubscribed", "boolean", False),
    ("Is Bounced", "Email.IsBounced", "boolean", False),
    ("Email Format", "Email.Format", "string", False),
)
"""Listed besides the fields [doc]: name, statement behind `Contact.`, data type, read only [inferred in detail]."""


def find_fields(call: Call) -> Reply:
    """GET of the contact fields; those without a column of their own come last, with an empty uri [client]."""
    catalogue = fields.contact_fields(call.site).by_key.values()
    items = [_field(call.site, each) for each in catalogue] + [_special(*each) for each in SPECIAL]
    return listed(call, in_memory(items))


def read_field(call: Call) -> Reply:
    """GET of one contact field."""
    return json_reply(_field(call.site, fields.get(call.site, path_id(call))), content_type=JSON_UTF8)


def find_lists(call: Call) -> Reply:
    """GET of the contact lists."""

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        found, total = lists.find(call.site, true(), offset=offset, limit=_EVERYTHING if limit is None else limit)
        return [_list(call.site, each) for each in found], total

    return listed(call, page)


def read_list(call: Call) -> Reply:
    """GET of one contact list."""
    return json_reply(_list(call.site, lists.get(call.site, path_id(call))), content_type=JSON_UTF8)


def _field(site: Site, field: Field) -> Item:
    is_address = field.key == EMAIL_ADDRESS
    return {
        "name": field.name,
        "internalName": field.internal_name,
        "dataType": "emailAddress" if is_address else _DATA_TYPES[field.data_type],
        "hasReadOnlyConstraint": field.is_read_only,
        "hasNotNullConstraint": field.is_required,
        "hasUniquenessConstraint": is_address,
        "statement": f"{{{{Contact.Field({field.internal_name})}}}}",
        "uri": f"/contacts/fields/{field.id}",
        **_stamps(site, field),
    }


def _special(name: str, path: str, data_type: str, read_only: bool) -> Item:
    created = dates.iso(SYSTEM_FIELD_CREATED_AT)
    return {
        "name": name,
        "internalName": path,
        "dataType": data_type,
        "hasReadOnlyConstraint": read_only,
        "hasNotNullConstraint": False,
        "hasUniquenessConstraint": path == "Id",
        "statement": f"{{{{Contact.{path}}}}}",
        "uri": "",
        "createdAt": created,
        "updatedAt": created,
    }


def _list(site: Site, contact_list: ContactList) -> Item:
    return {
        "name": contact_list.name,
        "count": contact_list.count,
        "statement": f"{{{{ContactList[{contact_list.id}]}}}}",
        "uri": f"/contacts/lists/{contact_list.id}",
        **_stamps(site, contact_list),
    }


def _stamps(site: Site, record: Field | ContactList) -> dict[str, Any]:
    """Who and when; nobody is left out [recorded]."""
    names = {user.id: user.name for user in users.everyone(site).values()}
    stamps = {
        "createdBy": names.get(record.created_by) if record.created_by else None,
        "createdAt": dates.iso(record.created_at),
        "updatedBy": names.get(record.updated_by) if record.updated_by else None,
        "updatedAt": dates.iso(record.updated_at),
    }
    return {name: value for name, value in stamps.items() if value is not None}
