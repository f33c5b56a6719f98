"""The export engine: finds records and keeps their values as text, run by run (`bulk` 12)."""

from __future__ import annotations

import sys

from sqlalchemy import ColumnElement, true, update

from mock_eloqua.access import users
from mock_eloqua.crm import canvas_flow
from mock_eloqua.crm.transfer import campaign, columns, filters, results, service_actions, statements
from mock_eloqua.crm.transfer.actions import Actions
from mock_eloqua.crm.transfer.ahead import read_ahead
from mock_eloqua.crm.transfer.codes import Code, Line, line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.entity import Attribute, Runs
from mock_eloqua.crm.transfer.progress import Progress
from mock_eloqua.site import Site
from mock_eloqua.store import tables

RUN = 5000
"""Records read and kept at a time, so that others get in between."""
RUN_FROM_AFAR = 10_000
"""The same of a store in another process, which they need not wait for: fewer rounds, 40 MB more [measured]."""
_NOBODY = 0
"""The id of no user: of one who is gone."""


def run(progress: Progress, definition: Definition) -> list[Line]:
    """Do the work of an export sync that is left; the lines for its log."""
    site, entity, properties = progress.site, definition.entity, definition.properties
    canvas_flow.catch_up(site)
    utc = bool(properties.get("areSystemTimestampsInUTC", False))
    attributes = [_attribute(site, definition, statement) for statement in definition.fields.values()]
    keys = tuple(definition.fields)
    actions = Actions(site, entity, properties, progress.acted)
    most = properties.get("maxRecords", sys.maxsize)
    if entity.most_rows is not None:
        most = min(most, site.thresholds.most(entity.most_rows))
    where = filters.condition(site, entity, properties.get("filter"), utc=utc) & _seen(site, definition)
    source = _source_campaign(site, properties.get("filter"))
    in_process = site.database.in_process
    size = RUN if in_process else RUN_FROM_AFAR
    runs = _runs(definition)(site, where, size, columns.read_by(attributes), progress.last_id)
    if not in_process:
        runs = read_ahead(runs)
    while progress.rows < most and (found := next(runs, None)):
        if entity.most_rows is not None:
            site.thresholds.allows(entity.most_rows, progress.rows + len(found["id"]))  # noted
        wanted = slice(most - progress.rows)
        ids = found["id"][wanted]
        told = {**found, campaign.SOURCE: [source] * len(found["id"])}
        texts = [list(each.read(told, utc)[wanted]) for each in attributes]
        if site.settings.duplicate_export_field == "shuffle":
            texts = _shuffled(texts, list(definition.fields.values()))
        progress.obey()
        with progress.writing():
            progress.size += results.write_rows(site, progress.sync_id, progress.rows, keys, texts)
            actions.run(ids)
            progress.rows += len(ids)
            progress.last_id = ids[-1]
    with progress.writing() as connection:
        connection.execute(update(tables.sync).where(tables.sync.c.id == progress.sync_id).values(rows=progress.rows))
    now = site.clock.now()
    return [
        line(Code.EXPORTED, now, progress.rows),
        line(Code.STAGING_DELETED, now),
        line(Code.CONVERTED, now, kb=-(-progress.size // 1024)),
        *actions.lines(),
    ]


def _shuffled(texts: list[list[str]], statements: list[str]) -> list[list[str]]:
    """Where a statement is there twice, the columns from the second on slip down by a row [client: that they mix]."""
    seen: set[str] = set()
    slips = False
    moved = []
    for column, statement in zip(texts, statements, strict=True):
        slips = slips or statement.lower() in seen
        seen.add(statement.lower())
        moved.append([*column[-1:], *column[:-1]] if slips else column)
    return moved


def _source_campaign(site: Site, text: str | None) -> int | None:
    """The campaign of the app for whose members a filter asks."""
    instance = filters.standing(text)
    return service_actions.source_campaign(site, instance) if instance else None


def _seen(site: Site, definition: Definition) -> ColumnElement[bool]:
    """The condition of being seen by who created the export, whoever runs it [doc: `platform` 3.5]."""
    if definition.entity.seen_by is None:
        return true()
    creator = users.everyone(site).get(definition.created_by.lower())
    return definition.entity.seen_by(site, creator.id if creator else _NOBODY)


def _runs(definition: Definition) -> Runs:
    if definition.entity.runs is None:
        raise LookupError(f"nothing can be exported from {definition.entity.path}")
    return definition.entity.runs


def _attribute(site: Site, definition: Definition, statement: str) -> Attribute:
    found = statements.attribute(site, definition.entity, statement)
    if found is None:
        raise LookupError(f"the definition {definition.uri} was valid a moment ago, but has no {statement}")
    return found
