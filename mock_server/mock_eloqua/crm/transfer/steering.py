"""Syncs steered from outside, for tests of what a client does with one that hangs or fails."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from mock_eloqua.crm.transfer import timing
from mock_eloqua.crm.transfer.errors import Conflict
from mock_eloqua.crm.transfer.kinds import EXPORT
from mock_eloqua.crm.transfer.sync import Sync, get
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.sync

HOLD, FAIL, CORRUPT = "hold", "fail", "corrupt"
RETRY = "retry"
"""What a planned outage may do to syncs, besides `fail`."""
COMMANDS = (HOLD, "release", FAIL, CORRUPT)


class Failed(Exception):
    """A sync has been told to fail."""


class OutOfService(Exception):
    """A sync was hit by a planned outage that lets it fail."""


def command(site: Site, sync_id: int, word: str) -> Sync:
    """Let a sync wait where it is, go on, or fail, or what it has exported be corrupt; the sync as it stands.

    It obeys before it becomes active, between two batches of rows, and before it ends: what is written stays.

    Raises:
        NotFound: there is none.
        Conflict: it has ended; of one whose file is to be corrupt, it has not, or is no export.
    """
    sync = get(site, sync_id)
    if word == CORRUPT and (sync.ended_at is None or sync.kind != EXPORT):
        raise Conflict(f"sync {sync_id} is no export that has ended")
    if word != CORRUPT and sync.ended_at is not None:
        raise Conflict(f"sync {sync_id} has ended")
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.id == sync_id).values(command=word))
    site.time_moved()
    return sync


def told(site: Site, sync_id: int) -> str | None:
    """What it was told last, if anything."""
    return _command(site, sync_id)


def is_corrupt(site: Site, sync_id: int) -> bool:
    """Is its file corrupt?"""
    return _command(site, sync_id) == CORRUPT


def wait(site: Site, job: Job, sync_id: int) -> None:
    """Wait while a sync is held, or until a planned outage is over after which it is tried again."""
    job.wait_until(lambda: not _is_held(site, sync_id) and _outage(site) != RETRY)


def obey(site: Site, job: Job, sync_id: int) -> None:
    """Wait as `wait` does.

    Raises:
        Failed: it is told to fail.
        OutOfService: a planned outage lets it fail.
    """
    wait(site, job, sync_id)
    if _command(site, sync_id) == FAIL:
        raise Failed
    if _outage(site) == FAIL:
        raise OutOfService


def _outage(site: Site) -> str | None:
    maintenance = site.trouble.maintenance
    return maintenance.syncs if maintenance else None


def _is_held(site: Site, sync_id: int) -> bool:
    word = _command(site, sync_id)
    return word == HOLD or (word is None and site.settings.sync_timing == timing.MANUAL)


_READ = select(_table.c.command).where(_table.c.id == bindparam("of"))


def _command(site: Site, sync_id: int) -> str | None:
    found = site.database.first(_READ, of=sync_id)
    return found[0] if found else None
