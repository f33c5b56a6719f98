"""Holds an emulator with one defect to its contracts: `python -m tests.contracts.mutants.one NAME`.

Prints the contracts that broke, and how many were held, as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from fnmatch import fnmatch

from tests.contracts.mutants.catalogue import MUTANTS
from tests.contracts.mutants.mutant import put_in


def main(name: str) -> None:
    """Try one."""
    mutant = MUTANTS[name]
    put_in(mutant)

    from eloqua_contracts import catalogue
    from eloqua_contracts.contract import CONTRACTS
    from eloqua_contracts.runner import Profile, Verdict, held
    from eloqua_contracts.targets import mock

    assert catalogue.MODULES
    chosen = [each for each in CONTRACTS.values() if any(fnmatch(each.id, like) for like in mutant.contracts)]
    with mock.started() as emulator:
        found = list(held(chosen, emulator.pod, Profile(examples=5, shrinks_writes=False)))
    broken = [each.name for each in found if each.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}]
    print(json.dumps({"asked": len(found), "broken": broken}))


if __name__ == "__main__":
    main(sys.argv[1])
