"""The import engine: takes what was uploaded, batch by batch, to the records (`bulk` 10).

Sync actions are the same without the writing: their rows are found, and acted on.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from mock_eloqua.crm.transfer import results, staging, statements
from mock_eloqua.crm.transfer.actions import Actions
from mock_eloqua.crm.transfer.batch import SIZE, Batch, Identifiers, Layout, Load, check, identifiers, nobody
from mock_eloqua.crm.transfer.codes import Code, Line, line
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.kinds import SYNC_ACTION
from mock_eloqua.crm.transfer.merge import Match, Merge
from mock_eloqua.crm.transfer.progress import Progress
from mock_eloqua.crm.transfer.staging import File
from mock_eloqua.site import Site


def run(progress: Progress, definition: Definition) -> list[Line]:
    """Do the work of the sync of an import or a sync action that is left; the lines for its log, as recorded."""
    site = progress.site
    files = staging.files(site, progress.sync_id, tuple(definition.fields))
    total = sum(file.rows for file in files)
    lines = [line(Code.STAGED, site.clock.now(), total), line(Code.READY, site.clock.now())]
    actions = Actions(site, definition.entity, definition.properties, progress.acted)
    if actions.are_for_all and not progress.has_acted_on_all:
        with progress.writing():
            actions.run_on_all()
            progress.has_acted_on_all = True
    if not total:
        said = actions.lines() if actions.are_for_all else [line(Code.NOTHING_STAGED, site.clock.now())]
        return [*lines, *said]
    if not any(file.spelled for file in files):
        return [*lines, line(Code.NO_COLUMN, site.clock.now(), file=files[0].id)]
    lines += _column_lines(site, definition, files)
    _load(progress, definition, files, actions)
    return [
        *lines,
        *_tally_lines(site, total, progress.tally, _always(definition)),
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
        lacking = next((file for file in files if key not in file.spelled), None)
        if lacking:
            yield line(Code.MISSING_COLUMN, now, field=key, file=lacking.id)


def _load(progress: Progress, definition: Definition, files: Sequence[File], actions: Actions) -> None:
    """Bring in all rows that are not in yet."""
    site = progress.site
    layout = _layout(site, definition)
    keys = tuple(definition.fields)
    winners = _winners(site, layout, files)
    load = _loading(site, definition, layout)
    for batch in _batches(site, layout, files, progress.rows):
        check(batch, layout, winners)
        progress.obey()
        with progress.writing():
            loaded = load.run(batch)
            actions.run(loaded.members)
            rejects = batch.rejects(keys)
            results.write_rejects(site, progress.sync_id, progress.rejects, rejects)
            progress.rows += batch.size
            progress.rejects += len(rejects)
            progress.tally.update(code for code, _ in batch.dropped.values())
            progress.tally.update(loaded.counts)
            progress.tally[Code.FIELDS_LEFT_OUT] += len(batch.unfit.keys() - batch.dropped.keys())


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
    if key in attributes and definition.properties.get("isIdentifierFieldCaseSensitive"):
        attributes[key] = replace(attributes[key], fold=str)
    return Layout(definition.entity, attributes, key)


def _identified(layout: Layout, columns: Mapping[str, list[str]], rows: int) -> Identifiers:
    if layout.identifier is None:
        return nobody(rows)
    blank = [""] * rows
    beside = layout.address_key if layout.address_key != layout.identifier else None
    return identifiers(layout, columns.get(layout.identifier, blank), columns.get(beside) if beside else None)


def _winners(site: Site, layout: Layout, files: Sequence[File]) -> Mapping[str, int]:
    """Identifier to the row that goes in, for those that stand there more than once.

    Found by their hashes, in 8 bytes for each row: a load may be a million rows.
    """
    if layout.identifier is None:
        return {}
    keys = [key for key in (layout.identifier, layout.address_key) if key]
    hashes = array("q")
    for _, columns, rows in _runs(site, files, keys):
        hashes.extend(map(hash, _identified(layout, columns, rows).folded))
    if len(set(hashes)) == len(hashes):
        return {}
    repeated = {one for one, other in pairwise(sorted(hashes)) if one == other} - {hash("")}
    winners: dict[str, int] = {}
    first_wins = site.settings.duplicate_in_upload == "first"
    for first, columns, rows in _runs(site, files, keys) if repeated else ():
        for row, text in enumerate(_identified(layout, columns, rows).folded, first):
            if hash(text) in repeated and not (first_wins and text in winners):
                winners[text] = row
    return winners


def _batches(site: Site, layout: Layout, files: Sequence[File], done: int) -> Iterator[Batch]:
    """The rows of a load but for the first, which are *done*."""
    for first, columns, rows in _runs(site, files, layout.attributes):
        if first >= done:
            yield Batch(first, rows, columns, _identified(layout, columns, rows))


def _runs(site: Site, files: Sequence[File], keys: Iterable[str]) -> Iterator[tuple[int, Mapping[str, list[str]], int]]:
    """The rows of a load by column: how many stand before, the columns, how many they are."""
    before = 0
    for file in files:
        for start, columns in zip(range(0, file.rows, SIZE), staging.runs(site, file, keys, SIZE), strict=True):
            yield before + start, columns, min(SIZE, file.rows - start)
        before += file.rows


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
