"""The servers under measurement: ours as users start it, and the floors under the same uvicorn options."""

from __future__ import annotations

import base64
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.process import Server, serving

LOGIN, PASSWORD = "MockCo\\api.user", "s3cret"
AUTHORIZATION = "Basic " + base64.b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
HEADERS = {"Authorization": AUTHORIZATION}
JSON_HEADERS = {**HEADERS, "Content-Type": "application/json"}

_UVICORN = [sys.executable, "-m", "uvicorn", "--port", "{port}", "--lifespan", "off", "--log-level", "warning"]
_UVICORN += ["--no-access-log", "--no-server-header", "--no-date-header"]


def ours(*options: str) -> AbstractContextManager[Server]:
    """Mock Eloqua with its default options but these: permissions, thresholds and the request log are on."""
    command = str(Path(sys.executable).with_name("mock-eloqua"))
    return serving([command, "serve", "--port", "{port}", *options], "/id", HEADERS)


def bare_fastapi(contact: Path | None = None) -> AbstractContextManager[Server]:
    """`floor_app`, which answers with the JSON in a file."""
    given = {"BENCHMARK_CONTACT": str(contact)} if contact else {}
    return serving([*_UVICORN, "benchmarks.floor_app:app"], "/id", {}, given)


def bare_soap(fields: Path) -> AbstractContextManager[Server]:
    """`floor_soap`, which answers with the fields in a file."""
    return serving([*_UVICORN, "benchmarks.floor_soap:app"], "/", {}, {"BENCHMARK_FIELDS": str(fields)})


def bare_bulk(store: str) -> AbstractContextManager[Server]:
    """`floor_bulk`, which keeps its rows in a SQLite file or a PostgreSQL database."""
    return serving([*_UVICORN, "benchmarks.floor_bulk:app"], "/", {}, {"BENCHMARK_STORE": store})


def bare_spyne() -> AbstractContextManager[Server]:
    """`floor_spyne`, spyne as it comes."""
    return serving([*_UVICORN, "benchmarks.floor_spyne:app"], "/", {})
