"""What the pages say is so; `tests/pages` runs their code blocks."""

from __future__ import annotations

import inspect
import re

import click
import pytest
from fastapi.routing import APIRoute
from tests.pages.blocks import ROOT, blocks

from mock_eloqua import MockEloqua, pytest_plugin
from mock_eloqua.cli import commands
from mock_eloqua.control.app import SUBJECTS
from mock_eloqua.embedded import ClockControl, EloquaSite
from mock_eloqua.plugin import live

SERVER, PYTEST, COMMAND_LINE = (ROOT / f"docs/{name}.md" for name in ("server", "pytest", "command-line"))
TEXTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def rows(page):
    """The rows of the tables of a page: the names in code in the first cell, and the whole line."""
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("| `"):
            first = line.split(" | ")[0]
            yield re.findall(r"`([^`]+)`", first), line


def options_of(command):
    """The options of a command by their names."""
    return {each.opts[0]: each for each in commands.commands[command].params if isinstance(each, click.Option)}


def test_the_server_page_lists_every_option_with_its_default():
    """And no other."""
    listed = {names[0]: line for names, line in rows(SERVER) if names[0].startswith("--")}
    options = options_of("serve")

    assert listed.keys() == options.keys()
    for name, option in options.items():
        default = option.default if isinstance(option.default, str | int) else None
        assert default is None or f"| `{default}` |" in listed[name]


def test_the_command_line_page_names_every_command_and_option():
    """`serve` is on the server page."""
    text = COMMAND_LINE.read_text("utf-8")
    others = [name for name in commands.commands if name != "serve"]

    assert [name for name in others if f"$ mock-eloqua {name}" not in text] == []
    assert [(name, each) for name in others for each in options_of(name) if f"{each}" not in text] == []


def test_every_option_of_the_command_has_its_variable():
    """docs/server.md: MOCK_ELOQUA_<OPTION>; how a single start is told is no such thing."""
    for name, option in options_of("serve").items():
        assert name == "--json" or option.envvar == f"MOCK_ELOQUA_{name.strip('-').replace('-', '_').upper()}"


def test_the_server_page_lists_every_call_of_the_control_api():
    """And no other; the published contracts have a row of their own kind."""
    served = {
        (method, each.path.replace(":path}", "}"))
        for subject in SUBJECTS
        for each in subject.router.routes
        if isinstance(each, APIRoute)
        for method in each.methods or ()
    }
    listed, waiting = set(), []
    for _, line in rows(SERVER):
        for method, path in re.findall(r"(GET|PUT|POST|DELETE)|(/_mock[^\s`]*)", line.split(" | ")[0]):
            waiting += [method] if method else []
            if path:
                listed |= {(each, path) for each in waiting}
                waiting = []

    assert {each for each in listed if "openapi" not in each[1]} == {
        each for each in served if "openapi" not in each[1]
    }


def test_the_pytest_page_lists_every_fixture_and_option():
    """And no other."""
    listed = {names[0] for names, _ in rows(PYTEST)}
    source = inspect.getsource(pytest_plugin)
    fixtures = set(re.findall(r"@pytest\.fixture.*\ndef (\w+)", source))
    options = set(re.findall(r'addoption\(\s*"([^"]+)"', source + inspect.getsource(live)))

    assert {"eloqua", "eloqua_server", "eloqua_client", "eloqua_intercept"} <= fixtures
    assert fixtures <= listed
    assert {name for name in listed if name.startswith("--")} == options


def test_the_pytest_page_names_all_that_the_fixture_has():
    """Public names of the site and its clock, and the arguments of `MockEloqua`."""
    text = PYTEST.read_text("utf-8")
    of_site = {name for name in vars(EloquaSite) if not name.startswith("_")} | {"base_url", "login_url"}
    of_clock = {name for name in vars(ClockControl) if not name.startswith("_")}
    arguments = set(inspect.signature(MockEloqua).parameters)

    assert [name for name in sorted(of_site) if not re.search(rf"`{name}[`(]", text)] == []
    assert [name for name in sorted(of_clock) if f".{name}" not in text] == []
    assert [name for name in sorted(arguments) if f"`{name}`" not in text] == []


def test_the_soap_page_shows_lines_of_programs_that_are_tried():
    """tests/server/soap/test_rounds.py runs them."""
    shown = blocks("docs/soap.md", "python", "javascript", "php", "perl", "sh", "java")
    programs = [each.read_text("utf-8") for each in (ROOT / "tests/server/soap/clients").iterdir() if each.is_file()]
    tried = {line.strip() for each in programs for line in each.splitlines()}

    assert [line for each in shown for line in each.text.splitlines() if line.strip() not in tried] == []


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    """A file that exists, and a heading in it."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}, target


def test_every_decision_says_why_and_at_what_price():
    """10 to 25 lines, under a number of its own."""
    records = sorted((ROOT / "docs/decisions").glob("*.md"))

    numbers = [each.name[:3] for each in records]
    assert len(set(numbers)) == len(numbers)
    for record in records:
        text = record.read_text("utf-8")
        assert text.startswith(f"# {record.name[:3]} "), record.name
        assert "**Decision.**" in text, record.name
        assert "**Why" in text, record.name
