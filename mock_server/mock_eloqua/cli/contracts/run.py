"""`contracts list`, `contracts run`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mock_eloqua.cli.command import as_json
from mock_eloqua.cli.contracts.group import chosen, contracts, patterns, runs, with_examples
from mock_eloqua.cli.contracts.reports import with_files, write
from mock_eloqua.cli.contracts.target import Target, with_target
from mock_eloqua.cli.progress import following


@contracts.command("list")
@patterns
@as_json
def list_them(wanted: tuple[str, ...], *, as_json: bool) -> None:
    """Show the contracts.

    With PATTERN, only those whose ids are like `rest.contact*`.
    """
    found = chosen(wanted)
    if as_json:
        names = ("id", "sentence", "face", "versions", "sure", "source")
        click.echo(json.dumps([{name: getattr(each, name) for name in names} for each in found]))
        return
    for each in found:
        click.echo(f"{each.id:45} {each.sure:9} {each.source}")
        click.echo(f"    {each.sentence}")


@contracts.command()
@patterns
@with_target
@with_examples
@with_files
def run(wanted: tuple[str, ...], target: Target, examples: int | None, **files: Path | None) -> None:
    """Hold a POD to contracts.

    All of them, or those whose ids are like `rest.contact*`.
    The exit code is 1 if any broke or could not be found out.
    """
    found = chosen(wanted)
    from eloqua_contracts import runner, table
    from eloqua_contracts.reports import record
    from eloqua_contracts.targets import live

    profile = (live.PROFILE if target.is_live else runner.Profile()).with_examples(examples)
    outcomes: list[runner.Outcome] = []
    started = live.RealTime().now()
    is_record = str(files["json_file"]) == "-"  # then nothing else is on standard output
    with target.opened() as pods, following(runner.held(found, pods.pod, profile), runs(found), "Contracts") as coming:
        for outcome in coming:
            outcomes.append(outcome)
            for line in table.lines_of(outcome):
                click.echo(line, err=is_record)
    write(record.recorded(outcomes, target=target.name, started=started, ended=live.RealTime().now()), **files)
    click.echo(table.summary(outcomes), err=is_record)
    raise SystemExit(any(each.verdict in table.NOT_GOOD for each in outcomes))
