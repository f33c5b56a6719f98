"""The core: a call becomes signed attempts at the right host, and ends in an answer or in one error of the tree."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar

from eloqua_client import verdicts
from eloqua_client.calls import Answer, Call, Pause, SignIn, Steps
from eloqua_client.errors import (
    AuthenticationError,
    ConnectionTrouble,
    EloquaError,
    NotFound,
    ServerTrouble,
    ThresholdExceeded,
)
from eloqua_client.identity import Identity, identity
from eloqua_client.manners import Manners, Pace, pause_before_repeat
from eloqua_client.sign_in import LOGIN_URL, Auth

T = TypeVar("T")
Verdict: TypeAlias = Callable[[Call, Answer], EloquaError | None]


class Session:
    """What is known of one user's Eloqua, and how to ask it.

    Args:
        auth: who asks.
        base_url: the POD, where it is known; else the login host is asked once.
    """

    def __init__(
        self,
        auth: Auth,
        *,
        login_url: str = LOGIN_URL,
        base_url: str | None = None,
        manners: Manners | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.auth = auth
        self.login_url = login_url.rstrip("/")
        self.base_url = base_url.rstrip("/") if base_url else ""
        self.manners = manners or Manners()
        self.identity: Identity | None = None
        self.stamp = 0
        """Counts sign-ins that changed something: a call that was refused before the last of them may be repeated."""
        self._pace = Pace(self.manners)
        self.clock = clock

    def json(self, call: Call) -> Steps[Any]:
        """Send a call; the JSON that answers it. See `ask`."""
        return self.ask(call, Answer.json)

    def ask(self, call: Call, read: Callable[[Answer], T], verdict: Verdict = verdicts.error) -> Steps[T]:
        """Send a call; what *read* makes of the answer, unless *verdict* finds something wrong with it.

        A 401 is looked into as Oracle asks for: `/id` tells whether the sign-in has ended (then it is renewed and the
        call repeated), the site has moved (repeated there), or a right is missing.

        Raises:
            EloquaError: of the kind that the answer means.
        """
        if not self.stamp or not self.auth.is_ready:
            yield SignIn(self.stamp)
        stamp = self.stamp
        try:
            return (yield from self._attempts(call, read, verdict))
        except AuthenticationError as refused:
            yield SignIn(stamp)
            if self.stamp == stamp:
                raise verdicts.permission_denied(refused) from refused
        try:
            return (yield from self._attempts(call, read, verdict))
        except AuthenticationError as refused:
            raise verdicts.permission_denied(refused) from refused

    def who(self) -> Steps[Identity]:
        """Who is signed in; asked once.

        Raises:
            AuthenticationError: nobody is.
        """
        while self.identity is None:  # once, or twice where so far the base URL was enough
            yield SignIn(self.stamp)
        return self.identity

    def sign_in(self, stale: int) -> Steps[None]:
        """See to it that the sign-in is newer than *stale*, if one can be had. One worker at a time.

        Raises:
            AuthenticationError: Eloqua does not know the user.
        """
        if self.stamp != stale:
            return
        before = self.base_url
        renewed = False if self.auth.is_ready else (yield from self._renew())
        if stale == 0 and self.base_url:
            self.stamp += 1
            return
        try:
            yield from self._identify()
        except AuthenticationError:
            if renewed or not (yield from self._renew()):
                raise
            renewed = True
            yield from self._identify()
        if renewed or self.base_url != before:
            self.stamp += 1

    def _identify(self) -> Steps[None]:
        call = Call("GET", "/id", "id", repeatable=True)
        found = yield from self._attempts(call, identity, verdicts.error)
        if found is None:
            call = call.at(self.login_url, {})
            raise AuthenticationError("Not authenticated. (check site, user and password, or sign in anew)", call=call)
        self.identity, self.base_url = found, found.base_url

    def _renew(self) -> Steps[bool]:
        asking = self.auth.renew()
        refused: AuthenticationError | None = None
        try:
            call = next(asking)
            while True:
                call = replace(call, host=self.login_url)
                answer = yield call
                trouble = verdicts.error(call, answer)
                if isinstance(trouble, ServerTrouble | ThresholdExceeded):
                    raise trouble
                if trouble is not None:
                    said = f"{answer.status} {answer.reason} (the grant was refused: sign in anew)"
                    refused = AuthenticationError(said, call=call, answer=answer, failures=trouble.failures)
                call = asking.send(answer)
        except StopIteration as end:
            if not end.value and refused is not None:
                raise refused from None
            return bool(end.value)

    def _attempts(self, call: Call, read: Callable[[Answer], T], verdict: Verdict) -> Steps[T]:
        """Send a call, and again while its trouble is one that passes."""
        attempt = 0
        perhaps_done = False
        while True:
            if wait := self._pace.wait(call, self.clock()):
                yield Pause(wait)
            host = self.login_url if call.face == "id" else self.base_url
            sent = call.at(host, {} if call.face == "soap" else self.auth.headers())  # SOAP signs in its envelope
            trouble: EloquaError | None
            try:
                answer = yield sent
                trouble = verdict(sent, answer)
            except ConnectionTrouble as lost:
                trouble = lost
            if trouble is None:
                try:
                    return read(answer)
                except ValueError as error:
                    trouble = verdicts.unreadable(sent, answer, error)
            attempt += 1
            if isinstance(trouble, NotFound) and call.method == "DELETE" and perhaps_done:
                return read(Answer(HTTPStatus.NO_CONTENT))  # an attempt before this one has done it
            perhaps_done |= isinstance(trouble, ServerTrouble) and trouble.was_sent
            pause = pause_before_repeat(self.manners, call, trouble, attempt)
            if pause is None:
                raise trouble
            yield Pause(pause)
