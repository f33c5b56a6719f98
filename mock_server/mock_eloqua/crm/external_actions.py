"""Steps of campaigns and programs as cloud connectors see them, with members in three statuses (`soap` 9).

Programs run every so often: a member is shown from the run after the one that brought it, and goes on with the
run after it was said to be complete [doc]. `canvas_services` is what apps do at the same steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, and_, select

from mock_eloqua.crm import canvas_flow, canvas_members, canvas_services, labels
from mock_eloqua.crm.canvas import CONTACT
from mock_eloqua.crm.canvas_members import Member
from mock_eloqua.crm.canvas_services import COMPLETE, PENDING, Step
from mock_eloqua.site import Site
from mock_eloqua.store import tables

PROVIDER = "externalProvider"
"""The property of an element that names whose connector it is for [inferred]."""
_WORDS = ("CloudAction", "SendToCloudConnectorAction")
_MOST = 5000
"""Values in one question to a database."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a call says of a member: the id of its stay, and the step at which it should be."""

    id: int
    step_id: int


def steps(site: Site, provider: str = "") -> Iterator[Step]:
    """The steps for a provider's connectors, in any case; for everybody's where none is said [inferred]."""
    wanted = provider.strip().lower()
    for each in canvas_services.steps(site):
        if each.element.word in _WORDS and wanted in ("", _provider(each)):
            yield each


def _provider(step: Step) -> str:
    return str(step.element.doc.get(PROVIDER) or "").strip().lower()


def step(site: Site, key: int) -> Step | None:
    """The step of that id."""
    return next((each for each in steps(site) if each.element.id == key), None)


def members(
    site: Site, at: Step, status: str, user_id: int, *, offset: int = 0, limit: int | None = None
) -> list[Member]:
    """Those in a status (`pending`, `active`, `complete`) whom a user sees, by the order in which they came."""
    canvas_flow.catch_up(site)
    return canvas_members.find(site, at.canvas, _shown(site, at, status, user_id), offset=offset, limit=limit)


def how_many(site: Site, at: Step, status: str, user_id: int) -> int:
    """How many those are."""
    canvas_flow.catch_up(site)
    return canvas_members.how_many(site, at.canvas, _shown(site, at, status, user_id))


def _shown(site: Site, at: Step, status: str, user_id: int) -> ColumnElement[bool]:
    cycle, now = _cycle(site), site.clock.now()
    is_in_status = and_(_there(site, at, user_id), canvas_members.having(None if status == PENDING else status))
    if not cycle or status != PENDING:
        return is_in_status
    return and_(is_in_status, canvas_members.arrived_before(now - now % cycle))


def _there(site: Site, at: Step, user_id: int) -> ColumnElement[bool]:
    """Who was deleted since is there no longer."""
    if at.canvas.entity == CONTACT:
        existing = select(tables.contact.c.id).where(labels.seen_by(site, user_id))
    else:
        existing = select(tables.custom_object_record.c.id)
    return and_(canvas_members.at(at.element.id), canvas_members.who(existing))


def _cycle(site: Site) -> int:
    return round(site.settings.program_cycle_seconds * 1000)


def set_status(site: Site, named: Sequence[Named], status: str, user_id: int) -> list[tuple[Step, Member]]:
    """Say a status (`pending`, `active`, `complete`) of members who are at their step, in another one.

    Gives those, in the order of *named*: whom somebody else has claimed, or who is elsewhere, is not among them.
    """
    found: dict[int, tuple[Step, Member]] = {}
    with site.database.writing():
        canvas_flow.catch_up(site)
        for step_id, group in groupby(sorted(named, key=lambda each: each.step_id), key=lambda each: each.step_id):
            if (at := step(site, step_id)) is not None:
                news = _news(site, at, [each.id for each in group], status, user_id)
                _say(site, at, news, status)
                found |= {each.id: (at, each) for each in news}
        canvas_flow.catch_up(site)
    wanted = dict.fromkeys(each.id for each in named if each.id in found)
    return [found[each] for each in wanted]


def _news(site: Site, at: Step, stays: Sequence[int], status: str, user_id: int) -> list[Member]:
    """Those of some stays at a step of whom a status is not said already."""
    kept = None if status == PENDING else status
    parts = (stays[start : start + _MOST] for start in range(0, len(stays), _MOST))
    is_there = _there(site, at, user_id)
    found = [
        each for ids in parts for each in canvas_members.find(site, at.canvas, is_there & canvas_members.of_ids(ids))
    ]
    return [each for each in found if each.status != kept]


def _say(site: Site, at: Step, members: Sequence[Member], status: str) -> None:
    cycle, now = _cycle(site), site.clock.now()
    if status == COMPLETE and cycle:
        canvas_services.hold(site, at, members, until=now - now % cycle + cycle)
    else:
        canvas_services.say(site, at, status, members)
