"""Contacts as entities: their fields in the recorded order, seen by those who see them (`soap` 10.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from mock_eloqua.crm import contacts, fields, labels
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.fields import Field
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.language.query import Query
from mock_eloqua.site import Site
from mock_eloqua.soap.record_fields import SoapField, by_name, condition, of_field, pseudo, us_date
from mock_eloqua.soap.results import Values
from mock_eloqua.store import tables
from mock_eloqua.store.pages import Pages
from mock_eloqua.web.call import Call

_FIRST = """C_EmailAddress C_FirstName C_Company C_LastName C_Address1 C_Address2 C_Address3 C_City C_State_Prov
C_Zip_Postal C_Country C_BusPhone C_MobilePhone C_Fax C_Title C_Salesperson C_LastModifiedByExtIntegrateSystem
ContactIDExt C_FirstAndLastName C_EmailAddressDomain C_EmailDisplayName C_Salutation C_SFDCContactID C_SFDCLeadID
C_DateCreated C_DateModified C_SFDCAccountID C_SFDCLastCampaignID C_SFDCLastCampaignStatus""".lower().split()
"""The recorded order of the fields that a new site has; the others follow by id."""


def _load(site: Site) -> dict[str, SoapField]:
    catalogue = fields.contact_fields(site).by_key.values()
    place = {name: index for index, name in enumerate(_FIRST)}
    ordered = sorted(catalogue, key=lambda field: place.get(field.internal_name.lower(), len(place) + field.id))
    return by_name([*map(_of_field, ordered), *_PSEUDO])


def _of_field(field: Field) -> SoapField:
    return of_field(field, contacts.reader(field), lambda site: contacts.operand(site, field.internal_name))


_column = tables.contact.c
_PSEUDO = (
    pseudo("ContactID", "Contact ID", "Number", lambda each: str(each.id), Operand(_column.id, Kind.ID)),
    pseudo(
        "IsBounceback",
        "Is Bounceback",
        "YesNo",
        lambda each: str(each.is_bounceback),
        Operand(_column.is_bounceback, Kind.BOOLEAN),
    ),
    pseudo(
        "IsSubscribed",
        "Is Subscribed",
        "YesNo",
        lambda each: str(each.is_subscribed),
        Operand(_column.is_subscribed, Kind.BOOLEAN),
    ),
    pseudo(
        "CompanyID",
        "Company ID",
        "Number",
        lambda each: str(each.account_id or 0),
        Operand(_column.account_id, Kind.ID),
    ),
    pseudo(
        "BouncebackDate",
        "Bounceback Date",
        "Date",
        lambda each: us_date(each.bounced_at),
        Operand(_column.bounced_at, Kind.INSTANT),
    ),
    pseudo(
        "SubscriptionDate",
        "Subscription Date",
        "Date",
        lambda each: us_date(each.subscribed_at),
        Operand(_column.subscribed_at, Kind.INSTANT),
    ),
    pseudo(
        "UnSubscriptionDate",
        "Unsubscription Date",
        "Date",
        lambda each: us_date(each.unsubscribed_at),
        Operand(_column.unsubscribed_at, Kind.INSTANT),
    ),
)


class Contacts:
    """`{0, Contact, Base}` [recorded]."""

    noun = "contacts"
    thing = "Contact"
    type: ClassVar[Values] = {"ID": 0, "Name": "Contact", "Type": "Base"}

    def fields(self, site: Site) -> Mapping[str, SoapField]:
        """Every field by lower-case name, in the recorded order."""
        return site.cached(_load)

    def field_name(self, call: Call, key: str) -> str:
        """The internal name."""
        field = fields.contact_fields(call.site).by_key.get(key)
        return field.internal_name if field else key

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """A new contact."""
        return contacts.create(call.site, contacts.Changes(values=values), call.user.id).id

    def change(self, call: Call, key: int, values: Mapping[str, str]) -> None:
        """Write to one that the user sees."""
        labels.check(call.site, call.user.id, key)
        contacts.change(call.site, key, contacts.Changes(values=values), call.user.id)

    def delete(self, call: Call, key: int) -> None:
        """Remove one that the user sees."""
        labels.check(call.site, call.user.id, key)
        contacts.delete(call.site, key)

    def by_ids(self, call: Call, keys: Sequence[int]) -> Mapping[int, Contact]:
        """Those that the user sees."""
        return labels.visible(call.site, call.user.id, contacts.by_ids(call.site, keys))

    def find(self, call: Call, query: Query, *, offset: int, limit: int) -> tuple[Sequence[Contact], int]:
        """A page of those that the user sees."""
        return call.site.cached(_pages)(call.user.id, query).page(call.site.database, offset=offset, limit=limit)


def _pages(site: Site) -> Callable[[int, Query], Pages[Contact]]:
    """The last queries, kept: clients turn pages one by one."""

    @lru_cache(maxsize=100)
    def pages(user_id: int, query: Query) -> Pages[Contact]:
        return contacts.pages(condition(site, site.cached(_load), query) & labels.seen_by(site, user_id))

    return pages
