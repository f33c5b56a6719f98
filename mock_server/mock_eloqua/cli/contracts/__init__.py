"""Commands of the contract kit: `contracts list`, `run`, `show`, `calibrate`, `clean` and others."""

from mock_eloqua.cli.contracts import calibrate, clean, evidence, reports, run
from mock_eloqua.cli.contracts.group import contracts

__all__ = ["calibrate", "clean", "contracts", "evidence", "reports", "run"]
