"""Defects of Bulk, by where they are."""

from tests.contracts.mutants.bulk import definitions, engine, face, first, language, telling
from tests.contracts.mutants.mutant import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *face.MUTANTS,
    *definitions.MUTANTS,
    *engine.MUTANTS,
    *telling.MUTANTS,
    *language.MUTANTS,
    *first.MUTANTS,
)
