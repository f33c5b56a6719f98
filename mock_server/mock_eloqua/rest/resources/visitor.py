"""Visitors, what is known of them, and who is told of them (`rest` 17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.crm import assets, visitors
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.visitors import ACTIVITY_TYPES, PROFILE_FIELDS, ProfileField, Visitor
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire, writing
from mock_eloqua.rest.actions import BY_EXTERNAL_IDS, search_by_ids, texts_asked_for
from mock_eloqua.rest.asset import MINIMAL, PARTIAL, asset
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.reading import object_of
from mock_eloqua.rest.resource import (
    Extra,
    PageOf,
    Parameter,
    Property,
    ResourceType,
    Shape,
    Source,
    attribute,
    constant,
)
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply


class Visitors:
    """What the domain does for visitors: the tracking scripts make them, the API only reads."""

    find = staticmethod(visitors.find)
    get = staticmethod(visitors.get)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Visitor:
        """Never called: no operation is declared."""
        raise NotImplementedError

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Visitor:
        """Never called: no operation is declared."""
        raise NotImplementedError

    def delete(self, site: Site, key: int) -> None:
        """Never called: no operation is declared."""
        raise NotImplementedError

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties and internal names of profile fields."""
        return visitors.operand(name)


def _profile(field: ProfileField) -> Source:
    name = field.internal_name
    if field.data_type == "date":
        return lambda _site, visitor: dates.unix(dates.from_eastern(text)) if (text := visitor.doc.get(name)) else ""
    return lambda _site, visitor: visitor.doc.get(name)


VISITOR = ResourceType(
    type="VisitorViewData",
    single="data/visitor",
    many="data/visitors",
    repository=Visitors(),
    bare_search=("externalId",),
    versions={"2.0": "L"},
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("currentStatus", wire.TEXT, PARTIAL, constant("Active"), read_only=True, sure=Sureness.INFERRED),
        Property("id", wire.NUMBER, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("contactId", wire.ID, MINIMAL, attribute("contact_id"), read_only=True),
        Property("externalId", wire.TEXT, MINIMAL, attribute("external_id"), read_only=True),
        Property("visitorId", wire.ID, MINIMAL, attribute("id"), read_only=True),
        *(
            Property(each.internal_name, wire.TEXT, PARTIAL, _profile(each), read_only=True, sure=Sureness.CLIENT)
            for each in PROFILE_FIELDS
        ),
    ),
)


def by_external_ids(call: Call) -> Reply:
    """Up to 200 visitors by their GUIDs: a list envelope, unlike contacts [doc]."""
    call.state["type"] = BY_EXTERNAL_IDS.type
    wanted = texts_asked_for(call, "externalIds")
    query = call.query() | {"depth": wire.text_of(object_of(call).get("depth") or "")}
    page = parameters.page_of(call.site, query)
    found, total = visitors.find(call.site, visitors.is_one_of(wanted), offset=page.offset, limit=page.size)
    depth = parameters.depth_of(query, MINIMAL)
    return json_reply(envelope(writing.listed(VISITOR, call.site, found, depth, "2.0"), page, total))


def _part(call: Call, items: Sequence[dict[str, Any]]) -> Reply:
    """A page of what lies in memory."""
    page = parameters.page_of(call.site, call.query())
    return json_reply(envelope(list(items[page.offset : page.offset + page.size]), page, len(items)))


def profile_fields(call: Call) -> Reply:
    """What is known of visitors [doc]."""
    return _part(
        call,
        [
            {
                "type": "ProfileField",
                "id": str(each.id),
                "name": each.name,
                "dataType": each.data_type,
                "internalName": each.internal_name,
                "length": str(each.length),
            }
            for each in PROFILE_FIELDS
        ],
    )


def activity_types(call: Call) -> Reply:
    """What visitors do [client; the answer inferred]."""
    named = [{"type": "VisitorActivityType", "id": str(n), "name": name} for n, name in enumerate(ACTIVITY_TYPES, 1)]
    return _part(call, named)


def _known_user(site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    if not any(str(user.id) == doc["userId"] for user in users.everyone(site).values()):
        raise Invalid(Failure("userId", "RelationshipRequirement", doc["userId"]))
    return doc


def of_user(call: Call) -> ColumnElement[bool]:
    """`user`: whose notifications; an id, else a login name [client: required; inferred: what it names].

    Raises:
        BadParameter: it is missing.
    """
    text = parameters.required(call.query(), "user")
    named = users.everyone(call.site).get(text.lower())
    return assets.operand("userId") == (str(named.id) if named else text)


VISITOR_NOTIFICATION = asset(
    "VisitorNotification",
    "settings/notification/visitor",
    Property("userId", wire.ID, PARTIAL, required=True),
    many="settings/notifications/visitor",
    versions={"2.0": "CRUDL"},
    prepare=_known_user,
    unique=False,
    narrowed=of_user,
    query=(Parameter("user", is_required=True),),
    without=("folderId",),
    sure=Sureness.CLIENT,
)

_PROFILE_FIELD = Shape(
    type="ProfileField",
    properties=(
        Property("name", wire.TEXT),
        Property("dataType", wire.TEXT),
        Property("internalName", wire.TEXT),
        Property("length", wire.INTEGER),
    ),
)
OPERATIONS = (
    search_by_ids(
        "data/visitors",
        by_external_ids,
        "Read visitors by their GUIDs",
        takes=BY_EXTERNAL_IDS,
        returns=PageOf("VisitorViewData"),
    ),
    Extra(
        method="GET",
        path="assets/visitor/fields",
        handler=profile_fields,
        name="The profile fields of visitors",
        versions=("2.0",),
        query=("count", "page"),
        sure=Sureness.DOC,
        returns=PageOf(_PROFILE_FIELD),
    ),
    Extra(
        method="GET",
        path="assets/visitor/activityTypes",
        handler=activity_types,
        name="What visitors do",
        versions=("2.0",),
        query=("count", "page"),
        sure=Sureness.CLIENT,
        returns=PageOf(Shape(type="VisitorActivityType", properties=(Property("name", wire.TEXT),))),
    ),
)
