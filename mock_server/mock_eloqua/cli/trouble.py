"""Commands about trouble on demand: `faults`."""

from __future__ import annotations

import click

from mock_eloqua.cli.command import alone, commands
from mock_eloqua.cli.driving import Emulator, driving, pair, value_of
from mock_eloqua.control_client import Fault


@commands.command()
@driving
@click.argument("described", nargs=-1, metavar="[NAME=VALUE]...", callback=pair)
@click.option("--end", type=click.IntRange(1), default=None, help="End the fault of this number.")
@click.option("--end-all", is_flag=True, help="End all faults.")
def faults(emulator: Emulator, described: dict[str, str], end: int | None, *, end_all: bool) -> None:
    """Show the faults that strike calls, or add one.

    For instance: face=bulk status=503 times=2.
    """
    alone({"NAME=VALUE": bool(described), "--end": end is not None, "--end-all": end_all})
    if described:
        texts = ("face", "method", "path", "user", "body", "content_type", "drop")
        added = emulator.control.add_fault(
            **{name: it if name in texts else value_of(it) for name, it in described.items()}
        )
        emulator.show(added, _line(added))
    elif end is not None:
        emulator.control.remove_fault(end)
        emulator.show({"status": "ok"}, f"fault {end} has ended")
    elif end_all:
        emulator.control.remove_faults()
        emulator.show({"status": "ok"}, "all faults have ended")
    else:
        found = emulator.control.faults()
        emulator.show(found, *map(_line, found.items))


def _line(fault: Fault) -> str:
    said = {name: getattr(fault, name) for name in fault.__slots__ if name not in ("number", "seen", "hits")}
    told = ", ".join(f"{name} {it}" for name, it in said.items() if it not in (None, 0, 1.0))
    return f"fault {fault.number}: {told or 'every call'}; struck {fault.hits} of {fault.seen}"
