"""Writes the pages of `docs/` that follow from declarations: `python -m mock_eloqua.coverage [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from mock_eloqua import evidence, house, releases, settings
from mock_eloqua.access import limits
from mock_eloqua.access.threshold import PROFILES, Threshold
from mock_eloqua.field_page import fields as _fields
from mock_eloqua.permission_page import permissions as _permissions
from mock_eloqua.rest import inventory
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.operation import Face, Inner, Operation

_HEAD = "<!-- Written by `python -m mock_eloqua.coverage`; do not edit. -->\n\n"


def coverage() -> str:
    """What is emulated, operation by operation."""
    lines = [
        "# What is emulated",
        "",
        "How sure we are of an operation: doc, recorded, client or inferred.",
        "",
    ]
    for name in house.FACES.values():
        face = house.face(name)
        lines += [f"## {name}: {len(face.inner or face.operations)} operations", ""]
        lines += ["| call | what it does | needs | sure |", "| --- | --- | --- | --- |"]
        lines += [_row(f"{each.verb} {each.path}", each) for each in face.operations]
        lines += [*(_row(each.path, each) for each in face.inner), ""]
        lines += _missing(face) if name == "rest" else ()
    return _HEAD + "\n".join(lines)


def _missing(face: Face) -> Iterator[str]:
    """What is known of REST and not emulated, by version."""
    found = inventory.missing(face.operations)
    for version in ("1.0", "2.0"):
        total = sum(each.version == version for each in inventory.published())
        mine = [(each, reason) for each, reason in found if each.version == version]
        yield from (f"### REST {version}: {len(mine)} of {total} operations are not emulated", "")
        if mine:
            yield from ("| call | reason |", "| --- | --- |")
            yield from (f"| `{each.method} /API/REST/{version}/{each.path}` | {reason} |" for each, reason in mine)
            yield ""


def _row(call: str, of: Operation | Inner) -> str:
    return f"| `{call}` | {of.name} | {', '.join(of.permissions)} | {of.sure.value} |"


def switches() -> str:
    """Every setting with its default, its meaning and its source."""
    lines = ["# Settings", "", "Set them in a TOML file under `[settings]`, at `PUT /_mock/settings`,"]
    lines += ["or with `eloqua.set(...)` in a test.", ""]
    lines += [
        "| switch | default | takes | meaning | source | sure |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    meanings = _meanings()
    for each in fields(settings.Settings):
        words = ", ".join(f"`{word}`" for word in each.metadata["values"]) or str(each.type)
        sure, source = each.metadata["sure"].value, each.metadata["source"]
        lines.append(f"| `{each.name}` | `{each.default}` | {words} | {meanings[each.name]} | {source} | {sure} |")
    return _HEAD + "\n".join(lines) + "\n"


def changes() -> str:
    """What every release changed."""
    lines = ["# Releases", ""]
    lines += [f"`--release` names one from {releases.RELEASES[0]} to {releases.LATEST}, the default; a site has what"]
    lines += ["it and the releases before it changed. A single change is there, or not, whatever the release:", ""]
    lines += ["```toml", "[changes]", "import-rule = false", "```", ""]
    lines += ["in a config file, `MockEloqua(changes={...})` or `eloqua.behave(import_rule=False)` in Python, and", ""]
    lines += ["```console", "$ curl -X PUT http://127.0.0.1:8080/_mock/releases -H 'Content-Type: application/json' \\"]
    lines += ["""    -d '{"release": "20D", "changes": {"import-rule": true}}'""", "```", ""]
    lines += ["on a server that runs; `null` leaves a change to the release again.", ""]
    lines += ["| since | change | what is so, and what was | source |", "| --- | --- | --- | --- |"]
    lines += [f"| {of.release} | `{name}` | {of.notice} | {of.source} |" for name, of in releases.CHANGES.items()]
    return _HEAD + "\n".join(lines) + "\n"


def _meanings() -> dict[str, str]:
    return {name: text.replace("|", "\\|") for name, text in settings.meanings().items()}


def permissions() -> str:
    """Which right each operation takes, and which default user has it."""
    return _HEAD + _permissions()


def fields_of_records() -> str:
    """Which fields and properties there are."""
    return _HEAD + _fields()


_THRESHOLDS = """# Thresholds

What the product allows, and what happens past it. T1 to T33 are the numbers of our reference.
`*` in a counter is the whole site; windows begin at whole multiples of their length on the site's clock, so that
`POST /_mock/clock/advance` opens the next one.

A profile (`--profile`) says which are enforced: `documented` what fails on a live POD, `strict` also what is advised or
only monitored there, `seed` like `documented` with the old limit on Bulk calls a day, `off` nothing.
What is not enforced is counted all the same, and its past shows in
`GET /_mock/thresholds`, `mock-eloqua thresholds --report` and the summary of a pytest run.
*On demand* holds for some sites only: it is watched where `PUT /_mock/thresholds/{name}` or a profile of your own
([server](server.md#profiles)) enforces it.
"""

_UNWATCHED = """
## What is not watched

Declared, so that their numbers are in one place, and counted by nobody, since what they are about is not emulated or
cannot be seen from here:
"""


def thresholds() -> str:
    """Every threshold, in the order of its declaration."""
    every, lines = limits.THRESHOLDS.values(), [_THRESHOLDS]
    lines += _head(
        "threshold", "no.", "limit", "of what", "shared by", "past it", "enforced in", "since", "source", "sure"
    )
    lines += [_threshold(each) for each in every if each.watched]
    lines += [_UNWATCHED, *_head("threshold", "no.", "limit", "of what", "past it", "source")]
    for each in every:
        if not each.watched:
            lines.append(_cells(f"`{each.name}`", each.number, _number(each), each.what, each.past, each.source))
    return _HEAD + "\n".join(lines) + "\n"


def _head(*names: str) -> list[str]:
    return [_cells(*names), _cells(*["---"] * len(names))]


def _cells(*texts: str) -> str:
    return f"| {' | '.join(texts)} |"


def _threshold(each: Threshold) -> str:
    enforced = ", ".join(f"`{name}`" for name in PROFILES if name in each.enforced_in)
    return _cells(
        f"`{each.name}`",
        each.number,
        _number(each),
        each.what,
        each.scope,
        each.past,
        "on demand" if each.on_demand else enforced or "none",
        releases.CHANGES[each.since].release if each.since else "",
        each.source,
        each.sure.value,
    )


def _number(each: Threshold) -> str:
    return "not known" if each.limit is None else f"{each.limit:,} {each.unit}"


def shown() -> str:
    """What the contract kit shows of each operation."""
    return _HEAD + evidence.page(evidence.read())


_OPEN = """# Open questions

What nobody can know without a live POD. `mock-eloqua contracts calibrate` asks one each of these, and writes what it
answers as settings that `mock-eloqua serve --calibration` takes ([contracts](contracts.md)).
"""
_ASSUMED = """
## What is assumed besides

Switches whose default is inferred and which no question above finds out:
"""


def open_questions() -> str:
    """The probes of the contract kit, and what is inferred without one."""
    from eloqua_contracts import probes
    from eloqua_contracts.probe import PROBES

    assert probes.__doc__  # noqa: S101  importing it declares them
    lines, meanings = [_OPEN, *_head("question", "asked by", "source", "switch")], _meanings()
    for of in PROBES.values():
        switch = f"`{of.setting}`" if of.setting else ""
        lines += [_cells(of.question, f"`{of.id}`", of.source, switch)]
    lines += [_ASSUMED, *_head("switch", "default", "meaning", "source")]
    asked = {of.setting for of in PROBES.values()}
    for each in fields(settings.Settings):
        if each.metadata["sure"] is Sureness.INFERRED and each.name not in asked:
            lines += [_cells(f"`{each.name}`", f"`{each.default}`", meanings[each.name], each.metadata["source"])]
    return _HEAD + "\n".join(lines) + "\n"


PAGES = {
    "coverage.md": coverage,
    "fields.md": fields_of_records,
    "settings.md": switches,
    "releases.md": changes,
    "permissions.md": permissions,
    "thresholds.md": thresholds,
    "evidence.md": shown,
    "open-questions.md": open_questions,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are out of date; the exit code."""
    docs = Path("docs")
    if not docs.is_dir():
        print("run it at the root of the project, where docs/ is", file=sys.stderr)
        return 2
    stale = [
        name for name, page in PAGES.items() if not (docs / name).exists() or (docs / name).read_text("utf-8") != page()
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is out of date: run python -m mock_eloqua.coverage", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (docs / name).write_text(PAGES[name](), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
