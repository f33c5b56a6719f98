"""A run of a definition: the syncs it took, and what came of them; also one that somebody else began."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.progress import Progress, Told, to_nobody
from eloqua_client.bulk.syncs import NOTHING_STAGED, STAGED, Counts, LogLine, Sync
from eloqua_client.calls import Steps


@dataclass(frozen=True)
class Run:
    """What came of a definition."""

    uri: str
    """Of the definition: `/contacts/imports/12`."""
    columns: tuple[str, ...]
    """The keys of its `fields`."""
    syncs: tuple[Sync, ...]
    """Several, where an import was too large for one; none, where there were no rows."""
    logs: tuple[LogLine, ...]

    @property
    def sync_uri(self) -> str:
        """Of the last sync; empty where there was none."""
        return self.syncs[-1].uri if self.syncs else ""

    @property
    def status(self) -> str:
        """`success`, or `warning` where a sync ended in one: see `logs` and rejects."""
        return "warning" if any(each.status == "warning" for each in self.syncs) else "success"

    @property
    def counts(self) -> Counts:
        """What the logs count."""
        return Counts.read(self.logs)


class Running:
    """A run under way."""

    def __init__(
        self, bulk: Endpoints, uri: str, columns: tuple[str, ...], told: Told = to_nobody, timeout: float | None = None
    ) -> None:
        self._bulk = bulk
        self._told = told
        self._ends = None if timeout is None else bulk.now() + timeout
        self._progress = Progress(uri)
        self.so_far = Run(uri, columns, (), ())
        told(self._progress)

    def sent(self, rows: int, size: int) -> None:
        """So many rows more."""
        self._tell(replace(self._progress, rows=self._progress.rows + rows, bytes=self._progress.bytes + size))

    def sync(self) -> Steps[None]:
        """Start a sync, and see it to its end.

        Raises:
            SyncFailed, StillRunning: it has no good one.
        """
        started = yield from self._bulk.start(self.so_far.uri, self.so_far.syncs)
        yield from self.follow(started)

    def follow(self, sync: Sync) -> Steps[None]:
        """See a sync to its end. Raises as `sync` does."""
        left = None if self._ends is None else max(0.0, self._ends - self._bulk.now())
        over = yield from self._bulk.wait(sync.uri, left, self._look)
        logs = yield from self._bulk.logs(sync.uri)
        was = self.so_far
        if was.syncs and any(each.code == NOTHING_STAGED for each in logs):
            return  # of a run that is resumed: all had been synced
        self.so_far = replace(was, syncs=(*was.syncs, over), logs=(*was.logs, *logs))

    def _look(self, sync: Sync) -> None:
        self._tell(replace(self._progress, sync=sync))

    def _tell(self, progress: Progress) -> None:
        self._progress = progress
        self._told(progress)


def resumed(bulk: Endpoints, uri: str, told: Told, timeout: float | None, *, keep: bool) -> Steps[Run]:
    """Go on with what was begun, by the uri of a sync or a definition; deletes the definition of an import after it."""
    definition_uri = (yield from bulk.sync(uri)).definition_uri if uri.startswith("/syncs/") else uri
    going_on = _of_sync if uri != definition_uri else _of_definition
    work = going_on(bulk, uri, told, timeout)
    run = yield from bulk.undone_on_error(definition_uri, work, keep=keep)
    if not keep and not is_of_export(definition_uri):
        yield from bulk.discard(definition_uri)
    return run


def _of_sync(bulk: Endpoints, uri: str, told: Told, timeout: float | None) -> Steps[Run]:
    sync = yield from bulk.sync(uri)
    run = Running(bulk, sync.definition_uri, (), told, timeout)
    yield from run.follow(sync)
    return run.so_far


def _of_definition(bulk: Endpoints, uri: str, told: Told, timeout: float | None) -> Steps[Run]:
    """All its syncs; then one for what is staged for an import, or for an export that has none."""
    columns = tuple((yield from bulk.get(uri))["fields"])
    run = Running(bulk, uri, columns, told, timeout)
    known = yield from bulk.syncs_of(uri)
    is_export = is_of_export(uri)
    for each in known[-1:] if is_export else known:
        yield from run.follow(each)
    if not (is_export and known):
        yield from run.sync()
    return run.so_far


def is_of_export(definition_uri: str) -> bool:
    """Is it the uri of an export?"""
    return "/exports/" in definition_uri.lower()


def rejects_of(bulk: Endpoints, run: Run) -> Steps[None]:
    """Gives the rejects of all syncs of a run."""
    staged = Counter[str]()
    for line in run.logs:
        if line.code == STAGED:
            staged[line.sync_uri] += line.count
    before = 0
    for sync in run.syncs:
        yield from bulk.rejects(sync.uri, before)
        before += staged[sync.uri]
