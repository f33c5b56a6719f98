"""Defects of SOAP."""

from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = ()
