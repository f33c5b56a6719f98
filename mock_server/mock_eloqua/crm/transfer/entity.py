"""What an entity has to declare to be imported and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement

from mock_eloqua.access.threshold import Threshold
from mock_eloqua.crm.standard_fields import SYSTEM_FIELD_CREATED_AT
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.language.operands import Operand
from mock_eloqua.language.statement import Statement
from mock_eloqua.site import Site

if TYPE_CHECKING:
    from mock_eloqua.crm.transfer.batch import Layout, Load
    from mock_eloqua.crm.transfer.draft import Rule

Run = Mapping[str, Sequence[Any]]
"""Consecutive stored records by column: table column to values."""

Use = tuple[str, str | int]
"""What a definition depends on and keeps from being deleted: the kind as `lifetime` has it, internal name or id."""

Runs = Callable[[Site, ColumnElement[bool], int, frozenset[str], int], Iterator[Run]]
"""The records that fulfil a condition, by id, so many at a time: id and the columns named, of those after an id."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where the values of an attribute are kept that is no part of the record."""

    read: Callable[[Site, Sequence[Record]], Sequence[str]]
    """What is kept of these records, `""` where nothing is."""
    write: Callable[[Site, Mapping[int, str]], None]
    """Keep these texts of records, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribute:
    """What a statement stands for: how it is exported, and what an import writes by it."""

    slot: str
    """Its place in a record: a field's id, or the name of a mark."""
    uses: Use | None = None
    """What is behind it, a field for instance."""
    read: Callable[[Run, bool], Sequence[str]]
    """The values of a run of records as text; the switch asks for system time stamps in UTC."""
    operand: Callable[[Site], Operand | None]
    """What it is in a filter."""
    writable: bool = True
    elsewhere: Elsewhere | None = None
    """Where imports write it, when not to the record."""
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
    is_address: bool = False
    """Holds an e-mail address: a row with a bad one does not go in at all [client]."""
    update_type: str = "always"
    """The rule set on the field in the product, for `useFieldRule`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInfo:
    """What metadata tell of a field (`bulk` 16.1). Instants are milliseconds since 1970 UTC."""

    id: int | None
    """None: it has no column of its own, and no uri [client]."""
    name: str
    internal_name: str
    data_type: str
    """`string`, `number`, `date`, `emailAddress` or `boolean` [doc]."""
    statement: str
    default_value: str = ""
    is_read_only: bool = False
    is_required: bool = False
    is_unique: bool = False
    created_at: int = SYSTEM_FIELD_CREATED_AT
    created_by: int | None = None
    updated_at: int = SYSTEM_FIELD_CREATED_AT
    updated_by: int | None = None
    activity_types: tuple[str, ...] = ()
    """Of activity fields: the types that have it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """How imports find and write the records of an entity."""

    matching: Callable[[Site, Attribute, Sequence[str]], dict[str, list[Record]]]
    """The records that these folded texts identify, by folded text."""
    create: Callable[[Site, Mapping[str, Sequence[str]]], Sequence[int]]
    """Add records given by slot, all columns of one length; their ids."""
    change: Callable[[Site, Sequence[Change]], None]
    """Write to records."""
    created: Code
    updated: Code | None
    """Counts, in the log, those that were there; None: nothing is known to count them."""
    exists: Code = Code.EXISTS
    """Tells of a row that would make a second record of what no two can share."""
    room: Callable[[Site, int], int | None] = lambda _site, _wanted: None
    """How many more there may be, where so many are wanted; None for as many as come."""
    needed: tuple[str, ...] = ()
    """Slots that no new record can be without."""
    unique_slot: str | None = None
    """What no two records can share, an e-mail address."""
    keeps_unique: bool = False
    """A record keeps that, as its code, when the field is blanked; so who has it is no longer found by the field."""
    owners: Callable[[Site, Sequence[str]], dict[str, int]] = lambda _site, _values: {}
    """Who has these lower-case values of the unique slot: value to record id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a sync action does at its destination."""

    code: Code
    """Counts, in the log, the members it was done to; `{asset}` in its text is the destination."""
    run: Callable[[Site, Any, Sequence[Any]], int]
    """Do it to these members, given what the destination names; to how many it made a difference."""
    run_on_all: Callable[[Site, Any], int] | None = None
    """Do it to everybody there, for `updateAll`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A kind of place that sync actions reach (`bulk` 13)."""

    example: str
    """As a caller writes it: `{{ContactList[1]}}`."""
    named: Callable[[Site, Statement], Any]
    """What a statement names there; None when it is of another form. NotFound: there is no such thing."""
    outcomes: Mapping[tuple[str, str], Outcome]
    """By action, and status or `""`."""
    constraint: str = "Must refer to something that exists."
    """What a definition breaks that names what is not there."""
    uses: str = ""
    """The kind of what it names, which then cannot be deleted, as `lifetime` has it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Entity:
    """A kind of record with its place in the Bulk API. What it leaves out it cannot do."""

    path: str
    """In uris: `contacts`, `customObjects/126`."""
    noun: str
    """Its name in statements: `Contact`."""
    attribute: Callable[[Site, str], Attribute | None]
    """What a statement in canonical form stands for; None when the entity has no such thing."""
    fields: Callable[[Site], Sequence[FieldInfo]]
    """Its metadata."""
    records: Records | None = None
    """How imports find and write them."""
    load: Callable[[Site, Layout, Mapping[str, Any]], Load] | None = None
    """What imports do instead, given the columns and the properties of the definition."""
    identifies: bool = True
    """False: imports only add, and an identifier is ignored [doc]."""
    most_rows: Threshold | None = None
    """Rows that an export finds at most, without saying so [doc]."""
    always: tuple[Code, ...] = ()
    """What the log of an import counts even where it is nothing; without it, what `records` create and update."""
    seen_by: Callable[[Site, int], ColumnElement[bool]] | None = None
    """The condition of being seen by the user of that id; without it, everybody sees all."""
    runs: Runs | None = None
    """How exports read its records."""
    memberships: Mapping[str, Callable[[Site, int], ColumnElement[bool]]] = field(default_factory=dict)
    """What EXISTS asks for: noun to the condition of being in the asset of that id. NotFound: there is none."""
    standing: Callable[[Site, Statement, str], ColumnElement[bool] | None] = lambda _site, _statement, _status: None
    """What STATUS asks for: the condition of waiting at an app's step in a status. NotFound: it is in no workflow."""
    destinations: tuple[Destination, ...] = ()
    """Where its sync actions can lead."""
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """By kind of definition, what it must fulfil besides."""

    @property
    def family(self) -> str:
        """Its path without the id of an object: `customObjects`."""
        return self.path.rstrip("0123456789").rstrip("/")
