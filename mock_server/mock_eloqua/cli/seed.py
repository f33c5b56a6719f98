"""`mock-eloqua seed`: records from a file, or the structure of a live site."""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_eloqua.cli.command import alone, commands, into_a_file, writing
from mock_eloqua.cli.driving import Emulator, driving
from mock_eloqua.cli.progress import following, watching
from mock_eloqua.control_client import Added

if TYPE_CHECKING:
    from mock_eloqua.live_structure import Structure

_Read = click.Path(dir_okay=False, exists=True, path_type=Path, allow_dash=True)
_MEDIA_TYPES = {".json": "application/json", ".csv": "text/csv"}
_NO_ROWS = (".json", ".yaml", ".yml")


@commands.command()
@driving
@click.argument("file", type=_Read, required=False)
@click.option("--kind", default=None, help="What the rows of a CSV are, such as contacts; else the name of the file.")
@click.option("--from-live", is_flag=True, help="Copy the structure of the live --site: no contacts, no records.")
@into_a_file("--out", help="--from-live: write a seed file; else the emulator is seeded.")
@click.option(
    "--credentials",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="--from-live: as for contracts run; else ELOQUA_USER and ELOQUA_PASSWORD.",
)
@click.option("--schema", is_flag=True, help="Print the JSON schema of seed documents, for editors.")
def seed(
    emulator: Emulator,
    file: Path | None,
    kind: str | None,
    out: Path | None,
    credentials: Path | None,
    *,
    from_live: bool,
    schema: bool,
) -> None:
    """Add contacts, fields, lists and more from FILE.

    It is JSON or CSV when its name ends so, else YAML; - is standard input.
    """
    alone({"FILE": file is not None, "--from-live": from_live, "--schema": schema})
    if (out or credentials) and not from_live:
        raise click.UsageError(f"{'--out' if out else '--credentials'} is for --from-live")
    if schema:
        from mock_eloqua.crm import seed_schema

        click.echo(json.dumps(seed_schema.document(), indent=2))
    elif from_live:
        _copy(emulator, out, credentials)
    elif file is None:
        raise click.UsageError("name a FILE to read, or - for standard input")
    elif kind and file.suffix.lower() in _NO_ROWS:
        raise click.UsageError(f"--kind is for the rows of a CSV; {file} says itself what it has")
    else:
        added = _add(emulator, file, kind)
        emulator.show(added, ", ".join(f"{count} {each}" for each, count in added.added.items()) or "nothing to add")


def _add(emulator: Emulator, file: Path, kind: str | None) -> Added:
    document = _content(file)
    media_type = "text/csv" if kind else _MEDIA_TYPES.get(file.suffix.lower(), "application/yaml")
    of_rows = (kind or file.stem) if media_type == "text/csv" else None
    with emulator.beside() as looking, watching(lambda: astuple(looking.seeding()), "Records"):
        return emulator.control.seed(document, media_type, kind=of_rows)


def _content(file: Path) -> bytes:
    try:
        if str(file) != "-":
            return file.read_bytes()
        if sys.stdin is None:
            raise click.ClickException("standard input is closed; name a FILE")
        return sys.stdin.buffer.read()
    except OSError as error:
        raise click.ClickException(f"the seed {file} cannot be read: {error.strerror}") from error


def _copy(emulator: Emulator, out: Path | None, credentials: Path | None) -> None:
    """The structure of the live site that `--site` names, into a file or into the emulator's default site."""
    site = emulator.site
    if not site:
        raise click.UsageError("--from-live takes --site NAME, the live site's name, typed out")
    if out is None:
        with emulator.of_default_site() as control:
            control.health()  # told before minutes of reading
    read = _read(site, credentials)
    found = read.document
    summary = ", ".join(f"{len(items)} {kind}" for kind, items in found.items()) or "nothing but what is standard"
    for line in read.left:
        click.echo(f"not as it is there: {line}", err=True)
    if out is None:
        with emulator.of_default_site() as control:
            added = control.seed(found)
        emulator.show(added, f"{summary}, as on {site}")
        return
    from mock_eloqua import live_structure

    with writing(out):
        live_structure.save(found, out)
    counts = {kind: len(items) for kind, items in found.items()}
    emulator.show({"file": str(out), "found": counts, "left": read.left}, f"{out}: {summary}")


def _read(site: str, file: Path | None) -> Structure:
    from eloqua_client import EloquaError
    from eloqua_contracts.targets import credentials
    from mock_eloqua import live_reading, live_structure

    try:
        given = credentials.read(site, file)
        with live_reading.connected(site, given) as eloqua:
            name = eloqua.identity().site_name
            if name != site:
                raise click.ClickException(f"these credentials are of the site {name!r}, not {site!r}")
            with following(live_reading.read(eloqua), len(live_reading.LISTS), "Lists") as coming:
                return live_structure.structure(dict(coming))
    except (credentials.BadCredentials, EloquaError, OSError) as error:
        raise click.ClickException(str(error)) from error
