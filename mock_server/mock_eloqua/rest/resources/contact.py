"""Contact (`rest` 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_

from mock_eloqua.crm import contacts, fields, labels, lists
from mock_eloqua.crm.contacts import EMAIL_FORMATS, Changes, Contact
from mock_eloqua.crm.standard_fields import CONTACT_FIELDS, PROPERTIES
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.rest import parameters, wire, writing
from mock_eloqua.rest.actions import asked_for, search_by_ids
from mock_eloqua.rest.asset import V2, user_name
from mock_eloqua.rest.field_values import Values
from mock_eloqua.rest.handlers import find
from mock_eloqua.rest.resource import LISTING, Depth, Extra, ListOf, PageOf, Property, ResourceType, attribute, constant
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE

_KEYS = {name: str(key) for key, name, _, _ in CONTACT_FIELDS}
FIELDS = Values(
    entity="Contact",
    catalogue=fields.contact_fields,
    reader=contacts.reader,
    instants=contacts.INSTANTS,
    field_of={name: _KEYS[internal] for name, internal in PROPERTIES.items()},
    depth=PARTIAL,
)
field_property = FIELDS.property


@dataclass(frozen=True)
class Contacts:
    """What the domain does for contacts; labels may hide some of them from a user."""

    user_id: int | None = None
    """Who looks; None: somebody who sees all."""

    def get(self, site: Site, key: int) -> Contact:
        """One contact."""
        self._check(site, key)
        return contacts.get(site, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[list[Contact], int]:
        """A page of contacts."""
        if self.user_id is not None:
            where = and_(where, labels.seen_by(site, self.user_id))
        return contacts.find(site, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Contact:
        """A new contact."""
        return FIELDS.named(lambda: contacts.create(site, _changes(site, given, blank_rest=False), user_id))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Contact:
        """PUT: properties left out are blanked unless a switch says merge; field values left out stay."""
        self._check(site, key)
        blank = site.settings.put_semantics == "replace"
        return FIELDS.named(lambda: contacts.change(site, key, _changes(site, given, blank_rest=blank), user_id))

    def delete(self, site: Site, key: int) -> None:
        """Remove one."""
        self._check(site, key)
        contacts.delete(site, key)

    def operand(self, site: Site, name: str) -> Operand | None:
        """Internal names of fields, properties, and what clients use besides."""
        if name in _OPERANDS:
            return _OPERANDS[name]
        return contacts.operand(site, PROPERTIES.get(name, name))

    def _check(self, site: Site, key: int) -> None:
        if self.user_id is not None:
            labels.check(site, self.user_id, key)


_OPERANDS = {
    "id": Operand(tables.contact.c.id, Kind.ID),
    "createdAt": Operand(tables.contact.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(tables.contact.c.updated_at, Kind.INSTANT),
    "createdBy": Operand(tables.contact.c.created_by, Kind.ID),
    "updatedBy": Operand(tables.contact.c.updated_by, Kind.ID),
    "accountId": Operand(tables.contact.c.account_id, Kind.ID),
    "isSubscribed": Operand(tables.contact.c.is_subscribed, Kind.BOOLEAN),
    "isBounceback": Operand(tables.contact.c.is_bounceback, Kind.BOOLEAN),
    **dict.fromkeys(("email", "name"), Operand(tables.contact.c.email_ci, Kind.TEXT, folded=True)),
}


def _changes(site: Site, given: Mapping[str, Any], *, blank_rest: bool) -> Changes:
    return Changes(
        values=FIELDS.read(site, given, blank_rest=blank_rest),
        is_subscribed=given.get("isSubscribed"),
        is_bounceback=given.get("isBounceback"),
        email_format=given.get("emailFormatPreference") or None,
        is_sms_subscribed=given.get("isSmsSubscribed"),
    )


def _sms(_site: Site, contact: Contact) -> bool:
    """Nobody has agreed to texts before somebody says so [inferred]."""
    return bool(contact.is_sms_subscribed)


def _account_id(site: Site, contact: Contact) -> int | None:
    return contact.account_id if site.has("account-id-of-contacts") else None


def shown(site: Site, contact: Contact) -> dict[str, Any]:
    """A contact at depth complete."""
    return writing.shown(CONTACT, site, contact, COMPLETE)


def membership(call: Call) -> Reply:
    """The lists that a contact is on: a bare array of type, id and name [recorded]."""
    key = parameters.contact_id(call)
    contacts.get(call.site, key)
    found = lists.of_contact(call.site, key)
    return json_reply([{"type": "ContactList", "id": str(list_id), "name": name} for list_id, name in found])


def members(call: Call) -> Reply:
    """The contacts on a list [client]."""
    key = parameters.path_id(call, "ContactList")
    lists.get(call.site, key)
    return find(CONTACT, "1.0", lambda _call: lists.has_member(key))(call)


def by_ids(call: Call) -> Reply:
    """Up to 200 contacts by their ids: a bare array in the order asked for, unknown ids passed over [doc; inferred]."""
    wanted, depth = asked_for(call)
    seen = and_(tables.contact.c.id.in_(wanted), labels.seen_by(call.site, call.user.id))
    found = {each.id: each for each in contacts.find(call.site, seen)[0]}
    known = [found[each] for each in wanted if each in found]
    return json_reply(writing.listed(CONTACT, call.site, known, depth, "2.0"))


CONTACT = ResourceType(
    type="Contact",
    single="data/contact",
    many="data/contacts",
    repository=Contacts(),
    within=lambda call: Contacts(call.user.id),
    bare_search=("emailAddress",),
    versions={"1.0": "CRUDL", "2.0": "CRUDL"},
    read_depth={"2.0": MINIMAL},
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT, "2.0 R": Sureness.DOC, "2.0 U": Sureness.DOC},
    by_view=FIELDS.by_view,
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("currentStatus", wire.TEXT, PARTIAL, constant("Awaiting action"), read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
        Property("createdByName", wire.TEXT, PARTIAL, user_name("created_by"), read_only=True, versions=V2),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("name", wire.TEXT, MINIMAL, attribute("email_address"), read_only=True),
        Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
        Property("updatedByName", wire.TEXT, PARTIAL, user_name("updated_by"), read_only=True, versions=V2),
        Property("accountId", wire.ID, COMPLETE, _account_id, read_only=True),
        field_property("accountName"),
        field_property("address1"),
        field_property("address2"),
        field_property("address3"),
        Property("bouncebackDate", wire.UNIX, PARTIAL, attribute("bounced_at")),
        field_property("businessPhone"),
        field_property("city"),
        field_property("country"),
        Property("emailAddress", wire.TEXT, MINIMAL, attribute("email_address")),
        Property("emailFormatPreference", wire.WORD, PARTIAL, attribute("email_format"), values=EMAIL_FORMATS),
        field_property("fax"),
        Property("fieldValues", wire.FIELD_VALUES, COMPLETE, FIELDS.shown),
        field_property("firstName"),
        Property("isBounceback", wire.BOOLEAN, PARTIAL, attribute("is_bounceback")),
        Property("isSmsSubscribed", wire.BOOLEAN, PARTIAL, _sms, versions=V2),
        Property("isSubscribed", wire.BOOLEAN, PARTIAL, attribute("is_subscribed")),
        field_property("lastName"),
        field_property("mobilePhone"),
        field_property("postalCode"),
        field_property("province"),
        field_property("salesPerson"),
        Property("subscriptionDate", wire.UNIX, PARTIAL, attribute("subscribed_at")),
        field_property("title"),
        Property("unsubscriptionDate", wire.UNIX, PARTIAL, attribute("unsubscribed_at")),
    ),
    more=(
        Extra(
            method="GET",
            path="data/contact/{id}/membership",
            handler=membership,
            name="The lists a Contact is on",
            versions=("2.0",),
            sure=Sureness.DOC,
            returns=ListOf("ContactList"),
        ),
        Extra(
            method="GET",
            path="data/contacts/list/{id}",
            handler=members,
            name="The Contacts on a list",
            versions=("1.0",),
            sure=Sureness.CLIENT,
            query=(*LISTING, "viewId"),
            returns=PageOf("Contact"),
        ),
        search_by_ids("data/contacts", by_ids, "Read Contacts by their ids", returns=ListOf("Contact")),
    ),
)
