"""Commands about what a site did and does: `requests`, `thresholds`, `clock`."""

from __future__ import annotations

import json
import re
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mock_eloqua.cli.command import alone, commands, writing
from mock_eloqua.cli.driving import Emulator, driving
from mock_eloqua.control_client import Call
from mock_eloqua.control_client.answers import Broken
from mock_eloqua.mistyped import unknown

pause = threading.Event().wait
_PAUSE = 0.3
"""Seconds between two looks of `--follow`."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _check_status(_: click.Context, parameter: click.Parameter, status: str | None) -> str | None:
    if status is not None and not re.fullmatch("[1-5]([0-9]{2}|[xX]{2})", status, re.ASCII):
        raise click.BadParameter(f"{status!r} is neither a status such as 404 nor a class such as 4xx", param=parameter)
    return status


@commands.command()
@driving
@click.argument("number", type=int, required=False)
@click.option("--face", default=None, help="login, rest, bulk, soap, images, redirects or none.")
@click.option("--method", default=None, help="GET, POST ...")
@click.option("--path", default=None, help="* stands for anything.")
@click.option("--user", default=None, help="Who called.")
@click.option("--status", default=None, callback=_check_status, help="404, or 4xx.")
@click.option("--refused", is_flag=True, default=None, help="Only those that were refused.")
@click.option("--after", type=click.IntRange(0), default=None, help="Only those after this number.")
@click.option(
    "--since",
    metavar="TIME",
    default=None,
    callback=lambda _context, _parameter, value: None if value is None else _moment(value),
    help="Only those since then, on the site's clock.",
)
@click.option("--limit", type=click.IntRange(1), default=None, help="The last so many (default 1000).")
@click.option("--follow", is_flag=True, help="Go on with those to come, until Ctrl-C.")
@click.option("--har", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write an HTTP archive.")
@click.option("--forget", is_flag=True, help="Empty the log.")
def requests(
    emulator: Emulator, number: int | None, *, follow: bool, har: Path | None, forget: bool, **filters: Any
) -> None:
    """Show what was called, with what answer.

    NUMBER shows one call in full.
    """
    wanted: Any = {name: value for name, value in filters.items() if value is not None}
    alone({"NUMBER": number is not None, "--follow": follow, "--har": har is not None, "--forget": forget})
    if wanted and (forget or number is not None):
        raise click.UsageError(f"--{next(iter(wanted))} does not go together with {'--forget' if forget else 'NUMBER'}")
    if number is not None:
        call = emulator.control.one_request(number)
        emulator.show(call, *_in_full(call))
    elif forget:
        emulator.control.forget_requests()
        emulator.show({"status": "ok"}, "The log is empty")
    elif har is not None:
        archive = emulator.control.requests_as_har(**wanted)
        with writing(har):
            har.write_text(json.dumps(archive), "utf-8")
        emulator.show({"status": "ok"}, f"{len(archive['log']['entries'])} calls are in {har}")
    elif follow:
        _follow(emulator, wanted)
    else:
        found = emulator.control.requests(**wanted)
        emulator.show(found, *map(_line, found))


def _follow(emulator: Emulator, wanted: Any) -> None:
    last = wanted.pop("after", 0)
    while True:
        found = emulator.control.requests(after=last, **wanted)
        if found.total < last:  # the site was reset, and numbers begin anew
            last = 0
            continue
        for call in found:
            emulator.show(call, _line(call))
            last = call.number
        pause(_PAUSE)


def _line(call: Call) -> str:
    query = f"?{call.query}" if call.query else ""
    why = f"  ({call.reason})" if call.reason else ""
    who = f"{call.number:>5}  {call.at:%H:%M:%S}  {call.user or '-'}"
    return f"{who}  {call.method} {call.path}{query} -> {call.status}{why}"


def _in_full(call: Call) -> list[str]:
    sent = [f"> {name}: {value}" for name, value in call.headers]
    answered = [f"< {name}: {value}" for name, value in call.answer_headers]
    return [_line(call), *sent, *call.body.splitlines(), *answered, *call.answer.splitlines()]


@commands.command()
@driving
@click.argument("name", required=False)
@click.option("--limit", type=click.IntRange(0), default=None, help="Another limit.")
@click.option("--used", type=click.IntRange(0), default=None, help="So much of it is used.")
@click.option("--enforced/--counted", default=None, help="Refuse what is over it, or only count.")
@click.option("--scope", default=None, help="Whose use is meant; else everybody's.")
@click.option("--report", is_flag=True, help="What would have been broken on a live POD since the server started.")
def thresholds(emulator: Emulator, name: str | None, *, report: bool, **change: Any) -> None:
    """Show limits and how much of them is used, or change one.

    With NAME and an option, that one is changed.
    """
    is_changed = any(value is not None for value in change.values())
    alone({"--report": report, "a threshold to show or to change": name is not None or is_changed})
    if report:
        broken = emulator.control.thresholds_report()
        emulator.show(broken, *_table(broken.items))
        return
    if not is_changed:
        found = emulator.control.thresholds()
    elif name is None:
        raise click.UsageError("name the threshold to change")
    else:
        found = emulator.control.set_threshold(name, **change)
    known = [each for each in found.items if name in (None, each.name)]
    if not known:
        raise click.ClickException(unknown("threshold", name, [each.name for each in found.items]))
    emulator.show(
        found if name is None else known[0],
        *(
            f"{each.name}: {max((one.used for one in each.counters), default=0)} of {each.limit}"
            f" per {each.scope}{', enforced' if each.enforced else ''}"
            for each in known
        ),
    )


def _table(broken: list[Broken]) -> list[str]:
    if not broken:
        return ["no threshold was passed"]
    rows = [("threshold", "limit", "highest", "over", "refused", "on a live POD")]
    rows += [
        (each.name, f"{each.limit} {each.unit}", str(each.highest), str(each.over), str(each.refused), each.past)
        for each in broken
    ]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [line.rstrip() for line in lines]


def _seconds(text: str | None) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", text or "", re.ASCII)
    if not found:
        raise click.UsageError(f"{text!r} is no time span such as 90, 15m, 9h or 2d")
    return float(found[1]) * _UNITS[found[2] or "s"]


@commands.command()
@driving
@click.argument("action", type=click.Choice(["show", "advance", "freeze", "offset", "scale", "run"]), default="show")
@click.argument("value", required=False)
def clock(emulator: Emulator, action: str, value: str | None) -> None:
    """Show or move a site's time.

    For instance advance 9h, freeze, freeze 2026-01-31T12:00:00Z, offset 1d, scale 60, run.
    """
    control = emulator.control
    if value is not None and action in ("show", "run"):
        raise click.UsageError(f"clock {action} takes no value; {value!r} is one")
    if action == "advance":
        reading = control.advance_clock(_seconds(value))
    elif action == "offset":
        reading = control.set_clock("offset", seconds=_seconds(value))
    elif action == "freeze":
        reading = control.set_clock("frozen", now=None if value is None else _moment(value))
    elif action == "scale":
        reading = control.set_clock("scaled", factor=_number(value))
    else:
        reading = control.set_clock("real") if action == "run" else control.clock()
    emulator.show(reading, f"{reading.now:%Y-%m-%d %H:%M:%S} UTC, {reading.mode}")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = datetime.min  # noqa: DTZ901  without a zone, as what is refused below
    if found.tzinfo is None:
        raise click.UsageError(f"{text!r} is no time with a zone such as 2026-01-31T12:00:00Z")
    return found


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise click.UsageError(f"{text!r} is no number") from None
