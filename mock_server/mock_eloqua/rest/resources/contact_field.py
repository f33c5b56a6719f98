"""ContactField (`rest` 8.4). Its answers carry no creation and update stamps [recorded]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.access.permissions import MANAGE_CONTACT_FIELDS
from mock_eloqua.crm import fields
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES, OPERANDS, UPDATE_TYPES, Field
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Property, ResourceType, attribute, constant
from mock_eloqua.site import Site

MINIMAL, PARTIAL = Depth.MINIMAL, Depth.PARTIAL


class ContactFields:
    """What the domain does for contact fields."""

    find = staticmethod(fields.find)
    get = staticmethod(fields.get)
    delete = staticmethod(fields.delete)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Field:
        """A new custom field."""
        return fields.create(site, user_id=user_id, **_words(given))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Field:
        """A field with another name or way of being shown and updated."""
        return fields.change(site, key, user_id=user_id, internal_name=given.get("internalName", ""), **_words(given))

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)


def _words(given: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": given.get("name", ""),
        "data_type": given.get("dataType", ""),
        "display_type": given.get("displayType", ""),
        "update_type": given.get("updateType", ""),
    }


CONTACT_FIELD = ResourceType(
    type="ContactField",
    single="assets/contact/field",
    many="assets/contact/fields",
    repository=ContactFields(),
    permissions=dict.fromkeys(("POST", "PUT", "DELETE"), (MANAGE_CONTACT_FIELDS,)),
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("name", wire.TEXT, MINIMAL, attribute("name")),
        Property("dataType", wire.WORD, PARTIAL, attribute("data_type"), values=DATA_TYPES),
        Property("displayType", wire.WORD, PARTIAL, attribute("display_type"), values=DISPLAY_TYPES),
        Property("internalName", wire.TEXT, PARTIAL, attribute("internal_name")),
        Property("isReadOnly", wire.BOOLEAN, PARTIAL, attribute("is_read_only"), read_only=True),
        Property("isRequired", wire.BOOLEAN, PARTIAL, attribute("is_required"), read_only=True),
        Property("isStandard", wire.BOOLEAN, PARTIAL, attribute("is_standard"), read_only=True),
        Property("showTrustedVisitorsOnly", wire.BOOLEAN, PARTIAL, constant(True), read_only=True),
        Property("updateType", wire.WORD, PARTIAL, attribute("update_type"), values=UPDATE_TYPES),
    ),
)
