"""What a Bulk import does to the model (`bulk` 9, 10): which rows go in, which are turned down, what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.end_to_end.model import Contact, World
from tests.end_to_end.values import ADDRESS, FIELDS, Unfit, kept

ID = "id"
MARKS = {
    "is_subscribed": "{{Contact.Email.IsSubscribed}}",
    "is_bounced": "{{Contact.Email.IsBounced}}",
    "email_format": "{{Contact.Email.Format}}",
}
TARGETS = {
    **{name: f"{{{{Contact.Field({name})}}}}" for name in FIELDS},
    **MARKS,
    ID: "{{Contact.Id}}",
}
"""What a column may stand for, to its statement. The key of a column is the name of what it stands for."""

WARNINGS = frozenset(("00002", "00026", "00040", "00048", "00059", "00061", "00111", "00121", "00144"))
ORDER = ("00130", "00137", "00101", "00001", "00003", "00004", "00022", "00071")
"""The recorded order of the lines that every import has."""

_RULES: dict[str, Callable[[str, str], bool]] = {
    "always": lambda new, old: True,
    "useFieldRule": lambda new, old: True,  # the fields of a new site say: always
    "ifNewIsNotNull": lambda new, old: new != "",
    "ifExistingIsNull": lambda new, old: old == "",
}
RULES = tuple(_RULES)


@dataclass(frozen=True)
class Import:
    """An import definition."""

    columns: tuple[str, ...]
    identifier: str
    rule: str = "always"
    rule_by_column: Mapping[str, str] = field(default_factory=dict)
    import_rule: str = "createAndUpdate"
    several: bool = False
    """Update all where several match."""
    action: tuple[str, int] | None = None
    """`add` or `remove`, and a list."""

    def wire(self) -> dict[str, Any]:
        """As the Bulk API takes it."""
        word, list_id = self.action or ("", 0)
        actions = [{"action": word, "destination": f"{{{{ContactList[{list_id}]}}}}"}] if self.action else []
        return {
            "fields": {key: TARGETS[key] for key in self.columns},
            "identifierFieldName": self.identifier,
            "updateRule": self.rule,
            "updateRuleByField": dict(self.rule_by_column),
            "importRule": self.import_rule,
            "isUpdatingMultipleMatchedRecords": self.several,
            "syncActions": actions,
        }


@dataclass(frozen=True)
class Upload:
    """Rows by column; a column may lack, or be one that the definition does not know."""

    header: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]


@dataclass
class Report:
    """What is to be read about a load."""

    status: str = "success"
    lines: list[tuple[str, int]] = field(default_factory=list)
    """Code without `ELQ-`, and count."""
    rejects: list[tuple[int, str, list[str], dict[str, str]]] = field(default_factory=list)
    """Place, code, keys to blame, the row as it was sent."""
    created: list[Contact] = field(default_factory=list)


@dataclass
class Row:
    """One row on its way."""

    place: int
    sent: Mapping[str, str]
    texts: Mapping[str, str]
    """What is sent for the columns of the file."""
    values: dict[str, str] = field(default_factory=dict)
    """The same as it is kept."""
    unfit: list[str] = field(default_factory=list)


def load(world: World, definition: Import, uploads: Sequence[Upload]) -> Report:
    """Import into the model."""
    return Load(world, definition).run(uploads)


class Load:
    """One import."""

    def __init__(self, world: World, definition: Import) -> None:
        self._world = world
        self._definition = definition
        self._key = definition.identifier
        self._before = list(world.contacts.values())
        self._holders: dict[str, int] = {each.address.lower(): each.id for each in self._before}
        """Who has an address, or is getting it; one that is given up is free in the next load."""
        self._tally: Counter[str] = Counter()
        self._moved: list[int] = []
        self._report = Report()

    def run(self, uploads: Sequence[Upload]) -> Report:
        """Import; all that is to be read about it."""
        rows = list(self._rows(uploads))
        if not any(set(each.header) & set(self._definition.columns) for each in uploads):
            self._report.status = "error"
            self._report.lines = [("00130", len(rows)), ("00137", 0), ("00127", 0), ("00101", 0)]
            return self._report
        columns = list(self._column_lines(uploads))
        for row in self._unique([row for row in rows if self._is_good(row)]):
            self._meet(row)
        self._report.rejects.sort()
        self._report.lines = [*columns, *self._counts(len(rows)), *self._action()]
        if any(code in WARNINGS for code, _ in self._report.lines):
            self._report.status = "warning"
        return self._report

    def _rows(self, uploads: Sequence[Upload]) -> Iterator[Row]:
        place = 0
        for upload in uploads:
            known = [key for key in self._definition.columns if key in upload.header]
            for sent in upload.rows:
                place += 1
                yield Row(place, sent, {key: sent.get(key, "") for key in known})

    def _column_lines(self, uploads: Sequence[Upload]) -> Iterator[tuple[str, int]]:
        for _ in {key for each in uploads for key in each.header} - set(self._definition.columns):
            yield "00111", 0
        for key in self._definition.columns:
            if any(key not in each.header for each in uploads):
                yield "00121", 0

    def _is_good(self, row: Row) -> bool:
        """Can a row go in, as far as it says itself (`bulk` 10, steps 4 and 5)?"""
        identifier = row.texts.get(self._key, "")
        if not identifier.strip():
            is_empty = not any(text.strip() for text in row.texts.values())
            return self._drop(row, "00059") if is_empty else self._drop(row, "00061", self._key)
        for key, text in row.texts.items():
            try:
                row.values[key] = _kept(key, text)
            except Unfit:
                row.unfit.append(key)
        if ADDRESS in row.unfit:
            return self._drop(row, "00002", ADDRESS)
        if self._key in row.unfit:
            return self._drop(row, "00034") if self._key == ID else self._drop(row, "00040", self._key)
        return True

    def _unique(self, rows: Sequence[Row]) -> list[Row]:
        """Of several rows with one identifier the last goes in."""
        last = {row.values[self._key].lower(): row for row in rows}
        for row in rows:
            if last[row.values[self._key].lower()] is not row:
                self._drop(row, "00026", self._key)
        return [row for row in rows if last[row.values[self._key].lower()] is row]

    def _meet(self, row: Row) -> None:
        """A row meets the contacts that were there before the load."""
        definition, key = self._definition, self._key
        found = [each for each in self._before if _read(each, key).lower() == row.values[key].lower()]
        if not found:
            self._create(row)
        elif len(found) > 1 and not definition.several:
            self._drop(row, "00026", key)
        elif definition.import_rule == "createOnly":
            self._drop(row, "00048", key)
        else:
            self._update(row, found)

    def _create(self, row: Row) -> None:
        address = row.values.get(ADDRESS, "").lower()
        blamed = [ADDRESS] if ADDRESS in self._definition.columns else []
        if self._definition.import_rule == "updateOnly" or self._key == ID:
            self._drop(row, "00034")
        elif not address:
            self._drop(row, "00061", *blamed)
        elif address in self._holders:
            self._drop(row, "00048", *blamed)
        else:
            values = {key: text for key, text in row.values.items() if key in FIELDS}
            new = self._world.add(values, _marks(row.values), None)
            self._holders[address] = new.id
            self._report.created.append(new)
            self._moved.append(new.id)
            self._tally["00004"] += 1
            self._tell_unfit(row)

    def _update(self, row: Row, found: Sequence[Contact]) -> None:
        changes = [(contact, self._changed(row, contact)) for contact in found]
        for contact, changed in changes:
            address = changed.get(ADDRESS, "").lower()
            if address and self._holders.setdefault(address, contact.id) != contact.id:
                self._drop(row, "00048", ADDRESS)
                return
        for contact, changed in changes:
            if changed:
                values = {key: text for key, text in changed.items() if key in FIELDS}
                self._world.write(contact, values, _marks(changed), None)
            self._moved.append(contact.id)
            self._tally["00022"] += 1
        self._tell_unfit(row)

    def _changed(self, row: Row, contact: Contact) -> dict[str, str]:
        return {
            key: new
            for key, new in row.values.items()
            if key != ID
            and new != (old := _read(contact, key))
            and _RULES[self._definition.rule_by_column.get(key, self._definition.rule)](new, old)
            and (new or (key in FIELDS and key != ADDRESS))
        }

    def _drop(self, row: Row, code: str, *blamed: str) -> bool:
        self._tally[code] += 1
        if code != "00034":
            self._reject(row, code, blamed)
        return False

    def _tell_unfit(self, row: Row) -> None:
        if row.unfit:
            self._tally["00144"] += 1
            self._reject(row, "00040", row.unfit)

    def _reject(self, row: Row, code: str, blamed: Sequence[str]) -> None:
        sent = {key: row.texts.get(key, "") for key in self._definition.columns}
        self._report.rejects.append((row.place, code, list(blamed), sent))

    def _counts(self, total: int) -> Iterator[tuple[str, int]]:
        tally = self._tally
        left = total - sum(tally[code] for code in ("00002", "00059", "00061", "00040", "00026"))
        counts = {"00130": total, "00137": 0, "00101": 0, "00001": total, "00003": left, "00071": 0, **tally}
        return iter({"00004": 0, "00022": 0, **counts}.items())

    def _action(self) -> Iterator[tuple[str, int]]:
        if self._definition.action:
            word, list_id = self._definition.action
            found = self._world.lists[list_id]
            before = set(found.members)
            found.members = before | set(self._moved) if word == "add" else before - set(self._moved)
            yield "00119" if word == "add" else "00118", len(before ^ found.members)


def _kept(key: str, text: str) -> str:
    """A value as it is kept; blanks are nothing but in a text."""
    kind = FIELDS[key].kind if key in FIELDS else key
    if kind != "text" and not text.strip():
        return ""
    if key in FIELDS:
        return kept(FIELDS[key], text)
    word = text.strip().lower()
    if key == ID and word.isdigit():
        return str(int(word))
    if key in ("is_subscribed", "is_bounced") and word in ("true", "1", "false", "0"):
        return "true" if word in ("true", "1") else "false"
    if key == "email_format" and word in ("unspecified", "html", "text"):
        return word
    raise Unfit(key)


def _read(contact: Contact, key: str) -> str:
    if key in FIELDS:
        return contact.values.get(key, "")
    found = getattr(contact, key)
    return str(found).lower() if isinstance(found, bool) else str(found)


def _marks(values: Mapping[str, str]) -> dict[str, Any]:
    """What the columns of marks ask for; a blank one asks for nothing."""
    return {key: values[key] if key == "email_format" else values[key] == "true" for key in MARKS if values.get(key)}
