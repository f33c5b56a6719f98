"""`contracts compare`: where two PODs differ."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from mock_eloqua.cli.command import as_json
from mock_eloqua.cli.contracts.group import chosen, contracts, patterns, runs, with_examples
from mock_eloqua.cli.contracts.target import Target, with_target
from mock_eloqua.cli.progress import following


@contracts.command()
@patterns
@with_target
@click.option("--against", default="mock", show_default=True, help="The other one, named as the target is.")
@with_examples
@as_json
def compare(wanted: tuple[str, ...], target: Target, against: str, examples: int | None, *, as_json: bool) -> None:
    """Show where the answers of two PODs differ.

    Both are held to contracts with the same examples. Options of a target are those of the one that they fit;
    `--release` is the target's. The exit code is 1 if anything differs.
    """
    found = chosen(wanted)
    from eloqua_contracts.comparing import pods, told
    from eloqua_contracts.comparing.differences import Compared
    from eloqua_contracts.reports.page import visible
    from eloqua_contracts.runner import Profile
    from eloqua_contracts.targets import live

    other = replace(target, target=against, release=None)
    if target.is_live and other.is_live:
        raise click.UsageError("one of the two may be live")
    profile = (live.PROFILE if target.is_live or other.is_live else Profile()).with_examples(examples)
    results, all_of_them = [], Compared()
    with (
        target.opened() as left,
        other.opened() as right,
        following(pods.beside(found, left.pod, right.pod, profile), runs(found), "Contracts") as coming,
    ):
        for each in coming:
            results.append((each.name, each.compared))
            all_of_them += each.compared
            count = len(each.compared.differences)
            click.echo(err=as_json, message=f"{each.name:60} {count or 'no'} difference{'s' * (count != 1)}")
    if as_json:
        click.echo(json.dumps(told.document(told.entries(results), all_of_them)))
        raise SystemExit(bool(all_of_them.differences))
    click.echo()
    for entry in told.entries(results):
        for line in told.lines(entry, target.name, other.name):
            click.echo(visible(line))
    for line in told.score(all_of_them):
        click.echo(line)
    raise SystemExit(bool(all_of_them.differences))
