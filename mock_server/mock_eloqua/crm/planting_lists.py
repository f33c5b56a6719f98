"""Seeding of what puts contacts and accounts together, for `planting`: lists, account groups, views, labels."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, select, true

from mock_eloqua.crm import accounts, assets, fields, labels, lists, security_groups, views
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.planting_people import account_named
from mock_eloqua.crm.seed_values import NAME, TEXT, TEXTS, Item, text, texts
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site
from mock_eloqua.store import tables

LIST = {"name": NAME, "description": TEXT, "folder": IN, "members": TEXTS.told("Addresses")}
ACCOUNT_GROUP = {"name": NAME, "description": TEXT, "folder": IN, "members": TEXTS.told("Names of accounts")}
VIEW = {"name": NAME, "fields": TEXTS.told("Internal names")}
LABEL = {"name": NAME, "contacts": TEXTS.told("Addresses"), "groups": TEXTS.told("Names of security groups")}
"""What the objects of a seed may say."""
_ID = select(tables.contact.c.id).where(tables.contact.c.email_ci == bindparam("of"))


def contact_ids(site: Site, addresses: list[str]) -> list[int]:
    """The ids of the contacts of these addresses.

    Raises:
        BadSeed: there is no such contact.
    """
    found = []
    for address in addresses:
        row = site.database.first(_ID, of=address.lower())
        if row is None:
            raise BadSeed(f"there is no contact {address}")
        found.append(row[0])
    return found


def contact_list(site: Site, item: Item) -> None:
    """Make a list of `members`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    changes = lists.Changes(
        name=text(item, "name"),
        description=text(item, "description", ""),
        folder_id=folder_of(site, lists.KIND, item),
        additions=contact_ids(site, texts(item, "members", [])),
    )
    lists.create(site, changes)


def account_group(site: Site, item: Item) -> None:
    """Make an account group of `members`.

    Raises:
        BadSeed, Invalid: something does not fit.
    """
    members = [account_named(site, name).id for name in texts(item, "members", [])]
    told = text(item, "description", "")
    doc = {"isArchived": "false"} | ({"description": told} if told else {})
    folder_id = folder_of(site, accounts.GROUP, item)
    made = assets.create(site, accounts.GROUP, name=text(item, "name"), doc=doc, folder_id=folder_id)
    accounts.add_members(site, made.id, members)


def view(entity: str) -> Callable[[Site, Item], None]:
    """How a view of contacts or of accounts is made."""

    def add(site: Site, item: Item) -> None:
        catalogue, chosen = fields.fields_of(site, entity), []
        for name in texts(item, "fields", []):
            field = catalogue.named(name)
            if field is None:
                raise BadSeed(f"there is no field {name!r}")
            chosen.append(field.key)
        views.create(site, entity, text(item, "name"), chosen)

    return add


def label(site: Site, item: Item) -> None:
    """Put a label on `contacts`, which members of `groups` see.

    Raises:
        BadSeed: there is no such contact or group.
    """
    known = {group.name.lower(): group.id for group in security_groups.find(site, true())[0]}
    group_ids = []
    for name in texts(item, "groups", []):
        if name.lower() not in known:
            raise BadSeed(f"there is no security group {name!r}")
        group_ids.append(known[name.lower()])
    ids = contact_ids(site, texts(item, "contacts", []))
    labels.put(site, text(item, "name"), contact_ids=ids, group_ids=group_ids)
