"""`contracts clean`: remove what a run left on a live POD."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mock_eloqua.cli.command import as_json
from mock_eloqua.cli.contracts.group import contracts
from mock_eloqua.cli.contracts.target import complaints


@contracts.command()
@click.option("--site", required=True, help="The name of the site, typed out.")
@click.option("--credentials", type=click.Path(path_type=Path), default=None, help="As for `run`.")
@click.option("--state", type=click.Path(path_type=Path), default=None, help="As for `run`.")
@as_json
def clean(site: str, credentials: Path | None, state: Path | None, *, as_json: bool) -> None:
    """Remove what broken-off runs have left on a live POD."""
    from eloqua_contracts.care.journal import Journal, left_over
    from eloqua_contracts.targets import live
    from eloqua_contracts.targets.credentials import read

    folder = state or live.FOLDER
    left = []
    with complaints():
        found = read(site, credentials)
        journals = [each for each in map(Journal.read, left_over(folder)) if each.site == site]
        for journal in journals:
            with live.opened(found, site, writes=True, folder=folder, journal=journal) as opened:
                pass
            left += opened.left
            if not as_json:
                click.echo(f"{journal.prefix}: {len(opened.left)} left")
    if as_json:
        click.echo(json.dumps({"runs": [each.prefix for each in journals], "left": left}))
        raise SystemExit(bool(left))
    for line in left:
        click.echo(line, err=True)
    if not journals:
        click.echo("no run has left anything")
    raise SystemExit(bool(left))
