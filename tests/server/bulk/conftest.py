"""Bulk calls as a client makes them: define, stage, sync, poll."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from mock_eloqua.embedded import EloquaSite

_FIELDS = {
    "email": "{{Contact.Field(C_EmailAddress)}}",
    "first": "{{Contact.Field(C_FirstName)}}",
    "last": "{{Contact.Field(C_LastName)}}",
}
_PATIENCE = 20.0


@dataclass
class Bulk:
    """Bulk 2.0 as one user."""

    client: httpx2.Client
    auth: tuple[str, str] | None
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, **options: Any) -> httpx2.Response:
        return self.client.request(method, f"/API/Bulk/2.0{path}", auth=self.auth, **options)

    def get(self, path: str, **parameters: Any) -> httpx2.Response:
        return self("GET", path, params=parameters or None)

    def post(self, path: str, body: Any) -> httpx2.Response:
        return self("POST", path, json=body)

    def put(self, path: str, body: Any) -> httpx2.Response:
        return self("PUT", path, json=body)

    def delete(self, path: str) -> httpx2.Response:
        return self("DELETE", path)

    def as_user(self, name: str, password: str = "s3cret") -> Bulk:
        """The same calls as somebody else."""
        return Bulk(self.client, (f"MockCo\\{name}", password))

    def nobody(self) -> Bulk:
        """The same calls without credentials."""
        return Bulk(self.client, None)

    def define_import(self, **changes: Any) -> str:
        """The uri of a new import of address, first and last name, by address."""
        body = {"name": "an import", "fields": _FIELDS, "identifierFieldName": "email"} | changes
        return self._uri(self.post("/contacts/imports", body))

    def define_export(self, **changes: Any) -> str:
        """The uri of a new export of the same."""
        return self._uri(self.post("/contacts/exports", {"name": "an export", "fields": _FIELDS} | changes))

    def define(self, path: str, **body: Any) -> str:
        """The uri of any new definition."""
        return self._uri(self.post(path, {"name": "a definition"} | body))

    def rows(self, uri: str) -> list[dict[str, str]]:
        """What an export definition finds."""
        sync = self.run(uri)
        assert sync["status"] == "success", self.log(sync)
        found: list[dict[str, str]] = self.get(f"{sync['uri']}/data", limit=50_000).json().get("items", [])
        return found

    def _uri(self, answer: httpx2.Response) -> str:
        assert answer.status_code == 201, (answer.status_code, answer.text)
        return str(answer.json()["uri"])

    def stage(self, uri: str, rows: Any) -> None:
        """Upload rows as JSON."""
        answer = self("POST", f"{uri}/data", content=json.dumps(rows), headers={"Content-Type": "application/json"})
        assert answer.status_code == 204, (answer.status_code, answer.text)

    def stage_csv(self, uri: str, text: str | bytes, content_type: str = "text/csv") -> httpx2.Response:
        """Upload CSV."""
        content = text.encode() if isinstance(text, str) else text
        return self("POST", f"{uri}/data", content=content, headers={"Content-Type": content_type})

    def start(self, uri: str) -> str:
        """The uri of a new sync."""
        return self._uri(self.post("/syncs", {"syncedInstanceUri": uri}))

    def ended(self, sync: str) -> dict[str, Any]:
        """A sync once it has ended."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            found: dict[str, Any] = self.get(sync).json()
            if found["status"] not in ("pending", "active"):
                return found
            time.sleep(0.003)
        raise AssertionError(f"{sync} is still {found['status']}")

    def run(self, uri: str) -> dict[str, Any]:
        """Sync a definition to its end."""
        return self.ended(self.start(uri))

    def load(self, rows: Any, **definition: Any) -> dict[str, Any]:
        """Define an import, stage rows, sync: the ended sync."""
        uri = self.define_import(**definition)
        self.stage(uri, rows)
        return self.run(uri)

    def log(self, sync: dict[str, Any]) -> list[dict[str, Any]]:
        """The log lines of a sync."""
        lines: list[dict[str, Any]] = self.get(f"{sync['uri']}/logs").json()["items"]
        return lines

    def counts(self, sync: dict[str, Any]) -> dict[str, int]:
        """Code to count, over the log of a sync."""
        return {line["statusCode"]: line["count"] for line in self.log(sync)}

    def rejects(self, sync: dict[str, Any]) -> list[dict[str, Any]]:
        """The rejects of a sync."""
        found: list[dict[str, Any]] = self.get(f"{sync['uri']}/rejects").json()["items"]
        return found

    def export(self, **definition: Any) -> list[dict[str, str]]:
        """What an export finds."""
        return self.rows(self.define_export(**definition))

    def constraints(self, answer: httpx2.Response) -> dict[str, str]:
        """Field to constraint of a refused call."""
        assert answer.status_code == 400, (answer.status_code, answer.text)
        assert answer.reason_phrase == "There was a validation error."
        return {each["field"]: each["constraint"] for each in answer.json()["failures"]}


@pytest.fixture
def bulk(eloqua: EloquaSite, connection: httpx2.Client) -> Bulk:
    """Calls to Bulk 2.0 on a clean site whose syncs do not dawdle."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    return Bulk(connection, eloqua.basic_auth)


@pytest.fixture
def names(eloqua: EloquaSite) -> Any:
    """First and last name of the contact of an address."""

    def look_up(address: str) -> tuple[str, str]:
        found = eloqua.contact(address)
        return found.get("firstName", ""), found.get("lastName", "")

    return look_up


@pytest.fixture
def addresses() -> Any:
    """Addresses of the test domain."""

    def make(count: int) -> Iterable[str]:
        return [f"person{number}@example.test" for number in range(count)]

    return make
