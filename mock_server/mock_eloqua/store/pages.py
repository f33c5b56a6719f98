"""A page of the rows of a table, and how many rows there are in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select

from mock_eloqua.store.database import Database


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
        total = connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
        return connection.execute(query).all(), total
