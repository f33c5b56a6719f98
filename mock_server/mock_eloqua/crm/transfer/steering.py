"""Syncs steered from outside, for tests of what a client does with one that hangs or fails."""

from __future__ import annotations

from mock_eloqua.crm.transfer import timing
from mock_eloqua.crm.transfer.errors import Conflict
from mock_eloqua.crm.transfer.kinds import EXPORT
from mock_eloqua.crm.transfer.sync import Sync, get
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site

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
    if (sync.ended_at is None or sync.kind != EXPORT) if word == CORRUPT else sync.ended_at is not None:
        raise Conflict
    with site.moved:
        site.sync_commands[sync_id] = word
        site.moved.notify_all()
    return sync


def is_corrupt(site: Site, sync_id: int) -> bool:
    """Is its file corrupt?"""
    return site.sync_commands.get(sync_id) == CORRUPT


def wait(site: Site, job: Job, sync_id: int) -> None:
    """Wait while a sync is held, or until a planned outage is over after which it is tried again."""
    with site.moved:
        while _held(site, sync_id) or _outage(site) == RETRY:
            job.check()
            site.moved.wait()
    job.check()


def obey(site: Site, job: Job, sync_id: int) -> None:
    """Wait as `wait` does.

    Raises:
        Failed: it is told to fail.
        OutOfService: a planned outage lets it fail.
    """
    wait(site, job, sync_id)
    if site.sync_commands.get(sync_id) == FAIL:
        raise Failed
    if _outage(site) == FAIL:
        raise OutOfService


def _outage(site: Site) -> str | None:
    maintenance = site.trouble.maintenance
    return maintenance.syncs if maintenance else None


def _held(site: Site, sync_id: int) -> bool:
    word = site.sync_commands.get(sync_id)
    return word == HOLD or (word is None and site.settings.sync_timing == timing.MANUAL)
