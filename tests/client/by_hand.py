"""A third driver, which does no I/O: it answers what the core wishes from a list, and notes what that was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from eloqua_client import Basic, EloquaError, Manners
from eloqua_client.calls import NOTHING, Answer, Call, Pause, SignIn, Steps, Wish, json_call
from eloqua_client.session import Session

LOGIN, POD, OTHER_POD = "https://login.eloqua.com", "https://secure.p04.eloqua.com", "https://secure.p06.eloqua.com"
BASIC = Basic("COMPANYX", "user1", "password123")
READING = json_call("rest", "GET", "/API/REST/2.0/data/contact/1")
CREATING = json_call("rest", "POST", "/API/REST/2.0/data/contact", {"emailAddress": "ada@example.test"})
DELETING = json_call("rest", "DELETE", "/API/REST/2.0/data/contact/1")


def answer(status: int, body: Any = None, reason: str = "", **headers: str) -> Answer:
    """An answer with a JSON body, if any; underscores of header names are dashes."""
    content = b"" if body is None else json.dumps(body).encode()
    return Answer(status, reason, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def known(base: str = POD) -> Answer:
    """What `/id` says to those whom it knows."""
    soap = {"standard": f"{base}/API/{{version}}/Service.svc"}
    return answer(
        200,
        {
            "site": {"id": 123456789, "name": "COMPANYX"},
            "user": {"id": 11, "username": "user1", "displayName": "User One", "emailAddress": "user1@example.test"},
            "urls": {"base": base, "apis": {"soap": soap}},
        },
    )


UNKNOWN = answer(200, "Not authenticated.")


def session(auth: Any = BASIC, **options: Any) -> Session:
    """A session whose POD is known, so that the first call goes there at once."""
    return Session(auth, **{"base_url": POD} | options)


class Played:
    """Work that was carried out with these answers, in their order; an error among them is raised in place of one."""

    def __init__(self, of: Session, steps: Steps[Any], answers: Iterable[Answer | EloquaError]) -> None:
        self.calls: list[Call] = []
        self.pauses: list[float] = []
        self.result: Any = None
        self.error: Any = None
        """The error of the tree that it ended in; None where it did not."""
        self._session = of
        self._answers = list(answers)
        try:
            self.result = self._run(steps)
        except EloquaError as error:
            self.error = error
        assert self._answers == [], "not asked for"

    @property
    def sent(self) -> list[str]:
        """Method and address of each call."""
        return [str(each) for each in self.calls]

    def _run(self, steps: Steps[Any]) -> Any:
        try:
            wish = next(steps)
            while True:
                try:
                    told = self._done(wish)
                except EloquaError as trouble:
                    wish = steps.throw(trouble)
                else:
                    wish = steps.send(told)
        except StopIteration as end:
            return end.value

    def _done(self, wish: Wish) -> Answer:
        match wish:
            case Call():
                self.calls.append(wish)
                given = self._answers.pop(0)
                if isinstance(given, EloquaError):
                    raise given
                return given
            case Pause(seconds):
                self.pauses.append(seconds)
            case SignIn(stale):
                self._run(self._session.sign_in(stale))
        return NOTHING


def body(call: Call) -> Any:
    """The JSON that a call sends."""
    return json.loads(call.content or b"null")


def ask(call: Call, *answers: Answer | EloquaError, auth: Any = BASIC, **options: Any) -> Played:
    """A call for JSON, answered so."""
    asking = session(auth, **options)
    return Played(asking, asking.json(call), answers)


def at_most(attempts: int) -> Manners:
    """No pace, and so many attempts."""
    return Manners(rest_calls_per_second=None, bulk_calls_per_day=None, attempts=attempts)
