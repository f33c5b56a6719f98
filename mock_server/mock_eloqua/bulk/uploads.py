"""Uploads: JSON lists and CSV files turned into columns of text (`bulk` 7.1)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mock_eloqua.bulk.reading import check_content_type
from mock_eloqua.crm.transfer.staging import Upload
from mock_eloqua.web.body import BadBody, json_body, media_type, text_body
from mock_eloqua.web.call import Call
from mock_eloqua.web.headers import PARSING

csv.field_size_limit(32 * 2**20)  # as long as a body: whether a value fits its field is for the sync to say


def upload_of(call: Call, keys: Iterable[str]) -> Upload:
    """The rows of an upload, by the keys of a definition; names are compared without case [inferred].

    Raises:
        BadBody: it is neither a list of flat JSON objects nor CSV.
    """
    check_content_type(call)
    wanted = {key.strip().lower(): key for key in keys}
    if media_type(call)[0].endswith("csv"):
        return _from_csv(text_body(call, PARSING), wanted)
    return _from_json(call, wanted)


def _from_json(call: Call, wanted: Mapping[str, str]) -> Upload:
    rows = _objects(json_body(call, PARSING))
    try:
        return _columns(rows, wanted)
    except _Inexact:
        # A decimal, or an integer of more than 64 bits: read again, to keep the text that was sent.
        return _columns(_objects(_exactly(text_body(call, PARSING))), wanted)


def _exactly(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:  # the standard library goes less deep
        raise BadBody(PARSING) from None


class _Inexact(Exception):
    """A number whose text was lost in reading."""


def _objects(given: Any) -> list[dict[str, Any]]:
    rows = given if isinstance(given, list) else [given]  # a single object stands for a list of one [client]
    if set(map(type, rows)) - {dict}:
        raise BadBody(PARSING)
    return rows


def _columns(rows: list[dict[str, Any]], wanted: Mapping[str, str]) -> Upload:
    names = sorted(set().union(*rows))
    spellings: dict[str, list[str]] = {}
    unknown = []
    for name in names:
        if key := wanted.get(name.strip().lower()):
            spellings.setdefault(key, []).append(name)
        else:
            unknown.append(name)
            _texts([row.get(name) for row in rows])
    columns = {key: _texts(_values(rows, spelled)) for key, spelled in spellings.items()}
    return Upload(columns, unknown, len(rows))


def _values(rows: list[dict[str, Any]], spelled: Sequence[str]) -> list[Any]:
    if len(spelled) == 1:
        name = spelled[0]
        return [row.get(name, "") for row in rows]
    return [next((row[name] for name in spelled if name in row), "") for row in rows]


def _texts(values: list[Any]) -> list[str]:
    """JSON scalars as text, null as `""`."""
    try:
        "".join(values)
    except TypeError:  # not only strings; asked this way, as it takes a fifth of the time
        return _scalars(values)
    return values


def _scalars(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds & {dict, list}:
        raise BadBody(PARSING)
    if float in kinds:
        raise _Inexact
    return [_TEXTS[type(value)](value) for value in values]


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lambda on: "true" if on else "false",
    type(None): lambda _: "",
}


def _from_csv(text: str, wanted: Mapping[str, str]) -> Upload:
    try:
        header, *rows = filter(None, csv.reader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, ValueError):
        raise BadBody(PARSING) from None
    names = [name.strip() for name in header]
    keys = [wanted.get(name.lower()) for name in names]
    known = [key for key in keys if key]
    if len(set(known)) < len(known):
        raise BadBody(PARSING)  # a column that stands there twice
    columns = dict(zip(keys, zip(*_even(rows, len(names)), strict=True), strict=True)) if rows else {}
    unknown = list(dict.fromkeys(name for name, key in zip(names, keys, strict=True) if key is None))
    return Upload({key: list(values) for key, values in columns.items() if key}, unknown, len(rows))


def _even(rows: list[list[str]], width: int) -> list[list[str]]:
    """Rows of one width: cells that are missing are blank, blank ones too many are cut [inferred]."""
    if set(map(len, rows)) == {width}:
        return rows
    if any(any(row[width:]) for row in rows):
        raise BadBody(PARSING)  # a value without a column: a comma that was not quoted
    return [(row + [""] * (width - len(row)))[:width] for row in rows]
