"""Holds an emulator in another process to contracts as if it were live, in its time: each wait moves its clock.

`python -m tests.contracts.live_run CONTROL_URL SITE CREDENTIALS FOLDER MOST_CALLS [PATTERN]...` prints a line for each
outcome that is not held, then what was left; it is killed in the middle of call number MOST_CALLS, if that is not 0.
"""

from __future__ import annotations

import os
import signal
import ssl
import sys
import time
from collections import Counter
from contextlib import closing
from fnmatch import fnmatch
from pathlib import Path

import httpx2

from eloqua_contracts import catalogue
from eloqua_contracts.contract import CONTRACTS
from eloqua_contracts.runner import Verdict, held
from eloqua_contracts.targets import live
from eloqua_contracts.targets.credentials import read


class EmulatedTime:
    """Moves the clock of the emulator in place of waiting."""

    def __init__(self, control_url: str, ca: Path | None) -> None:
        verify = ssl.create_default_context(cafile=ca) if ca else False
        self._control = httpx2.Client(base_url=control_url, verify=verify, timeout=120)
        self._ahead = 0.0

    def close(self) -> None:
        """Let go of it."""
        self._control.close()

    def now(self) -> float:
        """The emulator's time, or a little earlier."""
        return time.time() + self._ahead

    def sleep(self, seconds: float) -> None:
        """Move it."""
        self._control.post("/_mock/clock/advance", json={"seconds": seconds}).raise_for_status()
        self._ahead += seconds
        if 2 <= seconds <= 10:  # for work of its threads, which takes real time too
            time.sleep(0.2)


def main(control_url: str, site: str, credentials: str, folder: str, most_calls: str, *wanted: str) -> None:
    """Run."""
    assert catalogue.MODULES
    chosen = [each for each in CONTRACTS.values() if any(fnmatch(each.id, like) for like in wanted or ("*",))]
    found = read(site, Path(credentials))
    counts: Counter[str] = Counter()
    calls = 0

    def killed(_: httpx2.Request) -> None:
        nonlocal calls
        calls += 1
        if calls == int(most_calls):
            os.kill(os.getpid(), signal.SIGKILL)

    with (
        closing(EmulatedTime(control_url, found.ca)) as timed,
        live.opened(found, site, writes=True, folder=Path(folder), timekeeper=timed) as opened,
    ):
        opened.watch(killed)
        for outcome in held(chosen, opened.pod, live.PROFILE):
            counts[outcome.verdict] += 1
            if outcome.verdict is not Verdict.HELD:
                print(f"{outcome.verdict}: {outcome.name}: {outcome.why}".replace("\n", " "), flush=True)
    print(dict(counts), *opened.left, *opened.nameless, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
