"""`mock-eloqua seed`: records from a file, or the structure of a live site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mock_eloqua.cli.command import commands
from mock_eloqua.cli.driving import Emulator, driving

_MEDIA_TYPES = {".json": "application/json", ".csv": "text/csv"}


@commands.command()
@driving
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--kind", default=None, help="What the rows of a CSV are, such as contacts; else the name of the file.")
@click.option("--schema", is_flag=True, help="Print the JSON schema of seed documents, for editors.")
def seed(emulator: Emulator, file: Any, kind: str | None, *, schema: bool) -> None:
    """Add contacts, fields, lists and what else a seed says from FILE.

    It is JSON or CSV when its name ends so, else YAML; - is standard input.
    """
    if schema:
        from mock_eloqua.crm import seed_schema

        click.echo(json.dumps(seed_schema.document(), indent=2))
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
