"""`contracts evidence`: what a run shows of each operation."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_eloqua.cli.command import as_json, into_a_file, writing
from mock_eloqua.cli.contracts.group import chosen, contracts, runs
from mock_eloqua.cli.contracts.target import Target, with_target
from mock_eloqua.cli.progress import following

if TYPE_CHECKING:
    from eloqua_contracts.exchange import Exchange

_EXAMPLES = 2
"""Of each contract: it is about which operations do what, not about all values."""


@contracts.command()
@with_target
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if less is shown than the file says.")
@into_a_file("--file", default=Path("docs/evidence.json"), show_default=True, help="Where it is kept.")
@as_json
def evidence(*, target: Target, check: bool, file: Path, as_json: bool) -> None:
    """Keep what all contracts show of each operation.

    A live one adds the day on which it kept them. The exit code is 1 if a contract broke.
    """
    found = chosen(())
    from eloqua_contracts import table
    from eloqua_contracts.evidence import Evidence, gathering
    from eloqua_contracts.runner import Profile
    from eloqua_contracts.targets import live
    from mock_eloqua import evidence as pages

    outcomes, shown = [], Evidence()
    profile = live.PROFILE if target.is_live else Profile(examples=_EXAMPLES)
    before = _before(file)
    with (
        target.opened() as pods,
        following(gathering(shown, found, pods.pod, profile, _key_of), runs(found), "Contracts") as coming,
    ):
        for outcome in coming:
            outcomes.append(outcome)
            if outcome.verdict in table.NOT_GOOD:
                click.echo("\n".join(table.lines_of(outcome)), err=as_json)
    recorded = shown.recorded()
    lost = list(pages.lost(recorded, before)) if check else []
    if not check:
        day = datetime.now(UTC).date().isoformat()  # noqa: TID251  of our time
        text = pages.confirmed(recorded, before, day) if target.is_live else pages.written(recorded, before)
        with writing(file):
            file.write_text(text, "utf-8")
    if as_json:
        click.echo(json.dumps({"operations": len(recorded), "lost": lost} | table.document(outcomes)))
    else:
        click.echo(f"{table.summary(outcomes)}; {len(recorded)} operations were called")
        for line in lost:
            click.echo(line, err=True)
    raise SystemExit(bool(lost) or any(each.verdict in table.NOT_GOOD for each in outcomes))


def _before(file: Path) -> dict[str, Any]:
    """The evidence on record."""
    from mock_eloqua import evidence as pages

    try:
        return pages.read(file) if file.exists() else {}
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise click.ClickException(f"{file} holds no evidence: {reason}; remove it, and another is written") from error


def _key_of(exchange: Exchange) -> str:
    from eloqua_contracts.things import operation_in
    from mock_eloqua.evidence import operation

    return operation(exchange.verb, exchange.path, operation_in(exchange) if ".svc" in exchange.path else "")
