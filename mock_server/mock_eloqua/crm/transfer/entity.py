"""What an entity has to declare to be imported and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.language.operands import Operand
from mock_eloqua.site import Site

Run = Mapping[str, Sequence[Any]]
"""Consecutive stored records by column: table column to values."""


@dataclass(frozen=True, slots=True)
class Record:
    """A stored record that an import found."""

    id: int
    values: Mapping[str, str]
    """Slot to text, blank ones left out."""
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What an import writes to a record."""

    record: Record
    values: Mapping[str, str]
    """Slot to text, `""` to blank it."""


def as_it_is(text: str) -> str:
    """A text is kept as it comes."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribute:
    """What a statement stands for: how it is exported, and what an import writes by it."""

    slot: str
    """Its place in a record: a field's id, or the name of a mark."""
    field: str | None = None
    """The internal name of the field behind it, which then cannot be deleted."""
    read: Callable[[Run, bool], Sequence[str]]
    """The values of a run of records as text; the switch asks for system time stamps in UTC."""
    operand: Callable[[Site], Operand | None]
    """What it is in a filter."""
    writable: bool = True
    identifies: bool = True
    """May stand as the identifier: no date, no large text, no boolean [doc]."""
    stored: Callable[[str], str] = as_it_is
    """A text that is not blank as it is kept; BadValue when it does not fit."""
    all_plain: Callable[[list[str]], bool] = lambda column: False
    """Do all these texts fit, to be kept as they are? Asked first: it is much faster than `stored` for each."""
    trims: bool = True
    """Blanks alone are no value."""
    can_be_blank: bool = True
    """An import may blank it."""
    fold: Callable[[str], str] = str.lower
    """Two texts that fold to the same identify the same record; ValueError when it identifies none."""
    update_type: str = "always"
    """The rule set on the field in the product, for `useFieldRule`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Entity:
    """A kind of record with its place in the Bulk API."""

    path: str
    """Its first segment in uris: `contacts`."""
    noun: str
    """Its name in statements: `Contact`."""
    attribute: Callable[[Site, str], Attribute | None]
    """What a statement stands for; None when the entity has no such thing."""
    unique_slot: str
    """What no record can be without, and no two can share."""
    list_noun: str
    """Its lists in statements: `ContactList`."""
    matching: Callable[[Site, Attribute, Sequence[str]], dict[str, list[Record]]]
    """The records that these folded texts identify, by folded text."""
    owners: Callable[[Site, Sequence[str]], dict[str, int]]
    """Who has these lower-case values of the unique slot: value to record id."""
    create: Callable[[Site, Mapping[str, Sequence[str]]], Sequence[int]]
    """Add records given by slot, all columns of one length; their ids."""
    change: Callable[[Site, Sequence[Change]], None]
    """Write to records."""
    runs: Callable[[Site, ColumnElement[bool], int], Iterator[Run]]
    """The records that fulfil a condition, in the order of their ids, so many at a time."""
    members: Callable[[int], ColumnElement[bool]]
    """The condition of being on a list."""
    add_members: Callable[[Site, int, Sequence[int]], int]
    """Put records on a list; how many were not on it."""
    remove_members: Callable[[Site, int, Sequence[int]], int]
    """Take records off a list; how many were on it."""
