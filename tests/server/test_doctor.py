"""`mock-eloqua doctor` names what people stumble over, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from mock_eloqua.cli import commands
from mock_eloqua.control_client import ControlClient
from mock_eloqua.doctor import Finding, findings
from mock_eloqua.embedded import EloquaSite

OPTIONS = {"MOCK_ELOQUA_PORT": "--port"}


@pytest.fixture
def control(eloqua: EloquaSite) -> Iterator[ControlClient]:
    with ControlClient(eloqua.base_url, site=eloqua.name) as client:
        yield client


def told(control: ControlClient, **environment: str) -> dict[str, Finding]:
    """What is found, by what it is about."""
    return {each.what: each for each in findings(control, OPTIONS, environment)}


def test_a_good_set_up_has_nothing_bad(control: ControlClient) -> None:
    """All extras are here, and the server answers."""
    found = told(control)

    assert [each for each in found.values() if each.good is False] == []
    assert found[control.url].told.startswith("answers: version")
    assert found["extra postgres"].told == "installed"


@pytest.mark.parametrize(
    ("environment", "what", "said"),
    [
        ({"MOCK_ELOQUA_PROT": "1"}, "MOCK_ELOQUA_PROT", "means nothing"),
        ({"HTTP_PROXY": "http://proxy:3128"}, "HTTP_PROXY", "NO_PROXY=localhost,127.0.0.1"),
        ({"SSL_CERT_FILE": "/nowhere.pem"}, "SSL_CERT_FILE", "no file"),
    ],
)
def test_a_wrong_variable_is_named(control: ControlClient, environment: dict[str, str], what: str, said: str) -> None:
    """With what to write instead."""
    found = told(control, **environment)[what]

    assert found.good is False
    assert said in found.told


def test_a_variable_that_is_read_and_a_proxy_that_is_passed_are_fine(control: ControlClient) -> None:
    """The first is worth knowing."""
    found = told(control, MOCK_ELOQUA_PORT="1", HTTP_PROXY="http://proxy:3128", NO_PROXY="127.0.0.1, x")

    assert (found["MOCK_ELOQUA_PORT"].good, found["MOCK_ELOQUA_PORT"].told) == (
        None,
        "is set: the commands take it as --port",
    )
    assert "HTTP_PROXY" not in found


def test_what_a_test_left_behind_is_worth_knowing(eloqua: EloquaSite, control: ControlClient) -> None:
    """A clock that stands, an outage, faults, a locked user."""
    eloqua.clock.freeze()
    eloqua.fault(status=503)
    eloqua.maintain()
    control.set_user("marketer", locked=True)

    found = told(control)

    assert found["clock"].told.startswith("is frozen, at ")
    assert found["faults"].told.startswith("1 planted")
    assert found["outage"].good is None
    assert found["users"].told.startswith("marketer locked")


def test_nobody_at_home_is_bad(free_url: str) -> None:
    """And the command that starts one is named; exit code 1 of both commands."""
    with ControlClient(free_url) as control:
        found = told(control)[free_url]
    assert found.good is False
    assert found.told.endswith("start one with mock-eloqua serve")

    assert CliRunner().invoke(commands, ["doctor", "--url", free_url]).exit_code == 1
    assert CliRunner().invoke(commands, ["health", "--url", free_url]).exit_code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_the_command(shell: str) -> None:
    """By the script that click writes."""
    found = CliRunner().invoke(commands, ["completion", shell])

    assert found.exit_code == 0
    assert "_MOCK_ELOQUA_COMPLETE" in found.output


@pytest.fixture
def free_url() -> str:
    """Where nobody listens."""
    return "http://127.0.0.1:1"
