"""Which thresholds are enforced, under one name: four that are there, and those of a config file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_eloqua.access.limits import THRESHOLDS
from mock_eloqua.access.threshold import PROFILES
from mock_eloqua.mistyped import unknown


class BadProfile(ValueError):
    """A profile that cannot be used; the text says how to mend it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A name, the thresholds that are enforced, and limits that differ from the declared ones."""

    name: str
    enforced: frozenset[str]
    limits: Mapping[str, int | None] = field(default_factory=dict)


BUILT_IN = {
    name: Profile(name, frozenset(each.name for each in THRESHOLDS.values() if name in each.enforced_in))
    for name in PROFILES
}


def named(name: str, own: Mapping[str, Profile]) -> Profile:
    """The profile of that name.

    Raises:
        BadProfile: there is none.
    """
    every = {**BUILT_IN, **own}
    if name not in every:
        raise BadProfile(unknown("profile", name, every))
    return every[name]


def read(tables: Mapping[str, Any]) -> dict[str, Profile]:
    """Profiles as a config file has them: name to `base`, `limits`, `enforced` and `not_enforced`.

    Raises:
        BadProfile: a name or a value is not known.
    """
    own: dict[str, Profile] = {}
    for name, table in tables.items():
        if name in BUILT_IN:
            raise BadProfile(f"the profile {name} is there already; choose another name")
        if not isinstance(table, Mapping):
            raise BadProfile(f"the profile {name} is no table; write [profiles.{name}]")
        own[name] = _read(name, table, own)
    return own


def _read(name: str, table: Mapping[str, Any], own: Mapping[str, Profile]) -> Profile:
    known = ("base", "limits", "enforced", "not_enforced")
    if odd := [each for each in table if each not in known]:
        raise BadProfile(f"the profile {name} has an unknown {odd[0]!r}; it takes {', '.join(known)}")
    base = named(str(table.get("base", "documented")), own)
    limits = table.get("limits", {})
    if not isinstance(limits, Mapping):
        raise BadProfile(f"the limits of the profile {name} are no table; write [profiles.{name}.limits]")
    for threshold, limit in limits.items():
        _check(name, threshold)
        if type(limit) is not int or not 0 <= limit < 2**53:
            raise BadProfile(f"the profile {name} has a limit of {threshold} that is no whole number from 0: {limit!r}")
    on, off = (_names(name, table.get(each, [])) for each in ("enforced", "not_enforced"))
    return Profile(name, (base.enforced | on) - off, {**base.limits, **limits})


def _names(profile: str, given: Any) -> frozenset[str]:
    if not isinstance(given, list):
        raise BadProfile(f"the profile {profile} takes lists of thresholds, not {given!r}")
    for each in given:
        _check(profile, each)
    return frozenset(given)


def _check(profile: str, threshold: Any) -> None:
    if not isinstance(threshold, str) or threshold not in THRESHOLDS:
        raise BadProfile(f"the profile {profile}: {unknown('threshold', threshold, THRESHOLDS)}")
