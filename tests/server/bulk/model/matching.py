"""A row meets the records that are there: which it is for, and what it writes to them (`bulk` 4.1, 10.7, 10.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.server.bulk.model.entities import Record, Store

if TYPE_CHECKING:
    from tests.server.bulk.model.imports import Definition

RULES: dict[str, Callable[[str, str], bool]] = {
    "always": lambda new, old: True,
    "ifNewIsNotNull": lambda new, old: new != "",
    "ifExistingIsNull": lambda new, old: old == "",
    "never": lambda new, old: False,
}
"""Is the new value written over the old one?"""


def folding(definition: Definition) -> Callable[[str], str]:
    """Gives what is the same in two texts that identify the same record."""
    return str if definition.is_exact else str.lower


class Refusal(Exception):
    """A row does not go in."""

    def __init__(self, code: str, *fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


@dataclass(frozen=True)
class Met:
    """The records that a row was for, changed or not, or the one that it made."""

    records: Sequence[Record]
    found: bool


class Meeting:
    """All rows of a load meet the records that were there before it."""

    def __init__(self, store: Store, definition: Definition, now: datetime) -> None:
        self._store, self._definition, self._now = store, definition, now
        self._entity = store.entity
        self._fold = fold = folding(definition)
        column = self._entity.columns[definition.identifier]
        self._identifies_by_id = not column.is_written
        self._before: dict[str, list[Record]] = {}
        for record in store.records:
            text = str(record.id) if self._identifies_by_id else record.values.get(definition.identifier, "")
            self._before.setdefault(fold(text), []).append(record)
        self._owners = dict(store.owners())
        """Who has a unique value, or is getting it; one that is given up is free in the next load."""
        self.members: list[Record] = []

    def meet(self, values: Mapping[str, str]) -> Met:
        """Bring one row in.

        Raises:
            Refusal: it cannot.
        """
        definition = self._definition
        found = self._before.get(self._fold(values[definition.identifier]), [])
        if len(found) > 1 and not definition.several:
            raise Refusal("ELQ-00026", definition.identifier)
        if found and definition.import_rule == "createOnly":
            raise Refusal(self._entity.exists, definition.identifier)
        met = Met(found or [self._create(values)], found=bool(found))
        for record in found:
            self._update(record, values)
        self.members += met.records
        return met

    def _create(self, values: Mapping[str, str]) -> Record:
        needed, unique = self._entity.needed, self._entity.unique
        if self._definition.import_rule == "updateOnly" or self._identifies_by_id:
            raise Refusal("ELQ-00034")
        if needed and not values.get(needed):
            raise Refusal("ELQ-00061", *([needed] if needed in self._definition.columns else []))
        value = values.get(unique or "", "").lower()
        if value and value in self._owners:
            raise Refusal(self._entity.exists, unique or "")
        made = self._store.add(
            {name: text for name, text in values.items() if not self._entity.columns[name].is_link}, self._now
        )
        self._owners[value or made.code.lower()] = made
        self._link(made, values)
        return made

    def _update(self, record: Record, values: Mapping[str, str]) -> None:
        changes = {name: new for name in values if (new := self._new(record, name, values[name])) is not None}
        taken = changes.get(self._entity.unique or "", "").lower()
        if taken and self._owners.setdefault(taken, record) is not record:
            raise Refusal(self._entity.exists, self._entity.unique or "")
        linked = self._link(record, changes)
        fields = {name: new for name, new in changes.items() if not self._entity.columns[name].is_link}
        record.code = fields.get(self._entity.unique or "") or record.code
        record.values = {name: text for name, text in {**record.values, **fields}.items() if text}
        if fields or linked:
            record.updated_at = self._now

    def _new(self, record: Record, name: str, text: str) -> str | None:
        """What a row writes to one field; None: nothing, since it says the same, or the rule forbids it."""
        column = self._entity.columns[name]
        old = record.address if column.is_link else record.values.get(name, "")
        if self._definition.blanks_identifier and name == self._definition.identifier:
            text = ""
        word = self._definition.rule_by_field.get(name, self._definition.update_rule or "always")
        rule = RULES[column.field_rule if word == "useFieldRule" else word]
        if not column.is_written or column.is_fixed or text == old or not rule(text, old):
            return None
        return text if text or column.can_be_blank else None

    def _link(self, record: Record, values: Mapping[str, str]) -> bool:
        """Link a record to the contact of an address; an address that nobody has leaves the link alone."""
        for name, address in values.items():
            if self._entity.columns[name].is_link and address:
                found = self._store.contact_of(address)
                if found is not None and found is not record.contact:
                    record.contact = found
                    return True
        return False
