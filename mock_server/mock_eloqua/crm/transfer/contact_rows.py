"""Contacts read and written by the thousand, by column: the hands of import and export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, func, select

from mock_eloqua.crm import addresses, contacts
from mock_eloqua.crm.fields import EMAIL_ADDRESS
from mock_eloqua.crm.transfer.columns import consecutive
from mock_eloqua.crm.transfer.entity import Attribute, Change, Record, Run
from mock_eloqua.language.objects import without_blanks
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ID = "id"
"""The slot of what identifies a contact by its number."""
SUBSCRIBED = "is_subscribed"
MARKS = (SUBSCRIBED, "is_bounceback", "email_format")
"""Slots that are columns of their own; all others but the address lie in the document."""
_OUTSIDE = frozenset({EMAIL_ADDRESS, *MARKS})
_STAMPED = (
    "is_subscribed",
    "subscribed_at",
    "unsubscribed_at",
    "is_bounceback",
    "bounced_at",
    "email_format",
)

_contact = tables.contact
_COLUMNS = contacts.Contact._fields
_ALL = select(*[_contact.c[name] for name in _COLUMNS])
_WANTED = bindparam("wanted", type_=String)
_BY_ADDRESS = _ALL.where(among(_contact.c.email_ci, _WANTED))
_BY_ID = _ALL.where(among(_contact.c.id, _WANTED))
_OWNERS = select(_contact.c.email_ci, _contact.c.id).where(among(_contact.c.email_ci, _WANTED))


def matching(site: Site, identifier: Attribute, folded: Sequence[str]) -> dict[str, list[Record]]:
    """The contacts that these folded identifiers name."""
    found: dict[str, list[Record]] = {}
    with site.database.reading() as connection:
        for each in connection.execute(_query(identifier.slot), {"wanted": to_json(folded)}):
            record = _record(each)
            if identifier.slot == EMAIL_ADDRESS:
                key = record.values[EMAIL_ADDRESS].lower()
            elif identifier.slot == ID:
                key = str(record.id)
            else:
                key = identifier.fold(record.values[identifier.slot])
            found.setdefault(key, []).append(record)
    return found


def by_ids(site: Site, ids: Sequence[int]) -> list[Record]:
    """Those of the contacts that exist."""
    with site.database.reading() as connection:
        return [_record(each) for each in connection.execute(_BY_ID, {"wanted": to_json(ids)})]


def _record(columns: Sequence[Any]) -> Record:
    row = dict(zip(_COLUMNS, columns, strict=True))
    return Record(row["id"], _values(row), row)


def _query(slot: str) -> Select[Any]:
    if slot == EMAIL_ADDRESS:
        return _BY_ADDRESS
    if slot == ID:
        return _BY_ID
    return _ALL.where(among(func.lower(_contact.c.doc[slot].as_string()), _WANTED)).order_by(_contact.c.id)


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        **row["doc"],
        EMAIL_ADDRESS: row["email_address"],
        "is_subscribed": "true" if row["is_subscribed"] else "false",
        "is_bounceback": "true" if row["is_bounceback"] else "false",
        "email_format": row["email_format"],
    }


def owners(site: Site, folded: Sequence[str]) -> dict[str, int]:
    """Who has these lower-case addresses."""
    with site.database.reading() as connection:
        return {row.email_ci: row.id for row in connection.execute(_OWNERS, {"wanted": to_json(folded)})}


def existing(site: Site, ids: Sequence[int]) -> list[int]:
    """Those of the ids that contacts have."""
    query = select(_contact.c.id).where(among(_contact.c.id, _WANTED))
    with site.database.reading() as connection:
        return list(connection.execute(query, {"wanted": to_json(ids)}).scalars())


def create(site: Site, columns: Mapping[str, Sequence[str]]) -> Sequence[int]:
    """Add contacts given by slot; the addresses are well formed and free."""
    given = columns[EMAIL_ADDRESS]
    folded = [each.lower() for each in given]
    ids = site.database.next_ids("contact", len(given))
    now = site.clock.now()
    same = contacts.fresh_row(0, "", now, None)
    varying: dict[str, Iterable[Any]] = {
        "id": ids,
        "email_address": given,
        "email_ci": folded,
        "doc": without_blanks({slot: column for slot, column in columns.items() if slot not in _OUTSIDE}, len(given)),
    }
    memory = addresses.remembered(site, folded)
    if memory or any(slot in columns for slot in MARKS):
        varying |= _marked(same, columns, [memory.get(each, {}) for each in folded], now)
    same = {name: value for name, value in same.items() if name not in varying}
    site.database.insert_many(_contact, varying, same)
    return ids


def _marked(
    fresh: Mapping[str, Any],
    columns: Mapping[str, Sequence[str]],
    memory: Sequence[Mapping[str, Any]],
    now: int,
) -> dict[str, list[Any]]:
    """The columns of subscription, bounce and format, where contacts differ in them."""
    rows = []
    for index, kept in enumerate(memory):
        row = {**fresh, **kept}
        changes = _changes({slot: columns[slot][index] for slot in MARKS if slot in columns})
        rows.append(row | contacts.marks(row, changes, now))
    return {name: [row[name] for row in rows] for name in _STAMPED}


def _changes(values: Mapping[str, str]) -> contacts.Changes:
    """What these marks ask for; a blank one asks for nothing."""
    subscribed, bounced = values.get("is_subscribed"), values.get("is_bounceback")
    return contacts.Changes(
        is_subscribed=subscribed == "true" if subscribed else None,
        is_bounceback=bounced == "true" if bounced else None,
        email_format=values.get("email_format") or None,
    )


def change(site: Site, changes: Sequence[Change]) -> None:
    """Write to contacts, each of which really changes; addresses are well formed and free."""
    now = site.clock.now()
    plain = [each for each in changes if each.values.keys().isdisjoint(_OUTSIDE)]
    _write(site, [_document_changed(each, now) for each in plain])
    _write(site, [_changed(each, now) for each in changes if not each.values.keys().isdisjoint(_OUTSIDE)])


def _write(site: Site, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        site.database.update_many(_contact, {name: [row[name] for row in rows] for name in rows[0]})


def _document_changed(change: Change, now: int) -> dict[str, Any]:
    doc = {**change.record.row["doc"], **change.values}
    if "" in change.values.values():
        doc = {slot: text for slot, text in doc.items() if text}
    return {"id": change.record.id, "updated_at": now, "updated_by": None, "doc": doc}


def _changed(change: Change, now: int) -> dict[str, Any]:
    row, values = change.record.row, change.values
    address = values.get(EMAIL_ADDRESS) or row["email_address"]
    in_document = {slot: text for slot, text in values.items() if slot not in _OUTSIDE}
    return {
        **_document_changed(Change(change.record, in_document), now),
        "email_address": address,
        "email_ci": address.lower(),
        **{name: row[name] for name in _STAMPED},
        **contacts.marks(row, _changes(values), now),
    }


def runs(site: Site, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int) -> Iterator[Run]:
    """The contacts that fulfil *where*, by id, those *after* an id, *size* at a time; others may write in between."""
    return consecutive(site, _contact, where, size, wanted, after)
