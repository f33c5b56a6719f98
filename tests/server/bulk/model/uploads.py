"""What is uploaded, and how it is read: JSON cells as text, names of columns without case (`bulk` 7.1, 10)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | bool | None


@dataclass(frozen=True)
class Upload:
    """Rows as they are sent; a key may be spelled in another case than the definition spells it."""

    rows: Sequence[Mapping[str, Cell]]
    header: tuple[str, ...] | None = None
    """Of CSV; None: it is JSON."""

    def content(self) -> tuple[bytes, str]:
        """Body and media type."""
        if self.header is None:
            return json.dumps(self.rows).encode(), "application/json"
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, self.header, restval="")
        writer.writeheader()
        writer.writerows(self.rows)
        return written.getvalue().encode(), "text/csv; charset=utf-8"

    def table(self, keys: Iterable[str]) -> Table:
        """What an import with these keys reads in it."""
        wanted = {key.lower(): key for key in keys}
        names = self.header if self.header is not None else dict.fromkeys(name for row in self.rows for name in row)
        return Table(
            columns=tuple(dict.fromkeys(key for name in names if (key := wanted.get(name.strip().lower())))),
            unknown=tuple(name for name in names if name.strip().lower() not in wanted),
            rows=[
                {key: text(cell) for name, cell in row.items() if (key := wanted.get(name.strip().lower()))}
                for row in self.rows
            ],
        )


@dataclass(frozen=True)
class Table:
    """The same by keys of the definition. A key that no row has is no column; one that a row lacks is blank there."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]


def text(cell: Any) -> str:
    """A JSON scalar as the text that is imported."""
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
