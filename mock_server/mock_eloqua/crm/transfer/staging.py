"""Uploads that wait for a sync, kept as they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.limits import FILES_PER_SYNC, STAGED_BEFORE_SYNC
from mock_eloqua.crm.transfer import room
from mock_eloqua.crm.transfer.errors import BadRequest, Broken
from mock_eloqua.language import uploads
from mock_eloqua.language.uploads import Survey
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_file = tables.staged_file


@dataclass(frozen=True, slots=True)
class Upload:
    """A table that has been found readable."""

    form: str
    content: bytes
    survey: Survey


@dataclass(frozen=True, slots=True)
class File:
    """One staged upload, as the keys of a definition see it."""

    id: int
    form: str
    rows: int
    spelled: Mapping[str, Sequence[str]]
    """Key to how its column is written; keys that no row has are not there."""
    unknown: Sequence[str]
    """Names of the columns that the definition does not have."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One upload, as somebody who looks sees it."""

    id: int
    form: str
    rows: int
    size: int
    """Bytes."""
    created_at: int
    beginning: bytes


def seen(site: Site, where: ColumnElement[bool], first: int) -> list[Staged]:
    """The files that *where* names, oldest first, with the *first* bytes of each."""
    content = _file.c.content
    query = select(
        _file.c.id, _file.c.form, _file.c.rows, func.length(content), _file.c.created_at, func.substr(content, 1, first)
    )
    with site.database.reading() as connection:
        rows = connection.execute(query.where(where).order_by(_file.c.id)).all()
    return [Staged(key, form, count, size, at, bytes(text)) for key, form, count, size, at, text in rows]


def stage(site: Site, uri: str, upload: Upload) -> None:
    """Keep an upload for the next sync of a definition; an empty one leaves nothing.

    Raises:
        BadRequest: so many wait already, or so much.
        StorageFull: there is no room for it.
    """
    survey = upload.survey
    if not survey.rows:
        return
    with site.database.writing() as connection:
        _check_room(site, uri, len(upload.content))
        room.check(site, len(upload.content))
        (file_id,) = site.database.next_ids("staged_file")
        row = {
            "id": file_id,
            "definition_uri": uri,
            "form": upload.form,
            "rows": survey.rows,
            "names": list(survey.names),
            "created_at": site.clock.now(),
            "content": upload.content,
        }
        connection.execute(insert(_file), row)


def _check_room(site: Site, uri: str, more: int) -> None:
    """May one upload more wait for the sync of a definition?"""
    query = select(func.count(), func.coalesce(func.sum(func.length(_file.c.content)), 0)).where(waiting(uri))
    with site.database.reading() as connection:
        files, size = connection.execute(query).one()
    for threshold, amount in ((FILES_PER_SYNC, files + 1), (STAGED_BEFORE_SYNC, int(size) + more)):
        if not site.thresholds.allows(threshold, amount):
            most = f"{site.thresholds.most(threshold)} {threshold.unit}"
            raise BadRequest(Broken("data", f"At most {most} can wait for a sync; start one before you upload more."))


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


def drop(site: Site, where: ColumnElement[bool]) -> None:
    """Forget files."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_file).where(where))


def files(site: Site, sync_id: int, keys: Sequence[str]) -> list[File]:
    """What a sync has taken, in the order of the uploads; *keys* are those of its definition."""
    query = select(_file.c.id, _file.c.form, _file.c.rows, _file.c.names).where(taken(sync_id)).order_by(_file.c.id)
    with site.database.reading() as connection:
        found = connection.execute(query).all()
    return [_file_of(*each, keys) for each in found]


def _file_of(file_id: int, form: str, rows: int, names: Sequence[str], keys: Sequence[str]) -> File:
    spelled = uploads.spellings(names, keys)
    known = set(chain.from_iterable(spelled.values()))
    return File(file_id, form, rows, spelled, [name for name in names if name not in known])


def runs(site: Site, file: File, keys: Iterable[str], size: int) -> Iterator[dict[str, list[str]]]:
    """The columns of some keys, *size* rows at a time; those that the file does not have are left out."""
    spelled = {key: file.spelled[key] for key in keys if key in file.spelled}
    with site.database.reading() as connection:
        content = connection.execute(select(_file.c.content).where(_file.c.id == file.id)).scalar_one()
    return uploads.runs(file.form, content, spelled, size)
