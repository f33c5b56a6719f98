"""What a sync leaves behind: its log, its rejects, and the rows that an export found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, Table, func, insert, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.transfer import room
from mock_eloqua.crm.transfer.codes import Line
from mock_eloqua.language.objects import by_row, listed
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

_log, _reject, _rows = tables.sync_log, tables.sync_reject, tables.sync_rows


@dataclass(frozen=True, slots=True)
class Reject:
    """A record, or a part of one, that did not go in."""

    record_index: int
    """Its place in the load, from 1."""
    code: str
    message: str
    invalid_fields: Sequence[str]
    """Keys of the definition."""
    values: Sequence[str]
    """What was uploaded, one text for each column of the sync."""


def write_log(site: Site, sync_id: int, lines: Sequence[Line]) -> None:
    """Add lines to the log of a sync."""
    with site.database.writing() as connection:
        first = _count(site, _log, _log.c.sync_id == sync_id)
        rows = [
            {
                "sync_id": sync_id,
                "line": first + number,
                "code": each.code,
                "severity": each.severity,
                "message": each.message,
                "count": each.count,
                "created_at": each.at,
            }
            for number, each in enumerate(lines)
        ]
        if rows:
            connection.execute(insert(_log), rows)


def log(site: Site, sync_id: int, *, offset: int = 0, limit: int | None = None) -> tuple[list[Line], int]:
    """A page of the log of a sync, in the recorded order, and how many lines there are."""
    of_it = _log.c.sync_id == sync_id
    columns = [_log.c.code, _log.c.severity, _log.c.message, _log.c.count, _log.c.created_at]
    found, total = page(site.database, _log, columns, of_it, by="line", offset=offset, limit=limit)
    return [Line(*row) for row in found], total


def write_rejects(site: Site, sync_id: int, first: int, rejects: Sequence[Reject]) -> None:
    """Add rejects to a sync that has *first* already."""
    if rejects:
        columns = {
            "line": range(first, first + len(rejects)),
            "record_index": [each.record_index for each in rejects],
            "code": [each.code for each in rejects],
            "message": [each.message for each in rejects],
            "invalid_fields": [each.invalid_fields for each in rejects],
            "field_values": [[text.replace("\0", "\ufffd") for text in each.values] for each in rejects],
        }
        site.database.insert_many(_reject, columns, {"sync_id": sync_id})


def rejects(site: Site, sync_id: int, *, offset: int = 0, limit: int | None = None) -> tuple[list[Reject], int]:
    """A page of the rejects of a sync, in the order of the load, and how many there are."""
    of_it = _reject.c.sync_id == sync_id
    columns = [
        _reject.c.record_index,
        _reject.c.code,
        _reject.c.message,
        _reject.c.invalid_fields,
        _reject.c.field_values,
    ]
    found, total = page(site.database, _reject, columns, of_it, by="line", offset=offset, limit=limit)
    return [Reject(*row) for row in found], total


def write_rows(site: Site, sync_id: int, first: int, keys: Sequence[str], columns: Sequence[Sequence[str]]) -> int:
    """Keep a run of exported rows, given by column, that begins after *first* others; its size in bytes.

    They are kept as the JSON objects that clients will read: a page of them is then only cut out.

    Raises:
        StorageFull: there is no room for them.
    """
    content = listed(keys, columns)
    room.check(site, len(content))
    row = {"sync_id": sync_id, "first": first, "count": len(columns[0]), "content": content}
    with site.database.writing() as connection:
        connection.execute(insert(_rows), row)
    return len(content)


def objects(site: Site, sync_id: int, offset: int, limit: int) -> tuple[bytes, int]:
    """Exported rows, *limit* at most, after *offset* others: a JSON list of objects, and how many they are."""
    pieces: list[bytes | memoryview] = []  # put together once: a page may have many megabytes
    count = 0
    for content, wanted, is_whole in _touched(site, sync_id, offset, limit):
        rows = content if is_whole else orjson.dumps(orjson.loads(content)[wanted])
        pieces += (b"," if pieces else b"[", memoryview(rows)[1:-1])
        count += wanted.stop - wanted.start
    return b"".join([*pieces, b"]"]) if pieces else b"[]", count


def rows(site: Site, sync_id: int, keys: Sequence[str], offset: int, limit: int) -> Iterator[Sequence[str]]:
    """The same by row, each in the order of the *keys*."""
    for content, wanted, _ in _touched(site, sync_id, offset, limit):
        yield from by_row(content, tuple(keys))[wanted]


def _touched(site: Site, sync_id: int, offset: int, limit: int) -> Iterator[tuple[bytes, slice, bool]]:
    """The runs that hold such rows, which of theirs, and whether these are all."""
    is_touched = (_rows.c.first < offset + limit) & (_rows.c.first + _rows.c.count > offset)
    query = select(_rows.c.first, _rows.c.count, _rows.c.content).where(_rows.c.sync_id == sync_id, is_touched)
    with site.database.reading() as connection:
        runs = connection.execute(query.order_by(_rows.c.first)).all()
    for first, count, content in runs:
        wanted = slice(max(offset - first, 0), min(offset + limit - first, count))
        yield content, wanted, wanted == slice(0, count)


def forget_rows(site: Site, sync_ids: Sequence[int]) -> None:
    """Let go of exported rows."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_rows).where(_rows.c.sync_id.in_(sync_ids)))


def _count(site: Site, table: Table, where: ColumnElement[bool]) -> int:
    with site.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
