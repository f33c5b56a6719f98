"""docs/contracts.md: an emulator is held to the contract of the page, which is the argument."""

import runpy
import sys

from eloqua_contracts import runner
from eloqua_contracts.contract import CONTRACTS
from eloqua_contracts.targets import mock

runpy.run_path(sys.argv[1])
with mock.started() as emulator:
    for outcome in runner.held([CONTRACTS["rest.account.unknown-id"]], emulator.pod, runner.Profile(examples=2)):
        print(outcome.verdict, outcome.contract.id, outcome.version)
