"""A sync as it is kept: one run of a definition, and what became of it (`bulk` 8.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from mock_eloqua.access.limits import SYNC_HISTORY
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer.lifetime import forgotten_before
from mock_eloqua.site import Site
from mock_eloqua.store import tables

PENDING, ACTIVE = "pending", "active"
_table = tables.sync


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """One run of a definition. Instants are milliseconds since 1970 UTC."""

    id: int
    definition_uri: str
    kind: str
    status: str
    user_id: int
    created_by: str
    created_at: int
    started_at: int | None
    ended_at: int | None
    expires_at: int | None
    """When its rows go."""
    callback_url: str | None
    rows: int
    columns: Sequence[str]
    """The keys of its rows and rejects."""
    actions: Sequence[Mapping[str, Any]]
    """Sync actions that it does besides those of its definition."""

    @property
    def uri(self) -> str:
        """Relative, as the Bulk API names it."""
        return f"/syncs/{self.id}"


_COLUMNS = [_table.c[name] for name in Sync.__dataclass_fields__]


def get(site: Site, sync_id: int) -> Sync:
    """One sync.

    Raises:
        NotFound: there is none, or it is older than a year.
    """
    found = select_all(site, _table.c.id == sync_id)
    if not found:
        raise NotFound("sync", sync_id)
    return found[0]


def find(site: Site, *, offset: int = 0, limit: int | None = None) -> tuple[list[Sync], int]:
    """A page of the syncs, in the order of their ids, and how many there are."""
    query = select(func.count()).select_from(_table).where(_remembered(site))
    with site.database.reading() as connection:
        total = connection.execute(query).scalar_one()
    return select_all(site, offset=offset, limit=limit), total


def how_many_under_way(site: Site, kind: str) -> int:
    """How many syncs of definitions of a kind have not ended."""
    query = select(func.count()).select_from(_table).where(_table.c.kind == kind, _table.c.ended_at.is_(None))
    with site.database.reading() as connection:
        return connection.execute(query).scalar_one()


def select_all(
    site: Site,
    *where: ColumnElement[bool],
    newest_first: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> list[Sync]:
    """The syncs that fulfil *where*, by id."""
    order: ColumnElement[Any] = _table.c.id.desc() if newest_first else _table.c.id.asc()
    query = select(*_COLUMNS).where(_remembered(site), *where).order_by(order).offset(offset).limit(limit)
    with site.database.reading() as connection:
        return [Sync(**row) for row in connection.execute(query).mappings()]


def _remembered(site: Site) -> ColumnElement[bool]:
    """Since 20D for a year [doc]."""
    first = forgotten_before(site, SYNC_HISTORY)
    return true() if first is None else _table.c.created_at > first
