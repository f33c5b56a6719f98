"""Several servers on one PostgreSQL store: what one has answered, the next call to another sees (decision 044)."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import postgresql
from tests.serving import serving

from mock_eloqua.access import users
from mock_eloqua.access.counters import Counter, Counters
from mock_eloqua.control_client import ControlClient
from mock_eloqua.embedded import MockEloqua

EMAIL = "{{Contact.Field(C_EmailAddress)}}"


@dataclass
class Process:
    """One of the servers, as clients see it."""

    url: str
    control: ControlClient
    client: httpx2.Client
    inside: Any = None

    def __call__(self, method: str, path: str, user: str = "MockCo\\api.user", **options: Any) -> httpx2.Response:
        return self.client.request(method, path, auth=(user, "s3cret"), **options)

    def get(self, path: str, user: str = "MockCo\\api.user") -> Any:
        """The JSON of an answer."""
        return self("GET", path, user).json()

    def sync(self) -> str:
        """The uri of a new sync of an import of one contact."""
        fields = {"name": "x", "fields": {"email": EMAIL}, "identifierFieldName": "email"}
        uri = self("POST", "/API/Bulk/2.0/contacts/imports", json=fields).json()["uri"]
        self("POST", f"/API/Bulk/2.0{uri}/data", json=[{"email": "ada@example.test"}])
        made: str = self("POST", "/API/Bulk/2.0/syncs", json={"syncedInstanceUri": uri}).json()["uri"]
        return made

    def status(self, sync: str) -> str:
        """Of a sync."""
        return str(self.get(f"/API/Bulk/2.0{sync}")["status"])

    def ended(self, sync: str) -> str:
        """The status of a sync that has ended."""
        deadline = time.monotonic() + 30
        while (status := self.status(sync)) in ("pending", "active"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return status


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Process, Process]]:
    """Two that share nothing but the store."""
    with ExitStack() as stack:
        store = stack.enter_context(postgresql.store())
        found = []
        for _ in range(2):
            server = MockEloqua(store=store).start()
            stack.callback(server.stop)
            client = stack.enter_context(httpx2.Client(base_url=server.base_url, verify=False, timeout=30))
            control = stack.enter_context(ControlClient(server.base_url))
            found.append(Process(server.base_url, control, client, server.inside("MockCo")))
        yield found[0], found[1]


@pytest.fixture
def pair(servers: tuple[Process, Process]) -> tuple[Process, Process]:
    """The same with a clean site, which both have looked at."""
    servers[0].control.reset()
    for each in servers:
        each.get("/API/REST/1.0/data/contacts")
    return servers


def test_users_fields_and_records_are_there_at_the_next_call(pair: tuple[Process, Process]) -> None:
    """What is cached is not older than the store."""
    one, other = pair
    one.control.seed({"users": [{"name": "reader", "password": "s3cret", "groups": ["API Users"]}]})
    assert other("GET", "/API/REST/1.0/data/contacts", "MockCo\\reader").status_code == 200

    field = {"name": "Tune", "dataType": "text", "displayType": "text", "updateType": "always"}
    key = other("POST", "/API/REST/1.0/assets/contact/field", json=field).json()["id"]
    body = {"emailAddress": "a@b.test", "fieldValues": [{"id": key, "value": "Greensleeves"}]}
    made = one("POST", "/API/REST/1.0/data/contact", json=body).json()
    values = other.get(f"/API/REST/1.0/data/contact/{made['id']}")["fieldValues"]
    assert {"type": "FieldValue", "id": key, "value": "Greensleeves"} in values

    user = users.everyone(other.inside)["reader"]
    assert one("DELETE", f"/API/REST/2.0/system/user/{user.id}").is_success
    assert other("GET", "/API/REST/1.0/data/contacts", "MockCo\\reader").status_code == 401


def test_what_one_is_told_by_control_holds_for_the_other(pair: tuple[Process, Process]) -> None:
    """Clock, switches, release, limits; neither takes back what the other was told."""
    one, other = pair
    one.control.set_clock("frozen")
    other.control.set_settings(put_semantics="merge")
    one.control.set_release("20D")
    other.control.set_threshold("rest-pace", limit=7)
    other.control.move_pod("p06")

    assert other.control.clock().now == one.control.clock().now
    assert one.control.settings()["put_semantics"] == "merge"
    assert (other.control.health().release, one.control.pod().pod) == ("20D", "p06")
    assert next(each.limit for each in one.control.thresholds().items if each.name == "rest-pace") == 7

    other.control.reset(profile="strict")
    assert (one.control.health().profile, one.control.clock().mode, one.control.pod().pod) == ("strict", "real", "p04")


def test_thresholds_count_the_calls_of_both(pair: tuple[Process, Process]) -> None:
    """One counter each for a user, wherever the calls come in."""
    one, other = pair
    one.control.set_threshold("rest-pace", limit=3, enforced=True)
    one.control.set_clock("frozen")
    other.control.advance_clock(10)

    answers = [(one, other)[turn % 2]("GET", "/API/REST/1.0/data/contacts").status_code for turn in range(5)]
    one.control.advance_clock(2)

    assert answers == [200, 200, 200, 429, 429]
    assert other("GET", "/API/REST/1.0/data/contacts").status_code == 200


def test_a_fault_strikes_as_often_as_it_was_told_in_both_together(pair: tuple[Process, Process]) -> None:
    """And is over for both."""
    one, other = pair
    one.control.add_fault(face="rest", status=503, times=3)

    answers = [(other, one)[turn % 2]("GET", "/API/REST/1.0/data/contacts").status_code for turn in range(5)]

    assert answers == [503, 503, 503, 200, 200]
    assert [each.hits for each in other.control.faults().items] == [3]


def test_no_id_is_given_twice(pair: tuple[Process, Process]) -> None:
    """Both make contacts at once."""

    def make(process: Process, ids: list[str]) -> None:
        for number in range(15):
            body = {"emailAddress": f"{number}@{process.url.rpartition(':')[2]}.test"}
            ids.append(process("POST", "/API/REST/1.0/data/contact", json=body).json()["id"])

    made: list[str] = []
    threads = [threading.Thread(target=make, args=(each, made)) for each in pair]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(map(int, made)) == list(range(1, 31))


def test_a_sync_of_one_is_steered_and_waited_for_at_the_other(pair: tuple[Process, Process]) -> None:
    """Time that is moved at one passes for the jobs of the other; it runs once."""
    one, other = pair
    one.control.set_settings(sync_pending_seconds=3600, sync_active_seconds=0)
    sync = one.sync()
    other.control.steer_sync(int(sync.rpartition("/")[2]), "hold")
    other.control.advance_clock(3601)
    assert one.status(sync) == other.status(sync) == "pending"

    other.control.steer_sync(int(sync.rpartition("/")[2]), "release")

    assert other.ended(sync) == "success"
    assert other.get("/API/REST/1.0/data/contacts")["total"] == 1
    codes = [each["statusCode"] for each in one.get(f"/API/Bulk/2.0{sync}/logs")["items"]]
    assert len(codes) == len(set(codes))


def test_a_reset_at_one_ends_the_jobs_of_the_other(pair: tuple[Process, Process]) -> None:
    """Nothing of one test reaches the next."""
    one, other = pair
    one.control.set_settings(sync_timing="manual")
    sync = one.sync()

    other.control.reset()
    one.inside.jobs.join(10)

    assert one("GET", f"/API/Bulk/2.0{sync}").status_code == 404
    assert one.get("/API/REST/1.0/data/contacts")["total"] == 0


def test_a_state_that_is_brought_back_goes_on_in_one_of_them(pair: tuple[Process, Process], tmp_path: Any) -> None:
    """Whoever had begun the sync."""
    one, other = pair
    one.control.set_settings(sync_timing="manual")
    sync = one.sync()
    other.control.take_snapshot("held")
    one.control.reset()

    other.control.restore_snapshot("held")
    assert one.status(sync) == "pending"
    one.control.set_settings(sync_timing="instant")

    assert one.ended(sync) == "success"


def test_sites_come_and_go_for_both(pair: tuple[Process, Process]) -> None:
    """Made again, it is another one."""
    one, other = pair
    for seed in ("demo", "empty"):
        one.control.add_site("OtherCo", seed=seed)
        assert other.get("/API/REST/1.0/data/contacts", "OtherCo\\api.user")["total"] == (2000 if seed == "demo" else 0)
        assert [each.name for each in other.control.sites().items] == ["MockCo", "OtherCo"]
        other.control.remove_site("OtherCo")
        assert one("GET", "/API/REST/1.0/data/contacts", "OtherCo\\api.user").status_code == 401


def test_what_a_process_leaves_that_dies_another_goes_on_with() -> None:
    """Each in a process of its own, one killed; both had begun on an empty store at once."""
    with postgresql.store() as store, ExitStack() as stack:
        began: list[Any] = []
        starting = [
            threading.Thread(target=lambda: began.append(stack.enter_context(serving("--store", store))))
            for _ in range(2)
        ]
        for each in starting:
            each.start()
        for each in starting:
            each.join()
        dying, living = (
            Process(
                each.url,
                stack.enter_context(ControlClient(each.url)),
                stack.enter_context(httpx2.Client(base_url=each.url, verify=False, timeout=30)),
            )
            for each in began
        )
        dying.control.set_settings(sync_timing="manual")
        sync, own = dying.sync(), living.sync()

        began[0].stop(signal.SIGKILL)
        living.control.set_settings(sync_timing="instant")

        assert living.ended(own) in ("success", "warning")
        assert living.ended(sync) in ("success", "warning")


KEYS = st.sampled_from([("rest-pace", "ada"), ("rest-pace", "ben"), ("bulk-daily", "*")])
LIMITS = st.none() | st.integers(0, 3)
CALLS = st.one_of(
    st.tuples(st.just("count"), KEYS, st.integers(0, 2), LIMITS, st.booleans()),
    st.tuples(st.just("measure"), KEYS, st.integers(0, 5), LIMITS, st.booleans()),
    st.tuples(st.just("give_back"), KEYS),
    st.tuples(st.just("set"), st.lists(KEYS, max_size=2), st.integers(0, 2), st.integers(0, 3)),
)


@given(calls=st.lists(CALLS, max_size=20))
@example(calls=[("measure", ("rest-pace", "ada"), 1, 0, True)])
def test_counters_in_rows_count_as_those_in_memory(servers: tuple[Process, Process], calls: list[Any]) -> None:
    """Call by call the same verdict, in the end the same numbers."""
    memory, rows = Counters(), servers[0].inside.database.shared_counters
    rows.restore({})
    for name, *arguments in calls:
        keywords = {"enforced": arguments.pop()} if name in ("count", "measure") else {}
        told = [getattr(each, name)(*arguments, **keywords) for each in (memory, rows)]
        assert told[0] == told[1], (name, arguments)

    def used(counters: Counters) -> dict[Any, Counter]:
        return {key: each for key, each in counters.read().items() if each != Counter()}

    assert used(memory) == used(rows)
    rows.restore(memory.read())
    assert used(rows) == used(memory)
