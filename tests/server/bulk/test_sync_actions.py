"""Sync actions: a kind of definition of their own, and what actions do to contacts (`bulk` 4.3, 13)."""

from __future__ import annotations

from typing import Any

import pytest

EMAIL = "{{Contact.Field(C_EmailAddress)}}"


@pytest.fixture
def act(bulk: Any) -> Any:
    """Run one action on contacts by address."""

    def run(addresses: list[str], **action: Any) -> dict[str, Any]:
        uri = bulk.define("/contacts/syncActions", fields={"e": EMAIL}, identifierFieldName="e", syncActions=[action])
        bulk.stage(uri, [{"e": each} for each in addresses])
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.fixture
def people(eloqua: Any) -> list[str]:
    """Two contacts."""
    addresses = ["ada@example.test", "charles@example.test"]
    eloqua.seed(contacts=[{"emailAddress": each} for each in addresses])
    return addresses


def test_a_definition_shows_what_it_has(bulk):
    """bulk.md 4.3, 4.7: no retention; `isSyncTriggeredOnImport` is said."""
    action = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
    body = {"name": "out", "fields": {"e": EMAIL}, "identifierFieldName": "e", "syncActions": [action]}

    made = bulk.post("/contacts/syncActions", body)

    assert made.status_code == 201
    shown = made.json()
    assert shown["uri"].startswith("/contacts/syncActions/")
    assert {name: shown[name] for name in body} == body
    assert "dataRetentionDuration" not in shown
    assert bulk.get(shown["uri"]).json()["syncActions"] == [action]
    assert [each["uri"] for each in bulk.get("/syncActions").json()["items"]] == [shown["uri"]]
    assert bulk.put(shown["uri"], body | {"name": "away"}).json()["name"] == "away"
    assert bulk.delete(shown["uri"]).status_code == 204
    assert bulk.get(shown["uri"]).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"syncActions": []}, "syncActions"),
        ({"syncActions": None}, "syncActions"),
        ({"fields": {"e": EMAIL, "f": "{{Contact.Field(C_FirstName)}}"}}, "fields"),
        ({"identifierFieldName": "x"}, "identifierFieldName"),
        ({"autoDeleteDuration": "PT1M"}, "autoDeleteDuration"),
        ({"syncActions": [{"destination": "{{AccountList[1]}}"}]}, "syncActions.destination"),
        ({"syncActions": [{"destination": "{{EmailGroup[99]}}", "action": "setStatus"}]}, "syncActions.destination"),
    ],
)
def test_a_definition_that_breaks_a_rule_is_refused(bulk, changes, field):
    """[doc] bulk.md 4.3: exactly one field, 1 to 10 actions."""
    action = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
    body = {"name": "n", "fields": {"e": EMAIL}, "identifierFieldName": "e", "syncActions": [action]} | changes

    assert field in bulk.constraints(bulk.post("/contacts/syncActions", body))


def test_members_are_found_and_nothing_else_is_written(bulk, act, people, rest):
    """bulk.md 13: ELQ-00119 counts who was put on the list; who is not there is unmatched."""
    vips = rest.post("/assets/contact/list", json={"name": "VIPs"}).json()["id"]
    before = {each["id"]: each["updatedAt"] for each in rest.get("/data/contacts").json()["elements"]}

    sync = act([*people, "nobody@example.test"], destination=f"{{{{ContactList[{vips}]}}}}", action="add")

    assert (bulk.counts(sync)["ELQ-00119"], bulk.counts(sync)["ELQ-00034"]) == (2, 1)
    assert "ELQ-00004" not in bulk.counts(sync)
    assert rest.get("/data/contacts").json()["total"] == 2
    assert {each["id"]: each["updatedAt"] for each in rest.get("/data/contacts").json()["elements"]} == before
    assert bulk.get(f"/contacts/lists/{vips}").json()["count"] == 2


def test_a_contact_is_unsubscribed_from_everything_and_back(bulk, act, people, rest):
    """bulk.md 13: ELQ-00017 and ELQ-00138; REST shows it."""
    ada = rest.get("/data/contacts", params={"search": people[0]}).json()["elements"][0]["id"]
    everything = {"destination": "{{GlobalSubscribe}}", "action": "setStatus"}

    gone = act(people[:1], **everything, status="unsubscribed")
    assert bulk.counts(gone)["ELQ-00017"] == 1
    assert rest.get(f"/data/contact/{ada}").json()["isSubscribed"] == "false"
    back = act(people[:1], **everything, status="subscribed")
    assert bulk.counts(back)["ELQ-00138"] == 1
    assert rest.get(f"/data/contact/{ada}").json()["isSubscribed"] == "true"


def test_a_contact_leaves_one_email_group_and_joins_again(bulk, act, people, rest):
    """bulk.md 13: ELQ-00116 and ELQ-00115; the other groups stay as they are."""
    ada = rest.get("/data/contacts", params={"search": people[0]}).json()["elements"][0]["id"]
    group = {"destination": "{{EmailGroup[1]}}", "action": "setStatus"}
    path = f"/data/contact/{ada}/email/group/1/subscription"

    gone = act(people[:1], **group, status="unsubscribed")
    assert bulk.counts(gone)["ELQ-00116"] == 1
    assert rest.get(path).json()["isSubscribed"] == "false"
    assert rest.get(f"/data/contact/{ada}").json()["isSubscribed"] == "true"
    back = act(people[:1], **group, status="subscribed")
    assert bulk.counts(back)["ELQ-00115"] == 1
    assert rest.get(path).json()["isSubscribed"] == "true"


def test_an_upload_starts_the_sync_where_the_definition_says_so(bulk, people):
    """bulk.md 7.1: 201 with the sync."""
    action = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
    uri = bulk.define(
        "/contacts/syncActions",
        fields={"e": EMAIL},
        identifierFieldName="e",
        syncActions=[action],
        isSyncTriggeredOnImport=True,
    )

    answer = bulk.post(f"{uri}/data", [{"e": people[0]}])

    assert answer.status_code == 201
    assert bulk.ended(answer.json()["uri"])["status"] == "success"
    assert bulk.export(filter="'{{Contact.Email.IsSubscribed}}' = 'false'")[0]["email"] == people[0]
