"""Pages of exported rows, as JSON and as CSV (`bulk` 7.2)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from mock_eloqua.bulk.lists import MOST_ROWS, Item, Page, page_of
from mock_eloqua.crm.transfer import results, syncs
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.web.body import media_type
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

CSV_UTF8 = "text/csv; charset=utf-8"


def page(call: Call, sync: Sync) -> Reply:
    """The rows that a call asks for; none before the sync has ended [inferred].

    Raises:
        NoData, NotYours, NotFound, BadRequest: there is nothing to show to this caller.
    """
    wanted = page_of(call, MOST_ROWS)

    def envelope(items: list[Item], total: int) -> Item:
        answer = wanted.envelope(items, total)
        if not items and call.site.settings.empty_export_items == "absent":
            del answer["items"]
        return answer

    return shown(call, sync, wanted, envelope)


def shown(call: Call, sync: Sync, wanted: Page, envelope: Callable[[list[Item], int], Item]) -> Reply:
    """Some of the rows of a sync, with *envelope* around them where they are JSON.

    Raises:
        NoData, NotYours, NotFound: there is nothing to show to this caller.
    """
    syncs.readable(call.site, sync, call.user)
    total = sync.rows if sync.ended_at is not None else 0
    rows = list(results.rows(call.site, sync.id, wanted.offset, wanted.limit)) if total > wanted.offset else []
    if _wants_csv(call):
        return Reply(200, _csv([tuple(sync.columns), *rows]), CSV_UTF8)
    items = [dict(zip(sync.columns, row, strict=True)) for row in rows]
    return json_reply(envelope(items, total), content_type=JSON_UTF8)


def _wants_csv(call: Call) -> bool:
    """`Accept` decides; a Content-Type of a GET where it has no wish [client]."""
    for part in (call.header(b"accept") or "").lower().split(","):
        media = part.partition(";")[0].strip()
        if media in ("text/csv", "application/json"):
            return media == "text/csv"
    return media_type(call)[0] == "text/csv"


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
