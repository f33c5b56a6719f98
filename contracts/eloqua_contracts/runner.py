"""Holds a POD to contracts: each one with examples that Hypothesis draws, down to the smallest that breaks it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

import httpx2
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

from eloqua_contracts.contract import Contract, Need, Unmet
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.masking import Mask
from eloqua_contracts.pod import Pod, Unavailable

T = TypeVar("T")


class Verdict(StrEnum):
    """What came of holding a POD to a contract."""

    HELD = "held"
    BROKEN = "broken"
    SKIPPED = "skipped"
    UNKNOWN = "not yet known"
    """It could not be found out: there was no answer, or no budget left to ask."""


@dataclass(frozen=True)
class Outcome:
    """Of one contract, for one version of its face."""

    contract: Contract
    version: str
    verdict: Verdict
    why: str = ""
    """What is broken, or why it was skipped."""
    drawn: tuple[str, ...] = ()
    """The smallest example that breaks it; of a state machine, its steps."""
    exchanges: tuple[Exchange, ...] = ()
    """The calls of that example; without secrets."""
    seconds: float = 0.0
    """How long it took."""

    @property
    def name(self) -> str:
        """The contract's id, with the version where there are several."""
        return f"{self.contract.id} {self.version}" if self.version else self.contract.id


@dataclass(frozen=True)
class Profile:
    """How hard to look."""

    examples: int = 10
    bulk_examples: int | None = None
    """Of contracts that make things through Bulk, whose calls are few a day; None: as of others."""
    steps: int = 12
    """Of each run of a state machine."""
    shrinks_writes: bool = True
    """Examples that change something are made smaller; not on a live POD, where each try changes it again."""
    shrinks: bool = True
    """Any examples are made smaller."""
    derandomized: bool = True
    """The same examples in each run."""

    def with_examples(self, examples: int | None) -> Profile:
        """The same with so many examples of every contract; None: the same."""
        return replace(self, examples=examples, bulk_examples=None) if examples else self

    def examples_of(self, contract: Contract) -> int:
        """How many."""
        if self.bulk_examples and contract.face == "bulk" and Need.WRITES in contract.needs:
            return self.bulk_examples
        return self.examples


class Spent(Exception):
    """The target has been asked enough; the text says what is used up."""


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
            started = time.monotonic()
            outcome = _held(contract, version, pod_for, profile)
            yield replace(outcome, seconds=time.monotonic() - started)


def _held(contract: Contract, version: str, pod_for: Callable[[], Pod], profile: Profile) -> Outcome:
    drawn: list[str] = []
    exchanges: list[Exchange] = []
    mask = Mask()
    try:
        pod = pod_for()
        pod.version, exchanges, mask = version, pod.exchanges, pod.mask
        if missing := contract.needs - pod.gives:
            raise Unavailable(_listed(missing))  # noqa: TRY301  told like what a check meets
        _hold(contract, pod, profile, drawn)
    except Unavailable as lacking:
        return Outcome(contract, version, Verdict.SKIPPED, f"takes {lacking}")
    except Spent as spent:
        return Outcome(contract, version, Verdict.UNKNOWN, str(spent))
    except httpx2.TransportError as error:
        verdict, why = Verdict.UNKNOWN, f"no answer: {type(error).__name__} {error}"
    except Unmet as unmet:
        verdict, why = Verdict.BROKEN, str(unmet)
    except FlakyFailure as flaky:
        verdict, why = Verdict.BROKEN, f"not each time: {'; '.join(map(str, flaky.exceptions))}"
    except Exception as error:  # noqa: BLE001  what the emulator keeps stumbles over nothing but an answer
        verdict, why = Verdict.BROKEN, f"an answer has another form: {type(error).__name__} {error}"
    else:
        return Outcome(contract, version, Verdict.HELD)
    told = tuple(mask.text(each) for each in drawn)
    return Outcome(contract, version, verdict, mask.text(why), told, tuple(map(mask.exchange, exchanges)))


def _hold(contract: Contract, pod: Pod, profile: Profile, drawn: list[str]) -> None:
    """Try a check; *drawn* and the POD's exchanges are those of the last example, the smallest that fails."""
    if contract.is_machine:
        _run_machine(contract, pod, profile, drawn)
    elif contract.draws:
        _with_examples(contract, pod, profile, drawn)
    else:
        contract.check(pod)


def _with_examples(contract: Contract, pod: Pod, profile: Profile, drawn: list[str]) -> None:
    @_settings(profile, contract)
    @given(data=st.data())
    def attempt(data: Any) -> None:
        pod.begin()
        draw = _Drawn(data)
        try:
            contract.check(pod, draw=draw)
        finally:
            drawn[:] = draw.told

    attempt()


def _run_machine(contract: Contract, pod: Pod, profile: Profile, drawn: list[str]) -> None:
    def begin(machine: Any) -> None:
        pod.begin()
        kind.__init__(machine, pod)

    kind: Any = contract.check
    machine = type(kind.__name__, (kind,), {"__init__": begin})  # Hypothesis makes its machines without arguments
    try:
        run_state_machine_as_test(
            machine, settings=settings(_settings(profile, contract), stateful_step_count=profile.steps)
        )
    except Exception as error:
        drawn.extend(line for note in getattr(error, "__notes__", ()) for line in note.splitlines() if "state." in line)
        raise


def _settings(profile: Profile, contract: Contract) -> settings:
    shrinks = profile.shrinks and (profile.shrinks_writes or Need.WRITES not in contract.needs)
    return settings(
        max_examples=profile.examples_of(contract),
        deadline=None,
        database=None,
        derandomize=profile.derandomized,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
    )


def _listed(needs: Iterable[Need]) -> str:
    return ", ".join(sorted(needs))
