"""Mutants can be put in, and the kit notices a sample of them; `python -m tests.contracts.mutants` tries all."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from tests.contracts.mutants.catalogue import MUTANTS
from tests.contracts.mutants.trial import tried

_CHANCE = Random(os.environ.get("MOCK_ELOQUA_TEST_SEED", "mutants"))  # noqa: S311  no secret
SAMPLE = _CHANCE.sample(sorted(MUTANTS), min(4, len(MUTANTS)))


@pytest.mark.parametrize("name", MUTANTS)
def test_what_a_mutant_changes_is_there(name: str) -> None:
    """Else the emulator has changed, and the mutant must follow."""
    compile(MUTANTS[name].source(), MUTANTS[name].file, "exec")


def test_the_page_lists_what_is_not_noticed() -> None:
    """With the reason, nothing else, and how many there are."""
    text = (Path(__file__).parents[2] / "docs/contracts.md").read_text("utf-8")
    unnoticed = [each for each in MUTANTS.values() if each.unnoticed]

    assert len(unnoticed) <= 0.05 * len(MUTANTS)
    assert f"holds {len(MUTANTS)} small defects" in text
    assert f"with {len(MUTANTS) - len(unnoticed)} of them a contract breaks" in text
    _, _, table = text.partition("| defect | |\n| --- | --- |\n")
    rows = table.partition("\n\n")[0].splitlines()
    assert sorted(rows) == sorted(f"| `{each.name}` | {each.unnoticed} |" for each in unnoticed)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_mutant_is_noticed(name: str) -> None:
    """The sample moves with MOCK_ELOQUA_TEST_SEED."""
    found = next(iter(tried([MUTANTS[name]])))

    assert not found.trouble
    assert found.noticed is not bool(MUTANTS[name].unnoticed)
