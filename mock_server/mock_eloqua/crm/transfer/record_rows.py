"""Records of custom objects and events read and written by the thousand: the hands of import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, func, select

from mock_eloqua.crm import records
from mock_eloqua.crm.records import Owner
from mock_eloqua.crm.transfer import contact_rows
from mock_eloqua.crm.transfer.columns import consecutive
from mock_eloqua.crm.transfer.entity import Attribute, Change, Record, Run, Runs
from mock_eloqua.crm.transfer.related import ADDRESS
from mock_eloqua.language.objects import without_blanks
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ID, CODE = "id", "unique_code"
"""Slots that are not fields: the record's number and its code; another is the address of whom it is linked to."""
_OUTSIDE = frozenset({ID, CODE, ADDRESS})
_table = tables.custom_object_record
_ALL = select(_table)
_WITH_ADDRESS = select(_table, tables.contact.c.email_address).outerjoin(
    tables.contact, tables.contact.c.id == _table.c.contact_id
)
_WANTED = bindparam("wanted", type_=String)


def belongs(of: Owner) -> ColumnElement[bool]:
    """The condition of being a record of that object."""
    return and_(_table.c.kind == of.kind, _table.c.parent_id == of.id)


def matching(of: Owner) -> Callable[[Site, Attribute, Sequence[str]], dict[str, list[Record]]]:
    """The records of an object that folded identifiers name."""

    def find(site: Site, identifier: Attribute, folded: Sequence[str]) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        query = _WITH_ADDRESS.where(belongs(of), among(_identifying(identifier.slot), _WANTED)).order_by(_table.c.id)
        with site.database.reading() as connection:
            for each in connection.execute(query, {"wanted": to_json(folded)}).mappings():
                told = {CODE: each["unique_code"], ADDRESS: each["email_address"] or ""}
                record = Record(each["id"], {**each["doc"], **told}, dict(each))
                key = str(record.id) if identifier.slot == ID else identifier.fold(record.values[identifier.slot])
                found.setdefault(key, []).append(record)
        return found

    return find


def _identifying(slot: str) -> ColumnElement[Any]:
    if slot == ID:
        return _table.c.id
    return _table.c.code_ci if slot == CODE else func.lower(_table.c.doc[slot].as_string())


def owners(of: Owner) -> Callable[[Site, Sequence[str]], dict[str, int]]:
    """Which records have these codes, in lower case."""

    def find(site: Site, codes: Sequence[str]) -> dict[str, int]:
        query = select(_table.c.code_ci, _table.c.id).where(belongs(of), among(_table.c.code_ci, _WANTED))
        with site.database.reading() as connection:
            return {row.code_ci: row.id for row in connection.execute(query, {"wanted": to_json(codes)})}

    return find


def create(of: Owner) -> Callable[[Site, Mapping[str, Sequence[str]]], Sequence[int]]:
    """Add records to an object, given by slot; the values of its unique field are free."""

    def add(site: Site, columns: Mapping[str, Sequence[str]]) -> Sequence[int]:
        size = len(next(iter(columns.values())))
        ids, now = site.database.next_ids("CustomObjectData", size), site.clock.now()
        fields = {slot: column for slot, column in columns.items() if slot not in _OUTSIDE}
        codes = _codes(site, of, ids, fields.get(of.unique_code, [""] * size))
        site.database.insert_many(
            _table,
            {
                "id": ids,
                "unique_code": codes,
                "code_ci": [each.lower() for each in codes],
                "contact_id": _contacts(site, columns.get(ADDRESS, [""] * size)),
                "doc": without_blanks(fields, size),
            },
            {
                "kind": of.kind,
                "parent_id": of.id,
                "name": "",
                "description": "",
                "status": records.FIRST_STATUS,
                "account_id": None,
                "created_at": now,
                "created_by": None,
                "updated_at": now,
                "updated_by": None,
            },
        )
        return ids

    return add


def _codes(site: Site, of: Owner, ids: Sequence[int], said: Sequence[str]) -> list[str]:
    """What is said, else a generated code that nobody has."""
    made = [text or f"D{site.code}{key:012d}" for text, key in zip(said, ids, strict=True)]
    taken = set(owners(of)(site, [each.lower() for each in made])) | {each.lower() for each in said if each}
    fresh = (code for number in count(ids[-1] + 1) if (code := f"D{site.code}{number:012d}").lower() not in taken)
    return [code if text or code.lower() not in taken else next(fresh) for text, code in zip(said, made, strict=True)]


def _contacts(site: Site, addresses: Sequence[str]) -> list[int | None]:
    known = contact_rows.owners(site, [each.lower() for each in addresses if each]) if any(addresses) else {}
    return [known.get(each.lower()) for each in addresses]


def change(of: Owner) -> Callable[[Site, Sequence[Change]], None]:
    """Write to records of an object."""

    def write(site: Site, changes: Sequence[Change]) -> None:
        linked = _contacts(site, [each.values.get(ADDRESS, "") for each in changes])
        rows = [_changed(of, each, contact) for each, contact in zip(changes, linked, strict=True)]
        moved = [
            row
            for row, each in zip(rows, changes, strict=True)
            if any(row[name] != each.record.row[name] for name in row)
        ]
        if moved:
            now = site.clock.now()
            stamped = [{**row, "updated_at": now, "updated_by": None} for row in moved]
            site.database.update_many(_table, {name: [row[name] for row in stamped] for name in stamped[0]})

    return write


def _changed(of: Owner, change: Change, contact_id: int | None) -> dict[str, Any]:
    row, values = change.record.row, change.values
    written = {**row["doc"], **{slot: text for slot, text in values.items() if slot not in _OUTSIDE}}
    code = values.get(of.unique_code) or row["unique_code"]
    return {
        "id": change.record.id,
        "unique_code": code,
        "code_ci": code.lower(),
        "contact_id": row["contact_id"] if contact_id is None else contact_id,
        "doc": {slot: text for slot, text in written.items() if text},
    }


def runs(of: Owner) -> Runs:
    """The records of an object that fulfil a condition, by id, so many at a time."""

    def read(site: Site, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int) -> Iterator[Run]:
        return consecutive(site, _table, and_(belongs(of), where), size, wanted, after)

    return read
