"""An import through the Bulk API, from the first byte posted to the ended sync."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import httpx2

from benchmarks import people, servers
from benchmarks.process import Server


def import_posts(ours: Server, posts: Iterable[bytes]) -> tuple[float, float]:
    """Seconds of the wall clock and of the server's processor for `people.posts`."""
    return import_rows(ours, people.FIELDS, "EmailAddress", posts)


def import_rows(
    ours: Server, fields: Mapping[str, str], identifier: str, posts: Iterable[bytes]
) -> tuple[float, float]:
    """The same for any contacts, given key to internal name; the waits that imitate a busy POD are off."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{ours.port}", headers=servers.JSON_HEADERS, timeout=60) as client:
        client.put("/_mock/settings", json={"sync_timing": "instant"}).raise_for_status()
        bulk = "/API/Bulk/2.0"
        statements = {name: f"{{{{Contact.Field({internal})}}}}" for name, internal in fields.items()}
        wanted = {"name": "benchmark", "fields": statements, "identifierFieldName": identifier}
        uri = client.post(f"{bulk}/contacts/imports", json=wanted).raise_for_status().json()["uri"]
        started, used = time.perf_counter(), ours.cpu
        for post in posts:
            client.post(f"{bulk}{uri}/data", content=post).raise_for_status()
        sync = client.post(f"{bulk}/syncs", json={"syncedInstanceUri": uri}).raise_for_status().json()
        while sync["status"] in ("pending", "active"):
            time.sleep(0.03)
            sync = client.get(f"{bulk}{sync['uri']}").raise_for_status().json()
        passed = time.perf_counter() - started, ours.cpu - used
    if sync["status"] != "success":
        raise SystemExit(f"benchmarks: the import ended in {sync['status']}")
    return passed
