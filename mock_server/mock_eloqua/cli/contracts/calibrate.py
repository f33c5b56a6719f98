"""`contracts calibrate`: ask a POD the open questions."""

from __future__ import annotations

from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import click

from mock_eloqua.cli.contracts.group import contracts, patterns
from mock_eloqua.cli.contracts.target import Target, with_target


@contracts.command()
@patterns
@with_target
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write what serve --calibration takes.")
def calibrate(wanted: tuple[str, ...], target: Target, out: Path | None) -> None:
    """Ask a POD the open questions about Eloqua, or those whose ids are like `rest.*`.

    The exit code is 1 if one is still open.
    """
    from eloqua_contracts import calibration, probes
    from eloqua_contracts.probe import PROBES, asked

    assert probes.__doc__  # noqa: S101  importing it declares them
    chosen = [each for each in PROBES.values() if not wanted or any(fnmatch(each.id, like) for like in wanted)]
    if not chosen:
        raise click.UsageError(f"no question is like {', '.join(wanted)}")
    found = []
    with target.opened() as pods:
        for each in asked(chosen, pods.pod):
            found.append(each)
            is_open = each.answer is None
            click.echo(f"{'open' if is_open else 'found':6} {each.probe.id}: {each.why if is_open else each.answer}")
    if out:
        text = calibration.written(found, target=target.site or target.target, at=datetime.now(UTC))  # noqa: TID251  it is of our day
        try:
            out.write_text(text, "utf-8")
        except OSError as error:
            raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error
    raise SystemExit(any(each.answer is None for each in found))
