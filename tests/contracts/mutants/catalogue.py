"""All mutants, by name."""

from tests.contracts.mutants import bulk, platform, rest, soap
from tests.contracts.mutants.mutant import Mutant

MUTANTS: dict[str, Mutant] = {
    each.name: each for each in (*platform.MUTANTS, *rest.MUTANTS, *bulk.MUTANTS, *soap.MUTANTS)
}
