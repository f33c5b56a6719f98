"""The floor for an import: posts in files, parsed and upserted into SQLite; prints seconds, and those of processor."""

from __future__ import annotations

import sqlite3
import sys
import time
from operator import itemgetter
from pathlib import Path

import orjson

from benchmarks.people import FIELDS


def main() -> None:
    names = list(FIELDS)
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute(f"CREATE TABLE contact (email_ci TEXT UNIQUE, {', '.join(names)})")
    written = ", ".join(f"{name} = excluded.{name}" for name in names)
    upsert = f"INSERT INTO contact VALUES (?{', ?' * len(names)}) ON CONFLICT (email_ci) DO UPDATE SET {written}"  # noqa: S608
    values = itemgetter(*names)
    posts = [Path(file).read_bytes() for file in sys.argv[1:]]
    started, used = time.perf_counter(), time.process_time()
    for post in posts:
        database.execute("BEGIN")
        database.executemany(upsert, [(row[names[0]].lower(), *values(row)) for row in orjson.loads(post)])
        database.execute("COMMIT")
    print(time.perf_counter() - started, time.process_time() - used)


if __name__ == "__main__":
    main()
