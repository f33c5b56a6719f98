"""An export from its definition to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict

from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.progress import Progress, Told, to_nobody
from eloqua_client.bulk.runs import Run, Running
from eloqua_client.calls import Give, Steps

MOST_ROWS = 50_000
"""Of a page, as Eloqua allows [doc]."""


class ExportOptions(TypedDict, total=False):
    """What may be said of an export: how it is run, and, by their names on the wire, the definition's properties."""

    keep: bool
    """Leave the definition there afterwards. Else it is deleted when the rows were read, or are not wanted."""
    progress: Told
    page: int
    """Rows that are read at once, 50,000 at most."""
    timeout: float
    """Seconds until the sync has ended; without it, as long as it takes."""

    name: str
    maxRecords: int
    areSystemTimestampsInUTC: bool
    syncActions: Sequence[Mapping[str, Any]]
    dataRetentionDuration: str
    autoDeleteDuration: str
    crmAccountIdField: str
    productIdField: str
    externalSystemId: int


@dataclass(frozen=True)
class Export:
    """An export that is asked for."""

    path: str
    """Of the definitions: `/contacts/exports`."""
    fields: Mapping[str, str]
    properties: Mapping[str, Any]
    told: Told
    timeout: float | None
    page: int
    keep: bool

    @classmethod
    def of(cls, entity: str, fields: Mapping[str, str], filter: str | None, options: ExportOptions) -> Export:  # noqa: A002
        """With what is said of it."""
        properties: dict[str, Any] = {"name": "eloqua_client", **options}
        if filter:
            properties["filter"] = filter
        return cls(
            f"{entity}/exports",
            fields,
            told=properties.pop("progress", to_nobody),
            timeout=properties.pop("timeout", None),
            page=properties.pop("page", MOST_ROWS),
            keep=properties.pop("keep", False),
            properties=properties,
        )

    def run(self, bulk: Endpoints) -> Steps[Run]:
        """Define and sync; the definition stays until the rows were read, but for an error."""
        definition = yield from bulk.create(self.path, {**self.properties, "fields": dict(self.fields)})
        uri = str(definition["uri"])
        run = Running(bulk, uri, tuple(self.fields), self.told, self.timeout)
        yield from bulk.undone_on_error(uri, run.sync(), keep=self.keep)
        return run.so_far


def exported_rows(bulk: Endpoints, run: Run, *, page: int, told: Told, keep: bool) -> Steps[None]:
    """Gives the rows that a run has found; then, or when they are no longer wanted, deletes its definition."""
    progress = Progress(run.uri, sync=run.syncs[-1])

    def take(rows: list[Any]) -> Give:
        nonlocal progress
        progress = replace(progress, rows=progress.rows + len(rows))
        told(progress)
        return Give(rows)

    try:
        yield from bulk.pages(f"{run.sync_uri}/data", take, page=page)
    finally:
        if not keep:
            yield from bulk.discard(run.uri)


def of_type(type: str, filter: str | None) -> str:  # noqa: A002
    """The filter of an export of activities: one type, and what else."""
    found = f"'{{{{Activity.Type}}}}'='{type}'"
    return f"{found} AND ({filter})" if filter else found
