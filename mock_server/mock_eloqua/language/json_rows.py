"""Lists of flat JSON objects (`bulk` 7.1). A single object stands for a list of one [client].

Nearly all uploads hold nothing but strings under the very keys of the definition: these are read as structs. orjson
reads all others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import orjson
from msgspec import UNSET, UnsetType

from mock_eloqua.language.errors import Unreadable
from mock_eloqua.language.objects import CannotBeStruct, getters, struct


def survey(content: bytes, keys: Sequence[str]) -> tuple[list[str], int]:
    """The names of the columns, and how many rows there are.

    Raises:
        Unreadable: it is no list of flat objects.
    """
    plain = _plain(content, tuple(keys), nothing_else=True)
    if plain is not None:
        read = getters(keys)
        return [key for key in keys if any(value is not UNSET for value in map(read[key], plain))], len(plain)
    rows = _objects(content)
    names = sorted(set().union(*rows))
    for name in names:
        _check_scalars([row.get(name) for row in rows])
    return names, len(rows)


def runs(content: bytes, spelled: Mapping[str, Sequence[str]], size: int) -> Iterator[dict[str, list[str]]]:
    """Columns by key, *size* rows at a time; *spelled* tells by what names each is written."""
    if all(list(names) == [key] for key, names in spelled.items()):
        plain = _plain(content, tuple(spelled), nothing_else=False)
        if plain is not None:
            yield from _of_plain(plain, tuple(spelled), size)
            return
    rows = _objects(content)
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        yield {key: _texts(part, names) for key, names in spelled.items()}


def _of_plain(rows: list[Any], keys: Sequence[str], size: int) -> Iterator[dict[str, list[str]]]:
    read = getters(keys)
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        columns = {key: list(map(read[key], part)) for key in keys}
        yield {key: _filled(column) if UNSET in column else column for key, column in columns.items()}


def _filled(column: list[Any]) -> list[str]:
    return ["" if value is UNSET else value for value in column]


def _plain(content: bytes, keys: tuple[str, ...], *, nothing_else: bool) -> list[Any] | None:
    try:
        return _decoder(keys, nothing_else).decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, CannotBeStruct):
        return None


@lru_cache(maxsize=64)
def _decoder(keys: tuple[str, ...], nothing_else: bool) -> msgspec.json.Decoder[list[Any]]:
    row = struct(keys, str | UnsetType, UNSET, has_no_others=nothing_else)
    return msgspec.json.Decoder(list[row])  # type: ignore[valid-type]


def _objects(content: bytes) -> list[dict[str, Any]]:
    try:
        given = orjson.loads(content)
        rows = given if isinstance(given, list) else [given]
        if set(map(type, rows)) - {dict}:
            raise Unreadable
        if any(float in set(map(type, row.values())) for row in rows):
            # A decimal, or an integer of more than 64 bits: read again, to keep the text that was sent.
            given = json.loads(content, parse_int=str, parse_float=str)
    except (orjson.JSONDecodeError, RecursionError):  # the standard library goes less deep
        raise Unreadable from None
    return given if isinstance(given, list) else [given]


def _check_scalars(values: list[Any]) -> None:
    if set(map(type, values)) & {dict, list}:
        raise Unreadable


def _texts(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[str]:
    """A column as text, null as `""`; of several spellings the first one that a row has."""
    if len(names) == 1:
        return [_text(row.get(names[0], "")) for row in rows]
    return [_text(next((row[name] for name in names if name in row), "")) for row in rows]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
