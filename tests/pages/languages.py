"""What is done with a block of each language: it is typed, run, or given to what reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.pages.blocks import Block, typed
from tests.pages.declared import otherwise, why_not
from tests.pages.terminal import Terminal

Step = tuple[str, Callable[[Terminal], object]]
"""Where it stands, and what is done."""

OWN = Path(__file__).with_name("readers_own")
"""What a page leaves to its reader, such as the program that is tested: it comes before its Python."""
READ_BY = {
    ("docs/authentication.md", "yaml"): ("seed.yaml", "seed"),
    ("docs/contracts.md", "toml"): ("credentials.toml", "contracts clean --site MyCompany --credentials"),
    ("docs/releases.md", "toml"): ("config.toml", "serve --config"),
    ("docs/server.md", "csv"): ("contacts.csv", "serve --seed"),
    ("docs/server.md", "toml"): ("config.toml", "serve --config"),
    ("docs/server.md", "yaml"): ("seed.yaml", "seed"),
}
"""The name that a file gets, and the command that takes it."""
_VARIES = {
    r"(Mock Eloqua |\"version\": \")\d[\w.]*": r"\1<version>",
    r"127\.0\.0\.1:(0|[34]\d{4})": "127.0.0.1:<free>",
}
"""What is another each time, to what stands for all."""


def steps(block: Block) -> Iterator[Step]:
    """What is to be done with a block, in order.

    Raises:
        LookupError: nobody has said what.
    """
    if block.language == "console":
        for each in typed(block):
            if not why_not(each.command):
                yield f"{block.page}:{each.line}", partial(_type, each.command, each.shown)
    elif block.language == "sh":
        yield str(block), partial(_type, block.text.strip(), "")
    elif block.language == "python":
        yield str(block), partial(run_python, block)
    elif (block.page, block.language) in READ_BY:
        yield str(block), partial(_give, block)
    elif block.file:
        yield str(block), partial(_write, block)
    elif block.language == "text" and block.text.startswith("http://"):
        yield str(block), partial(_type, f"curl '{block.text.strip()}'", "")
    elif not why_not(block.text):
        raise LookupError(f"{block}: tests/pages/declared.py does not say what {block.language or 'this'} is for")


def run_python(block: Block, terminal: Terminal) -> None:
    """A program runs, tests pass; what has a name is a file, which a line of the page asks for."""
    own = OWN / Path(block.page).with_suffix(".py").name
    text = f"{own.read_text('utf-8')}\n\n{block.text}" if own.exists() else block.text
    has_tests = re.search(r"^def test_", block.text, re.MULTILINE)
    name = block.file or f"{'test' if has_tests else 'program'}_{block.line}.py"
    (terminal.folder / name).write_text(terminal.here(text), "utf-8")
    if not block.file:
        terminal.type(f"{'pytest' if has_tests else 'python'} {name}")


def _write(block: Block, terminal: Terminal) -> None:
    """A program that a line of the page starts."""
    (terminal.folder / str(block.file)).write_text(terminal.here(block.text), "utf-8")


def _type(command: str, shown: str, terminal: Terminal) -> None:
    """A line prints what is shown, in which a line of `...` stands for any others."""
    said = terminal.type(otherwise(command), is_refused=shown.startswith("HTTP/1.1 4"))
    if shown:
        wanted = re.escape(_always(shown)).replace(re.escape("...\n"), "(?:.*\n)*.*")
        assert re.fullmatch(wanted, _always(said)), said


def _always(text: str) -> str:
    for pattern, name in _VARIES.items():
        text = re.sub(pattern, name, text)
    return text


def _give(block: Block, terminal: Terminal) -> None:
    name, command = READ_BY[block.page, block.language]
    (terminal.folder / name).write_text(block.text, "utf-8")
    terminal.type(f"mock-eloqua {command} {name}")
