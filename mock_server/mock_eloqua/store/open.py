"""Where sites are kept: what `--store` names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mock_eloqua.store.database import Database, StoreError
from mock_eloqua.store.sqlite import SqliteDatabase

_SITE_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Place:
    """A store that holds one database per site."""

    kind: str
    """`memory`, `file` or `postgresql`."""
    open: Callable[[str], Database]
    """The database of a site, by the site's name; made when it is not there."""
    sites: Callable[[], list[str]]
    """The names of the sites that are there already."""


def in_memory() -> Database:
    """An empty database that lives and dies with this process."""
    return SqliteDatabase()


def temporary() -> Database:
    """The same, on a disk that SQLite finds itself, for what is too large to be in memory twice."""
    return SqliteDatabase("")


def check_site_name(name: str) -> str:
    """A site's name, known to be harmless as part of a file or schema name.

    Raises:
        StoreError: it is not.
    """
    if not _SITE_NAME.fullmatch(name):
        raise StoreError(f"a site name has 1 to 40 letters, digits, - or _, not {name!r}")
    return name


def place(store: str, default_site: str) -> Place:
    """The place that an option names: `memory`, a file, or `postgresql://...`.

    The default site of a file store lies in that file, every other site in a file beside it.

    Raises:
        StoreError: the text names no store that can be used.
    """
    if store == "memory":
        return Place("memory", lambda _: in_memory(), list)
    if store.startswith(("postgresql:", "postgresql+psycopg:")):
        return _postgresql(store)
    if "://" in store:
        raise StoreError(
            f"there is no store of the kind {store.partition('://')[0]}; name memory, a file or postgresql://"
        )
    try:
        return _file(Path(store).expanduser(), default_site)
    except RuntimeError as error:  # ~somebody
        raise StoreError(f"the store {store} cannot be opened: {error}") from error


def _file(file: Path, default_site: str) -> Place:
    if not file.parent.is_dir():
        raise StoreError(f"the store {file} cannot be opened: there is no folder {file.parent}")
    if file.is_dir():
        raise StoreError(f"the store {file} is a folder; name a file in it")

    def path(name: str) -> Path:
        own = check_site_name(name).lower()
        return file if own == default_site.lower() else file.with_name(f"{file.stem}.{own}{file.suffix}")

    def sites() -> list[str]:
        beside = re.compile(re.escape(file.stem) + r"\.([a-z0-9_-]{1,40})" + re.escape(file.suffix))
        found = [match[1] for each in file.parent.iterdir() if (match := beside.fullmatch(each.name))]
        return ([default_site] if file.exists() else []) + found

    return Place("file", lambda name: SqliteDatabase(path(name)), sites)


def _postgresql(store: str) -> Place:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        from mock_eloqua.store.postgres import PostgresDatabase, site_schemas
    except ModuleNotFoundError as missing:
        raise StoreError("PostgreSQL needs psycopg: pip install 'mock-eloqua[postgres]'") from missing
    try:
        named = make_url(store).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise StoreError("the store is no database URL; write postgresql://user@host:5432/database") from None
    schema = named.query.get("schema", "mock_eloqua")
    if not isinstance(schema, str) or not _SITE_NAME.fullmatch(schema):
        raise StoreError("schema= in a database URL names the beginning of our schemas: letters, digits, - or _")
    url, prefix = named.difference_update_query(["schema"]), f"{schema.lower()}$"

    def open_site(name: str) -> Database:
        return PostgresDatabase(url, prefix + check_site_name(name).lower())

    return Place("postgresql", open_site, lambda: site_schemas(url, prefix))
