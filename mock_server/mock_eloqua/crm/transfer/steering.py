"""Syncs steered from outside, for tests of what a client does with one that hangs or fails."""

from __future__ import annotations

from mock_eloqua.crm.transfer import timing
from mock_eloqua.crm.transfer.errors import Conflict
from mock_eloqua.crm.transfer.sync import Sync, get
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site

HOLD, FAIL = "hold", "fail"
COMMANDS = (HOLD, "release", FAIL)


class Failed(Exception):
    """A sync has been told to fail."""


def command(site: Site, sync_id: int, word: str) -> Sync:
    """Let a sync wait where it is, go on, or fail; the sync as it stands.

    It obeys before it becomes active, between two batches of rows, and before it ends: what is written stays.

    Raises:
        NotFound: there is none.
        Conflict: it has ended.
    """
    sync = get(site, sync_id)
    if sync.ended_at is not None:
        raise Conflict
    with site.moved:
        site.sync_commands[sync_id] = word
        site.moved.notify_all()
    return sync


def wait(site: Site, job: Job, sync_id: int) -> None:
    """Wait while a sync is held."""
    with site.moved:
        while _held(site, sync_id):
            job.check()
            site.moved.wait()
    job.check()


def obey(site: Site, job: Job, sync_id: int) -> None:
    """Wait while a sync is held.

    Raises:
        Failed: it is told to fail.
    """
    wait(site, job, sync_id)
    if site.sync_commands.get(sync_id) == FAIL:
        raise Failed


def _held(site: Site, sync_id: int) -> bool:
    word = site.sync_commands.get(sync_id)
    return word == HOLD or (word is None and site.settings.sync_timing == timing.MANUAL)
