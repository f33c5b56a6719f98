"""Programs that have the live host names built in, see unmodified/, started as docs/unmodified-clients.md says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.pages.blocks import blocks
from tests.server.soap.test_rounds import CACHE, INSTALL_NODE, NODE, needs

from mock_eloqua import MockEloqua
from mock_eloqua.tls.authority import authority

PROGRAMS = Path(__file__).parent / "unmodified"
TAKE_ALONG, *STARTS = [each.text for each in blocks("docs/unmodified-clients.md", "sh")]

SAID = {
    "base": "https://secure.p04.eloqua.com",
    "created": "201",
    "found": "1 ada@example.test",
    "stranger": "Not authenticated.",
}
"""What each program prints, but for what the reference client makes of a wrong password."""
FOREIGN = ("node", "java", "ruby", "go", "php")
"""Languages that the project itself does without."""
FETCH = "process.exit(process.allowedNodeEnvironmentFlags.has('--use-env-proxy') ? 0 : 1)"
TOOLS = {
    "sh client.sh": (("curl", "--version"), "apt-get install curl"),
    "python client.py": ((sys.executable, "-c", "import requests"), "pip install requests"),
    "python reference.py": ((sys.executable, "-c", "import eloqua_client"), "pip install 'mock-eloqua[client]'"),
    "node client.js": (NODE, INSTALL_NODE),
    "node fetching.js": (("node", "--eval", FETCH), "node 22.21, or 24.5 and later"),
    "node --require ./through_proxy.js fetching.js": (NODE, INSTALL_NODE),
    "java Client.java": (
        ("sh", "-c", "command -v javac && command -v keytool"),
        "apt-get install default-jdk-headless",
    ),
    "ruby client.rb": (("ruby", "--version"), "apt-get install ruby"),
    "go run client.go": (("go", "version"), "apt-get install golang-go"),
    "php client.php": (("php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"), "apt-get install php-cli php-curl"),
}
"""Start of a program to a command that succeeds where its toolkit is installed, and how it gets there."""


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """A site behind a proxy."""
    with MockEloqua(proxy=0, ca_folder=tmp_path_factory.mktemp("ca")) as eloqua:
        yield eloqua


@pytest.fixture(scope="module")
def environment(proxied):
    """That of the tests, without what may be said in it about proxies and authorities."""
    plain = {name: value for name, value in os.environ.items() if not re.search("proxy|SSL_|_CA_", name, re.IGNORECASE)}
    return plain | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "MOCK_ELOQUA_CA_FOLDER": str(proxied.server.ca_file.parent),
        "NODE_PATH": str(CACHE / "node_modules"),
        "GOCACHE": str(CACHE / "go"),
    }


@pytest.fixture(scope="module")
def trusting(proxied, environment, tmp_path_factory):
    """A folder with the programs and, as the page has it, the certificate to trust."""
    folder = shutil.copytree(PROGRAMS, tmp_path_factory.mktemp("trusting") / "programs")
    assert started(TAKE_ALONG, proxied, folder, environment).returncode == 0
    return folder


@pytest.fixture(scope="module")
def wary(tmp_path_factory):
    """The same with the certificate of another authority."""
    folder = shutil.copytree(PROGRAMS, tmp_path_factory.mktemp("wary") / "programs")
    shutil.copy(authority(folder / "other").certificate, folder)
    return folder


def started(lines, proxied, folder, environment):
    """What came of lines of the page."""
    here = lines.replace("8081", str(urlsplit(proxied.server.proxy_url).port))
    return subprocess.run(  # noqa: S603  our own page
        ["sh", "-euc", here],  # noqa: S607
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def program(lines):
    """The last line without what it is started with."""
    words = shlex.split(lines.splitlines()[-1])
    return " ".join(word for word in words if "=" not in word).replace(" -d ", " ")


EACH_PROGRAM = pytest.mark.parametrize(
    "lines",
    [
        pytest.param(each, marks=[pytest.mark.foreign] * program(each).startswith(FOREIGN), id=program(each))
        for each in STARTS
    ],
)


@EACH_PROGRAM
def test_a_program_works_as_it_is(lines, proxied, trusting, environment):
    """Issue 9, 4: certificate checks on, and not one line changed."""
    needs(*TOOLS[program(lines)])
    proxied.reset()

    done = started(lines, proxied, trusting, environment)

    assert done.returncode == 0, done.stdout + done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    stranger = said.pop("stranger")
    assert said == {name: value for name, value in SAID.items() if name != "stranger"}
    assert SAID["stranger"] in stranger or program(lines) == "python reference.py"
    assert proxied.contact("ada@example.test")


@EACH_PROGRAM
def test_a_program_checks_the_certificate(lines, proxied, wary, environment):
    """Who trusts another authority does not come through: the checks are on in the test above."""
    needs(*TOOLS[program(lines)])

    refused = started(lines, proxied, wary, environment)

    assert refused.returncode != 0
    assert "created" not in refused.stdout
    assert re.search("certificate|PKIX|unable_to_verify|issuer", refused.stderr + refused.stdout, re.IGNORECASE)


def test_the_test_on_the_page_passes(environment, monkeypatch):
    """In the folder of the programs."""
    (example,) = blocks("docs/unmodified-clients.md", "python")
    monkeypatch.chdir(PROGRAMS)
    monkeypatch.setattr(os, "environ", environment)
    found: dict[str, Any] = {}
    exec(example.text, found)  # noqa: S102  our own page

    found["test_the_job_makes_ada"]()


def test_the_page_starts_every_program():
    """And no other; what it shows of one is in it."""
    (shown,) = blocks("docs/unmodified-clients.md", "javascript")

    assert list(map(program, STARTS)) == list(TOOLS)
    assert [each.name for each in PROGRAMS.iterdir() if each.is_file() and each.name not in " ".join(STARTS)] == []
    assert shown.text in (PROGRAMS / "through_proxy.js").read_text("utf-8")
