"""Tries mutants, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.contracts.mutants.mutant import Mutant

_ROOT = Path(__file__).parents[3]
_LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Trial:
    """What came of one."""

    mutant: Mutant
    asked: int = 0
    """Contracts that were held, by version."""
    broken: tuple[str, ...] = ()
    trouble: str = ""
    """Why nothing came of it."""

    @property
    def noticed(self) -> bool:
        """Did a contract break?"""
        return bool(self.broken)


def tried(mutants: Iterable[Mutant], *, workers: int = 2) -> Iterator[Trial]:
    """Try them, some at a time."""
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(_tried, mutants)


def _tried(mutant: Mutant) -> Trial:
    command = [sys.executable, "-m", "tests.contracts.mutants.one", mutant.name]
    done = subprocess.run(  # noqa: S603  ourselves
        command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=_LONGEST_SECONDS
    )
    if done.returncode:
        return Trial(mutant, trouble=(done.stderr.strip().splitlines() or ["no word"])[-1])
    said = json.loads(done.stdout.splitlines()[-1])
    return Trial(mutant, said["asked"], tuple(said["broken"]))
