"""Contacts by the thousand: what `contacts.create` does for one, for as many as come, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from mock_eloqua.crm import addresses, contacts
from mock_eloqua.crm.contacts import Changes
from mock_eloqua.crm.errors import Duplicate, Failure, SandboxFull
from mock_eloqua.crm.fields import EMAIL_ADDRESS
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_AT_ONCE = 5000
"""Rows that are written together: more would only take memory."""


class Newcomer(NamedTuple):
    """A contact to be. Instants are milliseconds since 1970 UTC."""

    changes: Changes
    account_id: int | None = None
    created_at: int | None = None
    """None: now."""


def create(site: Site, newcomers: Iterable[Newcomer]) -> int:
    """Add contacts, in order, each judged when it is drawn from *newcomers*; how many those were.

    Raises:
        Invalid: the address is missing or a value does not fit, of the one that was drawn last.
        Duplicate: there is a contact of that address.
        SandboxFull: there are as many as a sandbox holds.
    """
    total, rows = 0, dict[str, dict[str, Any]]()
    with site.database.writing():
        room = contacts.room(site, 1)
        for each in newcomers:
            if room is not None and total >= room:
                raise SandboxFull
            row = _row(site, each)
            if row["email_ci"] in rows:
                raise Duplicate(Failure(EMAIL_ADDRESS, "UniquenessRequirement", row["email_address"]))
            rows[row["email_ci"]] = row
            total += 1
            if len(rows) == _AT_ONCE:
                _write(site, rows)
        _write(site, rows)
    return total


def _row(site: Site, given: Newcomer) -> dict[str, Any]:
    address, values = contacts.checked(site, given.changes)
    row = contacts.fresh_row(0, address, site.clock.now() if given.created_at is None else given.created_at, None)
    row |= {"doc": values, "account_id": given.account_id}
    row.update(addresses.remembered(site, [row["email_ci"]]).get(row["email_ci"], ()))
    row.update(contacts.marks(row, given.changes, row["created_at"]))
    return row


def _write(site: Site, rows: dict[str, dict[str, Any]]) -> None:
    """Write them, and forget them here."""
    if rows:
        ids = site.database.next_ids("contact", len(rows))
        columns = {name: [row[name] for row in rows.values()] for name in next(iter(rows.values()))}
        site.database.insert_many(tables.contact, {**columns, "id": ids}, {})
        rows.clear()
