"""E-mail addresses: which are well formed, and what an address keeps when its contact goes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select

from mock_eloqua.site import Site
from mock_eloqua.store import tables

WELL_FORMED = re.compile(r"[^@\s\x00]+@(?=[^@\s\x00]*[^@\s\x00.]\.[^@\s\x00.])[^@\s\x00]+(?<!\.)")
"""One `@`, something before it, a domain with a dot inside, no blanks [inferred; `bulk` 11.3]."""


def is_valid(address: str) -> bool:
    """Is this text an address?"""
    return len(address) <= 400 and WELL_FORMED.fullmatch(address) is not None


def remembered(site: Site, addresses: Iterable[str]) -> dict[str, dict[str, object]]:
    """What departed contacts left for these lower-case addresses: subscription and its dates."""
    memory = tables.address_memory
    if site.database.first(_ANY) is None:
        return {}
    wanted = list(addresses)
    found = {}
    with site.database.reading() as connection:
        for start in range(0, len(wanted), 500):
            query = select(memory).where(memory.c.email_ci.in_(wanted[start : start + 500]))
            for row in connection.execute(query).mappings():
                found[row["email_ci"]] = {key: row[key] for key in KEPT}
    return found


_ANY = select(tables.address_memory.c.email_ci).limit(1)


KEPT = ("is_subscribed", "subscribed_at", "unsubscribed_at")
"""What belongs to the address rather than to the contact [recorded]."""
