"""A server that is killed in the middle of its syncs, and started again: nothing is lost, nothing is there twice.

`MOCK_ELOQUA_TEST_KILLS=50` is the long form, `MOCK_ELOQUA_TEST_SEED` draws other moments (docs/contributing.md).
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests import postgresql
from tests.serving import SIGNED_IN, serving

KILLS = int(os.environ.get("MOCK_ELOQUA_TEST_KILLS", "2"))
SEED = os.environ.get("MOCK_ELOQUA_TEST_SEED", "Lovelace")

PEOPLE, RECORDS, VISITS, DEPARTURES = "people", "records", "visits", "departures"
ACTS = ((PEOPLE,), (RECORDS, VISITS), (DEPARTURES,))
"""What is synced at the same time, one after the other."""
EACH_ACT = 1 if KILLS < 5 else 3
"""How often a server dies in an act, at most; it dies once before the first."""

SIZES = {"contacts": 20_000, "guests": 2_500, "records": 9_000, "activities": 257, "rows of departures": 17_500}
"""What is there at the end, once each."""

ADDRESS, FIRST = "{{Contact.Field(C_EmailAddress)}}", "{{Contact.Field(C_FirstName)}}"
GUESTS = "{{ContactList[1]}}"


class Mortal:
    """A server on a store. It can be killed, and starts again on what it left."""

    def __init__(self, store: str, stack: ExitStack, folder: Path) -> None:
        config = folder / "mock.toml"
        config.write_text("[settings]\nsync_pending_seconds = 0.05\nsync_active_seconds = 0\n")
        self.deaths = 0
        self._options = ("--store", store, "--config", config)
        self._stack = stack
        self._start()

    def _start(self) -> None:
        self._server = self._stack.enter_context(serving(*self._options))

    def kill(self) -> None:
        """Die, and live again."""
        self._server.stop(signal.SIGKILL)
        self.deaths += 1
        self._start()

    def rest(self, path: str, body: Any) -> Any:
        """A POST to REST."""
        return self._server.call(f"/API/REST/{path}", body, **SIGNED_IN)

    def bulk(self, path: str, body: Any = None) -> Any:
        """A GET of Bulk 2.0, or a POST."""
        return self._server.call(f"/API/Bulk/2.0{path}", body, **SIGNED_IN)

    def define(self, path: str, **body: Any) -> str:
        """The uri of a new definition."""
        return str(self.bulk(path, {"name": "a definition", **body})["uri"])

    def start(self, uri: str, **body: str) -> str:
        """The uri of a new sync."""
        return str(self.bulk("/syncs", {"syncedInstanceUri": uri, **body})["uri"])

    def has_ended(self, syncs: Iterable[str], within: float) -> bool:
        """Do these syncs end before so many seconds have passed?"""
        deadline, syncs = time.monotonic() + within, list(syncs)
        while any("syncEndedAt" not in self.bulk(each) for each in syncs):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def found(self, path: str, **body: Any) -> list[Any]:
        """What an export finds."""
        sync = self.start(self.define(f"{path}/exports", **body))
        assert self.has_ended([sync], 60)
        return list(self.items(f"{sync}/data", 50_000))

    def items(self, path: str, limit: int = 1000) -> Iterator[Any]:
        """Everything that stands in a list."""
        page, offset = {"hasMore": True}, 0
        while page["hasMore"]:
            page = self.bulk(f"{path}?limit={limit}&offset={offset}")
            yield from page.get("items", ())
            offset += limit


def prepared(server: Mortal) -> dict[str, str]:
    """Definitions by name, with all that they need, and what is uploaded for them."""
    server.rest("1.0/assets/contact/list", {"name": "guests"})
    types = [{"type": "ExternalActivityType", "name": "Visited"}]
    server.rest("2.0/assets/external/type", {"name": "Fair", "activityTypes": types})
    fields = [{"type": "CustomObjectField", "id": f"-{key}", "name": f"F{key}", "dataType": "text"} for key in (1, 2)]
    made = server.rest("2.0/assets/customObject", {"name": "Orders", "fields": fields, "uniqueCodeFieldId": "-1"})
    order, buyer = (f"{{{{CustomObject[{made['id']}].Field[{each['id']}]}}}}" for each in made["fields"])
    mapped = {"Field": ADDRESS, "Type": "Contact"}
    activity = {
        "who": f"{{{{Activity.{ADDRESS.strip('{}')}}}}}",
        "asset": "{{Activity.Asset.Name}}",
        "kind": "{{Activity.Asset.Type}}",
        "when": "{{Activity.CreatedAt}}",
        "what": "{{Activity.Type}}",
    }
    uris = {
        PEOPLE: server.define(
            "/contacts/imports",
            fields={"email": ADDRESS, "first": FIRST},
            identifierFieldName="email",
            syncActions=[{"destination": GUESTS}],
        ),
        RECORDS: server.define(
            f"/customObjects/{made['id']}/imports",
            fields={"order": order, "buyer": buyer},
            identifierFieldName="order",
            mapDataCards=True,
            mapDataCardsSourceField="buyer",
            **{f"mapDataCardsEntity{name}": value for name, value in mapped.items()},
        ),
        VISITS: server.define("/activities/imports", fields=activity),
        DEPARTURES: server.define(
            "/contacts/exports",
            fields={"email": ADDRESS},
            maxRecords=17_500,
            syncActions=[{"action": "remove", "destination": GUESTS}],
        ),
    }
    for name, rows, size in ((PEOPLE, people(), 7_500), (RECORDS, records(), 4_000), (VISITS, visits(), 50)):
        for start in range(0, len(rows), size):
            server.bulk(f"{uris[name]}/data", rows[start : start + size])
    return uris


def people() -> list[dict[str, str]]:
    """20,000 contacts, of some two rows, and now and then a bad address."""
    good = [{"email": f"p{number}@example.test", "first": f"F{number}"} for number in range(20_000)]
    return [
        *good,
        *({"email": "bad", "first": str(number)} for number in range(500)),
        *(each | {"first": "again"} for each in good[::10]),
    ]


def records() -> list[dict[str, str]]:
    """10,000 orders of these contacts, or of nobody; a number that stands there twice."""
    return [
        {"order": f"A{number % 9_000}", "buyer": f"p{number}@example.test" if number % 3 else ""}
        for number in range(10_000)
    ]


def visits() -> list[dict[str, str]]:
    """300 external activities, some of contacts who are not there; a load that only adds."""
    row = {"kind": "Fair", "when": "2024-06-30 10:00:00", "what": "Visited"}
    return [
        row | {"who": f"p{number}@example.test" if number % 7 else "x@example.test", "asset": f"Fair {number % 70}"}
        for number in range(300)
    ]


Outcome = dict[str, list[Any]]
Seconds = list[float]


def play(server: Mortal, callback: str = "", moment: Callable[[int], float] | None = None) -> tuple[Outcome, Seconds]:
    """All acts: what is there at the end, and how long each took. *moment* says when in an act the server dies."""
    uris = prepared(server)
    if moment:
        server.kill()
    syncs: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    took = []
    for act, names in enumerate(ACTS):
        began = time.monotonic()
        syncs |= {name: server.start(uris[name], callbackUrl=callback) for name in names}
        for _ in range(EACH_ACT):
            if server.has_ended(syncs.values(), within=moment(act) if moment else 60):
                break
            seen |= started(server, syncs)
            server.kill()
        assert server.has_ended(syncs.values(), within=60)
        took.append(time.monotonic() - began)
    assert seen <= started(server, syncs)
    return left(server, syncs), took


def started(server: Mortal, syncs: dict[str, str]) -> set[tuple[str, str]]:
    """Those syncs that have started, and when."""
    shown = [server.bulk(each) for each in syncs.values()]
    return {(each["uri"], each["syncStartedAt"]) for each in shown if "syncStartedAt" in each}


def left(server: Mortal, syncs: dict[str, str]) -> Outcome:
    """What the syncs and the records show, by name."""
    told: Outcome = {"syncs": list(syncs.values())}
    for name, sync in syncs.items():
        log = server.items(f"{sync}/logs")
        told[f"status of {name}"] = [server.bulk(sync)["status"]]
        told[f"log of {name}"] = [(each["statusCode"], each["count"], each.get("message")) for each in log]
        told[f"rejects of {name}"] = list(server.items(f"{sync}/rejects"))
    object_uri = server.bulk("/customObjects")["items"][0]["uri"]
    noun = f"CustomObject[{object_uri.rpartition('/')[2]}]"
    linked = {"code": f"{{{{{noun}.ExternalId}}}}", "buyer": f"{{{{{noun}.Contact.{ADDRESS.partition('.')[2]}"}
    visited = {"id": "{{Activity.Id}}", "asset": "{{Activity.Asset.Name}}", "who": "{{Activity.Contact.Id}}"}
    return told | {
        "rows of departures": list(server.items(f"{syncs[DEPARTURES]}/data", 50_000)),
        "contacts": server.found("/contacts", fields={"id": "{{Contact.Id}}", "email": ADDRESS, "first": FIRST}),
        "guests": server.found("/contacts", fields={"email": ADDRESS}, filter=f"EXISTS('{GUESTS}')"),
        "records": server.found(object_uri, fields=linked),
        "activities": server.found("/activities", fields=visited),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Seconds]:
    """The same when the server lives."""
    with ExitStack() as stack:
        whole, took = play(Mortal("memory", stack, tmp_path_factory.mktemp("undisturbed")))
    assert {name: len(whole[name]) for name in SIZES} == SIZES
    return whole, took


@pytest.mark.timeout(120 + 20 * KILLS)
@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_a_killed_server_loses_nothing_and_doubles_nothing(
    kind: str, undisturbed: tuple[Outcome, Seconds], listener: Any, tmp_path: Path
) -> None:
    """It leaves what an undisturbed one leaves, to the last id and line, and makes every callback."""
    (whole, lasts), (port, called) = undisturbed, listener
    draw, deaths = Random(SEED), 0  # noqa: S311  a test, no secret
    while deaths < KILLS:
        with ExitStack() as stack:
            store = str(tmp_path / f"{deaths}.db") if kind == "file" else stack.enter_context(postgresql.store())
            server = Mortal(store, stack, tmp_path)
            found, _ = play(server, f"http://127.0.0.1:{port}/{deaths}", lambda act: draw.uniform(0, lasts[act]))
            assert [name for name in whole if found[name] != whole[name]] == [], f"seed {SEED}"
            expected = {(f"/{deaths}", sync) for sync in found["syncs"]}
            while expected:
                _, path, _, body = called.get(timeout=10)
                expected.discard((path, json.loads(body)["uri"]))
            deaths += server.deaths
