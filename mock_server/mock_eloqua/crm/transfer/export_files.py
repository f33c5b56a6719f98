"""What an export found as one CSV file, and addresses under which it can be fetched (`soap` 7).

An address proves by itself that it was given away, and for whom: nothing is kept of it, nor of a password.
"""

from __future__ import annotations

import hmac
import re
import secrets

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import results, syncs
from mock_eloqua.crm.transfer.errors import NotYours
from mock_eloqua.crm.transfer.kinds import EXPORT
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.language import csv_rows
from mock_eloqua.site import Site

SUCCEEDED = ("success", "warning")
_SECRET = "exportFiles"  # noqa: S105  the name of a fact
_NAME = re.compile(r"([1-9]\d{0,17})-([0-9a-f]{64})\.csv", re.ASCII)


def content(site: Site, sync: Sync) -> bytes:
    """The rows of a sync below a header with its keys [inferred].

    Raises:
        NotFound: it has not come to a good end, or its rows are gone.
    """
    _check(site, sync)
    return csv_rows.written(sync.columns, results.rows(site, sync.id, sync.columns, 0, sync.rows))


def name(site: Site, sync: Sync, login: str, password: str) -> str:
    """The name of the file for whoever shows this login and password; both blank: for everybody.

    Raises:
        NotFound: there is no file, or no longer.
    """
    _check(site, sync)
    return f"{sync.id}-{_proof(site, sync.id, login, password)}.csv"


def opened(site: Site, name: str, login: str, password: str) -> bytes:
    """The file of that name.

    Raises:
        NotFound: there is none, or no longer.
        NotYours: it is for somebody else.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound("file", name)
    key = int(found[1])
    if not hmac.compare_digest(found[2], _proof(site, key, login, password)):
        raise NotYours
    return content(site, syncs.get(site, key))


def _check(site: Site, sync: Sync) -> None:
    is_gone = sync.expires_at is None or sync.expires_at <= site.clock.now()
    if sync.kind != EXPORT or sync.status not in SUCCEEDED or is_gone:
        raise NotFound("file of sync", sync.id)


def _proof(site: Site, sync_id: int, login: str, password: str) -> str:
    # Joined as HTTP Basic joins them, so that a colon in the login does no harm.
    return hmac.digest(_secret(site), f"{sync_id}:{login}:{password}".encode(), "sha256").hex()


def _secret(site: Site) -> bytes:
    known: str | None = site.database.fact(_SECRET)
    if known is None:
        with site.database.writing():
            known = site.database.fact(_SECRET) or secrets.token_hex(32)
            site.database.remember(_SECRET, known)
    return known.encode()
