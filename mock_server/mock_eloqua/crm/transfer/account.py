"""Accounts as an entity of the Bulk API: what their statements stand for (`bulk` 14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import ColumnElement

from mock_eloqua.crm import accounts, assets, fields
from mock_eloqua.crm.fields import Field
from mock_eloqua.crm.transfer import account_rows, account_users, columns, lifetime
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Attribute, Destination, Entity, FieldInfo, Outcome, Records, Run
from mock_eloqua.crm.transfer.kinds import IMPORT
from mock_eloqua.crm.transfer.statements import numbered
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.language.statement import Statement
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_column = tables.account.c
_LIST = "accountlist"


def attribute(site: Site, statement: str) -> Attribute | None:
    """What a statement stands for on accounts, in any case [inferred]."""
    return site.cached(_attributes).get(statement.lower())


def _attributes(site: Site) -> dict[str, Attribute]:
    catalogue = fields.account_fields(site).by_name.items()
    of_fields = {f"{{{{account.field({name})}}}}": _of_field(site, field) for name, field in catalogue}
    return _SPECIAL | account_users.attributes(site) | of_fields


def _of_field(site: Site, field: Field) -> Attribute:
    name, is_name = field.internal_name, field.key == accounts.COMPANY_NAME
    is_external = name == "CompanyIDExt"
    return Attribute(
        slot=account_rows.ID if is_external else account_rows.NAME if is_name else field.key,
        uses=(lifetime.FIELDS, name),
        read=_reader(site, field),
        operand=partial(accounts.operand, internal_name=name),
        writable=not field.is_read_only,
        identifies=field.data_type not in ("date", "largeText") and (not field.is_read_only or is_external),
        stored=partial(fields.stored, field),
        all_plain=columns.plainness(field),
        trims=is_name or field.data_type not in ("text", "largeText"),
        can_be_blank=not is_name,
        fold=partial(_folded_external_id, site.code) if is_external else str.lower,
        update_type=field.update_type,
    )


def _reader(site: Site, field: Field) -> Callable[[Run, bool], Sequence[str]]:
    match field.internal_name:
        case "M_DateCreated":
            return partial(columns.instants, "created_at")
        case "M_DateModified":
            return partial(columns.instants, "updated_at")
        case "M_LastModifiedByExtIntegrateSystem":
            return partial(columns.system_dates, field.key)
        case "CompanyIDExt":
            return lambda run, _utc: [accounts.external_id(site, each) for each in run["id"]]
        case "M_CompanyName":
            return lambda run, _utc: run["name"]
    return partial(columns.texts, field.key)


def _folded_external_id(code: str, text: str) -> str:
    """`MMOCK000000000012` is account 12; the plain number is taken too [inferred]."""
    return columns.folded_id(text.strip().upper().removeprefix(f"M{code}"))


_SPECIAL = {
    "{{account.id}}": Attribute(
        slot=account_rows.ID,
        read=lambda run, _utc: list(map(str, run["id"])),
        operand=columns.constant(Operand(_column.id, Kind.ID)),
        writable=False,
        fold=columns.folded_id,
    ),
    "{{account.createdat}}": columns.stamp(_column.created_at),
    "{{account.updatedat}}": columns.stamp(_column.updated_at),
}
"""Statements without a field, in lower case [doc]."""
_NAMED = (
    ("Account Id", "Id", "number"),
    ("Created At", "CreatedAt", "date"),
    ("Updated At", "UpdatedAt", "date"),
)


def catalogue(site: Site) -> Sequence[FieldInfo]:
    """The account fields; those without a column of their own come last, as for contacts [inferred]."""
    own = [columns.of_field(each, "Account") for each in fields.account_fields(site).by_key.values()]
    return [*own, *columns.special("Account", _NAMED, _SPECIAL)]


def _list(site: Site, statement: Statement) -> int | None:
    named = numbered(statement)
    return assets.get(site, accounts.GROUP, named[1]).id if named and named[0] == _LIST else None


def _in_list(site: Site, list_id: int) -> ColumnElement[bool]:
    assets.get(site, accounts.GROUP, list_id)
    return accounts.is_in_group(list_id)


ACCOUNT = Entity(
    path="accounts",
    noun="Account",
    attribute=attribute,
    fields=catalogue,
    records=Records(
        matching=account_rows.matching,
        create=account_rows.create,
        change=account_rows.change,
        created=Code.ACCOUNTS_CREATED,
        updated=Code.ACCOUNTS_UPDATED,
        needed=(account_rows.NAME,),
    ),
    runs=account_rows.runs,
    memberships={_LIST: _in_list},
    rules={IMPORT: (account_users.rule,)},
    destinations=(
        Destination(
            example="{{AccountList[1]}}",
            named=_list,
            outcomes={
                ("add", ""): Outcome(code=Code.ON_ACCOUNT_LIST, run=accounts.add_members),
                ("remove", ""): Outcome(code=Code.OFF_ACCOUNT_LIST, run=accounts.remove_members),
            },
        ),
    ),
)
