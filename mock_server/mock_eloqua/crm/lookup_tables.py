"""Lookup tables: which value stands for which. The tables come with a site; their entries can be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import assets
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

KIND = "LookupTable"
ENTRY = "LookupTableEntry"
_LONGEST = 255
"""Characters of a key and of a value [inferred]."""
_table = tables.lookup_entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lookup table."""

    id: int
    table_id: int
    key: str
    value: str


_COLUMNS = [_table.c[name] for name in Entry.__dataclass_fields__]


def check_table(site: Site, table_id: int) -> None:
    """The table has to exist.

    Raises:
        NotFound: it does not.
    """
    assets.get(site, KIND, table_id)


def get(site: Site, table_id: int, key: int) -> Entry:
    """The entry of that id.

    Raises:
        NotFound: the table has none.
    """
    query = select(*_COLUMNS).where(_table.c.table_id == table_id, _table.c.id == key)
    with site.database.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise NotFound(ENTRY, key)
    return Entry(*row)


def find(
    site: Site,
    table_id: int,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Entry], int]:
    """A page of a table's entries that fulfil *where*, and how many do in all."""
    wanted = and_(_table.c.table_id == table_id, where)
    rows, total = page(site.database, _table, _COLUMNS, wanted, order_by=order_by, offset=offset, limit=limit)
    return [Entry(*row) for row in rows], total


def create(site: Site, table_id: int, key: str, value: str) -> Entry:
    """Add an entry.

    Raises:
        Invalid: the key is missing, or a text too long [inferred].
        Duplicate: the table has that key, compared without case [inferred].
    """
    with site.database.writing() as connection:
        _check(site, table_id, key, value, None)
        (new_id,) = site.database.next_ids(ENTRY)
        row = {"id": new_id, "table_id": table_id, "key": key, "key_ci": key.lower(), "value": value}
        connection.execute(insert(_table), row)
    return Entry(new_id, table_id, key, value)


def change(site: Site, table_id: int, entry_id: int, key: str | None, value: str | None) -> Entry:
    """Write to an entry; what is None stays.

    Raises:
        NotFound: the table has no such entry.
        Invalid, Duplicate: as for `create`.
    """
    with site.database.writing() as connection:
        old = get(site, table_id, entry_id)
        key, value = old.key if key is None else key, old.value if value is None else value
        _check(site, table_id, key, value, entry_id)
        written = {"key": key, "key_ci": key.lower(), "value": value}
        connection.execute(update(_table).where(_table.c.id == entry_id).values(written))
    return Entry(entry_id, table_id, key, value)


def delete(site: Site, table_id: int, entry_id: int) -> None:
    """Remove an entry.

    Raises:
        NotFound: the table has no such entry.
    """
    with site.database.writing() as connection:
        get(site, table_id, entry_id)
        connection.execute(sql_delete(_table).where(_table.c.id == entry_id))


def _check(site: Site, table_id: int, key: str, value: str, owner: int | None) -> None:
    if not key.strip():
        raise Invalid(Failure("key", "NotNullRequirement", None))
    failures = [
        Failure(name, "ContentRequirement" if "\0" in text else "ValidTextLengthRequirement", text)
        for name, text in (("key", key), ("value", value))
        if "\0" in text or len(text) > _LONGEST
    ]
    if failures:
        raise Invalid(*failures)
    query = select(_table.c.id).where(_table.c.table_id == table_id, _table.c.key_ci == key.lower())
    with site.database.reading() as connection:
        if any(each != owner for each in connection.execute(query).scalars()):
            raise Duplicate(Failure("key", "NoDuplicatesRequirement", key))


OPERANDS = {
    "id": Operand(_table.c.id, Kind.ID),
    "key": Operand(_table.c.key_ci, Kind.TEXT, folded=True),
    "value": Operand(_table.c.value, Kind.TEXT),
}
"""What an entry can be searched and ordered by."""
