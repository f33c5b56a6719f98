"""A site in PostgreSQL: a schema of its own, writes of a site one after the other."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from psycopg.pq import Format
from sqlalchemy import URL, Connection, LargeBinary, Table, create_engine, event, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.schema import CreateSchema, DropSchema

from mock_eloqua.store import sharing, tables
from mock_eloqua.store.copying import copied
from mock_eloqua.store.database import Database, StoreError, Version, as_store_error, by_column, from_json, to_json
from mock_eloqua.store.shared_counters import SharedCounters
from mock_eloqua.store.sqlite import SqliteDatabase

_NOTHING_IS_LOST_WITH_THE_PROCESS = "-c synchronous_commit=off"
"""Only when the machine dies. Every write would wait for the disk, a fifth of an import [measured]."""
_CONNECTION = {"connect_timeout": 5, "client_encoding": "utf8"}
"""The encoding is for databases in SQL_ASCII, where psycopg otherwise reads bytes, so that they can be asked at all."""


_BYTES = [
    (table.name, column.name)
    for table in tables.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary)
]
"""Uploads, exported rows, files. PostgreSQL would compress them: half the time of an export [measured]."""


def _as_it_is_held(_: Connection, cursor: Any, _sql: str, _values: Any, context: ExecutionContext, _many: bool) -> None:
    """Let rows come in PostgreSQL's own form: bytes as text have twice the length. Several commands at once cannot."""
    if context.compiled is not None:
        cursor.format = Format.BINARY


class PostgresDatabase(Database):
    """One schema of a PostgreSQL database."""

    in_process = False
    is_shared = True

    def __init__(self, url: URL, schema: str) -> None:
        self._schema = schema
        self._empty = ";".join(f'DELETE FROM "{schema}".{each.name}' for each in tables.metadata.sorted_tables)  # noqa: S608  names of ours
        self._lock_key = zlib.crc32(schema.encode())
        self._local = threading.local()
        engine = create_engine(
            url,
            pool_size=4,
            max_overflow=8,
            pool_pre_ping=True,
            json_serializer=to_json,
            json_deserializer=from_json,
            connect_args=_CONNECTION | {"options": _NOTHING_IS_LOST_WITH_THE_PROCESS},
        )
        event.listen(engine, "before_cursor_execute", _as_it_is_held)
        self._engine = engine.execution_options(schema_translate_map={None: schema})
        try:
            self._set_up(url)
        except StoreError:
            engine.dispose()
            raise
        self._sharing = sharing.Sharing(engine, schema)
        self.shared_counters = SharedCounters(self._sharing.ask, schema)

    def _set_up(self, url: URL) -> None:
        with (
            as_store_error(f"the store {url.render_as_string()} cannot be opened"),
            self._engine.begin() as connection,
        ):
            encoding = connection.scalar(text("SHOW server_encoding"))
            if encoding != "UTF8":
                raise StoreError(
                    f"the store {url.render_as_string()} is encoded in {encoding}, which does not hold every text; "
                    f"make the database anew: CREATE DATABASE {url.database} ENCODING 'UTF8' TEMPLATE template0"
                )
            connection.execute(select(func.pg_advisory_xact_lock(self._lock_key)))
            connection.execute(CreateSchema(self._schema, if_not_exists=True))
            tables.metadata.create_all(connection)
            sharing.set_up(connection, self._schema)
            for table, column in _BYTES:
                connection.exec_driver_sql(f'ALTER TABLE "{self._schema}".{table} ALTER {column} SET STORAGE EXTERNAL')
        version = self.fact("schemaVersion")
        if version is None:
            self.remember("schemaVersion", tables.SCHEMA_VERSION)
        elif version != tables.SCHEMA_VERSION:
            raise StoreError(
                f"the schema {self._schema} has version {version}, this version reads {tables.SCHEMA_VERSION}; "
                "drop it or name another database"
            )

    def version(self) -> Version:
        return self._sharing.version()

    def runner(self) -> str:
        return self._sharing.runner()

    def runners(self) -> Sequence[str]:
        return self._sharing.runners()

    def alone(self) -> AbstractContextManager[Any]:
        return self.writing()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        if (current := getattr(self._local, "connection", None)) is not None:
            yield current
            return
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if (current := getattr(self._local, "connection", None)) is not None:
            yield current
            return
        with self._engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(self._lock_key)))
            self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None

    @contextmanager
    def attempting(self) -> Iterator[Connection]:
        with self.writing() as connection, connection.begin_nested():
            yield connection

    def save(self, file: Path) -> None:
        with as_store_error(f"the snapshot {file} cannot be written"):
            file.unlink(missing_ok=True)
            target = SqliteDatabase(file)
            try:
                with self.writing():  # the lock: a snapshot shows one moment
                    _copy(self, target)
            finally:
                target.close()

    def load(self, file: Path) -> None:
        with as_store_error(f"the snapshot {file} cannot be read"):
            source = SqliteDatabase()
            try:
                source.load(file)
                self.reset(source)
            finally:
                source.close()

    def reset(self, pristine: Database) -> None:
        with self.writing() as connection:
            connection.exec_driver_sql(self._empty)
            _copy(pristine, self)
            self.remember("schemaVersion", tables.SCHEMA_VERSION)
            sharing.new_epoch(connection, self._schema)

    def insert_or_skip(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
        if not rows:
            return 0
        with self.writing() as connection:
            statement = insert(table).on_conflict_do_nothing().returning(table.primary_key.columns[0])
            return len(connection.execute(statement, list(rows)).all())

    def insert_many(self, table: Table, columns: Mapping[str, Iterable[Any]], same: Mapping[str, Any]) -> None:
        with self.writing() as connection:
            self._copy_in(connection, table, f'"{self._schema}".{table.name}', columns, same)

    def update_many(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        key, *written = columns
        with self.writing() as connection:
            connection.exec_driver_sql(
                f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {', '.join(columns)} "  # noqa: S608  names of ours
                f'FROM "{self._schema}".{table.name} WITH NO DATA'
            )
            self._copy_in(connection, table, "incoming", columns, {})
            connection.exec_driver_sql(
                f'UPDATE "{self._schema}".{table.name} old SET {", ".join(f"{name} = new.{name}" for name in written)} '  # noqa: S608
                f"FROM incoming new WHERE old.{key} = new.{key}"
            )
            connection.exec_driver_sql("DROP TABLE incoming")

    @staticmethod
    def _copy_in(
        connection: Connection,
        table: Table,
        into: str,
        columns: Mapping[str, Iterable[Any]],
        same: Mapping[str, Any],
    ) -> None:
        cursor = connection.connection.cursor()
        try:
            with cursor.copy(f"COPY {into} ({', '.join((*columns, *same))}) FROM STDIN") as copy:
                for piece in copied(by_column(table, columns), same.values()):
                    copy.write(piece)
        finally:
            cursor.close()

    def next_ids(self, kind: str, count: int = 1) -> range:
        with self.writing() as connection:
            last = connection.execute(_TAKE_IDS, {"kind": kind, "last": count}).scalar_one()
        return range(last - count + 1, last + 1)

    def drop(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(DropSchema(self._schema, cascade=True, if_exists=True))
        self.close()

    def close(self) -> None:
        self._sharing.close()
        self._engine.dispose()


_ids = insert(tables.id_counter)
_TAKE_IDS = _ids.on_conflict_do_update(
    index_elements=[tables.id_counter.c.kind], set_={"last": tables.id_counter.c.last + _ids.excluded.last}
).returning(tables.id_counter.c.last)


def _copy(source: Database, target: Database) -> None:
    with target.writing() as connection:
        for table, rows in source.contents():
            is_plain = not any(isinstance(each.type, LargeBinary) for each in table.columns)
            left = iter(rows)
            while found := list(islice(left, _AT_ONCE)):
                if is_plain:
                    target.insert_many(table, {each.name: [row[each.name] for row in found] for each in table.c}, {})
                else:
                    connection.execute(table.insert(), found)


_AT_ONCE = 5000
"""Rows that are in memory at a time."""


def site_schemas(url: URL, prefix: str) -> list[str]:
    """The names of the sites that a PostgreSQL database holds."""
    engine = create_engine(url, connect_args=_CONNECTION)
    with (
        as_store_error(f"the store {url.render_as_string()} cannot be opened"),
        engine.connect() as connection,
    ):
        found = connection.execute(
            text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :prefix)"), {"prefix": prefix}
        )
        names = [row[0].removeprefix(prefix) for row in found]
    engine.dispose()
    return names
