"""The fields of a contact as SOAP has them: their order, and how their values are written (`soap` 10.8)."""

from __future__ import annotations

import re

from eloqua_contracts.catalogue.rest.things import contact_field
from eloqua_contracts.catalogue.soap_entities import made, retrieve
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message

_WRITES = (Need.SOAP, Need.WRITES)
_FIRST = [
    "C_EmailAddress",
    "C_FirstName",
    "C_Company",
    "C_LastName",
    "C_Address1",
    "C_Address2",
    "C_Address3",
    "C_City",
    "C_State_Prov",
    "C_Zip_Postal",
    "C_Country",
    "C_BusPhone",
    "C_MobilePhone",
    "C_Fax",
    "C_Title",
    "C_Salesperson",
    "C_LastModifiedByExtIntegrateSystem",
    "ContactIDExt",
    "C_FirstAndLastName",
    "C_EmailAddressDomain",
    "C_EmailDisplayName",
    "C_Salutation",
]
_LAST = [
    "ContactID",
    "IsBounceback",
    "IsSubscribed",
    "CompanyID",
    "BouncebackDate",
    "SubscriptionDate",
    "UnSubscriptionDate",
]


@contract("soap.contact.field-order", sure=Sure.RECORDED, source="soap 10.8", needs=_WRITES)
def fields_of_contacts_have_an_order(pod: Pod) -> None:
    """A whole contact begins with the address and ends with seven that are no fields, all in a known order."""
    there = list(message.values(retrieve(pod, [made(pod)])[0]))

    first = [each for each in there if each in _FIRST]
    expect(that=first == [each for each in _FIRST if each in there], otherwise=f"it begins {_FIRST}", found=there)
    expect(that=there[0] == "C_EmailAddress", otherwise="the address is the first", found=there[0])
    expect(that=there[-len(_LAST) :] == _LAST, otherwise=f"it ends {_LAST}", found=there[-len(_LAST) :])


@contract("soap.contact.empty-value", sure=Sure.RECORDED, source="soap 10.8", needs=_WRITES)
def no_value_is_an_empty_element(pod: Pod) -> None:
    """A field without a value is an empty element, not nil."""
    (found,) = retrieve(pod, [made(pod)])

    values = {
        message.text(each, "InternalName"): message.inside(each, "Value")
        for each in message.inside(found, "FieldValueCollection")
    }
    expect(that=not any(map(message.is_nil, values.values())), otherwise="no value is nil")
    last = values["C_LastName"].text
    expect(that=last is None, otherwise="the last name is empty", found=last)


_VALUES: tuple[tuple[str, str, str, str], ...] = (
    ("ContactIDExt", r"C[A-Z]{4}\d{12}", "five letters, the first a C, and the id in twelve digits", "soap 10.8"),
    ("ContactID", r"\d+", "the id", "soap 10.8"),
    ("C_DateCreated", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", "a date with three decimals and no zone", "soap 10.8"),
    ("C_DateModified", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", "a date with three decimals and no zone", "soap 10.8"),
    ("IsSubscribed", r"True", "`True`", "soap 10.8"),
    ("IsBounceback", r"False", "`False`", "soap 10.8"),
    ("CompanyID", r"0", "0 where there is no company", "soap 10.8"),
)


def _value(field: str, pattern: str, what: str, source: str) -> None:
    def check(pod: Pod) -> None:
        key = made(pod)
        there = message.values(retrieve(pod, [key])[0])[field]

        is_so = re.fullmatch(pattern, there, re.ASCII) is not None
        expect(that=is_so, otherwise=f"{field} of a new contact is {what}", found=there)
        if field.startswith("ContactID"):
            digits = int(there.lstrip("CABDEFGHIJKLMNOPQRSTUVWXYZ"))
            expect(that=digits == key, otherwise=f"it is {key}", found=there)

    check.__doc__ = f"`{field}` of a new contact is {what}."
    contract(f"soap.contact.{field.lower().replace('_', '-')}", sure=Sure.RECORDED, source=source, needs=_WRITES)(check)


for _row in _VALUES:
    _value(*_row)


@contract("soap.contact.subscription-date", sure=Sure.RECORDED, source="soap 10.8", needs=_WRITES)
def pseudo_dates_are_american(pod: Pod) -> None:
    """Dates of what is no field are American: `10/30/2009 5:23:54 PM`, or empty."""
    there = message.values(retrieve(pod, [made(pod)])[0])

    for name in ("SubscriptionDate", "BouncebackDate", "UnSubscriptionDate"):
        text = there[name]
        is_so = re.fullmatch(r"(\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M)?", text, re.ASCII) is not None
        expect(that=is_so and not text.startswith("0"), otherwise=f"{name} is an American date", found=text)


@contract("soap.contact.decimal", sure=Sure.RECORDED, source="soap 10.8", needs=_WRITES)
def decimals_have_four_places(pod: Pod) -> None:
    """A field of decimals has four places: `0.0000`."""
    field = contact_field(pod, "numeric")["internalName"]

    there = message.values(retrieve(pod, [made(pod, **{field: "0"})])[0])[field]

    expect(that=there == "0.0000", otherwise="it is 0.0000", found=there)
