"""What becomes of records when the contact they belong to is deleted. Apart from `records`, which knows contacts."""

from __future__ import annotations

from sqlalchemy import and_, or_, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.custom_fields import OWNERS
from mock_eloqua.site import Site
from mock_eloqua.store import tables


def contact_deleted(site: Site, contact_id: int) -> None:
    """Records go with the contact where their object says so [doc]; others stay, linked to nobody [inferred]."""
    record = tables.custom_object_record
    linked = select(record.c.kind, record.c.parent_id).where(record.c.contact_id == contact_id).distinct()
    with site.database.writing() as connection:
        owners = [(row.kind, row.parent_id) for row in connection.execute(linked)]
        going = _deleting(site, owners)
        if going:
            gone = or_(*(and_(record.c.kind == kind, record.c.parent_id == key) for kind, key in going))
            connection.execute(sql_delete(record).where(record.c.contact_id == contact_id, gone))
        if len(going) < len(owners):
            connection.execute(update(record).where(record.c.contact_id == contact_id).values(contact_id=None))


def _deleting(site: Site, owners: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of the objects whose records go with their contact."""
    asset = tables.asset
    query = select(asset.c.kind, asset.c.id, asset.c.doc).where(
        asset.c.kind.in_(OWNERS), asset.c.id.in_([key for _, key in owners])
    )
    with site.database.reading() as connection:
        rows = connection.execute(query).all() if owners else []
    told = {(row.kind, row.id) for row in rows if row.doc.get("deleteLinkedCustomObjectData") == "true"}
    return [each for each in owners if each in told]
