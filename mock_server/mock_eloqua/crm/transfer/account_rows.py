"""Accounts read and written by the thousand: the hands of their imports and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, select

from mock_eloqua.crm import accounts
from mock_eloqua.crm.transfer.columns import consecutive
from mock_eloqua.crm.transfer.entity import Attribute, Change, Record, Run
from mock_eloqua.language.objects import without_blanks
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ID, NAME = "id", "name"
"""Slots that are columns of their own; all others lie in the document."""
_account = tables.account
_COLUMNS = tuple(accounts.Account.__dataclass_fields__)
_ALL = select(*[_account.c[name] for name in _COLUMNS])
_WANTED = bindparam("wanted", type_=String)


def matching(site: Site, identifier: Attribute, folded: Sequence[str]) -> dict[str, list[Record]]:
    """The accounts that these folded identifiers name; several may have one name."""
    found: dict[str, list[Record]] = {}
    with site.database.reading() as connection:
        for each in connection.execute(_query(identifier.slot), {"wanted": to_json(folded)}).mappings():
            record = Record(each["id"], {**each["doc"], NAME: each["name"]}, dict(each))
            key = str(record.id) if identifier.slot == ID else identifier.fold(record.values[identifier.slot])
            found.setdefault(key, []).append(record)
    return found


def _query(slot: str) -> Any:
    if slot == ID:
        return _ALL.where(among(_account.c.id, _WANTED))
    column = _account.c.name_ci if slot == NAME else func.lower(_account.c.doc[slot].as_string())
    return _ALL.where(among(column, _WANTED)).order_by(_account.c.id)


def create(site: Site, columns: Mapping[str, Sequence[str]]) -> Sequence[int]:
    """Add accounts given by slot, each with a name."""
    names = columns[NAME]
    ids, now = site.database.next_ids("account", len(names)), site.clock.now()
    others = {slot: column for slot, column in columns.items() if slot != NAME}
    site.database.insert_many(
        _account,
        {
            "id": ids,
            "name": names,
            "name_ci": [each.lower() for each in names],
            "doc": without_blanks(others, len(names)),
        },
        {"description": "", "created_at": now, "created_by": None, "updated_at": now, "updated_by": None},
    )
    return ids


def change(site: Site, changes: Sequence[Change]) -> None:
    """Write to accounts, each of which really changes; the name is never blanked."""
    if not changes:
        return
    now = site.clock.now()
    names = [each.values.get(NAME) or each.record.row["name"] for each in changes]
    documents = [
        {slot: text for slot, text in {**each.record.row["doc"], **each.values}.items() if text and slot != NAME}
        for each in changes
    ]
    written: dict[str, Sequence[Any]] = {
        "id": [each.record.id for each in changes],
        "name": names,
        "name_ci": [each.lower() for each in names],
        "doc": documents,
        "updated_at": [now] * len(changes),
        "updated_by": [None] * len(changes),
    }
    site.database.update_many(_account, written)


def runs(site: Site, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int) -> Iterator[Run]:
    """The accounts that fulfil *where*, by id, those *after* an id, *size* at a time; others may write in between."""
    return consecutive(site, _account, where, size, wanted, after)
