"""What the objects of a seed document say, read by name: texts, lists of texts, marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm.seeds import BadSeed

Item = Mapping[str, Any]


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
    if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in found):
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
