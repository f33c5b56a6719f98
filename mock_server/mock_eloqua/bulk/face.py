"""The Bulk face: its entities, and the operations that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mock_eloqua.access.thresholds import BULK_DAILY
from mock_eloqua.bulk import definitions, metadata, syncs
from mock_eloqua.bulk.failures import refuse, reply_to
from mock_eloqua.bulk.permissions import NEEDS
from mock_eloqua.crm.transfer.definitions import EXPORT, IMPORT
from mock_eloqua.crm.transfer.entities import ENTITIES
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, Operation

PREFIX = "/API/Bulk/2.0"
_LONGEST_BODY = 32 * 2**20

Row = tuple[str, str, Callable[[Call], Reply], str, tuple[str, ...]]
"""Method, path below the prefix, handler, what it does, needed permissions."""


def face() -> Face:
    """The Bulk face."""
    rows = [row for entity in ENTITIES.values() for row in (*_of_entity(entity), *_METADATA[entity.path])]
    return Face(
        name="bulk",
        operations=[_operation(*row) for row in (*rows, *_SHARED)],
        refuse=refuse,
        fail=reply_to,
        missing=lambda what: Reply(405 if what == "method" else 404),
        longest_body=_LONGEST_BODY,
        too_long=Reply(404),
    )


def _operation(
    method: str, path: str, handler: Callable[[Call], Reply], name: str, permissions: tuple[str, ...]
) -> Operation:
    return Operation(
        method=method,
        path=f"{PREFIX}/{path}",
        handler=handler,
        name=name,
        permissions=permissions,
        thresholds=(BULK_DAILY,) if method in ("POST", "PUT") else (),
        slow=path.endswith(("/data", "/rejects")),
        sure=Sureness.DOC,
    )


def _of_entity(entity: Entity) -> Iterator[Row]:
    """What every entity that can be imported and exported has."""
    noun = entity.noun.lower()
    for kind in (IMPORT, EXPORT):
        many, one, word = f"{entity.path}/{kind}", f"{entity.path}/{kind}/{{id}}", kind.removesuffix("s")
        needs = NEEDS[kind]
        yield "POST", many, definitions.create(entity, kind), f"Create a {noun} {word} definition", needs
        yield "GET", many, definitions.find(kind, entity), f"List the {noun} {word} definitions", needs
        yield "GET", one, definitions.read(entity, kind), f"Read a {noun} {word} definition", needs
        yield "PUT", one, definitions.replace(entity, kind), f"Replace a {noun} {word} definition", needs
        yield "DELETE", one, definitions.delete(entity, kind), f"Delete a {noun} {word} definition", needs
        yield (
            "DELETE",
            f"{one}/data",
            definitions.delete_data(entity, kind),
            f"Delete the data of a {noun} {word}",
            needs,
        )
    uploads, downloads = f"{entity.path}/{IMPORT}/{{id}}/data", f"{entity.path}/{EXPORT}/{{id}}/data"
    yield "POST", uploads, definitions.upload(entity, IMPORT), f"Stage {noun} data", NEEDS[IMPORT]
    yield (
        "GET",
        downloads,
        definitions.read_data(entity, EXPORT),
        f"Read what the latest {noun} export found",
        NEEDS[EXPORT],
    )


_METADATA: dict[str, tuple[Row, ...]] = {
    "contacts": (
        ("GET", "contacts/fields", metadata.find_fields, "List the contact fields", ()),
        ("GET", "contacts/fields/{id}", metadata.read_field, "Read a contact field", ()),
        ("GET", "contacts/lists", metadata.find_lists, "List the contact lists", ()),
        ("GET", "contacts/lists/{id}", metadata.read_list, "Read a contact list", ()),
    ),
}

_SHARED: tuple[Row, ...] = (
    ("GET", "imports", definitions.find(IMPORT), "List all import definitions", NEEDS[IMPORT]),
    ("GET", "exports", definitions.find(EXPORT), "List all export definitions", NEEDS[EXPORT]),
    ("POST", "syncs", syncs.create, "Start a sync", ()),
    ("GET", "syncs", syncs.find, "List the syncs", ()),
    ("GET", "syncs/{id}", syncs.read, "Read a sync", ()),
    ("GET", "syncs/{id}/logs", syncs.read_logs, "Read the log of a sync", ()),
    ("GET", "syncs/{id}/rejects", syncs.read_rejects, "List the rejects of a sync", ()),
    ("GET", "syncs/{id}/data", syncs.read_data, "Read what an export sync found", NEEDS[EXPORT]),
    ("DELETE", "syncs/{id}/data", syncs.delete_data, "Delete what an export sync found", NEEDS[EXPORT]),
)
