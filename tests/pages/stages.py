"""What a page supposes to be there before its first line, and what has come of it after its last."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from tests import postgresql
from tests.pages.blocks import ROOT, blocks
from tests.pages.declared import otherwise
from tests.pages.languages import OWN, run_python
from tests.pages.terminal import DEFAULT, Terminal

from mock_eloqua.control_client import ControlClient

SAYS = {
    "docs/authentication.md": [
        '"name":"MockCo"',
        '"access_token"',
        '"total":0',
        '"locked":true',
        '"sso_only_login":"basic"',
        '"nextRefresh":"lost"',
    ],
    "docs/client.md": [
        "MockCo\n",
        "api.user\n",
        f"http://{DEFAULT}/auth/oauth2/authorize?response_type=code",
        f"-> GET http://{DEFAULT}/id\n",
        "<- 200",
        "['Base', 'DataCardSet', 'Form']",
        "pageSize The value must fall within",
        "Countess Ms. 20",
        "1 ada@example.test\n",
        "Peru CMOCK000000000001\n",
        "2025-10-09 08:53:20+00:00 Spring news\n['Spring guests']\n['ada@example.test']\n",
        "ALG-1 20",
        "Emails",
        "warning 0 created, 1 rejected\nrow 2 ",
        "ada@example.test 20",
    ],
    "docs/contracts.md": ["held rest.account.unknown-id 1.0\nheld rest.account.unknown-id 2.0\n"],
    "docs/control.md": ["Ada\n400 setting put_semantics takes replace or merge, not 'sometimes'\n"],
    "docs/index.md": ["@fjordline"],
    "docs/trouble.md": [f'"base":"http://{DEFAULT}/pod/p06"'],
    "README.md": ['"total":1'],
}
"""Some of what a page prints, in its order."""

Stage = Callable[[Terminal], AbstractContextManager[None]]


def stage(page: str) -> Stage:
    """That of a page."""
    return STAGES.get(page, lambda _: nullcontext())


@contextmanager
def _in_the_project(terminal: Terminal) -> Iterator[None]:
    """In its folder."""
    (terminal.folder / "examples").symlink_to(ROOT / "examples")
    yield


@contextmanager
def _with_a_sync(terminal: Terminal) -> Iterator[None]:
    """Which is the reader's own."""
    shutil.copy(OWN / "my_sync.py", terminal.folder)
    yield


@contextmanager
def _with_answers_to_copy(terminal: Terminal) -> Iterator[None]:
    """Tokens and codes are copied from answer to call; afterwards the app of the seed can refresh."""
    terminal.copied = {"ACCESS_TOKEN": r'"access_token": *"([^"]+)"', "CODE": r"[?&]code=([^&\s]+)"}
    yield
    app = "2b1d4b0c-9f0e-4a57-8a3d-0c5f0e2f9a11:hush"
    body = "-d grant_type=refresh_token -d refresh_token=a-refresh-token"
    assert "access_token" in terminal.type(f"curl -u {app} {body} http://{DEFAULT}/auth/oauth2/token")


@contextmanager
def _with_ada(terminal: Terminal) -> Iterator[None]:
    """She has opened an e-mail, and is in a file of people. What the first run saved serves the second."""
    (terminal.folder / "people.csv").write_text("email,first\nada@example.test,Ada\n", "utf-8")
    (terminal.folder / "own.yaml").write_text("""
contacts: [{emailAddress: ada@example.test, country: Peru}]
activities: [{type: emailOpen, contact: ada@example.test, at: 1760000000, asset: Spring news}]
""")
    terminal.type("mock-eloqua seed own.yaml")
    terminal.type("mock-eloqua settings sync_timing=instant")
    yield
    for block in blocks("docs/client.md", "python", chapter="Signing in"):
        run_python(block, terminal)


@contextmanager
def _with_files(terminal: Terminal) -> Iterator[None]:
    """Two seeds."""
    (terminal.folder / "seed.yaml").write_text("contacts: [{emailAddress: ada@example.test}]")
    (terminal.folder / "people.csv").write_text("emailAddress\nben@example.test\n")
    yield


@contextmanager
def _in_a_container(terminal: Terminal) -> Iterator[None]:
    """What the image starts."""
    terminal.type("MOCK_ELOQUA_CONTROL_TOKEN=t0ken mock-eloqua serve")
    yield


@contextmanager
def _with_an_emulator_to_hold(terminal: Terminal) -> Iterator[None]:
    """To the contract of the page, once it is there."""
    yield
    (contract,) = terminal.folder.glob("program_*.py")
    terminal.type(f"python {OWN / 'held.py'} {contract.name}")


@contextmanager
def _with_records(terminal: Terminal) -> Iterator[None]:
    """Of two PODs; the live one is here."""
    terminal.stand_ins["https://login.eloqua.com"] = f"http://{DEFAULT}"
    terminal.type(otherwise("mock-eloqua contracts run --json mock.json"))
    shutil.copy(terminal.folder / "mock.json", terminal.folder / "live.json")
    yield
    made = {each.name for each in terminal.folder.iterdir()}
    assert {"contracts.xml", "contracts.html", "beside.html", "acme.jsonl", "calls.jsonl"} <= made


@contextmanager
def _with_postgresql(terminal: Terminal) -> Iterator[None]:
    """Where there is one."""
    if not postgresql.answers():
        terminal.missing["postgresql://"] = f"no PostgreSQL at {postgresql.URL}"
        yield
        return
    with postgresql.store() as store:
        terminal.stand_ins["postgresql://postgres@127.0.0.1/eloqua"] = store
        yield
        terminal.close()


@contextmanager
def _with_syncs(terminal: Terminal) -> Iterator[None]:
    """Two that wait, and an export that has ended."""
    bulk = f"http://{DEFAULT}/API/Bulk/2.0"
    curl = "curl -H 'Content-Type: application/json' -u 'MockCo\\api.user:s3cret'"
    fields = '{"name": "n", "fields": {"e": "{{Contact.Field(C_EmailAddress)}}"}}'
    terminal.type("mock-eloqua settings sync_timing=manual")
    terminal.type(f"{curl} -d '{fields}' {bulk}/contacts/exports")
    for _ in range(3):
        terminal.type(f'{curl} -d \'{{"syncedInstanceUri": "/contacts/exports/1"}}\' {bulk}/syncs')
    terminal.type(f"curl -X POST http://{DEFAULT}/_mock/syncs/3/release")
    while '"success"' not in terminal.type(f"{curl} {bulk}/syncs/3"):
        time.sleep(0.02)
    yield
    with ControlClient(terminal.here(f"http://{DEFAULT}")) as control:
        assert len(control.faults().items) == 2
        assert control.clock().factor == 60


STAGES: dict[str, Stage] = {
    "README.md": _in_the_project,
    "docs/authentication.md": _with_answers_to_copy,
    "docs/client.md": _with_ada,
    "docs/command-line.md": _with_files,
    "docs/containers.md": _in_a_container,
    "docs/contract-reports.md": _with_records,
    "docs/contracts.md": _with_an_emulator_to_hold,
    "docs/index.md": _with_a_sync,
    "docs/server.md": _with_postgresql,
    "docs/trouble.md": _with_syncs,
}
