"""Fields of campaigns: what is worked out and fixed when one is written, as of contact fields [inferred]."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.custom_fields import internal_name
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

KIND = "CampaignField"


def prepared(_site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """A campaign field as it is stored: never standard; its data type stays.

    Raises:
        Invalid: the data type is missing, or would change.
    """
    before = old.doc.get("dataType", "") if old else ""
    data_type = doc.get("dataType") or before
    if not data_type:
        raise Invalid(Failure("dataType", "NotNullRequirement", None))
    if data_type != (before or data_type):
        raise Invalid(Failure("dataType", "ImmutabilityRequirement", data_type))
    return {"displayType": "text"} | doc | {"dataType": data_type, "isStandard": "false"}


def named(site: Site, new: Asset) -> Asset:
    """A new field with its internal name, which it keeps."""
    asset = tables.asset
    with site.database.reading() as connection:
        docs = connection.execute(select(asset.c.doc).where(asset.c.kind == KIND)).scalars()
        taken = {doc.get("internalName", "").lower() for doc in docs}
    return assets.write_doc(site, new, internalName=internal_name(new.name, taken))
