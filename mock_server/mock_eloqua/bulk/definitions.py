"""Calls on definitions of imports, exports and sync actions (`bulk` 4.5, 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as replaced
from typing import Any

from mock_eloqua import dates
from mock_eloqua.access.gate import pass_through
from mock_eloqua.bulk import data, properties
from mock_eloqua.bulk.lists import Item, Source, listed
from mock_eloqua.bulk.reading import entity_of, json_object, path_id
from mock_eloqua.bulk.syncs import started
from mock_eloqua.bulk.uploads import upload_of
from mock_eloqua.crm.transfer import definitions, staging, syncs
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.entities import Family
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.crm.transfer.kinds import SYNCS
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

Handler = Callable[[Call], Reply]


def create(family: Family, kind: str) -> Handler:
    """POST: 201 with the definition, stamped by the web server's clock [recorded]."""

    def handle(call: Call) -> Reply:
        given = properties.typed(family.path, kind, json_object(call))
        made = definitions.create(call.site, entity_of(call, family), kind, given, call.user.name)
        now = dates.iso_ticks(call.site.clock.ticks())
        return json_reply({**shown(made), "createdAt": now, "updatedAt": now}, 201, JSON_UTF8)

    return handle


def read(family: Family, kind: str) -> Handler:
    """GET of one."""

    def handle(call: Call) -> Reply:
        return json_reply(shown(found(call, family, kind)), content_type=JSON_UTF8)

    return handle


def replace(family: Family, kind: str) -> Handler:
    """PUT: 200 with the definition as it is now [doc]."""

    def handle(call: Call) -> Reply:
        old = found(call, family, kind)
        made = definitions.change(
            call.site, old, properties.typed(family.path, kind, json_object(call)), call.user.name
        )
        now = dates.iso_ticks(call.site.clock.ticks())
        return json_reply({**shown(made), "updatedAt": now}, content_type=JSON_UTF8)

    return handle


def delete(family: Family, kind: str) -> Handler:
    """DELETE: 204 [doc]."""

    def handle(call: Call) -> Reply:
        definitions.delete(call.site, found(call, family, kind))
        return Reply(204)

    return handle


def find(kind: str, family: Family | None = None) -> Handler:
    """GET of a list: those of one entity, or of all."""

    def handle(call: Call) -> Reply:
        return listed(call, source(call.site, kind, entity_of(call, family) if family else None))

    return handle


def source(site: Site, kind: str, entity: Entity | None) -> Source:
    """The definitions of a kind, a page at a time: those of one entity, or of all."""

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        every, total = definitions.find(site, kind, entity, offset=offset, limit=limit)
        return [shown(each) for each in every], total

    return page


def upload(family: Family, kind: str) -> Handler:
    """POST of data: 204, or 201 with a sync where the definition starts one by itself [doc]."""

    def handle(call: Call) -> Reply:
        definition = found(call, family, kind)
        sync = staged(call, definition)
        return started(call, sync) if sync else Reply(204)

    return handle


def staged(call: Call, definition: Definition) -> Sync | None:
    """Keep what a call brings for a definition; the sync, where the definition starts one by itself."""
    upload, starts = upload_of(call, definition.fields), definition.properties["isSyncTriggeredOnImport"]
    if starts:
        pass_through(call.site, call.user, SYNCS[definition.kind])
    staging.stage(call.site, definition.uri, upload)
    return syncs.create(call.site, definition, call.user) if starts else None


def read_data(family: Family, kind: str) -> Handler:
    """GET of data: what the latest sync found [doc]."""

    def handle(call: Call) -> Reply:
        sync = syncs.latest_ended(call.site, found(call, family, kind))
        is_partial = call.site.settings.definition_data == "partial"
        return data.page(call, replaced(sync, rows=sync.rows // 2) if is_partial else sync)

    return handle


def delete_data(family: Family, kind: str) -> Handler:
    """DELETE of data: 204, or 409 while a sync is under way [doc]."""

    def handle(call: Call) -> Reply:
        syncs.delete_data(call.site, found(call, family, kind))
        return Reply(204)

    return handle


def found(call: Call, family: Family, kind: str) -> Definition:
    """The definition that a path names, or NotFound."""
    return definitions.get(call.site, entity_of(call, family), kind, path_id(call))


def shown(definition: Definition) -> dict[str, Any]:
    """A definition as it travels: what has a value, in the recorded order."""
    given, known = definition.properties, properties.of(definition.entity.family, definition.kind)
    return {
        **{each.name: given[each.name] for each in known if each.name in given},
        "uri": definition.uri,
        "createdBy": definition.created_by,
        "createdAt": dates.iso(definition.created_at),
        "updatedBy": definition.updated_by,
        "updatedAt": dates.iso(definition.updated_at),
    }
