"""EventRegistration: an event, its sessions, and the fields of those who register; 2.0 only [doc]."""

from __future__ import annotations

from mock_eloqua.crm import custom_objects, records
from mock_eloqua.crm.fields import DATA_TYPES
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import COMPLETE, asset
from mock_eloqua.rest.resource import Property, Shape
from mock_eloqua.rest.resources.custom_object import FIELD

_NAMED = (Property("description", wire.TEXT, longest=2000), Property("name", wire.TEXT))

OUTPUT_FORMAT = Shape(
    type="FieldOutputFormat",
    properties=(Property("dataType", wire.TEXT), Property("format", wire.TEXT)),
)
SESSION = Shape(
    type="EventSession",
    shows_depth=True,
    properties=(*_NAMED, Property("participantsLimit", wire.NUMBER)),
)
SESSION_FIELD = Shape(
    type="EventSessionField",
    shows_depth=True,
    properties=(
        *_NAMED,
        Property("dataType", wire.WORD, values=DATA_TYPES),
        Property("outputFormat", wire.OBJECT, shape=OUTPUT_FORMAT),
    ),
)
SESSION_FIELD_VALUE = Shape(
    type="EventSessionFieldValue",
    shows_depth=True,
    properties=(
        *_NAMED,
        Property("sessionFieldId", wire.RELATIVE_ID),
        Property("sessionId", wire.RELATIVE_ID),
        Property("value", wire.TEXT),
    ),
)

EVENT_REGISTRATION = asset(
    records.EVENT,
    "assets/eventRegistration",
    Property("emailAddressFieldId", wire.RELATIVE_ID),
    Property("eventGroupByFieldId", wire.RELATIVE_ID),
    Property("fields", wire.OBJECTS, COMPLETE, shape=FIELD),
    Property("sessionFieldValues", wire.OBJECTS, COMPLETE, shape=SESSION_FIELD_VALUE),
    Property("sessionFields", wire.OBJECTS, COMPLETE, shape=SESSION_FIELD),
    Property("sessions", wire.OBJECTS, COMPLETE, shape=SESSION),
    Property("uniqueCodeFieldId", wire.RELATIVE_ID),
    versions={"2.0": "CRUDL"},
    prepare=custom_objects.event,
    gone=lambda site, key: records.delete_all(site, records.EVENT, key),
)
