"""What a run leaves in files, and `contracts show`, which renders it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_eloqua.cli.command import as_json, into_a_file, writing
from mock_eloqua.cli.contracts.group import contracts
from mock_eloqua.cli.contracts.target import complaints

if TYPE_CHECKING:
    from eloqua_contracts.reports.record import Run


def _file_option(name: str, text: str) -> Callable[[Any], Any]:
    return into_a_file(name, f"{name[2:]}_file", allow_dash=name == "--json", help=text)


html_option = _file_option("--html", "Write a page that needs no other file.")
_RUN_FILES = (
    _file_option("--junit", "Write the outcomes as JUnit's XML."),
    _file_option("--json", "Write a record, which `contracts show` renders; - is standard output."),
    html_option,
)


def with_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--junit`, `--json` and `--html`."""
    for option in reversed(_RUN_FILES):
        command = option(command)
    return command


def write(run: Run, *, junit_file: Path | None, json_file: Path | None, html_file: Path | None) -> None:
    """Write a run into the files that were named."""
    from eloqua_contracts.reports import junit, page, record

    if junit_file:
        with writing(junit_file):
            junit_file.write_bytes(junit.written(run))
    if json_file:
        with writing(json_file), click.open_file(str(json_file), "w", encoding="utf-8") as file:
            file.write(record.written(run))
    if html_file:
        with writing(html_file):
            html_file.write_text(page.rendered([run]), "utf-8")


@contracts.command()
@click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE [FILE]")
@html_option
@as_json
def show(records: Sequence[Path], html_file: Path | None, *, as_json: bool) -> None:
    """Show a run that was kept, or two side by side.

    FILE is what `contracts run --json` wrote.
    """
    if len(records) > 2:
        raise click.UsageError("one run is shown, or two side by side")
    from eloqua_contracts import table
    from eloqua_contracts.reports import page, record

    with complaints():
        runs = [record.read(each) for each in records]
        outcomes = [[each.outcome for each in run.outcomes] for run in runs]
    if html_file:
        with writing(html_file):
            html_file.write_text(page.rendered(runs), "utf-8")
    if as_json:
        told = [{"target": run.target} | table.document(found) for run, found in zip(runs, outcomes, strict=True)]
        click.echo(json.dumps({"runs": told, "different": list(table.different(*outcomes)) if len(runs) > 1 else []}))
        return
    if len(runs) == 1:
        lines = [line for each in outcomes[0] for line in table.lines_of(each)]
    else:
        lines = list(table.beside(*outcomes))
    for line in lines:
        click.echo(page.visible(line))
    for run, found in zip(runs, outcomes, strict=True):
        click.echo(page.visible(f"{run.target}: {table.summary(found) or 'no contracts'}"))
