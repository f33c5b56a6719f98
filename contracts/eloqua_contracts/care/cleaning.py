"""Removes what a run made: what the journal names, then whatever else has the prefix of the run in its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from eloqua_contracts.care.journal import Journal
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod

_ROUNDS = 3
"""What others depend on can go only after them."""
_MOST_PAGES = 50
_PAGE = 200
_REST = "/API/REST/2.0"
_FACE = re.compile(r"/api/(rest|bulk)/[^/]+", re.IGNORECASE)
_AFTER_SOAP = (
    "/data/contact",
    "/data/account",
    "/assets/contact/list",
    "/assets/email",
    "/assets/customObject",
    "/assets/image",
)
_AFTER_ROWS = ("/data/contact", "/data/account")


def remove(pod: Pod, journal: Journal) -> None:
    """Remove what the journal names, as far as it goes."""
    for _ in range(_ROUNDS):
        for place in reversed(journal.made.copy()):
            pod.signed("DELETE", place)
        if not journal.made:
            break


def sweep(pod: Pod, journal: Journal) -> list[str]:
    """Remove all else that has the prefix in its name; answers with what could not be removed, a line each."""
    left = [f"{place} is still there" for place in journal.made]
    for kind in _swept(journal.kinds):
        left += _sweep(pod, journal.prefix, kind)
    return left


def _swept(kinds: list[str]) -> Iterator[str]:
    """The kinds (whole paths) of which something may be there that the journal has no path of."""
    found: dict[str, None] = {}
    for kind in kinds:
        face = _FACE.match(kind)
        if face is None:
            found |= dict.fromkeys(_REST + each for each in _AFTER_SOAP)
        elif kind.lower().endswith("/data"):
            found |= dict.fromkeys(_REST + each for each in _AFTER_ROWS)
        else:
            found[kind.rstrip("/")] = None
    yield from found


def _sweep(pod: Pod, prefix: str, kind: str) -> list[str]:
    """Remove all of a kind that has the prefix in its name; nothing where it has no list."""
    for _ in range(_MOST_PAGES):
        there = list(_there(pod, prefix, kind))
        gone = [pod.signed("DELETE", each).status in {200, 204, 404} for each in there]
        if not any(gone):
            return [f"{each} is still there" for each in there]
    return [f"more of {kind} is there than could be removed"]


def _there(pod: Pod, prefix: str, kind: str) -> Iterator[str]:
    """The whole paths of what has the prefix in its name."""
    face = _FACE.match(kind)
    root = face[0] if face else ""
    if root.lower().endswith("bulk/2.0"):
        found = pod.signed("GET", kind, params={"q": f'"name=*{prefix}*"', "limit": _PAGE})
        yield from (root + each["uri"] for each in _listed(found, "items"))
    elif "bulk" in root.lower():
        found = pod.signed("GET", f"{kind}s", params={"search": f"*{prefix}*", "pageSize": _PAGE})
        yield from (root + each["uri"] for each in _listed(found, "elements"))
    else:
        word = "emailAddress" if kind.lower().endswith("/data/contact") else "name"
        wanted = {"search": f"{word}='*{prefix}*'", "depth": "minimal", "count": _PAGE}
        found = pod.signed("GET", f"{kind}s", params=wanted)
        yield from (f"{kind}/{each['id']}" for each in _listed(found, "elements"))


def _listed(found: Exchange, name: str) -> list[dict[str, Any]]:
    if found.status != 200:
        return []
    listed: list[dict[str, Any]] = found.json().get(name, [])
    return listed
