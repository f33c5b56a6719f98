"""What contacts did (`rest` 16): a bare array with Key and Value in 1.0, a list of Activity in 2.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua import dates
from mock_eloqua.crm import activities, canvas_flow, contacts
from mock_eloqua.crm.activities import Activity
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.failures import BadParameter
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.resource import Depth, Extra, ListOf, PageOf, Parameter, Property, Shape
from mock_eloqua.rest.shapes import FIELD_VALUE
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

IN_1_0 = tuple(each for each in activities.TYPES if each not in (activities.BOUNCEBACK, activities.EXTERNAL))
"""The words that 1.0 takes [doc]: bouncebacks have a path of their own."""


def _type(name: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise BadParameter(name, "EnumRequirement", word, known)
    return word


def _in_1_0(activity: Activity) -> dict[str, Any]:
    is_membership = activity.type == activities.CAMPAIGN_MEMBERSHIP
    told = activity.told()
    shown = {
        "type": "CampaignActivity" if is_membership else "Activity",
        "id": str(activity.id),
        "activityDate": dates.unix(activity.at),
        "activityType": activity.type,
        "asset": "" if activity.asset_id is None else str(activity.asset_id),
        "assetType": activity.asset_type,
        "contact": str(activity.contact_id),
        "details": [{"Key": key, "Value": value} for key, value in told.items()],
        "hasResponded": told["Responded"] if is_membership else "",
    }
    return {name: value for name, value in shown.items() if value != ""}


def _bounceback(activity: Activity) -> dict[str, Any]:
    shown = {
        "type": "BouncebackActivity",
        "id": str(activity.id),
        "activityDate": dates.unix(activity.at),
        "emailId": "" if activity.asset_id is None else str(activity.asset_id),
        "emailName": activity.asset_name,
        "emailToAddress": activity.email_address,
        **activity.told(),
    }
    head = ("type", "id")
    return {name: shown[name] for name in (*head, *sorted(set(shown) - set(head))) if shown[name] != ""}


def _in_2_0(activity: Activity, depth: Depth, *, is_pending: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "type": "CampaignActivity" if activity.type == activities.CAMPAIGN_MEMBERSHIP else "Activity",
        "id": str(activity.id),
        "createdAt": dates.unix(activity.at),
        "depth": depth.word,
        "assetId": "" if activity.asset_id is None else str(activity.asset_id),
        "assetName": activity.asset_name,
        "assetType": activity.asset_type,
        "contactId": str(activity.contact_id),
    }
    if depth is Depth.COMPLETE:
        shown["fieldValues"] = [
            {"type": "FieldValue", "name": key} | ({"value": value} if value else {})
            for key, value in activity.told().items()
        ]
    shown["isPending"] = str(is_pending).lower()
    return {name: value for name, value in shown.items() if value != ""}


def _of_contact(
    call: Call, types: tuple[str, ...], start: int | None, end: int | None, *, is_paged: bool = True
) -> tuple[list[Activity], parameters.Page, int]:
    key = parameters.contact_id(call)
    query = call.query()
    page = parameters.page_of(call.site, query if is_paged else query | {"page": ""})
    contacts.get(call.site, key)
    canvas_flow.catch_up(call.site)
    found, total = activities.of_contact(
        call.site, key, types, start=start, end=end, limit=page.size, offset=page.offset
    )
    return found, page, total


def by_query(call: Call) -> Reply:
    """1.0, as described: `type`, `startDate` and `endDate` are required [doc]."""
    query = call.query()
    kind = _type("type", parameters.required(query, "type"), IN_1_0)
    start = parameters.instant(query, "startDate", is_required=True)
    end = parameters.instant(query, "endDate", is_required=True)
    found, _, _ = _of_contact(call, (kind,), start, end, is_paged=False)
    return json_reply([_in_1_0(each) for each in found])


def by_path(call: Call) -> Reply:
    """1.0, the older form: the type stands in the path, the limits may be left out [client]."""
    query = call.query()
    kind = _type("type", call.params["type"], IN_1_0)
    found, _, _ = _of_contact(call, (kind,), parameters.instant(query, "startAt"), parameters.instant(query, "endAt"))
    return json_reply([_in_1_0(each) for each in found])


def bouncebacks(call: Call) -> Reply:
    """1.0: e-mails that came back [client]."""
    query = call.query()
    found, page, total = _of_contact(
        call, (activities.BOUNCEBACK,), parameters.instant(query, "startAt"), parameters.instant(query, "endAt")
    )
    return json_reply(envelope([_bounceback(each) for each in found], page, total))


def in_2_0(call: Call) -> Reply:
    """2.0: `startAt` and `endAt` are required [doc]; pending click-throughs with `includePending` only [doc]."""
    query = call.query()
    kind = _type("type", call.params["type"], activities.TYPES)
    start = parameters.instant(query, "startAt", is_required=True)
    end = parameters.instant(query, "endAt", is_required=True)
    pending_from = call.site.clock.now() - call.site.settings.click_pending_seconds * 1000
    if kind != activities.EMAIL_CLICK_THROUGH:
        pending_from = _NEVER
    elif not _includes_pending(query):
        end = min(end or 0, pending_from)
    found, page, total = _of_contact(call, (kind,), start, end)
    depth = parameters.depth_of(query, Depth.MINIMAL)
    shown = [_in_2_0(each, depth, is_pending=each.at > pending_from) for each in found]
    return json_reply(envelope(shown, page, total))


_NEVER = 2**62


def _includes_pending(query: Mapping[str, str]) -> bool:
    text = query.get("includePending", "").strip().lower()
    if text not in ("", "true", "1", "false", "0"):
        raise BadParameter("includePending", "BooleanRequirement", query["includePending"])
    return text in ("true", "1")


_PATH = "data/activities/contact/{id}"
_DETAIL = Shape(
    type="Detail",
    has_type=False,
    has_id=False,
    properties=(Property("Key", wire.TEXT), Property("Value", wire.TEXT)),
)
_ACTIVITY_1 = Shape(
    type="Activity",
    properties=(
        Property("activityDate", wire.UNIX),
        Property("activityType", wire.TEXT),
        Property("asset", wire.ID),
        Property("assetType", wire.TEXT),
        Property("contact", wire.ID),
        Property("details", wire.OBJECTS, shape=_DETAIL),
    ),
    variants={"CampaignActivity": (Property("hasResponded", wire.BOOLEAN),)},
)
_ACTIVITY_2 = Shape(
    type="Activity",
    properties=(
        Property("createdAt", wire.UNIX),
        Property("depth", wire.TEXT),
        Property("assetId", wire.ID),
        Property("assetName", wire.TEXT),
        Property("assetType", wire.TEXT),
        Property("contactId", wire.ID),
        Property("fieldValues", wire.OBJECTS, shape=FIELD_VALUE),
        Property("isPending", wire.BOOLEAN),
    ),
    variants={"CampaignActivity": ()},
)
_BOUNCEBACK = Shape(
    type="BouncebackActivity",
    properties=(
        Property("activityDate", wire.UNIX),
        Property("category", wire.TEXT),
        Property("emailFromAddress", wire.TEXT),
        Property("emailId", wire.ID),
        Property("emailName", wire.TEXT),
        Property("emailToAddress", wire.TEXT),
        Property("smtpErrorCode", wire.TEXT),
        Property("smtpMessage", wire.TEXT),
        Property("smtpStatusCode", wire.TEXT),
    ),
)

OPERATIONS = (
    Extra(
        method="GET",
        path=_PATH,
        handler=by_query,
        name="What a Contact did: type, startDate and endDate in the query",
        versions=("1.0",),
        sure=Sureness.DOC,
        query=(
            Parameter("type", is_required=True, words=IN_1_0),
            Parameter("startDate", is_required=True),
            Parameter("endDate", is_required=True),
            "count",
        ),
        returns=ListOf(_ACTIVITY_1),
    ),
    Extra(
        method="GET",
        path=f"{_PATH}/{{type}}",
        handler=by_path,
        name="What a Contact did: the type in the path",
        versions=("1.0",),
        sure=Sureness.CLIENT,
        query=(Parameter("type", words=IN_1_0), "startAt", "endAt", "count", "page"),
        returns=ListOf(_ACTIVITY_1),
    ),
    Extra(
        method="GET",
        path=f"{_PATH}/automation/bounceback",
        handler=bouncebacks,
        name="E-mails to a Contact that came back",
        versions=("1.0",),
        sure=Sureness.CLIENT,
        query=("startAt", "endAt", "count", "page"),
        returns=PageOf(_BOUNCEBACK),
    ),
    Extra(
        method="GET",
        path=f"{_PATH}/{{type}}",
        handler=in_2_0,
        name="What a Contact did: the type in the path, startAt and endAt in the query",
        versions=("2.0",),
        sure=Sureness.DOC,
        query=(
            Parameter("type", words=activities.TYPES),
            Parameter("startAt", is_required=True),
            Parameter("endAt", is_required=True),
            "depth",
            "count",
            "page",
            "includePending",
        ),
        returns=PageOf(_ACTIVITY_2),
    ),
)
