"""Seeding of campaigns, with who has been through them, for `planting`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mock_eloqua import dates
from mock_eloqua.crm import activities, assets, campaigns, canvas, canvas_schedule, contacts
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import ACTIVE, CAMPAIGN, COMPLETED, DRAFT, drawn
from mock_eloqua.crm.canvas_schedule import Schedule
from mock_eloqua.crm.fields import BadValue, number
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.seed_values import INSTANT, NAME, TEXT, TEXTS, Item, instant, one_of, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_PLAIN = ("description", "campaignType", "product", "region", "crmId")
_COSTS = ("budgetedCost", "actualCost")
CAMPAIGN_KEYS = {
    "name": NAME,
    **dict.fromkeys((*_PLAIN, *_COSTS), TEXT),
    "folder": IN,
    "status": one_of(DRAFT, ACTIVE, COMPLETED),
    "startAt": INSTANT,
    "endAt": INSTANT,
    "segment": TEXT.told("Whom it is for: the name of a segment"),
    "form": TEXT.told("Or who submits a form, by its name"),
    "emails": TEXTS.told("What they are sent: names of e-mails, a week apart"),
    "members": TEXTS.told("Addresses of those who have been through it"),
}
"""What the objects of a seed may say."""
_A_WEEK = 604_800
_SOURCES = {"segment": ("CampaignSegment", "segmentId", "ContactSegment"), "form": ("CampaignForm", "formId", "Form")}


def campaign(site: Site, item: Item) -> None:
    """Make a campaign: a source, its e-mails a week apart; `members` are at the end of it since `startAt`.

    An active one sends nothing by itself until somebody enters it; what was sent is said as `activities`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    status, now = text(item, "status", DRAFT), site.clock.now()
    if status not in (DRAFT, ACTIVE, COMPLETED):
        raise BadSeed(f"status takes {DRAFT}, {ACTIVE} or {COMPLETED}, not {status!r}")
    start, end = instant(item, "startAt", now), instant(item, "endAt", now + _A_WEEK * 4000)
    doc: dict[str, Any] = {name: text(item, name) for name in _PLAIN if name in item}
    doc |= {name: _cost(item, name) for name in _COSTS if name in item}
    doc |= {"currentStatus": status, "campaignCategory": "contact", "elements": _elements(site, item)}
    doc |= {"startAt": dates.unix(start), "endAt": dates.unix(end)}
    if status != DRAFT:
        doc["firstActivation"] = dates.unix(start)
    doc = campaigns.prepared(site, doc, None)
    made = assets.create(
        site, CAMPAIGN, name=text(item, "name"), doc=doc, folder_id=folder_of(site, CAMPAIGN, item), unique=False
    )
    if status != DRAFT:
        canvas_schedule.put(site, drawn(made), Schedule(due_at=end if status == ACTIVE else None))
    _members(site, made, texts(item, "members", []), start)


def _cost(item: Item, name: str) -> str:
    try:
        return f"{Decimal(number(text(item, name), whole=False)):.4f}"
    except BadValue:
        raise BadSeed(f"{name} takes a number, not {text(item, name)!r}") from None


def _elements(site: Site, item: Item) -> list[dict[str, Any]]:
    """One box after the other, in a row."""
    boxes: list[dict[str, Any]] = []
    for name, (kind, key, of) in _SOURCES.items():
        if name in item:
            boxes.append({"type": kind, "name": name.capitalize(), key: _id(site, of, text(item, name))})
    for place, name in enumerate(texts(item, "emails", [])):
        if place:
            boxes.append({"type": "CampaignWaitAction", "name": "Wait a week", "waitFor": str(_wait(site))})
        boxes.append({"type": "CampaignEmail", "name": name, "emailId": _id(site, "Email", name)})
    ids = [str(key) for key in site.database.next_ids("CampaignElement", len(boxes))] if boxes else []
    sources = [place for place, box in enumerate(boxes) if box["type"] in ("CampaignSegment", "CampaignForm")]
    first = len(sources)
    for place, box in enumerate(boxes):
        to = first if place in sources else place + 1
        box["id"] = ids[place]
        box["position"] = {"type": "Position", "x": "40", "y": str(40 + 100 * place)}
        if to < len(boxes):
            box["outputTerminals"] = [_line(site, ids[to])]
    return boxes


def _wait(site: Site) -> int:
    """A week in the unit that the site counts in."""
    return {"seconds": _A_WEEK, "minutes": _A_WEEK // 60, "hours": _A_WEEK // 3600}[site.settings.canvas_time_unit]


def _line(site: Site, to: str) -> dict[str, str]:
    (new_id,) = site.database.next_ids("CampaignOutputTerminal")
    kind = {"type": "CampaignOutputTerminal", "id": str(new_id)}
    return kind | {"connectedId": to, "connectedType": canvas.CAMPAIGN, "terminalType": "out"}


def _id(site: Site, kind: str, name: str) -> str:
    found = assets.named(site, kind, name)
    if found is None:
        raise BadSeed(f"there is no {kind} {name!r}")
    return str(found.id)


def _members(site: Site, made: Asset, given: list[str], at: int) -> None:
    """They have come to the last box, and joined when the campaign began."""
    boxes = made.doc.get("elements", ())
    if not given:
        return
    if not boxes:
        raise BadSeed("members take a segment, a form or emails to have been through")
    who = []
    for address in dict.fromkeys(given):
        found = contacts.by_address(site, address)
        if found is None:
            raise BadSeed(f"there is no contact {address}")
        who.append(found)
    ids = site.database.next_ids("canvas_member", len(who))
    same = {
        "kind": CAMPAIGN,
        "canvas_id": made.id,
        "entity": canvas.CONTACT,
        "element_id": int(boxes[-1]["id"]),
        "entered_at": at,
        "arrived_at": at,
        "due_at": None,
        "is_finished": True,
        "status": None,
    }
    site.database.insert_many(tables.canvas_member, {"id": ids, "member_id": [each.id for each in who]}, same)
    activities.record_many(
        site,
        [
            Activity(
                type=activities.CAMPAIGN_MEMBERSHIP,
                contact_id=each.id,
                email_address=each.email_address,
                at=at,
                asset_type="campaign",
                asset_id=made.id,
                asset_name=made.name,
                campaign_id=made.id,
            )
            for each in who
        ],
    )
