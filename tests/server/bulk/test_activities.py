"""Activities through Bulk: exported by type, external ones imported (`bulk` 10, 12, 14, 17)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

FIELDS = {
    "ActivityId": "{{Activity.Id}}",
    "ActivityType": "{{Activity.Type}}",
    "ActivityDate": "{{Activity.CreatedAt}}",
    "EmailAddress": "{{Activity.Field(EmailAddress)}}",
    "ContactId": "{{Activity.Contact.Id}}",
    "AssetType": "{{Activity.Asset.Type}}",
    "AssetName": "{{Activity.Asset.Name}}",
    "First": "{{Activity.Contact.Field(C_FirstName)}}",
}
OPENS = "'{{Activity.Type}}'='EmailOpen'"


@pytest.fixture
def found(bulk: Any) -> Any:
    """The rows of an export."""

    def run(fields: dict[str, str] | None = None, **changes: Any) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = bulk.rows(bulk.define("/activities/exports", fields=fields or FIELDS, **changes))
        return rows

    return run


@pytest.fixture
def seen(eloqua: Any) -> None:
    """Ada opened an e-mail, Charles submitted a form."""
    eloqua.clock.freeze(datetime(2024, 7, 1, 12, tzinfo=UTC))
    eloqua.seed(
        contacts=[
            {"emailAddress": "ada@example.test", "firstName": "Ada"},
            {"emailAddress": "charles@example.test"},
        ],
        activities=[
            {"type": "emailOpen", "contact": "ada@example.test", "asset": "Hello"},
            {"type": "formSubmit", "contact": "charles@example.test", "asset": "Sign up"},
            {"type": "emailSubscribe", "contact": "ada@example.test", "asset": "Hello"},
        ],
    )


@pytest.mark.usefixtures("seen")
def test_an_export_finds_the_activities_of_a_type(found):
    """[client] bulk.md A3: values are strings, the date Eastern."""
    (row,) = found(filter=OPENS)

    assert row | {"ActivityId": ""} == {
        "ActivityId": "",
        "ActivityType": "EmailOpen",
        "ActivityDate": "2024-07-01 08:00:00.000",
        "EmailAddress": "ada@example.test",
        "ContactId": "1",
        "AssetType": "Email",
        "AssetName": "Hello",
        "First": "Ada",
    }
    assert row["ActivityId"].isdigit()
    assert found(filter=OPENS, areSystemTimestampsInUTC=True)[0]["ActivityDate"] == "2024-07-01 12:00:00.000"


@pytest.mark.usefixtures("seen")
def test_filters_look_at_type_date_and_contact(found):
    """bulk.md 15: `{{Activity.Contact.Id}}` too; one or several types."""
    types = {"t": "{{Activity.Type}}"}

    assert found(types, filter="'{{Activity.Type}}'='Subscribe'") == [{"t": "Subscribe"}]
    assert found(types, filter=f"{OPENS} AND '{{{{Activity.CreatedAt}}}}' > '2024-07-01 09:00:00'") == []
    assert len(found(types, filter=f"{OPENS} AND '{{{{Activity.CreatedAt}}}}' >= '2024-07-01 08:00:00'")) == 1
    assert {row["t"] for row in found(types, filter="'{{Activity.Contact.Id}}' = '1'")} == {"EmailOpen", "Subscribe"}
    assert found(types, filter="'{{Activity.Type}}'='PageView'") == []


@pytest.mark.usefixtures("seen")
def test_details_that_a_type_has_not_are_blank(found):
    """[client] bulk.md 12.2."""
    fields = {"a": "{{Activity.Field(SubjectLine)}}", "b": "{{Activity.Visitor.Id}}", "c": "{{Activity.Campaign.Id}}"}

    assert found(fields, filter=OPENS) == [{"a": "", "b": "", "c": ""}]


@pytest.mark.parametrize(
    "statement",
    ["{{Activity.Moon}}", "{{Activity.Field(Moon)}}", "{{Contact.Id}}", "{{Activity.Contact}}", "{{Activity}}"],
)
def test_a_statement_that_says_nothing_of_activities_is_refused(bulk, statement):
    """bulk.md 14."""
    answer = bulk.post("/activities/exports", {"name": "n", "fields": {"a": statement}})

    assert set(bulk.constraints(answer)) == {"fields"}


def test_contact_fields_are_not_for_filters_and_at_most_ten(bulk, rest):
    """[doc] bulk.md 15, 17."""
    field = "{{Activity.Contact.Field(C_FirstName)}}"
    by_contact = {"name": "n", "fields": FIELDS, "filter": f"'{field}' = 'Ada'"}
    many = {"name": "n", "fields": {f"f{number}": field for number in range(11)}}

    assert set(bulk.constraints(bulk.post("/activities/exports", by_contact))) == {"filter"}
    assert set(bulk.constraints(bulk.post("/activities/exports", many))) == {"fields"}


def test_metadata_list_the_fields_of_a_type(bulk):
    """[doc] bulk.md 16.2: `activityType`."""
    every = bulk.get("/activities/fields").json()["items"]
    of_forms = bulk.get("/activities/fields", activityType="FormSubmit").json()["items"]

    assert {"EmailOpen", "FormSubmit"} <= set(every[0]["activityTypes"])
    names = {each["name"] for each in of_forms}
    assert "RawData" in names
    assert "EmailAddress" not in names
    assert bulk.get(every[0]["uri"]).json() == every[0]


IMPORT = {
    "who": "{{Activity.Contact.Field(C_EmailAddress)}}",
    "campaign": "{{Activity.Campaign.Id}}",
    "asset": "{{Activity.Asset.Name}}",
    "kind": "{{Activity.Asset.Type}}",
    "when": "{{Activity.CreatedAt}}",
    "what": "{{Activity.Type}}",
}
ROW = {
    "who": "Ada@example.test",
    "asset": "Fair 2024",
    "kind": "Fair",
    "when": "2024-06-30 10:00:00",
    "what": "visited",
}


@pytest.fixture
def load(bulk: Any, http: Any, eloqua: Any) -> Any:
    """Import external activities at a fair."""
    types = [{"type": "ExternalActivityType", "name": "Visited"}]
    made = http.post("/API/REST/2.0/assets/external/type", json={"name": "Fair", "activityTypes": types})
    assert made.status_code == 201, made.text
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])

    def run(*rows: dict[str, str], **changes: Any) -> dict[str, Any]:
        uri = bulk.define("/activities/imports", **({"fields": IMPORT} | changes))
        bulk.stage(uri, list(rows))
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


def test_external_activities_go_in_with_their_asset(bulk, load, found):
    """[doc] ELQ-00069 counts activities, ELQ-00068 assets that were made."""
    sync = load(ROW, ROW | {"when": "2024-06-30 11:00:00"})

    assert (bulk.counts(sync)["ELQ-00069"], bulk.counts(sync)["ELQ-00068"]) == (2, 1)
    rows = found(
        {"what": "{{Activity.Type}}", "when": "{{Activity.CreatedAt}}", "asset": "{{Activity.Asset.Name}}"},
        filter="'{{Activity.Type}}' = 'ExternalActivity'",
    )
    assert rows == [
        {"what": "ExternalActivity", "when": "2024-06-30 10:00:00.000", "asset": "Fair 2024"},
        {"what": "ExternalActivity", "when": "2024-06-30 11:00:00.000", "asset": "Fair 2024"},
    ]


def test_an_identifier_is_ignored(bulk, load):
    """[doc] ELQ-00123; the same activity twice is two activities."""
    sync = load(ROW, ROW, identifierFieldName="who")

    codes = {line["statusCode"]: line for line in bulk.log(sync)}
    assert codes["ELQ-00123"]["message"].startswith("identifierField who will be ignored")
    assert codes["ELQ-00069"]["count"] == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "Moon"}, "ELQ-00072"),
        ({"what": "Slept"}, "ELQ-00070"),
        ({"campaign": "77"}, "ELQ-00055"),
        ({"campaign": "spring"}, "ELQ-00055"),
        ({"who": "nobody@example.test"}, "ELQ-00085"),
        ({"who": "nobody"}, "ELQ-00002"),
        ({"when": "once"}, "ELQ-00040"),
        ({"asset": ""}, "ELQ-00061"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_turned_down(bulk, load, changes, code):
    """[doc] codes; the other rows go in."""
    sync = load(ROW | changes, ROW)

    assert sync["status"] == "warning"
    assert [each["statusCode"] for each in bulk.rejects(sync)] == [code]
    assert bulk.counts(sync)["ELQ-00069"] == 1
