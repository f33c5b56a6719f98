"""What a name in a search stands for in SQL. Which names there are is said by whoever asks for the search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement


class Kind(Enum):
    """How the values of an operand are kept and compared."""

    TEXT = "text"
    """Compared without case; NULL and `''` are blank."""
    NUMBER = "number"
    """A decimal kept as text and compared by value; NULL and `''` are blank."""
    DATE = "date"
    """`YYYY-MM-DD HH:MM:SS.fff` in US Eastern time, kept as text; NULL and `''` are blank."""
    INSTANT = "instant"
    """An integer, milliseconds since 1970 UTC; NULL is blank."""
    BOOLEAN = "boolean"
    """A boolean of SQL; NULL is blank."""
    ID = "id"
    """An integer; NULL is blank."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What a name in a search stands for in SQL."""

    expression: ColumnElement[Any]
    kind: Kind
    folded: bool = False
    """The text is in lower case already, by `str.lower`, so that an index on it can serve."""


Resolver = Callable[[str], Operand | None]
"""Gives the operand of a name; None when there is no such name."""
