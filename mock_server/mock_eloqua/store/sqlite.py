"""A site in SQLite, in memory or in a file: one connection, one lock.

In-process reads cost microseconds, so that sharing one connection is faster than a pool; long writes
come in small batches (see `crm.transfer`) and let readers in between.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Insert, Table, Update, create_engine, event
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import TypeEngine

from mock_eloqua.store import tables
from mock_eloqua.store.database import Database, Kept, StoreError, as_store_error, by_column, from_json, to_json

_APPLICATION_ID = 0x454C5141
"""`ELQA`, in the header of every file of ours, so that a foreign database is not overwritten."""


class SqliteDatabase(Database):
    """One SQLite database, `:memory:` or a file."""

    in_process = True
    is_shared = False

    def __init__(self, file: Path | Literal[""] | None = None) -> None:
        """Without a file in memory; `""` is a file of SQLite's own, which is gone when it is closed."""
        self._file = file or None
        self._lock = threading.RLock()
        with as_store_error(f"the store {file} cannot be opened"):
            self._raw = sqlite3.connect(
                ":memory:" if file is None else str(file), check_same_thread=False, isolation_level=None
            )
            try:
                self._prepare(self._file)
            except BaseException:
                self._raw.close()
                raise

    def _prepare(self, file: Path | None) -> None:
        self._raw.create_function("lower", 1, _lower, deterministic=True)
        if file:
            stamp = _stamp(self._raw)
            if stamp is not None:
                _check_stamp(stamp, f"the store {file}")
                _check_whole(self._raw, f"the store {file}")
            self._raw.execute("PRAGMA journal_mode=WAL")
            # Nothing is lost when the process is killed, only when the machine is. Saves a tenth of an import.
            self._raw.execute("PRAGMA synchronous=OFF")
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: self._raw,
            poolclass=StaticPool,
            json_serializer=to_json,
            json_deserializer=from_json,
            isolation_level="AUTOCOMMIT",
        )
        event.listen(self._engine, "connect", lambda raw, _: raw.execute("PRAGMA case_sensitive_like=ON"))
        self._connection = self._engine.connect()
        under_way: list[_Ends] = []
        self._writing, self._attempting = (
            _Transaction(self._raw, self._lock, self._connection, under_way, inside)
            for inside in (_PART_OF_IT, _MAY_FAIL_BY_ITSELF)
        )
        with self.writing() as connection:
            tables.metadata.create_all(connection)
            self._raw.execute(f"PRAGMA application_id={_APPLICATION_ID}")
            self._raw.execute(f"PRAGMA user_version={tables.SCHEMA_VERSION}")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._lock:
            yield self._connection

    def writing(self) -> AbstractContextManager[Connection]:
        return self._writing

    def attempting(self) -> AbstractContextManager[Connection]:
        return self._attempting

    # Past SQLAlchemy, whose way from a compiled statement to a row takes four times as long as SQLite's [measured].

    def first(self, kept: Kept, **parameters: Any) -> Sequence[Any] | None:
        ready = _ready(kept)
        with self._lock:
            row = self._raw.execute(ready.text, ready.bound(parameters)).fetchone()
        return ready.read(row) if row and ready.readers else row

    def every(self, kept: Kept, **parameters: Any) -> Sequence[Sequence[Any]]:
        ready = _ready(kept)
        with self._lock:
            rows = self._raw.execute(ready.text, ready.bound(parameters)).fetchall()
        return list(map(ready.read, rows)) if ready.readers else rows

    def run(self, kept: Insert | Update, **parameters: Any) -> None:
        ready = _ready(kept)
        with self._lock:
            self._raw.execute(ready.text, ready.bound(parameters))

    def next_ids(self, kind: str, count: int = 1) -> range:
        # Two statements: one that returns what it has written takes longer than both [measured].
        with self.writing():
            found = self._raw.execute("SELECT last FROM id_counter WHERE kind = ?", (kind,)).fetchone()
            first = found[0] + 1 if found else 1
            write = (
                "UPDATE id_counter SET last = ? WHERE kind = ?"
                if found
                else "INSERT INTO id_counter (last, kind) VALUES (?, ?)"
            )
            self._raw.execute(write, (first + count - 1, kind))
        return range(first, first + count)

    def alone(self) -> AbstractContextManager[Any]:
        return self._lock

    def save(self, file: Path) -> None:
        with (
            as_store_error(f"the snapshot {file} cannot be written"),
            self._lock,
            closing(sqlite3.connect(file)) as target,
        ):
            self._raw.backup(target)

    def load(self, file: Path) -> None:
        with (
            as_store_error(f"the snapshot {file} cannot be read"),
            closing(open_snapshot(file)) as source,
            self._lock,
        ):
            source.backup(self._raw)

    def reset(self, pristine: Database) -> None:
        if not isinstance(pristine, SqliteDatabase):
            raise TypeError("a template is always a SQLite database in memory")
        with pristine._lock, self._lock:  # noqa: SLF001  the same class
            pristine._raw.backup(self._raw)  # noqa: SLF001

    def insert_or_skip(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        if not rows:
            return 0
        with self.writing() as connection:
            before = self._raw.total_changes
            connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
            return self._raw.total_changes - before

    def insert_many(self, table: Table, columns: Mapping[str, Iterable[Any]], same: Mapping[str, Any]) -> None:
        # Shared values stand in the statement: binding them anew for every row would double the time.
        with self.writing():
            shared = [self._raw.execute("SELECT quote(?)", (value,)).fetchone()[0] for value in same.values()]
            values = ", ".join(["?"] * len(columns) + shared)
            self._raw.executemany(
                f"INSERT INTO {table.name} ({', '.join((*columns, *same))}) VALUES ({values})",  # noqa: S608  names of ours
                zip(*by_column(table, columns), strict=True),
            )

    def update_many(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        key, *written = columns
        with self.writing():
            self._raw.executemany(
                f"UPDATE {table.name} SET {', '.join(f'{name} = ?' for name in written)} WHERE {key} = ?",  # noqa: S608  names of ours
                zip(*by_column(table, {name: columns[name] for name in (*written, key)}), strict=True),
            )

    def close(self) -> None:
        with self._lock:
            self._connection.close()
            self._engine.dispose()
            self._raw.close()

    def drop(self) -> None:
        self.close()
        if self._file:
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)


_Ends = tuple[Sequence[str], Sequence[str]]
"""How a transaction ends, well or badly."""

_WHOLE = "BEGIN IMMEDIATE", (("COMMIT",), ("ROLLBACK",))
_PART_OF_IT = None, ((), ())
_MAY_FAIL_BY_ITSELF = "SAVEPOINT attempt", (("RELEASE attempt",), ("ROLLBACK TO attempt", "RELEASE attempt"))


class _Transaction:
    """A transaction, or inside another one what *inside* says. One object that is entered over and over.

    A generator of `contextlib` takes as long as the statements themselves, and a small write has five [measured].
    """

    def __init__(
        self,
        raw: sqlite3.Connection,
        lock: threading.RLock,
        connection: Connection,
        under_way: list[_Ends],
        inside: tuple[str | None, _Ends],
    ) -> None:
        self._raw, self._lock, self._connection = raw, lock, connection
        self._under_way, self._inside = under_way, inside

    def __enter__(self) -> Connection:
        self._lock.acquire()
        begin, ends = self._inside if self._under_way else _WHOLE
        try:
            if begin:
                self._raw.execute(begin)
        except BaseException:
            self._lock.release()
            raise
        self._under_way.append(ends)
        return self._connection

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        well, badly = self._under_way.pop()
        try:
            for statement in well if error is None else badly:
                self._raw.execute(statement)
        finally:
            self._lock.release()


_DIALECT = dialect(paramstyle="qmark", json_serializer=to_json, json_deserializer=from_json)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as SQLite takes it."""

    text: str
    own: Mapping[str, Any]
    """The values that stand in it."""
    binders: Sequence[tuple[str, Callable[[Any], Any] | None]]
    """Its parameters by place, as SQLite takes longer to find them by name [measured]; how each becomes what is
    stored, where it is not stored as it is."""
    readers: Sequence[tuple[int, Callable[[Any], Any]]]
    """How the columns that are not read as they are stored become Python values."""

    def bound(self, parameters: Mapping[str, Any]) -> Sequence[Any]:
        given = {**self.own, **parameters} if self.own else parameters
        return [write(given[name]) if write else given[name] for name, write in self.binders]

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, read in self.readers:
            values[place] = read(values[place])
        return values


@lru_cache(maxsize=2000)
def _ready(kept: Kept | Insert | Update) -> _Ready:
    compiled = kept.compile(dialect=_DIALECT)
    names = compiled.bind_names.items()
    writers = {name: _kind(each).bind_processor(_DIALECT) for each, name in names}
    readers = [_kind(each).result_processor(_DIALECT, None) for each in kept.exported_columns]
    return _Ready(
        text=str(compiled),
        own={name: each.effective_value for each, name in names if not each.required},
        binders=[(name, writers[name]) for name in compiled.positiontup or ()],
        readers=[(place, read) for place, read in enumerate(readers) if read],
    )


def _kind(of: ColumnElement[Any]) -> TypeEngine[Any]:
    return of.type.dialect_impl(_DIALECT)


def open_snapshot(file: Path) -> sqlite3.Connection:
    """A snapshot, opened for reading and known to be one of ours."""
    if not file.is_file():
        raise StoreError(f"there is no file {file}")
    raw = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        _check_stamp(_stamp(raw) or (0, 0), f"the file {file}")
    except BaseException:
        raw.close()
        raise
    return raw


def check_snapshot(file: Path, what: str) -> None:
    """Look whether a file from elsewhere is a whole snapshot of ours, with our tables and nothing else.

    Raises:
        StoreError: it is not; *what* stands for it in the text.
    """
    with as_store_error(f"{what} cannot be read"), closing(sqlite3.connect(file)) as raw:
        _check_stamp(_stamp(raw) or (0, 0), what)
        _check_whole(raw, what)
        found = {
            name: [column[1] for column in raw.execute("SELECT * FROM pragma_table_info(?)", (name,))]
            for kind, name in raw.execute("SELECT type, name FROM sqlite_master WHERE type <> 'index'")
            if kind != "table" or not name.startswith("sqlite_")
        }
    if found != {each.name: [column.name for column in each.columns] for each in tables.metadata.sorted_tables}:
        raise StoreError(f"{what} has other tables than a snapshot of this version")


def _stamp(raw: sqlite3.Connection) -> tuple[int, int] | None:
    if raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        return None
    return raw.execute("PRAGMA application_id").fetchone()[0], raw.execute("PRAGMA user_version").fetchone()[0]


def _check_stamp(stamp: tuple[int, int], what: str) -> None:
    if stamp[0] != _APPLICATION_ID:
        raise StoreError(f"{what} is not a Mock Eloqua database; name another file")
    if stamp[1] != tables.SCHEMA_VERSION:
        raise StoreError(f"{what} has schema {stamp[1]}, this version reads {tables.SCHEMA_VERSION}; start a new file")


def _check_whole(raw: sqlite3.Connection, what: str) -> None:
    (found,) = raw.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreError(f"{what} is damaged: {' '.join(found.split())}; name another file")


def _lower(text: str | None) -> str | None:
    """SQLite's own `lower` knows ASCII only, the product's comparison ignores case everywhere."""
    return text.lower() if isinstance(text, str) else text
