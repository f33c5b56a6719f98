"""`contracts record`, `contracts replay`: exchanges kept in a file, and sent again."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from mock_eloqua.cli.command import as_json, into_a_file, writing
from mock_eloqua.cli.contracts.group import chosen, contracts, patterns, runs
from mock_eloqua.cli.contracts.target import Target, complaints, with_target
from mock_eloqua.cli.progress import following


@contracts.command()
@patterns
@with_target
@into_a_file("--out", required=True, help="The file, which `contracts replay` takes.")
@click.option("--examples", type=click.IntRange(1, 10_000), default=None, help="For each contract: 3; 1 if live.")
@as_json
def record(wanted: tuple[str, ...], target: Target, out: Path, examples: int | None, *, as_json: bool) -> None:
    """Hold a POD to contracts, and keep what was said.

    The file holds no secrets and no personal data.
    """
    found = chosen(wanted)
    from eloqua_contracts import runner, table
    from eloqua_contracts.recording import pods
    from eloqua_contracts.recording.tape import Tape

    profile = runner.Profile(examples=examples or (1 if target.is_live else 3), shrinks=False)
    outcomes = []
    with (
        writing(out),
        closing(Tape(out, "live" if target.is_live else "mock")) as tape,
        target.opened() as opened,
        following(pods.recorded(found, opened.pod, profile, tape), runs(found), "Contracts") as coming,
    ):
        for outcome in coming:
            outcomes.append(outcome)
            click.echo(f"{outcome.verdict:13} {outcome.name}", err=as_json)
    if as_json:
        click.echo(json.dumps({"file": str(out)} | table.document(outcomes)))
        return
    click.echo(table.summary(outcomes))


@contracts.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@with_target
@as_json
def replay(file: Path, target: Target, *, as_json: bool) -> None:
    """Send a recording to an emulator: where do answers differ?

    The exit code is 1 if anything does.
    """
    if target.is_live:
        raise click.UsageError("a recording is replayed on an emulator: it may delete what is not its own")
    with complaints():
        from eloqua_contracts.recording.tape import read

        _, lines = read(file)
    from eloqua_contracts.comparing import told
    from eloqua_contracts.comparing.differences import Compared
    from eloqua_contracts.recording.replaying import replayed
    from eloqua_contracts.reports.page import visible

    results, all_of_them, skipped = [], Compared(), 0
    with target.opened() as opened:
        for each in replayed(lines, opened.pod):
            results.append((each.contract or "the client", each.compared))
            all_of_them += each.compared
            if each.skipped:
                skipped += 1
                click.echo(visible(f"skipped  {each.contract}  {each.skipped}"), err=as_json)
    if as_json:
        click.echo(json.dumps(told.document(told.entries(results), all_of_them) | {"skipped": skipped}))
        raise SystemExit(bool(all_of_them.differences or skipped))
    for entry in told.entries(results):
        for line in told.lines(entry, "recorded", target.name):
            click.echo(visible(line))
    for line in told.score(all_of_them):
        click.echo(line)
    raise SystemExit(bool(all_of_them.differences or skipped))
