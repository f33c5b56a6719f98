"""What the elements of a campaign or program do to those who reach them.

The words behind `Campaign` are clients' or inferred (`rest` 14.1), and so is what they do; decisions are in
`canvas_rules`. Elements that are not known here let members pass when there is one way out, else they keep them
until somebody says which way (`canvas_services`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mock_eloqua.crm import (
    activities,
    assets,
    canvas_members,
    canvas_rules,
    canvas_schedule,
    contacts,
    lists,
    references,
    subscriptions,
)
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.canvas import ACTIVE, CAMPAIGN, CONTACT, EMAIL, PROGRAM, SOURCES, Canvas, Element, drawn
from mock_eloqua.crm.canvas_members import Member
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.site import Site

COMPLETE = "complete"
"""The status of a member with which a service is done: it goes on when its time comes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Members at an element, at an instant."""

    site: Site
    canvas: Canvas
    element: Element
    members: Sequence[Member]
    at: int
    has_waited: bool
    """They were told to wait here, and the time is over."""

    @property
    def contacts(self) -> dict[int, Contact]:
        """The contacts among them, by id."""
        if self.canvas.entity != CONTACT:
            return {}
        return contacts.by_ids(self.site, [each.member_id for each in self.members])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of some of them: through an exit, or waiting until an instant, or (neither) staying for good."""

    members: Sequence[Member]
    exit: str | None = None
    until: int | None = None


Step = Callable[[Visit], Iterator[Outcome]]


def step(visit: Visit) -> Iterator[Outcome]:
    """Do to the members what the element is there for."""
    if is_a_service(visit.element):
        done = [each for each in visit.members if each.status == COMPLETE]
        yield Outcome([replace(each, status=None) for each in done], "out")
        yield Outcome([each for each in visit.members if each.status != COMPLETE])
    else:
        yield from _STEPS.get(visit.element.word, _pass)(visit)


def is_a_service(element: Element) -> bool:
    """Do members stay until somebody outside says which way they go?"""
    is_unknown = element.word not in _STEPS
    is_cloud = element.word.startswith("Cloud") or element.word == "SendToCloudConnectorAction"
    return is_unknown and (is_cloud or len(element.exits) > 1)


def _pass(visit: Visit) -> Iterator[Outcome]:
    yield Outcome(visit.members, "out")


def _send(visit: Visit) -> Iterator[Outcome]:
    """Send the e-mail; whoever does not get it goes on all the same [inferred]."""
    site, element, key = visit.site, visit.element, visit.element.number("emailId")
    if key is not None and references.exists(site, "Email", key):
        email = assets.get(site, "Email", key)
        resends, is_open = element.says("isAllowingResend"), element.says("isAllowingSentToUnsubscribe")
        had = set() if resends else activities.recipients(site, key, end=visit.at)
        audience = [
            each
            for each in visit.contacts.values()
            if each.id not in had and not each.is_bounceback and (each.is_subscribed or is_open)
        ]
        if not is_open and (group := email.doc.get("emailGroupId", "")).isdigit():
            out = subscriptions.unsubscribed(site, int(group), [each.email_address for each in audience])
            audience = [each for each in audience if each.email_address.lower() not in out]
        deployment = str(site.database.next_ids("EmailDeployment")[0]) if audience else ""
        activities.record_many(
            site,
            [
                Activity(
                    type=activities.EMAIL_SEND,
                    contact_id=each.id,
                    email_address=each.email_address,
                    at=visit.at,
                    asset_type="email",
                    asset_id=key,
                    asset_name=email.name,
                    campaign_id=visit.canvas.id if visit.canvas.kind == CAMPAIGN else None,
                    details={
                        "EmailRecipientId": str(uuid.uuid4()),
                        "SubjectLine": email.doc.get("subject", ""),
                        "DeploymentId": deployment,
                    },
                )
                for each in audience
            ],
        )
    yield Outcome(visit.members, "out")


def _wait(visit: Visit) -> Iterator[Outcome]:
    """For `waitFor`, or until `waitUntil` in Unix seconds [client]."""
    until = visit.element.number("waitUntil")
    length = visit.element.milliseconds(visit.site, "waitFor") or 0
    due = until * 1000 if until is not None else visit.at + length
    if visit.has_waited or due <= visit.at:
        yield Outcome(visit.members, "out")
    else:
        yield Outcome(visit.members, until=due)


def _decide(visit: Visit) -> Iterator[Outcome]:
    """`yes` for those who fulfil the rule, as soon as they do; `no` for the others after `evaluateNoAfter`."""
    with visit.site.database.reading() as connection:
        found = connection.execute(canvas_rules.yes(visit.site, visit.canvas, visit.element, visit.at)).scalars()
        fulfilling = set(found)
    yield Outcome([each for each in visit.members if each.member_id in fulfilling], "yes")
    others = [each for each in visit.members if each.member_id not in fulfilling]
    patience = visit.element.milliseconds(visit.site, "evaluateNoAfter") or 0
    if visit.has_waited or not patience:
        yield Outcome(others, "no")
        return
    for each in others:
        is_known = each.element_id == visit.element.id and each.due_at is not None and each.due_at > visit.at
        yield Outcome([each], until=each.due_at if is_known else visit.at + patience)


def _list_action(work: Callable[[Site, int, list[int]], int], *, is_last: bool = False) -> Step:
    """Put contacts on a list or take them off; a step that moves them is where they stay."""

    def run(visit: Visit) -> Iterator[Outcome]:
        key = visit.element.number("listId")
        if key is not None and references.exists(visit.site, lists.KIND, key):
            work(visit.site, key, list(visit.contacts))
        yield Outcome(visit.members, None if is_last else "out")

    return run


def _canvas_action(kind: str, name: str, *, is_last: bool = False) -> Step:
    """Let members into another campaign or program, while that is active; a step that moves them is their last."""

    def run(visit: Visit) -> Iterator[Outcome]:
        key = visit.element.number(name)
        if key is not None and references.exists(visit.site, kind, key):
            other = drawn(assets.get(visit.site, kind, key))
            is_itself = (other.kind, other.id) == (visit.canvas.kind, visit.canvas.id)
            if other.entity == visit.canvas.entity and not is_itself:
                let_in(visit.site, other, [each.member_id for each in visit.members], visit.at)
        yield Outcome(visit.members, None if is_last else "out")

    return run


def let_in(
    site: Site, canvas: Canvas, member_ids: Sequence[int], at: int, element: Element | None = None
) -> list[Member]:
    """Let members into an active canvas, at an element or at its entrance; they go on when that is looked after."""
    where = element or canvas.entrance()
    if canvas.status != ACTIVE or where is None:
        return []
    found = canvas_members.enter(
        site,
        canvas,
        where.id,
        member_ids,
        at,
        again=canvas.asset.doc.get("isMemberAllowedReEntry") == "true",
        twice=canvas.asset.doc.get("isMemberAllowedDuplicates") == "true",
    )
    if found:
        _note_membership(site, canvas, found, at)
        canvas_schedule.wake(site, canvas, at)
    return found


def _note_membership(site: Site, canvas: Canvas, members: Sequence[Member], at: int) -> None:
    if canvas.kind != CAMPAIGN or canvas.entity != CONTACT or not site.settings.campaign_membership_activities:
        return
    addresses = contacts.addresses_of(site, [each.member_id for each in members])
    activities.record_many(
        site,
        [
            Activity(
                type=activities.CAMPAIGN_MEMBERSHIP,
                contact_id=key,
                email_address=address,
                at=at,
                asset_type="campaign",
                asset_id=canvas.id,
                asset_name=canvas.asset.name,
                campaign_id=canvas.id,
            )
            for key, address in addresses.items()
        ],
    )


_STEPS: Mapping[str, Step] = {
    **dict.fromkeys(SOURCES, _pass),
    **dict.fromkeys(canvas_rules.RULES, _decide),
    EMAIL: _send,
    "WaitAction": _wait,
    "AddToContactListAction": _list_action(lists.add_members),
    "MoveToContactListAction": _list_action(lists.add_members, is_last=True),
    "RemoveFromContactListAction": _list_action(lists.remove_members),
    "AddToCampaignAction": _canvas_action(CAMPAIGN, "campaignId"),
    "MoveToCampaignAction": _canvas_action(CAMPAIGN, "campaignId", is_last=True),
    "AddToProgramAction": _canvas_action(PROGRAM, "programId"),
    "AddToProgramBuilderAction": _canvas_action(PROGRAM, "programId"),
    "MoveToProgramAction": _canvas_action(PROGRAM, "programId", is_last=True),
    "MoveToProgramBuilderAction": _canvas_action(PROGRAM, "programId", is_last=True),
}
