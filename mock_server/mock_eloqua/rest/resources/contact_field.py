"""ContactField and AccountField (`rest` 8.4, 9). Recorded answers carry no creation and update stamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy import ColumnElement

from mock_eloqua.crm import fields
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES, OPERANDS, UPDATE_TYPES, Field
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Depth, Property, ResourceType, Source, attribute
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE


def kept(name: str, default: str = "") -> Source:
    """What few fields have."""
    return lambda _site, field: field.doc.get(name, default)


_KEPT = (
    Property("checkedValue", wire.TEXT, PARTIAL, kept("checkedValue"), longest=100),
    Property("defaultValue", wire.TEXT, PARTIAL, kept("defaultValue"), longest=100),
    Property("description", wire.TEXT, MINIMAL, kept("description"), longest=2000),
    Property("isPhoneValidationRequired", wire.BOOLEAN, COMPLETE, kept("isPhoneValidationRequired")),
    Property("isPopulatedInOutlookPlugin", wire.BOOLEAN, COMPLETE, kept("isPopulatedInOutlookPlugin")),
    Property("isProtected", wire.BOOLEAN, COMPLETE, kept("isProtected")),
    Property("optionListId", wire.ID, PARTIAL, kept("optionListId")),
    Property("outputFormatId", wire.ID, PARTIAL, kept("outputFormatId")),
    Property("showTrustedVisitorsOnly", wire.BOOLEAN, PARTIAL, kept("showTrustedVisitorsOnly", "true")),
    Property("uncheckedValue", wire.TEXT, PARTIAL, kept("uncheckedValue"), longest=100),
)
"""What lies in a field's document as it travels [doc; those of depth complete: client]."""


@dataclass(frozen=True)
class Fields:
    """What the domain does for the fields of one entity."""

    entity: str

    def get(self, site: Site, key: int) -> Field:
        """One field."""
        return fields.get(site, key, self.entity)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[list[Field], int]:
        """A page of fields."""
        return fields.find(site, where, order_by=order_by, offset=offset, limit=limit, entity=self.entity)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Field:
        """A new custom field."""
        return fields.create(site, user_id=user_id, doc=_document(given), entity=self.entity, **_words(given))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Field:
        """A field with another name or way of being shown and updated."""
        kept_on = dict(self.get(site, key).doc) if site.settings.put_semantics == "merge" else {}
        return fields.change(
            site,
            key,
            user_id=user_id,
            internal_name=given.get("internalName", ""),
            doc=kept_on | _document(given),
            entity=self.entity,
            **_words(given),
        )

    def delete(self, site: Site, key: int) -> None:
        """Remove it."""
        fields.delete(site, key, self.entity)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)


class _Words(TypedDict):
    name: str
    data_type: str
    display_type: str
    update_type: str


def _words(given: Mapping[str, Any]) -> _Words:
    return {
        "name": given.get("name", ""),
        "data_type": given.get("dataType", ""),
        "display_type": given.get("displayType", ""),
        "update_type": given.get("updateType", ""),
    }


def _document(given: Mapping[str, Any]) -> dict[str, str]:
    return {each.name: each.wire.write(given[each.name]) for each in _KEPT if given.get(each.name) not in (None, "")}


_HEAD = (
    Property("type", wire.TEXT, MINIMAL, read_only=True),
    Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
    Property("depth", wire.TEXT, MINIMAL, read_only=True),
    *(each for each in _KEPT if each.name == "description"),
    Property("name", wire.TEXT, MINIMAL, attribute("name"), required=True),
)
_OWN = (
    Property("dataType", wire.WORD, PARTIAL, attribute("data_type"), values=DATA_TYPES, required=True),
    Property("displayType", wire.WORD, PARTIAL, attribute("display_type"), values=DISPLAY_TYPES, required=True),
    Property("internalName", wire.TEXT, PARTIAL, attribute("internal_name")),
    Property("isReadOnly", wire.BOOLEAN, PARTIAL, attribute("is_read_only"), read_only=True),
    Property("isRequired", wire.BOOLEAN, PARTIAL, attribute("is_required"), read_only=True),
    Property("isStandard", wire.BOOLEAN, PARTIAL, attribute("is_standard"), read_only=True),
    Property("updateType", wire.WORD, PARTIAL, attribute("update_type"), values=UPDATE_TYPES, required=True),
    *(each for each in _KEPT if each.name != "description"),
)
_PROPERTIES = (*_HEAD, *sorted(_OWN, key=lambda each: each.name))

CONTACT_FIELD = ResourceType(
    type="ContactField",
    single="assets/contact/field",
    many="assets/contact/fields",
    repository=Fields("Contact"),
    versions={"1.0": "CRUDL", "2.0": "CRUDL"},
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
    properties=_PROPERTIES,
)

ACCOUNT_FIELD = ResourceType(
    type="AccountField",
    single="assets/account/field",
    many="assets/account/fields",
    repository=Fields("Account"),
    sure=Sureness.CLIENT,
    properties=_PROPERTIES,
)
