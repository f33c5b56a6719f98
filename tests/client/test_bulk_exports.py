"""Exports in one call: rows by pages, files, what is left behind."""

from __future__ import annotations

import csv
from contextlib import aclosing
from typing import Any

import anyio
import pytest

from eloqua_client import EloquaError, NotFound, SyncFailed
from eloqua_client.bulk import Counts

FIELDS = {"email": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}


@pytest.fixture(autouse=True)
def people(eloqua):
    """Seven of them, called P1 to P7."""
    eloqua.set(sync_timing="instant")
    eloqua.seed(contacts=[{"emailAddress": f"p{n}@example.test", "firstName": f"P{n}"} for n in range(1, 8)])


@pytest.fixture
def bulk(client):
    """Of both flavours."""
    return client.bulk


@pytest.fixture
def left(bulk):
    """The definitions that are there."""
    return lambda: [each["uri"] for each in bulk.definitions.list("/exports")]


@pytest.mark.parametrize("page", [1, 3, 7, 50_000])
def test_an_export_gives_all_rows_whatever_its_pages(bulk, eloqua, left, page):
    """bulk.md 7.2: pages are stable, since the rows are staged once."""
    export = bulk.export_contacts(fields=FIELDS, page=page)

    assert (export.status, export.counts) == ("success", Counts(exported=7))
    assert sorted(row["first"] for row in export) == [f"P{n}" for n in range(1, 8)]
    assert len(eloqua.requests(path="*/data").items) == -(-7 // page)
    assert left() == []


def test_a_filter_chooses_rows(bulk):
    """bulk.md 15."""
    export = bulk.export_contacts(fields=FIELDS, filter="'{{Contact.Field(C_FirstName)}}' = 'P3'")

    assert list(export) == [{"email": "p3@example.test", "first": "P3"}]


def test_an_export_may_find_nothing(bulk):
    """bulk.md 7.2: `items` is not there then."""
    export = bulk.export_contacts(fields=FIELDS, filter="'{{Contact.Field(C_FirstName)}}' = 'Nobody'")

    assert (list(export), export.counts.exported) == ([], 0)


def test_no_page_is_asked_for_before_it_is_needed(bulk, eloqua):
    """Rows are read as they are wanted."""
    rows = iter(bulk.export_contacts(fields=FIELDS, page=3))
    asked = [len(eloqua.requests(path="*/data").items) for _ in range(4) if next(rows)]

    assert asked == [1, 1, 1, 2]
    rows.close()


def test_an_export_that_is_left_early_leaves_no_definition(bulk, left):
    """A loop that is broken off closes its iterator."""
    rows = iter(bulk.export_contacts(fields=FIELDS, page=3))
    next(rows)
    assert len(left()) == 1

    rows.close()

    assert left() == []


def test_an_export_that_is_never_read_is_closed_by_with(bulk, left):
    """Or by `close`."""
    with bulk.export_contacts(fields=FIELDS):
        assert len(left()) == 1
    assert left() == []
    bulk.export_contacts(fields=FIELDS).close()
    assert left() == []
    with bulk.export_contacts(fields=FIELDS, keep=True) as kept:
        pass
    assert left() == [kept.uri]


def test_an_awaited_export_is_left_early_with_aclosing(eloqua_async_client):
    """Python's own way to end an asynchronous loop at once."""

    async def main():
        rows: Any = aiter(await eloqua_async_client.bulk.export_contacts(fields=FIELDS))
        async with aclosing(rows):
            async for _ in rows:
                break
        left = [each async for each in eloqua_async_client.bulk.definitions.list("/exports")]
        await eloqua_async_client.close()
        return left

    assert anyio.run(main) == []


def test_a_definition_that_is_kept_can_be_read_again(bulk, left):
    """Its rows stay for as long as Eloqua keeps them."""
    export = bulk.export_contacts(fields=FIELDS, keep=True, name="Nightly", maxRecords=2)

    assert len(list(export)) == len(list(export)) == 2
    assert left() == [export.uri]
    assert bulk.definitions.get(export.uri)["name"] == "Nightly"


def test_rows_are_written_to_a_csv_file(bulk, tmp_path, left):
    """A header, in the order of the fields."""
    file = tmp_path / "people.csv"

    assert bulk.export_contacts(fields=FIELDS, page=2).to_csv(file) == 7

    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == ["email", "first"]
    assert sorted(row["first"] for row in rows) == [f"P{n}" for n in range(1, 8)]
    assert left() == []


def test_a_csv_file_is_there_when_it_is_whole(bulk, eloqua, tmp_path):
    """The one before it stays where the rows cannot be read to their end."""
    file = tmp_path / "people.csv"
    file.write_text("of yesterday", "utf-8")
    eloqua.fault(face="bulk", path="*/data", after=1, status=500)

    with pytest.raises(EloquaError):
        bulk.export_contacts(fields=FIELDS, page=3).to_csv(file)

    assert [each.name for each in tmp_path.iterdir()] == ["people.csv"]
    assert file.read_text("utf-8") == "of yesterday"


def test_progress_tells_the_sync_and_then_the_rows(bulk):
    """Rows that were read."""
    told: list[Any] = []

    export = bulk.export_contacts(fields=FIELDS, page=3, progress=told.append)
    looks = len(told)
    list(export)

    assert (told[0].sync, told[looks - 1].sync.status) == (None, "success")
    assert [each.rows for each in told[looks:]] == [3, 6, 7]


def test_rows_that_have_expired_are_an_error_and_leave_no_definition(bulk, eloqua, left):
    """bulk.md 5: 404 or 410."""
    export = bulk.export_contacts(fields=FIELDS, dataRetentionDuration="PT1H")
    eloqua.clock.advance(hours=2)

    with pytest.raises(NotFound):
        list(export)
    assert left() == []


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_corrupt_file_is_an_error_and_no_empty_export(bulk, eloqua, left, status):
    """[doc] 25A; the status is not known."""
    eloqua.set(corrupt_file_status=status)
    export = bulk.export_contacts(fields=FIELDS)
    eloqua.steer(export.sync_uri, "corrupt")

    with pytest.raises(EloquaError, match="permanent error"):
        list(export)
    assert left() == []


def test_an_error_with_status_200_is_no_empty_page(bulk, eloqua):
    """The status of a corrupt file is not documented."""
    export = bulk.export_contacts(fields=FIELDS)
    eloqua.fault(face="bulk", path="*/data", status=200, body='{"errorSeverity":0,"error":"Unable"}')

    with pytest.raises(EloquaError, match="cannot be read"):
        list(export)


def test_a_page_that_breaks_off_is_asked_for_again(bulk, eloqua):
    """Nothing is missing and nothing is there twice."""
    export = bulk.export_contacts(fields=FIELDS, page=3)
    cut = eloqua.fault(face="bulk", path="*/data", after=1, times=1, cut_after=50)

    assert sorted(row["first"] for row in export) == [f"P{n}" for n in range(1, 8)]
    assert cut.hits == 1


def test_an_export_that_fails_leaves_no_definition(bulk, eloqua, left):
    """Its error has the log."""
    eloqua.set(sync_timing="manual")
    failed: list[object] = []

    def fail(progress):
        if progress.sync and not failed:  # it is told of the sync once more, which may have ended by then
            failed.append(progress.sync)
            eloqua.steer(progress.sync.uri, "fail")

    with pytest.raises(SyncFailed):
        bulk.export_contacts(fields=FIELDS, progress=fail)
    assert left() == []


def test_an_export_is_resumed_by_its_definition_or_its_sync(bulk, left, tmp_path):
    """The sync is not run again."""
    begun = bulk.export_contacts(fields=FIELDS, keep=True)

    by_definition = bulk.resume(begun.uri, keep=True)
    by_sync = bulk.resume(begun.sync_uri)

    assert by_definition.syncs == by_sync.syncs == begun.syncs
    assert by_definition.columns == ("email", "first")
    assert by_sync.to_csv(tmp_path / "rows.csv") == 7
    assert (tmp_path / "rows.csv").read_text("utf-8").startswith("email,first\n")
    assert left() == []


def test_an_export_that_never_got_its_sync_gets_one_when_it_is_resumed(bulk):
    """The program ended right after the definition."""
    definition = bulk.definitions.create("/contacts/exports", name="n", fields=FIELDS)

    assert len(list(bulk.resume(definition["uri"]))) == 7


def test_activities_are_exported_by_type(bulk, eloqua):
    """bulk.md 17: one type per export; what else the filter says."""
    eloqua.seed(
        activities=[
            {"type": "emailOpen", "contact": "p1@example.test", "asset": "Hello"},
            {"type": "emailOpen", "contact": "p2@example.test", "asset": "Hello"},
            {"type": "formSubmit", "contact": "p1@example.test", "asset": "Sign up"},
        ]
    )
    fields = {"type": "{{Activity.Type}}", "who": "{{Activity.Field(EmailAddress)}}", "id": "{{Activity.Contact.Id}}"}

    opens = list(bulk.export_activities("EmailOpen", fields=fields))
    either = "'{{Activity.Contact.Id}}' = '1' OR '{{Activity.Contact.Id}}' = '99'"
    of_one = list(bulk.export_activities("EmailOpen", fields=fields, filter=either))

    assert sorted(row["who"] for row in opens) == ["p1@example.test", "p2@example.test"]
    assert [(row["type"], row["who"]) for row in of_one] == [("EmailOpen", "p1@example.test")]


def test_accounts_are_exported(bulk, eloqua):
    """By their own fields."""
    eloqua.seed(accounts=[{"name": "Analytical Engines"}])

    assert list(bulk.export_accounts(fields={"name": "{{Account.Field(M_CompanyName)}}"})) == [
        {"name": "Analytical Engines"}
    ]
