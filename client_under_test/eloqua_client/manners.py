"""How a client behaves towards Eloqua: its pace, its patience, and what it sends again."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from random import Random

from eloqua_client.calls import Call
from eloqua_client.errors import ConnectionTrouble, EloquaError, ServerTrouble, ThresholdExceeded

_DAY = 86_400.0
_LONGEST_WAIT = 60.0
"""Seconds that a call waits for its turn; past that it fails, since nobody expects it to sleep until tomorrow."""
_CHANCE = Random().random  # noqa: S311  no secret; one of our own, since Hypothesis watches the shared one
_MOST_DOUBLINGS = 60
"""More would not fit into a float."""


@dataclass(frozen=True)
class Manners:
    """The settings. None of a number that limits: no limit."""

    rest_calls_per_second: float | None = 1.0
    """What Eloqua recommends, on average."""
    rest_burst: int = 10
    """So many at once, after a rest."""
    bulk_calls_per_day: int | None = 2000
    """POST and PUT to Bulk."""
    soap_queries_per_second: float | None = 1.0
    """`Query` of SOAP, more of which Eloqua refuses."""
    timeout: float = 60.0
    """Seconds to wait for a connection, and for the next piece of an answer."""
    attempts: int = 5
    """Of one call, in all."""
    first_pause: float = 1.0
    """Seconds before the second attempt; twice as long before each further one, less a random part."""
    longest_pause: float = 60.0
    """Seconds; a call that Eloqua's `Retry-After` would keep waiting for longer fails."""
    first_poll: float = 0.5
    """Seconds after which a sync under way is looked at again; half as long again before each further look."""
    longest_poll: float = 60.0


UNPACED = Manners(
    rest_calls_per_second=None,
    bulk_calls_per_day=None,
    soap_queries_per_second=None,
    first_pause=0.01,
    first_poll=0.01,
    longest_poll=0.1,
)
"""For tests and emulators: no pace of its own, and no long pauses."""


class Pace:
    """When the next call may go out: buckets of permissions that fill up with time."""

    def __init__(self, manners: Manners) -> None:
        self._rest = _Bucket(manners.rest_calls_per_second, manners.rest_burst)
        a_day = manners.bulk_calls_per_day
        self._bulk = _Bucket(None if a_day is None else a_day / _DAY, a_day or 0)
        self._queries = _Bucket(manners.soap_queries_per_second, 1)
        self._lock = threading.Lock()

    def wait(self, call: Call, now: float) -> float:
        """Seconds that the call has to wait; its turn is taken.

        Raises:
            ThresholdExceeded: longer than a minute.
        """
        if call.face == "rest":
            bucket = self._rest
        elif call.face == "bulk" and call.method in {"POST", "PUT"}:
            bucket = self._bulk
        elif call.action.endswith("/Query"):
            bucket = self._queries
        else:
            return 0.0
        with self._lock:
            wait = bucket.wait(now)
            if wait <= _LONGEST_WAIT:
                bucket.take()
                return wait
        found = ThresholdExceeded(f"not sent: this client's own pace leaves no call for {wait:.0f} s", call=call)
        found.retry_after = wait
        raise found


class _Bucket:
    def __init__(self, rate: float | None, size: int) -> None:
        self._rate, self._size = rate, size
        self._left = float(size)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        if self._rate is None:
            return 0.0
        if now > self._at:  # two threads may come in another order than they looked at the clock
            self._left = min(float(self._size), self._left + (now - self._at) * self._rate)
            self._at = now
        if self._left >= 1.0:
            return 0.0
        return (1.0 - self._left) / self._rate if self._rate else math.inf

    def take(self) -> None:
        self._left -= 1.0


def pause_before_repeat(
    manners: Manners, call: Call, trouble: EloquaError, attempt: int, chance: Callable[[], float] = _CHANCE
) -> float | None:
    """Seconds until the call is sent again after so many attempts; None: it is not.

    What was turned away for now, or never left, may always be repeated, unless Eloqua asks for more patience than there
    is; after other trouble that passes only what does no harm when it is carried out twice.
    """
    if attempt >= manners.attempts:
        return None
    asked = None
    match trouble:
        case ThresholdExceeded() if trouble.status == HTTPStatus.TOO_MANY_REQUESTS or trouble.retry_after is not None:
            asked = trouble.retry_after
        case ConnectionTrouble(was_sent=False):
            pass
        case ServerTrouble() if call.repeatable and not _is_for_good(trouble.status):
            pass
        case _:
            return None
    if asked is not None:
        return asked if asked <= manners.longest_pause else None
    longest = min(manners.longest_pause, manners.first_pause * 2.0 ** min(attempt - 1, _MOST_DOUBLINGS))
    return longest * (0.5 + chance() / 2)


def _is_for_good(status: int) -> bool:
    """Redirects, and refusals that Eloqua does not document."""
    return HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR
