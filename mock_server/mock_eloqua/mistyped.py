"""Names that are not there: what there is, and which one was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 12
"""So many names are shown beside the one that was perhaps meant; more would hide it."""


def unknown(what: str, name: object, known: Iterable[str]) -> str:
    """The line for a name that is not among those *known*.

    `there is no face 'rst'; did you mean rest? There are login, rest, bulk`
    """
    return f"there is no {what} {name!r}; {instead(name, known)}"


def instead(name: object, known: Iterable[str]) -> str:
    """What there is instead of a name, without whose it is."""
    names = list(known)
    meant = perhaps(name, names)
    there = f"there are {', '.join(names) or 'none'}"
    if not meant:
        return there
    return f"did you mean {meant}?" + (f" T{there[1:]}" if len(names) <= _FEW else "")


def perhaps(name: object, known: Iterable[str]) -> str | None:
    """The one of the names that is written much like this one, in any letter case."""
    by_small = {each.lower(): each for each in known}
    found = get_close_matches(str(name).lower(), by_small, n=1, cutoff=0.75)
    return by_small[found[0]] if found else None
