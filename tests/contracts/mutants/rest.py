"""Defects of REST."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "rest: the size of a page is another",
        "rest/handlers.py",
        '"pageSize": page.size,',
        '"pageSize": page.size - 1,',
        ("rest.contacts.*",),
    ),
)
