"""Who is in a campaign or program, and at which of its elements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.canvas import RECORD, Canvas
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.canvas_member
_MOST = 5000
"""Values in one question to a database."""


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
    status: str | None = None
    """What the service at its step said of it (`canvas_services`); None: nothing yet."""


_COLUMNS = [_table.c[name] for name in Member.__slots__]


def _of(kind: str, key: int) -> ColumnElement[bool]:
    return and_(_table.c.kind == kind, _table.c.canvas_id == key)


def find(
    site: Site, canvas: Canvas, where: ColumnElement[bool], *, offset: int = 0, limit: int | None = None
) -> list[Member]:
    """The members of a canvas that fulfil a condition on the table, by the order in which they came."""
    query = select(*_COLUMNS).where(_of(canvas.kind, canvas.id), where).order_by(_table.c.id)
    with site.database.reading() as connection:
        return [Member(*row) for row in connection.execute(query.offset(offset).limit(limit))]


def due(site: Site, canvas: Canvas, at: int) -> list[Member]:
    """Those whose time has come."""
    return find(site, canvas, _table.c.due_at <= at)


def at(element_id: int) -> ColumnElement[bool]:
    """The condition of waiting at an element."""
    return and_(_table.c.element_id == element_id, _table.c.is_finished.is_(False))


def who(member_ids: Collection[int] | Select[Any]) -> ColumnElement[bool]:
    """The condition of being one of these contacts or records."""
    return _table.c.member_id.in_(member_ids)


def of_ids(stays: Collection[int]) -> ColumnElement[bool]:
    """The condition of being one of these stays."""
    return _table.c.id.in_(stays)


def arrived_before(instant: int) -> ColumnElement[bool]:
    """The condition of having come to its element before an instant."""
    return _table.c.arrived_at < instant


def having(status: str | None) -> ColumnElement[bool]:
    """The condition of a status."""
    return _table.c.status.is_(None) if status is None else _table.c.status == status


def ids(canvas: Canvas, where: ColumnElement[bool]) -> Select[Any]:
    """The ids of the contacts or records who are members and fulfil *where*."""
    return select(_table.c.member_id).where(_of(canvas.kind, canvas.id), where)


def how_many(site: Site, canvas: Canvas, where: ColumnElement[bool]) -> int:
    """How many members of a canvas fulfil a condition on the table."""
    query = select(func.count()).select_from(_table).where(_of(canvas.kind, canvas.id), where)
    with site.database.reading() as connection:
        return connection.execute(query).scalar_one()


def next_due(site: Site, canvas: Canvas) -> int | None:
    """When the next one goes on."""
    with site.database.reading() as connection:
        query = select(func.min(_table.c.due_at)).where(_of(canvas.kind, canvas.id))
        found: int | None = connection.execute(query).scalar()
    return found


def counts(site: Site, kind: str, key: int, where: ColumnElement[bool] | None = None) -> dict[int, int]:
    """How many there are at each element, of those who fulfil a condition; deleted records count no more."""
    records = select(tables.custom_object_record.c.id)
    is_there = or_(_table.c.entity != RECORD, _table.c.member_id.in_(records))
    query = select(_table.c.element_id, func.count()).where(_of(kind, key), _table.c.element_id.is_not(None), is_there)
    if where is not None:
        query = query.where(where)
    with site.database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(_table.c.element_id))}


def enter(
    site: Site, canvas: Canvas, element_id: int, member_ids: Iterable[int], at: int, *, again: bool, twice: bool
) -> list[Member]:
    """Let contacts or records in at an element; who was there before comes in *again*, who is there *twice*, or not."""
    wanted = list(dict.fromkeys(member_ids))
    if not twice:
        barred = _there(site, canvas, wanted, was=not again)
        wanted = [each for each in wanted if each not in barred]
    if not wanted:
        return []
    ids = site.database.next_ids("canvas_member", len(wanted))
    found = [Member(new_id, each, element_id, at, at, at, False) for new_id, each in zip(ids, wanted, strict=True)]
    varying = {"id": [each.id for each in found], "member_id": wanted}
    same = {
        "kind": canvas.kind,
        "canvas_id": canvas.id,
        "entity": canvas.entity,
        "element_id": element_id,
        "entered_at": at,
        "arrived_at": at,
        "due_at": at,
        "is_finished": False,
    }
    site.database.insert_many(_table, varying, same)
    return found


def _there(site: Site, canvas: Canvas, wanted: Sequence[int], *, was: bool) -> set[int]:
    """Who of them is on the canvas; with *was*, those as well who have left it or come to its end."""
    query = select(_table.c.member_id).where(_of(canvas.kind, canvas.id))
    if len(wanted) <= _MOST:
        query = query.where(who(wanted))
    if not was:
        query = query.where(_table.c.is_finished.is_(False), _table.c.element_id.is_not(None))
    with site.database.reading() as connection:
        return set(connection.execute(query).scalars())


def existing(site: Site, canvas: Canvas, member_ids: Iterable[int]) -> list[int]:
    """Those of the contacts (of the records of its object) that exist, in the same order."""
    wanted = list(member_ids)
    if canvas.entity != RECORD:
        query = select(tables.contact.c.id)
    else:
        record, parent = tables.custom_object_record.c, int(canvas.asset.doc.get("defaultEntityId", "0"))
        query = select(record.id).where(record.kind == "CustomObject", record.parent_id == parent)
    if len(wanted) <= _MOST:
        query = query.where(query.selected_columns[0].in_(wanted))
    with site.database.reading() as connection:
        known = set(connection.execute(query).scalars())
    return [each for each in wanted if each in known]


def place(site: Site, members: Sequence[Member]) -> None:
    """Write where members are now."""
    if members:
        names = ("id", "element_id", "arrived_at", "due_at", "is_finished", "status")
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
    return Member(member.id, member.member_id, element_id, member.entered_at, instant, due_at, is_finished)
