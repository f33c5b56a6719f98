"""Commands of the contract kit: `contracts list`, `run`, `calibrate`, `clean` and others."""

from mock_eloqua.cli.contracts import calibrate, clean, run
from mock_eloqua.cli.contracts.group import contracts

__all__ = ["calibrate", "clean", "contracts", "run"]
