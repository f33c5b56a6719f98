"""Rights as somebody writes them down for a group: action permissions, and words for each type of assets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, asset_right, words_of
from mock_eloqua.mistyped import unknown


class BadRight(ValueError):
    """A permission, type of assets or word that does not exist; the text says which there are."""


def rights(actions: Iterable[str], assets: Mapping[str, Iterable[str]]) -> list[str]:
    """Rights by name, out of action permissions and, by type of assets, the words of what may be done.

    Raises:
        BadRight: something does not exist.
    """
    named = [_known("action permission", each, ACTION_PERMISSIONS) for each in actions]
    for kind, words in assets.items():
        known = words_of(_known("type of assets", kind, ASSET_TYPES))
        named += [asset_right(_known(f"right with {kind}", word, known), kind) for word in words]
    return list(dict.fromkeys(named))


def apart(held: Collection[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The same, taken apart again: action permissions, and the words for each type of which there are any."""
    by_kind = {kind: [word for word in words_of(kind) if asset_right(word, kind) in held] for kind in ASSET_TYPES}
    return [each for each in ACTION_PERMISSIONS if each in held], {
        kind: words for kind, words in by_kind.items() if words
    }


def _known(what: str, name: str, there: Collection[str]) -> str:
    if name not in there:
        raise BadRight(unknown(what, name, there))
    return name
