"""Every operation that the product is known to have, and which of them are not emulated, with the reason.

`inventory.txt` has a line for each: version, method, path below the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from mock_eloqua.web.operation import Operation

REASONS: dict[str, str] = {}
"""The beginning of a path to why what is below it is not emulated; else: not yet."""
NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Published:
    """One operation of the product."""

    version: str
    method: str
    path: str
    """Below the version."""

    @property
    def key(self) -> str:
        """What it is told from others by, whatever its parameters are called."""
        return _key(self.method, f"/API/REST/{self.version}/{self.path}")


def published() -> list[Published]:
    """The inventory, by version and path."""
    text = files(__package__).joinpath("inventory.txt").read_text("utf-8")
    return [Published(*line.split(" ", 2)) for line in text.splitlines()]


def missing(operations: Iterable[Operation]) -> list[tuple[Published, str]]:
    """What none of these operations is, with the reason."""
    served = {_key(each.verb, each.path) for each in operations}
    return [(each, _reason(each)) for each in published() if not _is_served(each, served)]


def _is_served(one: Published, served: set[str]) -> bool:
    if one.key in served:
        return True
    # What the product describes once for all paths of assets is served below each of them.
    below = re.escape(one.key).replace(r"assets/\{\}", "assets/.+")
    return "{assetPath}" in one.path and any(re.fullmatch(below, each) for each in served)


def _reason(one: Published) -> str:
    return next((text for path, text in REASONS.items() if one.path.startswith(path)), NOT_YET)


def _key(method: str, path: str) -> str:
    return f"{method} {re.sub(r'{[^}]*}', '{}', path).lower()}"
