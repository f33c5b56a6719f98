"""Small collections of the product's own: priorities, activity types, campaign fields (`bulk` 16.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mock_eloqua import dates
from mock_eloqua.bulk.lists import Item, in_memory, listed
from mock_eloqua.bulk.reading import path_id
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.standard_fields import SYSTEM_FIELD_CREATED_AT
from mock_eloqua.crm.transfer import activity_fields, campaign
from mock_eloqua.crm.transfer.priorities import PRIORITIES
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

Items = Callable[[Call], Sequence[Item]]
_STAMPS = {"createdAt": dates.iso(SYSTEM_FIELD_CREATED_AT), "updatedAt": dates.iso(SYSTEM_FIELD_CREATED_AT)}


def find(items: Items) -> Callable[[Call], Reply]:
    """GET of a list that is there as a whole."""
    return lambda call: listed(call, in_memory(list(items(call))))


def read(items: Items) -> Callable[[Call], Reply]:
    """GET of one, by the last part of its uri."""

    def handle(call: Call) -> Reply:
        key = path_id(call)
        found = next((each for each in items(call) if each.get("uri", "").endswith(f"/{key}")), None)
        if found is None:
            raise NotFound("item", key)
        return json_reply(found, content_type=JSON_UTF8)

    return handle


def priorities(_call: Call) -> list[Item]:
    """The queue places that a site sets up in the product [doc: what they have; which there are is inferred]."""
    return [
        {"name": name, "priority": place, "uri": uri, **_STAMPS}
        for place, (uri, name) in enumerate(PRIORITIES.items(), 1)
    ]


def activity_types(call: Call) -> list[Item]:
    """What can be exported by itself [client: the path; the form of an item is inferred]."""
    return [
        {"name": name, "uri": f"/activities/types/{key}", **_STAMPS}
        for key, name in enumerate(activity_fields.types(call.site), 1)
    ]


_NOUNS = {
    "sourcecampaign": "Contact.Campaign",
    "activity": "Activity.Campaign",
    "campaignresponse": "CampaignResponse.Campaign",
}
"""`type` in lower case to what statements begin with [doc: the words]."""


def fields_of_campaigns(call: Call) -> list[Item]:
    """Campaign fields as statements of the type that the query names name them; none has an item of its own [doc]."""
    noun = _NOUNS.get(call.query().get("type", "").strip().lower(), "Contact.Campaign")
    return [
        {
            "name": name,
            "internalName": path.removeprefix("Field(").removesuffix(")"),
            "dataType": data_type,
            "hasReadOnlyConstraint": True,
            "hasNotNullConstraint": False,
            "hasUniquenessConstraint": path == "Id",
            "statement": f"{{{{{noun}.{path}}}}}",
            "uri": "",
            **_STAMPS,
        }
        for name, path, data_type in campaign.catalogue(call.site)
    ]


def storage(of: Callable[[Site], int]) -> Callable[[Call], Reply]:
    """GET of the room that staging takes; `kbAllowed` is 0 on purpose: no limit is told [doc]."""

    def handle(call: Call) -> Reply:
        used: dict[str, Any] = {"kbUsed": -(-of(call.site) // 1024), "kbAllowed": 0}
        return json_reply(used, content_type=JSON_UTF8)

    return handle
