"""The export engine: finds records and keeps their values as text, run by run (`bulk` 12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, true, update

from mock_eloqua.access import users
from mock_eloqua.crm.transfer import columns, filters, results, statements
from mock_eloqua.crm.transfer.actions import Actions
from mock_eloqua.crm.transfer.codes import Code, Line, line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.entity import Attribute, Run
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site
from mock_eloqua.store import tables

RUN = 5000
"""Records read and kept at a time, so that others get in between."""
_NOBODY = 0
"""The id of no user: of one who is gone."""


def run(site: Site, job: Job, sync_id: int, definition: Definition) -> list[Line]:
    """Do the work of an export sync; the lines for its log."""
    entity, properties = definition.entity, definition.properties
    utc = bool(properties.get("areSystemTimestampsInUTC", False))
    attributes = [_attribute(site, definition, statement) for statement in definition.fields.values()]
    actions = Actions(site, entity, properties)
    left: int | None = min(filter(None, (properties.get("maxRecords"), entity.most_rows)), default=None)
    rows = size = 0
    where = filters.condition(site, entity, properties.get("filter"), utc=utc) & _seen(site, definition)
    for found in _runs(definition)(site, where, RUN, columns.read_by(attributes)):
        ids = found["id"][:left]
        texts = [list(each.read(found, utc)[:left]) for each in attributes]
        with site.database.writing():
            job.check()
            size += results.write_rows(site, sync_id, rows, texts)
            actions.run(ids)
        rows += len(ids)
        if left is not None and (left := left - len(ids)) <= 0:
            break
    with site.database.writing() as connection:
        job.check()
        connection.execute(update(tables.sync).where(tables.sync.c.id == sync_id).values(rows=rows))
    now = site.clock.now()
    return [
        line(Code.EXPORTED, now, rows),
        line(Code.STAGING_DELETED, now),
        line(Code.CONVERTED, now, kb=-(-size // 1024)),
        *actions.lines(),
    ]


def _seen(site: Site, definition: Definition) -> ColumnElement[bool]:
    """The condition of being seen by who created the export, whoever runs it [doc: `platform` 3.5]."""
    if definition.entity.seen_by is None:
        return true()
    creator = users.everyone(site).get(definition.created_by.lower())
    return definition.entity.seen_by(site, creator.id if creator else _NOBODY)


def _runs(definition: Definition) -> Callable[[Site, ColumnElement[bool], int, frozenset[str]], Iterator[Run]]:
    if definition.entity.runs is None:
        raise LookupError(f"nothing can be exported from {definition.entity.path}")
    return definition.entity.runs


def _attribute(site: Site, definition: Definition, statement: str) -> Attribute:
    found = statements.attribute(site, definition.entity, statement)
    if found is None:
        raise LookupError(f"the definition {definition.uri} was valid a moment ago, but has no {statement}")
    return found
