"""Rules of a run that need no emulator: what waits for a sync, how long a look waits, that both flavours are twins."""

from __future__ import annotations

import inspect
import itertools
import json
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.by_hand import Played, answer, session

from eloqua_client import UNPACED, Basic, Eloqua, Manners, StillRunning
from eloqua_client.bulk import AsyncBulk, Bulk, Limits, Sync
from eloqua_client.bulk.awaited import AsyncDefinitions
from eloqua_client.bulk.endpoints import Endpoints
from eloqua_client.bulk.runs import Running
from eloqua_client.bulk.waiting import Definitions

FIELDS = {"a": "{{Contact.Field(C_EmailAddress)}}"}


class Staging:
    """Where uploads wait for a sync; it takes them all, and notes what there was."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.syncs: list[list[int]] = []
        """Of each, the bytes of its uploads."""
        self._waiting: list[int] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        match request.method, request.url.path.removeprefix("/API/Bulk/2.0").split("/"):
            case "POST", ["", "contacts", "imports"]:
                return httpx2.Response(201, json={"uri": "/contacts/imports/1"})
            case "POST", [*_, "data"]:
                self.rows += json.loads(request.content)
                self._waiting.append(len(request.content))
                return httpx2.Response(204)
            case "POST", ["", "syncs"]:
                self.syncs.append(self._waiting)
                self._waiting = []
                return httpx2.Response(201, json=self._sync())
            case "GET", [*_, "logs"]:
                return httpx2.Response(200, json={"items": [], "hasMore": False})
            case "GET", ["", "syncs", _]:
                return httpx2.Response(200, json=self._sync())
            case "DELETE", _:
                return httpx2.Response(204)
        raise AssertionError(request)

    def _sync(self):
        uri = f"/syncs/{len(self.syncs)}"
        return {"uri": uri, "syncedInstanceUri": "/contacts/imports/1", "status": "success"}


@given(st.lists(st.text(max_size=20), max_size=30), st.integers(1, 4), st.integers(1, 5), st.integers(1, 600))
def test_no_more_waits_for_a_sync_than_may_and_nothing_is_lost(texts, rows, files, staged):
    """bulk.md 18: 500 files, about 250 MB; a single upload may be larger than what should wait."""
    staging = Staging()
    limits = Limits(rows=rows, files=files, staged=staged)
    transport = httpx2.MockTransport(staging)

    with Eloqua(Basic("a", "b", "c"), base_url="http://eloqua.test", manners=UNPACED, transport=transport) as eloqua:
        sent = [{"a": text} for text in texts]
        result = eloqua.bulk.import_contacts(sent, fields=FIELDS, identifier="a", limits=limits)

    assert staging.rows == sent
    assert len(result.syncs) == len(staging.syncs)
    assert all(1 <= len(each) <= files for each in staging.syncs)
    assert all(sum(each) <= staged or len(each) == 1 for each in staging.syncs)


def sync(status):
    return answer(200, {"uri": "/syncs/7", "syncedInstanceUri": "/contacts/imports/1", "status": status})


def test_looks_at_a_sync_become_rarer():
    """From half a second to a minute; clients that poll each second are many calls."""
    asking = session(manners=Manners())
    looks = [sync("pending")] * 3 + [sync("active")] * 12 + [sync("success")]

    played = Played(asking, Endpoints(asking).wait("/syncs/7"), looks)

    assert played.pauses[:4] == [0.5, 0.75, 1.125, 1.6875]
    assert played.pauses[-2:] == [60.0, 60.0]
    assert played.result.status == "success"


def test_a_wait_ends_before_it_is_too_long():
    """The clock is that of the session."""
    seconds = itertools.count(0, 3)  # it is asked once for a call, and once after each look
    asking = session(manners=Manners(), clock=lambda: next(seconds))

    played = Played(asking, Endpoints(asking).wait("/syncs/7", timeout=10), [sync("pending")] * 2)

    assert str(played.error) == "/syncs/7 is pending, and the time is up (resume /contacts/imports/1)"
    assert played.error.sync.uri == "/syncs/7"


def arguments(kind):
    """Of each method the names and defaults."""
    return {
        name: [(each.name, each.default) for each in inspect.signature(method).parameters.values()]
        for name, method in vars(kind).items()
        if not name.startswith("_")
    }


@pytest.mark.parametrize(("waiting", "awaited"), [(Bulk, AsyncBulk), (Definitions, AsyncDefinitions)])
def test_both_flavours_have_the_same_methods_with_the_same_arguments(waiting, awaited):
    """Decision 050: what users type exists twice."""
    assert arguments(waiting) == arguments(awaited)


def test_the_time_of_a_run_is_that_of_all_its_syncs():
    """Not of each."""
    now = 0.0
    asking = session(manners=UNPACED, clock=lambda: now)
    run = Running(Endpoints(asking), "/contacts/imports/1", ("a",), timeout=10)
    followed = Sync("/syncs/7", "/contacts/imports/1", "pending")
    logs = answer(200, {"items": [], "hasMore": False})

    first = Played(asking, run.follow(followed), [sync("pending"), sync("success"), logs])
    now = 10.0
    second = Played(asking, run.follow(followed), [sync("pending")])

    assert (first.error, type(second.error)) == (None, StillRunning)
