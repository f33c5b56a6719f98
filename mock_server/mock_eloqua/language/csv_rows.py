"""CSV with a header row: commas, double quotes, any line end (`bulk` 7.1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
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
        widths = list(map(len, rows))
    except (csv.Error, UnicodeDecodeError, StopIteration):
        raise Unreadable from None
    if max(widths, default=0) > len(names):
        names, rows = _opened(content)
        if any(any(row[len(names) :]) for row in rows):
            raise Unreadable
    return names, len(widths)


def rows(content: bytes, wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    """The cells of these columns, row by row; missing ones are blank [inferred]."""
    names, found = _opened(content)
    places = [names.index(name) for name in wanted]
    last = max(places, default=0)
    blank = [""] * len(names)
    even = (row if len(row) > last else row + blank for row in found)
    if len(places) > 1:
        return map(itemgetter(*places), even)
    return ([row[place] for place in places] for row in even)


def written(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows below a header, as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


def _opened(content: bytes) -> tuple[list[str], Iterator[list[str]]]:
    found = filter(None, _cells(content.decode()))
    return [name.strip() for name in next(found)], found


def _cells(text: str) -> Iterable[list[str]]:
    if '"' in text:
        return csv.reader(io.StringIO(text, newline=""), strict=True)
    # Nothing is quoted: commas and line ends mean what they are. Half the time of the reader [measured].
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return (line.split(",") for line in lines if line)
