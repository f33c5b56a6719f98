"""The PostgreSQL that tests of stores are run on, where there is one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from mock_eloqua.store import place

URL = "postgresql://postgres@127.0.0.1:5432/test"


def answers() -> bool:
    """Is there one?"""
    import psycopg

    try:
        psycopg.connect(URL, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def store() -> Iterator[str]:
    """A store of its own, gone afterwards; where no PostgreSQL answers, the test is skipped."""
    if not answers():
        pytest.skip(f"no PostgreSQL at {URL}: start one there to run the store tests on it")
    named = f"{URL}?schema=mock_eloqua_test_{uuid.uuid4().hex[:8]}"
    try:
        yield named
    finally:
        opened: Any = place(named, "MockCo").open("MockCo")
        with closing(opened):
            opened.drop()


@contextmanager
def database(encoding: str) -> Iterator[str]:
    """An empty database in an encoding, gone afterwards; where no PostgreSQL answers, the test is skipped."""
    import psycopg

    if not answers():
        pytest.skip(f"no PostgreSQL at {URL}: start one there to run the store tests on it")
    name = f"mock_eloqua_test_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        try:
            yield URL.rpartition("/")[0] + "/" + name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
