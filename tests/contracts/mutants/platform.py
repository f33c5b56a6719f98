"""Defects of login, OAuth, permissions, thresholds."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = ()
