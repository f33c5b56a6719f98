"""Measures on a million contacts through Bulk: accepted, applied, exported, as JSON and as CSV, on two stores."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import orjson

from benchmarks import people, servers
from benchmarks.process import Server
from benchmarks.table import Measure, Sample

ROWS = int(os.environ.get("BENCHMARK_ROWS", "1000000"))
_POST = _PAGE = 50_000
_POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"
_BULK = "/API/Bulk/2.0"
_FIELDS = {name: f"{{{{Contact.Field({internal})}}}}" for name, internal in people.FIELDS.items()}
_FORMS = {"json": "application/json", "csv": "text/csv"}


def sqlite(_seconds: float) -> Iterator[Sample]:
    """With a SQLite file for a store."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("SQLite file", lambda name: str(Path(folder, name)))


def postgres(_seconds: float) -> Iterator[Sample]:
    """With PostgreSQL for a store."""
    yield from _measured(
        "PostgreSQL", lambda name: f"{_POSTGRES}?schema=benchmark_{name}" if name in _FORMS else _POSTGRES
    )


def _measured(store: str, place: Callable[[str], str]) -> Iterator[Sample]:
    for kind in _FORMS:
        with servers.ours("--store", place(kind)) as ours:
            mine = _ours(ours, kind)
        with servers.bare_bulk(place(f"floor.{kind}")) as bare:
            floor = _floor(bare, kind)
        rows = f"{ROWS:,} rows of {kind.upper()}, {store}"
        for name, target in (("accepted", "<= 3"), ("applied", "<= 2"), ("exported", "<= 2")):
            yield Measure(f"{rows}: {name}", "s", target, 2), mine[name], floor[name]
        yield Measure(f"{rows}: most memory", "MB", "< 300 MB"), mine["memory"], floor["memory"]


def _ours(ours: Server, kind: str) -> dict[str, float]:
    with _client(ours, kind) as client:
        waits: dict[str, Any] = {"sync_pending_seconds": 0, "sync_active_seconds": 0}
        client.put("/_mock/settings", json=waits, headers={"Content-Type": "application/json"}).raise_for_status()
        body = {"name": "benchmark", "fields": _FIELDS}
        target = _made(client, "/contacts/imports", {**body, "identifierFieldName": "EmailAddress"})
        took = {"accepted": _timed(lambda post: client.post(f"{_BULK}{target}/data", content=post), _posts(kind))}
        started = time.perf_counter()
        _synced(client, target)
        took["applied"] = time.perf_counter() - started
        source = _made(client, "/contacts/exports", body)
        started = time.perf_counter()
        sync = _synced(client, source)
        for offset in range(0, ROWS, _PAGE):
            asked = {"limit": _PAGE, "offset": offset}
            client.get(f"{_BULK}{sync}/data", params=asked, headers={"Accept": _FORMS[kind]}).raise_for_status()
        took["exported"] = time.perf_counter() - started
    return {**took, "memory": ours.most_memory}


def _floor(bare: Server, kind: str) -> dict[str, float]:
    with _client(bare, kind) as client:
        took = {"accepted": _timed(lambda post: client.post("/keep", content=post), _posts(kind))}
        took["applied"] = _timed(lambda post: client.post(f"/upsert/{kind}", content=post), _posts(kind))
        pages = range(0, ROWS, _PAGE)
        took["exported"] = _timed(lambda after: client.get(f"/{kind}/{after}"), pages)
    return {**took, "memory": bare.most_memory}


def _client(server: Server, kind: str) -> httpx2.Client:
    headers = {**servers.HEADERS, "Content-Type": _FORMS[kind]}
    return httpx2.Client(base_url=f"http://127.0.0.1:{server.port}", headers=headers, timeout=300)


def _made(client: httpx2.Client, path: str, body: dict[str, Any]) -> str:
    headers = {"Content-Type": "application/json"}
    return str(client.post(f"{_BULK}{path}", json=body, headers=headers).raise_for_status().json()["uri"])


def _synced(client: httpx2.Client, definition: str) -> str:
    sync = _made(client, "/syncs", {"syncedInstanceUri": definition})
    while (status := client.get(f"{_BULK}{sync}").raise_for_status().json()["status"]) in ("pending", "active"):
        time.sleep(0.03)
    if status != "success":
        raise SystemExit(f"benchmarks: {definition} ended in {status}")
    return sync


def _timed(call: Callable[[Any], httpx2.Response], over: Any) -> float:
    passed = 0.0
    for each in over:  # what is posted is made outside the clock
        started = time.perf_counter()
        call(each).raise_for_status()
        passed += time.perf_counter() - started
    return passed


def _posts(kind: str) -> Iterator[bytes]:
    for post in people.posts(ROWS, _POST):
        if kind == "json":
            yield post
            continue
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, list(people.FIELDS))
        writer.writeheader()
        writer.writerows(orjson.loads(post))
        yield written.getvalue().encode()
