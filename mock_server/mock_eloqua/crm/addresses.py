"""E-mail addresses: which are well formed, and what an address keeps when its contact goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, select

from mock_eloqua.site import Site
from mock_eloqua.store import tables

WELL_FORMED = re.compile(r"[^@\s\x00]+@(?=[^@\s\x00]*[^@\s\x00.]\.[^@\s\x00.])[^@\s\x00]+(?<!\.)")
"""One `@`, something before it, a domain with a dot inside, no blanks [inferred; `bulk` 11.3]."""


_USUAL = re.compile(r"(?:[\w.+'-]++@(?:[\w-]++\.)+[\w-]++\n)*+", re.ASCII)


def are_usual(addresses: Sequence[str]) -> bool:
    """Are all of these well-formed and of usual letters? Asked first: a third of the time of asking for each."""
    lines = "\n".join(addresses) + "\n"
    return lines.count("\n") == len(addresses) and _USUAL.fullmatch(lines) is not None


def is_valid(address: str) -> bool:
    """Is this text an address?"""
    return len(address) <= 400 and WELL_FORMED.fullmatch(address) is not None


def remembered(site: Site, addresses: Iterable[str]) -> dict[str, dict[str, object]]:
    """What is known of these lower-case addresses, as departed contacts or imports left it."""
    memory = tables.address_memory
    if site.database.first(_ANY) is None:
        return {}
    wanted = list(addresses)
    found = {}
    with site.database.reading() as connection:
        for start in range(0, len(wanted), 500):
            query = select(memory).where(memory.c.email_ci.in_(wanted[start : start + 500]))
            for row in connection.execute(query).mappings():
                bounced = {key: row[key] for key in _BOUNCED} if row["is_bounceback"] is not None else {}
                found[row["email_ci"]] = {key: row[key] for key in KEPT} | bounced
    return found


def remember(site: Site, address: str, *, is_subscribed: bool | None = None, is_bounceback: bool = False) -> None:
    """Keep what is said of an address without a contact, for the next contact of that address."""
    memory, now = tables.address_memory, site.clock.now()
    with site.database.writing() as connection:
        before = remembered(site, [address.lower()]).get(address.lower(), {"is_subscribed": True})
        row = {"subscribed_at": None, "unsubscribed_at": None, **before, "email_ci": address.lower()}
        if is_subscribed is not None:
            row |= {"is_subscribed": is_subscribed, ("subscribed_at" if is_subscribed else "unsubscribed_at"): now}
        if is_bounceback:
            row |= {"is_bounceback": True, "bounced_at": now}
        connection.execute(sql_delete(memory).where(memory.c.email_ci == address.lower()))
        connection.execute(insert(memory), row)


_ANY = select(tables.address_memory.c.email_ci).limit(1)


KEPT = ("is_subscribed", "subscribed_at", "unsubscribed_at")
"""What belongs to the address rather than to the contact [recorded]."""
_BOUNCED = ("is_bounceback", "bounced_at")
