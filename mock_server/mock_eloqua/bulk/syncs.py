"""Calls on syncs (`bulk` 8, 9)."""

from __future__ import annotations

import re
from typing import Any

import orjson

from mock_eloqua import dates, outgoing
from mock_eloqua.access.gate import pass_through, permitted
from mock_eloqua.access.verdict import Forbidden
from mock_eloqua.bulk import data
from mock_eloqua.bulk.failures import refuse
from mock_eloqua.bulk.lists import Item, Source, listed
from mock_eloqua.bulk.properties import WrongForm, text
from mock_eloqua.bulk.reading import json_object, path_id
from mock_eloqua.clock import TICKS_PER_SECOND
from mock_eloqua.crm.transfer import definitions, results, syncs
from mock_eloqua.crm.transfer.codes import Line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.errors import BadRequest, Broken, MissingReference
from mock_eloqua.crm.transfer.kinds import DOES, SYNCS
from mock_eloqua.crm.transfer.results import Reject
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

_BASE = re.compile(r"(?:https?://[^/]+)?(?:/api/bulk/2\.0)?/*(.*?)/*", re.ASCII | re.IGNORECASE)
"""A uri as callers write it: without its first slash, with the base before it [client]."""


def create(call: Call) -> Reply:
    """POST: 201 with the sync, pending."""
    given = {key.lower(): value for key, value in json_object(call).items() if value is not None}
    definition = _named(call.site, _text(given, "syncedInstanceUri"))
    verdict = permitted(call.user, DOES[definition.kind].needs)
    if isinstance(verdict, Forbidden):
        call.refused = str(verdict)
        return refuse(call, verdict)
    callback_url = _text(given, "callbackUrl")
    pass_through(call.site, call.user, SYNCS[definition.kind])
    return started(call, syncs.create(call.site, definition, call.user, callback_url, _call_back))


def recover(site: Site) -> None:
    """Go on with the syncs that a process that died left behind."""
    syncs.recover(site, _call_back)


def _call_back(site: Site, sync: Sync) -> None:
    """A POST of a sync that has ended [doc: that it is called; method and body inferred]."""
    if sync.callback_url and site.settings.sync_callbacks == "on":
        outgoing.post(site, sync.callback_url, orjson.dumps(shown(sync)), JSON_UTF8, f"callback of {sync.uri}")


def _text(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name.lower())
    try:
        return None if value is None else text(value)
    except WrongForm as wrong:
        raise BadRequest(Broken(name, str(wrong))) from None


def _named(site: Site, uri: str | None) -> Definition:
    if uri is None or not uri.strip():
        raise BadRequest(Broken("syncedInstanceUri", "Must be the uri of a definition."))
    found = _BASE.fullmatch(re.sub("(?<!:)/+", "/", uri.strip()))
    definition = definitions.named(site, f"/{found[1]}") if found else None
    if definition is None:
        raise MissingReference(uri)
    return definition


def started(call: Call, sync: Sync) -> Reply:
    """201 with a new sync. Its stamp is of another clock than the one that later reads show [recorded]."""
    skew = round(call.site.settings.sync_clock_skew_seconds * TICKS_PER_SECOND)
    now = dates.iso_ticks(call.site.clock.ticks() + skew)
    return json_reply({**shown(sync), "createdAt": now}, 201, JSON_UTF8)


def read(call: Call) -> Reply:
    """GET of one."""
    return json_reply(shown(syncs.get(call.site, path_id(call))), content_type=JSON_UTF8)


def find(call: Call) -> Reply:
    """GET of the list."""

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        found, total = syncs.find(call.site, offset=offset, limit=limit)
        return [shown(each) for each in found], total

    return listed(call, page)


def read_logs(call: Call) -> Reply:
    """GET of the log: transfer lines first, then those of the engine; not by time [recorded]."""
    sync = syncs.get(call.site, path_id(call))

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        lines, total = results.log(call.site, sync.id, offset=offset, limit=limit)
        return [line(sync, each) for each in lines], total

    return listed(call, page)


def read_rejects(call: Call) -> Reply:
    """GET of the rejects, in the order of the upload."""
    return listed(call, _rejects(call.site, syncs.get(call.site, path_id(call))))


def _rejects(site: Site, sync: Sync) -> Source:
    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        found, total = results.rejects(site, sync.id, offset=offset, limit=limit)
        return [_reject(sync, each) for each in found], total

    return page


def read_data(call: Call) -> Reply:
    """GET of what an export found."""
    return data.page(call, syncs.get(call.site, path_id(call)))


def delete_data(call: Call) -> Reply:
    """DELETE of what an export found: 204, or 409 while it is under way [doc]."""
    sync = syncs.get(call.site, path_id(call))
    syncs.delete_rows(call.site, syncs.readable(call.site, sync, call.user))
    return Reply(204)


def shown(sync: Sync) -> dict[str, Any]:
    """A sync as it travels, in the recorded order; what has not happened yet is left out."""
    optional = {
        "callbackUrl": sync.callback_url,
        "syncStartedAt": None if sync.started_at is None else dates.iso(sync.started_at),
        "syncEndedAt": None if sync.ended_at is None else dates.iso(sync.ended_at),
    }
    return {
        "syncedInstanceUri": sync.definition_uri,
        **{name: value for name, value in optional.items() if value is not None},
        "status": sync.status,
        "createdAt": dates.iso(sync.created_at),
        "createdBy": sync.created_by,
        "uri": sync.uri,
    }


def line(sync: Sync, said: Line) -> Item:
    """A line of the log as it travels."""
    message = {} if said.message is None else {"message": said.message}
    about = {"syncUri": sync.uri, "count": said.count, "severity": said.severity, "statusCode": said.code}
    return {**about, **message, "createdAt": dates.iso(said.at)}


def _reject(sync: Sync, reject: Reject) -> Item:
    return {
        "fieldValues": dict(zip(sync.columns, reject.values, strict=True)),
        "message": reject.message,
        "statusCode": reject.code,
        "recordIndex": reject.record_index,
        "invalidFields": reject.invalid_fields,
    }
