"""`mock-eloqua seed`: records from a file, or the structure of a live site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mock_eloqua.cli.command import commands
from mock_eloqua.cli.driving import Emulator, driving

File = click.Path(dir_okay=False, path_type=Path)
_MEDIA_TYPES = {".json": "application/json", ".csv": "text/csv"}


@commands.command()
@driving
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--kind", default=None, help="What the rows of a CSV are, such as contacts; else the name of the file.")
@click.option("--from-live", is_flag=True, help="Copy the structure of the live --site: no contacts, no records.")
@click.option("--out", type=File, default=None, help="--from-live: write a seed file; else the emulator is seeded.")
@click.option(
    "--credentials",
    type=File,
    default=None,
    help="--from-live: as for contracts run; else ELOQUA_USER and ELOQUA_PASSWORD.",
)
@click.option("--schema", is_flag=True, help="Print the JSON schema of seed documents, for editors.")
def seed(
    emulator: Emulator,
    file: Any,
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
    if schema:
        from mock_eloqua.crm import seed_schema

        click.echo(json.dumps(seed_schema.document(), indent=2))
        return
    if from_live:
        _copy(emulator, out, credentials)
        return
    if file is None:
        raise click.UsageError("name a FILE to read, or - for standard input")
    try:
        document = file.read()
    except OSError as error:
        raise click.ClickException(f"the seed {file.name} cannot be read: {error.strerror}") from error
    name = Path(file.name)
    media_type = "text/csv" if kind else _MEDIA_TYPES.get(name.suffix.lower(), "application/yaml")
    of_rows = (kind or name.stem) if media_type == "text/csv" else None
    added = emulator.control.seed(document, media_type, kind=of_rows)
    emulator.show(added, ", ".join(f"{count} {each}" for each, count in added.added.items()) or "nothing to add")


def _copy(emulator: Emulator, out: Path | None, credentials: Path | None) -> None:
    """The structure of the live site that `--site` names, into a file or into the emulator's default site."""
    site = emulator.site
    if not site:
        raise click.UsageError("--from-live takes --site NAME, the live site's name, typed out")
    found = _read(site, credentials)
    summary = ", ".join(f"{len(items)} {kind}" for kind, items in found.items()) or "nothing but what is standard"
    if out is None:
        added = emulator.of_default_site().seed(found)
        emulator.show(added, f"{summary}, as on {site}")
        return
    from mock_eloqua import live_structure

    try:
        live_structure.save(found, out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error
    emulator.show({"file": str(out), "found": {kind: len(items) for kind, items in found.items()}}, f"{out}: {summary}")


def _read(site: str, file: Path | None) -> dict[str, list[dict[str, Any]]]:
    try:
        from eloqua_client import EloquaError
        from eloqua_contracts.targets import credentials
        from mock_eloqua import live_structure
    except ImportError as error:
        raise click.ClickException(f"--from-live takes mock-eloqua[client]: {error}") from error
    try:
        given = credentials.read(site, file)
        with live_structure.connected(site, given) as eloqua:
            name = eloqua.identity().site_name
            if name != site:
                raise click.ClickException(f"these credentials are of the site {name!r}, not {site!r}")
            return live_structure.structure(eloqua)
    except (credentials.BadCredentials, EloquaError, OSError) as error:
        raise click.ClickException(str(error)) from error
