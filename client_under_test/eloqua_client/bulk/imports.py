"""An import from its rows to what Eloqua made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from eloqua_client.bulk.chunks import Chunks, Limits
from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.progress import Told, to_nobody
from eloqua_client.bulk.rows import Source
from eloqua_client.bulk.runs import Run, Running
from eloqua_client.calls import Steps, Take


class ImportOptions(TypedDict, total=False):
    """What may be said of an import: how it is run, and, by their names on the wire, the definition's properties."""

    keep: bool
    """Leave the definition there afterwards. Else it is deleted, also after an error."""
    progress: Told
    limits: Limits
    timeout: float
    """Seconds in all until the last sync has ended; without it, as long as it takes."""

    name: str
    updateRule: str
    updateRuleByField: Mapping[str, str]
    importRule: str
    isUpdatingMultipleMatchedRecords: bool
    nullIdentifierFieldName: bool
    importPriorityUri: str
    syncActions: Sequence[Mapping[str, Any]]
    dataRetentionDuration: str
    autoDeleteDuration: str
    externalSystemId: int
    linkUsers: bool
    mapDataCards: bool
    mapDataCardsEntityField: str
    mapDataCardsSourceField: str
    mapDataCardsEntityType: str
    mapDataCardsCaseSensitiveMatch: bool
    serviceInstanceId: str
    isIdentifierFieldCaseSensitive: bool
    linkOpportunitiesEntityType: str
    linkOpportunitiesMatchFieldName: str
    linkOpportunitiesSourceField: str
    linkOpportunitiesMultipleSourceMatches: bool
    linkOpportunitiesCaseSensitiveMatchField: bool
    linkOpportunitiesCaseSensitiveSourceField: bool


@dataclass(frozen=True)
class Import:
    """An import that is asked for.

    Args:
        path: of the definitions: `/contacts/imports`.
        identifier: the key of *fields* by which rows find their records; None for activities, which have none.
    """

    path: str
    fields: Mapping[str, str]
    identifier: str | None
    properties: Mapping[str, Any]
    limits: Limits
    told: Told
    timeout: float | None
    keep: bool

    @classmethod
    def of(cls, entity: str, fields: Mapping[str, str], identifier: str | None, options: ImportOptions) -> Import:
        """With what is said of it."""
        properties: dict[str, Any] = {"name": "eloqua_client", **options}
        return cls(
            f"{entity}/imports",
            fields,
            identifier,
            limits=properties.pop("limits", Limits()),
            told=properties.pop("progress", to_nobody),
            timeout=properties.pop("timeout", None),
            keep=properties.pop("keep", False),
            properties=properties,
        )

    def run(self, bulk: Endpoints, rows: Source) -> Steps[Run]:
        """Define, send, sync, look at the log, delete."""
        body = {**self.properties, "fields": dict(self.fields), "isSyncTriggeredOnImport": False}
        if self.identifier is not None:
            body["identifierFieldName"] = self.identifier
        uri = str((yield from bulk.create(self.path, body))["uri"])
        run = yield from bulk.undone_on_error(uri, self._filled(bulk, uri, rows), keep=self.keep)
        if not self.keep:
            yield from bulk.discard(uri)
        return run

    def _filled(self, bulk: Endpoints, uri: str, rows: Source) -> Steps[Run]:
        run = Running(bulk, uri, tuple(self.fields), self.told, self.timeout)
        files = staged = 0

        def room_for(size: int) -> Steps[None]:
            nonlocal files, staged
            if files == self.limits.files or (files and staged + size > self.limits.staged):
                yield from run.sync()
                files = staged = 0
            files, staged = files + 1, staged + size

        # a row that is sent twice finds the same record, but an activity would be there twice
        is_repeatable = self.identifier is not None
        yield from send(bulk, uri, rows, self.limits, run.sent, room_for, is_repeatable=is_repeatable)
        if files:
            yield from run.sync()
        return run.so_far


def send(
    bulk: Endpoints,
    uri: str,
    rows: Source,
    limits: Limits,
    sent: Callable[[int, int], object],
    room_for: Callable[[int], Steps[None]] | None = None,
    *,
    is_repeatable: bool = False,
) -> Steps[None]:
    """Upload rows; *room_for* is done before each upload, given its bytes, and *sent* told its rows and bytes."""
    chunks, more = Chunks(limits), True
    while more:
        yield Take(rows, chunks.add)
        more, count = chunks.is_full, chunks.rows
        if count:
            body = chunks.cut()
            if room_for:
                yield from room_for(len(body))
            yield from bulk.upload(uri, body, "application/json", repeatable=is_repeatable)
            sent(count, len(body))
