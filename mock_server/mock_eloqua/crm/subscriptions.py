"""Subscriptions to e-mail groups (`rest` 15): of an address, so that they survive its contact.

The global subscription is a mark of the contact and is not touched here [client].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, select

from mock_eloqua.crm import activities, assets, contacts
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site
from mock_eloqua.store import tables

GROUP = "EmailGroup"
_table = tables.group_subscription


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one contact's address has said of one e-mail group."""

    contact_id: int
    group: Asset
    is_subscribed: bool
    updated_at: int | None
    """None: nobody has said anything yet."""


def get(site: Site, contact_id: int, group_id: int) -> Subscription:
    """The subscription of a contact to a group.

    Raises:
        NotFound: there is no such contact or group.
    """
    contact = contacts.get(site, contact_id)
    return of_groups(site, contact_id, contact.email_address, [assets.get(site, GROUP, group_id)])[0]


def of_groups(site: Site, contact_id: int, address: str, groups: Sequence[Asset]) -> list[Subscription]:
    """The subscriptions of a contact to these groups; where nothing was said, the switch decides."""
    query = select(_table).where(_table.c.email_ci == address.lower())
    with site.database.reading() as connection:
        said = {row.group_id: row for row in connection.execute(query)}
    default = site.settings.email_group_default == "subscribed"
    return [
        Subscription(contact_id, each, row.is_subscribed, row.updated_at)
        if (row := said.get(each.id))
        else Subscription(contact_id, each, default, None)
        for each in groups
    ]


def change(site: Site, contact_id: int, group_id: int, *, is_subscribed: bool) -> Subscription:
    """Subscribe a contact to a group, or unsubscribe it from that group only [client]; a change is an activity.

    Raises:
        NotFound: there is no such contact or group.
    """
    with site.database.writing():
        before = get(site, contact_id, group_id)
        address = contacts.get(site, contact_id).email_address
        say(site, address, group_id, is_subscribed=is_subscribed)
        if before.is_subscribed != is_subscribed:
            activities.record(
                site,
                activities.EMAIL_SUBSCRIBE if is_subscribed else activities.EMAIL_UNSUBSCRIBE,
                contact_id=contact_id,
                email_address=address,
                asset_type="emailGroup",
                asset_id=group_id,
                asset_name=before.group.name,
            )
        return get(site, contact_id, group_id)


def say(site: Site, address: str, group_id: int, *, is_subscribed: bool) -> None:
    """Keep what an address says of a group, whether it has a contact or not."""
    row = {"email_ci": address.lower(), "group_id": group_id}
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(*(_table.c[name] == value for name, value in row.items())))
        connection.execute(insert(_table), {**row, "is_subscribed": is_subscribed, "updated_at": site.clock.now()})


def unsubscribed(site: Site, group_id: int, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that are not subscribed to a group."""
    wanted = {each.lower() for each in addresses}
    query = select(_table.c.email_ci, _table.c.is_subscribed).where(_table.c.group_id == group_id)
    with site.database.reading() as connection:
        said = {row.email_ci: row.is_subscribed for row in connection.execute(query)}
    default = site.settings.email_group_default == "subscribed"
    return {each for each in wanted if not said.get(each, default)}


def forget(site: Site, group_id: int) -> None:
    """Nobody is subscribed to a group that is gone."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.group_id == group_id))
