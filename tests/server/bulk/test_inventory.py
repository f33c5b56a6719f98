"""Every operation of the published inventory is served, and small collections say what is known (`bulk` 3, 16.2)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mock_eloqua import house

INVENTORY = Path(__file__).parents[4] / "shared" / "reference" / "bulk-endpoints.json"


def _plain(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path).lower()


@pytest.mark.skipif(not INVENTORY.exists(), reason="the reference lies beside the project only where it is developed")
def test_every_operation_is_served():
    """bulk-endpoints.json, all of them."""
    served = {(each.method, _plain(each.path)) for each in house.face("bulk").operations}
    wanted = json.loads(INVENTORY.read_text())

    assert [sum(each["version"] == version for each in wanted) for version in ("1.0", "2.0")] == [52, 181]
    assert [each for each in wanted if (each["method"], _plain(each["path"])) not in served] == []


def test_priorities_are_listed_and_have_to_exist(bulk: Any):
    """[doc] bulk.md 3, 4.1: `importPriorityUri`."""
    first, *_ = bulk.get("/imports/priorities").json()["items"]

    assert list(first) == ["name", "priority", "uri", "createdAt", "updatedAt"]
    assert bulk.get(first["uri"]).json() == first
    made = bulk.get(bulk.define_import(importPriorityUri=first["uri"])).json()
    assert made["importPriorityUri"] == first["uri"]
    body = {"name": "n", "fields": {"e": "{{Contact.Field(C_EmailAddress)}}"}, "identifierFieldName": "e"}
    refused = bulk.post("/contacts/imports", body | {"importPriorityUri": "/imports/priorities/99"})
    assert set(bulk.constraints(refused)) == {"importPriorityUri"}


def test_staging_says_how_much_it_holds(bulk: Any, eloqua: Any):
    """[doc] bulk.md 3: kbAllowed is 0."""
    assert bulk.get("/imports/data").json() == {"kbUsed": 0, "kbAllowed": 0}
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": f"person{number}@example.test"} for number in range(1000)])
    assert bulk.get("/imports/data").json()["kbUsed"] > 10
    bulk.run(uri)
    bulk.export()
    assert bulk.get("/imports/data").json()["kbUsed"] == 0
    assert bulk.get("/exports/data").json()["kbUsed"] > 10


def test_campaign_fields_are_said_for_each_use(bulk: Any, http: Any):
    """[doc] bulk.md 16.2: `type` since 25A."""
    http.post("/API/REST/2.0/assets/campaign/field", json={"name": "Region", "dataType": "text"})

    of_activities = bulk.get("/campaigns/fields", type="activity").json()["items"]

    statements = {each["statement"] for each in of_activities}
    assert "{{Activity.Campaign.Field(CampaignName)}}" in statements
    assert any(each["name"] == "Region" for each in of_activities)
    assert bulk.get("/campaigns/fields/1").status_code == 404


def test_nobody_is_scored(bulk: Any):
    """There are no models here, and an unknown one is 404."""
    assert bulk.get("/contacts/scoring/models").json()["items"] == []
    assert bulk.get("/contacts/scoring/models/1").status_code == 404


def test_activity_types_are_listed(bulk: Any):
    """[client] bulk.md 17."""
    items = bulk.get("/activities/types").json()["items"]

    assert "EmailOpen" in [each["name"] for each in items]
    assert bulk.get(items[0]["uri"]).json() == items[0]
    assert bulk.get("/activities/types/99").status_code == 404


def test_segments_filters_and_groups_are_listed(bulk: Any, http: Any):
    """[doc] bulk.md 16.2: with counts as the last calculation found them, and when that was."""
    made = http.post("/API/REST/2.0/assets/contact/segment", json={"name": "Everybody"}).json()["id"]
    before = bulk.get(f"/contacts/segments/{made}").json()
    assert (before["name"], before["count"], "executedAt" in before) == ("Everybody", 0, False)
    http.post(f"/API/REST/2.0/assets/contact/segment/queue/{made}")
    assert "executedAt" in bulk.get(f"/contacts/segments/{made}").json()
    assert bulk.get("/contacts/filters").json()["items"] == []
    (group,) = bulk.get("/emailGroups").json()["items"]
    assert group["statement"] == "{{EmailGroup[1]}}"
