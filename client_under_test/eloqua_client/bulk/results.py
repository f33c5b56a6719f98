"""What imports and exports hand over: a run, and what is read of it when it is wanted."""

from __future__ import annotations

import csv
import os
import pathlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias

from eloqua_client.bulk.runs import Run
from eloqua_client.bulk.syncs import Reject
from eloqua_client.driving import AsyncStream, Stream

ExportedRow: TypeAlias = dict[str, str]
"""Keys of the definition's `fields`; what is missing is an empty text."""
Path: TypeAlias = str | os.PathLike[str]


@dataclass(frozen=True)
class ImportResult(Run):
    """What came of an import."""

    rejects: Stream[Reject] = field(repr=False)
    """Asked for page by page, anew with each iteration."""


@dataclass(frozen=True)
class AsyncImportResult(Run):
    """The same; `async for reject in result.rejects`."""

    rejects: AsyncStream[Reject] = field(repr=False)


@dataclass(frozen=True)
class ExportResult(Run):
    """An export whose rows are ready: iterate over it, once, or write them to a file.

    Its definition is deleted when the iteration ends, be it before the last row; `close`, or the end of a `with`,
    does it where there is none.
    """

    rows: Stream[ExportedRow] = field(repr=False)
    discard: Callable[[], None] = field(repr=False)

    def __iter__(self) -> Iterator[ExportedRow]:
        return iter(self.rows)

    def to_csv(self, path: Path) -> int:
        """Write all rows to a file, UTF-8 with a header; how many they were."""
        with _csv_file(path, self.columns) as write:
            return sum(write(row) for row in self)

    def close(self) -> None:
        """The rows are not wanted."""
        self.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class AsyncExportResult(Run):
    """The same, to be awaited. A loop that is left early ends where Python says: `async with` knows when."""

    rows: AsyncStream[ExportedRow] = field(repr=False)
    discard: Callable[[], Awaitable[None]] = field(repr=False)

    def __aiter__(self) -> AsyncIterator[ExportedRow]:
        return aiter(self.rows)

    async def to_csv(self, path: Path) -> int:
        """Write all rows to a file, UTF-8 with a header; how many they were."""
        with _csv_file(path, self.columns) as write:
            count = 0
            async for row in self:
                count += write(row)
            return count

    async def close(self) -> None:
        """The rows are not wanted."""
        await self.discard()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


@contextmanager
def _csv_file(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Mapping[str, Any]], int]]:
    """Gives what writes a row and says 1. Without columns, those of the first row are.

    The file appears when it is whole: half an export looks like one.
    """
    target = pathlib.Path(path)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            if columns:
                writer.writeheader()

            def write(row: Mapping[str, Any]) -> int:
                if not writer.fieldnames:
                    writer.fieldnames = list(row)
                    writer.writeheader()
                writer.writerow(row)
                return 1

            yield write
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
