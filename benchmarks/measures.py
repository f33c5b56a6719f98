"""What is measured. Each function gives the samples of one round, ours and the floor one right after the other."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2

from benchmarks import crowds, load, people, scale, servers, soap
from benchmarks.bulk import import_posts
from benchmarks.client_import import client_import
from benchmarks.https import https
from benchmarks.load import Request
from benchmarks.process import ROOT, SERVER_CORE, Server, pin
from benchmarks.table import Measure, Sample

ROWS = 100_000
_REST = "/API/REST/1.0"


def start(_seconds: float) -> Iterator[Sample]:
    """From nothing to the first answer."""
    with servers.ours() as ours:
        mine = (ours.first_answer, ours.cpu, ours.memory)
    with servers.bare_fastapi() as floor:
        other = (floor.first_answer, floor.cpu, floor.memory)
    yield Measure("start to first answer", "ms", "<= 1.5"), mine[0] * 1000, other[0] * 1000
    yield Measure("... processor", "ms"), mine[1] * 1000, other[1] * 1000
    yield Measure("resident after it", "MB", "< 90 MB"), mine[2], other[2]


def rest(seconds: float) -> Iterator[Sample]:
    """One contact, read and created."""
    with tempfile.TemporaryDirectory() as folder, servers.ours() as ours:
        contact = _contact(ours)
        file = Path(folder, "contact.json")
        file.write_bytes(contact.content)
        read = Request("GET", f"{_REST}/data/contact/{contact.json()['id']}?depth=complete", servers.HEADERS)
        create = Request("POST", f"{_REST}/data/contact", servers.JSON_HEADERS, people.CONTACT)
        with servers.bare_fastapi(file) as floor:
            bare_read = Request("GET", "/contact/1", {})
            bare_create = Request("POST", "/contact", {"Content-Type": "application/json"}, people.CONTACT)
            for connections in (1, 8):
                name = f"GET a contact, {connections} at a time"
                yield from _compared(name, ">= 0.6", ours, read, floor, bare_read, connections, seconds)
            yield from _compared("create a contact, 8 at a time", "", ours, create, floor, bare_create, 8, seconds)


def reset(_seconds: float) -> Iterator[Sample]:
    """A site with 100 contacts back to its seed, in process; the floor is the copy of the database alone."""
    mine, floor = _said("benchmarks.reset")
    yield Measure("reset of a seeded site", "ms", "<= 1 ms", 3), mine, floor


def plugin(_seconds: float) -> Iterator[Sample]:
    """What the fixtures cost: an empty test, and a call that does not leave the process."""
    for program, name, unit, target, digits in (
        ("empty_tests", "an empty test with eloqua", "ms", "+2 ms", 2),
        ("in_process", "GET a contact in process", "us", "< 300 us", 0),
        ("intercepted", "GET a contact by httpx and eloqua_intercept", "us", "", 0),
    ):
        mine, my_cpu, floor, its_cpu = _said(f"benchmarks.{program}")
        yield Measure(name, unit, target, digits), mine, floor
        yield Measure(f"... processor, {program}", unit, "", digits), my_cpu, its_cpu


def _said(program: str) -> list[float]:
    """The numbers that a program of ours prints, on the core of the servers."""
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-m", program],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        preexec_fn=lambda: pin(SERVER_CORE),
    )
    return [float(each) for each in said.stdout.split()]


def bulk_import(_seconds: float) -> Iterator[Sample]:
    """From the first byte posted to the ended sync; the waits that imitate a busy POD are off."""
    posts = list(people.posts(ROWS))
    with servers.ours() as ours:
        mine = import_posts(ours, posts)
    floor = _floor_of_import(posts)
    name = f"import of {ROWS:,} contacts"
    yield Measure(name, "s", "<= 2.5", 2), mine[0], floor[0]
    yield Measure("... processor", "s", "<= 2.5", 2), mine[1], floor[1]


ALL: dict[str, Callable[[float], Iterator[Sample]]] = {
    "start": start,
    "rest": rest,
    "https": https,
    "soap": soap.calls,
    "reset": reset,
    "plugin": plugin,
    "import": bulk_import,
    "lists": crowds.lists,
    "search": crowds.search,
    "segment": crowds.segment,
    "client-import": client_import,
    "million": scale.sqlite,
    "million-postgres": scale.postgres,
}


def _contact(ours: Server) -> httpx2.Response:
    url = f"http://127.0.0.1:{ours.port}{_REST}/data/contact"
    body = people.CONTACT.replace("#number#", "first")
    return httpx2.post(url, content=body, headers=servers.JSON_HEADERS).raise_for_status()


def _compared(  # noqa: PLR0917
    name: str, target: str, ours: Server, mine: Request, floor: Server, bare: Request, connections: int, seconds: float
) -> Iterator[Sample]:
    mine_rate, mine_cpu = _loaded(ours, mine, connections, seconds)
    bare_rate, bare_cpu = _loaded(floor, bare, connections, seconds)
    yield Measure(name, "1/s", target), mine_rate, bare_rate
    yield Measure(f"... processor, {name}", "us"), mine_cpu, bare_cpu


def _loaded(server: Server, request: Request, connections: int, seconds: float) -> tuple[float, float]:
    """Calls per second, and microseconds of the server's processor time for each."""
    load.run(server.port, request, connections, 1)
    before = server.cpu
    count, passed = load.run(server.port, request, connections, seconds)
    return count / passed, (server.cpu - before) / count * 1e6


def _floor_of_import(posts: list[bytes]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, str(number)) for number in range(len(posts))]
        for file, post in zip(files, posts, strict=True):
            file.write_bytes(post)
        said = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "benchmarks.floor_import", *map(str, files)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            preexec_fn=lambda: pin(SERVER_CORE),
        ).stdout.split()
    return float(said[0]), float(said[1])
