"""Tables as clients upload them, lists of flat JSON objects or CSV: checked when they come, read run by run later.

Every value is a text. Columns are asked for by key and found in any letter case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from mock_eloqua.language import csv_rows, json_rows
from mock_eloqua.language.errors import Unreadable

__all__ = ["CSV", "JSON", "Survey", "Unreadable", "runs", "spellings", "survey"]

JSON, CSV = "json", "csv"


_MOST_FOREIGN = 100
_LONGEST_FOREIGN = 200
"""Characters kept of the name of a column that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be known of a table before it is read."""

    names: Sequence[str]
    """Of its columns, as they are written there; of those that nobody asked for the first hundred."""
    rows: int


def survey(form: str, content: bytes, keys: Sequence[str]) -> Survey:
    """Check a table in UTF-8, whose columns should be *keys*.

    Raises:
        Unreadable: it is neither a list of flat JSON objects nor CSV, or one of the keys stands twice in its header.
    """
    names, rows = json_rows.survey(content, keys) if form == JSON else csv_rows.survey(content)
    spelled = spellings(names, keys)
    if form == CSV and any(len(each) > 1 for each in spelled.values()):
        raise Unreadable
    known = dict.fromkeys(chain.from_iterable(spelled.values()))
    foreign = dict.fromkeys(name for name in names if name not in known)
    return Survey([*known, *map(_label, islice(foreign, _MOST_FOREIGN))], rows)


def _label(name: str) -> str:
    """A foreign column name, fit to be kept and shown."""
    return name.replace("\0", "\ufffd")[:_LONGEST_FOREIGN]


def spellings(names: Sequence[str], keys: Sequence[str]) -> dict[str, list[str]]:
    """How the columns of some keys are written in a table; keys that it does not have are left out."""
    wanted = {_folded(key): key for key in keys}
    found: dict[str, list[str]] = {}
    for name in names:
        if key := wanted.get(_folded(name)):
            found.setdefault(key, []).append(name)
    return found


def _folded(name: str) -> str:
    return name.strip().lower()


def runs(form: str, content: bytes, spelled: Mapping[str, Sequence[str]], size: int) -> Iterator[dict[str, list[str]]]:
    """The columns of a table that `survey` has passed, *size* rows at a time; `""` where a row has no such value."""
    return json_rows.runs(content, spelled, size) if form == JSON else csv_rows.runs(content, spelled, size)
