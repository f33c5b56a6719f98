"""The group itself, and which contracts a command is about."""

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


patterns = click.argument("wanted", nargs=-1, metavar="[PATTERN]...")
with_examples = click.option(
    "--examples",
    type=click.IntRange(1, 10_000),
    default=None,
    help="For each contract: 10; if live 2, and 1 of those that make things in Bulk.",
)


def chosen(wanted: Sequence[str]) -> list[Contract]:
    """The contracts whose ids are like one of these, or all.

    Raises:
        click.UsageError: there are none.
    """
    from eloqua_contracts import catalogue
    from eloqua_contracts.contract import CONTRACTS

    assert catalogue.MODULES  # noqa: S101  importing it declares them
    found = [each for each in CONTRACTS.values() if not wanted or any(fnmatch(each.id, like) for like in wanted)]
    if not found:
        raise click.UsageError(f"no contract is like {', '.join(wanted)}, as mock-eloqua contracts list shows them")
    return found


def runs(found: Sequence[Contract]) -> int:
    """How many outcomes they have: one for each version of their faces."""
    return sum(max(1, len(each.versions)) for each in found)
