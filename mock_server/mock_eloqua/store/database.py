"""What the rest of the house sees of a site's database: reads, writes, reset, snapshots."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import JSON, Connection, Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from mock_eloqua.access.counters import Counters
from mock_eloqua.language.objects import each_encoded
from mock_eloqua.store import tables

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Table name to rows: the content of a seed."""


Kept = Select[Any] | ReturningInsert[Any] | ReturningUpdate[Any]
"""A statement with rows, made once. A query that is built for each call is none: some stores remember it."""


class Version(NamedTuple):
    """Tells whether a site is still as it was when it was looked at last."""

    epoch: int
    """Another one after a reset or restore."""
    generation: int
    """Another one after a write to a table that is remembered (`tables.REMEMBERED`)."""


class SiteGone(Exception):
    """Another process has removed the site."""


class StoreError(Exception):
    """A store that cannot be opened or read; the text says what is wrong and how to mend it."""


class Database(ABC):
    """The database of one site. Writes of a site run one after the other; a failed one leaves no trace."""

    in_process: bool
    """Calls are so fast that the event loop may make them itself."""
    is_shared: bool
    """Other processes may work on it at the same time."""
    shared_counters: Counters | None = None
    """Where they count together."""

    def version(self) -> Version:
        """What other processes change by what they write. Not asked where there can be none.

        Raises:
            SiteGone: the site is there no longer.
        """
        return Version(0, 0)

    def runner(self) -> str:
        """By what name this process runs jobs in the state that is there; blank where it is the only process."""
        return ""

    def runners(self) -> Sequence[str]:
        """The names of all processes that live: whose jobs they are must not be touched by others."""
        return ()

    @abstractmethod
    def alone(self) -> AbstractContextManager[Any]:
        """Nobody else reads a half of what is done inside, a `reset` and what belongs to it."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with; inside `writing` the writing one."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction, committed at the end; inside another `writing`, part of that."""

    @abstractmethod
    def attempting(self) -> AbstractContextManager[Connection]:
        """A part of a `writing` that may fail by itself: it leaves no trace then, what came before it stays.

        Outside of a `writing` it is one.
        """

    def first(self, kept: Kept, **parameters: Any) -> Sequence[Any] | None:
        """The first row of a statement that is run over and over and therefore kept, such as a constant."""
        with self.reading() as connection:
            return connection.execute(kept, parameters).first()

    def every(self, kept: Kept, **parameters: Any) -> Sequence[Sequence[Any]]:
        """All rows of a statement that is kept."""
        with self.reading() as connection:
            return connection.execute(kept, parameters).all()

    def run(self, kept: Insert | Update, **parameters: Any) -> None:
        """A statement that is kept and gives no rows; inside `writing`."""
        with self.writing() as connection:
            connection.execute(kept, parameters)

    @abstractmethod
    def save(self, file: Path) -> None:
        """Write all to a snapshot, a SQLite file."""

    @abstractmethod
    def load(self, file: Path) -> None:
        """Replace all by what a snapshot holds.

        Raises:
            StoreError: the file is no snapshot of this version; nothing is changed.
        """

    @abstractmethod
    def reset(self, pristine: Database) -> None:
        """Replace all by a copy of *pristine*."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    @abstractmethod
    def drop(self) -> None:
        """Delete all that was kept; afterwards nothing can be asked any more, closed or not."""

    @abstractmethod
    def insert_or_skip(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert those rows whose key is not there yet; how many that were."""

    @abstractmethod
    def insert_many(self, table: Table, columns: Mapping[str, Iterable[Any]], same: Mapping[str, Any]) -> None:
        """Insert thousands of rows, given by column; *same* holds what all of them share, no documents.

        Several times faster than the same rows one by one through SQLAlchemy.
        """

    @abstractmethod
    def update_many(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Write to thousands of rows, given by column; the first column is the key."""

    @abstractmethod
    def next_ids(self, kind: str, count: int = 1) -> range:
        """The next *count* ids of a kind."""

    def fact(self, name: str, default: Any = None) -> Any:
        """Something there is once per site."""
        found = self.first(_READ_FACT, of=name)
        return default if found is None or found[0] is None else found[0]

    def remember(self, name: str, value: Any) -> None:
        """Keep something there is once per site."""
        with self.writing() as connection:
            if connection.execute(_WRITE_FACT, {"of": name, "value": value}).rowcount == 0:
                connection.execute(insert(tables.site_fact), {"name": name, "value": value})

    def fill(self, rows: Rows) -> None:
        """Insert the rows of a seed."""
        with self.writing() as connection:
            for name, each in rows.items():
                if each:
                    connection.execute(insert(tables.metadata.tables[name]), list(each))

    def contents(self) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
        """Every table with its rows."""
        with self.reading() as connection:
            for table in tables.metadata.sorted_tables:
                yield table, (dict(row) for row in connection.execute(select(table)).mappings())


_READ_FACT = select(tables.site_fact.c.value).where(tables.site_fact.c.name == bindparam("of"))
_WRITE_FACT = (
    update(tables.site_fact).where(tables.site_fact.c.name == bindparam("of")).values(value=bindparam("value"))
)


def by_column(table: Table, columns: Mapping[str, Iterable[Any]]) -> list[Iterable[Any]]:
    """Columns as drivers take them, documents as text."""
    return [
        each_encoded(column) if isinstance(table.c[name].type, JSON) else column for name, column in columns.items()
    ]


def to_json(value: Any) -> str:
    """How documents are written: compact, with text for keys."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def from_json(stored: Any) -> Any:
    """The document that was written. SQLite gives a bare number back as one."""
    return orjson.loads(stored) if isinstance(stored, str | bytes) else stored


@contextmanager
def as_store_error(what: str) -> Iterator[None]:
    """Turn a failure of a driver into one clear line."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise StoreError(f"{what}: {reason[0] if reason else type(error).__name__}") from error
