"""Every code block of the pages does what its page says, in the order in which somebody types them."""

from __future__ import annotations

import re
import shlex
import shutil

import click
import pytest
from tests.pages.blocks import PAGES, ROOT, blocks, typed
from tests.pages.declared import ELSEWHERE, NOT_RUN, OTHERWISE, why_not
from tests.pages.languages import READ_BY, steps
from tests.pages.stages import SAYS, STAGES, stage
from tests.pages.terminal import Missing, Terminal

from mock_eloqua.cli import commands

ALL = [block for page in PAGES for block in blocks(page)]
HERE = [block for block in ALL if not any(each.has(block) for each in ELSEWHERE)]
LINES = [line for block in ALL if block.language == "console" for line in typed(block)]


@pytest.mark.skipif(shutil.which("curl") is None, reason="not installed: apt-get install curl")
@pytest.mark.parametrize("page", sorted({block.page for block in HERE}))
def test_the_blocks_of_a_page_do_what_it_says(page, tmp_path, subtests):
    """From its first to its last, in one folder, with the servers that it starts."""
    with Terminal(tmp_path) as terminal:
        with stage(page)(terminal):
            for where, step in [step for block in HERE if block.page == page for step in steps(block)]:
                with subtests.test(where):
                    try:
                        step(terminal)
                    except Missing as missing:
                        pytest.skip(str(missing))
        terminal.close()
    said = terminal.said
    for text in SAYS.get(page, ()):
        assert text in said
        said = said.partition(text)[2]


def test_nothing_is_declared_that_no_page_has():
    """What was once an exception is none for ever."""
    texts = [line.command for line in LINES] + [block.text for block in ALL if block.language != "console"]

    assert [each for each in [*NOT_RUN, *OTHERWISE] if not any(re.search(each, text) for text in texts)] == []
    assert [each for each in ELSEWHERE if not any(map(each.has, ALL))] == []
    assert READ_BY.keys() <= {(block.page, block.language) for block in HERE}
    assert STAGES.keys() | SAYS.keys() <= {block.page for block in HERE}


@pytest.mark.parametrize("each", ELSEWHERE, ids=lambda each: f"{each.page} {each.languages}")
def test_a_test_that_is_named_reads_the_blocks(each):
    """By the reader of blocks."""
    asked = re.findall(rf'blocks\(\s*"{each.page}"((?:, "\w+")+)', (ROOT / each.by).read_text("utf-8"))

    assert set(each.languages.split()) == set(re.findall(r"\w+", "".join(asked)))


def test_lines_to_type_begin_with_a_prompt():
    """Else nobody would run them."""
    assert [str(block) for block in ALL if block.language == "console" and not block.text.startswith("$ ")] == []


def test_a_file_with_a_name_is_asked_for():
    """Else nobody would run it."""
    asked = {block.page: "".join(block.text for block in blocks(block.page, "console")) for block in HERE if block.file}
    named = [block for block in HERE if block.file]

    assert named
    assert [str(block) for block in named if f" {block.file}\n" not in asked[block.page]] == []


@pytest.mark.parametrize(
    "line", [each.command for each in LINES if each.command.startswith("mock-eloqua ") and why_not(each.command)]
)
def test_a_command_that_is_not_run_parses(line, tmp_path, monkeypatch):
    """Down to its last option and value."""
    _, *words = shlex.split(line)
    monkeypatch.chdir(tmp_path)
    command: click.Command = commands
    while isinstance(command, click.Group):
        name, *words = words
        command = command.commands[name]
    command.make_context(name, words).close()
