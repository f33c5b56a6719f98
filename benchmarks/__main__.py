"""`python -m benchmarks`: measures and prints the table."""

from __future__ import annotations

import argparse
import sys

from benchmarks.load import WRK
from benchmarks.measures import ALL
from benchmarks.process import LOAD_CORE, pin
from benchmarks.table import table


def main() -> None:
    """Measure what is asked for, all by default."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description="What the emulator costs.")
    arguments.add_argument("what", nargs="*", metavar="WHAT", help=f"{', '.join(ALL)}; all when nothing is named")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2, help="of load for each rate (default 2)")
    wanted = arguments.parse_args()
    if unknown := set(wanted.what) - ALL.keys():
        arguments.error(f"there is no {', '.join(sorted(unknown))}; name {', '.join(ALL)}")
    pin(LOAD_CORE)
    samples = []
    for number in range(wanted.rounds):
        for name in wanted.what or ALL:
            print(f"\rround {number + 1} of {wanted.rounds}: {name:10}", end="", file=sys.stderr, flush=True)
            samples += list(ALL[name](wanted.seconds))
    print(f"\rload by {'wrk' if WRK else 'asyncio'}, medians{' ' * 20}", file=sys.stderr)
    print(table(samples))


if __name__ == "__main__":
    main()
