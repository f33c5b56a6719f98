"""An import through the Bulk API, from the first byte posted to the ended sync."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import httpx2

from benchmarks import people, servers
from benchmarks.process import Server


def import_posts(ours: Server, posts: Iterable[bytes]) -> tuple[float, float]:
    """Seconds of the wall clock and of the server's processor; the waits that imitate a busy POD are off."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{ours.port}", headers=servers.JSON_HEADERS, timeout=60) as client:
        waits: dict[str, Any] = {"sync_pending_seconds": 0, "sync_active_seconds": 0}
        client.put("/_mock/settings", json=waits).raise_for_status()
        bulk = "/API/Bulk/2.0"
        fields = {name: f"{{{{Contact.Field({internal})}}}}" for name, internal in people.FIELDS.items()}
        wanted = {"name": "benchmark", "fields": fields, "identifierFieldName": "EmailAddress"}
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
