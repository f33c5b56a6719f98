"""The life of campaigns and programs: Draft, Scheduled, Active, Paused, Completed (`rest` 14.1).

What happens on them as time passes is in `canvas_flow`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.crm import (
    assets,
    canvas,
    canvas_members,
    canvas_rules,
    canvas_schedule,
    canvas_services,
    canvas_steps,
    references,
)
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import ACTIVE, CAMPAIGN, CONTACT, DRAFT, PAUSED, PROGRAM, SCHEDULED, Canvas, drawn
from mock_eloqua.crm.canvas_flow import catch_up, redrawn
from mock_eloqua.crm.canvas_schedule import Schedule
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site


def status(asset: Asset) -> str:
    """The word in `currentStatus`."""
    return drawn(asset).status


def prepared(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A campaign or program that is to be written: a new one is a draft, an active one is changed by a switch only.

    Values of campaign fields are merged with those it has, by another switch (`rest` 18).

    Raises:
        Invalid: it is active [inferred], or made for records of no custom object, or to run as nobody.
    """
    if old is not None and status(old) == ACTIVE and site.settings.active_canvas_put == "error":
        raise Invalid(_status_failure(old))
    if doc.get("defaultEntityType") == canvas.RECORD:
        key = doc.get("defaultEntityId", "")
        if key and not references.exists(site, "CustomObject", int(key)):
            raise Invalid(Failure("defaultEntityId", "RelationshipRequirement", key))
    if "runAsUserId" in doc:
        _check_user(site, int(doc["runAsUserId"]))
    before: Mapping[str, Any] = old.doc if old else {}
    doc = {"currentStatus": DRAFT, **doc}
    if "elements" in doc:
        doc["elements"] = canvas_services.with_instances(doc["elements"], before.get("elements", ()))
    if site.settings.campaign_field_values == "merge" and (values := _merged(before, doc)):
        doc["fieldValues"] = values
    return doc


def _merged(before: Mapping[str, Any], doc: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The values of fields by the field's id, the new ones over the old; one without a value blanks its field."""
    kept = {each.get("id"): each for each in before.get("fieldValues", ())}
    written = {each.get("id"): each for each in doc.get("fieldValues", ())}
    return [each for key, each in (kept | written).items() if "value" in each or key not in kept]


def changed(site: Site, kind: str, key: int, old: Asset) -> None:
    """Let the members of an active one go on along the canvas that it has now; *old* is as it was before."""
    new = drawn(assets.get(site, kind, key))
    if new.status == ACTIVE:
        redrawn(site, drawn(old), new)


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
        if failures := _errors(site, drawn(old), start):
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
    return _errors(site, drawn(assets.get(site, kind, key)), site.clock.now())


def _errors(site: Site, of: Canvas, at: int) -> list[Failure]:
    if site.settings.canvas_activation_checks == "none":
        return []
    rules = [
        replace(failure, inside=(each.type, str(each.id)))
        for each in of.elements.values()
        for failure in canvas_rules.problems(site, of, each)
    ]
    return [*canvas.errors(of, at), *rules]


def add_members(site: Site, kind: str, key: int, member_ids: Iterable[int]) -> int:
    """Put contacts (or records, where a program is made for them) into an active campaign or program.

    How many went in: none who is there already, unless they may, and nobody while it is not active.

    Raises:
        NotFound: there is no such campaign or program.
    """
    with site.database.writing():
        catch_up(site)
        to = drawn(assets.get(site, kind, key))
        entered = canvas_steps.let_in(site, to, canvas_members.existing(site, to, member_ids), site.clock.now())
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
                    canvas_steps.let_in(site, to, canvas_members.existing(site, to, wanted), site.clock.now(), each)
        catch_up(site)


def gone(site: Site, kind: str, key: int) -> None:
    """Forget who was in a campaign or program that is deleted."""
    canvas_members.remove(site, kind, key)
    canvas_schedule.remove(site, kind, key)
