"""Accounts as entities: `Company` in this API (`soap` 10.1). Which fields follow which is inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from mock_eloqua.crm import accounts, fields
from mock_eloqua.crm.accounts import Account
from mock_eloqua.crm.fields import Field
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.language.query import Query
from mock_eloqua.site import Site
from mock_eloqua.soap.record_fields import SoapField, by_name, condition, of_field, pseudo
from mock_eloqua.soap.results import Values
from mock_eloqua.store import tables
from mock_eloqua.web.call import Call


def _load(site: Site) -> dict[str, SoapField]:
    return by_name([*map(_of_field, fields.account_fields(site).by_key.values()), *_PSEUDO])


def _of_field(field: Field) -> SoapField:
    return of_field(field, accounts.reader(field), lambda site: accounts.operand(site, field.internal_name))


_PSEUDO = (
    pseudo("CompanyID", "Company ID", "Number", lambda each: str(each.id), Operand(tables.account.c.id, Kind.ID)),
)
"""As contacts have `ContactID` [inferred]."""


class Companies:
    """`{0, Company, Base}` [recorded]."""

    noun = "companies"
    thing = "Account"
    type: ClassVar[Values] = {"ID": 0, "Name": "Company", "Type": "Base"}

    def fields(self, site: Site) -> Mapping[str, SoapField]:
        """Every field by lower-case name, by id."""
        return site.cached(_load)

    def field_name(self, call: Call, key: str) -> str:
        """The internal name."""
        field = fields.account_fields(call.site).by_key.get(key)
        return field.internal_name if field else key

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """A new account."""
        return accounts.create(call.site, accounts.Changes(values=values), call.user.id).id

    def change(self, call: Call, key: int, values: Mapping[str, str]) -> None:
        """Write to one."""
        accounts.change(call.site, key, accounts.Changes(values=values), call.user.id)

    def delete(self, call: Call, key: int) -> None:
        """Remove one."""
        accounts.delete(call.site, key)

    def by_ids(self, call: Call, keys: Sequence[int]) -> Mapping[int, Account]:
        """Those that exist."""
        return accounts.by_ids(call.site, keys)

    def find(self, call: Call, query: Query, *, offset: int, limit: int) -> tuple[Sequence[Account], int]:
        """A page of accounts."""
        where = condition(call.site, self.fields(call.site), query)
        return accounts.find(call.site, where, offset=offset, limit=limit)
