"""Bulk 2.0 and Bulk 1.0 as the property tests call them: the same work in the words of each (`bulk` 20)."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2
from tests.server.bulk.model.entities import Entity
from tests.server.bulk.model.imports import Cards, Definition
from tests.server.bulk.model.uploads import Upload

_PATIENCE = 20.0


@dataclass
class Face:
    """Bulk 2.0."""

    client: httpx2.Client
    auth: tuple[str, str]
    version = "2.0"
    syncs = "/syncs"
    plural = True

    def __call__(self, method: str, path: str, *, version: str | None = None, **options: Any) -> httpx2.Response:
        return self.client.request(method, f"/API/Bulk/{version or self.version}{path}", auth=self.auth, **options)

    def path(self, entity: str, kind: str) -> str:
        """Where definitions are made."""
        return f"/{entity}/{kind}"

    def words(self, body: dict[str, Any]) -> dict[str, Any]:
        """A definition in the words of this version."""
        return body

    def define(self, entity: str, kind: str, **body: Any) -> str:
        """The uri of a new definition."""
        answer = self("POST", self.path(entity, kind), json={"name": "one", **self.words(body)})
        assert answer.status_code == 201, (body, answer.text)
        return str(answer.json()["uri"])

    def stage(self, uri: str, upload: Upload) -> None:
        """Upload."""
        content, media = upload.content()
        answer = self("POST", f"{uri}/data", content=content, headers={"Content-Type": media})
        assert answer.status_code == 204, (content, answer.text)

    def run(self, uri: str) -> dict[str, Any]:
        """Sync a definition to its end."""
        answer = self("POST", self.syncs, json={"syncedInstanceUri": uri})
        assert answer.status_code == 201, answer.text
        sync = answer.json()["uri"]
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            found: dict[str, Any] = self("GET", sync).json()
            if found["status"] not in ("pending", "active"):
                return found
            time.sleep(0.001)
        raise AssertionError(f"{sync} does not end")

    def lines(self, sync: Mapping[str, Any]) -> list[tuple[str, int]]:
        """Code and count of the lines of a log."""
        answer = self("GET", f"{_second(sync['uri'])}/logs", version="2.0").json()
        return [(each["statusCode"], each["count"]) for each in answer["items"]]

    def rejects(self, sync: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rejects; 1.0 does not show any, but a sync is the same in both."""
        found: list[dict[str, Any]] = self("GET", f"{_second(sync['uri'])}/rejects", version="2.0").json()["items"]
        return found

    def rows(self, uri: str, size: int, *, as_csv: bool) -> list[dict[str, str]]:
        """What an export finds, page by page, in the order of the columns that it was asked for."""
        sync = self.run(uri)
        assert sync["status"] == "success", self.lines(sync)
        found: list[dict[str, str]] = []
        while True:
            page = self.page(sync, len(found), size, "text/csv" if as_csv else "application/json")
            found += page
            if len(page) < size:
                return found

    def page(self, sync: Mapping[str, Any], offset: int, size: int, accept: str) -> list[dict[str, str]]:
        """Some of the rows."""
        return self._read(f"{sync['uri']}/data", {"offset": offset, "limit": size}, accept, "items")

    def _read(self, path: str, query: Mapping[str, int], accept: str, items: str) -> list[dict[str, str]]:
        answer = self("GET", path, params=query, headers={"Accept": accept})
        assert answer.status_code == 200, answer.text
        if accept == "text/csv":
            return list(csv.DictReader(io.StringIO(answer.text, newline="")))
        found: list[dict[str, str]] = answer.json().get(items, [])
        return found


class First(Face):
    """Bulk 1.0: nouns in the singular, durations in seconds, pages, results instead of logs."""

    version = "1.0"
    syncs = "/sync"

    def path(self, entity: str, kind: str) -> str:
        """Where definitions are made."""
        noun, slash, key = entity.partition("/")
        return f"/{noun.removesuffix('s')}{slash}{key}/{kind.removesuffix('s')}"

    def words(self, body: dict[str, Any]) -> dict[str, Any]:
        """Enumerations as numbers."""
        numbers = {"always": 1, "ifNewIsNotNull": 2, "ifExistingIsNull": 6, "useFieldRule": 17}
        said = {"updateRule": numbers[body["updateRule"]]} if "updateRule" in body else {}
        return {**body, **said, "secondsToRetainData": 3600}

    def page(self, sync: Mapping[str, Any], offset: int, size: int, accept: str) -> list[dict[str, str]]:
        """Some of the rows."""
        query = {"page": offset // size + 1, "pageSize": size}
        return self._read(f"{sync['syncedInstanceUri']}/data", query, accept, "elements")

    def lines(self, sync: Mapping[str, Any]) -> list[tuple[str, int]]:
        """The results have the counts and texts of the log; what they lack is read through 2.0."""
        log = self("GET", f"{_second(sync['uri'])}/logs", version="2.0").json()["items"]
        results = self("GET", f"{sync['uri']}/results").json()
        assert results["total"] == len(log)
        assert [(each["count"], each.get("message")) for each in results["elements"]] == [
            (each["count"], each.get("message")) for each in log
        ]
        return [(each["statusCode"], each["count"]) for each in log]


def _second(uri: str) -> str:
    return uri.replace("/sync/", "/syncs/")


def body(entity: Entity, definition: Definition) -> dict[str, Any]:
    """An import definition as the Bulk API takes it; what has its default is left out."""
    said: dict[str, Any] = {
        "updateRule": definition.update_rule,
        "updateRuleByField": dict(definition.rule_by_field) or None,
        "importRule": definition.import_rule,
        "isUpdatingMultipleMatchedRecords": definition.several or None,
        "nullIdentifierFieldName": definition.blanks_identifier or None,
        "isIdentifierFieldCaseSensitive": definition.is_exact or None,
        **(_cards(definition.mapping) if definition.mapping else {}),
    }
    return {
        "fields": {key: entity.columns[key].statement for key in definition.columns},
        "identifierFieldName": definition.identifier,
        **{name: value for name, value in said.items() if value is not None},
    }


def _cards(mapping: Cards) -> dict[str, Any]:
    entity = mapping.partner.entity
    return {
        "mapDataCards": True,
        "mapDataCardsEntityType": {"Contact": "Contact", "Account": "Company"}[entity.root],
        "mapDataCardsEntityField": entity.columns[mapping.column].statement,
        "mapDataCardsSourceField": mapping.source,
        "mapDataCardsCaseSensitiveMatch": mapping.is_exact,
    }


def load(face: Face, entity: Entity, definition: Definition, uploads: Sequence[Upload]) -> dict[str, Any]:
    """Import: the ended sync."""
    uri = face.define(entity.path, "imports", **body(entity, definition))
    for upload in uploads:
        face.stage(uri, upload)
    return face.run(uri)
