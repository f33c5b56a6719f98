"""Contacts as SOAP shows them: fields by internal name with text values, and pseudo fields at the end (`soap` 10.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mock_eloqua import dates
from mock_eloqua.crm import contacts, fields
from mock_eloqua.crm.contacts import Changes, Contact
from mock_eloqua.crm.errors import Duplicate, Failure, Invalid, NotFound, Refused
from mock_eloqua.crm.fields import EMAIL_ADDRESS, Field
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

ENTITY_TYPE = {"ID": 0, "Name": "Contact", "Type": "Base"}
"""[recorded]"""

_FIRST = """C_EmailAddress C_FirstName C_Company C_LastName C_Address1 C_Address2 C_Address3 C_City C_State_Prov
C_Zip_Postal C_Country C_BusPhone C_MobilePhone C_Fax C_Title C_Salesperson C_LastModifiedByExtIntegrateSystem
ContactIDExt C_FirstAndLastName C_EmailAddressDomain C_EmailDisplayName C_Salutation C_SFDCContactID C_SFDCLeadID
C_DateCreated C_DateModified C_SFDCAccountID C_SFDCLastCampaignID C_SFDCLastCampaignStatus""".lower().split()
"""The recorded order of the fields that a new site has; the others follow by id."""

_DATA_TYPES = {"text": "Text", "largeText": "LargeText", "numeric": "Numeric", "number": "Number", "date": "Date"}
_LENGTHS = {"largeText": 32_000, "numeric": 8, "number": 4, "date": 8}
"""Of texts 100, the address included [recorded]; the others [inferred]."""


@dataclass(frozen=True, slots=True)
class SoapField:
    """One entry of a contact's field collection."""

    name: str
    definition: Mapping[str, Any]
    """As `DescribeEntity` shows it."""
    read: Callable[[Site, Contact], str]
    key: str | None
    """The id of the contact field behind it that can be written."""
    operand: Callable[[Site], Operand | None]
    """What it is in a query."""


def all_fields(site: Site) -> Mapping[str, SoapField]:
    """Every field by lower-case name, in the recorded order."""
    return site.cached(_load)


def _load(site: Site) -> dict[str, SoapField]:
    catalogue = fields.contact_fields(site).by_key.values()
    place = {name: index for index, name in enumerate(_FIRST)}
    ordered = sorted(catalogue, key=lambda field: place.get(field.internal_name.lower(), len(place) + field.id))
    found = [*map(_of_field, ordered), *_PSEUDO]
    return {each.name.lower(): each for each in found}


def _of_field(field: Field) -> SoapField:
    name = field.internal_name
    return SoapField(
        name=name,
        definition=_definition(
            name,
            field.name,
            _DATA_TYPES[field.data_type],
            _LENGTHS.get(field.data_type, 100),
            is_custom=not field.is_standard,
            is_writeable=not field.is_read_only,
        ),
        read=_numeric(field) if field.data_type == "numeric" else contacts.reader(field),
        key=None if field.is_read_only else field.key,
        operand=lambda site: contacts.operand(site, name),
    )


def _numeric(field: Field) -> Callable[[Site, Contact], str]:
    """Decimals have four places [recorded]."""
    key = field.key
    return lambda _site, contact: f"{Decimal(text):.4f}" if (text := contact.doc.get(key)) else ""


def _definition(
    name: str, display_name: str, data_type: str, length: int, *, is_custom: bool = False, is_writeable: bool = False
) -> Mapping[str, Any]:
    return {
        "DataType": data_type,
        "DefaultValue": None,
        "DisplayName": display_name,
        "InternalName": name,
        "IsCustom": is_custom,
        "IsRequired": False,  # also for the address [recorded]
        "IsWriteable": is_writeable,
        "Length": length,
    }


def _pseudo(
    name: str, display_name: str, data_type: str, read: Callable[[Contact], str], operand: Operand
) -> SoapField:
    """What is no field but stands among them [recorded]."""
    definition = _definition(name, display_name, data_type, 4)
    return SoapField(name, definition, lambda _site, contact: read(contact), None, lambda _site: operand)


def _us_date(moment: int | None) -> str:
    return "" if moment is None else dates.us_american(moment)


_column = tables.contact.c
_PSEUDO = (
    _pseudo("ContactID", "Contact ID", "Number", lambda each: str(each.id), Operand(_column.id, Kind.ID)),
    _pseudo(
        "IsBounceback",
        "Is Bounceback",
        "YesNo",
        lambda each: str(each.is_bounceback),
        Operand(_column.is_bounceback, Kind.BOOLEAN),
    ),
    _pseudo(
        "IsSubscribed",
        "Is Subscribed",
        "YesNo",
        lambda each: str(each.is_subscribed),
        Operand(_column.is_subscribed, Kind.BOOLEAN),
    ),
    _pseudo(
        "CompanyID",
        "Company ID",
        "Number",
        lambda each: str(each.account_id or 0),
        Operand(_column.account_id, Kind.ID),
    ),
    _pseudo(
        "BouncebackDate",
        "Bounceback Date",
        "Date",
        lambda each: _us_date(each.bounced_at),
        Operand(_column.bounced_at, Kind.INSTANT),
    ),
    _pseudo(
        "SubscriptionDate",
        "Subscription Date",
        "Date",
        lambda each: _us_date(each.subscribed_at),
        Operand(_column.subscribed_at, Kind.INSTANT),
    ),
    _pseudo(
        "UnSubscriptionDate",
        "Unsubscription Date",
        "Date",
        lambda each: _us_date(each.unsubscribed_at),
        Operand(_column.unsubscribed_at, Kind.INSTANT),
    ),
)


def chosen(site: Site, names: Sequence[str | None] | None) -> Sequence[SoapField]:
    """The fields that a call asks for: none named, all [client].

    Names in any case, each once: .NET makes a dictionary of them; what does not exist is left out [inferred].
    """
    known = all_fields(site)
    if not names:
        return list(known.values())
    wanted = dict.fromkeys(name.lower() for name in names if name)
    return [known[name] for name in wanted if name in known]


def shown(site: Site, contact: Contact, wanted: Sequence[SoapField]) -> dict[str, Any]:
    """A contact as a `DynamicEntity`."""
    pairs = [(each.name, each.read(site, contact)) for each in wanted]
    return {"EntityType": ENTITY_TYPE, "FieldValueCollection": pairs, "Id": contact.id}


class Unwritable(Exception):
    """Fields of a record that cannot be written; *errors* as results show them."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(", ".join(each["Message"] for each in errors))
        self.errors = errors


def changes(site: Site, pairs: Sequence[tuple[str, str]]) -> Changes:
    """What a field collection asks for.

    Raises:
        Unwritable: a field does not exist, or only the product writes it.
    """
    known, values, errors = all_fields(site), {}, []
    for name, value in pairs:
        field = known.get(name.lower())
        if field is None:
            errors.append(error("InvalidField", f"There is no field {name}."))
        elif field.key is not None:
            values[field.key] = value
        elif site.settings.soap_read_only_fields == "error":
            errors.append(error("ReadOnlyField", f"The field {field.name} is read-only."))
    if errors:
        raise Unwritable(errors)
    return Changes(values=values)


def error(code: str, message: str) -> dict[str, str]:
    """One `Error` of a result."""
    return {"ErrorCode": code, "Message": message}


def errors_of(site: Site, refused: Refused) -> list[dict[str, str]]:
    """What the domain refuses, as a result's errors."""
    match refused:
        case Duplicate():
            return [error("DuplicateValue", "You are attempting to create a duplicate entity.")]
        case Invalid():
            return [_error_of(site, each) for each in refused.failures]
        case NotFound():
            return [error("ItemNotFound", "The item was not found.")]
        case _:
            return [error("UnexpectedException", "The record could not be written.")]


_CODES = {
    "ValidTextLengthRequirement": ("MaximumLengthExceeded", "The value of {name} is too long."),
    "DateRequirement": ("InvalidDataType", "The value of {name} is not a date."),
    "IntegerRequirement": ("InvalidDataType", "The value of {name} is not a number."),
    "BooleanRequirement": ("InvalidDataType", "The value of {name} is not true or false."),
}
"""Broken rule to error code [inferred; the codes are those of the contract]."""


def _error_of(site: Site, failure: Failure) -> dict[str, str]:
    field = fields.contact_fields(site).by_key.get(failure.property)
    name = field.internal_name if field else failure.property
    if failure.value is None and failure.property == EMAIL_ADDRESS:
        return error("RequiredFieldNotSpecified", f"The field {name} is required.")
    code, message = _CODES.get(failure.requirement, ("ValidationIssue", "The value of {name} is not valid."))
    return error(code, message.format(name=name))
