"""A page of the rows of a table, and how many rows there are in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Row, Table, bindparam, func, select

from mock_eloqua.store.database import Database

T = TypeVar("T")


def page(
    database: Database,
    table: Table,
    columns: Sequence[ColumnElement[Any]],
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    by: str = "id",
    offset: int,
    limit: int | None,
) -> tuple[Sequence[Row[*tuple[Any, ...]]], int]:
    """The *columns* of the rows that fulfil *where*, from *offset*, at most *limit*; and how many do in all.

    Rows that *order_by* leaves equal come in the order of the column *by*, so that pages do not overlap.
    """
    query = select(*columns).where(where).order_by(*order_by, table.c[by]).offset(offset).limit(limit)
    with database.reading() as connection:
        rows = connection.execute(query).all()
        if (total := _told(len(rows), offset, limit)) is None:
            total = connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
    return rows, total


class Pages(Generic[T]):
    """The pages of what is asked for over and over, in the order of the column `id`; *make* gets a row's columns."""

    def __init__(
        self, table: Table, columns: Sequence[ColumnElement[Any]], where: ColumnElement[bool], make: Callable[..., T]
    ) -> None:
        offset, limit = bindparam("offset", type_=BigInteger), bindparam("limit", type_=BigInteger)
        self._rows = select(*columns).where(where).order_by(table.c.id).offset(offset).limit(limit)
        self._count = select(func.count()).select_from(table).where(where)
        self._make = make

    def page(self, database: Database, *, offset: int, limit: int) -> tuple[list[T], int]:
        """At most *limit* from *offset*, and how many there are in all."""
        rows = database.every(self._rows, offset=offset, limit=limit)
        if (total := _told(len(rows), offset, limit)) is None:
            ((total,),) = database.every(self._count)
        return [self._make(*row) for row in rows], total


def _told(found: int, offset: int, limit: int | None) -> int | None:
    """How many rows there are in all, where a page tells: the last one does, unless it is empty."""
    return offset + found if (limit is None or found < limit) and (found or not offset) else None
