"""Measures on a million contacts through Bulk: accepted, applied, exported, as JSON and as CSV, on two stores."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import orjson

from benchmarks import people, servers
from benchmarks.process import ROOT, Server
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
    schemas = {kind: f"benchmark_{kind}" for kind in _FORMS}
    try:
        yield from _measured(
            "PostgreSQL", lambda name: f"{_POSTGRES}?schema={schemas[name]}" if name in schemas else _POSTGRES
        )
    finally:
        for schema in schemas.values():
            subprocess.run([sys.executable, ".ci/drop_schemas.py", _POSTGRES, schema], cwd=ROOT, check=True)  # noqa: S603


def _measured(store: str, place: Callable[[str], str]) -> Iterator[Sample]:
    for kind in _FORMS:
        with servers.ours("--store", place(kind)) as ours:
            mine, mine_memory = _ours(ours, kind), ours.most_memory
        with servers.bare_bulk(place(f"floor.{kind}")) as bare:
            floor, floor_memory = _floor(bare, kind), bare.most_memory
        rows = f"{ROWS:,} rows of {kind.upper()}, {store}"
        for name, target in (("accepted", "<= 3"), ("applied", "<= 2"), ("exported", "<= 2")):
            yield Measure(f"{rows}: {name}", "s", target, 2), mine[name].passed, floor[name].passed
            yield Measure(f"... processor, {name}, {kind}", "s", "", 2), mine[name].cpu, floor[name].cpu
        yield Measure(f"{rows}: most memory", "MB", "< 300 MB"), mine_memory, floor_memory


@dataclass
class _Took:
    """Seconds of the wall clock and of the server's processor."""

    passed: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def counting(self, server: Server) -> Iterator[None]:
        started, used = time.perf_counter(), server.cpu
        yield
        self.passed += time.perf_counter() - started
        self.cpu += server.cpu - used


def _ours(ours: Server, kind: str) -> dict[str, _Took]:
    took: dict[str, _Took] = defaultdict(_Took)
    with _client(ours, kind) as client:
        quick = {"sync_timing": "instant"}
        client.put("/_mock/settings", json=quick, headers={"Content-Type": "application/json"}).raise_for_status()
        body = {"name": "benchmark", "fields": _FIELDS}
        target = _made(client, "/contacts/imports", {**body, "identifierFieldName": "EmailAddress"})
        for post in _posts(kind):
            with took["accepted"].counting(ours):
                client.post(f"{_BULK}{target}/data", content=post).raise_for_status()
        with took["applied"].counting(ours):
            _synced(client, target)
        source = _made(client, "/contacts/exports", body)
        with took["exported"].counting(ours):
            sync = _synced(client, source)
            for offset in range(0, ROWS, _PAGE):
                asked = {"limit": _PAGE, "offset": offset}
                page = client.get(f"{_BULK}{sync}/data", params=asked, headers={"Accept": _FORMS[kind]})
                page.raise_for_status()
    return took


def _floor(bare: Server, kind: str) -> dict[str, _Took]:
    took: dict[str, _Took] = defaultdict(_Took)
    with _client(bare, kind) as client:
        for name, path in (("accepted", "/keep"), ("applied", f"/upsert/{kind}")):
            for post in _posts(kind):
                with took[name].counting(bare):
                    client.post(path, content=post).raise_for_status()
        for after in range(0, ROWS, _PAGE):
            with took["exported"].counting(bare):
                client.get(f"/{kind}/{after}").raise_for_status()
    return took


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
