"""`contracts calibrate`: ask a POD the open questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_eloqua.cli.command import as_json, into_a_file, writing
from mock_eloqua.cli.contracts.group import contracts, patterns
from mock_eloqua.cli.contracts.target import Target, with_target
from mock_eloqua.cli.progress import following

if TYPE_CHECKING:
    from eloqua_contracts.probe import Found


@contracts.command()
@patterns
@with_target
@as_json
@into_a_file("--out", help="Write what serve --calibration takes.")
def calibrate(wanted: tuple[str, ...], target: Target, out: Path | None, *, as_json: bool) -> None:
    """Ask a POD the open questions about Eloqua.

    With PATTERN, only those whose ids are like `rest.*`.
    The exit code is 1 if one is still open.
    """
    from eloqua_contracts import calibration, probes
    from eloqua_contracts.probe import PROBES, asked

    assert probes.__doc__  # noqa: S101  importing it declares them
    chosen = [each for each in PROBES.values() if not wanted or any(fnmatch(each.id, like) for like in wanted)]
    if not chosen:
        raise click.UsageError(f"no question is like {', '.join(wanted)}")
    found = []
    with target.opened() as pods, following(asked(chosen, pods.pod), len(chosen), "Questions") as coming:
        for each in coming:
            found.append(each)
            is_open = each.answer is None
            if not as_json:
                click.echo(
                    f"{'open' if is_open else 'found':6} {each.probe.id}: {each.why if is_open else each.answer}"
                )
    if as_json:
        click.echo(json.dumps([_told(each) for each in found]))
    if out:
        text = calibration.written(found, target=target.site or target.target, at=datetime.now(UTC))  # noqa: TID251  it is of our day
        with writing(out):
            out.write_text(text, "utf-8")
    raise SystemExit(any(each.answer is None for each in found))


def _told(found: Found) -> dict[str, Any]:
    """A question with its answer; null: it is open, for the reason that is named."""
    of = found.probe
    told = {"id": of.id, "question": of.question, "source": of.source, "setting": of.setting}
    return told | {"answer": found.answer, "why": found.why}
