"""External assets, their types, and what contacts did at them (`rest` 14.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import external_activities
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import COMPLETE, MINIMAL, PARTIAL, asset
from mock_eloqua.rest.resource import Property, ResourceType, Shape, Source, attribute
from mock_eloqua.rest.shapes import FIELD_VALUE
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

PUBLISHED_IN_2 = {"1.0": Sureness.CLIENT, "2.0": Sureness.DOC}

IMAGE = Shape(
    type="ImageFile",
    has_id=False,
    is_open=True,
    properties=(Property("id", wire.ID), Property("name", wire.TEXT)),
)

EXTERNAL_ASSET_TYPE = asset(
    "ExternalAssetType",
    "assets/external/type",
    Property(
        "activityTypes",
        wire.OBJECTS,
        COMPLETE,
        required=True,
        shape=Shape(type="ExternalActivityType", properties=(Property("name", wire.TEXT, required=True),)),
    ),
    Property("image", wire.OBJECT, COMPLETE, shape=IMAGE),
    versions={"2.0": "CRUDL"},
    without=("folderId", "permissions"),
)

EXTERNAL_ASSET = asset(
    "ExternalAsset",
    "assets/external",
    Property("externalAssetTypeId", wire.ID),
    sure=PUBLISHED_IN_2,
)


def _no_path(*_: Any, **__: Any) -> Any:
    raise NotFound(external_activities.KIND, "that way")


class ExternalActivities:
    """What the domain does for external activities: they are made and read, nothing else."""

    get = staticmethod(external_activities.get)
    find = change = delete = operand = staticmethod(_no_path)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Activity:
        """A new one."""
        return external_activities.record(
            site,
            asset_type=given["assetType"],
            asset_name=given["assetName"],
            activity_type=given["activityType"],
            at=given["activityDate"],
            contact_id=given["contactId"],
            campaign_id=given["campaignId"],
            values=given.get("fieldValues", ()),
            user_id=user_id,
        )


def _detail(name: str) -> Source:
    return lambda _site, activity: activity.details.get(name)


EXTERNAL_ACTIVITY = ResourceType(
    type=external_activities.KIND,
    single="data/activity",
    many="data/activities",
    versions={"1.0": "CR", "2.0": "CR"},
    repository=ExternalActivities(),
    sure=PUBLISHED_IN_2,
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, _detail("createdAt"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, _detail("createdBy"), read_only=True),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("activityDate", wire.UNIX, PARTIAL, attribute("at"), required=True),
        Property("activityType", wire.TEXT, PARTIAL, _detail("ActivityType"), required=True),
        Property("assetName", wire.TEXT, PARTIAL, attribute("asset_name"), required=True),
        Property("assetType", wire.TEXT, PARTIAL, attribute("asset_type"), required=True),
        Property("campaignId", wire.NUMBER, PARTIAL, attribute("campaign_id"), required=True),
        Property("contactId", wire.NUMBER, PARTIAL, attribute("contact_id"), required=True),
        Property("fieldValues", wire.OBJECTS, COMPLETE, _detail("fieldValues"), shape=FIELD_VALUE),
    ),
)
