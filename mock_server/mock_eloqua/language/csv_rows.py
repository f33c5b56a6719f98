"""CSV with a header row: commas, double quotes, any line end (`bulk` 7.1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from operator import itemgetter

from mock_eloqua.language.errors import Unreadable

csv.field_size_limit(32 * 2**20)  # as long as a body: whether a value fits its field is for the sync to say


def survey(content: bytes) -> tuple[list[str], int]:
    """The names of the columns, and how many rows there are.

    Raises:
        Unreadable: it is no CSV, or a row holds a value without a column: a comma that was not quoted.
    """
    try:
        names, rows = _opened(content)
        widths = list(map(len, rows()))
    except (csv.Error, UnicodeDecodeError, StopIteration):
        raise Unreadable from None
    if max(widths, default=0) > len(names) and any(any(row[len(names) :]) for row in rows()):
        raise Unreadable
    return names, len(widths)


def runs(content: bytes, spelled: Mapping[str, Sequence[str]], size: int) -> Iterator[dict[str, list[str]]]:
    """Columns by key, *size* rows at a time; missing cells are blank [inferred]."""
    names, rows = _opened(content)
    places = {key: names.index(name) for key, (name, *_) in spelled.items()}
    last = max(places.values(), default=0)
    found = rows(last + 1)
    while run := list(islice(found, size)):
        if min(map(len, run)) <= last:
            run = [row + [""] * (last + 1 - len(row)) for row in run]
        yield {key: list(map(itemgetter(place), run)) for key, place in places.items()}


def written(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows below a header, as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


_Rows = Callable[..., Iterator[list[str]]]
"""Reads the rows anew; all cells, or at least the first so many."""


def _opened(content: bytes) -> tuple[list[str], _Rows]:
    """The names of the columns, and the rows below them."""
    read = _reader(content.decode())

    def rows(most: int = -1) -> Iterator[list[str]]:
        return islice(read(most), 1, None)

    return [name.strip() for name in next(read(-1))], rows


def _reader(text: str) -> _Rows:
    if '"' in text:
        return lambda _most: filter(None, csv.reader(io.StringIO(text, newline=""), strict=True))
    # Nothing is quoted: commas and line ends mean what they are. A third of the time of the reader [measured].
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    lines = list(filter(None, text.split("\n")))
    return lambda most: map(str.split, lines, repeat(","), repeat(most))
