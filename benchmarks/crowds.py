"""Measures on many contacts: pages of a list, a search among a million, a segment over a hundred thousand."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import orjson

from benchmarks import people, servers
from benchmarks.bulk import import_posts
from benchmarks.process import Server
from benchmarks.table import Measure, Sample

_REST = "/API/REST/1.0"
_PAGE = 1000
_TIMES = 10
_SEGMENT = {
    "name": "Half of them",
    "elements": [
        {
            "type": "ContactFilterSegmentElement",
            "isIncluded": "true",
            "filter": {
                "type": "ContactFilter",
                "name": "",
                "scope": "local",
                "statement": "-1",
                "criteria": [
                    {
                        "type": "ContactFieldCriterion",
                        "id": "-1",
                        "fieldId": "100009",
                        "condition": {"type": "TextValueCondition", "operator": "contains", "value": "city 4"},
                    }
                ],
            },
        }
    ],
}


def lists(_seconds: float) -> Iterator[Sample]:
    """A page of 1,000 contacts; the floor answers the same JSON out of memory."""
    with servers.ours() as ours:
        import_posts(ours, people.posts(_PAGE))
        for depth in ("minimal", "complete"):
            yield _beside_json(f"list {_PAGE:,} contacts, {depth}", ours, f"/data/contacts?depth={depth}")


def search(_seconds: float) -> Iterator[Sample]:
    """One contact among a million, by address; the floor answers the same JSON out of memory."""
    with servers.ours() as ours:
        import_posts(ours, people.posts(1_000_000))
        address = "person.700000@company106.example.test"
        yield _beside_json("search 1,000,000 by address", ours, f"/data/contacts?search={address}&depth=complete")


def segment(_seconds: float) -> Iterator[Sample]:
    """A segment with a text criterion over 100,000 contacts; the floor is the same count in SQLite alone."""
    posts = list(people.posts(100_000))
    with servers.ours() as ours, _client(ours) as client:
        import_posts(ours, posts)
        key = client.post(f"{_REST}/assets/contact/segment", json=_SEGMENT).raise_for_status().json()["id"]
        mine = _median(lambda: client.post(f"{_REST}/assets/contact/segment/queue/{key}").raise_for_status())
        count = client.get(f"{_REST}/assets/contact/segment/{key}").json()["count"]
    bare, found = _counted(posts)
    if int(count) != found:
        raise SystemExit(f"benchmarks: the segment counts {count}, and there are {found}")
    yield Measure("segment over 100,000 contacts", "ms"), mine, bare


def _beside_json(name: str, ours: Server, path: str) -> Sample:
    with _client(ours) as client, tempfile.TemporaryDirectory() as folder:
        page = client.get(f"{_REST}{path}").raise_for_status()
        if not page.json()["total"]:
            raise SystemExit(f"benchmarks: {path} finds nothing")
        mine = _median(lambda: client.get(f"{_REST}{path}"))
        file = Path(folder, "page.json")
        file.write_bytes(page.content)
        with servers.bare_fastapi(file) as floor, _client(floor) as other:
            return Measure(name, "ms", decimals=2), mine, _median(lambda: other.get("/contact/1"))


def _client(server: Server) -> httpx2.Client:
    return httpx2.Client(base_url=f"http://127.0.0.1:{server.port}", headers=servers.JSON_HEADERS, timeout=120)


def _median(work: Any) -> float:
    """Milliseconds of one call, the first aside."""
    times = []
    for _ in range(_TIMES + 1):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return median(times[1:])


def _counted(posts: list[bytes]) -> tuple[float, int]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE contact (id INTEGER PRIMARY KEY, doc TEXT)")
    rows = ((orjson.dumps(row).decode(),) for post in posts for row in orjson.loads(post))
    database.executemany("INSERT INTO contact (doc) VALUES (?)", rows)
    query = "SELECT count(*) FROM contact WHERE lower(json_extract(doc, '$.City')) LIKE '%city 4%'"
    count = database.execute(query).fetchone()[0]
    passed = _median(lambda: database.execute(query).fetchone())
    database.close()
    return passed, count
