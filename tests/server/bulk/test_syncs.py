"""Syncs: how they are started, what they show, how they end (`bulk` 8)."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from sqlalchemy import insert

from mock_eloqua.embedded import EloquaSite
from mock_eloqua.store import tables

ADA = [{"email": "ada@example.test", "first": "A", "last": "L"}]


def test_a_new_sync_is_pending_and_has_the_recorded_keys(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] bulk.md 8.1."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()

    answer = bulk.post("/syncs", {"syncedInstanceUri": uri, "status": "active"})

    assert answer.status_code == 201
    body = answer.json()
    assert list(body) == ["syncedInstanceUri", "status", "createdAt", "createdBy", "uri"]
    assert (body["syncedInstanceUri"], body["status"], body["createdBy"]) == (uri, "pending", "api.user")
    assert re.fullmatch(r"/syncs/\d+", body["uri"])
    assert bulk.get(body["uri"]).json()["status"] == "pending"


def test_an_ended_sync_has_the_recorded_keys(bulk: Any) -> None:
    """[recorded] bulk.md 8.1."""
    sync = bulk.load(ADA)

    assert list(sync) == [
        "syncedInstanceUri",
        "syncStartedAt",
        "syncEndedAt",
        "status",
        "createdAt",
        "createdBy",
        "uri",
    ]


@pytest.mark.quirk("Q46")
@pytest.mark.quirk("Q47")
def test_the_post_of_a_sync_shows_a_later_clock_than_later_reads(bulk: Any, eloqua: EloquaSite) -> None:
    """[recorded] platform.md Q46, Q47: by 0.8 s, so that a sync seems to start before it was made."""
    eloqua.site.clock.freeze(16_257_948_103_187_286)

    made = bulk.post("/syncs", {"syncedInstanceUri": bulk.define_import()}).json()
    read = bulk.ended(made["uri"])

    assert made["createdAt"] == "2021-07-09T01:40:11.1187286Z"
    assert read["createdAt"] == "2021-07-09T01:40:10.3180000Z"
    assert read["syncStartedAt"] < made["createdAt"]


def test_a_sync_goes_from_pending_over_active_to_its_end_on_the_sites_clock(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 8.1; the delays are our default."""
    eloqua.clock.freeze()
    eloqua.set(sync_pending_seconds=100, sync_active_seconds=100)
    uri = bulk.define_import()
    bulk.stage(uri, ADA)
    sync = bulk.start(uri)
    assert bulk.get(sync).json()["status"] == "pending"

    eloqua.clock.advance(seconds=101)
    active = _until(bulk, sync, "active")
    assert "syncStartedAt" in active
    assert "syncEndedAt" not in active

    eloqua.clock.advance(seconds=101)
    assert _until(bulk, sync, "success")["syncEndedAt"] >= active["syncStartedAt"]


def _until(bulk: Any, sync: str, status: str) -> dict[str, Any]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found: dict[str, Any] = bulk.get(sync).json()
        if found["status"] == status:
            return found
        time.sleep(0.003)
    raise AssertionError(f"{sync} never became {status}")


def test_a_callback_url_is_shown(bulk: Any) -> None:
    """[doc] bulk.md 8.1."""
    uri = bulk.define_import()

    made = bulk.post("/syncs", {"syncedInstanceUri": uri, "callbackUrl": "https://example.com/done"}).json()

    assert made["callbackUrl"] == "https://example.com/done"
    assert bulk.ended(made["uri"])["callbackUrl"] == "https://example.com/done"


def test_the_callback_is_called_once_when_the_sync_has_ended(bulk: Any, listener: Any) -> None:
    """[doc] bulk.md 8.3 that it is called; a POST of the sync, once, is our default [inferred]."""
    port, called = listener
    sent = {"syncedInstanceUri": bulk.define_import(), "callbackUrl": f"http://localhost:{port}/done?by=me"}

    sync = bulk.ended(bulk.post("/syncs", sent).json()["uri"])

    method, path, content_type, body = called.get(timeout=10)
    assert (method, path, content_type) == ("POST", "/done?by=me", "application/json; charset=utf-8")
    assert json.loads(body) == sync
    assert called.empty()


def test_callbacks_can_be_switched_off(bulk: Any, eloqua: EloquaSite, listener: Any) -> None:
    """Our switch `sync_callbacks`."""
    port, called = listener
    eloqua.set(sync_callbacks="off")
    sent = {"syncedInstanceUri": bulk.define_import(), "callbackUrl": f"http://127.0.0.1:{port}/"}

    bulk.ended(bulk.post("/syncs", sent).json()["uri"])
    eloqua.site.jobs.join(10)

    assert called.empty()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.test/",
        "http://10.0.0.1/",
        "http://127.0.0.1.example.test/",
        "http://127.0.0.1:1/",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://127.0.0.1/ a\r\nb",
        "file:///etc/passwd",
        "nonsense",
        "//",
        " ",
    ],
)
def test_a_callback_that_cannot_be_made_changes_nothing(bulk: Any, eloqua: EloquaSite, caplog: Any, url: str) -> None:
    """[inferred] our default: strangers are never called, and failures are ignored."""
    made = bulk.post("/syncs", {"syncedInstanceUri": bulk.define_export(), "callbackUrl": url}).json()

    assert bulk.ended(made["uri"])["status"] == "success"
    eloqua.site.jobs.join(10)
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


@pytest.mark.parametrize("form", ["contacts/imports/{}", "/contacts//imports/{}/", "/Contacts/Imports/{}", "{base}"])
def test_the_uri_of_a_definition_is_taken_in_the_forms_that_clients_send(
    bulk: Any, eloqua: EloquaSite, form: str
) -> None:
    """[client] what-real-clients-do.md 2, 5; our default for the whole address."""
    uri = bulk.define_import()
    number = uri.rpartition("/")[2]
    sent = f"{eloqua.base_url}/API/Bulk/2.0{uri}" if form == "{base}" else form.format(number)

    assert bulk.post("/syncs", {"syncedInstanceUri": sent}).json()["syncedInstanceUri"] == uri


@pytest.mark.parametrize(
    "uri", ["/contacts/imports/999", "/accounts/imports/1", "nonsense", "/contacts/imports/" + "9" * 30]
)
def test_a_sync_of_nothing_is_a_missing_reference(bulk: Any, uri: str) -> None:
    """[doc] phrase; its use is our default: bulk.md 8.2."""
    answer = bulk.post("/syncs", {"syncedInstanceUri": uri})

    assert (answer.status_code, answer.reason_phrase, answer.content) == (
        400,
        "There was a missing reference.",
        b"",
    )


@pytest.mark.parametrize(
    "body", [{}, {"syncedInstanceUri": None}, {"syncedInstanceUri": ""}, {"syncedInstanceUri": ["x"]}]
)
def test_a_sync_without_a_definition_is_refused(bulk: Any, body: dict[str, Any]) -> None:
    """Our default: bulk.md 8.2."""
    assert list(bulk.constraints(bulk.post("/syncs", body))) == ["syncedInstanceUri"]


@pytest.mark.parametrize("path", ["", "/logs", "/rejects", "/data"])
def test_an_unknown_sync_is_a_404(bulk: Any, path: str) -> None:
    """[client] bulk.md 19.2."""
    assert bulk.get(f"/syncs/999{path}").status_code == 404


@pytest.mark.quirk("Q69")
def test_a_sync_is_forgotten_after_a_year(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5."""
    sync = bulk.load(ADA)
    eloqua.clock.advance(days=364)
    assert bulk.get(sync["uri"]).status_code == 200

    eloqua.clock.advance(days=2)

    assert bulk.get(sync["uri"]).status_code == 404
    assert bulk.get("/syncs").json()["items"] == []


@pytest.mark.eloqua(release="20C")
def test_before_20d_syncs_were_kept(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5: the removal came with 20D."""
    sync = bulk.load(ADA)
    eloqua.clock.advance(days=400)

    assert bulk.get(sync["uri"]).status_code == 200


@pytest.fixture
def spoilt(bulk: Any, eloqua: EloquaSite) -> str:
    """An export that was valid when it was made."""
    uri: str = bulk.define_export(fields={"e": "Contact.Field(C_EmailAddress)"})
    eloqua.set(statements_without_braces=False)
    return uri


@pytest.mark.quirk("Q60")
def test_a_definition_that_is_no_longer_valid_is_refused_when_it_is_to_be_synced(bulk: Any, spoilt: str) -> None:
    """[doc] bulk.md 8.2: since 20D a 400 with failures."""
    assert list(bulk.constraints(bulk.post("/syncs", {"syncedInstanceUri": spoilt}))) == ["fields"]
    assert bulk.get("/syncs").json()["totalResults"] == 0


@pytest.mark.eloqua(release="20C")
def test_before_20d_its_sync_ended_in_an_error(bulk: Any, spoilt: str) -> None:
    """[doc] bulk.md 8.2: ELQ-00122."""
    sync = bulk.run(spoilt)

    assert sync["status"] == "error"
    assert bulk.log(sync)[0]["message"].startswith("Validation errors found on sync ")


def test_the_data_of_an_import_are_a_400(bulk: Any) -> None:
    """[doc] bulk.md 7.2."""
    assert bulk.get(f"{bulk.load(ADA)['uri']}/data").status_code == 400


@pytest.mark.quirk("Q59")
def test_data_cannot_be_deleted_during_a_sync(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] platform.md Q59: since 24B."""
    eloqua.set(sync_pending_seconds=60)
    uri, export = bulk.define_import(), bulk.define_export()
    bulk.stage(uri, ADA)
    sync, exported = bulk.start(uri), bulk.start(export)

    answer = bulk.delete(f"{uri}/data")

    assert (answer.status_code, answer.reason_phrase, answer.content) == (409, "There was a conflict.", b"")
    assert bulk.delete(f"{export}/data").status_code == 409
    assert bulk.delete(f"{exported}/data").status_code == 409
    eloqua.clock.advance(seconds=61)
    assert bulk.ended(sync)["status"] == "success"
    bulk.ended(exported)
    assert bulk.delete(f"{uri}/data").status_code == 204


@pytest.mark.eloqua(release="24A")
def test_before_24b_data_go_without_a_word(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] platform.md Q59; that it worked before is our default."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()
    bulk.start(uri)

    assert bulk.delete(f"{uri}/data").status_code == 204


def test_a_sync_whose_definition_was_deleted_ends_in_an_error(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5: ELQ-00143."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()
    bulk.stage(uri, ADA)
    sync = bulk.start(uri)

    bulk.delete(uri)
    eloqua.clock.advance(seconds=61)

    ended = bulk.ended(sync)
    assert ended["status"] == "error"
    number = uri.rpartition("/")[2]
    assert bulk.log(ended)[0]["message"] == (
        f"Sync Recovery Worker could not recover from sync error. Import definition for id {number} has been deleted."
    )


@pytest.mark.quirk("Q66")
def test_the_word_for_a_failure_is_a_switch(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] platform.md Q66."""
    eloqua.set(sync_failure_status="errored")
    uri = bulk.define_import()
    bulk.stage(uri, [{"nothing": "known"}])

    assert bulk.run(uri)["status"] == "errored"


def test_an_upload_after_the_start_waits_for_the_next_sync(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default: a sync takes what is there when it is made."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()
    bulk.stage(uri, ADA)
    first = bulk.start(uri)
    bulk.stage(uri, [{"email": "b@example.test"}, {"email": "c@example.test"}])
    eloqua.clock.advance(seconds=61)

    assert bulk.counts(bulk.ended(first))["ELQ-00130"] == 1
    eloqua.set(sync_pending_seconds=0)
    assert bulk.counts(bulk.run(uri))["ELQ-00130"] == 2


def test_syncs_at_the_same_time_do_not_disturb_each_other(bulk: Any) -> None:
    """Our default: bulk.md 5, what happens is unknown."""
    uris = [bulk.define_import() for _ in range(4)]
    for number, uri in enumerate(uris):
        bulk.stage(uri, [{"email": f"p{row}@example.test", "first": str(number), "last": "L"} for row in range(2000)])

    ended = [bulk.ended(each) for each in [bulk.start(uri) for uri in uris]]

    assert {each["status"] for each in ended} == {"success"}
    counts = [bulk.counts(each) for each in ended]
    assert sum(each["ELQ-00004"] for each in counts) == 2000
    assert sum(each["ELQ-00022"] for each in counts) == 6000
    assert len(bulk.export()) == 2000


def test_a_reset_abandons_syncs(bulk: Any, eloqua: EloquaSite) -> None:
    """Nothing of a sync reaches the state after a reset."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()
    bulk.stage(uri, ADA)
    bulk.start(uri)

    eloqua.reset()
    eloqua.clock.advance(seconds=61)

    assert bulk.get("/syncs").json()["totalResults"] == 0
    assert bulk.get("/contacts/imports").json()["totalResults"] == 0
    assert bulk.run(bulk.define_export())["status"] == "success"


def test_a_sync_that_breaks_off_ends_in_an_error_and_writes_no_half_record(
    bulk: Any, eloqua: EloquaSite, caplog: Any
) -> None:
    """ELQ-00107 [doc] for whatever goes wrong inside; each batch goes in whole or not at all."""
    uri = bulk.define_import()
    bulk.stage(uri, ADA)
    eloqua.site.database.next_ids("contact", 1)
    with eloqua.site.database.writing() as connection:  # an id that the next contact would get is taken
        row = {
            "id": 2,
            "email_address": "x@example.test",
            "email_ci": "x@example.test",
            "created_at": 0,
            "updated_at": 0,
        }
        marks = {"is_subscribed": True, "is_bounceback": False, "email_format": "text", "doc": {}}
        connection.execute(insert(tables.contact), row | marks)

    ended = bulk.run(uri)

    assert ended["status"] == "error"
    assert bulk.counts(ended).keys() == {"ELQ-00107", "ELQ-00101"}
    assert [each["email"] for each in bulk.export()] == ["x@example.test"]
    caplog.clear()


def test_a_definition_replaced_before_the_work_begins_is_run_as_it_is_then(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default; columns that the definition has lost are passed over."""
    eloqua.set(sync_pending_seconds=60)
    uri = bulk.define_import()
    bulk.stage(uri, [*ADA, {"email": "bad", "first": "B"}])
    sync = bulk.start(uri)

    fields = {"email": "{{Contact.Field(C_EmailAddress)}}", "city": "{{Contact.Field(C_City)}}"}
    assert bulk.put(uri, {"name": "n", "fields": fields, "identifierFieldName": "email"}).status_code == 200
    eloqua.clock.advance(seconds=61)

    ended = bulk.ended(sync)
    assert bulk.counts(ended)["ELQ-00004"] == 1
    assert [each["fieldValues"] for each in bulk.rejects(ended)] == [{"email": "bad", "city": ""}]
