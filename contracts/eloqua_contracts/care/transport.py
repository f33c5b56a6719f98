"""The way to a live POD: every call is looked at before it goes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from eloqua_contracts.care.calls import Planned, place_of, planned
from eloqua_contracts.care.journal import Journal
from eloqua_contracts.care.limits import Budget
from eloqua_contracts.pod import Unavailable

_GONE = frozenset({200, 204, 404, 410})


class Careful(httpx2.BaseTransport):
    """Lets calls through in their pace and budget; what they make is journalled before it is made.

    Args:
        way: carries calls out.
        budget: how many, and how fast.
        journal: where what is made is written down.
        writes: may anything be changed?
    """

    def __init__(self, way: httpx2.BaseTransport, budget: Budget, journal: Journal, *, writes: bool) -> None:
        self.nameless: list[str] = []
        """What was made under a name without the prefix of the run: only the journal would find it again."""
        self._way = way
        self._budget = budget
        self._journal = journal
        self._writes = writes
        self._cleaning = False

    @contextmanager
    def cleaning(self) -> Iterator[None]:
        """What is called meanwhile removes what was made: beyond all budgets, but in their pace."""
        self._cleaning = True
        try:
            yield
        finally:
            self._cleaning = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Carry a call out.

        Raises:
            Unavailable: it would change something, and nothing may be changed.
            Spent: there is no budget left.
        """
        call = planned(request)
        if call.writes and not (self._writes or self._cleaning):
            raise Unavailable("writes, which --allow-writes allows")
        self._budget.spend(call, cleaning=self._cleaning)
        if call.makes or call.is_upload:
            self._journal.will_make(call.path if call.face == "soap" else call.whole)
        try:
            answer = self._way.handle_request(request)
            answer.read()
        finally:
            self._budget.spent(call)
        self._note(call, answer)
        return answer

    def close(self) -> None:
        self._way.close()

    def _note(self, call: Planned, answer: httpx2.Response) -> None:
        if call.method == "DELETE" and answer.status_code in _GONE:
            self._journal.is_gone(call.whole)
        elif call.makes and answer.is_success and (place := place_of(call, _json(answer))):
            self._journal.has_made(place)
            if b'name"' in call.body and self._journal.prefix.encode() not in call.body:
                self.nameless.append(place)


def _json(answer: httpx2.Response) -> object:
    try:
        return json.loads(answer.content)
    except ValueError:
        return None
