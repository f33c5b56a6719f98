"""Commands of the contract kit: `contracts list`, `contracts run`."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import click

from mock_eloqua.cli.command import commands

if TYPE_CHECKING:
    from eloqua_contracts.contract import Contract


@commands.group()
def contracts() -> None:
    """Hold a POD to what is known of Eloqua."""


@contracts.command("list")
@click.argument("wanted", nargs=-1, metavar="[PATTERN]...")
def list_them(wanted: tuple[str, ...]) -> None:
    """Show the contracts, or those whose ids are like `rest.contact*`."""
    for each in _chosen(wanted):
        click.echo(f"{each.id:45} {each.sure:9} {each.source}")
        click.echo(f"    {each.sentence}")


@contracts.command()
@click.argument("wanted", nargs=-1, metavar="[PATTERN]...")
@click.option("--target", default="mock", show_default=True, help="mock: an emulator of its own.")
@click.option("--examples", type=click.IntRange(1, 10_000), default=10, show_default=True, help="For each contract.")
@click.option("--release", default=None, help="The release that the emulator is to behave like.")
def run(wanted: tuple[str, ...], target: str, examples: int, release: str | None) -> None:
    """Hold a POD to all contracts, or to those whose ids are like `rest.contact*`. The exit code is 1 if any broke."""
    chosen = _chosen(wanted)
    from eloqua_contracts import runner, table
    from eloqua_contracts.targets import mock
    from mock_eloqua.embedded import REFUSALS

    if target != "mock":
        raise click.UsageError(f"there is no target {target!r}; name mock")
    try:
        with mock.started(release) as emulator:
            found = []
            for outcome in runner.held(chosen, emulator.pod, runner.Profile(examples=examples)):
                found.append(outcome)
                for line in table.lines_of(outcome):
                    click.echo(line)
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error
    click.echo(table.summary(found))
    raise SystemExit(any(each.verdict in table.NOT_GOOD for each in found))


def _chosen(wanted: Sequence[str]) -> list[Contract]:
    try:
        from eloqua_contracts import catalogue
        from eloqua_contracts.contract import CONTRACTS
    except ImportError as error:
        raise click.ClickException(f"the contract kit takes mock-eloqua[contracts]: {error}") from error
    assert catalogue.__all__  # noqa: S101  importing it declares them
    chosen = [each for each in CONTRACTS.values() if not wanted or any(fnmatch(each.id, like) for like in wanted)]
    if not chosen:
        raise click.UsageError(f"no contract is like {', '.join(wanted)}; see mock-eloqua contracts list")
    return chosen
