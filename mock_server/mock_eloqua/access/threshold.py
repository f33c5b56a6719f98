"""What a threshold is: so much of something, shared by whom, in which time, and what happens past it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mock_eloqua.sureness import Sureness

PROFILES = ("documented", "strict", "seed", "off")
HARD = frozenset({"documented", "strict", "seed"})
"""The call fails on a live POD."""
SOFT = frozenset({"strict"})
"""Logged and monitored there."""
NEVER: frozenset[str] = frozenset()
SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000
"""Milliseconds."""


class Kind(StrEnum):
    """How a threshold is watched."""

    PACE = "pace"
    """So many in a fixed window of the site's clock."""
    AT_ONCE = "at once"
    """So many at the same time."""
    SIZE = "size"
    """So large, each time anew."""
    MARK = "mark"
    """A number that others go by, which nothing breaks: how long something is kept, from what size on."""


class Scope(StrEnum):
    """Who shares a counter, or what is measured."""

    SITE = "site"
    USER = "user"
    APP = "app"
    USER_AND_APP = "user x app"
    USER_AND_OBJECT = "user x custom object"
    REQUEST = "request"
    DEFINITION = "definition"
    SYNC = "sync"


class Effect(StrEnum):
    """What a live POD does past the limit."""

    NOTHING = "nothing"
    """It is advice."""
    SLOWER = "slower"
    """And Oracle may step in."""
    INVALID = "400"
    NOT_FOUND = "404"
    CONFLICT = "409"
    NO_ROOM = "413"
    TOO_MANY = "429"
    FAULT = "fault"
    CUT = "cut"
    """Without a word."""
    IGNORED = "ignored"
    GONE = "gone"
    SHUT_DOWN = "shut down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One limit. Compared by name alone, since there is one of each."""

    name: str
    what: str
    """Of what there may be so much, in a few words."""
    limit: int | None
    """None: no number is known; it is counted all the same."""
    unit: str
    source: str
    number: str = ""
    """That of `platform` 4."""
    kind: Kind = Kind.SIZE
    scope: Scope = Scope.REQUEST
    window: int = 0
    """Milliseconds, of a pace."""
    effect: Effect = Effect.INVALID
    past: str = "400 with the rule that is broken"
    """The effect in words, and what is answered where a profile enforces it."""
    enforced_in: frozenset[str] = HARD
    """The profiles in which more is refused."""
    since: str = ""
    """The change of `releases` that brought it."""
    on_demand: bool = False
    """Holds for some sites only, and is watched where somebody enforces it."""
    watched: bool = True
    """False for what nothing here can reach yet: it is declared, no more."""
    sure: Sureness = Sureness.DOC


def pace(name: str, limit: int | None, window: int, **details: object) -> Threshold:
    """A threshold of so many calls in a window of so many milliseconds."""
    details = {"scope": Scope.SITE, "unit": "calls", "effect": Effect.TOO_MANY, "past": "429"} | details
    return Threshold(name=name, limit=limit, window=window, kind=Kind.PACE, **details)  # type: ignore[arg-type]
