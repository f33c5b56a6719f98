"""How often a live POD is asked: half of what is known to be its limits (`platform` 4)."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eloqua_contracts.care.calls import Planned
from eloqua_contracts.runner import Spent

_SECOND, _MINUTE, _HOUR, _DAY = 1.0, 60.0, 3600.0, 86400.0


class Time(Protocol):
    """Where seconds come from and go."""

    def now(self) -> float:
        """Seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Let them pass."""


@dataclass(frozen=True)
class Limit:
    """So many calls of a kind in so long a time."""

    name: str
    most: int
    seconds: float
    counts: Callable[[Planned], bool]

    @property
    def is_pace(self) -> bool:
        """Is it short enough to be waited for?"""
        return self.seconds <= _MINUTE

    @property
    def lasts(self) -> bool:
        """Is it long enough to be written down for the next run?"""
        return self.seconds >= _MINUTE


def _posts_or_puts_in_bulk(call: Planned) -> bool:
    return call.face == "bulk" and call.method in {"POST", "PUT"}


def _syncs_of(word: str) -> Callable[[Planned], bool]:
    return lambda call: call.is_sync and word in call.synced.lower()


LIMITS = (
    Limit("one REST call a second (T1)", 1, _SECOND, lambda call: call.face == "rest"),
    Limit("one SOAP call a second", 1, _SECOND, lambda call: call.face == "soap"),
    Limit("one SOAP InitializeDataExport a minute", 1, _MINUTE, lambda call: call.path == "InitializeDataExport"),
    Limit("one OAuth flow a minute (T17)", 1, _MINUTE, lambda call: call.starts_a_flow),
    Limit("30 calls of /id a minute (T18)", 30, _MINUTE, lambda call: call.face == "login"),
    Limit("30 OAuth flows an hour", 30, _HOUR, lambda call: call.starts_a_flow),
    Limit("1,000 Bulk POST and PUT a day (T2)", 1000, _DAY, _posts_or_puts_in_bulk),
    Limit("1,000 export syncs an hour (T3)", 1000, _HOUR, _syncs_of("/export")),
    Limit("1,000 import syncs an hour (T4)", 1000, _HOUR, _syncs_of("/import")),
    Limit("2,000 sync-action syncs an hour (T5)", 2000, _HOUR, _syncs_of("/syncactions")),
    Limit("30 e-mail deployments a minute (T31)", 30, _MINUTE, lambda call: "deployment" in call.path and call.writes),
)


class Budget:
    """What was asked of one site, remembered in a file over runs.

    Args:
        file: where it is kept; what is older than a day is forgotten.
        time: for windows, and to wait for the short ones.
        limits: how often.
    """

    def __init__(self, file: Path, time: Time, limits: tuple[Limit, ...] = LIMITS) -> None:
        self._file = file
        self._time = time
        self._limits = limits
        kept = self._kept()
        # A call of the run before may have been made just now.
        self._asked = {each.name: deque(kept.get(each.name, ()) if each.lasts else [time.now()]) for each in limits}

    def spend(self, call: Planned, *, cleaning: bool = False) -> None:
        """Wait until a call may be made.

        Raises:
            Spent: it may not for longer than a minute; not while *cleaning*, which must not be left undone.
        """
        full = [each for each in self._limits if each.counts(call) and len(self._within(each)) >= each.most]
        if (lasting := [each.name for each in full if not each.is_pace]) and not cleaning:
            raise Spent(f"the budget of {lasting[0]} is used up")
        for limit in full:
            if limit.is_pace:
                self._time.sleep(max(0.0, self._asked[limit.name][0] + limit.seconds - self._time.now()))

    def spent(self, call: Planned) -> None:
        """Count a call from its answer on, so that the next comes late enough however long this one travelled."""
        for limit in self._limits:
            if limit.counts(call):
                self._asked[limit.name].append(self._time.now())
                if limit.lasts:
                    self._keep()

    def _within(self, limit: Limit) -> deque[float]:
        asked, start = self._asked[limit.name], self._time.now() - limit.seconds
        while asked and asked[0] <= start:
            asked.popleft()
        return asked

    def _kept(self) -> dict[str, list[float]]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self) -> None:
        lasting = {each.name: list(self._within(each)) for each in self._limits if each.lasts}
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(lasting), "utf-8")
        fresh.replace(self._file)
