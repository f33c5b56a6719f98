"""Commands of the contract kit: `contracts list`, `run`, `clean`."""

from mock_eloqua.cli.contracts import clean, run
from mock_eloqua.cli.contracts.group import contracts

__all__ = ["clean", "contracts", "run"]
