"""An import by the reference client, and by plain posts of the same bytes: each as a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

from benchmarks import people, servers
from benchmarks.process import ROOT
from benchmarks.scale import ROWS
from benchmarks.table import Measure, Sample
from eloqua_client import UNPACED, Basic, Eloqua
from eloqua_client.bulk import Limits
from eloqua_client.bulk.chunks import Chunks

_FIELDS = {name: f"{{{{Contact.Field({internal})}}}}" for name, internal in people.FIELDS.items()}


def client_import(_seconds: float) -> Iterator[Sample]:
    """From the first row to the ended sync; the waits that imitate a busy POD are off."""
    with servers.ours() as ours:
        mine = _program("rows", ours.port, str(ROWS))
    with tempfile.TemporaryDirectory() as folder, servers.ours() as ours:
        _write_bodies(Path(folder))
        plain = _program("files", ours.port, folder)
    name = f"import of {ROWS:,} contacts by the client"
    yield Measure(name, "s", "", 2), mine[0], plain[0]
    yield Measure("... processor of the client", "s", "", 2), mine[1], plain[1]
    yield Measure("... most memory of the client", "MB", "< 100 MB"), mine[2], plain[2]


def _program(*words: object) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.client_import", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  ourselves
    return [float(each) for each in done.stdout.split()]


def _write_bodies(folder: Path) -> None:
    """What the client sends, a file for each post."""
    rows, chunks, number = people.rows(ROWS), Chunks(Limits()), 0
    more = True
    while more:
        any(map(chunks.add, rows))
        more = chunks.is_full
        if chunks.rows:
            (folder / f"{number:06}").write_bytes(chunks.cut())
            number += 1


def _import_rows(base: str, count: int) -> None:
    site, _, user = servers.LOGIN.partition("\\")
    with Eloqua(Basic(site, user, servers.PASSWORD), login_url=base, manners=UNPACED) as eloqua:
        result = eloqua.bulk.import_contacts(people.rows(count), fields=_FIELDS, identifier="EmailAddress")
    if (result.status, result.counts.created) != ("success", count):
        raise SystemExit(f"benchmarks: the import ended in {result.status}, {result.counts}")


def _post_files(base: str, folder: Path) -> None:
    with httpx2.Client(base_url=f"{base}/API/Bulk/2.0", headers=servers.JSON_HEADERS, timeout=60) as client:
        wanted = {"name": "benchmark", "fields": _FIELDS, "identifierFieldName": "EmailAddress"}
        uri = client.post("/contacts/imports", json=wanted).raise_for_status().json()["uri"]
        for file in sorted(folder.iterdir()):
            client.post(f"{uri}/data", content=file.read_bytes()).raise_for_status()
        sync = client.post("/syncs", json={"syncedInstanceUri": uri}).raise_for_status().json()
        while sync["status"] in ("pending", "active"):
            time.sleep(0.1)
            sync = client.get(sync["uri"]).raise_for_status().json()
    if sync["status"] != "success":
        raise SystemExit(f"benchmarks: the import ended in {sync['status']}")


def main(kind: str, port: str, what: str) -> None:
    """Print seconds of the wall clock and of the processor, and the most resident megabytes."""
    base = f"http://127.0.0.1:{port}"
    quick = {"sync_timing": "instant"}
    httpx2.put(f"{base}/_mock/settings", json=quick, headers=servers.HEADERS).raise_for_status()
    started, used = time.perf_counter(), time.process_time()
    if kind == "rows":
        _import_rows(base, int(what))
    else:
        _post_files(base, Path(what))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - started, time.process_time() - used, memory)


if __name__ == "__main__":
    main(*sys.argv[1:])
