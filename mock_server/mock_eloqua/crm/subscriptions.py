"""Subscriptions to e-mail groups (`rest` 15): of an address, so that they survive its contact.

The global subscription is a mark of the contact and is not touched here [client].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import activities, assets, contacts
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

GROUP = "EmailGroup"
_table, _contact = tables.group_subscription, tables.contact


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
        rows = {row.group_id: row for row in connection.execute(query)}
    return [
        Subscription(contact_id, each, row.is_subscribed, row.updated_at)
        if (row := rows.get(each.id))
        else Subscription(contact_id, each, by_default(site), None)
        for each in groups
    ]


def by_default(site: Site) -> bool:
    """Is an address that has said nothing subscribed?"""
    return site.settings.email_group_default == "subscribed"


def said(site: Site, group_id: int, folded: Sequence[str]) -> dict[str, bool]:
    """What these lower-case addresses said of a group; those that said nothing are left out."""
    query = select(_table.c.email_ci, _table.c.is_subscribed).where(_table.c.group_id == group_id, _spoken(folded))
    with site.database.reading() as connection:
        return {row.email_ci: row.is_subscribed for row in connection.execute(query)}


def _spoken(folded: Sequence[str]) -> ColumnElement[bool]:
    return among(_table.c.email_ci, literal(to_json(folded)))


def is_subscribed(site: Site, group_id: int) -> ColumnElement[bool]:
    """A condition on contacts: being subscribed to a group."""
    unsaid = by_default(site)
    others = select(_table.c.email_ci).where(_table.c.group_id == group_id, _table.c.is_subscribed.is_(not unsaid))
    return _contact.c.email_ci.not_in(others) if unsaid else _contact.c.email_ci.in_(others)


def change(site: Site, contact_id: int, group_id: int, *, is_subscribed: bool) -> Subscription:
    """Subscribe a contact to a group, or unsubscribe it from that group only [client]; a change is an activity.

    Raises:
        NotFound: there is no such contact or group.
    """
    with site.database.writing():
        contacts.get(site, contact_id)
        say_for_all(site, [contact_id], group_id, is_subscribed=is_subscribed)
        return get(site, contact_id, group_id)


def say_for_all(site: Site, contact_ids: Sequence[int], group_id: int, *, is_subscribed: bool) -> None:
    """The same for thousands of contacts; unknown ids are passed over.

    Raises:
        NotFound: there is no such group.
    """
    wanted = among(_contact.c.id, literal(to_json(contact_ids)))
    query = select(_contact.c.id, _contact.c.email_address, _contact.c.email_ci).where(wanted)
    with site.database.writing() as connection:
        group, found = assets.get(site, GROUP, group_id), connection.execute(query.order_by(_contact.c.id)).all()
        addresses = [each.email_ci for each in found]
        before, now = said(site, group_id, addresses), site.clock.now()
        _keep(site, addresses, group_id, is_subscribed=is_subscribed)
        turned = [
            Activity(
                type=activities.EMAIL_SUBSCRIBE if is_subscribed else activities.EMAIL_UNSUBSCRIBE,
                contact_id=each.id,
                email_address=each.email_address,
                at=now,
                asset_type="emailGroup",
                asset_id=group_id,
                asset_name=group.name,
            )
            for each in found
            if before.get(each.email_ci, by_default(site)) != is_subscribed
        ]
        activities.record_many(site, turned)


def say(site: Site, address: str, group_id: int, *, is_subscribed: bool) -> None:
    """Keep what an address says of a group, whether it has a contact or not."""
    _keep(site, [address.lower()], group_id, is_subscribed=is_subscribed)


def _keep(site: Site, folded: Sequence[str], group_id: int, *, is_subscribed: bool) -> None:
    same = {"group_id": group_id, "is_subscribed": is_subscribed, "updated_at": site.clock.now()}
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.group_id == group_id, _spoken(folded)))
        site.database.insert_many(_table, {"email_ci": folded}, same)


def unsubscribed(site: Site, group_id: int, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that are not subscribed to a group."""
    wanted = {each.lower() for each in addresses}
    known = said(site, group_id, list(wanted))
    return {each for each in wanted if not known.get(each, by_default(site))}


def forget(site: Site, group_id: int) -> None:
    """Nobody is subscribed to a group that is gone."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.group_id == group_id))
