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
@pytest.mark.quirk("Q76")
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


def test_an_export_for_an_app_tells_of_its_campaign(bulk, http, eloqua, campaign):
    """[doc] bulk.md 14, 16.2: since 25A; any other export of contacts has blanks there [inferred]."""
    field = http.post("/API/REST/2.0/assets/campaign/field", json={"name": "Region", "dataType": "text"}).json()
    values = [{"type": "FieldValue", "id": field["id"], "value": "North"}]
    drawn = http.get(f"/API/REST/2.0/assets/campaign/{campaign}", params={"depth": "complete"}).json()
    eloqua.set(active_canvas_put="accept")
    body = drawn | {"crmId": "701A", "fieldValues": values}
    assert http.put(f"/API/REST/2.0/assets/campaign/{campaign}", json=body).status_code == 200
    listed = bulk.get("/campaigns/fields", type="sourceCampaign").json()["items"]
    fields = {each["name"]: each["statement"] for each in listed}
    status = f"STATUS('{{{{ActionInstance({BARE})}}}}') = 'pending'"

    told = bulk.rows(bulk.define("/contacts/exports", fields=fields, filter=status))
    blank = bulk.rows(bulk.define("/contacts/exports", fields=fields))

    known = {"Campaign Id": campaign, "Campaign Name": drawn["name"], "CRM Campaign Id": "701A", "Region": "North"}
    assert told == [known] * 3
    assert blank == [dict.fromkeys(fields, "")] * 3


def test_campaigns_of_contacts_are_told_since_25a(bulk, eloqua):
    """[doc] bulk.md 14: before, there is no such statement; it is for exports only."""
    fields = {"email": "{{Contact.Field(C_EmailAddress)}}", "it": "{{Contact.Campaign.Id}}"}
    body = {"name": "n", "fields": fields, "identifierFieldName": "email"}

    assert set(bulk.constraints(bulk.post("/contacts/imports", body))) == {"fields"}
    eloqua.reset(release="24D")
    assert set(bulk.constraints(bulk.post("/contacts/exports", body))) == {"fields"}


@pytest.mark.parametrize(
    ("word", "path"),
    [("sourceCampaign", "contacts"), ("activity", "activities"), ("campaignResponse", "campaignResponses")],
)
def test_every_campaign_field_that_is_listed_can_be_exported(bulk, http, word, path):
    """[doc] bulk.md 16.2: `/campaigns/fields?type=`."""
    http.post("/API/REST/2.0/assets/campaign/field", json={"name": "Region", "dataType": "text"})
    listed = bulk.get("/campaigns/fields", type=word).json()["items"]

    uri = bulk.define(f"/{path}/exports", fields={each["name"]: each["statement"] for each in listed})

    assert len(bulk.get(uri).json()["fields"]) == 4
