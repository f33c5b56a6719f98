"""Lead scoring as data: models, and what they say of contacts (`bulk` 14, 16.2). No score is worked out here.

The product scores contacts by criteria of its own pages, which no API tells of; seeds say the scores.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

MODEL = "ContactScoringModel"
ACTIVE = "Active"
MOST = 100
"""A profile or engagement score at its best [inferred: they are percentages]."""
_table = tables.contact_score


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three things that a model says of a contact."""

    name: str
    column: ColumnElement[Any]
    kind: Kind


PARTS = (
    Part("Rating", _table.c.rating, Kind.TEXT),
    Part("ProfileScore", _table.c.profile_score, Kind.ID),
    Part("EngagementScore", _table.c.engagement_score, Kind.ID),
)
"""`A1` for instance, and the two scores that it sums up [doc]."""


def create(site: Site, name: str, status: str) -> Asset:
    """Add a model.

    Raises:
        Invalid, Duplicate: as for any asset.
    """
    return assets.create(site, MODEL, name=name, doc={"status": status})


def put(
    site: Site, model_id: int, contact_id: int, rating: str, profile_score: int | None, engagement_score: int | None
) -> None:
    """Keep what a model says of a contact now."""
    key = {"model_id": model_id, "contact_id": contact_id}
    said = {"rating": rating, "profile_score": profile_score, "engagement_score": engagement_score}
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.model_id == model_id, _table.c.contact_id == contact_id))
        connection.execute(_table.insert(), key | said)


def said(site: Site, model_id: int, part: Part, contact_ids: Iterable[int]) -> dict[int, str]:
    """What a model says of those of the contacts that it has scored, as text."""
    scored = among(_table.c.contact_id, literal(to_json(list(contact_ids))))
    query = select(_table.c.contact_id, part.column.label("said")).where(_table.c.model_id == model_id, scored)
    with site.database.reading() as connection:
        return {row.contact_id: str(row.said) for row in connection.execute(query) if row.said is not None}


def operand(model_id: int, part: Part) -> Operand:
    """The same in filters of contacts; blank where nobody is scored."""
    of_contact = select(part.column).where(_table.c.model_id == model_id, _table.c.contact_id == tables.contact.c.id)
    return Operand(of_contact.scalar_subquery(), part.kind)


def forget_contact(site: Site, contact_id: int) -> None:
    """Nobody is scored who is gone."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.contact_id == contact_id))
