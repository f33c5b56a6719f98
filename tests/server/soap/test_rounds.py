"""SOAP toolkits of several languages: each loads the four descriptions and does a round of real work, see clients/."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.server.bulk.conftest import Bulk
from tests.server.rest.canvases import CAMPAIGN, line, started, where

CLIENTS = Path(__file__).parent / "clients"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mock-eloqua/soap-clients"
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8", "NO_PROXY": "127.0.0.1", "NODE_PATH": str(CACHE / "node_modules")}
NAME = "Zoë <Ada> & 李"
SERVICES = {"Service": 25, "DataTransferService": 7, "EmailService": 24, "ExternalActionService": 4}

ROUND = {
    "operations": "25 7 24 4",
    "created": "42 43",
    "taken": "DuplicateValue",
    "updated": "true",
    "retrieved": NAME,
    "missing": "true",
    "found": "2 ada@soap.test bob@soap.test",
    "joined": "true",
    "deleted": "true",
    "invalid": "ValidationFault searchQuery pageNumber pageSize",
    "deployed": "Complete",
    "sent": "News",
    "unknown": "RecordNotFoundFault",
    "imported": "Complete",
    "unreadable": "InvalidFileType",
    "exported": "Complete",
    "file": "cem@soap.test,Cem,Öz",
    "waiting": "1",
    "claimed": "InProgress",
    "done": "Complete",
    "nowhere": "UnexpectedErrorFault",
    "stranger": "a:FailedAuthentication",
}
"""What each toolkit says that it read."""


@dataclass(frozen=True)
class Stack:
    """A toolkit: the command that does its round, one that succeeds where it is installed, and how it gets there."""

    command: tuple[str, ...]
    is_there: tuple[str, ...] = ("true",)
    install: str = ""
    reads_mtom: bool = True


INSTALL_NODE = "tests/server/soap/clients/install_node"
NODE = ("sh", "-c", f"node --version && cmp '{CLIENTS}/package-lock.json' '{CACHE}/made-from'")
PHP = ("php", "-r", "exit(class_exists('SoapClient') ? 0 : 1);")
PERL = ("perl", "-MSOAP::Lite", "-MMIME::Parser", "-e1")
JAVA = ("sh", "-c", "command -v javac && command -v wsimport")
STACKS = {
    "zeep": Stack((sys.executable, "zeep_round.py")),
    "suds": Stack((sys.executable, "suds_round.py"), reads_mtom=False),
    "node": Stack(("node", "round.js"), NODE, INSTALL_NODE),
    "php": Stack(("php", "round.php"), PHP, "apt-get install php-cli php-soap", reads_mtom=False),
    "perl": Stack(("perl", "round.pl"), PERL, "apt-get install libsoap-lite-perl"),
    "java": Stack(("sh", "round_java"), JAVA, "apt-get install default-jdk-headless jaxws"),
}
FOREIGN = {"php", "perl", "java"}
"""Those that .ci/run tries once, not on every store."""


def needs(command, install):
    """Skip the test where a command does not succeed."""
    try:
        succeeds = not subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False).returncode  # noqa: S603
    except FileNotFoundError:
        succeeds = False
    if not succeeds:
        pytest.skip(f"not installed: {install}")


def said(*command):
    """What a command printed."""
    done = subprocess.run(  # noqa: S603
        command, env=ENVIRONMENT, cwd=CLIENTS, capture_output=True, encoding="utf-8", timeout=250, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def campaign(http, eloqua):
    """The id of a campaign with contact 1 at the step of a connector; 40 more contacts; lists 1 and 2."""
    eloqua.clock.freeze()
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    eve, *guests = [{"emailAddress": f"{name}@example.test"} for name in ("eve", *range(40))]
    waiting = {"name": "Waiting", "members": [eve["emailAddress"]]}
    eloqua.seed(contacts=[eve, *guests], lists=[waiting, {"name": "Friends"}])
    enter = {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]}
    connector = {"type": "CampaignCloudAction", "id": "-2", "instanceId": "x", "outputTerminals": [line("-3")]}
    return started(http, eloqua, enter, connector, {"type": "CampaignYes", "id": "-3"})


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[pytest.mark.foreign] * (each in FOREIGN)) for each in STACKS]
)
def test_a_toolkit_does_a_round_of_work(name, eloqua, http, rest, connection, campaign):
    """[client] soap-1.2.md 3.1, 12.4: with a timestamp, as strictly as WCF reads; PHP and suds read no MTOM."""
    stack = STACKS[name]
    needs(stack.is_there, stack.install)
    strict = {"strict_soap_action": True, "soap_member_order": "contract", "soap_require_timestamp": True}
    eloqua.set(soap_mtom="always" if stack.reads_mtom else "asked", **strict)
    bulk = Bulk(connection, eloqua.basic_auth)
    definitions = [uri.rpartition("/")[2] for uri in (bulk.define_import(), bulk.define_export())]
    step = http.get(f"{CAMPAIGN}/{campaign}").json()["elements"][1]["id"]

    lines = said(*stack.command, eloqua.base_url, *eloqua.basic_auth, *definitions, step).splitlines()

    assert dict(each.split(": ", 1) for each in lines) == ROUND
    assert rest.get("/data/contact/42").json()["firstName"] == NAME
    assert rest.get("/data/contact/43").status_code == 404
    assert rest.get("/assets/contact/list/2").json()["count"] == "1"
    assert [(each.to, each.subject) for each in eloqua.outgoing("mail")] == [("ada@soap.test", NAME)]
    assert eloqua.contact("cem@soap.test")["lastName"] == "Öz"
    assert where(http, campaign) == [0, 0, 1]


@pytest.mark.foreign
@pytest.mark.parametrize(("service", "operations"), SERVICES.items())
def test_gsoap_makes_a_proxy_of_a_description(service, operations, eloqua, tmp_path):
    """[wsdl] soap-1.2.md 1: C++ with a method for each operation."""
    needs(("sh", "-c", "command -v wsdl2h && command -v soapcpp2"), "apt-get install gsoap")
    said("wsdl2h", "-o", f"{tmp_path}/made.h", f"{eloqua.base_url}/API/1.2/{service}.svc?wsdl")
    said("soapcpp2", "-j", "-C", "-x", "-d", str(tmp_path), "-I/usr/share/gsoap/import", f"{tmp_path}/made.h")

    (proxy,) = tmp_path.glob("soap*Proxy.h")
    assert proxy.read_text().count("virtual int send_") == operations
