"""A small table of everything that can be compared, in both databases."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, MetaData, String, Table, insert, select

from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.store import Database, place

POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"

_NAMES = [
    "Ada", "ADA LOVELACE", "ben", "a%b", "a_b", "axb", "a/b", "a//b", "a\\b", "a'b", 'a"b', "Ägypten", "äÉñ", "жЖ",
    "ЖУК", "ﬀ", "日本", "  ada ", " ", "*", "%", "_", "/", "true", "1", "-1", "", None, "(test) High Value",
    "a\nb", "🙂",
]  # fmt: skip
_AMOUNTS = [
    "0", "-0", "1", "01", "1.0", "1.50", "1.5", "-2", "-.5", ".5", "10", "9", "999999999999999", "-999999999999999",
    "0.1", "", None, "1e3", "abc", "1.2.3", "1..2", "--1", "-", ".", "+5", "5.", " 7", "7 ", "٣", "1-1", "0.10",
]  # fmt: skip
_DAYS = [
    "2024-03-10 01:59:59.999", "2024-03-10 02:30:00.000", "2024-03-10 03:00:00.000", "2024-11-03 00:59:59.999",
    "2024-11-03 01:00:00.000", "2024-11-03 01:30:00.000", "2024-11-03 02:00:00.000", "2014-10-13 00:00:00.000",
    "2014-10-13 15:21:14.000", "2014-10-13 15:21:14.254", "2014-10-13 15:21:15.000", "0001-01-01 00:00:00.000",
    "9999-12-31 23:59:59.999", "", None,
]  # fmt: skip
_SEEN = [
    0, 1, 999, 1000, 1_420_070_400_000, 1_420_070_400_999, 1_420_070_401_000, 1_710_053_999_999, 1_710_054_000_000,
    1_730_611_799_000, 1_730_613_600_000, 1_730_617_200_000, -1, -1000, -1500, 2**62, None,
]  # fmt: skip


@dataclass(frozen=True)
class Specimens:
    """Rows, what their columns are called in a search, and who of them fulfils a condition."""

    rows: list[dict[str, Any]]
    operands: dict[str, Operand]
    """By name, in lower case."""
    chosen: Callable[[ColumnElement[bool]], set[int]]
    """The ids of the rows that fulfil a condition."""

    @property
    def everyone(self) -> set[int]:
        """The ids of all rows."""
        return {row["id"] for row in self.rows}

    def resolve(self, name: str) -> Operand | None:
        """The operand of a name, in any case."""
        return self.operands.get(name.lower())


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def specimens(request) -> Iterator[Specimens]:
    """The same rows in each database."""
    database: Any = _postgresql() if request.param == "postgresql" else place("memory", "MockCo").open("MockCo")
    table = Table(
        "specimen",
        MetaData(),
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("name", String),
        Column("name_ci", String),
        Column("amount", String),
        Column("day", String),
        Column("seen", BigInteger),
        Column("active", Boolean),
    )
    rows = [
        {
            "id": number,
            "name": name,
            "name_ci": None if name is None else name.lower(),
            "amount": _AMOUNTS[number % len(_AMOUNTS)],
            "day": _DAYS[number % len(_DAYS)],
            "seen": _SEEN[number % len(_SEEN)],
            "active": [True, False, None][number % 3],
        }
        for number, name in enumerate(_NAMES)
    ]
    rows[-1]["id"] = 2**63 - 1
    with database.writing() as connection:
        table.create(connection)
        connection.execute(insert(table), rows)

    def chosen(condition: ColumnElement[bool]) -> set[int]:
        with database.reading() as connection:
            return set(connection.execute(select(table.c.id).where(condition)).scalars())

    operands = {
        "id": Operand(table.c.id, Kind.ID),
        "name": Operand(table.c.name, Kind.TEXT),
        "folded": Operand(table.c.name_ci, Kind.TEXT, folded=True),
        "amount": Operand(table.c.amount, Kind.NUMBER),
        "day": Operand(table.c.day, Kind.DATE),
        "seen": Operand(table.c.seen, Kind.INSTANT),
        "active": Operand(table.c.active, Kind.BOOLEAN),
    }
    yield Specimens(rows, operands, chosen)
    if request.param == "postgresql":
        database.drop()
    database.close()


def _postgresql() -> Database:
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.Error:
        pytest.skip(f"no PostgreSQL at {POSTGRES}: start one there to run the language tests on it")
    return place(f"{POSTGRES}?schema=mock_eloqua_test_{uuid.uuid4().hex[:8]}", "MockCo").open("MockCo")
