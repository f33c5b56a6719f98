"""Who is in a campaign or program, and at which of its elements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.canvas import RECORD, Canvas
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.canvas_member


@dataclass(frozen=True, slots=True)
class Member:
    """One contact or record on its way. Instants are milliseconds since 1970 UTC."""

    id: int
    """Of its stay: who may come back, or be there twice, has several."""
    member_id: int
    element_id: int | None
    """None: it has left."""
    entered_at: int
    arrived_at: int
    due_at: int | None
    """When it goes on; None: it stays."""
    is_finished: bool
    """It has come to an end of the canvas."""


_COLUMNS = [_table.c[name] for name in Member.__slots__]


def _of(kind: str, key: int) -> ColumnElement[bool]:
    return and_(_table.c.kind == kind, _table.c.canvas_id == key)


def find(site: Site, canvas: Canvas, where: ColumnElement[bool] | None = None) -> list[Member]:
    """The members of a canvas that fulfil a condition on the table, by the order in which they came."""
    query = select(*_COLUMNS).where(_of(canvas.kind, canvas.id)).order_by(_table.c.id)
    with site.database.reading() as connection:
        return [Member(*row) for row in connection.execute(query if where is None else query.where(where))]


def due(site: Site, canvas: Canvas, at: int) -> list[Member]:
    """Those whose time has come."""
    return find(site, canvas, _table.c.due_at <= at)


def waiting_at(site: Site, canvas: Canvas, element_ids: Collection[int]) -> list[Member]:
    """Those who wait at some of its elements."""
    return find(site, canvas, and_(_table.c.element_id.in_(element_ids), _table.c.is_finished.is_(False)))


def next_due(site: Site, canvas: Canvas) -> int | None:
    """When the next one goes on."""
    with site.database.reading() as connection:
        query = select(func.min(_table.c.due_at)).where(_of(canvas.kind, canvas.id))
        found: int | None = connection.execute(query).scalar()
    return found


def counts(site: Site, kind: str, key: int) -> dict[int, int]:
    """How many there are at each element; records that are deleted count no more."""
    records = select(tables.custom_object_record.c.id)
    is_there = or_(_table.c.entity != RECORD, _table.c.member_id.in_(records))
    query = select(_table.c.element_id, func.count()).where(_of(kind, key), _table.c.element_id.is_not(None), is_there)
    with site.database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(_table.c.element_id))}


def enter(
    site: Site, canvas: Canvas, element_id: int, member_ids: Iterable[int], at: int, *, again: bool, twice: bool
) -> list[Member]:
    """Let contacts or records in at an element; who was there before comes in *again*, who is there *twice*, or not."""
    barred = set() if twice else {each.member_id for each in find(site, canvas) if not (again and _is_out(each))}
    wanted = [each for each in dict.fromkeys(member_ids) if each not in barred]
    if not wanted:
        return []
    ids = site.database.next_ids("canvas_member", len(wanted))
    found = [Member(new_id, each, element_id, at, at, at, False) for new_id, each in zip(ids, wanted, strict=True)]
    rows = [
        {name: getattr(each, name) for name in Member.__slots__}
        | {"kind": canvas.kind, "canvas_id": canvas.id, "entity": canvas.entity}
        for each in found
    ]
    with site.database.writing() as connection:
        connection.execute(insert(_table), rows)
    return found


def _is_out(member: Member) -> bool:
    return member.is_finished or member.element_id is None


def place(site: Site, members: Sequence[Member]) -> None:
    """Write where members are now."""
    if members:
        names = ("id", "element_id", "arrived_at", "due_at", "is_finished")
        site.database.update_many(_table, {name: [getattr(each, name) for each in members] for name in names})


def hold(site: Site, canvas: Canvas) -> None:
    """Let those go whose element is no longer on the canvas."""
    gone = _table.c.element_id.not_in(list(canvas.elements))
    with site.database.writing() as connection:
        left = update(_table).where(_of(canvas.kind, canvas.id), gone).values(element_id=None, due_at=None)
        connection.execute(left)


def remove(site: Site, kind: str, key: int) -> None:
    """Forget all members of a canvas."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_of(kind, key)))


def placed(member: Member, element_id: int | None, instant: int, due_at: int | None, *, is_finished: bool) -> Member:
    """The same member somewhere else."""
    return replace(member, element_id=element_id, arrived_at=instant, due_at=due_at, is_finished=is_finished)
