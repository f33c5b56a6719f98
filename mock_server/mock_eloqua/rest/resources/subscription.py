"""ContactEmailSubscription: what a contact said of each e-mail group (`rest` 15) [client]."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import UPDATE, doing
from mock_eloqua.crm import assets, contacts, subscriptions
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.subscriptions import GROUP, Subscription
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.actions import version_of
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.reading import object_of
from mock_eloqua.rest.resource import Depth, Extra, PageOf, Property, Shape
from mock_eloqua.rest.resources.email_group import EMAIL_GROUP
from mock_eloqua.rest.wire import text_of
from mock_eloqua.rest.writing import shown as as_shown
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

TYPE = "ContactEmailSubscription"
_GROUP_KEYS = ("type", "id", "depth", "name", "permissions")


def find(call: Call) -> Reply:
    """All groups with what the contact's address said of each; `search` looks at the groups."""
    key, query = parameters.contact_id(call), call.query()
    contact = contacts.get(call.site, key)
    page = parameters.page_of(call.site, query)
    groups, total = assets.find(
        call.site,
        GROUP,
        parameters.condition_of(EMAIL_GROUP, call.site, query),
        order_by=parameters.order_of(EMAIL_GROUP, call.site, query),
        offset=page.offset,
        limit=page.size,
    )
    found = subscriptions.of_groups(call.site, key, contact.email_address, groups)
    return json_reply(envelope([_shown(call, each) for each in found], page, total))


def read(call: Call) -> Reply:
    """One group."""
    key, group = parameters.contact_id(call), parameters.path_id(call, GROUP, "emailGroupId")
    return json_reply(_shown(call, subscriptions.get(call.site, key, group)))


def change(call: Call) -> Reply:
    """PUT: subscribes or unsubscribes; the path says whom and from what, whatever the body repeats [inferred]."""
    call.state["type"] = TYPE
    key, group = parameters.contact_id(call), parameters.path_id(call, GROUP, "emailGroupId")
    given = object_of(call).get("isSubscribed")
    if given is None:
        raise Invalid(Failure("isSubscribed", "NotNullRequirement", None))
    try:
        is_subscribed = wire.BOOLEAN.read(given)
    except ValueError:
        raise Invalid(Failure("isSubscribed", "BooleanRequirement", text_of(given))) from None
    return json_reply(_shown(call, subscriptions.change(call.site, key, group, is_subscribed=is_subscribed)))


def _shown(call: Call, found: Subscription) -> dict[str, Any]:
    group = as_shown(EMAIL_GROUP, call.site, found.group, Depth.MINIMAL, version_of(call), call.user)
    said = {} if found.updated_at is None else {"updatedAt": wire.UNIX.write(found.updated_at)}
    return {
        "type": TYPE,
        "contactId": str(found.contact_id),
        "emailGroup": {name: group[name] for name in _GROUP_KEYS},
        "isSubscribed": wire.BOOLEAN.write(found.is_subscribed),
        **said,
    }


_SUBSCRIPTION = Shape(
    type=TYPE,
    has_id=False,
    properties=(
        Property("contactId", wire.ID, read_only=True),
        Property(
            "emailGroup", wire.OBJECT, shape=Shape(type="EmailGroup", properties=EMAIL_GROUP.properties), read_only=True
        ),
        Property("isSubscribed", wire.BOOLEAN, required=True),
        Property("updatedAt", wire.UNIX, read_only=True),
    ),
)
_ONE = "data/contact/{id}/email/group/{emailGroupId}/subscription"
OPERATIONS = (
    Extra(
        method="GET",
        path="data/contact/{id}/email/groups/subscription",
        handler=find,
        name="The e-mail groups with the subscription of a Contact to each",
        versions=("1.0", "2.0"),
        sure=Sureness.CLIENT,
        query=("count", "page", "search", "orderBy", "lastUpdatedAt"),
        returns=PageOf(_SUBSCRIPTION),
    ),
    Extra(
        method="GET",
        path=_ONE,
        handler=read,
        name="The subscription of a Contact to an e-mail group",
        versions=("1.0",),
        sure=Sureness.CLIENT,
        returns=_SUBSCRIPTION,
    ),
    Extra(
        method="PUT",
        path=_ONE,
        handler=change,
        name="Subscribe a Contact to an e-mail group, or unsubscribe it",
        versions=("1.0", "2.0"),
        sure=Sureness.CLIENT,
        does=doing(UPDATE, "Subscription"),
        takes=_SUBSCRIPTION,
        returns=_SUBSCRIPTION,
    ),
)
