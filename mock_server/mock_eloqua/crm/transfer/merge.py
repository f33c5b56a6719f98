"""Rows meet the records that are there: which are created, which are changed, and how (`bulk` 10.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.elsewhere import KeptElsewhere
from mock_eloqua.crm.transfer.entity import Attribute, Change, Record, Records
from mock_eloqua.site import Site

Rule = Callable[[str, str], bool]
"""Is the new value written over the old one?"""

RULES: Mapping[str, Rule] = {
    "always": lambda new, old: True,
    "ifNewIsNotNull": lambda new, old: new != "",
    "ifExistingIsNull": lambda new, old: old == "",
    "never": lambda new, old: False,
}
_FIELD_RULES = {
    "always": "always",
    "newNotBlank": "ifNewIsNotNull",
    "existingBlank": "ifExistingIsNull",
    "newEmailAddress": "never",
}
"""The product's own rule of a field, for `useFieldRule`; the last writes to new records only."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """How one column writes to existing records."""

    key: str
    slot: str
    can_be_blank: bool
    rule: Rule


_Column = tuple[_Writer, Sequence[str]]
"""A writer with the values of a batch."""


_SOMEBODY_NEW = 0
"""Owns an address that a row before has just taken."""


@dataclass(slots=True)
class _Meeting:
    """One batch among the records that are there."""

    batch: Batch
    columns: Sequence[_Column]
    owners: dict[str, int]
    """Lower-case address to the record that has it, or is getting it."""
    changes: list[Change] = field(default_factory=list)
    matched: list[int] = field(default_factory=list)
    """Every record that rows are for, changed or not."""


class Merge:
    """How the rows of one import meet records."""

    def __init__(self, site: Site, layout: Layout, records: Records, properties: Mapping[str, Any]) -> None:
        self._site = site
        self._layout = layout
        self._records = records
        self._elsewhere = KeptElsewhere(site, layout.attributes.values())
        self._several = bool(properties["isUpdatingMultipleMatchedRecords"])
        self._import_rule = properties.get("importRule", "createAndUpdate")
        self._creates = self._import_rule != "updateOnly" and layout.identifying.writable
        self._blanks_identifier = bool(properties.get("nullIdentifierFieldName", False))
        self._unique_key = None if records.unique_slot is None else layout.key_of(records.unique_slot)
        self._given_up: dict[str, int] = {}
        """Lower-case addresses to who had them: free in the next load only, wherever the batches of this one end."""
        self._needed = [layout.key_of(slot) for slot in records.needed]
        demanded = {*records.needed, *filter(None, (records.unique_slot,))}
        self._identifier_is_enough = demanded <= {layout.identifying.slot} and not records.keeps_unique
        self._writers = [
            _Writer(key, each.slot, each.can_be_blank, update_rule(properties, key, each))
            for key, each in layout.attributes.items()
            if each.writable
        ]

    def run(self, batch: Batch) -> Loaded:
        """Write a checked batch, inside the caller's write; rows that cannot go in are dropped from it."""
        folded, rows = batch.identifiers.folded, batch.left()
        found = self._found([folded[row] for row in rows])
        matched: Sequence[int] = ()
        if found or not self._creates or not self._identifier_is_enough:
            meeting = _Meeting(batch, self._columns(batch), self._owners(batch, rows))
            rows = [row for row in rows if self._is_new(meeting, row, found.get(folded[row], ()))]
            self._change(meeting.changes)
            matched = meeting.matched
        room = self._records.room(self._site, len(rows))
        for row in rows[room:] if room is not None else ():
            batch.drop(row, Code.CONSTRAINT)
        created = self._create(batch, rows[:room])
        # Those that stay as they were count as updated [inferred].
        counts = Counter({self._records.created: len(created)})
        if self._records.updated is not None:
            counts[self._records.updated] = len(matched)
        return Loaded([*created, *matched], counts)

    def _found(self, folded: Sequence[str]) -> dict[str, list[Record]]:
        return self._elsewhere.completed(self._records.matching(self._site, self._layout.identifying, folded))

    def _change(self, changes: Sequence[Change]) -> None:
        self._records.change(self._site, self._elsewhere.others(changes))
        self._elsewhere.changed(changes)

    def _is_new(self, meeting: _Meeting, row: int, records: Sequence[Record]) -> bool:
        """Does a row become a new record? If not, its changes are noted, or it is dropped."""
        batch, identifier = meeting.batch, self._layout.identifier or ""
        if not records:
            return self._can_be_created(meeting, row)
        if len(records) > 1 and not self._several:
            batch.drop(row, Code.DUPLICATE, identifier)
        elif self._import_rule == "createOnly":
            batch.drop(row, self._records.exists, identifier)
        else:
            self._update(meeting, row, records)
        return False

    def _can_be_created(self, meeting: _Meeting, row: int) -> bool:
        batch, key = meeting.batch, self._unique_key
        unique = batch.values[key][row].lower() if key in batch.values else ""
        lacking = [each for each in self._needed if each not in batch.values or not batch.values[each][row]]
        if not self._creates:
            batch.drop(row, Code.UNMATCHED)
        elif lacking:
            batch.drop(row, Code.MISSING_FIELD, *filter(None, lacking))
        elif unique and unique in meeting.owners:
            batch.drop(row, self._records.exists, *([key] if key else ()))
        else:
            if unique and key != self._layout.identifier:
                meeting.owners[unique] = _SOMEBODY_NEW
            return True
        return False

    def _update(self, meeting: _Meeting, row: int, records: Sequence[Record]) -> None:
        for record in records:
            values = _changed(meeting, row, record)
            unique = values.get(self._records.unique_slot or "", "").lower()
            if unique and meeting.owners.setdefault(unique, record.id) != record.id:
                meeting.batch.drop(row, self._records.exists, *([self._unique_key] if self._unique_key else ()))
                return
            if unique:
                self._given_up[record.values.get(self._records.unique_slot or "", "").lower()] = record.id
            if values:
                meeting.changes.append(Change(record, values))
            meeting.matched.append(record.id)

    def _owners(self, batch: Batch, rows: Sequence[int]) -> dict[str, int]:
        """Who has the addresses that these rows would write, where the identifier has not found out already."""
        key = self._unique_key
        is_known = key == self._layout.identifier and not self._records.keeps_unique
        if key is None or is_known or key not in batch.values:
            return {}
        wanted = {batch.values[key][row].lower() for row in rows} - {""}
        return self._given_up | self._records.owners(self._site, list(wanted))

    def _columns(self, batch: Batch) -> list[_Column]:
        blank = [""] * batch.size
        return [
            (
                writer,
                blank
                if self._blanks_identifier and writer.key == self._layout.identifier
                else batch.values[writer.key],
            )
            for writer in self._writers
            if writer.key in batch.values
        ]

    def _create(self, batch: Batch, rows: Sequence[int]) -> Sequence[int]:
        if not rows:
            return ()
        columns = {
            writer.slot: batch.values[writer.key]
            if len(rows) == batch.size
            else [batch.values[writer.key][row] for row in rows]
            for writer in self._writers
            if writer.key in batch.values
        }
        ids = self._records.create(self._site, self._elsewhere.own(columns))
        self._elsewhere.created(ids, columns)
        return ids


def _changed(meeting: _Meeting, row: int, record: Record) -> dict[str, str]:
    """What a row writes to a record: only what really differs [recorded]."""
    old, unfit = record.values, meeting.batch.unfit.get(row, ())
    different = [(writer, column[row]) for writer, column in meeting.columns if column[row] != old.get(writer.slot, "")]
    return {
        writer.slot: new
        for writer, new in different
        if writer.rule(new, old.get(writer.slot, "")) and (new or writer.can_be_blank) and writer.key not in unfit
    }


def update_rule(properties: Mapping[str, object], key: str, attribute: Attribute) -> Rule:
    """The rule of a definition for one of its columns (`bulk` 4.1)."""
    by_field = properties.get("updateRuleByField", {})
    general = properties.get("updateRule", "always")
    name = by_field.get(key, general) if isinstance(by_field, dict) else general
    return RULES[_FIELD_RULES[attribute.update_type] if name == "useFieldRule" else str(name)]


class Match:
    """How the rows of a sync action meet records: they are found, and nothing is written to them."""

    def __init__(self, site: Site, layout: Layout, records: Records) -> None:
        self._site = site
        self._layout = layout
        self._records = records

    def run(self, batch: Batch) -> Loaded:
        """Find the records of a checked batch; rows that are for none are dropped from it."""
        folded, rows = batch.identifiers.folded, batch.left()
        found = self._records.matching(self._site, self._layout.identifying, [folded[row] for row in rows])
        for row in rows:
            if folded[row] not in found:
                batch.drop(row, Code.UNMATCHED)
        return Loaded([record.id for row in batch.left() for record in found[folded[row]]])
