"""What users of `Eloqua.bulk` type; `awaited` is its twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from eloqua_client.bulk.chunks import Limits
from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.exports import MOST_ROWS, Export, ExportOptions, exported_rows, of_type
from eloqua_client.bulk.imports import Import, ImportOptions, send
from eloqua_client.bulk.progress import Told, to_nobody
from eloqua_client.bulk.results import ExportedRow, ExportResult, ImportResult
from eloqua_client.bulk.rows import Rows, rows_of
from eloqua_client.bulk.runs import Run, is_of_export, rejects_of, resumed
from eloqua_client.bulk.syncs import LogLine, Reject, Sync
from eloqua_client.driving import Driver, Stream


class Definitions:
    """The definitions of imports, exports and sync actions."""

    def __init__(self, driver: Driver, endpoints: Endpoints) -> None:
        self._driver, self._endpoints = driver, endpoints

    def create(self, path: str, **properties: Any) -> dict[str, Any]:
        """A new one below a path such as `/contacts/imports`; properties by their names on the wire."""
        return self._driver.run(self._endpoints.create(path, properties))

    def get(self, uri: str) -> dict[str, Any]:
        """As Eloqua has it."""
        return self._driver.run(self._endpoints.get(uri))

    def list(self, path: str, q: str | None = None) -> Stream[dict[str, Any]]:
        """Those below a path such as `/contacts/imports`, or `/imports` for all; *q* such as `name=Nightly*`."""
        return Stream(self._driver, lambda: self._endpoints.items(path, {"q": q}))

    def delete(self, uri: str) -> None:
        """And what is staged for it."""
        self._driver.run(self._endpoints.delete(uri))


class Bulk:
    """Bulk 2.0: the usual work in one call each, and every step by itself."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._endpoints = Endpoints(driver.session)
        self.definitions = Definitions(driver, self._endpoints)

    def import_to(
        self,
        entity: str,
        rows: Rows,
        *,
        fields: Mapping[str, str],
        identifier: str | None = None,
        **options: Unpack[ImportOptions],
    ) -> ImportResult:
        """Import rows, and wait until Eloqua has taken them.

        Args:
            entity: the path before `/imports`: `/contacts`, `/customObjects/7`, `/opportunities`.
            rows: mappings from the keys of *fields*, a CSV file, or a data frame; they are read as they are sent.
            fields: the keys in your rows, and the statement of each one's field.
            identifier: the key by which a row finds its record; None where there is none.
            options: see `ImportOptions`.

        Raises:
            SyncFailed: a sync ended in an error.
            StillRunning: or not within `timeout` seconds; `resume` goes on with the rows that were sent by then.
            ValueError, TypeError: a row cannot be sent. What was not synced by then is not imported.
        """
        wanted = Import.of(entity, fields, identifier, options)
        return self._imported(self._driver.run(wanted.run(self._endpoints, rows_of(rows))))

    def import_contacts(
        self, rows: Rows, *, fields: Mapping[str, str], identifier: str, **options: Unpack[ImportOptions]
    ) -> ImportResult:
        """Import contacts; see `import_to`."""
        return self.import_to("/contacts", rows, fields=fields, identifier=identifier, **options)

    def import_accounts(
        self, rows: Rows, *, fields: Mapping[str, str], identifier: str, **options: Unpack[ImportOptions]
    ) -> ImportResult:
        """Import accounts; see `import_to`."""
        return self.import_to("/accounts", rows, fields=fields, identifier=identifier, **options)

    def import_records(
        self,
        custom_object_id: int | str,
        rows: Rows,
        *,
        fields: Mapping[str, str],
        identifier: str,
        **options: Unpack[ImportOptions],
    ) -> ImportResult:
        """Import records of a custom object; see `import_to`."""
        entity = f"/customObjects/{custom_object_id}"
        return self.import_to(entity, rows, fields=fields, identifier=identifier, **options)

    def import_activities(
        self, rows: Rows, *, fields: Mapping[str, str], **options: Unpack[ImportOptions]
    ) -> ImportResult:
        """Import external activities; see `import_to`. They are never updated, so no upload is repeated."""
        return self.import_to("/activities", rows, fields=fields, **options)

    def export_from(
        self,
        entity: str,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002  Eloqua's word
        **options: Unpack[ExportOptions],
    ) -> ExportResult:
        """Let Eloqua find rows, and wait until it has.

        Args:
            entity: the path before `/exports`: `/contacts`, `/customObjects/7`.
            fields: the keys of the rows, and the statement of each one's field.
            filter: in Eloqua's expression language; all without it.
            options: see `ExportOptions`.

        Raises:
            SyncFailed, StillRunning: as for an import.
        """
        wanted = Export.of(entity, fields, filter, options)
        return self._exported(self._driver.run(wanted.run(self._endpoints)), wanted.page, wanted.told, wanted.keep)

    def export_contacts(
        self,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> ExportResult:
        """Export contacts; see `export_from`."""
        return self.export_from("/contacts", fields=fields, filter=filter, **options)

    def export_accounts(
        self,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> ExportResult:
        """Export accounts; see `export_from`."""
        return self.export_from("/accounts", fields=fields, filter=filter, **options)

    def export_records(
        self,
        custom_object_id: int | str,
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> ExportResult:
        """Export records of a custom object; see `export_from`."""
        return self.export_from(f"/customObjects/{custom_object_id}", fields=fields, filter=filter, **options)

    def export_activities(
        self,
        type: str,  # noqa: A002  Eloqua's word
        *,
        fields: Mapping[str, str],
        filter: str | None = None,  # noqa: A002
        **options: Unpack[ExportOptions],
    ) -> ExportResult:
        """Export activities of a type, such as `EmailOpen`; see `export_from`.

        Eloqua finds no more than 5,000,000 in one export, and does not say that there are others.
        """
        return self.export_from("/activities", fields=fields, filter=of_type(type, filter), **options)

    def resume(
        self,
        uri: str,
        *,
        progress: Told = to_nobody,
        timeout: float | None = None,
        page: int = MOST_ROWS,
        keep: bool = False,
    ) -> ImportResult | ExportResult:
        """Go on with a run whose program has ended: by the uri of its definition (`Progress.uri`), or of a sync.

        What is under way is waited for, what is staged is synced, an export without a sync gets one. Rows that were not
        sent are not known here: `upload` them before.

        Raises:
            SyncFailed, StillRunning: as for an import.
            NotFound: there is no such thing (any more).
        """
        run = self._driver.run(resumed(self._endpoints, uri, progress, timeout, keep=keep))
        return self._exported(run, page, progress, keep) if is_of_export(run.uri) else self._imported(run)

    def upload(self, uri: str, rows: Rows, limits: Limits | None = None) -> int:
        """Stage rows for a definition, in as many posts as they need; how many rows they were."""
        counted: list[int] = []
        sent = lambda count, _: counted.append(count)  # noqa: E731
        self._driver.run(send(self._endpoints, uri, rows_of(rows), limits or Limits(), sent))
        return sum(counted)

    def sync(self, definition_uri: str) -> Sync:
        """Start a sync."""
        return self._driver.run(self._endpoints.start(definition_uri))

    def wait(self, sync_uri: str, timeout: float | None = None) -> Sync:
        """A sync that has ended.

        Raises:
            SyncFailed: in an error.
            StillRunning: not within *timeout* seconds.
        """
        return self._driver.run(self._endpoints.wait(sync_uri, timeout))

    def logs(self, sync_uri: str) -> list[LogLine]:
        """The log of a sync."""
        return self._driver.run(self._endpoints.logs(sync_uri))

    def rejects(self, sync_uri: str) -> Stream[Reject]:
        """What a sync did not take."""
        return Stream(self._driver, lambda: self._endpoints.rejects(sync_uri))

    def data(self, uri: str, page: int = MOST_ROWS) -> Stream[ExportedRow]:
        """The rows of an export: of a sync, or of a definition, which shows those of its latest sync."""
        return Stream(self._driver, lambda: self._endpoints.items(f"{uri}/data", page=page))

    def fields(self, entity: str) -> Stream[dict[str, Any]]:
        """The fields of `/contacts`, `/customObjects/7` ..., with the `statement` of each."""
        return Stream(self._driver, lambda: self._endpoints.items(f"{entity}/fields"))

    def _imported(self, run: Run) -> ImportResult:
        return ImportResult(**vars(run), rejects=Stream(self._driver, lambda: rejects_of(self._endpoints, run)))

    def _exported(self, run: Run, page: int, told: Told, keep: bool) -> ExportResult:
        def discard() -> None:
            if not keep:
                self._driver.run(self._endpoints.discard(run.uri))

        rows = Stream[ExportedRow](
            self._driver, lambda: exported_rows(self._endpoints, run, page=page, told=told, keep=keep)
        )
        return ExportResult(**vars(run), rows=rows, discard=discard)
