"""Seeding of members of campaigns and programs, for `planting`."""

from __future__ import annotations

from sqlalchemy import select

from mock_eloqua.crm import assets, campaigns, contacts
from mock_eloqua.crm.canvas import ACTIVE, CAMPAIGN, CONTACT, PROGRAM, Canvas, drawn
from mock_eloqua.crm.seed_values import TEXT, TEXTS, Item, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site
from mock_eloqua.store import tables

MEMBERS = {"campaign": TEXT, "program": TEXT, "contacts": TEXTS, "records": TEXTS}
"""What the objects of a seed may say."""


def members(site: Site, item: Item) -> None:
    """Put `contacts` (addresses) or `records` (unique codes) into an active `campaign` or `program`, by its name.

    Raises:
        BadSeed: there is no such campaign, contact or record; it is not active, or made for others.
    """
    to = _canvas(site, item)
    wanted = _contacts(site, texts(item, "contacts", [])) + _records(site, to, texts(item, "records", []))
    if to.status != ACTIVE:
        raise BadSeed(f"{to.asset.name!r} is not active")
    campaigns.add_members(site, to.kind, to.id, wanted)


def _canvas(site: Site, item: Item) -> Canvas:
    kind, name = next(((kind, kind.lower()) for kind in (CAMPAIGN, PROGRAM) if kind.lower() in item), ("", ""))
    if not kind:
        raise BadSeed("says the name of a campaign or a program")
    found = assets.named(site, kind, text(item, name))
    if found is None:
        raise BadSeed(f"there is no {name} {item[name]!r}")
    to = drawn(found)
    others = "records" if to.entity == CONTACT else "contacts"
    if others in item:
        raise BadSeed(f"{found.name!r} takes no {others}")
    return to


def _contacts(site: Site, named: list[str]) -> list[int]:
    found = {address: contacts.by_address(site, address) for address in named}
    missing = [address for address, contact in found.items() if contact is None]
    if missing:
        raise BadSeed(f"there is no contact {missing[0]}")
    return [contact.id for contact in found.values() if contact]


def _records(site: Site, to: Canvas, codes: list[str]) -> list[int]:
    record, parent = tables.custom_object_record.c, int(to.asset.doc.get("defaultEntityId", "0"))
    found = []
    with site.database.reading() as connection:
        for code in codes:
            query = select(record.id).where(record.kind == "CustomObject", record.parent_id == parent)
            key = connection.execute(query.where(record.code_ci == code.lower())).scalar()
            if key is None:
                raise BadSeed(f"there is no record {code!r}")
            found.append(key)
    return found
