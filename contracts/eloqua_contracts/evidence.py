"""What a run of contracts shows of each operation: separate facts, yes or no, which nobody adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eloqua_contracts.contract import Contract, Sure
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.hearing import heard
from eloqua_contracts.pod import FULL, Pod
from eloqua_contracts.runner import Outcome, Profile, Verdict
from eloqua_contracts.things import seen_again

KeyOf = Callable[[Exchange], str]
"""The operation of an exchange, as declarations name it; empty where there is none."""
_REFUSES = frozenset({400, 404, 409, 412, 413})


class Axis(StrEnum):
    """One thing that is so of an operation or not."""

    ROUTED = "routed"
    """It was called and did what it is for."""
    VALIDATED = "validated"
    """It was called wrongly and said so."""
    STATEFUL = "stateful"
    """What it did, another call saw; or it saw what another had done."""
    THRESHOLDS = "thresholds"
    """It refused what was over a threshold."""
    PERMISSIONS = "permissions"
    """It refused a user without the right."""
    CONTRACT = "held by a contract"
    """A contract that calls it was held."""
    RECORDING = "agrees with a recording"
    """A contract whose fact was recorded on a live POD was held with it."""


@dataclass
class Evidence:
    """Of all operations, by their key."""

    axes: dict[str, set[Axis]] = field(default_factory=dict)
    contracts: dict[str, set[str]] = field(default_factory=dict)
    """The contracts that called it and were held."""

    def note(self, outcome: Outcome, exchanges: Iterable[tuple[str, Exchange]]) -> None:
        """Learn from the exchanges of a contract, each with the key of its operation."""
        done = [(key, each) for key, each in exchanges if key]
        for key, each in done:
            self.axes.setdefault(key, set()).update(_shown_by(each))
        for key in seen_again([(key, each) for key, each in done if _went_well(each)]):
            self.axes[key].add(Axis.STATEFUL)
        if outcome.verdict is not Verdict.HELD:
            return
        for key in {key for key, each in done if _went_well(each)}:
            self.contracts.setdefault(key, set()).add(outcome.contract.id)
            self.axes[key].add(Axis.CONTRACT)
            if outcome.contract.sure is Sure.RECORDED:
                self.axes[key].add(Axis.RECORDING)

    def recorded(self) -> dict[str, Any]:
        """As JSON has it: operation to its axes that are so and the contracts that show it."""
        return {
            key: {
                "yes": [axis.value for axis in Axis if axis in axes],
                "contracts": sorted(self.contracts.get(key, ())),
            }
            for key, axes in sorted(self.axes.items())
        }


def gathering(
    evidence: Evidence, contracts: Iterable[Contract], pod_for: Callable[[], Pod], profile: Profile, key_of: KeyOf
) -> Iterator[Outcome]:
    """Hold a POD to contracts, and let *evidence* learn from each."""
    for each in heard(contracts, pod_for, profile):
        evidence.note(each.outcome, [(key_of(one), one) for example in each.examples for one in example])
        yield each.outcome


def _went_well(exchange: Exchange) -> bool:
    return exchange.real_status < 400


def _shown_by(exchange: Exchange) -> Iterator[Axis]:
    """What one exchange shows by itself."""
    if _went_well(exchange):
        yield Axis.ROUTED
    status = exchange.real_status
    is_fault = status == 500 and b"Fault" in exchange.body
    if status == 429 or (is_fault and b"TimeInterval" in exchange.body):
        yield Axis.THRESHOLDS
    elif status in _REFUSES or is_fault:
        yield Axis.VALIDATED
    if status in {401, 403} and exchange.user not in {FULL, "nobody", "app"}:
        yield Axis.PERMISSIONS
