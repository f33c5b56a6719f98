"""The schemas of what Bulk shows besides definitions: syncs, metadata, logs, rejects (`bulk` 8, 9, 16)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.bulk.data import CSV_UTF8

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
CSV = CSV_UTF8.partition(";")[0]
STAMPS: Schema = {
    "uri": TEXT,
    "createdBy": TEXT,
    "createdAt": INSTANT,
    "updatedBy": TEXT,
    "updatedAt": INSTANT,
}


def an_object(**properties: Schema) -> Schema:
    """An object of these properties."""
    return {"type": "object", "properties": properties}


def a_list(of: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": of}


SYNC: Schema = {
    **an_object(
        syncedInstanceUri={"type": "string", "examples": ["/contacts/imports/1"]},
        callbackUrl=TEXT,
        syncStartedAt=INSTANT,
        syncEndedAt=INSTANT,
        status={"enum": ["pending", "active", "success", "warning", "error", "errored"]},
        createdAt=INSTANT,
        createdBy=TEXT,
        uri={"type": "string", "examples": ["/syncs/1"]},
    ),
    "required": ["syncedInstanceUri"],
}
FIELD = an_object(
    name=TEXT,
    internalName=TEXT,
    dataType={"enum": ["string", "number", "date", "emailAddress", "boolean"]},
    defaultValue=TEXT,
    hasReadOnlyConstraint=FLAG,
    hasNotNullConstraint=FLAG,
    hasUniquenessConstraint=FLAG,
    statement={"type": "string", "examples": ["{{Contact.Field(C_EmailAddress)}}"]},
    activityTypes=a_list(TEXT),
    **STAMPS,
)
ASSET = an_object(name=TEXT, count=NUMBER, statement=TEXT, executedAt=INSTANT, **STAMPS)
"""A list, a segment, a filter, an e-mail group, an event, a type of activity."""
CUSTOM_OBJECT = an_object(name=TEXT, displayNameFieldUri=TEXT, emailAddressFieldUri=TEXT, uniqueFieldUri=TEXT, **STAMPS)
SCORING_MODEL = an_object(
    name=TEXT,
    status=TEXT,
    id=NUMBER,
    fields=a_list(an_object(name=TEXT, statement=TEXT, dataType=TEXT)),
    **STAMPS,
)
PRIORITY = an_object(name=TEXT, priority=NUMBER, **STAMPS)
LINE = an_object(
    syncUri=TEXT,
    count=NUMBER,
    severity={"enum": ["information", "warning", "error"]},
    statusCode={"type": "string", "examples": ["ELQ-00101"]},
    message=TEXT,
    createdAt=INSTANT,
)
ROW: Schema = {"type": "object", "additionalProperties": TEXT}
REJECT = an_object(fieldValues=ROW, message=TEXT, statusCode=TEXT, recordIndex=NUMBER, invalidFields=a_list(TEXT))
STORAGE = an_object(kbUsed=NUMBER, kbAllowed=NUMBER)

BY_WORD = {
    "fields": FIELD,
    "logs": LINE,
    "rejects": REJECT,
    "priorities": PRIORITY,
    "models": SCORING_MODEL,
    "customObjects": CUSTOM_OBJECT,
    "syncs": SYNC,
}
"""By the last word of a list's path; all other lists hold assets."""
