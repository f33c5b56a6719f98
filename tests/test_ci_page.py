"""docs/ci.md: the script runs, the files are what GitHub and GitLab take, the options are there."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.pages.blocks import blocks

from mock_eloqua import pytest_plugin

(SCRIPT,) = [each.text for each in blocks("docs/ci.md", "bash")]
GITHUB, GITLAB = [each.text for each in blocks("docs/ci.md", "yaml")]
TOOLS = Path(sys.executable).parent

PROGRAM = """
import sys, urllib.error, urllib.request, os
try:
    urllib.request.urlopen(os.environ["ELOQUA_URL"] + sys.argv[1]).close()
except urllib.error.HTTPError as error:
    error.close()
sys.exit(int(sys.argv[2]))
"""


@pytest.fixture
def with_eloqua(tmp_path):
    """Run a program, which calls a path and ends in a status, by the script of the page."""
    if shutil.which("curl") is None:
        pytest.skip("the script takes curl: apt-get install curl")
    script, program = tmp_path / "with-eloqua", tmp_path / "program.py"
    script.write_text(SCRIPT)
    program.write_text(PROGRAM)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}", "MOCK_ELOQUA_PORT": str(port)}

    def run(path, status=0):
        command = ["bash", str(script), sys.executable, str(program), path, str(status)]
        found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        with socket.socket() as freed:
            assert freed.connect_ex(("127.0.0.1", port)) != 0, "the server is still there"
        return found

    return run


def test_the_script_runs_a_command_beside_an_emulator(with_eloqua, tmp_path):
    """It fails for what the command passed over, and leaves the calls behind."""
    found = with_eloqua("/API/REST/1.0/data/nothings")

    assert found.returncode == 1, found.stderr
    assert '"kind":"unknown-operation"' in found.stdout
    (call,) = json.loads((tmp_path / "eloqua.har").read_text())["log"]["entries"]
    assert call["request"]["url"].endswith("/API/REST/1.0/data/nothings")


def test_the_script_ends_as_its_command_does(with_eloqua):
    """Also when that fails by itself."""
    found = with_eloqua("/id", status=3)

    assert (found.returncode, "called what" in found.stdout) == (3, False), found.stderr


@pytest.mark.parametrize(
    ("schema", "text"), [("vendor.github-workflows", GITHUB), ("vendor.gitlab-ci", GITLAB)], ids=["github", "gitlab"]
)
def test_a_file_is_what_its_product_takes(schema, text, tmp_path):
    """By the schemas that check-jsonschema brings along."""
    check = TOOLS / "check-jsonschema"
    if not check.exists():
        pytest.skip("check-jsonschema is a development dependency")
    file = tmp_path / "file.yml"
    file.write_text(text)
    found = subprocess.run([check, "--builtin-schema", schema, file], capture_output=True, text=True, check=False)  # noqa: S603

    assert found.returncode == 0, found.stdout


def _texts(value):
    if isinstance(value, dict):
        return [each for inner in value.values() for each in _texts(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in _texts(inner)]
    return [str(value)]


def test_the_options_of_pytest_are_there(pytestconfig):
    """Those that the files pass to it, ours and those of xdist."""
    commands = [
        each for text in (GITHUB, GITLAB) for each in _texts(yaml.safe_load(text)) if each.startswith("pytest ")
    ]
    options = {each for command in commands for each in re.findall(r"--[\w-]+", command)}
    known = Path(pytest_plugin.__file__).read_text("utf-8")

    assert len(commands) == 3
    ours = {each for each in options if each.startswith("--eloqua")}
    assert ours == {"--eloqua-profile", "--eloqua-target", "--eloqua-control-token"}
    assert [each for each in ours if f'"{each}"' not in known] == []
    assert [
        each for each in options - ours if each.lstrip("-") not in vars(pytestconfig.option) and each != "--junitxml"
    ] == []
