"""Sync actions of apps: members that wait at a cloud step are let go (`bulk` 13, A4)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.server.rest.canvases import line, started, where

GUID = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"
BARE = GUID.replace("-", "")
ENTER = {"type": "CampaignContactList", "id": "-1", "listId": "1", "outputTerminals": [line("-2")]}
AFTER = {"type": "CampaignYes", "id": "-3"}


@pytest.fixture
def campaign(http: Any, eloqua: Any) -> str:
    """Three contacts who wait at the step of an app."""
    eloqua.clock.freeze()
    addresses = [f"{name}@example.test" for name in ("ada", "bob", "cem")]
    eloqua.seed(contacts=[{"emailAddress": each} for each in addresses], lists=[{"name": "All", "members": addresses}])
    step = {"type": "CampaignCloudAction", "id": "-2", "instanceId": GUID, "outputTerminals": [line("-3")]}
    return started(http, eloqua, ENTER, step, AFTER)


@pytest.fixture
def act(bulk: Any) -> Any:
    """Run a sync action on contacts by id."""

    def run(rows: list[dict[str, str]], **action: Any) -> dict[str, Any]:
        uri = bulk.define(
            "/contacts/syncActions",
            fields={"id": "{{Contact.Id}}"},
            identifierFieldName="id",
            syncActions=[{"action": "setStatus"} | action],
        )
        if rows:
            bulk.stage(uri, rows)
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.mark.parametrize("destination", [f"ActionInstance({BARE})", f"ActionInstance({BARE}).Execution[12345]"])
def test_an_app_lets_members_go(bulk, http, act, campaign, destination):
    """[doc] bulk.md A4: ELQ-00128 with the number of members; the guid without dashes."""
    sync = act([{"id": "1"}, {"id": "3"}], destination=f"{{{{{destination}}}}}", status="complete")

    assert bulk.counts(sync)["ELQ-00128"] == 2
    assert where(http, campaign) == [0, 1, 2]
    again = act([{"id": "1"}], destination=f"{{{{{destination}}}}}", status="complete")
    assert bulk.counts(again)["ELQ-00128"] == 0


def test_an_app_exports_the_members_that_wait(bulk, act, campaign):
    """[doc] bulk.md 15: STATUS, at most one of it; who has been let go, or is worked on, waits no more."""
    instance = f"{{{{ActionInstance({BARE}).Execution[12345]}}}}"
    act([{"id": "1"}], destination=instance, status="complete")
    act([{"id": "2"}], destination=instance, status="active")
    export = {"name": "n", "fields": {"id": "{{Contact.Id}}"}}

    def ids(status: str) -> set[str]:
        rows = bulk.rows(bulk.define("/contacts/exports", **export, filter=f"STATUS('{instance}') = '{status}'"))
        return {row["id"] for row in rows}

    assert (ids("pending"), ids("active"), ids("errored")) == ({"3"}, {"2"}, set())
    twice = f"STATUS('{instance}') = 'pending' AND STATUS('{instance}') = 'active'"
    assert set(bulk.constraints(bulk.post("/contacts/exports", export | {"filter": twice}))) == {"filter"}


def test_a_filter_on_an_app_in_no_workflow_is_refused(bulk):
    """[doc] bulk.md 19.1: to the letter."""
    text = f"STATUS('{{{{ActionInstance({BARE})}}}}') = 'pending'"
    answer = bulk.post("/contacts/exports", {"name": "n", "fields": {"id": "{{Contact.Id}}"}, "filter": text})

    assert answer.status_code == 400
    constraint = "Must reference service instance within a workflow"
    assert answer.json() == {"failures": [{"field": "filter", "value": text, "constraint": constraint}]}


def test_an_app_lets_everybody_go(bulk, http, act, campaign):
    """[doc] bulk.md 13: updateAll asks for no identifiers."""
    sync = act([], destination=f"{{{{ActionInstance({BARE})}}}}", status="complete", updateAll=True)

    assert sync["status"] == "success", bulk.log(sync)
    assert bulk.counts(sync)["ELQ-00128"] == 3
    assert where(http, campaign) == [0, 0, 3]


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize(
    ("action", "field"),
    [
        ({"destination": "{{ActionInstance(00000000000000000000000000000000)}}", "status": "complete"}, "destination"),
        ({"destination": f"{{{{DecisionInstance({BARE})}}}}", "status": "sometimes"}, "status"),
        ({"destination": "{{GlobalSubscribe}}", "status": "unsubscribed", "updateAll": True}, "updateAll"),
    ],
)
def test_an_action_that_leads_nowhere_is_refused(bulk, action, field):
    """[doc] bulk.md 4.6: the constraint of an instance that is in no workflow."""
    body = {
        "name": "n",
        "fields": {"id": "{{Contact.Id}}"},
        "identifierFieldName": "id",
        "syncActions": [{"action": "setStatus"} | action],
    }

    found = bulk.constraints(bulk.post("/contacts/syncActions", body))

    assert set(found) == {f"syncActions.{field}"}
    if field == "destination":
        assert found["syncActions.destination"] == "Must reference service instance within a workflow"
