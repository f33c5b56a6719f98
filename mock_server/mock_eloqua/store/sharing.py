"""A site in PostgreSQL among the processes that work on it: what has changed, and which of them live."""

from __future__ import annotations

import secrets
import threading
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import OperationalError
from psycopg.errors import UndefinedTable
from sqlalchemy import Connection, Engine

from mock_eloqua.store import shared_counters, tables
from mock_eloqua.store.database import SiteGone, Version

_SET_UP = """
CREATE TABLE "{schema}".site_version (epoch bigint NOT NULL, generation bigint NOT NULL);
INSERT INTO "{schema}".site_version VALUES (txid_current(), 0);
CREATE FUNCTION "{schema}".site_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "{schema}".site_version SET generation = txid_current() WHERE generation <> txid_current();
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER site_changed AFTER INSERT OR UPDATE OR DELETE ON "{schema}".{table}
FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".site_changed()
"""
"""In the transaction of the write itself: what it has changed cannot be seen without the new version."""

_LIVING = """
SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def set_up(connection: Connection, schema: str) -> None:
    """Let writes to the tables that are remembered change the version of a site, once and for all."""
    known = connection.exec_driver_sql("SELECT to_regclass(%s)", (f'"{schema}".site_version',)).scalar()
    if known is None:
        remembered = [each.name for each in tables.metadata.sorted_tables if each.info.get("remembered")]
        triggers = (_TRIGGER.format(schema=schema, table=name) for name in remembered)
        connection.exec_driver_sql(";".join((_SET_UP.format(schema=schema), shared_counters.set_up(schema), *triggers)))


def new_epoch(connection: Connection, schema: str) -> None:
    """Tell that all has been replaced, with the transaction that does it."""
    connection.exec_driver_sql(f'UPDATE "{schema}".site_version SET epoch = txid_current()')  # noqa: S608  ours


Parameters = Sequence[Any] | Mapping[str, Any] | None


class Sharing:
    """A connection of its own, which lives as long as this process, and with it a lock that says so.

    PostgreSQL lets go of the lock when the process dies, however it does.
    """

    def __init__(self, engine: Engine, schema: str) -> None:
        self._engine = engine
        self._read_version = f'SELECT epoch, generation FROM "{schema}".site_version'  # noqa: S608  a name of ours
        self._class = zlib.crc32(schema.encode()) >> 1
        self._number = secrets.randbelow(2**31)
        self._lock = threading.Lock()
        self._closed = False
        self._connect()

    def version(self) -> Version:
        """The version of the site.

        Raises:
            SiteGone: there is none.
        """
        try:
            (found,) = self.ask(self._read_version)
        except UndefinedTable:
            raise SiteGone from None
        return Version(*found)

    def runner(self) -> str:
        """This process in the present epoch: what was copied from another one is nobody's."""
        return f"{self.version().epoch}.{self._number}"

    def runners(self) -> list[str]:
        """All processes that live, in the present epoch."""
        epoch = self.version().epoch
        return [f"{epoch}.{number}" for (number,) in self.ask(_LIVING, (self._class,))]

    def close(self) -> None:
        """Live no more."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _connect(self) -> None:
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        connection.autocommit = True
        connection.execute("SELECT pg_advisory_lock(%s, %s)", (self._class, self._number))
        self._connection = connection

    def ask(self, query: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """The rows of a statement, which is a transaction of its own."""
        with self._lock:
            try:
                found: list[tuple[Any, ...]] = self._connection.execute(query, parameters).fetchall()
            except OperationalError:
                if self._closed:
                    raise
                self._connect()  # the database was started anew
                found = self._connection.execute(query, parameters).fetchall()
        return found
