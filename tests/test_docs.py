"""What the pages say is so."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import shlex
import tomllib
from pathlib import Path
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner
from fastapi.routing import APIRoute

from mock_eloqua import MockEloqua, pytest_plugin, releases
from mock_eloqua.access import profiles
from mock_eloqua.cli import commands
from mock_eloqua.control.app import SUBJECTS
from mock_eloqua.crm import seed_documents
from mock_eloqua.embedded import ClockControl, EloquaSite
from mock_eloqua.plugin import live
from mock_eloqua.settings import Settings

ROOT = Path(__file__).parent.parent
README, SERVER, PYTEST, SOAP, CONTROL, COMMAND_LINE, CLIENT = (
    ROOT / name
    for name in (
        "README.md",
        "docs/server.md",
        "docs/pytest.md",
        "docs/soap.md",
        "docs/control.md",
        "docs/command-line.md",
        "docs/client.md",
    )
)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def blocks(page, language):
    """The code blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


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


def test_the_lines_of_the_command_line_page_work(eloqua, tmp_path, monkeypatch):
    """One after the other, as somebody types them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOCK_ELOQUA_URL", eloqua.base_url)
    monkeypatch.setenv("MOCK_ELOQUA_CA_FOLDER", str(tmp_path / "ca"))
    (tmp_path / "seed.yaml").write_text("contacts: [{emailAddress: ada@example.test}]")
    (tmp_path / "people.csv").write_text("emailAddress\nben@example.test\n")
    for block in blocks(COMMAND_LINE, "console"):
        urlopen(f"{eloqua.base_url}/id").close()  # noqa: S310  http
        for line in block.splitlines():
            program, *arguments = shlex.split(line.removeprefix("$ "))
            found = CliRunner().invoke(commands, arguments)

            assert (program, found.exit_code) == ("mock-eloqua", 0), f"{line}: {found.output}"


def test_the_python_of_the_control_page_works(eloqua, capsys):
    """Against the server of the test."""
    (example,) = blocks(CONTROL, "python")

    exec(example.replace("http://127.0.0.1:8080", eloqua.base_url), {})  # noqa: S102  our own page

    ada, refused = capsys.readouterr().out.splitlines()
    assert ada == "Ada"
    assert refused == "400 setting put_semantics takes replace or merge, not 'sometimes'"


def recipes_for(face):
    """The code blocks of a section of the client page."""
    _, _, section = CLIENT.read_text("utf-8").partition(f"\n## {face}\n")
    return re.findall(r"^```python\n(.*?)^```", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


SAID = (
    "Countess Ms. 20",
    "1 ada@example.test\nPeru CMOCK000000000001\n",
    "2025-10-09 08:53:20+00:00 Spring news\n['Spring guests']\n['ada@example.test']\n",
    "ALG-1 20",
    "Emails",
)
"""By the recipes for REST, for Ada."""


@pytest.mark.parametrize("recipe", range(len(SAID)))
def test_the_recipes_for_rest_on_the_client_page_work(recipe, eloqua, eloqua_client, capsys):
    """Each by itself: `eloqua` is a client that is signed in, and Ada is a contact who has opened an e-mail."""
    opened = {"type": "emailOpen", "contact": "ada@example.test", "at": 1_760_000_000, "asset": "Spring news"}
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "country": "Peru"}], activities=[opened])
    recipes = recipes_for("REST")

    assert len(recipes) == len(SAID)
    exec(recipes[recipe], {"eloqua": eloqua_client})  # noqa: S102  our own page
    assert SAID[recipe] in capsys.readouterr().out


@pytest.mark.parametrize("recipe", range(4))
def test_the_recipes_for_bulk_on_the_client_page_work(recipe, eloqua, eloqua_client, tmp_path, monkeypatch):
    """Each by itself: `eloqua` is a client that is signed in, and there is a file of people."""
    eloqua.set(sync_timing="instant")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("email,first\nada@example.test,Ada\n", "utf-8")
    recipes = recipes_for("Bulk")

    assert len(recipes) == 4
    exec(recipes[recipe], {"eloqua": eloqua_client})  # noqa: S102  our own page


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


def test_the_config_file_of_the_server_page_would_be_taken():
    """Options, switches, changes and thresholds exist."""
    (example,) = blocks(SERVER, "toml")
    found = tomllib.loads(example)

    Settings().changed(found.pop("settings"))
    releases.check_changes(found.pop("changes"))
    profiles.read(found.pop("profiles"))
    assert {f"--{name}" for name in found} <= options_of("serve").keys()


def test_the_seed_of_the_server_page_can_be_planted(eloqua):
    """Word for word, and the form too."""
    for example in blocks(SERVER, "yaml"):
        eloqua.seed(**seed_documents.of_yaml(example.encode()))

    assert eloqua.contact("ada@example.test")["firstName"] == "Ada"
    assert eloqua.as_user("reader").credentials["password"] == "s3cret"


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


@pytest.mark.parametrize("page", [README, PYTEST], ids=lambda page: page.name)
def test_python_on_a_page_compiles(page):
    """Examples are read before they are run."""
    examples = blocks(page, "python")

    assert examples
    for example in examples:
        ast.parse(example)


def test_the_example_of_the_readme_passes(pytester):
    """As somebody who copies it into a file."""
    if importlib.util.find_spec("httpx2") is None:
        pytest.skip("httpx2 is a development dependency")
    (example,) = blocks(README, "python")
    pytester.makepyfile(example)

    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_the_soap_page_shows_lines_of_programs_that_are_tried():
    """tests/server/soap/test_rounds.py runs them."""
    languages = ["python", "javascript", "php", "perl", "sh", "java"]
    shown = {
        language: {line.strip() for each in blocks(SOAP, language) for line in each.splitlines()}
        for language in languages
    }
    programs = [each.read_text("utf-8") for each in (ROOT / "tests/server/soap/clients").iterdir() if each.is_file()]
    tried = {line.strip() for each in programs for line in each.splitlines()}

    assert all(shown.values())
    assert [line for lines in shown.values() for line in lines if line not in tried] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
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
