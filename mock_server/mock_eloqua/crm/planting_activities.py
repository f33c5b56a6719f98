"""Seeding of activities, by the ten thousand if need be, for `planting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sqlalchemy import bindparam, select

from mock_eloqua.crm import activities, assets, external_activities, references
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.seed_values import BY_NAME, INSTANT, NAME, TEXT, Item, as_text, instant, one_of, text
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site
from mock_eloqua.store import tables

ACTIVITY = {
    "type": one_of(*activities.TYPES).needed(),
    "contact": NAME.told("An address"),
    "at": INSTANT,
    "asset": TEXT.told("Its name"),
    "assetId": TEXT,
    "assetType": TEXT,
    "campaign": TEXT.told("Name or id"),
    "details": BY_NAME.told("SubjectLine, EmailClickedThruLink ..."),
}
"""What the objects of a seed may say."""
_ID = select(tables.contact.c.id, tables.contact.c.email_address).where(tables.contact.c.email_ci == bindparam("of"))
_AT_ONCE = 10_000


def add(site: Site, given: Iterable[Item]) -> None:
    """Keep that things happened: `type`, `contact` (its address), `at` (else now), `asset`, `campaign`, `details`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    done: list[Activity] = []
    for each in _read(site, given):
        done.append(each)
        if len(done) == _AT_ONCE:
            activities.record_many(site, done)
            done.clear()
    activities.record_many(site, done)


def _read(site: Site, given: Iterable[Item]) -> Iterator[Activity]:
    """The activities; external ones, which have assets of their own, are kept at once."""
    known = _Known(site)
    for item in given:
        kind, address, when = text(item, "type"), text(item, "contact"), instant(item, "at", site.clock.now())
        if kind not in activities.TYPES:
            raise BadSeed(f"type takes {', '.join(activities.TYPES)}, not {kind!r}")
        usual, named = activities.ASSET_TYPES.get(kind, ("", "")), text(item, "asset", "")
        contact_id, spelled = known.contact(address)
        told, key = _details(item), text(item, "assetId", "")
        campaign_id = known.campaign(text(item, "campaign", ""))
        asset_type = text(item, "assetType", usual[0])
        if kind == activities.EXTERNAL:
            external_activities.plant(
                site,
                asset_type,
                named,
                told.get("ActivityType", ""),
                at=when,
                contact_id=contact_id,
                campaign_id=campaign_id,
            )
            continue
        yield Activity(
            type=kind,
            contact_id=contact_id,
            email_address=spelled,
            at=when,
            asset_type=asset_type,
            asset_id=_whole("assetId", key) if key else known.asset(usual[1], named),
            asset_name=named,
            campaign_id=campaign_id,
            details=told,
        )


def _details(item: Item) -> dict[str, str]:
    details = item.get("details", {})
    if not isinstance(details, Mapping):
        raise BadSeed("details is an object of texts")
    return {str(key): as_text(str(key), value) for key, value in details.items()}


class _Known:
    """Contacts, assets and campaigns by what a seed calls them, each looked up once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.contact = cache(self._contact)
        self.asset = cache(self._asset)
        self.campaign = cache(self._campaign)

    def _contact(self, address: str) -> tuple[int, str]:
        found = self._site.database.first(_ID, of=address.lower())
        if found is None:
            raise BadSeed(f"there is no contact {address}")
        return found[0], found[1]

    def _asset(self, kind: str, name: str) -> int | None:
        found = assets.named(self._site, kind, name) if kind and name else None
        return found.id if found else None

    def _campaign(self, named: str) -> int | None:
        found = self.asset("Campaign", named)
        if found is not None or not named:
            return found
        if named.isascii() and named.isdigit() and references.exists(self._site, "Campaign", _whole("campaign", named)):
            return int(named)
        raise BadSeed(f"there is no campaign {named!r}")


def _whole(name: str, given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < len(given) < 19):
        raise BadSeed(f"{name} takes a whole number, not {given!r}")
    return int(given)
