"""A user who signs in rightly and wrongly, with pauses (`platform` 1.8)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from eloqua_contracts.catalogue.lockout import ATTEMPTS, MINUTES, expect_signed_in, fail
from eloqua_contracts.contract import Need, Sure, contract
from eloqua_contracts.pod import Pod

_LOCK = MINUTES * 60


@contract(
    "login.lock-lives",
    sure=Sure.DOC,
    source="platform 1.8",
    needs=[Need.LOCKOUT, Need.PASSWORD, Need.CLOCK],
)
class LockLives(RuleBasedStateMachine):
    """Five wrong passwords, less than five minutes after each other, lock a user for five minutes; no others do."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._now = 0
        self._wrong: list[int] = []
        """When wrong passwords came that count."""
        self._locked_until = 0
        self._pass(2 * _LOCK)

    @property
    def _is_locked(self) -> bool:
        return self._now < self._locked_until

    @precondition(lambda self: not self._is_locked)
    @rule()
    def fail(self) -> None:
        """A wrong password, while there is no lock."""
        if self._wrong and self._now - self._wrong[-1] >= _LOCK:
            self._wrong.clear()
        fail(self._pod, 1)
        self._wrong.append(self._now)
        if len(self._wrong) == ATTEMPTS:
            self._locked_until = self._now + _LOCK
            self._wrong.clear()

    @rule()
    def sign_in(self) -> None:
        """The right password; what it does to the count is not known, so that the count is let run out."""
        expect_signed_in(self._pod, not self._is_locked, f"after {len(self._wrong)} that count")
        if self._wrong:
            self._pass(_LOCK)
            self._wrong.clear()

    @rule(seconds=st.sampled_from([50, 100, 150, 250, 300, 400]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self._pass(seconds)

    def _pass(self, seconds: int) -> None:
        self._pod.clock.advance(seconds=seconds)
        self._now += seconds
