"""Pages of exported rows, as JSON and as CSV (`bulk` 7.2)."""

from __future__ import annotations

from collections.abc import Callable

import orjson

from mock_eloqua.access.limits import BULK_DATA_PAGE
from mock_eloqua.bulk.lists import Item, Page, page_of
from mock_eloqua.crm.transfer import results, syncs
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.language import csv_rows
from mock_eloqua.web.body import media_type
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

CSV_UTF8 = "text/csv; charset=utf-8"
Envelope = Callable[[orjson.Fragment, int, int], Item]
"""What stands around a list of rows, given the list, how many it has, and how many there are in all."""


def page(call: Call, sync: Sync) -> Reply:
    """The rows that a call asks for; none before the sync has ended [inferred].

    Raises:
        NoData, NotYours, Expired, BadRequest: there is nothing to show to this caller.
    """
    wanted = page_of(call, BULK_DATA_PAGE)

    def envelope(items: orjson.Fragment, count: int, total: int) -> Item:
        answer = wanted.envelope(items, count, total)
        if not count and call.site.settings.empty_export_items == "absent":
            del answer["items"]
        return answer

    return shown(call, sync, wanted, envelope)


def shown(call: Call, sync: Sync, wanted: Page, envelope: Envelope) -> Reply:
    """Some of the rows of a sync, with *envelope* around them where they are JSON.

    Raises:
        NoData, NotYours, Expired, Corrupt: there is nothing to show to this caller.
    """
    syncs.readable(call.site, sync, call.user)
    total = sync.rows if sync.ended_at is not None else 0
    limit = min(wanted.limit, max(0, total - wanted.offset))
    if _wants_csv(call):
        rows = results.rows(call.site, sync.id, sync.columns, wanted.offset, limit)
        return Reply(200, csv_rows.written(sync.columns, rows), CSV_UTF8)
    items, count = results.objects(call.site, sync.id, wanted.offset, limit)
    return json_reply(envelope(orjson.Fragment(items), count, total), content_type=JSON_UTF8)


def _wants_csv(call: Call) -> bool:
    """`Accept` decides; a Content-Type of a GET where it has no wish [client]."""
    for part in (call.header(b"accept") or "").lower().split(","):
        media = part.partition(";")[0].strip()
        if media in ("text/csv", "application/json"):
            return media == "text/csv"
    return media_type(call)[0] == "text/csv"
