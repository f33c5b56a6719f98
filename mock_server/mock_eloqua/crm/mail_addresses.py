"""What cloud connectors of 2012 found out about postal addresses (`soap` 9). Nothing else reads it."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from mock_eloqua.crm import labels
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site
from mock_eloqua.store import tables

CONTACT, ACCOUNT, RECORD = "contact", "account", "record"
UNVERIFIED = "Unverified"
"""What an address is of which nothing was said [inferred]."""

_table = tables.mail_address
_RECORDS = {CONTACT: tables.contact, ACCOUNT: tables.account, RECORD: tables.custom_object_record}


def status(site: Site, kind: str, key: int, user_id: int) -> str:
    """The status of the address of a record, whose ids are never given again.

    Raises:
        NotFound: there is no such record, or the user does not see it.
    """
    _check(site, kind, key, user_id)
    query = select(_table.c.status).where(_table.c.kind == kind, _table.c.record_id == key)
    with site.database.reading() as connection:
        found: str | None = connection.execute(query).scalar()
    return found or UNVERIFIED


def set_status(site: Site, kind: str, key: int, status: str, user_id: int) -> None:
    """Say the status of the address of a record.

    Raises:
        NotFound: there is no such record, or the user does not see it.
    """
    with site.database.writing() as connection:
        _check(site, kind, key, user_id)
        said = update(_table).where(_table.c.kind == kind, _table.c.record_id == key).values(status=status)
        if connection.execute(said).rowcount == 0:
            connection.execute(insert(_table), {"kind": kind, "record_id": key, "status": status})


def _check(site: Site, kind: str, key: int, user_id: int) -> None:
    if kind == CONTACT:
        labels.check(site, user_id, key)
    table = _RECORDS.get(kind)
    if table is None:
        raise NotFound("record", key)
    with site.database.reading() as connection:
        if connection.execute(select(table.c.id).where(table.c.id == key)).first() is None:
            raise NotFound(kind, key)
