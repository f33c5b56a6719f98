"""A site and its model side by side: contacts, accounts, a custom object and an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from tests.server.bulk.faces import Face, load
from tests.server.bulk.model import entities, exports, imports
from tests.server.bulk.model.entities import CUSTOM_FIELDS, RECORD_FIELDS, Store
from tests.server.bulk.model.imports import Definition, Report
from tests.server.bulk.model.uploads import Upload

MODEL = settings(
    max_examples=max(5, settings().max_examples // 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""An example is two or three loads, or four filters, and costs as much as a whole test elsewhere."""
START = datetime(2024, 3, 9, 22, 30, 0, 250_000, tzinfo=UTC)
"""Summer time begins in the night to the 10th."""
PEOPLE = (
    {"email": "ada@x.co", "first": "Ada", "company": "Acme", "city": "Babbage"},
    {"email": "Bob@x.co", "first": "Bob", "company": "acme", "city": "Acme"},
    {"email": "cyd@x.co"},
)
FIRMS = ({"company": "Babbage", "city": "ACME"}, {"company": "O'Neil"}, {"company": "babbage"})


@dataclass
class World:
    """What the model knows of a site."""

    eloqua: Any
    now: datetime = START
    stores: dict[str, Store] = field(default_factory=dict)
    """`Contact`, `Account`, `Opportunity`, `CustomObject`, `Event`."""

    @classmethod
    def clean(cls, eloqua: Any) -> World:
        """A clean site with the fields that the model knows."""
        eloqua.reset()
        eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
        eloqua.clock.freeze(START)
        eloqua.seed(
            fields=[
                {"entity": entity, "name": name, "dataType": kind, "updateType": rule}
                for entity, name, kind, rule in CUSTOM_FIELDS
            ]
        )
        contacts, accounts = Store(entities.contacts()), Store(entities.accounts())
        opportunities = Store(entities.opportunities())
        return cls(eloqua, stores={"Contact": contacts, "Account": accounts, "Opportunity": opportunities})

    def with_people(self) -> World:
        """Contacts and accounts to begin with."""
        seeds = {"Contact": ("contacts", PEOPLE), "Account": ("accounts", FIRMS)}
        for noun, (word, rows) in seeds.items():
            store = self.stores[noun]
            fields = {name: column.statement[len(noun) + 9 : -3] for name, column in store.entity.columns.items()}
            self.eloqua.seed(**{word: [{fields[name]: text for name, text in row.items()} for row in rows]})
            for row in rows:
                store.add(row, self.now)
        return self

    def with_records(self, http: Any, noun: str) -> World:
        """An object for records, made through REST."""
        path = {"CustomObject": "customObject", "Event": "eventRegistration"}[noun]
        fields = [
            {"type": "CustomObjectField", "id": str(-number), "name": name, "dataType": kind}
            for number, (name, (kind, _)) in enumerate(RECORD_FIELDS.items(), 1)
        ]
        body = {"name": "Orders", "fields": fields, "uniqueCodeFieldId": "-1"}
        made = http.post(f"/API/REST/2.0/assets/{path}", json=body).json()
        ids = {each["name"]: each["id"] for each in made["fields"]}
        self.stores[noun] = Store(entities.records(noun, int(made["id"]), ids), contacts=self.stores["Contact"])
        return self

    def pass_time(self) -> None:
        """So that what is written next is stamped later."""
        self.now += timedelta(hours=7, milliseconds=7)
        self.eloqua.clock.freeze(self.now)

    def load(self, face: Face, noun: str, definition: Definition, uploads: list[Upload]) -> None:
        """Import into the site and into the model: status, log and rejects are the same."""
        store = self.stores[noun]
        self.pass_time()
        sync = load(face, store.entity, definition, uploads)
        report = imports.load(store, definition, uploads, self.now)
        same(face, sync, report)

    def agrees(self, face: Face, noun: str, *, utc: bool = False, size: int = 50_000, as_csv: bool = False) -> None:
        """An export of everything tells what the model knows."""
        store = self.stores[noun]
        options = {"areSystemTimestampsInUTC": True} if utc else {}
        uri = face.define(store.entity.path, "exports", fields=exports.fields(store.entity), **options)
        found = face.rows(uri, size, as_csv=as_csv)
        expected = exports.rows(store, utc=utc)
        assert found == expected
        assert [list(row) for row in found] == [list(row) for row in expected]


def same(face: Face, sync: Mapping[str, Any], report: Report) -> None:
    """Status, log and rejects of an import are what the model says."""
    log = face.lines(sync)
    assert sorted(line for line in log if line[0] != "ELQ-00101") == sorted(report.lines)
    told = [code for code, _ in log if code in imports.RECORDED_ORDER]
    assert told == [code for code in imports.RECORDED_ORDER if code in told]
    assert [_told(each) for each in face.rejects(sync)] == [
        (each.index, each.code, list(each.fields), each.values) for each in report.rejects
    ]
    assert sync["status"] == report.status


def _told(reject: dict[str, Any]) -> tuple[int, str, list[str], dict[str, str]]:
    return reject["recordIndex"], reject["statusCode"], sorted(reject["invalidFields"]), reject["fieldValues"]
