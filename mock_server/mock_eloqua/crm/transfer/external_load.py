"""Imports of external activities: each row is one more, nothing is ever updated (`bulk` 10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from mock_eloqua import dates
from mock_eloqua.crm import activities, contacts, external_activities, references
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.transfer import contact_rows
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.related import ADDRESS
from mock_eloqua.site import Site

_ID = "contact_id"
_NEEDED = ("asset_name", "asset_type", "type", "at")


class _Refused(Exception):
    """A row that cannot go in."""

    def __init__(self, code: Code, slot: str) -> None:
        super().__init__(code.code)
        self.code = code
        self.slot = slot
        """The column to blame."""


@dataclass(slots=True)
class _Named:
    """What the rows of a batch name, looked up once for each name."""

    site: Site
    contacts: dict[str, Contact]
    """By lower-case address, or id."""
    types: dict[str, Asset | None] = field(default_factory=dict)
    assets: dict[tuple[int, str], Asset] = field(default_factory=dict)
    campaigns: dict[str, bool] = field(default_factory=dict)
    assets_made: int = 0

    def type(self, name: str) -> Asset:
        """The type of external assets of that name."""
        if name.lower() not in self.types:
            self.types[name.lower()] = external_activities.type_named(self.site, name)
        found = self.types[name.lower()]
        if found is None:
            raise _Refused(Code.NO_ASSET_TYPE, "asset_type")
        return found

    def asset(self, of_type: Asset, name: str) -> Asset:
        """The asset of that type and name, made when it is not there [doc]."""
        key = of_type.id, name.lower()
        if key not in self.assets:
            found = external_activities.asset_named(self.site, of_type, name)
            self.assets_made += found is None
            self.assets[key] = found or external_activities.create_asset(self.site, of_type, name)
        return self.assets[key]

    def campaign(self, text: str) -> int | None:
        """The campaign of that id; None where none is named."""
        if text and text not in self.campaigns:
            is_id = text.isascii() and text.isdigit() and len(text) <= 18
            self.campaigns[text] = is_id and references.exists(self.site, "Campaign", int(text))
        if text and not self.campaigns[text]:
            raise _Refused(Code.NO_CAMPAIGN, "campaign_id")
        return int(text) if text else None


class ExternalLoad:
    """Rows of contact, asset, type and date become activities; assets that are not there are made [doc]."""

    def __init__(self, site: Site, layout: Layout) -> None:
        self._site = site
        self._keys = {attribute.slot: key for key, attribute in layout.attributes.items()}

    def run(self, batch: Batch) -> Loaded:
        """Write a checked batch, inside the caller's write; rows that cannot go in are dropped from it."""
        named = _Named(self._site, self._contacts(batch))
        done = []
        for row in batch.left():
            try:
                done.append(self._activity(batch, row, named))
            except _Refused as refused:
                batch.drop(row, refused.code, *filter(None, (self._keys.get(refused.slot),)))
        activities.record_many(self._site, done)
        counts = {Code.ASSETS_CREATED: named.assets_made, Code.ACTIVITIES_CREATED: len(done)}
        return Loaded(counts=Counter(counts))

    def _contacts(self, batch: Batch) -> dict[str, Contact]:
        by_address, by_id = self._keys.get(ADDRESS), self._keys.get(_ID)
        if by_address is not None and by_address in batch.values:
            texts = [each.lower() for each in batch.values[by_address] if each]
            found = contacts.by_ids(self._site, list(contact_rows.owners(self._site, texts).values()))
            return {each.email_address.lower(): each for each in found.values()}
        given = batch.values.get(by_id, ()) if by_id else ()
        ids = [int(each) for each in given if each.isascii() and each.isdigit() and len(each) <= 18]
        return {str(key): each for key, each in contacts.by_ids(self._site, ids).items()}

    def _text(self, batch: Batch, row: int, slot: str) -> str:
        key = self._keys.get(slot)
        return batch.values[key][row].strip() if key in batch.values else ""

    def _activity(self, batch: Batch, row: int, named: _Named) -> Activity:
        """What a row says.

        Raises:
            _Refused: it lacks something, or names what is not there.
        """
        asset_name, asset_type, kind, moment = (self._text(batch, row, slot) for slot in _NEEDED)
        for slot, text in zip(_NEEDED, (asset_name, asset_type, kind, moment), strict=True):
            if not text:
                raise _Refused(Code.MISSING_FIELD, slot)
        who = self._text(batch, row, ADDRESS).lower() or self._text(batch, row, _ID)
        if who not in named.contacts:
            raise _Refused(Code.NO_CONTACT, ADDRESS if ADDRESS in self._keys else _ID)
        at = self._moment(moment)
        campaign = named.campaign(self._text(batch, row, "campaign_id"))
        of_type = named.type(asset_type)
        spelled = external_activities.spelled(of_type, kind)
        if spelled is None:
            raise _Refused(Code.NO_ACTIVITY_TYPE, "type")
        asset = named.asset(of_type, asset_name)
        contact = named.contacts[who]
        return Activity(
            type=activities.EXTERNAL,
            contact_id=contact.id,
            email_address=contact.email_address,
            at=at,
            asset_type=of_type.name,
            asset_id=asset.id,
            asset_name=asset.name,
            campaign_id=campaign,
            details=external_activities.details(self._site, spelled),
        )

    @staticmethod
    def _moment(text: str) -> int:
        try:
            return dates.from_eastern(dates.read(text))
        except ValueError:
            raise _Refused(Code.BAD_VALUE, "at") from None
