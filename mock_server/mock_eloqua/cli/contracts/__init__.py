"""Commands of the contract kit: hold a POD to contracts, compare two, record and replay, calibrate, clean."""

from mock_eloqua.cli.contracts import calibrate, clean, compare, evidence, recordings, reports, run
from mock_eloqua.cli.contracts.group import contracts

__all__ = ["calibrate", "clean", "compare", "contracts", "evidence", "recordings", "reports", "run"]
