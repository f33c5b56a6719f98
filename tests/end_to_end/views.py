"""What each door shows of a contact of the model (`rest` 8, `bulk` 12, `soap` 10.8)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.end_to_end.model import Contact
from tests.end_to_end.values import ADDRESS, FIELDS, FIRST, LAST, eastern, unix, unix_of_eastern, us_american


def in_rest(contact: Contact) -> dict[str, Any]:
    """A contact at depth complete; of its field values those that are not blank, as a mapping."""
    shown = {
        "type": "Contact",
        "currentStatus": "Awaiting action",
        "id": str(contact.id),
        "createdAt": unix(contact.created_at),
        "createdBy": contact.created_by,
        "depth": "complete",
        "name": contact.address,
        "updatedAt": unix(contact.updated_at),
        "updatedBy": contact.updated_by,
        "bouncebackDate": _at(contact.bounced_at, unix),
        "emailFormatPreference": contact.email_format,
        "isBounceback": "true" if contact.is_bounced else "false",
        "isSubscribed": "true" if contact.is_subscribed else "false",
        "subscriptionDate": _at(contact.subscribed_at, unix),
        "unsubscriptionDate": _at(contact.unsubscribed_at, unix),
    }
    values = {
        "100026": unix(contact.created_at),
        "100027": unix(contact.updated_at),
        "100032": external_id(contact),
        "100171": domain(contact),
        "100172": whole_name(contact),
    }
    for name, text in contact.values.items():
        field = FIELDS[name]
        if field.property:
            shown[field.property] = text
        else:
            values[field.id] = unix_of_eastern(text) if field.kind == "date" else text
    filled = {name: value for name, value in shown.items() if value}
    return {**filled, "fieldValues": {key: text for key, text in values.items() if text}}


COLUMNS = {
    "id": "{{Contact.Id}}",
    "created": "{{Contact.CreatedAt}}",
    "updated": "{{Contact.UpdatedAt}}",
    "subscribed": "{{Contact.Email.IsSubscribed}}",
    "bounced": "{{Contact.Email.IsBounced}}",
    "format": "{{Contact.Email.Format}}",
    "external": "{{Contact.Field(ContactIDExt)}}",
    "domain": "{{Contact.Field(C_EmailAddressDomain)}}",
    "whole": "{{Contact.Field(C_FirstAndLastName)}}",
    "modified": "{{Contact.Field(C_DateModified)}}",
    **{name: f"{{{{Contact.Field({name})}}}}" for name in FIELDS},
}
"""The export that shows everything."""


def in_bulk(contact: Contact) -> dict[str, str]:
    """A row of the export that shows everything."""
    return {
        "id": str(contact.id),
        "created": eastern(contact.created_at),
        "updated": eastern(contact.updated_at),
        "subscribed": "true" if contact.is_subscribed else "false",
        "bounced": "true" if contact.is_bounced else "false",
        "format": contact.email_format,
        "external": external_id(contact),
        "domain": domain(contact),
        "whole": whole_name(contact),
        "modified": eastern(contact.updated_at),
        **{name: contact.values.get(name, "") for name in FIELDS},
    }


PSEUDO = (
    "C_DateCreated",
    "C_DateModified",
    "ContactIDExt",
    "C_EmailAddressDomain",
    "C_FirstAndLastName",
    "ContactID",
    "IsBounceback",
    "IsSubscribed",
    "CompanyID",
    "BouncebackDate",
    "SubscriptionDate",
    "UnSubscriptionDate",
)
SOAP_FIELDS = (*FIELDS, *PSEUDO)
"""What is asked of SOAP."""


def in_soap(contact: Contact) -> dict[str, str]:
    """The field collection of an entity."""
    derived = (
        eastern(contact.created_at),
        eastern(contact.updated_at),
        external_id(contact),
        domain(contact),
        whole_name(contact),
        str(contact.id),
        str(contact.is_bounced),
        str(contact.is_subscribed),
        "0",
        _at(contact.bounced_at, us_american),
        _at(contact.subscribed_at, us_american),
        _at(contact.unsubscribed_at, us_american),
    )
    return {name: _in_soap(name, contact.values.get(name, "")) for name in FIELDS} | dict(
        zip(PSEUDO, derived, strict=True)
    )


def _in_soap(name: str, text: str) -> str:
    return f"{Decimal(text):.4f}" if text and FIELDS[name].kind == "number" else text


def _at(moment: int | None, write: Callable[[int], str]) -> str:
    return "" if moment is None else write(moment)


def external_id(contact: Contact) -> str:
    """`C`, four letters of the site's name, twelve digits."""
    return f"CMOCK{contact.id:012d}"


def domain(contact: Contact) -> str:
    """What follows the `@`."""
    return contact.values[ADDRESS].partition("@")[2]


def whole_name(contact: Contact) -> str:
    """First and last name."""
    return f"{contact.values.get(FIRST, '')} {contact.values.get(LAST, '')}".strip(" ")
