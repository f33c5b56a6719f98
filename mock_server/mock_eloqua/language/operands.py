"""What a name in a search stands for in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement


class Kind(Enum):
    """How the values of an operand are kept and compared."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    BOOLEAN = "boolean"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Operand:
    """What a name in a search stands for in SQL."""

    expression: ColumnElement[Any]
    kind: Kind
    folded: bool = False


Resolver = Callable[[str], Operand | None]
