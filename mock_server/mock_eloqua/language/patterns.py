"""Values with wildcards: as patterns of SQL's LIKE, and matched in Python for lists that are in memory."""

from __future__ import annotations

ESCAPE = "/"
"""No backslash: dialects differ in how they write one."""
LONGEST = 12_000
"""Characters of a LIKE pattern; SQLite takes 50,000 bytes."""


def like(value: str, wildcard: str) -> str:
    """The LIKE pattern of a value in which *wildcard* stands for any run of characters."""
    pieces = value.split(wildcard)
    return "%".join(escaped(piece).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_") for piece in pieces)


def escaped(value: str) -> str:
    """The LIKE pattern of a value that has LIKE's own wildcards, `%` and `_`."""
    return value.replace(ESCAPE, ESCAPE * 2)


def fits(text: str, value: str, wildcard: str = "*") -> bool:
    """Is *text* what *value* describes? As it is written: fold both for a comparison without case."""
    first, *rest = value.split(wildcard)
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    # Each piece at its first place: unlike a regular expression, this never goes back.
    start, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return True
