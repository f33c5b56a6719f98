"""EmailGroup (`rest` 14.3): what addresses subscribe to."""

from __future__ import annotations

import uuid
from typing import Any

from mock_eloqua.crm import emails, subscriptions
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import COMPLETE, asset
from mock_eloqua.rest.resource import Property
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness


def _with_lists(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """The numbers of the group's own two lists, given once; they are no contact lists [inferred]."""
    for name in ("subscriptionList", "unSubscriptionList"):
        if not (old and f"{name}Id" in old.doc):
            (key,) = site.database.next_ids("EmailGroupList")
            doc |= {f"{name}Id": str(key), f"{name}DataLookupId": str(uuid.uuid4())}
    return doc


EMAIL_GROUP = asset(
    subscriptions.GROUP,
    "assets/email/group",
    Property("displayName", wire.TEXT),
    Property("emailFooterId", wire.ID),
    Property("emailHeaderId", wire.ID),
    Property("emailIds", wire.IDS, COMPLETE, lambda site, group: emails.in_group(site, group.id), read_only=True),
    Property("isVisibleInOutlookPlugin", wire.BOOLEAN, default=True),
    Property("isVisibleInPublicSubscriptionList", wire.BOOLEAN, default=True),
    Property("subscriptionLandingPageId", wire.ID, required=True),
    Property("subscriptionListDataLookupId", wire.TEXT, read_only=True),
    Property("subscriptionListId", wire.ID, read_only=True),
    Property("unSubscriptionListDataLookupId", wire.TEXT, read_only=True),
    Property("unSubscriptionListId", wire.ID, read_only=True),
    Property("unsubscriptionLandingPageId", wire.ID, required=True),
    prepare=_with_lists,
    gone=subscriptions.forget,
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
)
"""The two landing pages are asked for in practice, though no document says so [client]."""
