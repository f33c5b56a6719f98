"""The import engine: takes what was uploaded, batch by batch, to the records (`bulk` 10).

Sync actions are the same without the writing: their rows are found, and acted on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

from mock_eloqua.crm.transfer import results, staging, statements
from mock_eloqua.crm.transfer.actions import Actions
from mock_eloqua.crm.transfer.batch import SIZE, Batch, Identifiers, Layout, Load, check, identifiers, nobody
from mock_eloqua.crm.transfer.codes import Code, Line, line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.kinds import SYNC_ACTION
from mock_eloqua.crm.transfer.merge import Match, Merge
from mock_eloqua.crm.transfer.staging import File
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site


def run(site: Site, job: Job, sync_id: int, definition: Definition) -> list[Line]:
    """Do the work of the sync of an import or a sync action; the lines for its log, in the recorded order."""
    files = staging.files(site, sync_id)
    total = sum(file.rows for file in files)
    lines = [line(Code.STAGED, site.clock.now(), total), line(Code.READY, site.clock.now())]
    actions = Actions(site, definition.entity, definition.properties)
    if actions.are_for_all:
        with site.database.writing():
            job.check()
            actions.run_on_all()
    if not total:
        said = actions.lines() if actions.are_for_all else [line(Code.NOTHING_STAGED, site.clock.now())]
        return [*lines, *said]
    if not any(file.columns & definition.fields.keys() for file in files):
        return [*lines, line(Code.NO_COLUMN, site.clock.now(), file=files[0].id)]
    lines += _column_lines(site, definition, files)
    tally = _load(site, job, sync_id, definition, files, actions)
    return [
        *lines,
        *_tally_lines(site, total, tally, _always(definition)),
        *actions.lines(),
        line(Code.OBSERVED_LAST, site.clock.now()),
    ]


def _column_lines(site: Site, definition: Definition, files: Sequence[File]) -> Iterator[Line]:
    """One line for each column too many, and each that a file lacks."""
    now = site.clock.now()
    ignored = definition.properties.get("identifierFieldName")
    if ignored and not definition.entity.identifies:
        yield line(Code.IDENTIFIER_IGNORED, now, field=ignored)
    for name in dict.fromkeys(chain.from_iterable(file.unknown for file in files)):
        yield line(Code.UNKNOWN_COLUMN, now, field=name)
    for key in definition.fields:
        lacking = next((file for file in files if key not in file.columns), None)
        if lacking:
            yield line(Code.MISSING_COLUMN, now, field=key, file=lacking.id)


def _load(
    site: Site, job: Job, sync_id: int, definition: Definition, files: Sequence[File], actions: Actions
) -> Counter[Code]:
    """Bring all rows in; how many met which fate."""
    layout = _layout(site, definition)
    keys = tuple(definition.fields)
    identified = [_identified(site, layout, file) for file in files]
    winners = _winners(site, identified)
    load = _loading(site, definition, layout)
    tally: Counter[Code] = Counter()
    told = 0
    for batch in _batches(site, layout, files, identified):
        check(batch, layout, winners)
        with site.database.writing():
            job.check()
            loaded = load.run(batch)
            actions.run(loaded.members)
            rejects = batch.rejects(keys)
            results.write_rejects(site, sync_id, told, rejects)
        told += len(rejects)
        tally.update(code for code, _ in batch.dropped.values())
        tally.update(loaded.counts)
        tally[Code.FIELDS_LEFT_OUT] += len(batch.unfit.keys() - batch.dropped.keys())
    return tally


def _loading(site: Site, definition: Definition, layout: Layout) -> Load:
    entity = definition.entity
    if entity.load is not None:
        return entity.load(site, layout, definition.properties)
    if entity.records is None:
        raise LookupError(f"nothing can be imported to {entity.path}")
    if definition.kind == SYNC_ACTION:
        return Match(site, layout, entity.records)
    return Merge(site, layout, entity.records, definition.properties)


def _always(definition: Definition) -> Sequence[Code]:
    """What the log counts even where it is nothing."""
    entity = definition.entity
    if definition.kind == SYNC_ACTION:
        return ()
    if entity.always or entity.records is None:
        return entity.always
    return tuple(filter(None, (entity.records.created, entity.records.updated)))


def _layout(site: Site, definition: Definition) -> Layout:
    found = {key: statements.attribute(site, definition.entity, text) for key, text in definition.fields.items()}
    attributes = {key: each for key, each in found.items() if each is not None}
    key = definition.properties.get("identifierFieldName") if definition.entity.identifies else None
    return Layout(definition.entity, attributes, key)


def _identified(site: Site, layout: Layout, file: File) -> Identifiers:
    if layout.identifier is None:
        return nobody(file.rows, f"{file.id}:")
    key = layout.address_key
    has_addresses = key in file.columns and key != layout.identifier
    addresses = staging.column(site, file, key) if key and has_addresses else None
    return identifiers(layout, staging.column(site, file, layout.identifier), addresses)


def _winners(site: Site, identified: Sequence[Identifiers]) -> Mapping[str, int] | None:
    """Which row goes in for each identifier; None when none stands there twice."""
    folded = list(chain.from_iterable(each.folded for each in identified))
    blank = folded.count("")
    if len({*folded, ""}) - 1 == len(folded) - blank:
        return None
    numbered = list(zip(folded, count()))
    if site.settings.duplicate_in_upload == "first":
        numbered.reverse()
    return dict(numbered)


def _batches(site: Site, layout: Layout, files: Sequence[File], identified: Sequence[Identifiers]) -> Iterator[Batch]:
    first = 0
    for file, ids in zip(files, identified, strict=True):
        keys = [key for key in layout.attributes if key in file.columns]
        columns = {key: staging.column(site, file, key) for key in keys}
        for start in range(0, file.rows, SIZE):
            stop = min(start + SIZE, file.rows)
            part = {key: column[start:stop] for key, column in columns.items()}
            yield Batch(first + start, stop - start, part, ids.part(start, stop))
        first += file.rows


_BEFORE = (Code.BAD_ADDRESS, Code.EMPTY, Code.MISSING_FIELD, Code.BAD_VALUE, Code.DUPLICATE)
"""Why rows are turned down before any record is looked at."""


def _tally_lines(site: Site, total: int, tally: Mapping[Code, int], always: Sequence[Code]) -> list[Line]:
    """Zero counts are listed for what was created and updated only [recorded]."""
    now = site.clock.now()
    after = [code for code in Code if tally[code] and code not in (*_BEFORE, *always)]
    left = total - sum(tally[code] for code in _BEFORE)
    return [
        line(Code.PROCESSED, now, total),
        *(line(code, now, tally[code]) for code in _BEFORE if tally[code]),
        line(Code.LEFT, now, left),
        *(line(code, now, tally[code]) for code in (*always, *after)),
    ]
