"""Uploaded rows by column, and what becomes of each: the checks that need no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mock_eloqua.crm.fields import BadValue
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Attribute, Entity
from mock_eloqua.crm.transfer.results import Reject

SIZE = 5000
"""Rows worked on at a time: one write, after which others get in [measured: 22 ms]."""
ANYBODY = "*"
"""Stands where rows identify no record."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a load stand for."""

    entity: Entity
    attributes: Mapping[str, Attribute]
    """By key of the definition, in its order."""
    identifier: str | None
    """None: rows are only added."""

    @property
    def identifying(self) -> Attribute:
        """What the identifier column stands for; there has to be one."""
        return self.attributes[self.identifier or ""]

    @property
    def address_key(self) -> str | None:
        """The column of e-mail addresses; None without one."""
        return next((key for key, each in self.attributes.items() if each.is_address), None)

    def key_of(self, slot: str) -> str | None:
        """The column that writes a slot."""
        return next((key for key, each in self.attributes.items() if each.slot == slot), None)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifier column of some rows."""

    values: Sequence[str]
    """As they are kept."""
    folded: Sequence[str]
    """As they are compared; `""` where there is none."""
    refused: Mapping[int, Code]
    """Row to what is wrong with its identifier, or with the address beside it."""


def identifiers(layout: Layout, column: list[str], addresses: list[str] | None = None) -> Identifiers:
    """What the identifier column of some rows says; *addresses* are those of a column beside it.

    A row with a bad address identifies nobody: it is turned down before duplicates are looked for.
    """
    attribute = layout.identifying
    values, unfit = fitting(attribute, column)
    refused = dict.fromkeys(unfit, Code.BAD_ADDRESS if attribute.is_address else Code.BAD_VALUE)
    try:
        folded = list(map(attribute.fold, values))
    except ValueError:
        folded = [_folded(attribute, value) for value in values]
        unknown = [row for row, text in enumerate(folded) if not text and values[row].strip()]
        refused |= dict.fromkeys(unknown, Code.UNMATCHED)
    if any(map(str.isspace, folded)):  # blanks alone identify nobody, even in a text
        folded = ["" if each.isspace() else each for each in folded]
    if addresses is not None and layout.address_key is not None:
        for row in fitting(layout.attributes[layout.address_key], addresses)[1]:
            if folded[row]:
                refused[row], folded[row] = Code.BAD_ADDRESS, ""
    return Identifiers(values, folded, refused)


def nobody(rows: int) -> Identifiers:
    """Of rows that are only added: no two of them are for the same record."""
    return Identifiers([""] * rows, [ANYBODY] * rows, {})


def _folded(attribute: Attribute, value: str) -> str:
    try:
        return attribute.fold(value)
    except ValueError:
        return ""


def fitting(attribute: Attribute, column: list[str]) -> tuple[list[str], Sequence[int]]:
    """A column as it is kept, and the rows whose value does not fit (`""` there)."""
    if attribute.all_plain(column):
        return column, ()
    kept = {text: _kept(attribute, text) for text in set(column)}
    unfit = [row for row, text in enumerate(column) if kept[text] is None] if None in kept.values() else []
    return [kept[text] or "" for text in column], unfit


def _kept(attribute: Attribute, text: str) -> str | None:
    if not text or (attribute.trims and not text.strip()):
        return ""
    try:
        return attribute.stored(text)
    except BadValue:
        return None


@dataclass(slots=True)
class Batch:
    """Rows of one file."""

    first: int
    """How many rows of the load stand before."""
    size: int
    columns: Mapping[str, list[str]]
    """By key, as uploaded; only the keys that the file has."""
    identifiers: Identifiers
    values: dict[str, Sequence[str]] = field(default_factory=dict)
    """By key, as they are kept."""
    unfit: dict[int, list[str]] = field(default_factory=dict)
    """Row to the keys whose value does not fit its field; the rest of the row goes in [client]."""
    dropped: dict[int, tuple[Code, list[str]]] = field(default_factory=dict)
    """Row to why it does not go in, and the keys to blame."""

    def drop(self, row: int, code: Code, *keys: str) -> None:
        """Turn a row down; the first reason stands."""
        self.dropped.setdefault(row, (code, list(keys)))

    def left(self) -> Sequence[int]:
        """The rows that still go in."""
        return [row for row in range(self.size) if row not in self.dropped] if self.dropped else range(self.size)

    def rejects(self, keys: Sequence[str]) -> list[Reject]:
        """What is to be told about these rows, in their order."""
        told = {row: (code, blamed) for row, (code, blamed) in self.dropped.items() if code.reject}
        told |= {row: (Code.BAD_VALUE, blamed) for row, blamed in self.unfit.items() if row not in self.dropped}
        return [
            Reject(self.first + row + 1, code.code, code.reject, blamed, self._row(row, keys))
            for row, (code, blamed) in sorted(told.items(), key=lambda each: each[0])
        ]

    def _row(self, row: int, keys: Sequence[str]) -> list[str]:
        return [self.columns[key][row] if key in self.columns else "" for key in keys]


@dataclass(slots=True)
class Loaded:
    """What became of the rows of a batch that went in."""

    members: Sequence[Any] = ()
    """What the sync actions of the definition are run on."""
    counts: Counter[Code] = field(default_factory=Counter)


class Load(Protocol):
    """What one import does with its rows."""

    def run(self, batch: Batch) -> Loaded:
        """Write a checked batch, inside the caller's write; rows that cannot go in are dropped from it."""


def check(batch: Batch, layout: Layout, winners: Mapping[str, int]) -> None:
    """Turn down rows without a good identifier or address, and duplicates; note values that do not fit.

    *winners* says which row of the load goes in for an identifier that stands there more than once.
    """
    folded, refused = batch.identifiers.folded, batch.identifiers.refused
    _drop_blank(batch, layout.identifier)
    _check_values(batch, layout)
    for row, code in refused.items():
        blamed = layout.address_key if code is Code.BAD_ADDRESS else None
        batch.drop(row, code, *_named(blamed or layout.identifier))
    if winners:
        for row, text in enumerate(folded):
            if winners.get(text, batch.first + row) != batch.first + row:
                batch.drop(row, Code.DUPLICATE, *_named(layout.identifier))


def _check_values(batch: Batch, layout: Layout) -> None:
    for key, column in batch.columns.items():
        if key == layout.identifier:
            batch.values[key] = batch.identifiers.values
            continue
        attribute = layout.attributes[key]
        batch.values[key], unfit = fitting(attribute, column)
        for row in unfit:
            if attribute.is_address:
                batch.drop(row, Code.BAD_ADDRESS, key)
            else:
                batch.unfit.setdefault(row, []).append(key)


def _named(key: str | None) -> tuple[str, ...]:
    return () if key is None else (key,)


def _drop_blank(batch: Batch, identifier: str | None) -> None:
    """Turn down empty rows, and those that name nobody although they should."""
    folded, refused = batch.identifiers.folded, batch.identifiers.refused
    suspects: Sequence[int] = range(batch.size) if identifier is None else ()
    if "" in folded:
        suspects = [row for row, text in enumerate(folded) if not text and row not in refused]
    for row in suspects:
        if all(not column[row].strip() for column in batch.columns.values()):
            batch.drop(row, Code.EMPTY)
        elif identifier is not None:
            batch.drop(row, Code.MISSING_FIELD, identifier)
