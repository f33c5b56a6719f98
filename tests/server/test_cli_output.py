"""What commands print: JSON for programs, colours and progress for people only (issue 9)."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mock_eloqua import __version__
from mock_eloqua.cli import commands, progress
from mock_eloqua.cli.contracts.group import chosen
from mock_eloqua.control_client import ControlClient, Seeding
from mock_eloqua.crm.planting import plant

WITHOUT_JSON = {"completion"}
"""It prints a program, for a shell."""


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from leaves(command, f"{name} ")
        else:
            yield f"{before}{name}", command


@pytest.mark.parametrize("name", sorted(dict(leaves(commands))))
def test_every_command_has_a_line_of_its_own_and_speaks_json(name):
    """Its first sentence fits into the list of commands."""
    command = dict(leaves(commands))[name]

    assert ("--json" in [option for each in command.params for option in each.opts]) == (name not in WITHOUT_JSON)
    assert command.help
    assert not command.get_short_help_str(64).endswith("...")


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_contracts_are_listed_as_json():
    """Id, sentence, face, versions, sureness, source."""
    found = json.loads(printed("contracts", "list", "login.*", "--json"))

    assert {"id", "sentence", "face", "versions", "sure", "source"} == set(found[0])
    assert all(each["id"].startswith("login.") for each in found)


def test_a_run_may_write_its_record_to_standard_output(eloqua):
    """Then the outcomes for people are on standard error."""
    one = json.loads(printed("contracts", "list", "login.*", "--json"))[0]["id"]

    found = json.loads(printed("contracts", "run", one, "--examples", "1", "--json", "-"))

    assert str(found).count(one)


def test_open_questions_are_answered_as_json(eloqua):
    """With their setting, and null for what is still open."""
    found = json.loads(
        printed("contracts", "calibrate", "rest.delete-dependency-status", "--target", eloqua.base_url, "--json")
    )

    assert [each["id"] for each in found] == ["rest.delete-dependency-status"]
    assert {"question", "source", "setting", "answer", "why"} < set(found[0])


def test_what_is_recorded_shown_and_evident_is_told_as_json(monkeypatch, tmp_path):
    """How many came out how, and each of them; for people that is on standard error."""
    tape, record, kept = (str(tmp_path / name) for name in ("tape.jsonl", "run.json", "evidence.json"))
    some = "login.headers.*"
    names = [each["id"] for each in json.loads(printed("contracts", "list", some, "--json"))]
    only_some = chosen((some,))
    monkeypatch.setattr("mock_eloqua.cli.contracts.evidence.chosen", lambda _: only_some)

    recorded = json.loads(printed("contracts", "record", some, "--examples", "1", "--out", tape, "--json"))
    printed("contracts", "run", some, "--examples", "1", "--json", record)
    shown = json.loads(printed("contracts", "show", record, record, "--json"))
    evident = json.loads(printed("contracts", "evidence", "--file", kept, "--json"))
    Path(kept).write_text('{"GET /elsewhere": {"yes": ["routed"]}}')
    lost = CliRunner().invoke(commands, ["contracts", "evidence", "--file", kept, "--check", "--json"])

    assert recorded["file"] == tape
    for told in (recorded, *shown["runs"], evident):
        assert told["counts"] == {"held": len(names), "broken": 0, "not yet known": 0, "skipped": 0}
        assert [each["name"] for each in told["outcomes"]] == names
    assert (shown["runs"][0]["target"], shown["different"]) == ("mock", [])
    assert (evident["operations"], evident["lost"]) == (1, [])
    assert lost.exit_code == 1
    assert json.loads(lost.stdout)["lost"] == ["GET /elsewhere: routed is not shown any more"]


def test_serve_tells_where_it_is_as_json():
    """One line, as soon as it answers."""
    started = [sys.executable, "-c", "from mock_eloqua.cli import main; main()", "serve", "--port", "0", "--json"]
    with subprocess.Popen(started, stdout=subprocess.PIPE, env=os.environ) as server:  # noqa: S603  ours
        assert server.stdout
        told = json.loads(server.stdout.readline())
        try:
            with ControlClient(told["url"]) as control:
                assert control.health().release == told["release"]
        finally:
            server.terminate()

    assert told | {"url": "", "console": ""} == {
        "url": "",
        "console": "",
        "proxy": None,
        "certificate": None,
        "version": __version__,
        "release": "26C",
        "profile": "documented",
        "store": "memory",
        "site": "MockCo",
        "user": "api.user",
        "password": "s3cret",
    }


def on_a_terminal(*arguments: str, **variables: str) -> str:
    """What a command prints where somebody looks."""
    mine, its = pty.openpty()
    command = [sys.executable, "-c", "from mock_eloqua.cli import main; main()", *arguments]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=os.environ | variables):  # noqa: S603  ours
        os.close(its)
        found = b""
        try:
            while piece := os.read(mine, 4096):
                found += piece
        except OSError:  # the other end is closed
            pass
    os.close(mine)
    return found.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_colours_are_for_terminals_without_no_color(eloqua):
    """As no-color.org asks for."""
    arguments = ("doctor", "--url", eloqua.base_url)

    assert "\033[" in on_a_terminal(*arguments, TERM="xterm", NO_COLOR="")
    assert "\033[" not in on_a_terminal(*arguments, TERM="xterm", NO_COLOR="1")
    assert "\033[" not in CliRunner().invoke(commands, arguments).output


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
def test_progress_is_for_terminals():
    """A bar that grows, and no trace of it in a file."""
    arguments = ("contracts", "run", "login.headers.absent", "--examples", "1")

    assert "Contracts  [" in on_a_terminal(*arguments, TERM="xterm")
    assert "[" not in CliRunner().invoke(commands, arguments).output.partition("kept")[0]


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", [["compare"], ["record", "--out", os.devnull], ["evidence", "--check"]])
def test_whatever_takes_minutes_has_a_bar(monkeypatch, eloqua, command):
    """One step for each contract, on standard error."""
    found = chosen(("login.headers.absent",))
    monkeypatch.setattr("mock_eloqua.cli.contracts.evidence.chosen", lambda _: found)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    patterns = [] if command[0] == "evidence" else ["login.headers.absent", "--examples", "1"]

    with suppress(SystemExit):
        commands.main(
            ["contracts", *command, *patterns, "--target", eloqua.base_url], standalone_mode=False, prog_name="x"
        )

    assert "Contracts  [" in terminal.getvalue()
    assert "1/1" in terminal.getvalue()


def test_a_bar_follows_what_another_does(monkeypatch):
    """It begins when it is known how much there is, and ends with the work."""
    told, seen = iter([(0, 0), (1, 3), (2, 3)]), threading.Event()
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "_PAUSE", 0.001)

    def look() -> tuple[int, int]:
        try:
            return next(told)
        except StopIteration:
            seen.set()
            raise

    with progress.watching(look, "Records"):
        assert seen.wait(10)

    assert "Records" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()


def test_a_seed_under_way_tells_how_far_it_is(eloqua):
    """`GET /_mock/seed`: what is in, and of how much in all kinds."""
    seen = []

    class Watched(list[dict[str, str]]):
        def __iter__(self) -> Iterator[dict[str, str]]:
            for each in super().__iter__():
                seen.append(eloqua.control.seeding())
                yield each

    people = Watched([{"emailAddress": "a@b.test"}, {"emailAddress": "b@b.test"}])
    plant(eloqua.site, {"lists": [{"name": "guests"}], "contacts": people})

    assert seen == [Seeding(0, 3), Seeding(1, 3)]
    assert eloqua.control.seeding() == Seeding(0, 0)
