"""Uploads that wait for a sync: kept by column, so that a sync reads only what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua import releases
from mock_eloqua.crm.transfer.errors import BadRequest, Broken
from mock_eloqua.site import Site
from mock_eloqua.store import tables

MOST_FILES = 500
"""Uploads for one sync, since 24D [doc]."""
_LONGEST_LABEL = 200
_MOST_LABELS = 100
"""Foreign columns that the log tells of by name, for each upload."""

_file, _column = tables.staged_file, tables.staged_column


@dataclass(frozen=True, slots=True)
class Upload:
    """Rows by column."""

    columns: Mapping[str, Sequence[str]]
    """Key of the definition to one text per row, `""` for nothing; keys in no row are not there."""
    unknown: Sequence[str]
    """Names of the columns that the definition does not have."""
    rows: int


@dataclass(frozen=True, slots=True)
class File:
    """One staged upload."""

    id: int
    rows: int
    columns: frozenset[str]
    unknown: tuple[str, ...]


def stage(site: Site, uri: str, upload: Upload) -> None:
    """Keep an upload for the next sync of a definition; an empty one leaves nothing.

    Raises:
        BadRequest: 500 wait already.
    """
    if not upload.rows:
        return
    columns = {name: orjson.dumps(values) for name, values in upload.columns.items()}
    with site.database.writing() as connection:
        if releases.has(site.release, "five-hundred-files-a-sync") and _count(site, uri) >= MOST_FILES:
            constraint = f"At most {MOST_FILES} uploads can wait for a sync; start one before you upload more."
            raise BadRequest(Broken("data", constraint))
        (file_id,) = site.database.next_ids("staged_file")
        row = {"id": file_id, "definition_uri": uri, "rows": upload.rows, "created_at": site.clock.now()}
        connection.execute(insert(_file), row)
        contents = {**dict.fromkeys(map(_as_label, upload.unknown[:_MOST_LABELS])), **columns}
        if contents:  # rows of no column at all, `[{}]`, leave none
            rows = [{"file_id": file_id, "name": name, "content": content} for name, content in contents.items()]
            connection.execute(insert(_column), rows)


def _as_label(name: str) -> str:
    """A foreign column name, fit to be kept and shown."""
    return name.replace("\0", "\ufffd")[:_LONGEST_LABEL]


def _count(site: Site, uri: str) -> int:
    with site.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(_file).where(waiting(uri))).scalar_one()


def waiting(uri: str) -> ColumnElement[bool]:
    """Files of a definition that no sync has taken."""
    return (_file.c.definition_uri == uri) & _file.c.sync_id.is_(None)


def taken(sync_id: int) -> ColumnElement[bool]:
    """Files that a sync has taken."""
    return _file.c.sync_id == sync_id


def take(site: Site, uri: str, sync_id: int, retention: int) -> None:
    """Give a sync what waits for it; what has waited longer than *retention* milliseconds is gone [doc]."""
    with site.database.writing() as connection:
        drop(site, waiting(uri) & (_file.c.created_at <= site.clock.now() - retention))
        connection.execute(update(_file).where(waiting(uri)).values(sync_id=sync_id))


def give_back(site: Site, sync_id: int) -> None:
    """Let what a sync had taken wait for another one."""
    with site.database.writing() as connection:
        connection.execute(update(_file).where(taken(sync_id)).values(sync_id=None))


def drop(site: Site, where: ColumnElement[bool]) -> None:
    """Forget files."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_column).where(_column.c.file_id.in_(select(_file.c.id).where(where))))
        connection.execute(sql_delete(_file).where(where))


def files(site: Site, sync_id: int) -> list[File]:
    """What a sync has taken, in the order of the uploads."""
    query = (
        select(_file.c.id, _file.c.rows, _column.c.name, _column.c.content.is_(None).label("unknown"))
        .outerjoin(_column, _column.c.file_id == _file.c.id)
        .where(taken(sync_id))
        .order_by(_file.c.id, _column.c.name)
    )
    found: dict[int, tuple[int, set[str], list[str]]] = {}
    with site.database.reading() as connection:
        for row in connection.execute(query):
            _, known, unknown = found.setdefault(row.id, (row.rows, set(), []))
            if row.name is not None:
                (unknown.append if row.unknown else known.add)(row.name)
    return [File(key, rows, frozenset(known), tuple(unknown)) for key, (rows, known, unknown) in found.items()]


def column(site: Site, file: File, name: str) -> list[str]:
    """The values of one column of a file, `""` in every row where it has no such column."""
    if name not in file.columns:
        return [""] * file.rows
    query = select(_column.c.content).where(_column.c.file_id == file.id, _column.c.name == name)
    with site.database.reading() as connection:
        content = connection.execute(query).scalar()
    values: list[str] = [] if content is None else orjson.loads(content)
    return values


def size(site: Site) -> int:
    """Bytes that uploads take which wait for a sync, or for the end of theirs."""
    with site.database.reading() as connection:
        return int(connection.execute(select(func.sum(func.length(_column.c.content)))).scalar() or 0)
