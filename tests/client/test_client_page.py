"""What docs/client.md says of the core is so; `tests/pages` runs its Python."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from eloqua_client import Manners, errors

PAGE = Path(__file__).parents[2] / "docs/client.md"
TEXT = PAGE.read_text("utf-8")


def chapter(name):
    """The text below a heading."""
    return re.split(r"^## ", TEXT, flags=re.MULTILINE)[[*headings()].index(name) + 1].partition("\n")[2]


def headings():
    return re.findall(r"^## (.*)$", TEXT, re.MULTILINE)


def test_the_page_lists_every_error_of_the_tree():
    """And no other."""
    tree = {
        name for name, each in vars(errors).items() if isinstance(each, type) and each.__module__ == errors.__name__
    }
    listed = re.findall(r"^\| `(\w+)` \|", chapter("Errors"), re.MULTILINE)

    assert sorted([*listed, "EloquaError"]) == sorted(tree)


def test_the_page_lists_every_setting_of_the_manners_with_its_default():
    """And no other."""
    rows = re.findall(r"^\| (`[^|]*`) \| ([\d., ]+) \|", chapter("Manners and hooks"), re.MULTILINE)
    listed = {
        name: float(default)
        for names, defaults in rows
        for name, default in zip(re.findall(r"`(\w+)`", names), defaults.split(", "), strict=True)
    }

    assert listed == {each.name: each.default for each in fields(Manners)}
