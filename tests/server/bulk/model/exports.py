"""An export of the model: which records, in which order, and what is told of each (`bulk` 12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.server.bulk.model.entities import Entity, Record, Store
from tests.server.bulk.model.values import eastern_to_utc

Reader = Callable[[Record, bool], str]
"""Gives what an export tells of a record, time stamps of the product in UTC where it asks for that."""


def fields(entity: Entity) -> dict[str, str]:
    """Key to statement of an export that tells all that the model knows."""
    own = {name: column.statement for name, column in entity.columns.items()}
    told = {name: entity.statement(path) for name, path in STAMPS.items()}
    if entity.linked:
        told |= {name: entity.statement(path) for name, path in LINKS.items()}
    return own | told


STAMPS = {"created": "CreatedAt", "updated": "UpdatedAt"}
LINKS = {
    "code": "ExternalId",
    "contact": "Contact.Id",
    "first of contact": "Contact.Field(C_FirstName)",
    "account": "Account.Id",
    "name of account": "Account.Field(M_CompanyName)",
}


def row(entity: Entity, record: Record, *, utc: bool = False) -> dict[str, str]:
    """What such an export tells of a record; of what is not there `""`."""
    told = {name: _value(entity, record, name, utc) for name in entity.columns}
    told |= dict(zip(STAMPS, record.stamps(utc=utc), strict=True))
    if entity.linked:
        contact, account = record.contact, record.account
        told |= {
            "code": record.code,
            "contact": str(contact.id) if contact else "",
            "first of contact": contact.values.get("first", "") if contact else "",
            "account": str(account.id) if account else "",
            "name of account": account.values["company"] if account else "",
        }
    return told


def _value(entity: Entity, record: Record, name: str, utc: bool) -> str:
    column = entity.columns[name]
    if column.prefix is not None:
        return f"{column.prefix}{record.id:012d}" if column.prefix else str(record.id)
    if column.is_link:
        return record.address
    text = record.values.get(name, "")
    return eastern_to_utc(text) if column.is_system and utc else text


def rows(
    store: Store,
    chosen: Callable[[Record], bool] = lambda record: True,
    *,
    utc: bool = False,
    most: int | None = None,
) -> list[dict[str, str]]:
    """What an export finds, in the order of the ids: the chosen records, so many at most."""
    found = [each for each in store.records if chosen(each)]
    return [row(store.entity, each, utc=utc) for each in found[:most]]


def narrowed(row: Mapping[str, str], keys: tuple[str, ...]) -> dict[str, str]:
    """What is told of a record by an export of some of the keys."""
    return {key: row[key] for key in keys}
