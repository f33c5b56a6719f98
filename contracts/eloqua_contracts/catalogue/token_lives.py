"""Tokens of a user, however they are got, refreshed and used, and however long that takes (`platform` 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from eloqua_contracts.catalogue.oauth_tokens import (
    DAYS_OF_A_REFRESH,
    HOURS,
    by_password,
    called,
    expect_refusal,
    expect_tokens,
    refreshed,
)
from eloqua_contracts.contract import Need, Sure, contract
from eloqua_contracts.pod import Pod

_MINUTE = 60
_MARGIN = 30
"""Seconds around an end in which nothing is asked: calls take time."""
_LIVES = {"access_token": HOURS * 3600, "refresh_token": DAYS_OF_A_REFRESH * 24 * 3600}


@dataclass
class _Token:
    text: str
    age: float = 0
    is_used: bool = False


@contract(
    "oauth.token-lives",
    sure=Sure.DOC,
    source="platform 1.5, Q7, Q8",
    needs=[Need.OAUTH, Need.PASSWORD, Need.CLOCK],
)
class TokenLives(RuleBasedStateMachine):
    """A refresh token serves once and for a year, an access token for eight hours, whatever comes between."""

    def __init__(self, pod: Pod) -> None:
        super().__init__()
        self._pod = pod
        self._access: list[_Token] = []
        self._refresh: list[_Token] = []

    @initialize()
    def begin(self) -> None:
        """The first tokens."""
        self.sign_in()

    @rule()
    def sign_in(self) -> None:
        """A password gives tokens, a minute after the last time."""
        self._pass(_MINUTE + 1)
        self._keep(by_password(self._pod).expect(200).json())

    @rule(place=st.integers(0, 9))
    def refresh(self, place: int) -> None:
        """A refresh token, used or not, in its life or after it."""
        token = self._refresh[place % len(self._refresh)]
        if self._at_its_end(token, "refresh_token"):
            return
        found = refreshed(self._pod, token.text)
        if token.is_used or token.age > _LIVES["refresh_token"]:
            expect_refusal(found)
            return
        expect_tokens(found)
        token.is_used = True
        self._keep(found.json())

    @rule(place=st.integers(0, 9))
    def use(self, place: int) -> None:
        """An access token, in its life or after it, whatever was refreshed meanwhile."""
        token = self._access[place % len(self._access)]
        if not self._at_its_end(token, "access_token"):
            called(self._pod, token.text).expect(200 if token.age < _LIVES["access_token"] else 401)

    @rule(hours=st.sampled_from([1, 4, 7, 9]))
    def wait_for_hours(self, hours: int) -> None:
        """Time passes."""
        self._pass(hours * 3600)

    @precondition(lambda self: self._refresh[0].age < _LIVES["refresh_token"])
    @rule(days=st.sampled_from([100, 300]))
    def wait_for_days(self, days: int) -> None:
        """Much time passes."""
        self._pass(days * 24 * 3600)

    def _pass(self, seconds: int) -> None:
        self._pod.clock.advance(seconds=seconds)
        for each in (*self._access, *self._refresh):
            each.age += seconds

    def _keep(self, given: dict[str, Any]) -> None:
        self._access.append(_Token(given["access_token"]))
        self._refresh.append(_Token(given["refresh_token"]))

    def _at_its_end(self, token: _Token, kind: str) -> bool:
        return abs(token.age - _LIVES[kind]) < _MARGIN
