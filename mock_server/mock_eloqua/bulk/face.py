"""The Bulk face: its entities, and the operations that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from mock_eloqua.access.limits import BULK_DAILY, STAGED_BYTES
from mock_eloqua.access.matrix import CALL, OperationGroup
from mock_eloqua.bulk import definitions, documentation, fields, first, first_documentation, fixed, syncs
from mock_eloqua.bulk.collections import COLLECTIONS
from mock_eloqua.bulk.failures import refuse, reply_to, trouble
from mock_eloqua.crm.transfer import room
from mock_eloqua.crm.transfer.entities import FAMILIES, Family
from mock_eloqua.crm.transfer.kinds import DOES, EXPORT, IMPORT, STAGED, SYNC_ACTION
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, Operation

PREFIX = "/API/Bulk"
DOC = Sureness.DOC

Row = tuple[str, str, Callable[[Call], Reply], str, OperationGroup]
"""Method, path below the prefix, handler, what it does, what it is for permissions."""


def face() -> Face:
    """The Bulk face."""
    rows = [row for family in FAMILIES.values() for row in _of_family(family)]
    return Face(
        name="bulk",
        operations=[
            *(_operation("2.0", row, DOC) for row in (*rows, *_of_collections(), *_SHARED)),
            *(_operation("1.0", row[:5], row[5]) for row in first.rows()),
        ],
        refuse=refuse,
        fail=reply_to,
        trouble=trouble,
        missing=lambda what: Reply(405 if what == "method" else 404),
        longest_body=STAGED_BYTES,
        too_long=Reply(404),
    )


def _operation(version: str, row: Row, sure: Sureness) -> Operation:
    method, path, handler, name, does = row
    return Operation(
        method=method,
        path=f"{PREFIX}/{version}/{path}",
        handler=handler,
        name=name,
        does=does,
        thresholds=(BULK_DAILY,) if method in ("POST", "PUT") else (),
        slow=path.endswith(("/data", "/rejects")),
        sure=sure,
        documentation=partial((documentation if version == "2.0" else first_documentation).of, method, path),
    )


def _of_family(family: Family) -> Iterator[Row]:
    """What entities have: fields, and definitions of their kinds."""
    noun, base = family.noun, f"{family.path}/{{parentId}}" if family.has_parent else family.path
    if family.has_fields:
        yield "GET", f"{base}/fields", fields.find(family), f"List the {noun} fields", CALL
        yield "GET", f"{base}/fields/{{id}}", fields.read(family), f"Read a {noun} field", CALL
    for kind in family.kinds:
        many, one, does = f"{base}/{kind}", f"{base}/{kind}/{{id}}", DOES[kind]
        what = f"{noun} {_WORDS[kind]}"
        yield "POST", many, definitions.create(family, kind), f"Create a definition: {what}", does
        yield "GET", many, definitions.find(kind, family), f"List the definitions: {what}", does
        yield "GET", one, definitions.read(family, kind), f"Read a definition: {what}", does
        yield "PUT", one, definitions.replace(family, kind), f"Replace a definition: {what}", does
        yield "DELETE", one, definitions.delete(family, kind), f"Delete a definition: {what}", does
        yield "DELETE", f"{one}/data", definitions.delete_data(family, kind), f"Delete the data: {what}", does
        if kind in STAGED:
            yield "POST", f"{one}/data", definitions.upload(family, kind), f"Stage data: {what}", does
        else:
            yield "GET", f"{one}/data", definitions.read_data(family, kind), f"Read the latest data: {what}", does


def _of_collections() -> Iterator[Row]:
    for each in COLLECTIONS:
        yield "GET", each.path, each.list_all, f"List the {each.noun}", CALL
        yield "GET", f"{each.path}/{{id}}", each.read_one, f"Read one of the {each.noun}", CALL


_WORDS = {IMPORT: "import", EXPORT: "export", SYNC_ACTION: "sync action"}

_SHARED: tuple[Row, ...] = (
    ("GET", "activities/types", fixed.find(fixed.activity_types), "List the activity types", CALL),
    ("GET", "activities/types/{id}", fixed.read(fixed.activity_types), "Read an activity type", CALL),
    ("GET", "campaigns/fields", fixed.find(fixed.fields_of_campaigns), "List the campaign fields", CALL),
    ("GET", "campaigns/fields/{id}", fixed.read(fixed.fields_of_campaigns), "404: no campaign field is read so", CALL),
    ("GET", "imports/priorities", fixed.find(fixed.priorities), "List the import priorities", CALL),
    ("GET", "imports/priorities/{id}", fixed.read(fixed.priorities), "Read an import priority", CALL),
    ("GET", "imports/data", fixed.storage(room.of_uploads), "The room that uploads take", DOES[IMPORT]),
    ("GET", "exports/data", fixed.storage(room.of_exports), "The room that exported rows take", DOES[EXPORT]),
    ("GET", "imports", definitions.find(IMPORT), "List all import definitions", DOES[IMPORT]),
    ("GET", "exports", definitions.find(EXPORT), "List all export definitions", DOES[EXPORT]),
    ("GET", "syncActions", definitions.find(SYNC_ACTION), "List all sync action definitions", DOES[SYNC_ACTION]),
    ("POST", "syncs", syncs.create, "Start a sync", CALL),
    ("GET", "syncs", syncs.find, "List the syncs", CALL),
    ("GET", "syncs/{id}", syncs.read, "Read a sync", CALL),
    ("GET", "syncs/{id}/logs", syncs.read_logs, "Read the log of a sync", CALL),
    ("GET", "syncs/{id}/rejects", syncs.read_rejects, "List the rejects of a sync", CALL),
    ("GET", "syncs/{id}/data", syncs.read_data, "Read what an export sync found", DOES[EXPORT]),
    ("DELETE", "syncs/{id}/data", syncs.delete_data, "Delete what an export sync found", DOES[EXPORT]),
)
