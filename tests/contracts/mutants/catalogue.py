"""All mutants, by name."""

from tests.contracts.mutants import bulk, oauth, platform, rest, soap, soap_records, soap_wire
from tests.contracts.mutants.mutant import Mutant

_MODULES = (platform, oauth, rest, bulk, soap_wire, soap_records, soap)
MUTANTS: dict[str, Mutant] = {each.name: each for module in _MODULES for each in module.MUTANTS}
