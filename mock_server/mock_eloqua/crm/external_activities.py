"""What contacts did outside Eloqua, at assets of types that the customer declares (`rest` 14.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mock_eloqua.crm import activities, assets, contacts, references
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.site import Site
from mock_eloqua.store import tables

KIND = "ExternalActivities"
ASSET, ASSET_TYPE = "ExternalAsset", "ExternalAssetType"


def get(site: Site, key: int) -> Activity:
    """The external activity of that id.

    Raises:
        NotFound: there is none.
    """
    found = activities.get(site, key)
    if found is None or found.type != activities.EXTERNAL:
        raise NotFound(KIND, key)
    return found


def record(
    site: Site,
    *,
    asset_type: str,
    asset_name: str,
    activity_type: str,
    at: int,
    contact_id: int,
    campaign_id: int | None,
    values: Sequence[Any] = (),
    user_id: int | None = None,
) -> Activity:
    """Keep an external activity. All that it names has to be there [doc]; names are compared without case.

    Raises:
        Invalid: something is not.
    """
    with site.database.writing():
        of_type = type_named(site, asset_type)
        asset = asset_named(site, of_type, asset_name) if of_type else None
        kind = spelled(of_type, activity_type) if of_type else None
        missing = list(_missing(site, contact_id, campaign_id))
        if of_type is None:
            missing.append(Failure("assetType", "RelationshipRequirement", asset_type))
        elif kind is None:
            missing.append(Failure("activityType", "RelationshipRequirement", activity_type))
        if of_type is not None and asset is None:
            missing.append(Failure("assetName", "RelationshipRequirement", asset_name))
        if missing or of_type is None or asset is None:
            raise Invalid(*sorted(missing, key=lambda each: each.property))
        return activities.record(
            site,
            activities.EXTERNAL,
            contact_id=contact_id,
            at=at,
            asset_type=of_type.name,
            asset_id=asset.id,
            asset_name=asset.name,
            campaign_id=campaign_id,
            details=details(site, kind or "", values, user_id),
        )


def details(site: Site, kind: str, values: Sequence[Any] = (), user_id: int | None = None) -> dict[str, Any]:
    """What an external activity keeps besides what all activities have."""
    return {"ActivityType": kind, "fieldValues": list(values), "createdAt": site.clock.now(), "createdBy": user_id}


def type_named(site: Site, asset_type: str) -> Asset | None:
    """The type of external assets of that name, in any case."""
    return assets.named(site, ASSET_TYPE, asset_type)


def asset_named(site: Site, of_type: Asset, name: str) -> Asset | None:
    """The external asset of that type and name, in any case."""
    found, _ = assets.find(site, ASSET, tables.asset.c.name_ci == name.lower())
    return next((each for each in found if each.doc.get("externalAssetTypeId") == str(of_type.id)), None)


def create_asset(site: Site, of_type: Asset, name: str) -> Asset:
    """An asset that a load or a seed names and that is not there yet [doc]."""
    return assets.create(site, ASSET, name=name, doc={"externalAssetTypeId": str(of_type.id)})


def spelled(of_type: Asset, name: str) -> str | None:
    """An activity's name as its type of assets writes it; None: the type knows no such activity."""
    known: list[Mapping[str, str]] = list(of_type.doc.get("activityTypes", ()))
    return next((each["name"] for each in known if each.get("name", "").lower() == name.lower()), None)


def plant(
    site: Site,
    asset_type: str,
    asset_name: str,
    activity_type: str,
    *,
    at: int,
    contact_id: int,
    campaign_id: int | None,
) -> Activity:
    """Keep one for a seed, which may name an asset that is not there yet.

    Raises:
        Invalid: there is no such type, or no such activity of it.
    """
    with site.database.writing():
        of_type = type_named(site, asset_type)
        if of_type and spelled(of_type, activity_type) and asset_named(site, of_type, asset_name) is None:
            create_asset(site, of_type, asset_name)
        return record(
            site,
            asset_type=asset_type,
            asset_name=asset_name,
            activity_type=activity_type,
            at=at,
            contact_id=contact_id,
            campaign_id=campaign_id,
        )


def _missing(site: Site, contact_id: int, campaign_id: int | None) -> Iterator[Failure]:
    if not contacts.by_ids(site, [contact_id]):
        yield Failure("contactId", "RelationshipRequirement", str(contact_id))
    if campaign_id is not None and not references.exists(site, "Campaign", campaign_id):
        yield Failure("campaignId", "RelationshipRequirement", str(campaign_id))
