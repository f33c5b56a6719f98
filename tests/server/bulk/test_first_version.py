"""Bulk 1.0: other words for the same engine (`bulk` 20, A5, A6)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua.bulk import first_words

EMAIL, FIRST = "{{Contact.Field(C_EmailAddress)}}", "{{Contact.Field(C_FirstName)}}"
SAMPLE = {
    "name": "sample import",
    "fields": {"C_EmailAddress": EMAIL},
    "updateRule": "always",
    "identifierFieldName": "C_EmailAddress",
    "secondsToRetainData": 3600,
    "isSyncTriggeredOnImport": True,
}


class First:
    """Bulk 1.0 as the user of the tests."""

    def __init__(self, bulk: Any) -> None:
        self._bulk = bulk

    def __call__(self, method: str, path: str, **options: Any) -> Any:
        return self._bulk.client.request(method, f"/API/Bulk/1.0{path}", auth=self._bulk.auth, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        return self("GET", path, params=parameters or None)

    def post(self, path: str, body: Any) -> Any:
        return self("POST", path, json=body)

    def ended(self, uri: str) -> dict[str, Any]:
        """A sync once it has ended."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found: dict[str, Any] = self.get(uri).json()
            if found["status"] not in ("pending", "active"):
                return found
            time.sleep(0.003)
        raise AssertionError(f"{uri} does not end")


@pytest.fixture
def first(bulk: Any) -> First:
    """Calls to 1.0."""
    return First(bulk)


def test_the_sample_import_runs(first, rest, eloqua):
    """[client] bulk.md A5: the upload answers the sync; results are lines without code and severity."""
    vips = rest.post("/assets/contact/list", json={"name": "VIPs"}).json()["id"]
    actions = [{"action": "add", "destinationUri": f"/contact/list/{vips}"}]
    made = first.post("/contact/import", SAMPLE | {"syncActions": actions})

    assert made.status_code == 201
    shown = made.json()
    assert shown["uri"].startswith("/contact/import/")
    assert (shown["secondsToRetainData"], shown["syncActions"], shown["updateRule"]) == (3600, actions, "always")
    sync = first.post(f"{shown['uri']}/data", [{"C_EmailAddress": "ada@example.test"}]).json()
    assert (sync["syncedInstanceUri"], sync["status"]) == (shown["uri"], "pending")
    assert first.ended(sync["uri"])["status"] == "success"
    results = first.get(f"{sync['uri']}/results").json()
    assert list(results) == ["elements", "page", "pageSize", "total"]
    (processed,) = [each for each in results["elements"] if each.get("message") == "Total records processed."]
    assert list(processed) == ["count", "createdAt", "message", "syncUri"]
    assert (processed["count"], processed["syncUri"]) == (1, sync["uri"])
    assert eloqua.contact("ada@example.test")
    (listed,) = first.get("/contact/lists", search="VIP*").json()["elements"]
    assert (listed["count"], listed["uri"]) == (1, f"/contact/list/{vips}")


def test_the_sample_export_runs(first, bulk, rest):
    """[client] bulk.md A6: membership of a list; rows by page and pageSize."""
    vips = rest.post("/assets/contact/list", json={"name": "VIPs"}).json()["id"]
    bulk.load(
        [{"email": f"p{number}@example.test"} for number in range(3)],
        syncActions=[{"destination": f"{{{{ContactList[{vips}]}}}}"}],
    )
    body = {
        "name": "sample export",
        "fields": {"email": EMAIL},
        "filter": {"filterRule": "member", "membershipUri": f"/contact/list/{vips}"},
        "secondsToAutoDelete": 3600,
        "secondsToRetainData": 3600,
    }
    made = first.post("/contact/export", body).json()
    assert made["filter"] == body["filter"]
    assert (made["secondsToAutoDelete"], made["secondsToRetainData"]) == (3600, 3600)
    sync = first.post("/sync", {"status": "pending", "syncedInstanceUri": made["uri"]}).json()
    first.ended(sync["uri"])

    page = first.get(f"{made['uri']}/data", page=2, pageSize=2).json()

    assert page == {"elements": [{"email": "p2@example.test"}], "page": 2, "pageSize": 2, "total": 3}


def test_both_versions_show_one_definition(first, bulk):
    """[inferred] bulk.md 20.3: one store."""
    uri = first.post("/contact/export", {"name": "n", "fields": {"e": EMAIL}}).json()["uri"]
    two = uri.replace("/contact/export/", "/contacts/exports/")

    assert bulk.get(two).json()["dataRetentionDuration"] == "PT6H"
    assert first.get(uri).json()["secondsToRetainData"] == 6 * 3600
    assert bulk.get("/exports").json()["items"][0]["uri"] == two
    changed = first("PUT", uri, json={"name": "m", "fields": {"e": EMAIL}})
    assert (changed.status_code, bulk.get(two).json()["name"]) == (200, "m")
    assert first("DELETE", f"{uri}/data").status_code == 204
    assert first("DELETE", uri).status_code == 204
    assert bulk.get(two).status_code == 404


@pytest.mark.parametrize(
    ("filter_1", "chosen"),
    [
        ({"filterRule": "valueEqualsComparisonValue", "value": FIRST, "comparisonValue": "Ada"}, {"ada@example.test"}),
        ({"filterRule": 5, "value": FIRST, "comparisonValue": "O'Neil"}, {"shaq@example.test"}),
        (
            {"filterRule": "valueDoesNotEqualComparisonValue", "value": FIRST, "comparisonValue": "ada"},
            {"shaq@example.test"},
        ),
        (
            {"filterRule": 8, "value": "{{Contact.Id}}", "comparisonValue": "1"},
            {"ada@example.test", "shaq@example.test"},
        ),
    ],
)
def test_filters_compare_values(first, eloqua, filter_1, chosen):
    """[client] bulk.md 20.2: rules by name or number."""
    people = {"ada@example.test": "Ada", "shaq@example.test": "O'Neil"}
    eloqua.seed(contacts=[{"emailAddress": key, "firstName": name} for key, name in people.items()])
    made = first.post("/contact/export", {"name": "n", "fields": {"e": EMAIL}, "filter": filter_1}).json()
    first.ended(first.post("/sync", {"syncedInstanceUri": made["uri"]}).json()["uri"])

    rows = first.get(f"{made['uri']}/data").json()["elements"]

    assert {row["e"] for row in rows} == chosen
    assert made["filter"]["value"] == filter_1["value"]


@pytest.mark.parametrize(
    ("changes", "named", "requirement"),
    [
        ({"name": None}, "name", "NotNullRequirement"),
        ({"secondsToRetainData": 60}, "dataRetentionDuration", "ContentRequirement"),
        ({"secondsToRetainData": "long"}, "secondsToRetainData", "ContentRequirement"),
        ({"updateRule": 3}, "updateRule", "EnumRequirement"),
        (
            {"syncActions": [{"action": "melt", "destinationUri": "/contact/list/1"}]},
            "syncActionType",
            "EnumRequirement",
        ),
        ({"syncActions": [{"action": "add", "destinationUri": "/contact/list/99"}]}, "syncActions.destination", None),
    ],
)
def test_a_definition_that_breaks_a_rule_gets_a_list_of_typed_errors(first, changes, named, requirement):
    """[client] bulk.md 19.3."""
    answer = first.post("/contact/import", SAMPLE | changes)

    assert answer.status_code == 400
    (error,) = answer.json()
    assert named in (error.get("property"), error.get("parameter"))
    assert requirement in (None, error["requirement"]["type"])


def test_metadata_are_shown_in_pages(first, http):
    """[client] bulk.md 20.1, 20.2: elements, no data types, uris of 1.0."""
    fields = first.get("/contact/fields", search="*", pageSize=2, page=2).json()
    assert (len(fields["elements"]), fields["page"], fields["pageSize"]) == (2, 2, 2)
    assert set(fields["elements"][0]) <= {
        "name",
        "internalName",
        "defaultValue",
        "hasReadOnlyConstraint",
        "hasNotNullConstraint",
        "hasUniquenessConstraint",
        "statement",
    }
    made = http.post(
        "/API/REST/2.0/assets/customObject",
        json={
            "name": "Orders",
            "fields": [{"type": "CustomObjectField", "id": "-1", "name": "No", "dataType": "text"}],
        },
    ).json()
    (found,) = first.get("/customObjects").json()["elements"]
    assert (found["id"], found["name"], found["uri"]) == (int(made["id"]), "Orders", f"/customObject/{made['id']}")
    field, *special = first.get(f"/customObject/{made['id']}/fields").json()["elements"]
    assert field["statement"].startswith(f"{{{{CustomObject[{made['id']}].Field[")
    assert [each["internalName"] for each in special] == ["Id", "CreatedAt", "UpdatedAt"]
    assert first.get("/customObject/999/fields").status_code == 404
    assert first.get("/import/priorities").json()["elements"][0]["uri"] == "/import/priority/1"
    assert first.get("/email/groups").json()["elements"][0]["uri"] == "/email/group/1"


def test_custom_objects_and_accounts_are_imported(first, bulk, http):
    """[client] bulk.md 20.1: `/customObject/126/import/7`, `/account/import/3`."""
    made = http.post(
        "/API/REST/2.0/assets/customObject",
        json={
            "name": "Orders",
            "fields": [{"type": "CustomObjectField", "id": "-1", "name": "No", "dataType": "text"}],
        },
    ).json()
    statement = f"{{{{CustomObject[{made['id']}].Field[{made['fields'][0]['id']}]}}}}"
    for base, text in ((f"/customObject/{made['id']}", statement), ("/account", "{{Account.Field(M_CompanyName)}}")):
        body = {"name": "n", "fields": {"a": text}, "identifierFieldName": "a", "isSyncTriggeredOnImport": True}
        uri = first.post(f"{base}/import", body).json()["uri"]
        assert uri.startswith(f"{base}/import/")
        sync = first.post(f"{uri}/data", [{"a": "One"}]).json()
        assert sync["syncedInstanceUri"] == uri
        assert first.ended(sync["uri"])["status"] == "success"
        export = first.post(f"{base}/export", {"name": "n", "fields": {"a": text}}).json()["uri"]
        first.ended(first.post("/sync", {"syncedInstanceUri": export}).json()["uri"])
        assert first.get(f"{export}/data").json()["elements"] == [{"a": "One"}]


@given(
    st.sampled_from(
        [
            ("/contacts/imports/{}", "/contact/import/{}"),
            ("/accounts/exports/{}", "/account/export/{}"),
            ("/customObjects/7/imports/{}", "/customObject/7/import/{}"),
            ("/syncs/{}", "/sync/{}"),
            ("/emailGroups/{}", "/email/group/{}"),
            ("/imports/priorities/{}", "/import/priority/{}"),
        ]
    ),
    st.integers(1, 10**12),
)
def test_uris_go_there_and_back(pair: tuple[str, str], key: int) -> None:
    """bulk.md 20.1."""
    two, one = (each.format(key) for each in pair)

    assert first_words.uri(two) == one
    assert first_words.second_uri(one) == two
