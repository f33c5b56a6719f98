"""Sessions of events: how many may register for each (`rest` 13)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select

from mock_eloqua.crm import assets
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

EVENT = "EventRegistration"
_CANCELLED = ("canceled", "cancelled")
_table = tables.custom_object_record


def check(site: Site, event_id: int, values: Mapping[str, str], own_id: int | None) -> None:
    """A registration with these values has a place in its session.

    The session is the one whose name, or id, stands in the field that groups the event; the only one, where no field
    does [inferred]. Those who cancelled leave their place to others [inferred].

    Raises:
        Invalid: `participantsLimit`, the most participants of a session [doc], is reached [inferred: a 400].
    """
    if site.settings.participants_limit == "ignore":
        return
    doc = assets.get(site, EVENT, event_id).doc
    sessions, field = doc.get("sessions", ()), doc.get("eventGroupByFieldId", "")
    named = values.get(field, "").strip().lower()
    fitting = [each for each in sessions if not field or named in (each.get("name", "").lower(), each["id"])]
    if len(fitting) != 1 or not (limit := fitting[0].get("participantsLimit")):
        return
    session = fitting[0]
    others: list[ColumnElement[bool]] = [
        _table.c.kind == EVENT,
        _table.c.parent_id == event_id,
        func.lower(_table.c.status).not_in(_CANCELLED),
    ]
    if field:
        grouped = func.lower(func.trim(_table.c.doc[field].as_string()))
        others.append(grouped.in_((session.get("name", "").lower(), session["id"])))
    if own_id is not None:
        others.append(_table.c.id != own_id)
    with site.database.reading() as connection:
        taken = connection.execute(select(func.count()).select_from(_table).where(*others)).scalar_one()
    if taken >= int(limit):
        given = values.get(field, "") or session["id"]
        raise Invalid(Failure(field or "fieldValues", "RelationshipRequirement", given))
