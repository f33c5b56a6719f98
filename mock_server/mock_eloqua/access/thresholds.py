"""What a site allows: its limits, which of them are enforced, and the counters that watch them on its clock.

What is not enforced is counted all the same, so that a run can be asked what it would have broken (`platform` 4).
The thresholds themselves are declared in `limits`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from mock_eloqua.access import counters as kept
from mock_eloqua.access.counters import Counters
from mock_eloqua.access.limits import THRESHOLDS
from mock_eloqua.access.profiles import Profile
from mock_eloqua.access.tally import OVERHEARD, Tally
from mock_eloqua.access.threshold import Kind, Scope, Threshold
from mock_eloqua.access.verdict import ALLOWED, Over, Verdict
from mock_eloqua.mistyped import unknown

EVERYONE = "*"
"""The scope of what a whole site shares."""
UNLIMITED = sys.maxsize
_LARGEST = 2**53 - 1
"""What JSON has as a whole number."""


class BadThreshold(ValueError):
    """A change that a threshold does not take; the text says what it takes."""


@dataclass(slots=True)
class Rule:
    """A threshold as it holds for a site now."""

    threshold: Threshold
    limit: int | None
    wanted: bool
    """Does the profile, or whoever changed it since, ask to enforce it?"""
    applies: bool
    """Has the site's release it?"""
    enforced: bool = False
    """Is more refused? Follows from the others, as does `counts`: every call asks for both."""
    counts: bool = False
    """Is it watched?"""

    def settle(self) -> None:
        """Work out what follows."""
        self.enforced = self.wanted and self.applies
        self.counts = self.applies and (self.wanted or not self.threshold.on_demand)


class Thresholds:
    """The thresholds of one site under a profile, with the changes that its release has."""

    def __init__(
        self, profile: Profile, behaviour: Collection[str], tally: Tally, counters: Counters | None = None
    ) -> None:
        self.profile = profile.name
        self.counters = counters or Counters()
        self._tally = tally
        self._rules = {each.name: _rule(each, profile, behaviour) for each in THRESHOLDS.values()}

    def behave(self, behaviour: Collection[str]) -> None:
        """Have the thresholds that come with these changes of `releases`, and not those that come with others."""
        for rule in self._rules.values():
            rule.applies = _applies(rule.threshold, behaviour)
            rule.settle()

    def count(self, threshold: Threshold, scope: str, now: int) -> Verdict:
        """Count one call at *now* (milliseconds); over an enforced limit it is refused and not counted."""
        rule, window = self._rules[threshold.name], threshold.window
        if not rule.counts:
            return ALLOWED
        key, number = (threshold.name, scope), now // window if window else 0
        if self.counters.count(key, number, rule.limit, enforced=rule.enforced) or not self._noted(rule):
            if (met := OVERHEARD.get()) is not None:
                met.counted.append(threshold.name)
            return ALLOWED
        return Over(threshold.name, seconds=-(-(window - now % window) // 1000) if window else 0)

    @contextmanager
    def one_more(self, threshold: Threshold, scope: str) -> Iterator[Verdict]:
        """Count one as long as the block runs, of those that may be there at once."""
        verdict = self.count(threshold, scope, 0)
        try:
            yield verdict
        finally:
            if verdict is ALLOWED and self._rules[threshold.name].counts:
                self.counters.give_back((threshold.name, scope))

    def allows(self, threshold: Threshold, amount: int) -> bool:
        """May there be so much? Also where there may not, while the limit is not enforced."""
        rule = self._rules[threshold.name]
        if not rule.counts:
            return True
        key = (threshold.name, EVERYONE)
        fits = self.counters.measure(key, min(amount, _LARGEST), rule.limit, enforced=rule.enforced)
        return fits or not self._noted(rule)

    def most(self, threshold: Threshold) -> int:
        """The limit where it is enforced, else a number that nothing reaches."""
        rule = self._rules[threshold.name]
        return rule.limit if rule.enforced and rule.limit is not None else UNLIMITED

    def enforces(self, threshold: Threshold) -> bool:
        """Is the limit enforced?"""
        return self._rules[threshold.name].enforced

    def _noted(self, rule: Rule) -> bool:
        """Note that a limit was passed; is that refused?"""
        self._tally.note(rule.threshold.name, refused=rule.enforced)
        return rule.enforced

    def change(
        self,
        name: str,
        now: int,
        *,
        limit: int | None = None,
        used: int | None = None,
        enforced: bool | None = None,
        scopes: Iterable[str] = (),
    ) -> None:
        """Set a limit, whether it is enforced, or how much is used of it in the current window.

        `used` is set for *scopes*; without any, for those that have a counter.

        Raises:
            BadThreshold: there is no such threshold, a number is negative, or nothing is used up of it.
        """
        if name not in self._rules:
            raise BadThreshold(unknown("threshold", name, self._rules))
        if min(limit or 0, used or 0) < 0:
            raise BadThreshold("a threshold counts from 0")
        rule = self._rules[name]
        if used is not None and rule.threshold.kind not in (Kind.PACE, Kind.AT_ONCE):
            raise BadThreshold(f"{name} is measured each time, so that nothing of it is used; set its limit instead")
        if limit is not None:
            rule.limit = limit
        if enforced is not None:
            rule.wanted = enforced
            rule.settle()
        if used is not None:
            self._use(rule.threshold, now, used, scopes)

    def _use(self, threshold: Threshold, now: int, used: int, scopes: Iterable[str]) -> None:
        known = {scope for name, scope in self.counters.read() if name == threshold.name}
        wanted = {EVERYONE} if threshold.scope is Scope.SITE else set(scopes) or known
        window = now // threshold.window if threshold.window else 0
        self.counters.set([(threshold.name, scope) for scope in wanted], window, used)

    def report(self, now: int) -> list[dict[str, Any]]:
        """Every threshold with its counters, as the control API shows it: what was used since the last reset."""
        counters = self.counters.read()
        return [
            {
                "name": name,
                "number": rule.threshold.number,
                "what": rule.threshold.what,
                "limit": rule.limit,
                "unit": rule.threshold.unit,
                "window_seconds": rule.threshold.window // 1000 or None,
                "scope": rule.threshold.scope.value,
                "past": rule.threshold.past,
                "effect": rule.threshold.effect.value,
                "enforced": rule.enforced,
                "watched": rule.threshold.watched and rule.counts,
                "source": rule.threshold.source,
                "sureness": rule.threshold.sure.value,
                "counters": [
                    _shown(rule.threshold, scope, counter, now)
                    for (of, scope), counter in sorted(counters.items())
                    if of == name
                ],
            }
            for name, rule in self._rules.items()
        ]

    def broken(self) -> list[dict[str, Any]]:
        """What went over a limit or was refused since the server started, whatever was reset; most often first."""
        counters = self.counters.read()
        self._tally.absorb(counters)
        found = [
            {
                "name": name,
                "number": rule.threshold.number,
                "what": rule.threshold.what,
                "limit": rule.limit,
                "unit": rule.threshold.unit,
                "effect": rule.threshold.effect.value,
                "past": rule.threshold.past,
                **asdict(self._tally.of(name)),
            }
            for name, rule in self._rules.items()
        ]
        return sorted((each for each in found if each["over"] or each["refused"]), key=lambda each: -each["over"])

    def saved(self) -> dict[str, Any]:
        """What a snapshot keeps."""
        return {
            "profile": self.profile,
            "limits": {name: rule.limit for name, rule in self._rules.items()},
            "enforced": {name: rule.wanted for name, rule in self._rules.items()},
            "counters": kept.saved(self.counters),
        }

    @classmethod
    def restored(
        cls, saved: dict[str, Any], behaviour: Collection[str], tally: Tally, counters: Counters | None = None
    ) -> Thresholds:
        """The thresholds that `saved` describes, for the time being without what is used of them (`recount`).

        Those of other versions are passed over.
        """
        enforced = frozenset(name for name, on in saved["enforced"].items() if on)
        limits = {name: limit for name, limit in saved["limits"].items() if name in THRESHOLDS}
        return cls(Profile(saved["profile"], enforced, limits), behaviour, tally, counters)

    def recount(self, saved: dict[str, Any]) -> None:
        """Let so much be used as `saved` says."""
        self.counters.restore(kept.restored(saved.get("counters", ()), THRESHOLDS))


def _rule(threshold: Threshold, profile: Profile, behaviour: Collection[str]) -> Rule:
    limit = profile.limits.get(threshold.name, threshold.limit)
    rule = Rule(threshold, limit, threshold.name in profile.enforced, _applies(threshold, behaviour))
    rule.settle()
    return rule


def _applies(threshold: Threshold, behaviour: Collection[str]) -> bool:
    return not threshold.since or threshold.since in behaviour


def _shown(threshold: Threshold, scope: str, counter: kept.Counter, now: int) -> dict[str, Any]:
    is_past = threshold.window and counter.window != now // threshold.window
    return {"scope": scope, **asdict(counter), "used": 0 if is_past else counter.used}
