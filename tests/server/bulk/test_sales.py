"""Opportunities, their links, and responses to campaigns through Bulk (`bulk` 4.4)."""

from __future__ import annotations

from typing import Any

import pytest

OPPORTUNITY = {
    "id": "{{Opportunity.Id}}",
    "name": "{{Opportunity.Field(Name)}}",
    "stage": "{{Opportunity.Field(Stage)}}",
    "amount": "{{Opportunity.Field(Amount)}}",
    "account": "{{Opportunity.Field(AccountName)}}",
}
DEAL = {"id": "006A", "name": "Engine", "stage": "Won", "amount": "1500", "account": "Babbage"}


@pytest.fixture
def deals(bulk: Any) -> Any:
    """Import opportunities."""

    def run(*rows: dict[str, str], **changes: Any) -> dict[str, Any]:
        uri = bulk.define("/opportunities/imports", **({"fields": OPPORTUNITY, "identifierFieldName": "id"} | changes))
        bulk.stage(uri, list(rows))
        sync: dict[str, Any] = bulk.run(uri)
        return sync

    return run


def test_opportunities_are_created_once(bulk, deals):
    """ELQ-00049 counts new ones; ids are compared without case unless the definition says otherwise."""
    assert bulk.counts(deals(DEAL, DEAL | {"id": "006B"}))["ELQ-00049"] == 2
    assert bulk.counts(deals(DEAL | {"id": "006a", "stage": "Lost"}))["ELQ-00049"] == 0
    sync = deals(DEAL | {"amount": "plenty"})
    assert [(each["statusCode"], each["invalidFields"]) for each in bulk.rejects(sync)] == [("ELQ-00040", ["amount"])]


def test_an_opportunity_of_an_id_alone_is_kept(bulk, deals):
    """Its other columns may be in no record."""
    assert bulk.counts(deals({"id": "006A"}))["ELQ-00049"] == 1
    assert bulk.counts(deals(DEAL))["ELQ-00049"] == 0


def test_ids_of_opportunities_may_differ_in_case_alone(bulk, deals):
    """[doc] bulk.md 4.4: `isIdentifierFieldCaseSensitive`, in one load and against what is there."""
    both = (DEAL, DEAL | {"id": "006a"})
    assert bulk.counts(deals(*both, isIdentifierFieldCaseSensitive=True))["ELQ-00049"] == 2
    again = deals(*both, DEAL | {"id": "006B"}, isIdentifierFieldCaseSensitive=True)
    assert (again["status"], bulk.counts(again)["ELQ-00049"]) == ("success", 1)
    assert [each["statusCode"] for each in bulk.rejects(deals(DEAL))] == ["ELQ-00026"]


@pytest.mark.parametrize("amount", ["nan", "inf", "1_000", "1e15", "1,5"])
def test_an_amount_is_a_number(bulk, deals, amount):
    """As in every field of numbers."""
    assert [each["invalidFields"] for each in bulk.rejects(deals(DEAL | {"amount": amount}))] == [["amount"]]
    assert bulk.rejects(deals(DEAL | {"amount": "-1.5e3"})) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fields": {name: OPPORTUNITY[name] for name in ("id", "name", "stage")}}, "fields"),
        ({"identifierFieldName": "name"}, "identifierFieldName"),
        ({"fields": OPPORTUNITY | {"x": "{{Opportunity.Field(Moon)}}"}}, "fields"),
    ],
)
def test_an_opportunity_has_its_four_fields(bulk, changes, field):
    """[doc] bulk.md 4.4."""
    body = {"name": "n", "fields": OPPORTUNITY, "identifierFieldName": "id"} | changes

    assert field in bulk.constraints(bulk.post("/opportunities/imports", body))


def test_metadata_list_the_fields_of_opportunities(bulk):
    """[doc] bulk.md 3: write only, with fields."""
    items = bulk.get("/opportunities/fields").json()["items"]

    assert {each["statement"] for each in items} >= set(OPPORTUNITY.values())
    assert bulk.get(items[0]["uri"]).json() == items[0]
    assert bulk.get("/opportunities/exports").status_code == 404


def test_opportunities_are_linked_to_contacts(bulk, eloqua, deals):
    """[doc] ELQ-00084 and ELQ-00085: what a row names has to be there."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    deals(DEAL)
    fields = {"deal": "{{Opportunity.Id}}", "who": "{{Opportunity.Contact.Field(C_EmailAddress)}}"}
    uri = bulk.define("/opportunities/contacts/imports", fields=fields, linkOpportunitiesEntityType="Contact")
    rows = [
        {"deal": "006A", "who": "ADA@example.test"},
        {"deal": "006Z", "who": "ada@example.test"},
        {"deal": "006A", "who": "nobody@example.test"},
    ]
    bulk.stage(uri, rows)
    sync = bulk.run(uri)

    assert bulk.counts(sync)["ELQ-00049"] == 1
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00084", "ELQ-00085"]
    bulk.stage(uri, rows[:1])
    assert bulk.counts(bulk.run(uri))["ELQ-00049"] == 0


def test_a_link_has_two_ends(bulk):
    """[doc] bulk.md 4.4."""
    only = {"name": "n", "fields": {"deal": "{{Opportunity.Id}}"}}

    assert "fields" in bulk.constraints(bulk.post("/opportunities/contacts/imports", only))


RESPONSE = {
    "campaign": "{{CampaignResponse.Campaign.Id}}",
    "who": "{{CampaignResponse.Contact.Field(C_EmailAddress)}}",
    "status": "{{CampaignResponse.Field(MemberStatus)}}",
}


def test_responses_go_in_and_come_out(bulk, eloqua, http):
    """[doc] ELQ-00055: the campaign has to be there."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    campaign = http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"}).json()["id"]
    row = {"campaign": campaign, "who": "ada@example.test", "status": "Responded"}
    uri = bulk.define("/campaignResponses/imports", fields=RESPONSE)
    bulk.stage(uri, [row, row | {"campaign": "999"}, row | {"who": "bob@example.test"}])
    sync = bulk.run(uri)

    assert bulk.counts(sync)["ELQ-00049"] == 1
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00055", "ELQ-00085"]
    export = bulk.define(
        "/campaignResponses/exports",
        fields=RESPONSE | {"id": "{{CampaignResponse.Id}}"},
        filter="'{{CampaignResponse.Field(MemberStatus)}}' = 'Responded'",
    )
    assert bulk.rows(export) == [row | {"id": "1"}]
    bulk.stage(uri, [row | {"status": "Attended"}])
    assert bulk.counts(bulk.run(uri))["ELQ-00049"] == 0
    assert bulk.rows(export) == []


def test_a_response_keeps_what_an_import_does_not_bring(bulk, eloqua, http):
    """[doc] bulk.md 4.1, 10: a column in no record, a bad value and the update rule leave the stored value alone."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"})
    fields = RESPONSE | {"returned": "{{CampaignResponse.Field(IntegrationReturnValue)}}"}
    row = {"campaign": "1", "who": "ada@example.test", "status": "Responded", "returned": "ok"}

    def load(*rows, **changes):
        uri = bulk.define("/campaignResponses/imports", **({"fields": fields} | changes))
        bulk.stage(uri, rows)
        bulk.run(uri)
        return bulk.rows(bulk.define("/campaignResponses/exports", fields=fields))

    assert load(row) == [row]
    assert load(row | {"status": "Attended"}, fields=RESPONSE) == [row | {"status": "Attended"}]
    assert load(row | {"returned": "x" * 101}) == [row]
    assert load(row | {"status": "Sent", "returned": ""}, updateRule="ifNewIsNotNull") == [row | {"status": "Sent"}]
    assert load(row | {"status": " "}) == [row | {"status": " "}]
    assert load(row | {"status": "", "returned": ""}) == [row | {"status": "", "returned": ""}]


def test_a_blank_row_is_an_empty_record(bulk):
    """[doc] bulk.md 10.4: ELQ-00059, also where rows are only added."""
    uri = bulk.define("/campaignResponses/imports", fields=RESPONSE)
    bulk.stage(uri, [dict.fromkeys(RESPONSE, " ")])

    assert [each["statusCode"] for each in bulk.rejects(bulk.run(uri))] == ["ELQ-00059"]


def test_activities_tell_of_the_response_to_their_campaign(bulk, eloqua, http):
    """[client] bulk-activity-fields.json; of none there is nothing to tell (bulk.md 12.2)."""
    http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"})
    opened = {"type": "emailOpen", "contact": "ada@example.test"}
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}], activities=[opened | {"campaign": "Spring"}, opened])
    uri = bulk.define("/campaignResponses/imports", fields=RESPONSE)
    bulk.stage(uri, [{"campaign": "1", "who": "ada@example.test", "status": "Responded"}])
    bulk.run(uri)
    fields = {
        "status": "{{Activity.CampaignResponse.Field(MemberStatus)}}",
        "when": "{{Activity.CampaignResponse.CreatedAt}}",
    }

    first, second = bulk.rows(bulk.define("/activities/exports", fields=fields))

    assert (first["status"], len(first["when"])) == ("Responded", 23)
    assert second == {"status": "", "when": ""}


def test_fields_of_responses_are_listed_but_not_read_one_by_one(bulk):
    """[doc] bulk.md 3: `fields/{id}` is documented as not valid."""
    items = bulk.get("/campaignResponses/fields").json()["items"]

    assert "{{CampaignResponse.Field(MemberStatus)}}" in {each["statement"] for each in items}
    assert bulk.get("/campaignResponses/fields/1").status_code == 404


def test_phone_numbers_carry_consent(bulk, http):
    """bulk.md 4.4: the plain import; what REST reads."""
    out = {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "unsubscribed"}
    uri = bulk.define(
        "/phoneNumbers/imports",
        fields={"n": "{{PhoneNumber.Field(PhoneNumber)}}"},
        identifierFieldName="n",
        syncActions=[out],
    )
    bulk.stage(uri, [{"n": "+49 30 1234567"}, {"n": "none"}])
    sync = bulk.run(uri)

    assert bulk.counts(sync)["ELQ-00017"] == 1
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00040"]
    found = http(
        "POST",
        "/API/REST/2.0/data/sms/subscription",
        json={"phoneNumbers": ["+49301234567"]},
        headers={"X-HTTP-Method-Override": "SEARCH"},
    )
    assert len(found.json()) == 1
