"""What users of `AsyncEloqua.bulk` type; `waiting` is its twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from eloqua_client.bulk.chunks import Limits
from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.exports import MOST_ROWS, Export, ExportOptions, exported_rows, of_type
from eloqua_client.bulk.imports import Import, ImportOptions, send
from eloqua_client.bulk.progress import Told, to_nobody
from eloqua_client.bulk.results import AsyncExportResult, AsyncImportResult, ExportedRow
from eloqua_client.bulk.rows import AsyncRows, rows_of
from eloqua_client.bulk.runs import Run, is_of_export, rejects_of, resumed
from eloqua_client.bulk.syncs import LogLine, Reject, Sync
from eloqua_client.driving import AsyncDriver, AsyncStream


class AsyncDefinitions:
    """The same, to be awaited."""

    def __init__(self, driver: AsyncDriver, endpoints: Endpoints) -> None:
        self._driver, self._endpoints = driver, endpoints

    async def create(self, path: str, **properties: Any) -> dict[str, Any]:
        """A new one below a path such as `/contacts/imports`; properties by their names on the wire."""
        return await self._driver.run(self._endpoints.create(path, properties))

    async def get(self, uri: str) -> dict[str, Any]:
        """As Eloqua has it."""
        return await self._driver.run(self._endpoints.get(uri))

    def list(self, path: str, q: str | None = None) -> AsyncStream[dict[str, Any]]:
        """Those below a path such as `/contacts/imports`, or `/imports` for all; *q* such as `name=Nightly*`."""
        return AsyncStream(self._driver, lambda: self._endpoints.items(path, {"q": q}))

    async def delete(self, uri: str) -> None:
        """And what is staged for it."""
        await self._driver.run(self._endpoints.delete(uri))


class AsyncBulk:
    """The same as `Bulk`, to be awaited; rows may be awaited too."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver
        self._endpoints = Endpoints(driver.session)
        self.definitions = AsyncDefinitions(driver, self._endpoints)

    async def import_to(
        self,
        entity: str,
        rows: AsyncRows,
        *,
        fields: Mapping[str, str],
        identifier: str | None = None,
        **options: Unpack[ImportOptions],
    ) -> AsyncImportResult:
        """Import rows; see `Bulk.import_to`."""
        wanted = Import.of(entity, fields, identifier, options)
        return self._imported(await self._driver.run(wanted.run(self._endpoints, rows_of(rows))))

    async def import_contacts(
        self, rows: AsyncRows, *, fields: Mapping[str, str], identifier: str, **options: Unpack[ImportOptions]
    ) -> AsyncImportResult:
        """Import contacts; see `import_to`."""
        return await self.import_to("/contacts", rows, fields=fields, identifier=identifier, **options)

    async def import_accounts(
        self, rows: AsyncRows, *, fields: Mapping[str, str], identifier: str, **options: Unpack[ImportOptions]
    ) -> AsyncImportResult:
        """Import accounts; see `import_to`."""
        return await self.import_to("/accounts", rows, fields=fields, identifier=identifier, **options)

    async def import_records(
        self,
        custom_object_id: int | str,
        rows: AsyncRows,
        *,
        fields: Mapping[str, str],
        identifier: str,
        **options: Unpack[ImportOptions],
    ) -> AsyncImportResult:
        """Import records of a custom object; see `import_to`."""
        entity = f"/customObjects/{custom_object_id}"
        return await self.import_to(entity, rows, fields=fields, identifier=identifier, **options)

    async def import_activities(
        self, rows: AsyncRows, *, fields: Mapping[str, str], **options: Unpack[ImportOptions]
    ) -> AsyncImportResult:
        """Import external activities; see `import_to`. They are never updated, so no upload is repeated."""
        return await self.import_to("/activities", rows, fields=fields, **options)

    async def export_from(
        self,
        entity: str,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002  Eloqua's word
        **options: Unpack[ExportOptions],
    ) -> AsyncExportResult:
        """Let Eloqua find rows; see `Bulk.export_from`."""
        wanted = Export.of(entity, fields, filter, options)
        return self._exported(
            await self._driver.run(wanted.run(self._endpoints)), wanted.page, wanted.told, wanted.keep
        )

    async def export_contacts(
        self,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> AsyncExportResult:
        """Export contacts; see `export_from`."""
        return await self.export_from("/contacts", fields=fields, filter=filter, **options)

    async def export_accounts(
        self,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> AsyncExportResult:
        """Export accounts; see `export_from`."""
        return await self.export_from("/accounts", fields=fields, filter=filter, **options)

    async def export_records(
        self,
        custom_object_id: int | str,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> AsyncExportResult:
        """Export records of a custom object; see `export_from`."""
        return await self.export_from(f"/customObjects/{custom_object_id}", fields=fields, filter=filter, **options)

    async def export_activities(
        self,
        type: str,  # noqa: A002  Eloqua's word
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> AsyncExportResult:
        """Export activities of a type, such as `EmailOpen`; see `export_from`.

        Eloqua finds no more than 5,000,000 in one export, and does not say that there are others.
        """
        return await self.export_from("/activities", fields=fields, filter=of_type(type, filter), **options)

    async def resume(
        self,
        uri: str,
        *,
        progress: Told = to_nobody,
        timeout: float | None = None,  # noqa: ASYNC109  what is out of time goes on
        page: int = MOST_ROWS,
        keep: bool = False,
    ) -> AsyncImportResult | AsyncExportResult:
        """Go on with a run; see `Bulk.resume`."""
        run = await self._driver.run(resumed(self._endpoints, uri, progress, timeout, keep=keep))
        return self._exported(run, page, progress, keep) if is_of_export(run.uri) else self._imported(run)

    async def upload(self, uri: str, rows: AsyncRows, limits: Limits | None = None) -> int:
        """Stage rows for a definition, in as many posts as they need; how many rows they were."""
        counted: list[int] = []
        sent = lambda count, _: counted.append(count)  # noqa: E731
        await self._driver.run(send(self._endpoints, uri, rows_of(rows), limits or Limits(), sent))
        return sum(counted)

    async def sync(self, definition_uri: str) -> Sync:
        """Start a sync."""
        return await self._driver.run(self._endpoints.start(definition_uri))

    async def wait(self, sync_uri: str, timeout: float | None = None) -> Sync:  # noqa: ASYNC109
        """A sync that has ended.

        Raises:
            SyncFailed: in an error.
            StillRunning: not within *timeout* seconds.
        """
        return await self._driver.run(self._endpoints.wait(sync_uri, timeout))

    async def logs(self, sync_uri: str) -> list[LogLine]:
        """The log of a sync."""
        return await self._driver.run(self._endpoints.logs(sync_uri))

    def rejects(self, sync_uri: str) -> AsyncStream[Reject]:
        """What a sync did not take."""
        return AsyncStream(self._driver, lambda: self._endpoints.rejects(sync_uri))

    def data(self, uri: str, page: int = MOST_ROWS) -> AsyncStream[ExportedRow]:
        """The rows of an export: of a sync, or of a definition, which shows those of its latest sync."""
        return AsyncStream(self._driver, lambda: self._endpoints.items(f"{uri}/data", page=page))

    def fields(self, entity: str) -> AsyncStream[dict[str, Any]]:
        """The fields of `/contacts`, `/customObjects/7` ..., with the `statement` of each."""
        return AsyncStream(self._driver, lambda: self._endpoints.items(f"{entity}/fields"))

    def _imported(self, run: Run) -> AsyncImportResult:
        return AsyncImportResult(
            **vars(run), rejects=AsyncStream(self._driver, lambda: rejects_of(self._endpoints, run))
        )

    def _exported(self, run: Run, page: int, told: Told, keep: bool) -> AsyncExportResult:
        async def discard() -> None:
            if not keep:
                await self._driver.run(self._endpoints.discard(run.uri))

        rows = AsyncStream[ExportedRow](
            self._driver, lambda: exported_rows(self._endpoints, run, page=page, told=told, keep=keep)
        )
        return AsyncExportResult(**vars(run), rows=rows, discard=discard)
