"""Every step of Bulk by itself, and the bar that shows how far a run is."""

from __future__ import annotations

import pytest

from eloqua_client import NotFound, StillRunning, SyncFailed
from eloqua_client.bulk import Progress, ProgressBar, Sync

FIELDS = {"email": "{{Contact.Field(C_EmailAddress)}}"}


@pytest.fixture
def bulk(client, eloqua):
    """Of both flavours."""
    eloqua.set(sync_timing="instant")
    return client.bulk


@pytest.fixture
def definition(bulk):
    """The uri of an import by address."""
    return bulk.definitions.create("/contacts/imports", name="Nightly", fields=FIELDS, identifierFieldName="email")[
        "uri"
    ]


def test_definitions_are_made_found_read_and_deleted(bulk, definition):
    """bulk.md 4, 6."""
    bulk.definitions.create("/contacts/imports", name="Daily", fields=FIELDS, identifierFieldName="email")

    assert [each["uri"] for each in bulk.definitions.list("/contacts/imports", q="name=Night*")] == [definition]
    assert bulk.definitions.get(definition)["name"] == "Nightly"
    bulk.definitions.delete(definition)
    with pytest.raises(NotFound):
        bulk.definitions.get(definition)


def test_an_import_goes_step_by_step(bulk, definition, eloqua):
    """bulk.md A1."""
    assert bulk.upload(definition, [{"email": "a@example.test"}, {"email": "bad"}]) == 2
    sync = bulk.sync(definition)
    assert (sync.definition_uri, sync.is_over, sync.has_failed) == (definition, False, False)

    over = bulk.wait(sync.uri)

    assert (over.uri, over.status, over.is_over) == (sync.uri, "warning", True)
    assert over.created_at <= over.started_at <= over.ended_at
    logs = bulk.logs(sync.uri)
    assert [(each.severity, each.count) for each in logs if each.code == "ELQ-00002"] == [("warning", 1)]
    assert [(each.values, each.row) for each in bulk.rejects(sync.uri)] == [({"email": "bad"}, 2)]
    assert eloqua.contact("a@example.test")


def test_an_export_goes_step_by_step(bulk, eloqua):
    """bulk.md A3: data of the sync, and of the definition."""
    eloqua.seed(contacts=[{"emailAddress": f"p{number}@example.test"} for number in range(3)])
    definition = bulk.definitions.create("/contacts/exports", name="n", fields=FIELDS)
    sync = bulk.wait(bulk.sync(definition["uri"]).uri)

    rows = list(bulk.data(sync.uri, page=2))

    assert sorted(row["email"] for row in rows) == [f"p{number}@example.test" for number in range(3)]
    assert list(bulk.data(definition["uri"])) == rows


def test_a_wait_has_an_end(bulk, definition, eloqua):
    """Of its own, and that of the sync."""
    eloqua.set(sync_timing="manual")
    bulk.upload(definition, [{"email": "a@example.test"}])
    sync = bulk.sync(definition)

    with pytest.raises(StillRunning, match="is pending, and the time is up"):
        bulk.wait(sync.uri, timeout=0)
    eloqua.steer(sync.uri, "fail")
    with pytest.raises(SyncFailed, match="ELQ-00107"):
        bulk.wait(sync.uri)


def test_fields_come_with_their_statements(bulk):
    """bulk.md 16.1."""
    statements = {each["internalName"]: each["statement"] for each in bulk.fields("/contacts")}

    assert statements["C_EmailAddress"] == FIELDS["email"]


@pytest.mark.parametrize(("status", "is_over", "has_failed"), [("errored", True, True), ("active", False, False)])
def test_both_words_for_a_failed_sync_are_known(status, is_over, has_failed):
    """bulk.md 8.1: the page writes `errored`, the contract `error`."""
    sync = Sync("/syncs/1", "/contacts/imports/1", status)

    assert (sync.is_over, sync.has_failed) == (is_over, has_failed)


def test_a_bar_of_rich_shows_rows_and_state(capsys):
    """Where rich is installed."""
    pytest.importorskip("rich", reason="pip install rich")
    sync = Sync("/syncs/1", "/contacts/imports/1", "active")

    with ProgressBar("People", total=2000) as bar:
        bar(Progress("/contacts/imports/1", rows=1500, sync=sync))

    assert "1,500 rows active" in capsys.readouterr().out
