"""What stands in the code blocks of the pages can be typed: commands parse, calls are answered, Python compiles."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from mock_eloqua.cli import commands

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
EXAMPLE = "http://127.0.0.1:8080"


def blocks(*languages: str) -> Iterator[tuple[str, str]]:
    """The page and the text of each block in one of these languages."""
    for page in PAGES:
        pattern = rf"^[ ]*```(?:{'|'.join(languages)})\n(.*?)^[ ]*```"
        for found in re.findall(pattern, page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            yield page.name, found


def typed(program: str) -> list[tuple[str, list[str]]]:
    """The page and the arguments of each line that is typed into a terminal and begins with *program*."""
    found = []
    for page, block in blocks("console"):
        for line in block.replace("\\\n", " ").splitlines():
            text = line.strip().removeprefix("$ ")
            if line.strip().startswith("$ ") and text.startswith(f"{program} "):
                found.append((page, shlex.split(text.removesuffix(" &"), comments=True)[1:]))
    return found


def names(found: list[tuple[str, list[str]]]) -> list[str]:
    return [f"{page} {' '.join(arguments)[:60]}" for page, arguments in found]


COMMANDS, CURLS = typed("mock-eloqua"), [each for each in typed("curl") if each[0] != "trouble.md"]
"""`test_trouble_page.py` runs those of its page in their order."""


@pytest.mark.parametrize(("page", "arguments"), COMMANDS, ids=names(COMMANDS))
def test_a_command_on_a_page_parses(page: str, arguments: list[str], tmp_path, monkeypatch) -> None:
    """Down to its last option and value; nothing is run."""
    monkeypatch.chdir(tmp_path)
    for each in arguments:
        if re.fullmatch(r"[\w-]+\.(csv|db|json|jsonl|toml|yaml)", each):
            (tmp_path / each).write_text("")
    command: click.Command = commands
    context = click.Context(commands, info_name="mock-eloqua")
    while isinstance(command, click.Group) and not arguments[0].startswith("-"):
        name, *arguments = arguments
        command = command.commands[name]
        if not isinstance(command, click.Group):
            context = command.make_context(name, arguments, parent=context)
    assert context.command is command
    context.close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
@pytest.mark.parametrize(("page", "arguments"), CURLS, ids=names(CURLS))
def test_a_call_on_a_page_is_answered(page: str, arguments: list[str], eloqua, tmp_path) -> None:
    """As the page says: well, but for the contact that is not there."""
    if not any(EXAMPLE in each for each in arguments):
        pytest.skip("it goes to another server")
    if any("t0ken" in each for each in arguments):
        pytest.skip("it is for a server with a token")
    here = [each.replace(EXAMPLE, eloqua.base_url) for each in arguments]
    command = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", *here]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603

    wanted = "404" if any(each.endswith("/contact/99") for each in arguments) else "2"
    assert done.stdout.startswith(wanted), done.stdout


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("python")}))
def test_python_on_every_page_compiles(page: str) -> None:
    """Pages whose Python runs have tests of their own."""
    for name, block in blocks("python"):
        if name == page:
            compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_toml_on_every_page_is_toml() -> None:
    """Config files, credentials."""
    found = list(blocks("toml"))
    assert len(found) > 2
    for _, block in found:
        tomllib.loads(block)


def test_the_test_of_the_first_page_passes(eloqua) -> None:
    """With a sync that does what the page says."""
    import httpx2

    (block,) = [block for page, block in blocks("python") if page == "index.md"]
    said = []

    def run_my_sync(*, base_url: str, login_url: str, site: str, username: str, password: str) -> None:
        said.append(login_url)
        with httpx2.Client(auth=(f"{site}\\{username}", password), base_url=base_url) as client:
            (ada,) = client.get("/API/REST/2.0/data/contacts", params={"search": "ada*"}).json()["elements"]
            body = {"id": ada["id"], "emailAddress": ada["emailAddress"], "firstName": "Ada"}
            assert client.put(f"/API/REST/2.0/data/contact/{ada['id']}", json=body).status_code == 200

    scope: dict[str, Any] = {"run_my_sync": run_my_sync}
    exec(block, scope)  # noqa: S102  our own page
    scope["test_the_nightly_sync"](eloqua)
    assert said == [eloqua.login_url]
