"""How far a run has come, told to a callback, and a bar of rich that is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from eloqua_client.bulk.syncs import Sync


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    uri: str
    """Of the definition: keep it, and `resume` can go on after a crash."""
    rows: int = 0
    """Sent so far, or read."""
    bytes: int = 0
    """Sent so far."""
    sync: Sync | None = None
    """That under way, or the last; each look at it is told."""


Told = Callable[[Progress], object]


def to_nobody(_: Progress) -> None:
    """Where no progress is wanted."""


class ProgressBar:
    """A bar of rich, where that is installed: `with ProgressBar(total=1_000_000) as bar: ...(progress=bar)`.

    Raises:
        ModuleNotFoundError: it is not.
    """

    def __init__(self, description: str = "Bulk", total: int | None = None) -> None:
        from rich import progress as rich

        shown = rich.TextColumn("{task.completed:,} rows {task.fields[status]}")
        self._bar = rich.Progress(*rich.Progress.get_default_columns(), shown)
        self._task = self._bar.add_task(description, total=total, status="")

    def __call__(self, progress: Progress) -> None:
        status = progress.sync.status if progress.sync else ""
        self._bar.update(self._task, completed=progress.rows, status=status)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
