"""Product thresholds as data, and the counters that watch them on the site's clock.

A profile says which are enforced; the others are counted all the same, so that a run can be asked
what it would have broken (`platform` 4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mock_eloqua.access.verdict import ALLOWED, Over, Verdict
from mock_eloqua.clock import DAY
from mock_eloqua.sureness import Sureness

PROFILES = ("documented", "strict", "seed", "off")


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many calls in a fixed window of the site's clock."""

    name: str
    limit: int
    window: int
    """Milliseconds."""
    scope: str
    """Who shares a counter: `user` or `site`."""
    enforced_in: frozenset[str]
    """The profiles in which one call more is refused."""
    source: str
    sure: Sureness


REST_PACE = Threshold(
    name="rest-pace",
    limit=1,
    window=1000,
    scope="user",
    enforced_in=frozenset({"strict"}),
    source="platform T1: one REST call a second is recommended",
    sure=Sureness.CLIENT,
)
BULK_DAILY = Threshold(
    name="bulk-daily",
    limit=2000,
    window=DAY,
    scope="site",
    enforced_in=frozenset({"seed"}),
    source="platform T2: Bulk POST and PUT a day, of the time of Bulk 1.0",
    sure=Sureness.CLIENT,
)
EMAIL_DEPLOYMENTS = Threshold(
    name="email-deployments",
    limit=60,
    window=60_000,
    scope="site",
    enforced_in=frozenset({"documented", "strict", "seed"}),
    source="platform T31: e-mail deployments a minute, since 26B",
    sure=Sureness.DOC,
)
SOAP_QUERY = Threshold(
    name="soap-query",
    limit=1,
    window=1000,
    scope="user",
    enforced_in=frozenset({"strict"}),
    source="soap 10.4: not more than one Query a second; per user is assumed",
    sure=Sureness.CLIENT,
)
SOAP_EXPORT = Threshold(
    name="soap-export",
    limit=1,
    window=60_000,
    scope="user",
    enforced_in=frozenset({"strict"}),
    source="soap 11: InitializeDataExport has an interval; its length and scope are not known",
    sure=Sureness.INFERRED,
)
THRESHOLDS = {each.name: each for each in (REST_PACE, BULK_DAILY, EMAIL_DEPLOYMENTS, SOAP_QUERY, SOAP_EXPORT)}


class BadThreshold(ValueError):
    """A change that a threshold does not take; the text says what it takes."""


@dataclass(slots=True)
class Counter:
    """What one scope has used of the current window."""

    window: int
    used: int = 0
    refused: int = 0


class Thresholds:
    """The counters of one site."""

    def __init__(self, profile: str) -> None:
        self.profile = profile
        self._declared = dict(THRESHOLDS)
        self._enforced = {name: profile in each.enforced_in for name, each in THRESHOLDS.items()}
        self._counters: dict[tuple[str, str], Counter] = {}

    def count(self, name: str, scope: str, now: int) -> Verdict:
        """Count one call at *now* (milliseconds); over an enforced limit it is refused and not counted."""
        if self.profile == "off":
            return ALLOWED
        threshold = self._declared[name]
        counter = self._counter(threshold, scope, now)
        if counter.used >= threshold.limit:
            counter.refused += 1
            if self._enforced[name]:
                return Over(name, seconds=-(-((counter.window + 1) * threshold.window - now) // 1000))
        counter.used += 1
        return ALLOWED

    def _counter(self, threshold: Threshold, scope: str, now: int) -> Counter:
        window = now // threshold.window
        counter = self._counters.get((threshold.name, scope))
        if counter is None or counter.window != window:
            counter = self._counters[threshold.name, scope] = Counter(window)
        return counter

    def change(
        self,
        name: str,
        now: int,
        *,
        limit: int | None = None,
        used: int | None = None,
        enforced: bool | None = None,
    ) -> None:
        """Set a limit, whether it is enforced, or how much is used of it in the current window.

        Raises:
            BadThreshold: there is no such threshold, or a number is negative.
        """
        if name not in self._declared:
            raise BadThreshold(f"there is no threshold {name!r}; there are {', '.join(self._declared)}")
        if min(limit or 0, used or 0) < 0:
            raise BadThreshold("a threshold counts from 0")
        if limit is not None:
            self._declared[name] = replace(self._declared[name], limit=limit)
        if enforced is not None:
            self._enforced[name] = enforced
        if used is not None:
            threshold = self._declared[name]
            scopes = [scope for kind, scope in self._counters if kind == name] or [EVERYONE]
            for scope in {*scopes, EVERYONE} if threshold.scope == "site" else scopes:
                self._counter(threshold, scope, now).used = used

    def report(self, now: int) -> list[dict[str, Any]]:
        """Every threshold with its counters, as the control API shows it."""
        return [
            {
                "name": each.name,
                "limit": each.limit,
                "windowSeconds": each.window // 1000,
                "scope": each.scope,
                "enforced": self._enforced[each.name] and self.profile != "off",
                "source": each.source,
                "sureness": each.sure.value,
                "counters": [
                    {"scope": scope, "used": counter.used, "refused": counter.refused}
                    for (name, scope), counter in sorted(self._counters.items())
                    if name == each.name and counter.window == now // each.window
                ],
            }
            for each in self._declared.values()
        ]

    def saved(self) -> dict[str, Any]:
        """What a snapshot keeps."""
        return {
            "profile": self.profile,
            "limits": {name: each.limit for name, each in self._declared.items()},
            "enforced": dict(self._enforced),
            "counters": [[*key, c.window, c.used, c.refused] for key, c in self._counters.items()],
        }

    @classmethod
    def restored(cls, saved: dict[str, Any]) -> Thresholds:
        """The counters that `saved` describes; thresholds of other versions are passed over."""
        self = cls(saved["profile"])
        for name, limit in saved["limits"].items():
            if name in self._declared:
                self._declared[name] = replace(self._declared[name], limit=limit)
        self._enforced.update({name: on for name, on in saved["enforced"].items() if name in self._enforced})
        for name, scope, window, used, refused in saved["counters"]:
            if name in self._declared:
                self._counters[name, scope] = Counter(window, used, refused)
        return self


EVERYONE = "*"
"""The scope of what a whole site shares."""
