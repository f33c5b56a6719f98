"""Imports of external activities: each row is one more, nothing is ever updated (`bulk` 10)."""

from __future__ import annotations

from collections import Counter

from mock_eloqua import dates
from mock_eloqua.crm import contacts, external_activities, references
from mock_eloqua.crm.errors import Invalid
from mock_eloqua.crm.transfer import contact_rows
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.related import ADDRESS
from mock_eloqua.site import Site

_REFUSALS = {"assetType": Code.NO_ASSET_TYPE, "activityType": Code.NO_ACTIVITY_TYPE, "campaignId": Code.NO_CAMPAIGN}


class ExternalLoad:
    """Rows of contact, asset, type and date become activities; assets that are not there are made [doc]."""

    def __init__(self, site: Site, layout: Layout) -> None:
        self._site = site
        self._keys = {attribute.slot: key for key, attribute in layout.attributes.items()}

    def run(self, batch: Batch) -> Loaded:
        """Write a checked batch, inside the caller's write; rows that cannot go in are dropped from it."""
        counts: Counter[Code] = Counter()
        known = self._contacts(batch)
        for row in batch.left():
            refused = self._refused(batch, row, known)
            if refused is not None:
                batch.drop(row, refused[0], *filter(None, (self._keys.get(refused[1]),)))
                continue
            counts[Code.ASSETS_CREATED] += self._record(batch, row, known)
            counts[Code.ACTIVITIES_CREATED] += row not in batch.dropped
        return Loaded(counts=counts)

    def _contacts(self, batch: Batch) -> dict[str, int]:
        """Lower-case address, or id, to the contact."""
        key, by_id = self._keys.get(ADDRESS), self._keys.get("contact_id")
        if key is not None and key in batch.values:
            return contact_rows.owners(self._site, [each.lower() for each in batch.values[key] if each])
        given = batch.values.get(by_id, ()) if by_id else ()
        ids = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) <= 18]
        return {str(key): key for key in contacts.by_ids(self._site, ids)}

    def _text(self, batch: Batch, row: int, slot: str) -> str:
        key = self._keys.get(slot)
        return batch.values[key][row].strip() if key in batch.values else ""

    def _contact(self, batch: Batch, row: int, known: dict[str, int]) -> int | None:
        said = self._text(batch, row, ADDRESS).lower() or self._text(batch, row, "contact_id")
        return known.get(said)

    def _refused(self, batch: Batch, row: int, known: dict[str, int]) -> tuple[Code, str] | None:
        for slot in ("asset_name", "asset_type", "type", "at"):
            if not self._text(batch, row, slot):
                return Code.MISSING_FIELD, slot
        if self._contact(batch, row, known) is None:
            return Code.NO_CONTACT, ADDRESS if ADDRESS in self._keys else "contact_id"
        try:
            dates.from_eastern(dates.read(self._text(batch, row, "at")))
        except ValueError:
            return Code.BAD_VALUE, "at"
        campaign = self._text(batch, row, "campaign_id")
        if campaign and not (campaign.isascii() and campaign.isdigit() and self._is_campaign(campaign)):
            return Code.NO_CAMPAIGN, "campaign_id"
        return None

    def _is_campaign(self, text: str) -> bool:
        return len(text) <= 18 and references.exists(self._site, "Campaign", int(text))

    def _record(self, batch: Batch, row: int, known: dict[str, int]) -> int:
        """Keep one; how many assets had to be made for it."""
        asset_type, asset_name = self._text(batch, row, "asset_type"), self._text(batch, row, "asset_name")
        contact, campaign = self._contact(batch, row, known), self._text(batch, row, "campaign_id")
        is_new = not external_activities.has_asset(self._site, asset_type, asset_name)
        try:
            external_activities.plant(
                self._site,
                asset_type,
                asset_name,
                self._text(batch, row, "type"),
                at=dates.from_eastern(dates.read(self._text(batch, row, "at"))),
                contact_id=contact or 0,
                campaign_id=int(campaign) if campaign else None,
            )
        except Invalid as invalid:
            code = _REFUSALS.get(invalid.failures[0].property, Code.NO_ASSET_TYPE)
            slot = "type" if code is Code.NO_ACTIVITY_TYPE else "asset_type"
            batch.drop(row, code, *filter(None, (self._keys.get(slot),)))
            return 0
        return int(is_new)
