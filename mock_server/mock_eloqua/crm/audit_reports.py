"""Audit log reports: asked for here, mailed by the product. The emulator mails nothing and keeps what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from mock_eloqua.crm.addresses import is_valid
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.dates import EPOCH
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_DATES = ("startDate", "endDate")


def ask(site: Site, asked: Mapping[str, str], user_id: int) -> int:
    """Note that a report is wanted; its id.

    Raises:
        Invalid: a date is none, they are the wrong way round, or the address to mail to is none.
    """
    moments = {name: _moment(asked[name]) for name in _DATES if asked.get(name)}
    failures = [Failure(name, "DateRequirement", asked[name]) for name, moment in moments.items() if moment is None]
    start, end = (moments.get(name) for name in _DATES)
    if start is not None and end is not None and end < start:
        failures.append(Failure("endDate", "RelationshipRequirement", asked["endDate"]))
    address = asked.get("notificationEmail", "")
    if address and not is_valid(address):
        failures.append(Failure("notificationEmail", "EmailAddressRequirement", address))
    if failures:
        raise Invalid(*failures)
    row: dict[str, Any] = {"asked_at": site.clock.now(), "asked_by": user_id, "doc": dict(asked)}
    with site.database.writing() as connection:
        (new_id,) = site.database.next_ids("audit_report")
        connection.execute(insert(tables.audit_report), {"id": new_id, **row})
    return new_id


def _moment(text: str) -> float | None:
    """Unix seconds, or a date as ISO 8601 writes it [inferred: the form is not described]; naive ones as UTC."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 13:
        return float(digits)
    try:
        found = datetime.fromisoformat(digits)
    except ValueError:
        return None
    return (found.replace(tzinfo=found.tzinfo or UTC) - EPOCH).total_seconds()
