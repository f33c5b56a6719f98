"""Bulk: definitions with what is staged for them, and syncs with their logs, rejects and rows, to hold and to fail."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.bulk.definitions import shown
from mock_eloqua.console.visit import Declined, Visit, page
from mock_eloqua.crm.transfer import definitions, results, staging, steering, sync
from mock_eloqua.crm.transfer.errors import Conflict
from mock_eloqua.crm.transfer.kinds import EXPORT, KINDS, STAGED
from mock_eloqua.store import tables

NAME, PATH = "Bulk", "bulk"
_SYNCS, _DEFINITIONS, _LINES = 30, 100, 100
"""So many are shown at once."""
_BEGINNING = 2000
"""Bytes of an upload that are shown."""


def bulk(visit: Visit) -> Response:
    """The latest syncs, live, and the definitions."""
    site = visit.site
    context: dict[str, Any] = {
        "syncs": sync.select_all(site, newest_first=True, limit=_SYNCS),
        "count": sync.find(site, limit=0)[1],
    }
    if visit.asks_for_part():
        return visit.show("bulk_syncs", **context)
    return visit.show("bulk", **context, definitions=[(kind, *_latest(visit, kind)) for kind in KINDS])


def _latest(visit: Visit, kind: str) -> tuple[list[definitions.Definition], int]:
    total = definitions.find(visit.site, kind, limit=0)[1]
    found, _ = definitions.find(visit.site, kind, offset=max(0, total - _DEFINITIONS), limit=_DEFINITIONS)
    return list(reversed(found)), total


def definition(visit: Visit) -> Response:
    """One, with the files that wait for a sync of it, and its syncs."""
    params = visit.request.path_params
    if params["kind"] not in KINDS:
        raise HTTPException(404, "There are no such definitions.")
    found = definitions.numbered(visit.site, params["kind"], params["key"])
    return visit.show(
        "bulk_definition",
        definition=found,
        text=orjson.dumps(shown(found), option=orjson.OPT_INDENT_2).decode(),
        takes_data=found.kind in STAGED,
        staged=staging.seen(visit.site, staging.waiting(found.uri), _BEGINNING),
        syncs=sync.select_all(visit.site, tables.sync.c.definition_uri == found.uri, newest_first=True, limit=_SYNCS),
    )


def one(visit: Visit) -> Response:
    """A sync: its state, live while it is under way, its log, its rejects, and what it exported."""
    site, key = visit.site, visit.request.path_params["key"]
    found = sync.get(site, key)
    begin = visit.number("begin", 0)
    log, lines = results.log(site, key, limit=_LINES)
    rejects, rejected = results.rejects(site, key, limit=_LINES)
    rows = orjson.loads(results.objects(site, key, begin, _LINES)[0]) if found.kind == EXPORT else []
    return visit.show(
        "bulk_sync_moving" if visit.asks_for_part() else "bulk_sync",
        sync=found,
        definition=definitions.by_uri(site, found.definition_uri),
        command=steering.told(site, key),
        is_export=found.kind == EXPORT,
        log=log,
        lines=lines,
        rejects=rejects,
        rejected=rejected,
        rows=rows,
        begin=begin,
        step=_LINES,
        staged=staging.seen(site, staging.taken(key), _BEGINNING),
    )


def steer(visit: Visit) -> Response:
    """Hold it, release it, let it fail, or its file be corrupt."""
    key, word = visit.request.path_params["key"], visit.form.get("command", "")
    if word not in steering.COMMANDS:
        raise Declined(f"name {', '.join(steering.COMMANDS)}, not {word!r}")
    try:
        steering.command(visit.site, key, word)
    except Conflict as error:
        raise Declined(str(error), 409) from None
    return visit.go(f"bulk/syncs/{key}", f"It is told: {word}.")


ROUTES = (
    Route("/bulk", page(bulk)),
    Route("/bulk/syncs/{key:int}", page(one)),
    Route("/bulk/syncs/{key:int}", page(steer), methods=["POST"]),
    Route("/bulk/{kind}/{key:int}", page(definition)),
)
