"""`mock-eloqua ca`: which authority to trust, and how."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner

from mock_eloqua.cli import commands
from mock_eloqua.tls.authority import authority


def run(*arguments):
    return CliRunner().invoke(commands, ["ca", *map(str, arguments)])


def test_it_prints_where_the_certificate_is_and_how_to_trust_it(tmp_path):
    """Made if there is none; each line can be pasted into a shell."""
    said = run("--ca-folder", tmp_path / "my ca")
    file = tmp_path / "my ca/ca.pem"

    assert said.output.splitlines()[0] == str(file)
    assert authority(tmp_path / "my ca").certificate == file
    assert shlex.split(f"export NODE_EXTRA_CA_CERTS='{file}'") in [
        shlex.split(line) for line in said.output.splitlines()
    ]
    for client in ("curl", "requests", "httpx", "Node", "Java", ".NET", "Ruby", "Go", "PHP"):
        assert client in said.output


def test_it_says_so_as_json(tmp_path):
    """For programs."""
    said = json.loads(run("--ca-folder", tmp_path, "--json").output)

    assert said["certificate"] == str(tmp_path / "ca.pem")
    assert {"clients": "Ruby", "commands": [f"export SSL_CERT_FILE={tmp_path}/ca.pem"]} in said["trust"]


def test_it_writes_the_certificate_to_a_file(tmp_path):
    """And speaks of that one then."""
    said = run("--ca-folder", tmp_path / "ca", "--out", tmp_path / "trusted.pem")

    assert (tmp_path / "trusted.pem").read_bytes() == (tmp_path / "ca/ca.pem").read_bytes()
    assert said.output.splitlines()[0] == str(tmp_path / "trusted.pem")
    assert f"{tmp_path}/ca/ca.pem" not in said.output


@pytest.mark.parametrize(
    ("option", "said"), [("--ca-folder", "name another --ca-folder"), ("--out", "cannot be written")]
)
def test_what_cannot_be_used_is_one_line(option, said, tmp_path):
    """No traceback."""
    refused = run("--ca-folder", tmp_path / "ca", option, f"{__file__}/x")

    assert refused.exit_code == 1
    assert said in refused.output
    assert refused.output.count("\n") == 1
