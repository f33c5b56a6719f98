"""The floor for Bulk: a bare ASGI application that keeps uploads, upserts their rows, and pages them out again.

`BENCHMARK_STORE` is a SQLite file or the URL of a PostgreSQL database.
"""

from __future__ import annotations

import csv
import io
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Protocol

import orjson

from benchmarks.people import FIELDS

_NAMES = list(FIELDS)
_MARKS = ", ".join(["?"] * (len(_NAMES) + 1))
_WRITTEN = ", ".join(f"{name} = excluded.{name}" for name in _NAMES)
_UPSERT = f"ON CONFLICT (email_ci) DO UPDATE SET {_WRITTEN}"
_PAGE = f"SELECT id, {', '.join(_NAMES)} FROM contact WHERE id > {{after}} ORDER BY id LIMIT 50000"  # noqa: S608
_values = itemgetter(*_NAMES)
_Row = Sequence[Any]


class _Store(Protocol):
    def keep(self, body: bytes) -> None: ...

    def upsert(self, rows: Iterator[_Row]) -> None: ...

    def page(self, after: int) -> Sequence[_Row]: ...


class _Sqlite:
    def __init__(self, file: str) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
            f"CREATE TABLE contact (id INTEGER PRIMARY KEY, email_ci TEXT UNIQUE, {', '.join(_NAMES)});"
            "CREATE TABLE upload (content BLOB)"
        )

    def keep(self, body: bytes) -> None:
        self._database.execute("INSERT INTO upload VALUES (?)", (body,))

    def upsert(self, rows: Iterator[_Row]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(
            f"INSERT INTO contact (email_ci, {', '.join(_NAMES)}) VALUES ({_MARKS}) {_UPSERT}",  # noqa: S608
            rows,
        )
        self._database.execute("COMMIT")

    def page(self, after: int) -> Sequence[_Row]:
        return self._database.execute(_PAGE.format(after=after)).fetchall()


class _Postgres:
    def __init__(self, url: str) -> None:
        import psycopg  # not everybody has it

        self._connection = psycopg.connect(url, autocommit=True)
        texts = ", ".join(f"{name} text" for name in _NAMES)
        self._connection.execute(
            "DROP SCHEMA IF EXISTS benchmark_floor CASCADE; CREATE SCHEMA benchmark_floor;"
            "SET search_path TO benchmark_floor;"
            f"CREATE TABLE contact (id bigserial PRIMARY KEY, email_ci text UNIQUE, {texts});"
            f"CREATE TEMP TABLE incoming (email_ci text, {texts});"
            "CREATE TABLE upload (content bytea); ALTER TABLE upload ALTER COLUMN content SET STORAGE EXTERNAL"
        )

    def keep(self, body: bytes) -> None:
        self._connection.execute("INSERT INTO upload VALUES (%s)", (body,))

    def upsert(self, rows: Iterator[_Row]) -> None:
        columns = f"email_ci, {', '.join(_NAMES)}"
        with self._connection.transaction(), self._connection.cursor() as cursor:
            with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"INSERT INTO contact ({columns}) SELECT {columns} FROM incoming {_UPSERT}")  # noqa: S608
            cursor.execute("TRUNCATE incoming")

    def page(self, after: int) -> Sequence[_Row]:
        return self._connection.execute(_PAGE.format(after=after)).fetchall()


_store: _Store | None = None


def _opened() -> _Store:
    global _store  # noqa: PLW0603
    if _store is None:
        where = os.environ["BENCHMARK_STORE"]
        _store = _Postgres(where) if where.startswith("postgresql:") else _Sqlite(where)
    return _store


async def app(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """`POST /keep`, `POST /upsert/FORM`, `GET /FORM/AFTER`, where FORM is json or csv; `GET /` is 200."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    answer = _answer(scope["path"].strip("/").split("/"), bytes(body))
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(answer))]})
    await send({"type": "http.response.body", "body": answer})


def _answer(path: list[str], body: bytes) -> bytes:
    match path:
        case ["keep"]:
            _opened().keep(body)
        case ["upsert", kind]:
            _opened().upsert((row[0].lower(), *row) for row in _rows(kind, body))
        case [kind, after]:
            return _page(kind, _opened().page(int(after)))
    return b""


def _rows(kind: str, body: bytes) -> Iterator[_Row]:
    if kind == "json":
        return map(_values, orjson.loads(body))
    rows = csv.reader(io.StringIO(body.decode(), newline=""))
    next(rows)
    return iter(rows)


def _page(kind: str, rows: Sequence[_Row]) -> bytes:
    if kind == "json":
        return orjson.dumps([dict(zip(_NAMES, row[1:], strict=True)) for row in rows])
    written = io.StringIO(newline="")
    csv.writer(written).writerows(row[1:] for row in rows)
    return written.getvalue().encode()
