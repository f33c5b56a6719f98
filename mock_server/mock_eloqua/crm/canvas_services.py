"""Steps at which members wait for a service outside: cloud apps and connectors (`bulk` 13, `soap` 9).

A service claims members and says which way they go. Bulk names the instance of an app and contacts or records,
SOAP the id of a step and members; both mean the same people here. Executions of apps are not told apart.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from mock_eloqua.crm import assets, canvas_flow, canvas_members, canvas_schedule, canvas_steps
from mock_eloqua.crm.canvas import ACTIVE as RUNNING
from mock_eloqua.crm.canvas import FEEDER, Canvas, Element, drawn
from mock_eloqua.crm.canvas_members import Member, placed
from mock_eloqua.site import Site
from mock_eloqua.store import tables

PENDING, ACTIVE, ERRORED, COMPLETE = "pending", "active", "errored", canvas_steps.COMPLETE
"""A member that waits, one that a service works on, one with which it failed, one that may go on."""
EXITS = {COMPLETE: "out", "yes": "yes", "no": "no"}
"""What a service may say besides, to the terminal through which members go on."""
STATUSES = (PENDING, ACTIVE, ERRORED, *EXITS)
_MOST = 5000
"""Values in one question to a database."""
INSTANCE = "instanceId"
"""The property of an element that names its instance of an app [inferred]; without one it is given one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an active campaign or program."""

    canvas: Canvas
    element: Element


def with_instances(elements: Sequence[Mapping[str, Any]], old: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Elements with an instance for each cloud step: the one it had, else a new one."""
    known = {each["id"]: each[INSTANCE] for each in old if INSTANCE in each}
    return [
        {**each, INSTANCE: each.get(INSTANCE) or known.get(each["id"]) or str(uuid.uuid4())}
        if "Cloud" in each["type"]
        else dict(each)
        for each in elements
    ]


def steps(site: Site) -> Iterator[Step]:
    """The steps of services on active canvases, and the feeders."""
    state = tables.canvas_state.c
    with site.database.reading() as connection:
        found = connection.execute(select(state.kind, state.canvas_id).order_by(state.kind, state.canvas_id)).all()
    for kind, key in found:
        canvas = drawn(assets.get(site, kind, key))
        if canvas.status == RUNNING:
            for each in canvas.elements.values():
                if each.word == FEEDER or canvas_steps.is_a_service(each):
                    yield Step(canvas, each)


def of_id(site: Site, key: int) -> Step | None:
    """The step of that id; ids of elements are one series over all canvases."""
    return next((each for each in steps(site) if each.element.id == key), None)


def of_instance(site: Site, guid: str) -> Step | None:
    """The step with that instance of an app; its guid may be written with dashes or without."""
    return next((each for each in steps(site) if _plain(each.element.doc.get(INSTANCE)) == _plain(guid)), None)


def _plain(guid: Any) -> str:
    return str(guid or "").replace("-", "").lower()


def members(
    site: Site, step: Step, status: str = PENDING, *, offset: int = 0, limit: int | None = None
) -> list[Member]:
    """Those who wait at a step in a status (`pending`, `active`, `errored`), by the order in which they came."""
    canvas_flow.catch_up(site)
    return canvas_members.find(site, step.canvas, _waiting(step, status), offset=offset, limit=limit)


def member_ids(step: Step, status: str = PENDING) -> Select[Any]:
    """The ids of the contacts or records who wait at a step in a status, for a condition on those."""
    return canvas_members.ids(step.canvas, _waiting(step, status))


def how_many(site: Site, step: Step, status: str = PENDING) -> int:
    """How many wait at a step in a status."""
    canvas_flow.catch_up(site)
    return canvas_members.how_many(site, step.canvas, _waiting(step, status))


def _waiting(step: Step, status: str) -> ColumnElement[bool]:
    kept = None if status == PENDING else status
    return and_(canvas_members.at(step.element.id), canvas_members.having(kept))


def set_status(site: Site, step: Step, status: str, member_ids: Iterable[int] | None = None) -> list[Member]:
    """Say something of contacts or records who wait at a step; of all of them where none are named.

    `complete`, `yes` and `no` let them go on; `errored` as well, where a terminal `default` leads somewhere [inferred:
    the terminal], else they stay. Of others than those who wait there nothing can be said (`platform` Q67). To a
    feeder, `complete` lets them in. *status* is one of `STATUSES`; *member_ids* are ids of contacts, or of records
    where the program is made for those. Gives those of whom it was said, as they were before.
    """
    with site.database.writing():
        canvas_flow.catch_up(site)
        wanted = None if member_ids is None else list(member_ids)
        if step.element.word == FEEDER:
            found = _fed(site, step, wanted or []) if status == COMPLETE else []
        else:
            found = _there(site, step, wanted)
            say(site, step, status, found)
        canvas_flow.catch_up(site)
    return found


def _there(site: Site, step: Step, wanted: Sequence[int] | None) -> list[Member]:
    at = canvas_members.at(step.element.id)
    if wanted is None:
        return canvas_members.find(site, step.canvas, at)
    parts = (wanted[start : start + _MOST] for start in range(0, len(wanted), _MOST))
    return [each for ids in parts for each in canvas_members.find(site, step.canvas, and_(at, canvas_members.who(ids)))]


def _fed(site: Site, step: Step, member_ids: Sequence[int]) -> list[Member]:
    there = canvas_members.existing(site, step.canvas, member_ids)
    return canvas_steps.let_in(site, step.canvas, there, site.clock.now(), step.element)


def say(site: Site, step: Step, status: str, found: Sequence[Member]) -> None:
    """Say something of members who are at a step, inside the caller's write; `canvas_flow` then moves them on."""
    now, element = site.clock.now(), step.element
    name = EXITS.get(status, "default" if status == ERRORED and "default" in element.exits else None)
    to = element.exit(name) if name else None
    if name is None:
        said = [_standing(each, None if status == PENDING else status) for each in found]
    elif to is None or to not in step.canvas.elements:
        said = [placed(each, element.id, each.arrived_at, None, is_finished=True) for each in found]
    else:
        said = [placed(each, to, now, now, is_finished=False) for each in found]
        canvas_schedule.wake(site, step.canvas, now)
    canvas_members.place(site, said)


def hold(site: Site, step: Step, found: Sequence[Member], until: int) -> None:
    """Let members who are at a step go on at an instant, unless something else is said of them before."""
    canvas_members.place(site, [_standing(each, COMPLETE, until) for each in found])
    canvas_schedule.wake(site, step.canvas, until)


def _standing(member: Member, status: str | None, due_at: int | None = None) -> Member:
    return replace(placed(member, member.element_id, member.arrived_at, due_at, is_finished=False), status=status)
