"""An import of the model: what becomes of each row, and what is told of it (`bulk` 9, 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.server.bulk.model.entities import Column, Entity, Record, Store
from tests.server.bulk.model.matching import Meeting, Refusal, folding
from tests.server.bulk.model.uploads import Table, Upload
from tests.server.bulk.model.values import ADDRESS, Unfit, kept


@dataclass(frozen=True)
class Cards:
    """`mapDataCards`: to which contact or account a record belongs."""

    source: str
    partner: Store
    column: str
    """What of the partner is compared with the source."""
    is_exact: bool = False


@dataclass(frozen=True)
class Definition:
    """An import definition."""

    columns: tuple[str, ...]
    identifier: str
    update_rule: str | None = None
    rule_by_field: Mapping[str, str] = field(default_factory=dict)
    import_rule: str | None = None
    several: bool = False
    """Update all that match."""
    blanks_identifier: bool = False
    is_exact: bool = False
    """The identifier is compared with case; of opportunities only."""
    mapping: Cards | None = None


@dataclass(frozen=True)
class Reject:
    """A record, or fields of one, that did not go in."""

    index: int
    code: str
    fields: tuple[str, ...]
    values: Mapping[str, str]


@dataclass
class Report:
    """What is to be read about a load."""

    lines: list[tuple[str, int]] = field(default_factory=list)
    """Code and count, each line once, but ELQ-00101."""
    rejects: list[Reject] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The worst severity of the log."""
        codes = {code for code, _ in self.lines}
        return "error" if codes & ERRORS else "warning" if codes & WARNINGS else "success"


ERRORS = {"ELQ-00127"}
WARNINGS = {
    f"ELQ-00{each}" for each in ("002", "026", "040", "048", "055", "059", "061", "070", "072", "084", "085")
} | {f"ELQ-00{each}" for each in ("111", "121", "123", "124", "144")}
BEFORE = ("ELQ-00002", "ELQ-00059", "ELQ-00061", "ELQ-00040", "ELQ-00026")
"""Why rows are turned down that do not count among those of ELQ-00003."""
RECORDED_ORDER = ("ELQ-00130", "ELQ-00137", "ELQ-00101", "ELQ-00001", "ELQ-00003")
SILENT = {"ELQ-00034"}
"""Counted, but no reject."""


@dataclass
class Row:
    """One row on its way."""

    index: int
    cells: Mapping[str, str]
    """Of the columns of its upload."""
    values: dict[str, str] = field(default_factory=dict)
    """As they are kept; those that do not fit are left out."""
    unfit: list[str] = field(default_factory=list)


def load(store: Store, definition: Definition, uploads: Sequence[Upload], now: datetime) -> Report:
    """Import into the model."""
    tables = [each.table(definition.columns) for each in uploads if each.rows]
    total = sum(len(each.rows) for each in tables)
    lines = [("ELQ-00130", total), ("ELQ-00137", 0)]
    if not total:
        return Report([*lines, ("ELQ-00124", 0)])
    if not any(each.columns for each in tables):
        return Report([*lines, ("ELQ-00127", 0)])
    work = Load(store, definition, now)
    work.run(list(rows(tables)))
    counts = work.counts(total, list(filter(None, (store.entity.created, store.entity.updated))))
    return Report([*lines, *column_lines(definition.columns, tables), *counts], work.sorted_rejects())


def rows(tables: Iterable[Table]) -> Iterator[Row]:
    """All rows, numbered from 1 over all uploads."""
    index = 0
    for table in tables:
        for row in table.rows:
            index += 1
            yield Row(index, {key: row.get(key, "") for key in table.columns})


def column_lines(keys: Sequence[str], tables: Sequence[Table]) -> Iterator[tuple[str, int]]:
    """One line for each column too many, one for each key that an upload lacks."""
    for _ in dict.fromkeys(name for table in tables for name in table.unknown):
        yield "ELQ-00111", 0
    for key in keys:
        if any(key not in table.columns for table in tables):
            yield "ELQ-00121", 0


class Tally:
    """Rows turned down, and what is told of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self.counted: Counter[str] = Counter()
        self._rejects: list[Reject] = []

    def drop(self, row: Row, code: str, *fields: str) -> None:
        """A row does not go in."""
        self.counted[code] += 1
        if code not in SILENT:
            self._reject(row, code, fields)

    def tell_unfit(self, row: Row) -> None:
        """A row went in, but for some fields."""
        if row.unfit:
            self.counted["ELQ-00144"] += 1
            self._reject(row, "ELQ-00040", tuple(row.unfit))

    def _reject(self, row: Row, code: str, fields: tuple[str, ...]) -> None:
        sent = {key: row.cells.get(key, "") for key in self._keys}
        self._rejects.append(Reject(row.index, code, tuple(sorted(fields)), sent))

    def counts(self, total: int, always: Sequence[str]) -> Iterator[tuple[str, int]]:
        """The lines of the engine, those that always stand there among them."""
        left = total - sum(self.counted[code] for code in BEFORE)
        yield from {
            "ELQ-00001": total,
            "ELQ-00003": left,
            "ELQ-00071": 0,
            **dict.fromkeys(always, 0),
            **{code: count for code, count in self.counted.items() if code and count},
        }.items()

    def sorted_rejects(self) -> list[Reject]:
        """The rejects in the order of the load."""
        return sorted(self._rejects, key=lambda each: each.index)


class Load(Tally):
    """One load of contacts, accounts or records."""

    def __init__(self, store: Store, definition: Definition, now: datetime) -> None:
        super().__init__(definition.columns)
        self._store, self._definition, self._now = store, definition, now
        self._columns = {key: store.entity.columns[key] for key in definition.columns}

    def run(self, all_rows: Sequence[Row]) -> None:
        """Bring all rows in."""
        good = [row for row in all_rows if self._is_good(row)]
        meeting = Meeting(self._store, self._definition, self._now)
        for row in self._without_duplicates(good):
            try:
                met = meeting.meet(row.values)
            except Refusal as refusal:
                self.drop(row, refusal.code, *refusal.fields)
                continue
            self.counted[self._entity.updated if met.found else self._entity.created] += len(met.records)
            self.tell_unfit(row)
        if self._definition.mapping:
            self.counted[self._entity.linked] += sum(map(self._map, meeting.members))

    @property
    def _entity(self) -> Entity:
        return self._store.entity

    def _is_good(self, row: Row) -> bool:
        """Can it go in, as far as it says itself? The order is that of chapter 10, steps 4 and 5."""
        key = self._definition.identifier
        if not any(text.strip() for text in row.cells.values()):
            self.drop(row, "ELQ-00059")
            return False
        if not row.cells.get(key, "").strip():
            self.drop(row, "ELQ-00061", key)
            return False
        read_row(row, self._columns)
        bad = [each for each in row.unfit if self._columns[each].kind == ADDRESS and not self._columns[each].is_link]
        if bad:
            self.drop(row, "ELQ-00002", *bad)
        elif key in row.unfit:
            self.drop(row, *(("ELQ-00040", key) if self._columns[key].is_written else ("ELQ-00034",)))
        return not bad and key not in row.unfit

    def _without_duplicates(self, good: Sequence[Row]) -> Iterator[Row]:
        """The last of several rows with one identifier goes in."""
        key, fold = self._definition.identifier, folding(self._definition)
        last = {fold(row.values[key]): row for row in good}
        for row in good:
            if last[fold(row.values[key])] is row:
                yield row
            else:
                self.drop(row, "ELQ-00026", key)

    def _map(self, record: Record) -> bool:
        """Link a record that went in to the first partner that its source names; one that names none stays."""
        mapping = self._definition.mapping
        if mapping is None or not (text := source_text(record, mapping.source)):
            return False
        same = str if mapping.is_exact else str.lower
        found = [each for each in mapping.partner.records if same(source_text(each, mapping.column)) == same(text)]
        if found and mapping.partner.entity.root == "Contact":
            record.contact = found[0]
        elif found:
            record.account = found[0]
        return bool(found)


def source_text(record: Record, name: str) -> str:
    """What a record has in a column, its id among them."""
    return str(record.id) if name == "id" else record.values.get(name, "")


def read_row(row: Row, columns: Mapping[str, Column]) -> None:
    """Take what fits, note what does not."""
    for name, text in row.cells.items():
        try:
            row.values[name] = read(columns[name], text)
        except Unfit:
            row.unfit.append(name)


def read(column: Column, text: str) -> str:
    """A text as it is kept; an id may be written with what stands before it in exports."""
    if column.prefix and text.strip().upper().startswith(column.prefix):
        text = text.strip()[len(column.prefix) :]
    return kept(column.kind, text)
