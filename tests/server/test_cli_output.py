"""What commands print: JSON for programs, colours and progress for people only (issue 9)."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from mock_eloqua.cli import commands

WITHOUT_JSON = {"serve", "completion", "contracts record", "contracts evidence", "contracts show"}
"""What runs until it is stopped, prints a program, or leaves files."""


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
    one = json.loads(printed("contracts", "list", "login.*", "--json"))[0]["id"]
    arguments = ("contracts", "run", one, "--examples", "1")

    assert "Contracts  [" in on_a_terminal(*arguments, TERM="xterm")
    assert "[" not in CliRunner().invoke(commands, arguments).output.partition("kept")[0]
