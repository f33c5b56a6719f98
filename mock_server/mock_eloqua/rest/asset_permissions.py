"""`permissions` of an asset: what its reader may do with it, a word in 1.0, a list in 2.0 (`platform` 3.4, Q24).

Single assets have no permissions of their own here: what REST shows follows from the reader's rights with the type.
"""

from __future__ import annotations

from functools import lru_cache

from mock_eloqua.access.matrix import DELETE, READ, UPDATE, may
from mock_eloqua.access.permissions import ACTIVATE, ACTIVATED, ASSET_TYPES, SET_SECURITY, asset_right

IN_1_0 = ("fullControl", "write", "read")
"""The first is recorded, the others [doc]; what they stand for is inferred."""
_OF_ALL = ("Retrieve", "SetSecurity", "Delete", "Update")
"""In the order of the wire [client]."""


@lru_cache(maxsize=1024)
def permissions_of(held: frozenset[str], kind: str, version: str) -> str | list[str]:
    """What somebody who holds these rights may do with assets of that type, as a version says it.

    Types without rights of their own, templates and views, are under full control as ever.
    """
    words = _words(held, kind)
    if version != "1.0":
        return words
    if set(_OF_ALL) <= set(words):
        return IN_1_0[0]
    return IN_1_0[1] if "Update" in words else IN_1_0[2]


def _words(held: frozenset[str], kind: str) -> list[str]:
    if kind not in ASSET_TYPES:
        return list(_OF_ALL)
    allowed = {
        "Retrieve": may(held, READ, kind),
        "SetSecurity": asset_right(SET_SECURITY, kind) in held,
        "Delete": may(held, DELETE, kind),
        "Update": may(held, UPDATE, kind),
        "Activate": kind in ACTIVATED and asset_right(ACTIVATE, kind) in held,
    }
    return [word for word, is_allowed in allowed.items() if is_allowed]
