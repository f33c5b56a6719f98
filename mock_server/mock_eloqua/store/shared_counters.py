"""How much of each threshold is used, in PostgreSQL, where several processes count.

Each call is one statement of its own: it waits for no write of the site, and no rollback takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from typing import Any

from mock_eloqua.access.counters import Counter, Counters, Key

_SET_UP = """
CREATE TABLE "{schema}".threshold_counter (
    name text, scope text, span bigint NOT NULL DEFAULT 0, used bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0, highest bigint NOT NULL DEFAULT 0, beyond bigint NOT NULL DEFAULT 0,
    fits boolean NOT NULL DEFAULT true, PRIMARY KEY (name, scope)
)
"""
"""`span` is the window, `beyond` is over, both words of SQL; `fits` is what the last call was told."""

_COUNT = """
INSERT INTO {table} AS old (name, scope, span, used, refused, highest, beyond, fits)
SELECT %(name)s, %(scope)s, %(span)s, taken, 1 - taken, taken, taken - fits::int, fits FROM (
    SELECT fits, (fits OR NOT %(enforced)s)::int AS taken FROM (SELECT coalesce(0 < %(limit)s, true) AS fits) AS a
) AS b
ON CONFLICT (name, scope) DO UPDATE SET (span, used, refused, highest, beyond, fits) = (
    SELECT %(span)s, before + taken, old.refused + 1 - taken, greatest(old.highest, (before + 1) * taken),
        old.beyond + taken - fits::int, fits
    FROM (
        SELECT before, fits, (fits OR NOT %(enforced)s)::int AS taken FROM (
            SELECT before, coalesce(before < %(limit)s, true) AS fits
            FROM (SELECT CASE WHEN old.span = %(span)s THEN old.used ELSE 0 END AS before) AS a
        ) AS b
    ) AS c
) RETURNING fits
"""
_MEASURE = """
INSERT INTO {table} AS old (name, scope, used, refused, highest, beyond, fits)
SELECT %(name)s, %(scope)s, %(amount)s * taken, 1 - taken, %(amount)s * taken, taken - fits::int, fits FROM (
    SELECT fits, (fits OR NOT %(enforced)s)::int AS taken
    FROM (SELECT coalesce(%(amount)s <= %(limit)s, true) AS fits) AS a
) AS b
ON CONFLICT (name, scope) DO UPDATE SET fits = excluded.fits,
    used = CASE excluded.refused WHEN 0 THEN excluded.used ELSE old.used END,
    refused = old.refused + excluded.refused, beyond = old.beyond + excluded.beyond,
    highest = greatest(old.highest, excluded.highest)
RETURNING fits
"""
_GIVE_BACK = """
UPDATE {table} SET used = greatest(0, used - 1) WHERE name = %(name)s AND scope = %(scope)s RETURNING used
"""
_SET = """
INSERT INTO {table} (name, scope, span, used) VALUES (%(name)s, %(scope)s, %(span)s, %(used)s)
ON CONFLICT (name, scope) DO UPDATE SET span = excluded.span, used = excluded.used RETURNING used
"""
_READ = "SELECT name, scope, span, used, refused, highest, beyond FROM {table}"
_CLEAR = "DELETE FROM {table} RETURNING name"
_RESTORE = """
INSERT INTO {table} (name, scope, span, used, refused, highest, beyond)
VALUES (%(name)s, %(scope)s, %(span)s, %(used)s, %(refused)s, %(highest)s, %(beyond)s) RETURNING name
"""

Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""Runs a statement by itself; its rows."""


def set_up(schema: str) -> str:
    """The statement that makes the table."""
    return _SET_UP.format(schema=schema)


class SharedCounters(Counters):
    """The counters of one site, for all processes that work on it."""

    def __init__(self, ask: Ask, schema: str) -> None:
        super().__init__()
        self._table = f'"{schema}".threshold_counter'
        self._ask = ask

    def count(self, key: Key, window: int, limit: int | None, *, enforced: bool) -> bool:
        return bool(self._run(_COUNT, key, span=window, limit=limit, enforced=enforced)[0][0])

    def give_back(self, key: Key) -> None:
        self._run(_GIVE_BACK, key)

    def measure(self, key: Key, amount: int, limit: int | None, *, enforced: bool) -> bool:
        return bool(self._run(_MEASURE, key, amount=amount, limit=limit, enforced=enforced)[0][0])

    def set(self, keys: Iterable[Key], window: int, used: int) -> None:
        for key in keys:
            self._run(_SET, key, span=window, used=used)

    def read(self) -> dict[Key, Counter]:
        return {(name, scope): Counter(*numbers) for name, scope, *numbers in self._run(_READ)}

    def restore(self, kept: Mapping[Key, Counter]) -> None:
        self._run(_CLEAR)
        for key, counter in kept.items():
            names = ("span", "used", "refused", "highest", "beyond")
            self._run(_RESTORE, key, **dict(zip(names, astuple(counter), strict=True)))

    def _run(self, statement: str, key: Key = ("", ""), **values: Any) -> list[tuple[Any, ...]]:
        return self._ask(statement.format(table=self._table), {"name": key[0], "scope": key[1], **values})
