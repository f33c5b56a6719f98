"""Contact (`rest` 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_

from mock_eloqua import dates
from mock_eloqua.access.permissions import DELETE_CONTACT, MANAGE_CONTACTS
from mock_eloqua.crm import contacts, fields, lists
from mock_eloqua.crm.contacts import EMAIL_FORMATS, Changes, Contact
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.fields import Field
from mock_eloqua.crm.standard_fields import CONTACT_FIELDS, PROPERTIES
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.rest import parameters, wire, writing
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.resource import Depth, Extra, Property, ResourceType, Source, attribute, constant
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE

_KEYS = {name: str(key) for key, name, _, _ in CONTACT_FIELDS}
FIELD_OF = {wire: _KEYS[internal] for wire, internal in PROPERTIES.items()}
"""Property to the id of the field behind it."""
_PROPERTY_OF = {key: wire for wire, key in FIELD_OF.items()}


def field_value(property_name: str) -> Source:
    """The value of the field behind a property."""
    key = FIELD_OF[property_name]
    return lambda _site, contact: contact.doc.get(key)


def field_property(name: str) -> Property:
    """A property that is a field as well."""
    return Property(name, wire.TEXT, PARTIAL, field_value(name))


def _other_fields(site: Site) -> list[tuple[str, Source]]:
    catalogue = fields.contact_fields(site).by_key.values()
    return [(each.key, _wire_value(each)) for each in catalogue if each.key not in _PROPERTY_OF]


def _wire_value(field: Field) -> Source:
    """A field's value as REST writes it: dates in Unix seconds [doc]."""
    if field.internal_name in contacts.INSTANTS:
        instant = contacts.INSTANTS[field.internal_name]
        return lambda _site, contact: dates.unix(instant(contact))
    if field.data_type == "date":
        key = field.key
        return lambda _site, contact: dates.unix(dates.from_eastern(text)) if (text := contact.doc.get(key)) else ""
    return contacts.reader(field)


def field_values(site: Site, contact: Contact) -> list[dict[str, str]]:
    """Every field that is no property, by id; a blank one without `value` [doc]."""
    found = []
    for key, read in site.cached(_other_fields):
        value = read(site, contact)
        found.append({"type": "FieldValue", "id": key, "value": value} if value else {"type": "FieldValue", "id": key})
    return found


class Contacts:
    """What the domain does for contacts."""

    find = staticmethod(contacts.find)
    get = staticmethod(contacts.get)
    delete = staticmethod(contacts.delete)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Contact:
        """A new contact."""
        return _named(lambda: contacts.create(site, _changes(site, given, blank_rest=False), user_id))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Contact:
        """PUT: properties left out are blanked unless a switch says merge; field values left out stay."""
        blank = site.settings.put_semantics == "replace"
        return _named(lambda: contacts.change(site, key, _changes(site, given, blank_rest=blank), user_id))

    def operand(self, site: Site, name: str) -> Operand | None:
        """Internal names of fields, properties, and what clients use besides."""
        if name in _OPERANDS:
            return _OPERANDS[name]
        return contacts.operand(site, PROPERTIES.get(name, name))


_OPERANDS = {
    "id": Operand(tables.contact.c.id, Kind.ID),
    "createdAt": Operand(tables.contact.c.created_at, Kind.INSTANT),
    "updatedAt": Operand(tables.contact.c.updated_at, Kind.INSTANT),
    "createdBy": Operand(tables.contact.c.created_by, Kind.ID),
    "updatedBy": Operand(tables.contact.c.updated_by, Kind.ID),
    "isSubscribed": Operand(tables.contact.c.is_subscribed, Kind.BOOLEAN),
    "isBounceback": Operand(tables.contact.c.is_bounceback, Kind.BOOLEAN),
    **dict.fromkeys(("email", "name"), Operand(tables.contact.c.email_ci, Kind.TEXT, folded=True)),
}


def _changes(site: Site, given: Mapping[str, Any], *, blank_rest: bool) -> Changes:
    blank = dict.fromkeys(_PROPERTY_OF, "") if blank_rest else {}
    properties = {FIELD_OF[name]: text for name, text in given.items() if name in FIELD_OF}
    return Changes(
        values=blank | properties | _read_field_values(site, given.get("fieldValues", ())),
        is_subscribed=given.get("isSubscribed"),
        is_bounceback=given.get("isBounceback"),
        email_format=given.get("emailFormatPreference") or None,
    )


def _read_field_values(site: Site, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Clients send back what they read, so that read-only fields are passed over [inferred]."""
    catalogue, values = fields.contact_fields(site).by_key, {}
    for key, text in pairs:
        field = catalogue.get(key)
        if field is None:
            raise Invalid(Failure("fieldValues", "RelationshipRequirement", key))
        if not field.is_read_only:
            values[key] = _date_text(text) if field.data_type == "date" else text
    return values


def _date_text(text: str) -> str:
    """Field values show dates as Unix seconds [doc]; other texts are the domain's to judge."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and 6 < len(digits) < 13):
        return text
    try:
        return dates.eastern(int(text) * 1000)
    except ValueError:
        return text


def _named(work: Callable[[], Contact]) -> Contact:
    """Run *work*; what fails is named by property where a field is one."""
    try:
        return work()
    except Invalid as error:
        failures = [replace(each, property=_PROPERTY_OF.get(each.property, each.property)) for each in error.failures]
        raise type(error)(*failures) from None


def shown(site: Site, contact: Contact) -> dict[str, Any]:
    """A contact at depth complete."""
    return writing.shown(CONTACT, site, contact, COMPLETE)


def membership(call: Call) -> Reply:
    """The lists that a contact is on: a bare array of type, id and name [recorded]."""
    key = parameters.path_id(call, "Contact")
    contacts.get(call.site, key)
    found = lists.of_contact(call.site, key)
    return json_reply([{"type": "ContactList", "id": str(list_id), "name": name} for list_id, name in found])


def members(call: Call) -> Reply:
    """The contacts on a list [client]."""
    key, query = parameters.path_id(call, "ContactList"), call.query()
    lists.get(call.site, key)
    page = parameters.page_of(call.site, query)
    found, total = contacts.find(
        call.site,
        and_(lists.has_member(key), parameters.condition_of(CONTACT, call.site, query)),
        order_by=parameters.order_of(CONTACT, call.site, query),
        offset=page.offset,
        limit=page.size,
    )
    depth = parameters.depth_of(query, MINIMAL)
    return json_reply(envelope(writing.listed(CONTACT, call.site, found, depth), page, total))


CONTACT = ResourceType(
    type="Contact",
    single="data/contact",
    many="data/contacts",
    repository=Contacts(),
    permissions={"POST": (MANAGE_CONTACTS,), "PUT": (MANAGE_CONTACTS,), "DELETE": (DELETE_CONTACT,)},
    bare_search=("emailAddress",),
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("currentStatus", wire.TEXT, PARTIAL, constant("Awaiting action"), read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("name", wire.TEXT, MINIMAL, attribute("email_address"), read_only=True),
        Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
        Property("accountId", wire.ID, COMPLETE, attribute("account_id"), read_only=True),
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
        Property("fieldValues", wire.FIELD_VALUES, COMPLETE, field_values),
        field_property("firstName"),
        Property("isBounceback", wire.BOOLEAN, PARTIAL, attribute("is_bounceback")),
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
            sure=Sureness.RECORDED,
        ),
        Extra(
            method="GET",
            path="data/contacts/list/{id}",
            handler=members,
            name="The Contacts on a list",
            versions=("1.0",),
            sure=Sureness.CLIENT,
        ),
    ),
)
