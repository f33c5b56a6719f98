"""Contact security: who sees a contact is a matter of labels (`platform` 3.5) [doc].

A contact without labels is seen by everyone; one with labels by the members of security groups that
have one of them [inferred: that one is enough]. Labels come with seeds; REST has no calls for them.
They hide contacts from REST, SOAP and the exports of Bulk; imports find whom they name, as uniqueness knows
no labels [inferred].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site
from mock_eloqua.store import tables

T = TypeVar("T")

_contact, _labelled, _group = tables.contact, tables.contact_label, tables.group_label


def put(site: Site, label: str, *, contact_ids: Iterable[int] = (), group_ids: Iterable[int] = ()) -> None:
    """Give a label to contacts and to security groups."""
    with site.database.writing():
        site.database.insert_or_skip(_labelled, [{"contact_id": each, "label": label} for each in contact_ids])
        site.database.insert_or_skip(_group, [{"group_id": each, "label": label} for each in group_ids])
        site.forget()


def give_group(site: Site, group_id: int, names: Iterable[str]) -> None:
    """Give these labels and no others to a security group."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_group).where(_group.c.group_id == group_id))
    for name in names:
        put(site, name, group_ids=[group_id])
    site.forget()


def of_group(site: Site, group_id: int) -> list[str]:
    """The labels of a security group, in order."""
    query = select(_group.c.label).where(_group.c.group_id == group_id).order_by(_group.c.label)
    with site.database.reading() as connection:
        return list(connection.execute(query).scalars())


def seen_by(site: Site, user_id: int, of: ColumnElement[int] = _contact.c.id) -> ColumnElement[bool]:
    """A condition on contacts, or on what belongs to the contact *of* that id or to none: the user sees them."""
    if not site.cached(_are_used):
        return true()
    mine = (
        select(_group.c.label)
        .join(tables.user_group, tables.user_group.c.group_id == _group.c.group_id)
        .where(tables.user_group.c.user_id == user_id)
    )
    meeting = select(_labelled.c.contact_id).where(_labelled.c.label.in_(mine))
    return or_(of.is_(None), of.not_in(select(_labelled.c.contact_id)), of.in_(meeting))


def _are_used(site: Site) -> bool:
    with site.database.reading() as connection:
        return connection.execute(select(_labelled.c.contact_id).limit(1)).first() is not None


def check(site: Site, user_id: int, contact_id: int) -> None:
    """Does the user see the contact?

    Raises:
        NotFound: it is hidden, which looks as if it were not there [doc].
    """
    if not site.cached(_are_used):
        return
    query = select(_contact.c.id).where(_contact.c.id == contact_id, seen_by(site, user_id))
    with site.database.reading() as connection:
        if connection.execute(query).first() is None:
            raise NotFound("Contact", contact_id)


def visible(site: Site, user_id: int, found: Mapping[int, T]) -> Mapping[int, T]:
    """Those of some contacts, by id, that the user sees."""
    if not site.cached(_are_used):
        return found
    query = select(_contact.c.id).where(_contact.c.id.in_(list(found)), seen_by(site, user_id))
    with site.database.reading() as connection:
        seen = set(connection.execute(query).scalars())
    return {key: each for key, each in found.items() if key in seen}


def forget_contact(site: Site, contact_id: int) -> None:
    """The labels of a contact that is deleted."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_labelled).where(_labelled.c.contact_id == contact_id))
