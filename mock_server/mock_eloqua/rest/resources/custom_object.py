"""CustomObject (`rest` 13): its fields are its own, and named by temporary ids until they have others [doc]."""

from __future__ import annotations

from mock_eloqua.crm import custom_objects, records
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import COMPLETE, asset
from mock_eloqua.rest.resource import Property, Shape
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

FIELD = Shape(
    type="CustomObjectField",
    shows_depth=True,
    properties=(
        Property("currentStatus", wire.TEXT),
        Property("description", wire.TEXT, longest=2000),
        Property("name", wire.TEXT, required=True),
        Property("checkedValue", wire.TEXT),
        Property("dataType", wire.WORD, required=True, values=DATA_TYPES),
        Property("defaultValue", wire.TEXT),
        Property("displayType", wire.WORD, values=DISPLAY_TYPES),
        Property("internalName", wire.TEXT, read_only=True, sure=Sureness.CLIENT),
        Property("optionListId", wire.ID, sure=Sureness.CLIENT),
        Property("uncheckedValue", wire.TEXT),
    ),
)


def record_count(site: Site, each: Asset) -> int:
    """How many records an object has: a JSON number [client]."""
    return records.how_many(site, each.kind, each.id)


CUSTOM_OBJECT = asset(
    records.CUSTOM_OBJECT,
    "assets/customObject",
    Property("deleteLinkedCustomObjectData", wire.BOOLEAN),
    Property("displayNameFieldId", wire.RELATIVE_ID),
    Property("emailAddressFieldId", wire.RELATIVE_ID),
    Property("fields", wire.OBJECTS, COMPLETE, shape=FIELD),
    Property("recordCount", wire.NUMBER, COMPLETE, record_count, read_only=True, sure=Sureness.CLIENT),
    Property("uniqueCodeFieldId", wire.RELATIVE_ID),
    prepare=custom_objects.custom_object,
    gone=lambda site, key: records.delete_all(site, records.CUSTOM_OBJECT, key),
)
