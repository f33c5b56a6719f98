"""The worked exchanges of the reference, request by request (`bulk` appendix A); A4 to A6 are in files of their own."""

from __future__ import annotations

import re
from typing import Any

from mock_eloqua.embedded import EloquaSite

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")
IMPORT = {
    "name": "n",
    "fields": {"e": "{{Contact.Field(C_EmailAddress)}}", "f": "{{Contact.Field(C_FirstName)}}"},
    "identifierFieldName": "e",
}


def stampless(body: dict[str, Any]) -> dict[str, Any]:
    """The same with `...` for each moment, whose form is looked at."""
    moments = {name: value for name, value in body.items() if name.endswith("At")}
    assert all(STAMP.fullmatch(each) for each in moments.values()), moments
    return {name: "..." if name in moments else value for name, value in body.items()}


def test_an_import_with_an_explicit_sync(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md A1."""
    made = bulk.post("/contacts/imports", IMPORT | {"isSyncTriggeredOnImport": False})
    assert made.status_code == 201
    assert list(stampless(made.json()).items()) == [
        ("name", "n"),
        ("fields", IMPORT["fields"]),
        ("identifierFieldName", "e"),
        ("isSyncTriggeredOnImport", False),
        ("dataRetentionDuration", "P7D"),
        ("isUpdatingMultipleMatchedRecords", False),
        ("uri", "/contacts/imports/1"),
        ("createdBy", "api.user"),
        ("createdAt", "..."),
        ("updatedBy", "api.user"),
        ("updatedAt", "..."),
    ]

    staged = bulk.post("/contacts/imports/1/data", [{"e": "a@b.com", "f": "A"}])
    assert (staged.status_code, staged.content) == (204, b"")

    eloqua.clock.freeze()
    eloqua.set(sync_pending_seconds=5, sync_active_seconds=5)
    started = bulk.post("/syncs", {"syncedInstanceUri": "/contacts/imports/1"})
    assert started.status_code == 201
    about = {"syncedInstanceUri": "/contacts/imports/1", "createdAt": "...", "createdBy": "api.user", "uri": "/syncs/1"}
    assert stampless(started.json()) == about | {"status": "pending"}

    assert bulk.get("/syncs/1").json()["status"] == "pending"
    eloqua.clock.advance(seconds=5)
    while (under_way := bulk.get("/syncs/1").json())["status"] == "pending":
        pass
    assert stampless(under_way) == about | {"status": "active", "syncStartedAt": "..."}
    eloqua.clock.advance(seconds=5)
    assert stampless(bulk.ended("/syncs/1")) == about | {
        "status": "success",
        "syncStartedAt": "...",
        "syncEndedAt": "...",
    }

    logs = bulk.get("/syncs/1/logs").json()
    assert [(each["statusCode"], each["severity"], each["count"]) for each in logs["items"]] == [
        ("ELQ-00130", "information", 1),
        ("ELQ-00137", "information", 0),
        ("ELQ-00101", "information", 0),
        ("ELQ-00001", "information", 1),
        ("ELQ-00003", "information", 1),
        ("ELQ-00004", "information", 1),
        ("ELQ-00022", "information", 0),
        ("ELQ-00071", "information", 0),
    ]
    assert bulk.get("/syncs/1/rejects").json() == {
        "items": [],
        "totalResults": 0,
        "limit": 1000,
        "offset": 0,
        "count": 0,
        "hasMore": False,
    }
    assert bulk.delete("/contacts/imports/1").status_code == 204


def test_an_import_of_csv_that_starts_its_syncs(bulk: Any, names: Any) -> None:
    """[client] bulk.md A2: every further upload starts a further sync."""
    uri = bulk.define("/contacts/imports", **IMPORT, isSyncTriggeredOnImport=True)

    for number, row in enumerate(["a@b.com,A", "b@b.com,B"], 1):
        answer = bulk.stage_csv(uri, f"e,f\n{row}")
        assert answer.status_code == 201
        assert stampless(answer.json()) == {
            "syncedInstanceUri": uri,
            "status": "pending",
            "createdAt": "...",
            "createdBy": "api.user",
            "uri": f"/syncs/{number}",
        }
        assert bulk.ended(f"/syncs/{number}")["status"] == "success"

    assert (names("a@b.com"), names("b@b.com")) == (("A", ""), ("B", ""))


def test_an_export_of_activities(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] bulk.md A3."""
    fields = {"ActivityId": "{{Activity.Id}}", "ActivityDate": "{{Activity.CreatedAt}}"}
    body = {"name": "n", "fields": fields, "filter": "'{{Activity.Type}}'='EmailOpen'"}
    envelope = {"totalResults": 0, "limit": 50_000, "offset": 0, "count": 0, "hasMore": False}

    made = bulk.post("/activities/exports", body)
    assert made.status_code == 201
    assert stampless(made.json()) == body | {
        "dataRetentionDuration": "PT6H",
        "uri": "/activities/exports/1",
        "createdBy": "api.user",
        "createdAt": "...",
        "updatedBy": "api.user",
        "updatedAt": "...",
    }
    empty = bulk.run("/activities/exports/1")
    assert empty["status"] == "success"
    assert bulk.get("/syncs/1/data?limit=50000&offset=0").json() == envelope

    eloqua.seed(
        contacts=[{"emailAddress": "a@b.com"}],
        activities=[{"type": "emailOpen", "contact": "a@b.com", "at": "2018-11-02T17:25:26.203Z"}],
    )
    bulk.run("/activities/exports/1")
    (row,) = bulk.get("/syncs/2/data").json()["items"]
    assert row == {"ActivityId": row["ActivityId"], "ActivityDate": "2018-11-02 13:25:26.203"}
    assert bulk.get("/syncs/2/data?limit=50000&offset=0").json() == {
        "items": [row],
        **envelope,
        "totalResults": 1,
        "count": 1,
    }
    as_csv = bulk("GET", "/syncs/2/data", headers={"Accept": "text/csv"})
    assert as_csv.headers["content-type"].startswith("text/csv")
    assert as_csv.text.split() == ["ActivityId,ActivityDate", f"{row['ActivityId']},2018-11-02", "13:25:26.203"]

    assert bulk.delete("/activities/exports/1/data").status_code == 204
    assert bulk.delete("/activities/exports/1").status_code == 204
