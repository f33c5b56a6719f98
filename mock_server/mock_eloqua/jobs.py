"""Work that goes on after the answer: threads that follow the site's clock and end with its state."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from mock_eloqua.clock import stopwatch
from mock_eloqua.store import SiteGone

if TYPE_CHECKING:
    from mock_eloqua.site import Site

log = logging.getLogger("mock_eloqua")


class Abandoned(Exception):
    """The state that a job worked for is gone: the site was reset, restored or closed."""


class Job:
    """One piece of background work of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._epoch = site.epoch

    def check(self) -> None:
        """Go on only while the site's state is still the one this job began with.

        Raises:
            Abandoned: it is not. Called inside a write, nothing of the job can reach a later state.
        """
        try:
            self._site.look()
        except SiteGone:
            raise Abandoned from None
        if self._site.epoch != self._epoch:
            raise Abandoned

    def wait(self, seconds: float) -> None:
        """Until *seconds* have passed, in real time or on the site's clock, whichever is first."""
        site = self._site
        due = site.clock.now() + seconds * 1000
        self.wait_until(
            lambda: site.clock.now() >= due,
            seconds,
            sooner=lambda: _real(due - site.clock.now(), site.clock.factor),
        )

    def wait_until(
        self, over: Callable[[], bool], seconds: float = math.inf, sooner: Callable[[], float] = lambda: math.inf
    ) -> None:
        """Until *over* says so, or *seconds* have passed in real time.

        It is asked whenever something has moved, and as many real seconds later as *sooner* says.
        """
        site, deadline = self._site, stopwatch() + seconds
        while True:
            moves = site.moves
            self.check()
            if over() or (left := deadline - stopwatch()) <= 0:
                return
            site.pause(moves, min(left, sooner()))


def _real(milliseconds: float, factor: float) -> float:
    """Seconds of real time until the site's clock has moved on; a site whose clock stands waits to be told."""
    return max(0.001, milliseconds / 1000 / factor) if factor else threading.TIMEOUT_MAX


class Jobs:
    """The background work of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._threads: set[threading.Thread] = set()
        self._lock = threading.Lock()

    def start(self, work: Callable[[Job], None], name: str) -> None:
        """Run *work* in a thread of its own."""
        job = Job(self._site)
        thread = threading.Thread(target=self._run, args=(work, job), name=f"mock-eloqua {name}", daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def _run(self, work: Callable[[Job], None], job: Job) -> None:
        try:
            work(job)
        except Abandoned:
            pass
        except Exception:
            log.exception("%s broke off", threading.current_thread().name)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())

    def join(self, seconds: float) -> None:
        """Wait until all have ended, at most *seconds* each."""
        with self._lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join(seconds)
