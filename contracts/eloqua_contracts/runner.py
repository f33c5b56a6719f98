"""Holds a POD to contracts: each one with examples that Hypothesis draws, down to the smallest that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import httpx2
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from eloqua_contracts.contract import Contract, Need, Unmet
from eloqua_contracts.pod import Exchange, Pod, Unavailable

T = TypeVar("T")


class Verdict(StrEnum):
    """What came of holding a POD to a contract."""

    HELD = "held"
    BROKEN = "broken"
    SKIPPED = "skipped"
    TROUBLE = "trouble"
    """It could not be found out: there was no answer."""


@dataclass(frozen=True)
class Outcome:
    """Of one contract, for one version of its face."""

    contract: Contract
    version: str
    verdict: Verdict
    why: str = ""
    """What is broken, or why it was skipped."""
    drawn: tuple[str, ...] = ()
    """The smallest example that breaks it."""
    exchanges: tuple[Exchange, ...] = ()
    """The calls of that example."""

    @property
    def name(self) -> str:
        """The contract's id, with the version where there are several."""
        return f"{self.contract.id} {self.version}" if self.version else self.contract.id


@dataclass(frozen=True)
class Profile:
    """How hard to look."""

    examples: int = 10
    shrinks: bool = True
    """Destructive examples are not made smaller on a live POD."""
    derandomized: bool = True
    """The same examples in each run."""


@dataclass
class _Drawn:
    data: st.DataObject
    told: list[str] = field(default_factory=list)

    def __call__(self, strategy: SearchStrategy[T]) -> T:
        found: T = self.data.draw(strategy)
        self.told.append(repr(found))
        return found


def held(contracts: Iterable[Contract], pod_for: Callable[[], Pod], profile: Profile) -> Iterator[Outcome]:
    """Hold a POD to contracts, one after the other; *pod_for* gives a clean one for each."""
    for contract in contracts:
        for version in contract.versions or ("",):
            yield _held(contract, version, pod_for, profile)


def _held(contract: Contract, version: str, pod_for: Callable[[], Pod], profile: Profile) -> Outcome:
    pod = pod_for()
    pod.version = version
    if missing := contract.needs - pod.gives:
        return Outcome(contract, version, Verdict.SKIPPED, f"takes {_listed(missing)}")
    drawn: list[str] = []
    try:
        if contract.draws:
            _with_examples(contract, pod, profile, drawn)
        else:
            contract.check(pod)
    except Unavailable as lacking:
        return Outcome(contract, version, Verdict.SKIPPED, f"takes {lacking}")
    except httpx2.TransportError as error:
        verdict, why = Verdict.TROUBLE, f"no answer: {type(error).__name__} {error}"
    except Unmet as unmet:
        verdict, why = Verdict.BROKEN, str(unmet)
    except Exception as error:  # noqa: BLE001  what the emulator keeps stumbles over nothing but an answer
        verdict, why = Verdict.BROKEN, f"an answer has another form: {type(error).__name__} {error}"
    else:
        return Outcome(contract, version, Verdict.HELD)
    return Outcome(contract, version, verdict, why, tuple(drawn), tuple(pod.exchanges))


def _with_examples(contract: Contract, pod: Pod, profile: Profile, drawn: list[str]) -> None:
    """Try examples; *drawn* and the POD's exchanges are those of the last, which is the smallest that fails."""

    @settings(
        max_examples=profile.examples,
        deadline=None,
        database=None,
        derandomize=profile.derandomized,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if profile.shrinks else [Phase.generate],
    )
    @given(data=st.data())
    def attempt(data: Any) -> None:
        pod.exchanges.clear()
        draw = _Drawn(data)
        try:
            contract.check(pod, draw=draw)
        finally:
            drawn[:] = draw.told

    attempt()


def _listed(needs: Iterable[Need]) -> str:
    return ", ".join(sorted(needs))
