"""Commands of the contract kit: `contracts list`, `run`, `show`, `compare`, `calibrate`, `clean` and others."""

from mock_eloqua.cli.contracts import calibrate, clean, compare, evidence, reports, run
from mock_eloqua.cli.contracts.group import contracts

__all__ = ["calibrate", "clean", "compare", "contracts", "evidence", "reports", "run"]
