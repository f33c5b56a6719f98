"""`contracts list`, `contracts run`."""

from __future__ import annotations

from pathlib import Path

import click

from mock_eloqua.cli.contracts.group import chosen, contracts, patterns
from mock_eloqua.cli.contracts.reports import with_files, write
from mock_eloqua.cli.contracts.target import Target, with_target


@contracts.command("list")
@patterns
def list_them(wanted: tuple[str, ...]) -> None:
    """Show the contracts, or those whose ids are like `rest.contact*`."""
    for each in chosen(wanted):
        click.echo(f"{each.id:45} {each.sure:9} {each.source}")
        click.echo(f"    {each.sentence}")


@contracts.command()
@patterns
@with_target
@click.option("--examples", type=click.IntRange(1, 10_000), default=None, help="For each contract: 10; 2 if live.")
@with_files
def run(wanted: tuple[str, ...], target: Target, examples: int | None, **files: Path | None) -> None:
    """Hold a POD to all contracts, or to those whose ids are like `rest.contact*`.

    The exit code is 1 if any broke or could not be found out.
    """
    found = chosen(wanted)
    from eloqua_contracts import runner, table
    from eloqua_contracts.reports import record
    from eloqua_contracts.targets.live import RealTime

    profile = runner.Profile(examples=examples or (2 if target.is_live else 10), shrinks_writes=not target.is_live)
    outcomes: list[runner.Outcome] = []
    started = RealTime().now()
    with target.opened() as pods:
        for outcome in runner.held(found, pods.pod, profile):
            outcomes.append(outcome)
            for line in table.lines_of(outcome):
                click.echo(line)
    write(record.recorded(outcomes, target=target.name, started=started, ended=RealTime().now()), **files)
    click.echo(table.summary(outcomes))
    raise SystemExit(any(each.verdict in table.NOT_GOOD for each in outcomes))
