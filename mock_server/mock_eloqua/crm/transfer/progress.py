"""How far a sync has come, kept in its row by each of its writes, so that another process can go on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, select, update

from mock_eloqua.crm.transfer import steering
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.jobs import Abandoned, Job
from mock_eloqua.site import Site
from mock_eloqua.store import tables

NOTHING: Mapping[str, Any] = {"writes": 0}
"""The progress of a new sync, as its row keeps it. A sync that is done with keeps none."""

_table = tables.sync


@dataclass(slots=True)
class Progress:
    """How far one sync has come."""

    site: Site
    job: Job
    sync_id: int
    writes: int = 0
    """How many have kept it."""
    properties: Mapping[str, Any] | None = None
    """Those of the definition as they were when the work began, `stored`; None before."""
    rows: int = 0
    """Those of the load that are done, or those that the export has found."""
    rejects: int = 0
    tally: Counter[Code] = field(default_factory=Counter)
    """How many rows of the load met which fate."""
    acted: list[int] = field(default_factory=list)
    """What each sync action counts."""
    has_acted_on_all: bool = False
    """Have those run that are for everybody at their destination?"""
    last_id: int = 0
    """The last record that the export has found."""
    size: int = 0
    """Bytes of its rows."""

    @classmethod
    def of(cls, site: Site, job: Job, sync_id: int) -> Progress:
        """What the row of a sync keeps.

        To be called inside a write: then nothing that a process before had begun is still on its way.
        """
        with site.database.reading() as connection:
            kept = _kept(connection, sync_id)
        tally = Counter({Code[name]: count for name, count in kept.pop("tally", {}).items()})
        return cls(site, job, sync_id, **kept, tally=tally)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write of the sync, which keeps the progress as well: all of it is there afterwards, or nothing.

        Raises:
            Abandoned: the site has another state, or another process has taken the sync over.
        """
        with self.site.database.writing() as connection:
            self._check(connection)
            yield connection
            self._keep(connection, self._document())
        self.writes += 1

    def obey(self) -> None:
        """Wait while the sync is held, or tried again.

        Raises:
            Failed, OutOfService: it is told to fail, or a planned outage lets it.
        """
        steering.obey(self.site, self.job, self.sync_id)

    def forget(self) -> None:
        """Nothing is left to be done."""
        with self.site.database.writing() as connection:
            self._check(connection)
            self._keep(connection, None)

    def _check(self, connection: Connection) -> None:
        self.job.check()
        if _kept(connection, self.sync_id).get("writes") != self.writes:
            raise Abandoned

    def _document(self) -> dict[str, Any]:
        """How it will be after the write that is under way."""
        tally = {code.name: count for code, count in self.tally.items()}
        return {name: getattr(self, name) for name in _KEPT} | {"writes": self.writes + 1, "tally": tally}

    def _keep(self, connection: Connection, document: Mapping[str, Any] | None) -> None:
        connection.execute(update(_table).where(_table.c.id == self.sync_id).values(progress=document))


_KEPT = [each.name for each in fields(Progress) if each.name not in ("site", "job", "sync_id")]


def _kept(connection: Connection, sync_id: int) -> dict[str, Any]:
    return connection.execute(select(_table.c.progress).where(_table.c.id == sync_id)).scalar() or {}
