"""Holds a POD to contracts and keeps all that was said: to be compared, recorded, or taken as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from eloqua_contracts.contract import Contract
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.runner import Outcome, Profile, Verdict, held


@dataclass(frozen=True)
class Heard:
    """All that one POD answered for one contract."""

    outcome: Outcome
    pod: Pod | None
    """None: it could not be had."""
    examples: list[list[Exchange]]


def heard(contracts: Iterable[Contract], pod_for: Callable[[], Pod], profile: Profile) -> Iterator[Heard]:
    """Hold a POD to each contract, and keep the exchanges of every example, as they were."""
    for contract in contracts:
        for version in contract.versions or ("",):
            yield _heard(replace(contract, versions=(version,) if version else ()), pod_for, profile)


def _heard(contract: Contract, pod_for: Callable[[], Pod], profile: Profile) -> Heard:
    pods: list[Pod] = []

    def remembering() -> Pod:
        pod = pod_for()
        pod.examples = []
        pod.refresh_tokens = {}  # what is kept of a contract must make sense without another
        pods.append(pod)
        return pod

    outcome = next(iter(held([contract], remembering, profile)))
    if not pods:
        return Heard(outcome, None, [])
    pod = pods[0]
    pod.begin()
    examples = pod.examples or []
    if outcome.verdict is Verdict.BROKEN and (contract.draws or contract.is_machine):
        examples.pop()  # the one that broke it was tried again
    return Heard(outcome, pod, examples)
