"""Defects of Bulk."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = ()
