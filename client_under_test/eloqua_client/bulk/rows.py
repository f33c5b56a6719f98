"""What people call rows, as one thing after the other: mappings, CSV files, data frames."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""Keys of the definition's `fields`, and their values."""


class Frame(Protocol):
    """A data frame, of pandas or polars."""

    @property
    def columns(self) -> Any: ...


Rows: TypeAlias = Iterable[Row] | str | os.PathLike[str] | IO[str] | IO[bytes] | Frame
"""Mappings; a CSV file in UTF-8 with a header, as a path or open; a data frame."""
AsyncRows: TypeAlias = Rows | AsyncIterable[Row]
"""Mappings that are awaited too."""
Source: TypeAlias = Iterator[Row] | AsyncIterator[Row]

_FRAME_ROWS = 10_000


def rows_of(given: AsyncRows) -> Source:
    """The rows, none of which is read before it is asked for.

    Raises:
        TypeError: there are no rows in such a thing.
    """
    if isinstance(given, str | os.PathLike):
        return _of_path(given)
    if isinstance(given, AsyncIterable):
        return aiter(given)
    if hasattr(given, "iter_rows"):
        named: Iterator[Row] = given.iter_rows(named=True)
        return named
    if hasattr(given, "iloc"):
        return _of_pandas(given)
    if hasattr(given, "read"):
        return _of_file(given)
    if isinstance(given, Iterable) and not isinstance(given, Mapping | bytes):
        return iter(given)
    raise TypeError(f"rows are mappings, a CSV file or a data frame, not a {type(given).__name__}")


def _of_path(path: str | os.PathLike[str]) -> Iterator[Row]:
    with Path(path).open("rb") as file:
        yield from _of_file(file)


def _of_file(file: Any) -> Iterator[Row]:
    is_text = isinstance(file.read(0), str)
    text = file if is_text else io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        reader = csv.DictReader(text, strict=True)
        for row in reader:
            if None in row:
                raise ValueError(f"line {reader.line_num} has more values than the header has names")
            yield row
    except csv.Error as error:
        raise ValueError(f"line {reader.reader.line_num}: {error}") from error
    finally:
        if not is_text:
            text.detach()  # else it would close a file that is its caller's


def _of_pandas(frame: Any) -> Iterator[Row]:
    for first in range(0, len(frame), _FRAME_ROWS):
        some = frame.iloc[first : first + _FRAME_ROWS].astype(object)
        yield from some.where(some.notna(), None).to_dict("records")
