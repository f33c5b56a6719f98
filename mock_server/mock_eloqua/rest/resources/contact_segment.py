"""ContactSegment and ContactFilter (`rest` 11), and the contacts in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access.matrix import CREATE, UPDATE, doing
from mock_eloqua.crm import conditions, contacts, criteria, labels, segments, views
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.segments import FILTER, SEGMENT
from mock_eloqua.rest import actions, parameters, wire
from mock_eloqua.rest.asset import COMPLETE, PARTIAL, V2, asset
from mock_eloqua.rest.handlers import envelope, find
from mock_eloqua.rest.resource import LISTING, Extra, PageOf, Property, ResourceType, Shape
from mock_eloqua.rest.resources.contact import CONTACT
from mock_eloqua.rest.wire import Wire
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

_LONGEST_STATEMENT = 10_000
_SCOPES = ("global", "local")


def _kept_id(value: Any) -> str:
    """Clients send temporary ids of option lists that they never define [client]: nothing to keep."""
    number = wire.RELATIVE_ID.read(value)
    return str(number) if number > 0 else ""


_OPTION_LIST_ID = Wire("id", _kept_id, str, "IdRequirement")
_SET = (
    Property("operator", wire.TEXT),
    Property("optionListId", _OPTION_LIST_ID),
    Property("quickListString", wire.TEXT),
)
_VALUE = (Property("operator", wire.TEXT),)
CONDITION = Shape(
    type=conditions.TEXT,
    has_id=False,
    variants={
        conditions.SET: _SET,
        **dict.fromkeys((conditions.TEXT, conditions.NUMBER, conditions.DATE, conditions.BLANK), _VALUE),
    },
    is_open=True,  # `value` is a text, or an object where it is a relative date
)
_FIELD = (Property("fieldId", wire.ID), Property("condition", wire.OBJECT, shape=CONDITION))
_DONE = (
    Property("activityRestriction", wire.OBJECT, shape=CONDITION),
    Property("timeRestriction", wire.OBJECT, shape=CONDITION),
)
CRITERION = Shape(
    type=criteria.CONTACT_FIELD,
    variants={
        criteria.CONTACT_FIELD: _FIELD,
        criteria.ACCOUNT_FIELD: _FIELD,
        criteria.LINKED: (),
        criteria.ON_LIST: (Property("listIds", wire.IDS),),
        "LinkedToCampaignCriterion": (Property("campaignIds", wire.IDS), *_DONE),
        "SubmitFormCriterion": (Property("formIds", wire.IDS), *_DONE),
        **dict.fromkeys(
            ("EmailSentCriterion", "EmailOpenCriterion", "EmailClickThroughCriterion"),
            (
                Property("emailIds", wire.IDS),
                Property("campaignIds", wire.IDS),
                Property("emailGroupIds", wire.IDS),
                *_DONE,
            ),
        ),
    },
    is_open=True,  # the reference knows few of the words [client]; others are kept, and choose nobody
)
_CRITERIA = Property("criteria", wire.OBJECTS, COMPLETE, shape=CRITERION)
_STATEMENT = Property("statement", wire.TEXT, COMPLETE, longest=_LONGEST_STATEMENT)
_SCOPE = Property("scope", wire.WORD, PARTIAL, values=_SCOPES)
_COUNTED = (
    Property("count", wire.INTEGER, read_only=True),
    Property("lastCalculatedAt", wire.UNIX, read_only=True),
)
_NAMED = (Property("id", wire.RELATIVE_ID), Property("name", wire.TEXT, longest=100), _SCOPE)
ELEMENT = Shape(
    type=segments.FILTER_ELEMENT,
    properties=(*_COUNTED, Property("isIncluded", wire.BOOLEAN, PARTIAL, default=True)),
    variants={
        segments.FILTER_ELEMENT: (
            Property(
                "filter",
                wire.OBJECT,
                COMPLETE,
                shape=Shape(type=FILTER, has_id=False, properties=(*_NAMED, *_COUNTED, _STATEMENT, _CRITERIA)),
            ),
        ),
        segments.LIST_ELEMENT: (
            Property(
                "list",
                wire.OBJECT,
                COMPLETE,
                shape=Shape(
                    type=segments.LIST,
                    has_id=False,
                    properties=(
                        *_NAMED,
                        Property("dataLookupId", wire.TEXT, read_only=True),
                        Property("description", wire.TEXT, longest=2000),
                        Property("membershipAdditions", wire.IDS),
                        Property("membershipDeletions", wire.IDS),
                    ),
                ),
            ),
        ),
    },
)


def _elements(site: Site, segment: Asset) -> list[dict[str, Any]]:
    """Elements with the filters and lists that they name."""
    return [_element(site, each) for each in segment.doc.get("elements", ())]


def _element(site: Site, kept: dict[str, Any]) -> dict[str, Any]:
    part = segments.part_of(site, kept)
    doc = {"type": part.kind, "id": str(part.id), "name": part.name, **part.doc}
    names = _SHOWN[part.kind]
    inside = segments.PARTS[kept["type"]][0]
    found: dict[str, Any] = {
        name: kept[name] for name in ("type", "id", "count", "isIncluded", "lastCalculatedAt") if name in kept
    }
    return {**found, inside: {name: doc[name] for name in names if doc.get(name) not in (None, "", [])}}


_SHOWN: dict[str, tuple[str, ...]] = {
    FILTER: ("type", "id", "name", "count", "criteria", "lastCalculatedAt", "scope", "statement"),
    segments.LIST: ("type", "id", "name", "dataLookupId", "description", "scope"),
}
"""What of a filter or list is shown inside a segment."""


def _prepared_segment(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    found = {"currentStatus": "Draft", "count": "0", **doc}
    found["elements"] = segments.elements_of(site, doc.get("elements", ()), old)
    return found


def _prepared_filter(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    scope = old.doc["scope"] if old else "global"
    return segments.checked_filter(site, {"scope": scope, **doc})


def _is_stale(_site: Site, segment: Asset) -> bool:
    """Changed since it was calculated [inferred]."""
    return int(segment.doc.get("lastCalculatedAt", "-1")) < segment.updated_at // 1000


def _swept(site: Site, _key: int) -> None:
    segments.sweep(site)


def queue(call: Call) -> Reply:
    """Recalculate a segment: 201 with it [client]; at once, unless a switch says after the answer [inferred]."""
    found = segments.queue(call.site, parameters.path_id(call, SEGMENT))
    return json_reply(shown(CONTACT_SEGMENT, call.site, found, COMPLETE, actions.version_of(call), call.user), 201)


In = Callable[[Site, int], ColumnElement[bool]]
"""Gives the condition of being in a segment or filter."""


def members(call: Call, kind: str, inside: In) -> Reply:
    """The contacts in a segment or filter, as they are now [client]."""
    chosen = inside(call.site, parameters.path_id(call, kind))
    return find(CONTACT, actions.version_of(call), lambda _call: chosen)(call)


def viewed(call: Call, kind: str, inside: In) -> Reply:
    """The contacts in a segment or filter with the fields of a view, under their internal names [client]."""
    site, query = call.site, call.query()
    chosen = inside(site, parameters.path_id(call, kind))
    columns = views.fields_of(site, "Contact", parameters.path_id(call, "ContactView", "viewId"))
    page = parameters.page_of(site, query)
    found, total = contacts.find(
        site,
        chosen & parameters.condition_of(CONTACT, site, query) & labels.seen_by(site, call.user.id),
        order_by=parameters.order_of(CONTACT, site, query),
        offset=page.offset,
        limit=page.size,
    )
    readers = [(each.internal_name, contacts.reader(each)) for each in columns]
    elements = []
    for each in found:
        values = {name: value for name, read in readers if (value := read(site, each))}
        head = {"type": "ContactViewData", "contactId": str(each.id), "currentStatus": "Awaiting action"}
        elements.append({**head, **values})
    return json_reply(envelope(elements, page, total))


_VIEWED = Shape(
    type="ContactViewData",
    has_id=False,
    properties=(Property("contactId", wire.ID), Property("currentStatus", wire.TEXT)),
    is_open=True,
)


def _reading(word: str, kind: str, inside: In, sure: Sureness) -> tuple[Extra, ...]:
    return (
        Extra(
            method="GET",
            path=f"data/contacts/{word}/{{id}}",
            handler=partial(members, kind=kind, inside=inside),
            name=f"The Contacts in a {word}",
            versions=("1.0", "2.0") if kind == SEGMENT else ("1.0",),
            sure=sure,
            query=(*LISTING, "viewId"),
            returns=PageOf("Contact"),
        ),
        Extra(
            method="GET",
            path=f"data/contact/view/{{viewId}}/contacts/{word}/{{id}}",
            handler=partial(viewed, kind=kind, inside=inside),
            name=f"The Contacts in a {word}, by a view",
            versions=V2,
            sure=Sureness.CLIENT,
            query=("count", "page", "search", "orderBy", "lastUpdatedAt"),
            returns=PageOf(_VIEWED),
        ),
    )


def _calculated(name: str) -> Property:
    return Property(name, wire.TEXT, PARTIAL, lambda _site, each: each.doc.get(name), read_only=True)


CONTACT_SEGMENT: ResourceType = asset(
    SEGMENT,
    "assets/contact/segment",
    _calculated("count"),
    Property("elements", wire.OBJECTS, COMPLETE, _elements, shape=ELEMENT),
    Property("isStale", wire.BOOLEAN, PARTIAL, _is_stale, read_only=True, versions=V2),
    _calculated("lastCalculatedAt"),
    prepare=_prepared_segment,
    gone=_swept,
    has_status=True,
    more=(
        actions.copy(
            lambda: CONTACT_SEGMENT,
            "assets/contact/segment",
            does=doing(CREATE, SEGMENT),
            anew=segments.duplicate,
        ),
        actions.recent(lambda: CONTACT_SEGMENT, "assets/contact/segments", V2),
        Extra(
            method="POST",
            path="assets/contact/segment/queue/{id}",
            handler=queue,
            name="Recalculate a ContactSegment",
            versions=("1.0", "2.0"),
            sure=Sureness.CLIENT,
            does=doing(UPDATE, SEGMENT),
            answers={"201": "The segment with its counts"},
            returns="{type}",
        ),
        *_reading("segment", SEGMENT, segments.in_segment, Sureness.CLIENT),
    ),
)

CONTACT_FILTER = asset(
    FILTER,
    "assets/contact/filter",
    _calculated("count"),
    _CRITERIA,
    _calculated("lastCalculatedAt"),
    _SCOPE,
    _STATEMENT,
    prepare=_prepared_filter,
    sure={"1.0": Sureness.INFERRED, "2.0": Sureness.INFERRED, "2.0 R": Sureness.CLIENT, "2.0 L": Sureness.CLIENT},
    more=_reading("filter", FILTER, segments.in_filter, Sureness.INFERRED),
)
