"""What a sandbox, a full staging area and the cap on activities do (`bulk` 12, 18)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ACTIVITIES = {"ActivityId": "{{Activity.Id}}"}


@pytest.mark.quirk("Q45")
def test_a_full_sandbox_rejects_new_contacts_and_updates_the_others(bulk: Any, eloqua: EloquaSite, names: Any) -> None:
    """[doc] bulk.md 10.9, platform.md T19; the code of the reject is inferred."""
    eloqua.seed(contacts=[{"emailAddress": "here@example.test"}])
    eloqua.threshold("sandbox-contacts", limit=2, enforced=True)
    rows = [{"email": f"{who}@example.test", "first": who} for who in ("new", "here", "late", "later")]

    sync = bulk.load(rows)

    assert sync["status"] == "warning"
    assert (bulk.counts(sync)["ELQ-00004"], bulk.counts(sync)["ELQ-00022"]) == (1, 1)
    assert [(each["recordIndex"], each["statusCode"]) for each in bulk.rejects(sync)] == [
        (3, "ELQ-00125"),
        (4, "ELQ-00125"),
    ]
    assert (names("new@example.test"), names("here@example.test")) == (("new", ""), ("here", ""))


def test_a_full_sandbox_is_a_409_in_rest_until_there_is_room(rest: Any, eloqua: EloquaSite) -> None:
    """[doc] platform.md T19."""
    eloqua.seed(contacts=[{"emailAddress": "here@example.test"}])
    eloqua.threshold("sandbox-contacts", limit=1, enforced=True)

    answer = rest.post("/data/contact", json={"emailAddress": "new@example.test"})

    assert (answer.status_code, answer.reason_phrase) == (409, "Sandbox Limit Exceeded")
    eloqua.threshold("sandbox-contacts", limit=2, enforced=True)
    assert rest.post("/data/contact", json={"emailAddress": "new@example.test"}).status_code == 201


def test_an_upload_without_room_is_a_413_and_stages_nothing(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 18, platform.md T11."""
    eloqua.threshold("staging-area", limit=1, enforced=True)
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "a@example.test", "first": "A" * 500}])

    answer = bulk.post(f"{uri}/data", [{"email": "b@example.test", "first": "B" * 500}])

    assert (answer.status_code, answer.reason_phrase, answer.content) == (413, "Storage space exceeded.", b"")
    assert bulk.counts(bulk.run(uri))["ELQ-00130"] == 1
    bulk.stage(uri, [{"email": "b@example.test", "first": "B" * 500}])  # the sync has made room


def test_an_export_without_room_fails_and_leaves_nothing(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] ELQ-00136."""
    eloqua.seed(contacts=[{"emailAddress": f"{'a' * 100}{number}@example.test"} for number in range(10)])
    eloqua.threshold("staging-area", limit=1, enforced=True)

    sync = bulk.run(bulk.define_export())

    assert (sync["status"], bulk.counts(sync)["ELQ-00136"]) == ("error", 0)
    assert "items" not in bulk.get(f"{sync['uri']}/data").json()
    assert bulk.get("/exports/data").json()["kbUsed"] == 0


@pytest.mark.parametrize(("cap", "found"), [(2, 2), (3, 3), (4, 3)])
@pytest.mark.quirk("Q63")
def test_an_export_of_activities_is_cut_without_a_word(bulk: Any, eloqua: EloquaSite, cap: int, found: int) -> None:
    """[doc] bulk.md 12.2: at 5,000,000; the threshold makes it fewer."""
    eloqua.seed(contacts=[{"emailAddress": "a@example.test"}])
    visits = [{"type": "webVisit", "contact": "a@example.test"} for _ in range(3)]
    eloqua.seed(activities=visits)
    eloqua.threshold("activity-export-rows", limit=cap)
    uri = bulk.define("/activities/exports", fields=ACTIVITIES, filter="'{{Activity.Type}}' = 'WebVisit'")

    sync = bulk.run(uri)

    assert (sync["status"], bulk.counts(sync)["ELQ-00102"]) == ("success", found)
    assert len(bulk.get(f"{sync['uri']}/data").json()["items"]) == found
