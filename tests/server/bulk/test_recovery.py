"""Syncs that another process, or another state, had under way go on from where they are (`bulk` 5, 8)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from mock_eloqua.embedded import EloquaSite, MockEloqua

ADA = [{"email": "ada@example.test", "first": "A", "last": "L"}]
EXTERNAL = {
    "who": "{{Activity.Contact.Field(C_EmailAddress)}}",
    "asset": "{{Activity.Asset.Name}}",
    "kind": "{{Activity.Asset.Type}}",
    "when": "{{Activity.CreatedAt}}",
    "what": "{{Activity.Type}}",
}
Opened = AbstractContextManager[tuple[EloquaSite, Any]]


@pytest.fixture
def opened(tmp_path: Path, bulk: Any) -> Callable[[], Opened]:
    """Starts a server on a file, the same one every time, on which time stands still; stops it at the end."""

    @contextmanager
    def serve() -> Iterator[tuple[EloquaSite, Any]]:
        store = MockEloqua(store=tmp_path / "site.db", settings={"sync_pending_seconds": 60, "sync_active_seconds": 0})
        with store as eloqua, httpx2.Client(base_url=eloqua.base_url, verify=False, timeout=30) as client:
            yield eloqua, type(bulk)(client, eloqua.basic_auth)

    return serve


def codes(bulk: Any, sync: dict[str, Any]) -> list[str]:
    """Those of a log."""
    return [each["statusCode"] for each in bulk.log(sync)]


def test_a_sync_that_waits_goes_on_at_the_next_start_and_calls_back(opened: Any, listener: Any) -> None:
    """Nothing is lost that was answered with 201; the callback is that of the row."""
    port, called = listener
    with opened() as (_, bulk):
        uri = bulk.define_import()
        bulk.stage(uri, ADA)
        asked = {"syncedInstanceUri": uri, "callbackUrl": f"http://localhost:{port}/done"}
        sync = bulk.post("/syncs", asked).json()["uri"]

    with opened() as (eloqua, bulk):
        assert bulk.get(sync).json()["status"] == "pending"
        eloqua.clock.advance(seconds=61)
        ended = bulk.ended(sync)
        assert ended["status"] == "success"
        assert bulk.counts(ended)["ELQ-00004"] == 1
        assert json.loads(called.get(timeout=10)[3]) == ended
        eloqua.site.jobs.join(10)

    with opened() as (eloqua, bulk):
        eloqua.site.jobs.join(10)
        assert called.empty()


def test_an_upload_waits_for_its_sync_through_a_stop(opened: Any) -> None:
    """Nothing is lost that was answered with 204."""
    with opened() as (_, bulk):
        uri = bulk.define_import()
        bulk.stage(uri, ADA)

    with opened() as (eloqua, bulk):
        sync = bulk.start(uri)
        eloqua.clock.advance(seconds=61)
        assert bulk.counts(bulk.ended(sync))["ELQ-00130"] == 1


def test_a_sync_under_way_goes_on_with_the_definition_that_it_began_with(opened: Any) -> None:
    """Our default (032); its work was done, and it was still active."""
    with opened() as (eloqua, bulk):
        eloqua.set(sync_active_seconds=60)
        uri = bulk.define_import()
        bulk.stage(uri, [*ADA, {"email": "bad", "first": "B", "last": "C"}])
        sync = bulk.start(uri)
        eloqua.clock.advance(seconds=61)
        rejects = until(lambda: bulk.rejects({"uri": sync}))
        started = bulk.get(sync).json()["syncStartedAt"]
        other = {"name": "n", "fields": {"mail": "{{Contact.Field(C_EmailAddress)}}"}, "identifierFieldName": "mail"}
        assert bulk.put(uri, other).status_code == 200

    with opened() as (eloqua, bulk):
        eloqua.clock.advance(seconds=61)
        ended = bulk.ended(sync)
        assert ended["syncStartedAt"] == started
        assert bulk.rejects(ended) == rejects
        assert bulk.counts(ended) | {"ELQ-00071": 0} == {
            "ELQ-00130": 2,
            "ELQ-00137": 0,
            "ELQ-00101": 0,
            "ELQ-00001": 2,
            "ELQ-00002": 1,
            "ELQ-00003": 1,
            "ELQ-00004": 1,
            "ELQ-00022": 0,
            "ELQ-00071": 0,
        }


def test_a_sync_whose_definition_was_deleted_ends_in_an_error_all_the_same(opened: Any) -> None:
    """[doc] bulk.md 5: ELQ-00143."""
    with opened() as (_, bulk):
        uri = bulk.define_import()
        bulk.stage(uri, ADA)
        sync = bulk.start(uri)
        bulk.delete(uri)

    with opened() as (eloqua, bulk):
        eloqua.clock.advance(seconds=61)
        assert codes(bulk, bulk.ended(sync)) == ["ELQ-00143", "ELQ-00101"]


def test_a_server_that_opens_the_same_store_takes_syncs_over(opened: Any) -> None:
    """Two by mistake, or one that is about to stop: a sync is run once."""
    with opened() as (first, bulk):
        first.set(sync_active_seconds=60)
        uri = bulk.define_import()
        bulk.stage(uri, [*ADA, {"email": "bad", "first": "", "last": ""}])
        sync = bulk.start(uri)
        first.clock.advance(seconds=61)
        rejects = until(lambda: bulk.rejects({"uri": sync}))
        with opened() as (second, other):
            second.clock.advance(seconds=61)
            log = codes(bulk, other.ended(sync))
        first.clock.advance(seconds=61)
        first.site.jobs.join(10)
        assert codes(bulk, bulk.ended(sync)) == log
        assert len(log) == len(set(log))
        assert bulk.rejects({"uri": sync}) == rejects


def people(bulk: Any, _http: Any, _eloqua: EloquaSite) -> str:
    """An import with rejects, duplicates across files, and a list."""
    uri: str = bulk.define_import(syncActions=[{"destination": "{{ContactList[1]}}"}])
    rows = [{"email": f"p{number}@example.test", "first": str(number), "last": ""} for number in range(4 * 4000)]
    rows[10], rows[-1] = {"email": "bad"}, rows[0]
    for start in range(0, len(rows), 4000):
        bulk.stage(uri, rows[start : start + 4000])
    return uri


def visits(bulk: Any, http: Any, eloqua: EloquaSite) -> str:
    """An import that only adds."""
    types = [{"type": "ExternalActivityType", "name": "Visited"}]
    http.post("/API/REST/2.0/assets/external/type", json={"name": "Fair", "activityTypes": types})
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    uri: str = bulk.define("/activities/imports", fields=EXTERNAL)
    row = {"who": "ada@example.test", "kind": "Fair", "when": "2024-06-30 10:00:00", "what": "Visited"}
    for number in range(8):
        bulk.stage(uri, [row | {"asset": f"Fair {number % 3}"}] * 50 + [row | {"asset": ""}])
    return uri


def departures(bulk: Any, http: Any, eloqua: EloquaSite) -> str:
    """An export that takes away what it looks for."""
    uri = people(bulk, http, eloqua)
    bulk.run(uri)
    action = {"action": "remove", "destination": "{{ContactList[1]}}"}
    made: str = bulk.define_export(filter="EXISTS('{{ContactList[1]}}')", maxRecords=15_007, syncActions=[action])
    return made


def arrivals(bulk: Any, http: Any, eloqua: EloquaSite) -> str:
    """An export of all, who go to a list of others."""
    bulk.run(people(bulk, http, eloqua))
    eloqua.seed(lists=[{"name": "others"}])
    made: str = bulk.define_export(syncActions=[{"destination": "{{ContactList[2]}}"}])
    return made


@pytest.mark.parametrize("prepared", [people, visits, departures, arrivals])
def test_a_sync_goes_on_from_every_state_between_its_writes(
    bulk: Any, http: Any, eloqua: EloquaSite, tmp_path: Path, prepared: Any
) -> None:
    """What is there at the end does not depend on it: snapshots show what a process leaves that dies."""
    eloqua.seed(lists=[{"name": "guests"}])
    sync = bulk.start(prepared(bulk, http, eloqua))
    states: list[Path] = []
    while bulk.get(sync).json()["status"] in ("pending", "active"):
        states.append(tmp_path / f"{len(states)}.db")
        eloqua.snapshot(states[-1])
    whole = outcome(bulk, sync)

    assert states
    for each in states[:: 1 + len(states) // 5]:
        eloqua.restore(each)
        assert outcome(bulk, sync) == whole


def outcome(bulk: Any, sync: str) -> Any:
    """All that a sync leaves."""
    ended = bulk.ended(sync)
    log = [(each["statusCode"], each["count"], each.get("message")) for each in bulk.log(ended)]
    contacts = bulk.export(fields={"id": "{{Contact.Id}}", "first": "{{Contact.Field(C_FirstName)}}"})
    guests = bulk.export(filter="EXISTS('{{ContactList[1]}}')")
    activities = {"id": "{{Activity.Id}}", "asset": "{{Activity.Asset.Name}}"}
    visited = bulk.rows(bulk.define("/activities/exports", fields=activities))
    found = bulk.get(f"{sync}/data", limit=50_000).text
    return ended["status"], log, bulk.rejects(ended), contacts, guests, visited, found


def until(found: Callable[[], Any]) -> Any:
    """What is found in the end."""
    deadline = time.monotonic() + 10
    while not (there := found()):
        assert time.monotonic() < deadline
        time.sleep(0.003)
    return there
