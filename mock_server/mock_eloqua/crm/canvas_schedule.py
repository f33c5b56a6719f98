"""When campaigns and programs have something to do next. Nothing runs by itself: whoever looks asks what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, or_, select, update

from mock_eloqua.crm.canvas import Canvas
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.canvas_state


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to come for one canvas. Instants are milliseconds since 1970 UTC."""

    due_at: int | None = None
    is_watched: bool = False
    """Members wait for something to happen, which nobody knows beforehand."""
    evaluations: Mapping[str, int] = field(default_factory=dict)
    """Id of a segment element to when it is evaluated again."""


def get(site: Site, canvas: Canvas) -> Schedule:
    """The schedule of a canvas."""
    query = select(_table).where(_table.c.kind == canvas.kind, _table.c.canvas_id == canvas.id)
    with site.database.reading() as connection:
        row = connection.execute(query).first()
    return Schedule(row.due_at, row.is_watched, row.doc["evaluations"]) if row else Schedule()


def put(site: Site, canvas: Canvas, schedule: Schedule) -> None:
    """Keep the schedule of a canvas."""
    written = {
        "due_at": schedule.due_at,
        "is_watched": schedule.is_watched,
        "doc": {"evaluations": dict(schedule.evaluations)},
    }
    mine = (_table.c.kind == canvas.kind, _table.c.canvas_id == canvas.id)
    with site.database.writing() as connection:
        if connection.execute(update(_table).where(*mine).values(written)).rowcount == 0:
            connection.execute(insert(_table), {"kind": canvas.kind, "canvas_id": canvas.id, **written})


def wake(site: Site, canvas: Canvas, at: int) -> None:
    """Have a canvas look after its members at an instant, if not before."""
    later = or_(_table.c.due_at.is_(None), _table.c.due_at > at)
    mine = (_table.c.kind == canvas.kind, _table.c.canvas_id == canvas.id)
    with site.database.writing() as connection:
        connection.execute(update(_table).where(*mine, later).values(due_at=at))


def remove(site: Site, kind: str, key: int) -> None:
    """Forget the schedule of a canvas."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.kind == kind, _table.c.canvas_id == key))


def earliest(site: Site, now: int) -> tuple[str, int, int] | None:
    """Kind and id of the canvas that was due first, and when."""
    query = select(_table.c.kind, _table.c.canvas_id, _table.c.due_at).where(_table.c.due_at <= now)
    with site.database.reading() as connection:
        row = connection.execute(query.order_by(_table.c.due_at, _table.c.kind, _table.c.canvas_id).limit(1)).first()
    return (row[0], row[1], row[2]) if row else None


def watched(site: Site) -> list[tuple[str, int]]:
    """Kind and id of those with members who wait for something to happen."""
    query = select(_table.c.kind, _table.c.canvas_id).where(_table.c.is_watched.is_(True))
    with site.database.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query.order_by(_table.c.kind, _table.c.canvas_id))]
