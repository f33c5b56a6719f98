"""The published documents of Bulk."""

from __future__ import annotations

import httpx2
import pytest
from tests.server import published

from mock_eloqua import house


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_every_operation_is_published(control, version):
    """As it is served."""
    paths = control.get(f"/openapi/bulk-{version}.json").json()["paths"]

    published = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert published == {
        (each.verb, each.path) for each in house.face("bulk").operations if f"/Bulk/{version}/" in each.path
    }


@pytest.mark.parametrize("wrong", [{"moon": 1}, {"uri": 5}])
def test_an_answer_that_is_not_published_is_noticed(wrong):
    """Every answer that a test of Bulk gets is looked at so."""
    good = {"syncedInstanceUri": "/contacts/imports/1", "uri": "/syncs/1"}
    request = httpx2.Request("GET", "http://127.0.0.1/api/bulk/2.0//syncs/1")

    published.check(httpx2.Response(200, json=good, request=request))
    with pytest.raises(AssertionError):
        published.check(httpx2.Response(200, json=good | wrong, request=request))


def test_the_first_version_is_typed_in_its_own_words(control):
    """As `first_words` translates."""
    paths = control.get("/openapi/bulk-1.0.json").json()["paths"]
    export = paths["/API/Bulk/1.0/contact/export"]["post"]["requestBody"]["content"]["application/json"]["schema"]

    assert export["properties"]["secondsToRetainData"] == {"type": "integer"}
    assert "dataRetentionDuration" not in export["properties"]
    assert export["properties"]["filter"]["properties"].keys() > {"filterRule", "membershipUri"}


def test_definitions_are_typed(control):
    """With the properties of their family; data as JSON and CSV; refusals as Bulk says them."""
    paths = control.get("/openapi/bulk-2.0.json").json()["paths"]
    post = paths["/API/Bulk/2.0/customObjects/{parentId}/imports"]["post"]

    sent = post["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert sent["mapDataCards"] == {"type": "boolean"}
    assert sent["fields"]["additionalProperties"] == {"type": "string"}
    assert "mapDataCards" not in str(paths["/API/Bulk/2.0/contacts/imports"]["post"])
    assert "failures" in str(post["responses"]["400"])
    rows = paths["/API/Bulk/2.0/syncs/{id}/data"]["get"]["responses"]["200"]["content"]
    assert set(rows) == {"application/json", "text/csv"}
    upload = paths["/API/Bulk/2.0/contacts/imports/{id}/data"]["post"]
    assert {"201", "204"} <= set(upload["responses"])
