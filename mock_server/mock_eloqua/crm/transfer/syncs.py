"""Starting syncs, running them to their end, and the data that they leave (`bulk` 7.2, 8)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from mock_eloqua.access.users import User
from mock_eloqua.clock import stopwatch
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import definitions, exports, imports, results, staging, steering, timing, validation
from mock_eloqua.crm.transfer.codes import ERROR, Code, Line, line, outcome
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.errors import BadRequest, Conflict, Corrupt, Expired, NoData, NotYours, StorageFull
from mock_eloqua.crm.transfer.kinds import EXPORT, STAGED
from mock_eloqua.crm.transfer.progress import NOTHING, Progress
from mock_eloqua.crm.transfer.sync import ACTIVE, PENDING, Sync, find, get, how_many_under_way, select_all
from mock_eloqua.jobs import Abandoned, Job
from mock_eloqua.site import Site
from mock_eloqua.store import tables

__all__ = [
    "Sync",
    "create",
    "delete_data",
    "delete_rows",
    "find",
    "get",
    "how_many_under_way",
    "latest",
    "latest_ended",
    "readable",
    "recover",
]

APART = "apart"
"""Two syncs of one definition at once do not meet."""

log = logging.getLogger("mock_eloqua")
_table = tables.sync

Ended = Callable[[Site, Sync], None]
"""What is told of the end of a sync: after it, once, or once more where a process dies while it tells."""


def create(
    site: Site,
    definition: Definition,
    user: User,
    callback_url: str | None = None,
    ended: Ended = lambda _site, _sync: None,
    more_actions: Sequence[Mapping[str, Any]] = (),
) -> Sync:
    """Start to run a definition, with what is staged for it by now; *ended* is told of the end.

    *more_actions* are sync actions for this run alone, done after those of the definition.

    Raises:
        BadRequest: the definition is no longer valid [doc: 20D; before, its sync ended in an error], or an action
            leads nowhere.
    """
    if failures := list(validation.broken_actions(site, definition.entity, more_actions)):
        raise BadRequest(*failures)
    if site.has("definitions-checked-at-sync"):
        failures, _ = validation.check(site, definition.entity, definition.kind, definition.properties)
        if failures:
            raise BadRequest(*failures)
    twins = site.settings.twin_syncs
    with site.database.writing() as connection:
        is_second = twins != APART and bool(_under_way(site, _table.c.definition_uri == definition.uri))
        (new_id,) = site.database.next_ids("sync")
        row = {
            "id": new_id,
            "definition_uri": definition.uri,
            "kind": definition.kind,
            "status": PENDING,
            "user_id": user.id,
            "created_by": user.name,
            "created_at": site.clock.now(),
            "callback_url": callback_url,
            "columns": list(definition.fields),
            "rows": 0,
            "progress": NOTHING,
            "actions": list(more_actions),
            "command": steering.FAIL if is_second and twins == "fail" else None,
            "runner": site.database.runner(),
        }
        connection.execute(insert(_table), row)
        if definition.kind in STAGED:
            staging.take(site, definition.uri, new_id, definition.retention)
        if is_second and twins != "fail":
            staging.drop(site, staging.taken(new_id))
        _forget(site, _table.c.expires_at <= site.clock.now())
        made = get(site, new_id)
        _start(site, made, ended)
    return made


def by_status(site: Site) -> dict[str, int]:
    """How many syncs there are, by status."""
    query = select(_table.c.status, func.count()).group_by(_table.c.status)
    with site.database.reading() as connection:
        return dict(connection.execute(query).all())


def readable(site: Site, sync: Sync, user: User) -> Sync:
    """A sync whose rows may be read, or will be there soon.

    Raises:
        NoData: it is no export.
        NotYours: another user ran it.
        Expired: its rows have expired or were deleted.
        Corrupt: their file is, as somebody asked for.
    """
    if sync.kind != EXPORT:
        raise NoData
    if sync.user_id != user.id:
        raise NotYours
    if sync.expires_at is not None and sync.expires_at <= site.clock.now():
        raise Expired
    if steering.is_corrupt(site, sync.id):
        raise Corrupt
    return sync


def latest_ended(site: Site, definition: Definition) -> Sync:
    """The last sync of an export that has ended: its rows are the data of the definition.

    Raises:
        NotFound: none has.
    """
    return _latest(site, definition, _table.c.ended_at.is_not(None))


def latest(site: Site, definition: Definition) -> Sync:
    """The last sync of a definition, under way or ended.

    Raises:
        NotFound: there is none.
    """
    return _latest(site, definition)


def _latest(site: Site, definition: Definition, *where: ColumnElement[bool]) -> Sync:
    mine = _table.c.definition_uri == definition.uri
    found = select_all(site, mine, *where, newest_first=True, limit=1)
    if not found:
        raise NotFound("data of", definition.uri)
    return found[0]


def delete_rows(site: Site, sync: Sync) -> None:
    """Delete what a sync exported.

    Raises:
        Conflict: it is under way.
    """
    with site.database.writing():
        _check_idle(site, _table.c.id == sync.id)
        _expire(site, _table.c.id == sync.id)


def delete_data(site: Site, definition: Definition) -> None:
    """Delete what is staged for an import or a sync action, or what the syncs of an export found.

    Raises:
        Conflict: one of its syncs is under way.
    """
    with site.database.writing():
        _check_idle(site, _table.c.definition_uri == definition.uri)
        staging.drop(site, staging.waiting(definition.uri))
        _expire(site, _table.c.definition_uri == definition.uri)


def _check_idle(site: Site, which: ColumnElement[bool]) -> None:
    if site.has("delete-data-during-sync-conflicts") and _under_way(site, which):
        raise Conflict


def _under_way(site: Site, which: ColumnElement[bool]) -> list[Sync]:
    """One of these that has not ended, if there is any."""
    return select_all(site, which, _table.c.ended_at.is_(None), limit=1)


def _expire(site: Site, which: ColumnElement[bool]) -> None:
    with site.database.writing() as connection:
        ended = update(_table).where(which, _table.c.kind == EXPORT, _table.c.ended_at.is_not(None))
        connection.execute(ended.values(expires_at=site.clock.now()))
        _forget(site, which)


def _forget(site: Site, which: ColumnElement[bool]) -> None:
    with site.database.reading() as connection:
        ids = connection.execute(select(_table.c.id).where(which, _table.c.rows > 0)).scalars().all()
    if ids:
        _drop_rows(site, ids)


def _drop_rows(site: Site, sync_ids: Sequence[int]) -> None:
    with site.database.writing() as connection:
        results.forget_rows(site, sync_ids)
        connection.execute(update(_table).where(_table.c.id.in_(sync_ids)).values(rows=0))


def recover(site: Site, ended: Ended) -> None:
    """Go on with the syncs that nobody is at, and are not done with: a process has died, or another state is back."""
    with site.database.writing() as connection:
        site.look()
        nobody = _table.c.runner.not_in(site.database.runners())
        left = select_all(site, _table.c.progress.is_not(None), nobody)
        mine = update(_table).where(_table.c.id.in_([each.id for each in left]))
        connection.execute(mine.values(runner=site.database.runner()))
        for sync in left:
            _start(site, sync, ended)


def _start(site: Site, sync: Sync, ended: Ended) -> None:
    """Inside the write that makes the sync this process's: the job ends with the state that it was written to."""
    site.jobs.start(partial(_work, site, sync, ended), f"sync {sync.id}")


def _work(site: Site, sync: Sync, ended: Ended, job: Job) -> None:
    """All of a sync that is left to be done, in a thread of its own."""
    outages = site.trouble.retries
    if sync.status == PENDING:
        job.wait(timing.pending(site))
        steering.wait(site, job, sync.id)
    with site.database.writing():
        job.check()
        progress, sync = Progress.of(site, job, sync.id), get(site, sync.id)
        definition = _begun(progress, sync)
    if sync.ended_at is None:
        sync = _run(progress, sync, definition, outages)
    job.check()
    ended(site, sync)
    progress.forget()


def _begun(progress: Progress, sync: Sync) -> Definition | None:
    """The definition as it was when the work began, which is now unless it had; None when it is there no longer."""
    site = progress.site
    with progress.writing() as connection:
        found = definitions.by_uri(site, sync.definition_uri)
        if sync.started_at is None:
            written: dict[str, Any] = {"status": ACTIVE, "started_at": site.clock.now()}
            if found is not None:  # it may have been replaced since the sync was made
                written["columns"] = list(found.fields)
                progress.properties = definitions.stored(found.properties)
            connection.execute(update(_table).where(_table.c.id == sync.id).values(written))
    if found is None or progress.properties is None:
        return None
    return replace(found, properties=definitions.restored(progress.properties))


def _run(progress: Progress, sync: Sync, definition: Definition | None, outages: int) -> Sync:
    """Work to the end; the ended sync. More than *outages* so far: one has hit it."""
    site = progress.site
    lines = _worked(progress, sync, definition) if definition else []
    if site.trouble.retries > outages and outcome(lines) != ERROR:
        lines = [line(Code.RETRIED, site.clock.now()), *lines]
    with progress.writing():
        if outcome(lines) == ERROR:  # here and no sooner: whoever goes on needs the rows that are there
            _drop_rows(site, [sync.id])
        if definitions.by_uri(site, sync.definition_uri) is None:
            lines = [*lines, _definition_gone(site, sync)]
        staging.drop(site, staging.taken(sync.id))
        _end(site, sync, lines)
        return get(site, sync.id)


def _worked(progress: Progress, sync: Sync, definition: Definition) -> list[Line]:
    """Do the work, in the time that it takes at least; the lines it gives for the log."""
    site, real = progress.site, stopwatch()
    virtual = site.clock.now() if sync.started_at is None else sync.started_at
    failures, _ = validation.check(site, definition.entity, definition.kind, definition.properties)
    if failures or list(validation.broken_actions(site, definition.entity, sync.actions)):
        return [line(Code.INVALID, site.clock.now(), sync=sync.id, user=sync.user_id)]
    if sync.actions:
        every = [*definition.properties.get("syncActions", ()), *sync.actions]
        definition = replace(definition, properties={**definition.properties, "syncActions": every})
    work = imports.run if sync.kind in STAGED else exports.run
    try:
        lines = work(progress, definition)
        passed = max(stopwatch() - real, (site.clock.now() - virtual) / 1000)
        progress.job.wait(max(0.0, timing.active(site, progress.rows) - passed))
        progress.obey()
    except Abandoned:
        raise
    except StorageFull:
        code = Code.STORAGE_FULL
    except steering.Failed:
        code = Code.BROKEN_OFF
    except steering.OutOfService:
        code = Code.TEMPORARY if site.has("temporary-errors-in-logs") else Code.BROKEN_OFF
    except Exception:
        progress.job.check()  # a reset pulls the ground from under the work: no error
        log.exception("sync %s broke off", sync.id)
        code = Code.BROKEN_OFF
    else:
        return lines
    return [line(code, site.clock.now(), kind=sync.kind)]


def _definition_gone(site: Site, sync: Sync) -> Line:
    kind, number = sync.kind, sync.definition_uri.rpartition("/")[2]
    return line(Code.DEFINITION_GONE, site.clock.now(), kind=kind.removesuffix("s").capitalize(), id=number)


def _end(site: Site, sync: Sync, lines: Sequence[Line]) -> None:
    """Write log and final status. The line about the end stands before the engine's lines [recorded]."""
    now = site.clock.now()
    status = outcome(lines)
    ended = line(Code.ENDED, now, status=status.capitalize())
    place = next((number for number, each in enumerate(lines) if each.code == Code.PROCESSED.code), len(lines))
    results.write_log(site, sync.id, [*lines[:place], ended, *lines[place:]])
    definition = definitions.by_uri(site, sync.definition_uri)
    written = {
        "status": site.settings.sync_failure_status if status == "error" else status,
        "ended_at": now,
        "expires_at": now + definition.retention if definition and sync.kind == EXPORT else None,
    }
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.id == sync.id).values(written))
