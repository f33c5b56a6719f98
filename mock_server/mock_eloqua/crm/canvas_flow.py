"""What happens as time passes: on canvases starts, evaluations, members going on, ends (`rest` 14.1); deployments.

Time is followed when somebody looks (`catch_up`), in the order in which things fell due, so that the same clock gives
the same state whether it was looked at in between or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select

from mock_eloqua import dates
from mock_eloqua.crm import (
    assets,
    batch_deployments,
    canvas_members,
    canvas_rules,
    canvas_schedule,
    canvas_steps,
    lists,
    segments,
)
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import (
    ACTIVE,
    CAMPAIGN,
    COMPLETED,
    CONTACT,
    LIST,
    SCHEDULED,
    SEGMENT,
    Canvas,
    Element,
    drawn,
)
from mock_eloqua.crm.canvas_members import Member, placed
from mock_eloqua.crm.canvas_schedule import Schedule
from mock_eloqua.crm.canvas_steps import Outcome, Visit
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_MOST_STEPS = 10_000
"""Instants that one look catches up with; the rest, of a circle with short waits, is left to the next."""
_HOUR = 3_600_000
_SHORTEST = 60_000


def catch_up(site: Site) -> None:
    """Let happen what was due until now: starts, evaluations of segments, members going on, ends, deployments."""
    now = site.clock.now()
    waiting = (batch_deployments.earliest(site, now), canvas_schedule.earliest(site, now))
    if waiting == (None, None) and not canvas_schedule.watched(site):
        return
    with site.database.writing():
        left = _run_due(site, now, _MOST_STEPS)
        for kind, key in canvas_schedule.watched(site):
            _watch(site, drawn(assets.get(site, kind, key)), now)
        _run_due(site, now, left)


def redrawn(site: Site, old: Canvas, new: Canvas) -> None:
    """An active canvas has changed: who was at an element that is gone leaves, new sources let members in."""
    now = site.clock.now()
    with site.database.writing():
        canvas_members.hold(site, new)
        plan = canvas_schedule.get(site, new)
        added = [each for each in new.sources() if each.id not in old.elements]
        for each in added:
            _evaluate(site, new, each, now)
        kept = {key: due_at for key, due_at in plan.evaluations.items() if int(key) in new.elements}
        _plan(site, new, {**kept, **_evaluations(site, added, now)})
        catch_up(site)


def _run_due(site: Site, now: int, most: int) -> int:
    while most > 0 and (found := canvas_schedule.earliest(site, now)) is not None:
        kind, key, due_at = found
        _deploy_due(site, due_at)
        _run(site, drawn(assets.get(site, kind, key)), due_at, now)
        most -= 1
    _deploy_due(site, now)
    return most


def _deploy_due(site: Site, now: int) -> None:
    while (found := batch_deployments.earliest(site, now)) is not None:
        batch_deployments.dispatch(site, *found)


def _run(site: Site, of: Canvas, at: int, now: int) -> None:
    """What is due on one canvas at an instant."""
    plan, end = canvas_schedule.get(site, of), of.instant("endAt")
    evaluations = dict(plan.evaluations)
    if of.status == SCHEDULED:
        of = drawn(_turned(site, of, ACTIVE, at))
        for each in of.sources():
            _evaluate(site, of, each, at)
        evaluations = _evaluations(site, of.sources(), at)
    if of.status != ACTIVE:
        canvas_schedule.put(site, of, Schedule())
        return
    if of.kind == CAMPAIGN and end is not None and end <= at:
        canvas_schedule.put(site, drawn(_turned(site, of, COMPLETED, at)), Schedule())
        return
    for key, due_at in evaluations.items():
        if due_at <= at and (element := of.elements.get(int(key))) is not None:
            _evaluate(site, of, element, at)
            pace = _pace(site, element)
            missed = max(0, now - at) // pace  # looked at once, however long nobody did
            evaluations[key] = at + (missed + 1) * pace
    _go_on(site, of, canvas_members.due(site, of, at), at)
    _plan(site, of, evaluations)


def _turned(site: Site, of: Canvas, word: str, at: int) -> Asset:
    values: dict[str, Any] = {"currentStatus": word}
    if word == ACTIVE and "firstActivation" not in of.asset.doc:
        values["firstActivation"] = dates.unix(at)
    return assets.write_doc(site, of.asset, **values)


def _evaluations(site: Site, sources: Iterator[Element] | Sequence[Element], at: int) -> dict[str, int]:
    """When recurring sources are evaluated again that were at an instant."""
    return {str(each.id): at + _pace(site, each) for each in sources if each.says("isRecurring")}


def _pace(site: Site, element: Element) -> int:
    """Milliseconds between evaluations of a recurring source [inferred: at least a minute, an hour by default]."""
    return max(element.milliseconds(site, "reEvaluationFrequency") or _HOUR, _SHORTEST)


def _plan(site: Site, of: Canvas, evaluations: Mapping[str, int]) -> None:
    end = of.instant("endAt") if of.kind == CAMPAIGN else None
    coming = [canvas_members.next_due(site, of), end, *evaluations.values()]
    watched = any(canvas_members.how_many(site, of, canvas_members.at(each.id)) for each in _rules(of))
    canvas_schedule.put(
        site, of, Schedule(min((each for each in coming if each is not None), default=None), watched, evaluations)
    )


def _rules(of: Canvas) -> Iterator[Element]:
    """The elements at which members wait for something to happen."""
    return (each for each in of.elements.values() if each.word in canvas_rules.RULES)


def _evaluate(site: Site, of: Canvas, source: Element, at: int) -> None:
    if of.entity == CONTACT:
        canvas_steps.let_in(site, of, _members_of(site, source), at, source)


def _members_of(site: Site, source: Element) -> list[int]:
    """The contacts that a segment or list has now."""
    if source.word == LIST and (key := source.number("listId")) is not None:
        condition = lists.has_member(key)
    elif source.word == SEGMENT and (key := source.number("segmentId")) is not None:
        segments.calculate(site, key)
        condition = segments.in_segment(site, key)
    else:
        return []
    query = select(tables.contact.c.id).where(condition).order_by(tables.contact.c.id)
    with site.database.reading() as connection:
        return list(connection.execute(query).scalars())


def _watch(site: Site, of: Canvas, now: int) -> None:
    """Let those go on for whom something happened that they waited for."""
    ready: list[Member] = []
    for each in _rules(of):
        fulfilling = canvas_members.who(canvas_rules.yes(site, of, each, now))
        ready += canvas_members.find(site, of, and_(canvas_members.at(each.id), fulfilling))
    if ready:
        _go_on(site, of, ready, now, has_waited=False)
        _plan(site, of, canvas_schedule.get(site, of).evaluations)


def _go_on(site: Site, of: Canvas, members: Sequence[Member], at: int, *, has_waited: bool = True) -> None:
    """Move members until they wait, stay, or come to an end.

    A circle of lines without a wait is walked once for each element; those who are still on it then stay.
    """
    here: dict[int, list[Member]] = defaultdict(list)
    for each in members:
        here[each.element_id or 0].append(each)
    waits = has_waited
    for _ in range(len(of.elements) + 1):
        if not here:
            return
        here, waits = _moved(site, of, here, at, has_waited=waits), False
    for key, left in here.items():
        canvas_members.place(site, [placed(each, key, at, None, is_finished=False) for each in left])


def _moved(
    site: Site, of: Canvas, here: Mapping[int, list[Member]], at: int, *, has_waited: bool
) -> dict[int, list[Member]]:
    further: dict[int, list[Member]] = defaultdict(list)
    settled: list[Member] = []
    for key, members in here.items():
        element = of.elements.get(key)
        if element is None:
            settled += [placed(each, None, at, None, is_finished=False) for each in members]
            continue
        waited = [each for each in members if has_waited and each.arrived_at < at]
        fresh = [each for each in members if not (has_waited and each.arrived_at < at)]
        for group in filter(None, (waited, fresh)):
            for outcome in canvas_steps.step(Visit(site, of, element, group, at, group is waited)):
                to = element.exit(outcome.exit) if outcome.exit else None
                if to in of.elements and to is not None:
                    further[to] += outcome.members
                else:
                    settled += [_settled(each, element, outcome, at) for each in outcome.members]
    canvas_members.place(site, settled)
    return further


def _settled(member: Member, element: Element, outcome: Outcome, at: int) -> Member:
    arrived = member.arrived_at if member.element_id == element.id else at
    return placed(member, element.id, arrived, outcome.until, is_finished=outcome.exit is not None)
