"""Imports in one call: what is sent, what comes of it, what is left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio.lowlevel
import pytest
from tests.client.flavours import as_if_it_waited

from eloqua_client import ConnectionTrouble, ServerTrouble, StillRunning, SyncFailed, ValidationError
from eloqua_client.bulk import Counts, Limits

EMAIL = {"email": "{{Contact.Field(C_EmailAddress)}}"}
FIELDS = {**EMAIL, "first": "{{Contact.Field(C_FirstName)}}"}


@pytest.fixture(autouse=True)
def at_once(eloqua):
    eloqua.set(sync_timing="instant")


@pytest.fixture
def bulk(client):
    """Of both flavours."""
    return client.bulk


@pytest.fixture
def left(bulk):
    """The definitions that are there."""
    return lambda: [each["uri"] for path in ("/imports", "/exports") for each in bulk.definitions.list(path)]


def people(count):
    return [{"email": f"p{number}@example.test", "first": f"P{number}"} for number in range(1, count + 1)]


def load(bulk, rows, **options):
    """Import contacts by address."""
    return bulk.import_contacts(rows, fields=FIELDS, identifier="email", **options)


def test_an_import_says_how_many_rows_were_created_updated_and_rejected(bulk, eloqua, left):
    """bulk.md 9.1; the definition does not stay."""
    eloqua.seed(contacts=[{"emailAddress": "p1@example.test", "firstName": "Old"}])

    result = load(bulk, iter([*people(3), {"email": "Polar bear", "first": "?"}]))

    assert result.status == "warning"
    assert result.counts == Counts(staged=4, processed=4, created=2, updated=1, rejected=1)
    assert eloqua.contact("p1@example.test")["firstName"] == "P1"
    assert {each.code for each in result.logs} >= {"ELQ-00130", "ELQ-00002"}
    assert left() == []


def test_rejects_are_objects_that_are_read_when_they_are_wanted(bulk, eloqua):
    """bulk.md 9.2: pages of 1000."""
    result = load(bulk, [{"email": f"bad {number}"} for number in range(1200)])
    before = len(eloqua.requests(path="*/rejects").items)

    rejects = iter(result.rejects)
    first = next(rejects)

    assert (first.code, first.message, first.invalid_fields) == ("ELQ-00002", "Invalid email address.", ("email",))
    assert (first.values, first.record_index) == ({"email": "bad 0", "first": ""}, 1)
    assert (before, len(eloqua.requests(path="*/rejects").items)) == (0, 1)
    assert [each.row for each in rejects] == list(range(2, 1201))


def test_clean_rows_are_a_success_without_rejects(bulk):
    """bulk.md 10."""
    result = load(bulk, people(2))

    assert (result.status, list(result.rejects), len(result.syncs)) == ("success", [], 1)
    assert result.sync_uri == result.syncs[0].uri


def test_no_rows_need_no_sync(bulk, left):
    """A generator may turn out to be empty."""
    result = load(bulk, [])

    assert (result.syncs, result.sync_uri, result.status, result.counts, left()) == ((), "", "success", Counts(), [])


def test_rows_that_are_awaited_are_taken_by_the_awaited_client(eloqua_async_client):
    """An asynchronous generator."""

    async def rows():
        for each in people(3):
            await anyio.lowlevel.checkpoint()
            yield each

    with as_if_it_waited(eloqua_async_client) as client:
        assert load(client.bulk, rows()).counts.created == 3


def test_a_csv_file_is_imported(bulk, tmp_path, eloqua):
    """By its path."""
    path = tmp_path / "people.csv"
    path.write_text("email,first\nada@example.test,Ada\n", "utf-8")

    assert load(bulk, path).counts.created == 1
    assert eloqua.contact("ada@example.test")["firstName"] == "Ada"


@pytest.mark.parametrize(
    "limits", [Limits(rows=1, files=2), Limits(rows=1, staged=90)], ids=["so many files", "so many bytes"]
)
def test_a_sync_is_run_when_no_more_may_be_staged(bulk, limits, eloqua):
    """bulk.md 18: 500 files, about 250 MB. Rejects know their row among all."""
    rows = people(5)
    rows[1]["email"], rows[4]["email"] = "bad one.example.tst", "bad two.example.tst"

    result = load(bulk, rows, limits=limits)

    assert len(result.syncs) == 3
    assert result.counts == Counts(staged=5, processed=5, created=3, rejected=2)
    assert [(each.record_index, each.row) for each in result.rejects] == [(2, 2), (1, 5)]
    paths = [each.path for each in eloqua.requests(face="bulk", method="POST", path="*/data").items]
    assert len(paths) == 5


def test_progress_tells_rows_and_bytes_and_each_look_at_a_sync(bulk):
    """Whoever keeps the uri can resume."""
    told: list[Any] = []

    result = load(bulk, people(3), limits=Limits(rows=2), progress=told.append)

    assert {each.uri for each in told} == {result.uri}
    sent = [each for each in told if each.sync is None]
    assert [each.rows for each in sent] == [0, 2, 3]
    assert 0 == sent[0].bytes < sent[1].bytes < sent[2].bytes
    assert told[-1].sync.status == "success"


def test_properties_of_the_definition_go_by_their_names_on_the_wire(bulk):
    """bulk.md 4.1."""
    result = load(bulk, people(1), keep=True, name="Nightly", updateRule="ifNewIsNotNull", autoDeleteDuration="PT1H")

    kept = bulk.definitions.get(result.uri)
    assert (kept["name"], kept["updateRule"], kept["autoDeleteDuration"]) == ("Nightly", "ifNewIsNotNull", "PT1H")
    assert (kept["fields"], kept["identifierFieldName"]) == (FIELDS, "email")


def test_a_sync_that_fails_is_an_error_with_its_log(bulk, eloqua, left):
    """And leaves no definition."""
    eloqua.set(sync_timing="manual")

    failed: list[object] = []

    def fail(progress):
        if progress.sync and not failed:  # it is told of the sync once more, which may have ended by then
            failed.append(progress.sync)
            eloqua.steer(progress.sync.uri, "fail")

    with pytest.raises(SyncFailed, match="ELQ-00107") as caught:
        load(bulk, people(1), progress=fail)

    assert (caught.value.sync.status, caught.value.sync.has_failed) == ("error", True)
    assert "ELQ-00107" in {each.code for each in caught.value.logs}
    assert left() == []


def test_a_held_sync_is_looked_at_until_it_goes_on(bulk, eloqua):
    """Q64."""
    eloqua.set(sync_timing="manual")
    looks: list[str] = []

    def release(progress):
        if progress.sync:
            looks.append(progress.sync.status)
            if len(looks) == 3:
                eloqua.steer(progress.sync.uri, "release")

    assert load(bulk, people(1), progress=release).status == "success"
    assert looks[:3] == ["pending"] * 3


def test_a_sync_that_is_late_is_left_alone_and_can_be_resumed(bulk, eloqua, left):
    """Its definition must stay: deleted under way, the sync would fail (ELQ-00143)."""
    eloqua.set(sync_timing="manual")
    with pytest.raises(StillRunning, match="resume /contacts/imports/") as caught:
        load(bulk, people(2), timeout=0)
    late = caught.value.sync
    assert left() == [late.definition_uri]
    eloqua.steer(late.uri, "release")
    eloqua.set(sync_timing="instant")

    result = bulk.resume(late.definition_uri)

    assert (result.counts.created, result.status, left()) == (2, "success", [])
    assert result.syncs[0].uri == late.uri


def test_a_run_that_crashed_between_upload_and_sync_is_finished_by_resume(bulk, eloqua, left):
    """By the uri that its progress told."""
    definition = bulk.definitions.create("/contacts/imports", name="n", fields=FIELDS, identifierFieldName="email")
    assert bulk.upload(definition["uri"], people(3), Limits(rows=2)) == 3

    result = bulk.resume(definition["uri"])

    assert (result.counts.created, list(result.rejects), left()) == (3, [], [])


def test_a_run_that_crashed_between_two_syncs_is_finished_by_resume(bulk, eloqua):
    """What came of the first one counts too; a third finds nothing and counts as nothing."""
    definition = bulk.definitions.create("/contacts/imports", name="n", fields=FIELDS, identifierFieldName="email")
    bulk.upload(definition["uri"], people(3))
    bulk.wait(bulk.sync(definition["uri"]).uri)
    bulk.upload(definition["uri"], [*people(1), {"email": "bad"}])

    result = bulk.resume(definition["uri"], keep=True)
    again = bulk.resume(definition["uri"])

    assert (len(result.syncs), result.counts.created, result.counts.updated) == (2, 3, 1)
    assert [each.row for each in result.rejects] == [5]
    assert again.syncs == result.syncs


def test_a_sync_is_resumed_by_its_own_uri(bulk):
    """Its definition is known to it."""
    definition = bulk.definitions.create("/contacts/imports", name="n", fields=FIELDS, identifierFieldName="email")
    bulk.upload(definition["uri"], people(1))
    sync = bulk.sync(definition["uri"])

    result = bulk.resume(sync.uri)

    assert (result.sync_uri, result.uri, result.counts.created) == (sync.uri, definition["uri"], 1)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "*/imports"), ("POST", "*/data"), ("POST", "*/syncs"), ("GET", "*/syncs/*"), ("GET", "*/logs")],
    ids=["definition", "upload", "sync", "look", "log"],
)
def test_trouble_that_passes_is_passed_at_every_step(bulk, eloqua, left, method, path):
    """503 is documented as a time-out; nothing is there twice."""
    fault = eloqua.fault(face="bulk", method=method, path=path, status=503, times=2)

    result = load(bulk, people(2))

    assert (fault.hits, result.counts.created, len(result.syncs), left()) == (2, 2, 1, [])


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "*/data"), ("POST", "*/syncs"), ("GET", "*/syncs/*"), ("GET", "*/logs")],
    ids=["upload", "sync", "look", "log"],
)
def test_trouble_that_stays_is_an_error_and_leaves_no_definition(bulk, eloqua, left, method, path):
    """Of whatever step."""
    eloqua.fault(face="bulk", method=method, path=path, status=503)

    with pytest.raises(ServerTrouble):
        load(bulk, people(2))
    assert left() == []


@pytest.mark.parametrize("body", ["[]", '{"uri":"/syncs/1"}', "<html>", '{"uri":'], ids=["list", "part", "page", "cut"])
@pytest.mark.parametrize(("method", "path"), [("POST", "*/syncs"), ("GET", "*/syncs/*")], ids=["sync", "look"])
def test_an_answer_that_is_no_sync_is_trouble_of_the_server(eloqua_client, eloqua, method, path, body):
    """And no error of Python's."""
    eloqua.fault(face="bulk", method=method, path=path, status=200, body=body)

    with pytest.raises(ServerTrouble, match="cannot be read"):
        load(eloqua_client.bulk, people(2))


def test_a_sync_whose_answer_was_lost_is_not_started_twice(bulk, eloqua):
    """It is looked up whether there is one."""
    fault = eloqua.fault(face="bulk", method="POST", path="*/syncs", drop="after", after=1, times=1)

    result = load(bulk, people(2), limits=Limits(rows=1, files=1))

    assert (fault.hits, result.counts.created, result.status) == (1, 2, "success")
    assert len(eloqua.requests(face="bulk", method="POST", path="*/syncs").items) == len(result.syncs) == 2


def test_an_upload_whose_answer_was_lost_is_sent_again_and_its_rows_find_their_records(bulk, eloqua):
    """At a price: of rows that were sent twice, Eloqua rejects one (ELQ-00026)."""
    eloqua.fault(face="bulk", method="POST", path="*/data", drop="after", times=1)

    result = load(bulk, people(2))

    assert result.counts == Counts(staged=4, processed=4, created=2, rejected=2)
    assert {each.code for each in result.rejects} == {"ELQ-00026"}


def test_an_upload_of_activities_is_not_repeated(bulk, eloqua, left):
    """They would be there twice, since they have no identifier."""
    fault = eloqua.fault(face="bulk", method="POST", path="*/data", drop="after")

    with pytest.raises(ConnectionTrouble):
        bulk.import_activities([{"what": "x"}], fields={"what": "{{Activity.Type}}"})
    assert (fault.hits, left()) == (1, [])


def test_a_statement_that_eloqua_does_not_know_is_told(bulk, left):
    """400 with failures."""
    with pytest.raises(ValidationError) as caught:
        bulk.import_contacts(people(1), fields={"email": "{{Contact.Field(C_Nope)}}"}, identifier="email")
    assert caught.value.failures[0].where.startswith("fields")
    assert left() == []


def test_a_row_that_cannot_be_sent_ends_the_import_and_leaves_no_definition(bulk, eloqua, left):
    """Nothing of it was synced."""
    with pytest.raises(ValueError, match="row 3"):
        load(bulk, [*people(2), {"email": object()}], limits=Limits(rows=1))

    assert left() == []
    with pytest.raises(LookupError):
        eloqua.contact("p1@example.test")


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, RuntimeError])
def test_a_run_that_is_interrupted_leaves_no_definition(eloqua_client, trouble):
    """Here by its own callback, at a desk by Ctrl-C."""
    interrupt = trouble("enough")

    def stop(progress):
        if progress.rows:
            raise interrupt

    with pytest.raises(trouble) as caught:
        load(eloqua_client.bulk, people(1), progress=stop)
    assert caught.value is interrupt
    assert list(eloqua_client.bulk.definitions.list("/imports")) == []


def test_an_awaited_run_that_is_cancelled_leaves_no_definition(eloqua, eloqua_async_client):
    """In a scope that is cancelled, nothing can be awaited any more, but for what is shielded."""
    eloqua.set(sync_timing="manual")

    async def main():
        async with eloqua_async_client as client:
            with anyio.CancelScope() as scope:

                def cancel(progress):
                    if progress.sync:
                        scope.cancel()

                await load(client.bulk, people(1), progress=cancel)
            return scope.cancelled_caught, [each async for each in client.bulk.definitions.list("/imports")]

    assert anyio.run(main) == (True, [])


def test_a_resumed_run_that_fails_leaves_no_definition(bulk, eloqua, left):
    """As any other."""
    eloqua.set(sync_timing="manual")
    definition = bulk.definitions.create("/contacts/imports", name="n", fields=FIELDS, identifierFieldName="email")
    bulk.upload(definition["uri"], people(1))
    eloqua.steer(bulk.sync(definition["uri"]).uri, "fail")

    with pytest.raises(SyncFailed):
        bulk.resume(definition["uri"])
    assert left() == []


def test_external_activities_are_imported(client, bulk, eloqua):
    """bulk.md 10: they have no identifier."""
    client.rest.post(
        "assets/external/type",
        {"name": "Fair", "activityTypes": [{"type": "ExternalActivityType", "name": "Visited"}]},
    )
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    fields = {
        "who": "{{Activity.Contact.Field(C_EmailAddress)}}",
        "asset": "{{Activity.Asset.Name}}",
        "kind": "{{Activity.Asset.Type}}",
        "when": "{{Activity.CreatedAt}}",
        "what": "{{Activity.Type}}",
    }
    row = {"who": "ada@example.test", "asset": "Fair 2024", "kind": "Fair", "what": "Visited"}

    result = bulk.import_activities([row | {"when": datetime(2024, 6, 30, 14, tzinfo=UTC)}], fields=fields)

    assert result.counts.created == 1
    (found,) = bulk.export_activities("ExternalActivity", fields={"when": fields["when"], "asset": fields["asset"]})
    assert found == {"when": "2024-06-30 10:00:00.000", "asset": "Fair 2024"}


def test_accounts_are_imported(bulk):
    """By their name."""
    fields = {"name": "{{Account.Field(M_CompanyName)}}"}

    result = bulk.import_accounts([{"name": "Analytical Engines"}], fields=fields, identifier="name")

    assert result.counts.created == 1


def test_records_of_a_custom_object_are_imported_and_exported(client, bulk):
    """bulk.md 4.4, 14: statements by ids."""
    made = client.rest.post(
        "assets/customObject",
        {"name": "Orders", "fields": [{"type": "CustomObjectField", "name": "Order", "dataType": "text"}]},
    )
    number = made["id"]
    fields = {"order": f"{{{{CustomObject[{number}].Field[{made['fields'][0]['id']}]}}}}"}

    result = bulk.import_records(number, [{"order": "A1"}, {"order": "A2"}], fields=fields, identifier="order")

    assert result.counts.created == 2
    assert sorted(row["order"] for row in bulk.export_records(number, fields=fields)) == ["A1", "A2"]
