"""What the objects of a seed document may say, and what they say, read by name: texts, lists of texts, marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mock_eloqua import dates
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.mistyped import instead

Item = Mapping[str, Any]
_UNKEPT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a key takes, as a JSON schema; `planting` reads and refuses by itself, editors by this."""

    schema: Mapping[str, Any]
    is_needed: bool = False

    def needed(self) -> Shape:
        """The same for a key that may not be left out."""
        return replace(self, is_needed=True)

    def told(self, text: str) -> Shape:
        """The same with a line for people."""
        return replace(self, schema={**self.schema, "description": text})


Keys = Mapping[str, Shape]
"""What the objects of one kind may say."""

TEXT = Shape({"type": ["string", "number", "null"]})
NAME = TEXT.needed()
TEXTS = Shape({"type": "array", "items": TEXT.schema})
MARK = Shape({"enum": [True, False, "true", "false", None]})
INSTANT = TEXT.told("Unix seconds, or a date such as 2026-01-31 12:00 (Eastern) or 2026-01-31T12:00:00Z")
AS_IN_REST = Shape({"type": "array", "items": {"type": "object"}})
BY_NAME = Shape({"type": "object", "additionalProperties": TEXT.schema})


def one_of(*words: str) -> Shape:
    """One of these words."""
    return Shape({"enum": list(words)})


def objects(keys: Keys, others: Keys | None = None) -> Shape:
    """A list of objects that say *keys*, and whatever matches the patterns in *others*."""
    return Shape({"type": "array", "items": schema(keys, others)})


def schema(keys: Keys, others: Keys | None = None) -> dict[str, Any]:
    """The JSON schema of such an object."""
    found: dict[str, Any] = {
        "type": "object",
        "properties": {name: dict(each.schema) for name, each in keys.items()},
        "additionalProperties": False,
    }
    if others:
        found["patternProperties"] = {pattern: dict(each.schema) for pattern, each in others.items()}
    if needed := [name for name, each in keys.items() if each.is_needed]:
        found["required"] = needed
    return found


def check_keys(item: Any, keys: Keys) -> None:
    """Is it an object with these keys?

    Raises:
        BadSeed: it is not; the text names those there are.
    """
    if not isinstance(item, Mapping) or not all(isinstance(key, str) for key in item):
        raise BadSeed("is no object")
    for key in item:
        if key not in keys:
            raise BadSeed(f"has no {key!r}; {instead(key, keys)}")


def plain(name: str, given: Any) -> Any:
    """Objects, lists and texts as an asset keeps them: numbers and booleans as texts, without what is null.

    Raises:
        BadSeed: no database keeps a text.
    """
    if isinstance(given, Mapping):
        return {str(key): plain(str(key), value) for key, value in given.items() if value is not None}
    if isinstance(given, list | tuple):
        return [plain(name, each) for each in given]
    return str(given).lower() if isinstance(given, bool) else as_text(name, given)


def text(item: Item, name: str, default: str | None = None) -> str:
    """A text, or a number as one.

    Raises:
        BadSeed: it is missing and has no default, or is something else.
    """
    given = item.get(name)
    if given is None:
        if default is None:
            raise BadSeed(f"{name} is missing")
        return default
    return as_text(name, given)


def as_text(name: str, given: Any) -> str:
    """A value that may only be a text or a number.

    Raises:
        BadSeed: it is something else, or no database keeps it.
    """
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise BadSeed(f"{name} takes a text")
    found = str(given)
    if _UNKEPT.search(found):
        raise BadSeed(f"{name} holds a sign that no database keeps (NUL, or half of a surrogate pair)")
    return found


def texts(item: Item, name: str, default: list[str]) -> list[str]:
    """A list of texts.

    Raises:
        BadSeed: it is something else.
    """
    given = item.get(name, default)
    if not isinstance(given, list | tuple):
        raise BadSeed(f"{name} takes a list of texts")
    return [as_text(name, each) for each in given]


def mark(item: Item, name: str) -> bool | None:
    """A boolean, or its word; None where it is not said.

    Raises:
        BadSeed: it is something else.
    """
    given = item.get(name)
    if given is None or isinstance(given, bool):
        return given
    if given not in ("true", "false"):
        raise BadSeed(f"{name} takes true or false")
    return bool(given == "true")


def instant(item: Item, name: str, default: int | None = None) -> int:
    """An instant in milliseconds since 1970 UTC, said as Unix seconds or as a date.

    Raises:
        BadSeed: it is none, or is missing and has no default.
    """
    given = text(item, name, None if default is None else "")
    if not given and default is not None:
        return default
    try:
        if given.isascii() and given.isdigit() and len(given) < 12:
            return int(given) * 1000
        return dates.from_eastern(dates.read(given))
    except (ValueError, OverflowError):
        raise BadSeed(f"{name} takes Unix seconds or a date, not {given!r}") from None


def items(item: Item, name: str) -> list[Item]:
    """A list of objects.

    Raises:
        BadSeed: it is something else.
    """
    given = item.get(name, [])
    if not isinstance(given, list | tuple) or not all(isinstance(each, Mapping) for each in given):
        raise BadSeed(f"{name} is a list of objects")
    return list(given)
