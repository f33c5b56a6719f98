"""Commands about the state of a site: `reset`, `snapshot`, `restore`, `settings`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from mock_eloqua.cli.command import alone, commands, into_a_file, writing
from mock_eloqua.cli.driving import Emulator, driving, pair, value_of

File = click.Path(dir_okay=False, path_type=Path)


@commands.command()
@driving
@click.option("--seed", default=None, help="default, empty, demo or load:100000; else what the server started with.")
@click.option("--profile", default=None, help="Thresholds from now on: documented, strict, seed or off.")
@click.option("--release", default=None, help="The Eloqua release to behave like from now on.")
def reset(emulator: Emulator, seed: str | None, profile: str | None, release: str | None) -> None:
    """Bring a site back to its seed."""
    emulator.control.reset(seed=seed, profile=profile, release=release)
    emulator.show({"status": "ok"}, "The site is as new")


@commands.command()
@driving
@click.argument("name", required=False)
@into_a_file("--file", help="Write the snapshot to this file as well.")
@click.option("--delete", is_flag=True, help="Forget it.")
def snapshot(emulator: Emulator, name: str | None, file: Path | None, *, delete: bool) -> None:
    """Keep the state of a site as NAME until the server stops.

    Without NAME, list what is kept.
    """
    alone({"--file": file is not None, "--delete": delete})
    if name is None and (file or delete):
        raise click.UsageError("name the snapshot")
    if name is None:
        found = emulator.control.snapshots()
        emulator.show(found, *(f"{each.at:%Y-%m-%d %H:%M:%S}  {each.bytes:>10}  {each.name}" for each in found.items))
    elif delete:
        emulator.control.drop_snapshot(name)
        emulator.show({"status": "ok"}, f"{name} is forgotten")
    else:
        taken = emulator.control.take_snapshot(name)
        if file is not None:
            with writing(file), file.open("wb") as target:
                emulator.control.read_snapshot(name, target)
        emulator.show(taken, f"{name} is kept, {taken.bytes} bytes")


@commands.command()
@driving
@click.argument("name")
@click.option("--file", type=File, help="Bring the snapshot in from this file first.")
def restore(emulator: Emulator, name: str, file: Path | None) -> None:
    """Bring the state back that is kept as NAME."""
    if file is not None:
        with _opened(file) as source:
            emulator.control.bring_snapshot(name, source)
    emulator.control.restore_snapshot(name)
    emulator.show({"status": "ok"}, f"The site is as in {name}")


@commands.command()
@driving
@click.argument("switches", nargs=-1, metavar="[NAME=VALUE]...", callback=pair)
def settings(emulator: Emulator, switches: dict[str, str]) -> None:
    """Show the switches, or turn some."""
    found = emulator.control.settings()
    if switches:
        wanted = {
            name: value if isinstance(found.get(name), str) else value_of(value) for name, value in switches.items()
        }
        found = emulator.control.set_settings(**wanted)
    emulator.show(found, *(f"{name} = {value}" for name, value in found.items() if not switches or name in switches))


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be opened: {error.strerror}") from error
