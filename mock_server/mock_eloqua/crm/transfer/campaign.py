"""What contacts, activities and responses tell of a campaign: its id, its name, its fields (`bulk` 14, 16.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlalchemy import true

from mock_eloqua.crm import assets, campaign_fields
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import CAMPAIGN
from mock_eloqua.crm.transfer import columns
from mock_eloqua.crm.transfer.entity import Attribute, Run
from mock_eloqua.language import statement as language
from mock_eloqua.site import Site
from mock_eloqua.store import tables

SOURCE = "source campaign"
"""Where the runs of an export have the campaign for whose app it is made."""
_OWN: dict[str, tuple[str, Callable[[Asset], str]]] = {
    "CampaignName": ("Campaign Name", lambda campaign: campaign.name),
    "CRMCampaignId": ("CRM Campaign Id", lambda campaign: str(campaign.doc.get("crmId", ""))),
}
"""What every campaign tells: by internal name, name and how it is read."""


def of_campaign(
    site: Site, path: Sequence[language.Step], ids: Callable[[Run], Sequence[int | None]]
) -> Attribute | None:
    """What `.Campaign.Id` or `.Campaign.Field(CampaignName)` stands for on records that name campaigns by *ids*."""
    match path:
        case (language.Attribute(name),) if name.lower() == "id":
            return _attribute(name, lambda run: ["" if each is None else str(each) for each in ids(run)])
        case (language.FieldName(name),) if (tell := _teller(site, name)) is not None:
            return _attribute(name, lambda run: _told(site, tell, ids(run)))
    return None


def _attribute(name: str, read: Callable[[Run], Sequence[str]]) -> Attribute:
    return Attribute(
        slot=f"campaign {name}",
        read=lambda run, _utc: read(run),
        operand=columns.constant(None),
        writable=False,
        identifies=False,
    )


def _teller(site: Site, name: str) -> Callable[[Asset], str] | None:
    custom = {each.doc["internalName"]: partial(_value, str(each.id)) for each in _custom(site)}
    own = {internal_name: tell for internal_name, (_, tell) in _OWN.items()}
    return {known.lower(): tell for known, tell in (custom | own).items()}.get(name.lower())


def _value(field_id: str, campaign: Asset) -> str:
    found = (each.get("value", "") for each in campaign.doc.get("fieldValues", ()) if each.get("id") == field_id)
    return str(next(found, ""))


def _told(site: Site, tell: Callable[[Asset], str], ids: Sequence[int | None]) -> Sequence[str]:
    wanted = {each for each in ids if each is not None}
    found, _ = assets.find(site, CAMPAIGN, tables.asset.c.id.in_(wanted), limit=len(wanted) or 1)
    told = {each.id: tell(each) for each in found}
    return ["" if each is None else told.get(each, "") for each in ids]


def _custom(site: Site) -> Sequence[Asset]:
    return assets.find(site, campaign_fields.KIND, true(), limit=None)[0]


def source(run: Run) -> Sequence[int | None]:
    """The campaign for whose app an export is made; none for any other."""
    return run.get(SOURCE) or [None] * len(run["id"])


def catalogue(site: Site) -> Iterator[tuple[str, str, str]]:
    """Name, path behind the campaign, and data type of all that campaigns tell."""
    yield "Campaign Id", "Id", "number"
    for internal_name, (name, _) in _OWN.items():
        yield name, f"Field({internal_name})", "string"
    for each in _custom(site):
        data_type = columns.DATA_TYPES.get(each.doc["dataType"], "string")
        yield each.name, f"Field({each.doc['internalName']})", data_type
