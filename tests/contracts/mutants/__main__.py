"""`python -m tests.contracts.mutants [NAME]...`: exit code 1 where fewer than 95 of 100 are noticed."""

from __future__ import annotations

import sys
from fnmatch import fnmatch

from tests.contracts.mutants.catalogue import MUTANTS
from tests.contracts.mutants.trial import tried

LEAST = 0.95


def main(wanted: list[str]) -> int:
    """Try them and tell."""
    chosen = [each for name, each in MUTANTS.items() if not wanted or any(fnmatch(name, like) for like in wanted)]
    unnoticed = []
    for trial in tried(chosen):
        said = trial.trouble or f"{len(trial.broken)} of {trial.asked} broke: {', '.join(trial.broken[:3])}"
        print(f"{'noticed ' if trial.noticed else 'UNNOTICED'} {trial.mutant.name}; {said}", flush=True)
        if not trial.noticed:
            unnoticed.append(trial.mutant.name)
    print(f"{len(chosen) - len(unnoticed)} of {len(chosen)} noticed")
    return len(unnoticed) > (1 - LEAST) * len(chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
