"""How much of each threshold is used, in this process's memory.

`store.shared_counters` has the same in a database, for several processes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

Key = tuple[str, str]
"""The name of a threshold, and who shares the counter: a user, or `*` for the whole site."""


@dataclass(slots=True)
class Counter:
    """What one scope has used of one threshold."""

    window: int = 0
    """Which window of the site's clock `used` belongs to; 0 where a threshold has none."""
    used: int = 0
    """In that window; or how many there are at once; or how much it was the last time."""
    refused: int = 0
    """Over an enforced limit, in all windows."""
    highest: int = 0
    """The most that was used in any window."""
    over: int = 0
    """Over a limit that is not enforced, in all windows."""


class Counters:
    """The counters of one site; each call is atomic. A `limit` of None is never reached."""

    def __init__(self) -> None:
        self._kept: dict[Key, Counter] = {}
        self._lock = threading.Lock()

    def count(self, key: Key, window: int, limit: int | None, *, enforced: bool) -> bool:
        """Count one more in *window*, which begins at 0; was there room for it?

        What has none is noted as refused and not counted where the limit is enforced, else counted and noted as over.
        """
        with self._lock:
            counter = self._kept.get(key) or self._of(key)
            if counter.window != window:
                counter.window, counter.used = window, 0
            fits = limit is None or counter.used < limit
            if not fits and enforced:
                counter.refused += 1
                return False
            counter.used += 1
            counter.highest = max(counter.highest, counter.used)
            if not fits:
                counter.over += 1
            return fits

    def give_back(self, key: Key) -> None:
        """Count one less, of those that there are at once."""
        with self._lock:
            counter = self._of(key)
            counter.used = max(0, counter.used - 1)

    def measure(self, key: Key, amount: int, limit: int | None, *, enforced: bool) -> bool:
        """Note how much there is of something that no window bounds; does it fit?"""
        with self._lock:
            counter = self._of(key)
            fits = limit is None or amount <= limit
            if not fits and enforced:
                counter.refused += 1
                return False
            counter.used, counter.highest = amount, max(counter.highest, amount)
            counter.over += not fits
            return fits

    def set(self, keys: Iterable[Key], window: int, used: int) -> None:
        """Let so much be used in *window* already."""
        with self._lock:
            for key in keys:
                counter = self._of(key)
                counter.window, counter.used = window, used

    def read(self) -> dict[Key, Counter]:
        """All of them, as copies."""
        with self._lock:
            return {key: replace(counter) for key, counter in self._kept.items()}

    def restore(self, kept: Mapping[Key, Counter]) -> None:
        """Exactly these from now on."""
        with self._lock:
            self._kept = dict(kept)

    def _of(self, key: Key) -> Counter:
        counter = self._kept.get(key)
        if counter is None:
            counter = self._kept[key] = Counter()
        return counter


def saved(counters: Counters) -> list[list[str | int]]:
    """Counters as a snapshot keeps them."""
    return [[*key, *asdict(counter).values()] for key, counter in counters.read().items()]


def restored(rows: Iterable[list[str | int]], known: Iterable[str]) -> dict[Key, Counter]:
    """Counters from what `saved` gave; those of thresholds that are not *known* are passed over."""
    known = frozenset(known)
    return {(str(name), str(scope)): Counter(*map(int, numbers)) for name, scope, *numbers in rows if name in known}
