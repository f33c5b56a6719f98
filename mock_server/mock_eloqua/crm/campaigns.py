"""The life of campaigns and programs: Draft, Scheduled, Active, Paused, Completed (`rest` 14.1).

Time is followed when somebody looks (`catch_up`), in the order in which things fell due, so that the same clock gives
the same state whether it was looked at in between or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.crm import (
    assets,
    canvas,
    canvas_members,
    canvas_schedule,
    canvas_steps,
    contacts,
    lists,
    references,
    segments,
)
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import CAMPAIGN, CONTACT, LIST, PROGRAM, SEGMENT, Canvas, Element, drawn
from mock_eloqua.crm.canvas_members import Member, placed
from mock_eloqua.crm.canvas_schedule import Schedule
from mock_eloqua.crm.canvas_steps import Outcome, Visit
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

DRAFT, SCHEDULED, ACTIVE, PAUSED, COMPLETED = "Draft", "Scheduled", "Active", "Paused", "Completed"
_MOST_STEPS = 1000
"""Instants that one look catches up with; the rest is left to the next."""
_HOUR = 3600


def status(asset: Asset) -> str:
    """The word in `currentStatus`."""
    return drawn(asset).status


def prepared(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A campaign or program that is to be written: a new one is a draft, an active one cannot be changed.

    Raises:
        Invalid: it is active [inferred], or made for records of no custom object, or to run as nobody.
    """
    if old is not None and status(old) == ACTIVE:
        raise Invalid(_status_failure(old))
    if doc.get("defaultEntityType") == canvas.RECORD:
        key = doc.get("defaultEntityId", "")
        if key and not references.exists(site, "CustomObject", int(key)):
            raise Invalid(Failure("defaultEntityId", "RelationshipRequirement", key))
    if "runAsUserId" in doc:
        _check_user(site, int(doc["runAsUserId"]))
    return {"currentStatus": DRAFT, **doc}


def _status_failure(asset: Asset) -> Failure:
    return Failure("currentStatus", "RelationshipRequirement", status(asset))


def _check_user(site: Site, key: int) -> None:
    if all(each.id != key for each in users.everyone(site).values()):
        raise Invalid(Failure("runAsUserId", "RelationshipRequirement", str(key)))


def activate(
    site: Site, kind: str, key: int, *, at: int | None = None, run_as: int | None = None, user_id: int | None = None
) -> Asset:
    """Activate at an instant; without one at `startAt`, if that is to come, else now.

    Raises:
        NotFound: there is none.
        Invalid: it is active already, or cannot be activated as it is.
    """
    with site.database.writing():
        catch_up(site)
        old = assets.get(site, kind, key)
        if status(old) == ACTIVE:
            raise Invalid(_status_failure(old))
        if run_as is not None:
            _check_user(site, run_as)
        now = site.clock.now()
        start = max(now, (drawn(old).instant("startAt") or now) if at is None else at)
        if failures := canvas.errors(drawn(old), start):
            raise Invalid(*failures)
        resumes = status(old) == PAUSED and start == now
        written = {"currentStatus": ACTIVE if resumes else SCHEDULED, "scheduledFor": dates.unix(start)}
        if run_as is not None:
            written["runAsUserId"] = str(run_as)
        active = drawn(_written(site, old, written, user_id))
        canvas_members.hold(site, active)
        canvas_schedule.put(site, active, Schedule(due_at=start))
        catch_up(site)
    return assets.get(site, kind, key)


def deactivate(site: Site, kind: str, key: int, user_id: int | None = None) -> Asset:
    """Back to a draft; its members stay where they are.

    Raises:
        NotFound: there is none.
    """
    return _stopped(site, kind, key, DRAFT, user_id)


def pause(site: Site, kind: str, key: int, user_id: int | None = None) -> Asset:
    """Let members stay where they are until it is activated again.

    Raises:
        NotFound: there is none.
        Invalid: it is not active [inferred].
    """
    with site.database.writing():
        catch_up(site)
        old = assets.get(site, kind, key)
        if status(old) not in (ACTIVE, PAUSED):
            raise Invalid(_status_failure(old))
        return _stopped(site, kind, key, PAUSED, user_id)


def _stopped(site: Site, kind: str, key: int, word: str, user_id: int | None) -> Asset:
    with site.database.writing():
        catch_up(site)
        old = assets.get(site, kind, key)
        if status(old) == word:
            return old
        stopped = _written(site, old, {"currentStatus": word, "scheduledFor": None}, user_id)
        canvas_schedule.put(site, drawn(stopped), Schedule())
    return stopped


def _written(site: Site, old: Asset, values: Mapping[str, str | None], user_id: int | None) -> Asset:
    doc = {name: value for name, value in {**old.doc, **values}.items() if value is not None}
    return assets.change(site, old.kind, old.id, name=old.name, doc=doc, user_id=user_id, unique=False)


def errors(site: Site, kind: str, key: int) -> list[Failure]:
    """Why it cannot be activated now; none when it can."""
    found = assets.get(site, kind, key)
    return canvas.errors(drawn(found), site.clock.now())


def add_members(site: Site, kind: str, key: int, member_ids: Iterable[int]) -> int:
    """Put contacts (or records, where a program is made for them) into an active campaign or program.

    How many went in: none who is there already, unless they may, and nobody while it is not active.

    Raises:
        NotFound: there is no such campaign or program.
    """
    with site.database.writing():
        catch_up(site)
        to = drawn(assets.get(site, kind, key))
        entered = canvas_steps.let_in(site, to, _existing(site, to, member_ids), site.clock.now())
        catch_up(site)
    return len(entered)


def submitted(site: Site, form_id: int, contact_ids: Iterable[int]) -> None:
    """Let those who submitted a form into the active campaigns that have it on their canvas."""
    wanted = list(contact_ids)
    using = [each for each in references.dependants(site, "Form", form_id) if each[0] in (CAMPAIGN, PROGRAM)]
    if not using or not wanted:
        return
    with site.database.writing():
        catch_up(site)
        for kind, key, _ in using:
            to = drawn(assets.get(site, kind, key))
            for each in to.sources():
                if each.word == canvas.FORM and each.number("formId") == form_id and to.entity == CONTACT:
                    canvas_steps.let_in(site, to, _existing(site, to, wanted), site.clock.now(), each)
        catch_up(site)


def _existing(site: Site, to: Canvas, member_ids: Iterable[int]) -> list[int]:
    wanted = list(member_ids)
    if to.entity == CONTACT:
        known = set(contacts.by_ids(site, wanted))
    else:
        record, parent = tables.custom_object_record, int(to.asset.doc.get("defaultEntityId", "0"))
        query = select(record.c.id).where(record.c.kind == "CustomObject", record.c.parent_id == parent)
        with site.database.reading() as connection:
            known = set(connection.execute(query).scalars())
    return [each for each in wanted if each in known]


def gone(site: Site, kind: str, key: int) -> None:
    """Forget who was in a campaign or program that is deleted."""
    canvas_members.remove(site, kind, key)
    canvas_schedule.remove(site, kind, key)


def catch_up(site: Site) -> None:
    """Let happen what was due until now: starts, evaluations of segments, members going on, ends."""
    now = site.clock.now()
    if canvas_schedule.earliest(site, now) is None and not canvas_schedule.watched(site):
        return
    with site.database.writing():
        left = _run_due(site, now, _MOST_STEPS)
        for kind, key in canvas_schedule.watched(site):
            _watch(site, drawn(assets.get(site, kind, key)), now)
        _run_due(site, now, left)


def _run_due(site: Site, now: int, most: int) -> int:
    while most > 0 and (found := canvas_schedule.earliest(site, now)) is not None:
        kind, key, due_at = found
        _run(site, drawn(assets.get(site, kind, key)), due_at, now)
        most -= 1
    return most


def _run(site: Site, of: Canvas, at: int, now: int) -> None:
    """What is due on one canvas at an instant."""
    plan, end = canvas_schedule.get(site, of), of.instant("endAt")
    evaluations = dict(plan.evaluations)
    if of.status == SCHEDULED:
        of = drawn(_turned(site, of, ACTIVE, at))
        evaluations = {}
        for each in of.sources():
            _evaluate(site, of, each, at)
            if each.says("isRecurring"):
                evaluations[str(each.id)] = at + _pace(each)
    if of.status != ACTIVE:
        canvas_schedule.put(site, of, Schedule())
        return
    if of.kind == CAMPAIGN and end is not None and end <= at:
        canvas_schedule.put(site, drawn(_turned(site, of, COMPLETED, at)), Schedule())
        return
    for key, due_at in evaluations.items():
        if due_at <= at and (element := of.elements.get(int(key))) is not None:
            _evaluate(site, of, element, at)
            missed = max(0, now - at) // _pace(element)  # looked at once, however long nobody did
            evaluations[key] = at + (missed + 1) * _pace(element)
    _go_on(site, of, canvas_members.due(site, of, at), at)
    _plan(site, of, evaluations)


def _turned(site: Site, of: Canvas, word: str, at: int) -> Asset:
    values: dict[str, Any] = {"currentStatus": word}
    if word == ACTIVE and "firstActivation" not in of.asset.doc:
        values["firstActivation"] = dates.unix(at)
    return assets.write_doc(site, of.asset, **values)


def _pace(element: Element) -> int:
    """Milliseconds between evaluations of a recurring segment; `reEvaluationFrequency` read as seconds [inferred]."""
    return max(element.number("reEvaluationFrequency") or _HOUR, 60) * 1000


def _plan(site: Site, of: Canvas, evaluations: Mapping[str, int]) -> None:
    end = of.instant("endAt") if of.kind == CAMPAIGN else None
    coming = [canvas_members.next_due(site, of), end, *evaluations.values()]
    rules = [each.id for each in of.elements.values() if each.word in canvas_steps.WATCHED]
    watched = bool(rules) and bool(canvas_members.waiting_at(site, of, rules))
    canvas_schedule.put(
        site, of, Schedule(min((each for each in coming if each is not None), default=None), watched, evaluations)
    )


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
    rules = [each.id for each in of.elements.values() if each.word in canvas_steps.WATCHED]
    _go_on(site, of, canvas_members.waiting_at(site, of, rules), now, has_waited=False)
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
