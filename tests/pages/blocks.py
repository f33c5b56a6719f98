"""The code blocks of the pages: where they stand, in which language, what is typed there and what is shown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    str(each.relative_to(ROOT))
    for pattern in ("*.md", "[!.]*/README.md", "docs/**/*.md")
    for each in ROOT.glob(pattern)
    if each.name != "CHANGELOG.md"
)
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([\w-]+\.\w+)`:\s*$")
_CHAPTER = re.compile(r"^## (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str
    chapter: str
    """The last heading of the second order above it."""
    file: str | None
    """The name that the sentence above it gives it: "... this `test_sync.py`:"."""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Typed:
    """A line that is typed into a terminal, and what the page shows of its output."""

    line: int
    command: str
    shown: str


def blocks(page: str, *languages: str, chapter: str | None = None) -> list[Block]:
    """The blocks of a page, those in some languages or below a heading if any are named."""
    text = (ROOT / page).read_text("utf-8")
    found = []
    for each in _BLOCK.finditer(text):
        before = text[: each.start()]
        headings, named = _CHAPTER.findall(before), _FILE.search(before)
        block = Block(
            page,
            before.count("\n") + 1,
            each["language"],
            textwrap.dedent(each["text"]),
            headings[-1] if headings else "",
            named[1] if named else None,
        )
        if (not languages or block.language in languages) and chapter in (None, block.chapter):
            found.append(block)
    return found


def typed(block: Block) -> Iterator[Typed]:
    """The lines of a block of the language `console`: what follows a `$`, continued by a backslash at its end."""
    for each in re.finditer(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
        yield Typed(block.line + 1 + block.text[: each.start()].count("\n"), each[1], each[2])
