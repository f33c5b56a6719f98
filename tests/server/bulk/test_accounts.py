"""Accounts through Bulk: imported by name or id, exported with filters, put on account lists (`bulk` 3, 4, 13)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

NAME, CITY, COUNTRY = "{{Account.Field(M_CompanyName)}}", "{{Account.Field(M_City)}}", "{{Account.Field(M_Country)}}"
FIELDS = {"company": NAME, "city": CITY}


@pytest.fixture
def load(bulk: Any) -> Any:
    """Import rows of company and city."""

    def run(rows: list[dict[str, str]], **changes: Any) -> dict[str, Any]:
        uri = bulk.define("/accounts/imports", **({"fields": FIELDS, "identifierFieldName": "company"} | changes))
        bulk.stage(uri, rows)
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


@pytest.fixture
def found(bulk: Any) -> Any:
    """Company to city, of an export."""

    def run(**changes: Any) -> dict[str, str]:
        rows = bulk.rows(bulk.define("/accounts/exports", **({"fields": FIELDS} | changes)))
        return {row["company"]: row["city"] for row in rows}

    return run


def test_accounts_are_created_and_updated_by_name(bulk, load, found):
    """bulk-status-codes.json: ELQ-00005 counts the new ones, ELQ-00023 those that were there."""
    first = load([{"company": "Analytical Engines", "city": "London"}, {"company": "Difference", "city": "Paris"}])
    again = load([{"company": "ANALYTICAL ENGINES", "city": "Turin"}])

    assert (first["status"], again["status"]) == ("success", "success")
    assert (bulk.counts(first)["ELQ-00005"], bulk.counts(first)["ELQ-00023"]) == (2, 0)
    assert (bulk.counts(again)["ELQ-00005"], bulk.counts(again)["ELQ-00023"]) == (0, 1)
    assert found() == {"ANALYTICAL ENGINES": "Turin", "Difference": "Paris"}


def test_an_account_is_the_one_that_rest_reads(load, rest):
    """One state, two doors."""
    load([{"company": "Difference", "city": "Paris"}])

    elements = rest.get("/data/accounts", params={"search": "name='Difference'", "depth": "complete"}).json()[
        "elements"
    ]

    assert [(each["name"], each["city"]) for each in elements] == [("Difference", "Paris")]


def test_a_new_account_needs_a_name(bulk, load, found):
    """bulk.md 10.8; by an id nothing is created (10.7)."""
    without = load(
        [{"id": "77", "city": "Rome"}],
        fields={"id": "{{Account.Id}}", "city": CITY},
        identifierFieldName="id",
    )
    by_city = load([{"city": "Rome"}], fields={"city": CITY, "country": COUNTRY}, identifierFieldName="city")

    assert bulk.counts(without)["ELQ-00034"] == 1
    assert [each["statusCode"] for each in bulk.rejects(by_city)] == ["ELQ-00061"]
    assert found() == {}


def test_several_accounts_of_one_name_are_updated_only_when_asked(bulk, load, found, rest):
    """bulk.md 10.7: names need not be unique."""
    for _ in range(2):
        rest.post("/data/account", json={"name": "Twin"})

    refused = load([{"company": "twin", "city": "Rome"}])
    allowed = load([{"company": "twin", "city": "Rome"}], isUpdatingMultipleMatchedRecords=True)

    assert [each["statusCode"] for each in bulk.rejects(refused)] == ["ELQ-00026"]
    assert bulk.counts(allowed)["ELQ-00023"] == 2
    assert found() == {"twin": "Rome"}


def test_an_account_is_found_by_its_id_and_external_id(load, found, rest):
    """bulk.md 4.3: `{{Account.Id}}`, `{{Account.Field(CompanyIDExt)}}`."""
    account = rest.post("/data/account", json={"name": "Engines"}).json()["id"]
    by_id = {"fields": {"id": "{{Account.Id}}", "city": CITY}, "identifierFieldName": "id"}
    external = {"fields": {"id": "{{Account.Field(CompanyIDExt)}}", "city": CITY}, "identifierFieldName": "id"}

    load([{"id": account, "city": "Oslo"}], **by_id)
    assert found() == {"Engines": "Oslo"}
    load([{"id": f"MMOCK{int(account):012d}", "city": "Bergen"}], **external)
    assert found() == {"Engines": "Bergen"}


def test_exports_choose_by_field_and_by_list(bulk, load, found, http):
    """bulk.md 15: account fields, `EXISTS('{{AccountList[1]}}')`; 13: `add` and `remove`."""
    group = http.post("/API/REST/2.0/assets/account/group", json={"name": "Engineers"}).json()["id"]
    there = {"destination": f"{{{{AccountList[{group}]}}}}"}
    rows = [{"company": "Analytical Engines", "city": "London"}, {"company": "Difference", "city": "Paris"}]
    added = load(rows, syncActions=[there])

    assert bulk.counts(added)["ELQ-00114"] == 2
    assert found(filter=f"'{CITY}' = 'paris'") == {"Difference": "Paris"}
    removed = bulk.run(
        bulk.define(
            "/accounts/exports", fields=FIELDS, filter=f"'{CITY}' = 'Paris'", syncActions=[there | {"action": "remove"}]
        )
    )
    assert bulk.counts(removed)["ELQ-00117"] == 1
    assert set(found(filter=f"EXISTS('{{{{AccountList[{group}]}}}}')")) == {"Analytical Engines"}
    item = bulk.get(f"/accounts/lists/{group}").json()
    assert (item["name"], item["count"], item["statement"]) == ("Engineers", 1, f"{{{{AccountList[{group}]}}}}")


def test_stamps_are_eastern_or_utc(bulk, eloqua, load):
    """[doc] bulk.md 12.3: M_DateCreated and M_DateModified."""
    eloqua.clock.freeze(datetime(2024, 7, 1, 12, tzinfo=UTC))
    load([{"company": "Difference", "city": "Paris"}])
    fields = {"made": "{{Account.Field(M_DateCreated)}}", "changed": "{{Account.UpdatedAt}}"}

    eastern = bulk.rows(bulk.define("/accounts/exports", fields=fields))
    utc = bulk.rows(bulk.define("/accounts/exports", fields=fields, areSystemTimestampsInUTC=True))

    assert set(eastern[0].values()) == {"2024-07-01 08:00:00.000"}
    assert set(utc[0].values()) == {"2024-07-01 12:00:00.000"}


def test_metadata_list_the_fields(bulk):
    """bulk.md 16.1: `M_CompanyName` is 100085, `M_Country` 100088 [client]."""
    items = {each["internalName"]: each for each in bulk.get("/accounts/fields").json()["items"]}

    assert items["M_CompanyName"]["uri"] == "/accounts/fields/100085"
    assert items["M_Country"] == bulk.get("/accounts/fields/100088").json()
    assert items["M_Country"]["statement"] == COUNTRY
    assert items["CompanyIDExt"]["hasReadOnlyConstraint"] is True
    assert bulk.get("/accounts/fields/5").status_code == 404


@pytest.mark.parametrize("statement", ["{{Contact.Field(C_Country)}}", "{{Account.Moon}}", "{{Account.Field(C_City)}}"])
def test_a_statement_of_another_entity_is_refused(bulk, statement):
    """bulk.md 14: refused [inferred]."""
    answer = bulk.post("/accounts/exports", {"name": "n", "fields": {"a": statement}})

    assert set(bulk.constraints(answer)) == {"fields"}
