"""CloudDataInstance: an app of a provider, which 1.0 takes and never shows again [client]."""

from __future__ import annotations

from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.resource import Property
from mock_eloqua.sureness import Sureness

CLIENT = Sureness.CLIENT

CLOUD_DATA = asset(
    "CloudDataInstance",
    "system/cloud/data",
    Property("activateUrl", wire.TEXT, sure=CLIENT),
    Property("iconURL", wire.TEXT, sure=CLIENT),
    Property("isActive", wire.BOOLEAN, sure=CLIENT),
    Property("providerURL", wire.TEXT, sure=CLIENT),
    versions={"1.0": "C"},
    unique=False,
    without=("folderId",),
    sure=CLIENT,
)
