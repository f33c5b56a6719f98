"""How much is staged, uploads and exported rows together, and how much may be (`platform` T11)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from mock_eloqua.access.limits import STAGING_AREA
from mock_eloqua.crm.transfer.errors import StorageFull
from mock_eloqua.site import Site
from mock_eloqua.store import tables


def of_uploads(site: Site) -> int:
    """Bytes of the uploads that wait for a sync, or for the end of theirs."""
    return _bytes(site, tables.staged_file.c.content)


def of_exports(site: Site) -> int:
    """Bytes of exported rows."""
    return _bytes(site, tables.sync_rows.c.content)


def _bytes(site: Site, content: ColumnElement[bytes]) -> int:
    with site.database.reading() as connection:
        return int(connection.execute(select(func.sum(func.length(content)))).scalar() or 0)


def check(site: Site, more: int) -> None:
    """Look whether so many bytes more can be staged.

    Raises:
        StorageFull: they cannot.
    """
    if not site.thresholds.enforces(STAGING_AREA):
        return
    kilobytes = -(-(of_uploads(site) + of_exports(site) + more) // 1024)
    if not site.thresholds.allows(STAGING_AREA, kilobytes):
        raise StorageFull
