"""Exports honour contact security (platform.md 3.5)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ADA, BEN = "ada@example.test", "ben@example.test"


@pytest.fixture
def seller(bulk: Any, eloqua: EloquaSite) -> Any:
    """Somebody who sees Ada, whom a label hides from the user of the tests; Ben is for everybody."""
    eloqua.seed(
        users=[
            {
                "name": "seller",
                "password": "s3cret",
                "groups": ["API Users", "Sales Users", "Advanced Users - Marketing"],
            }
        ],
        contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}],
        lists=[{"name": "Guests", "members": [ADA, BEN]}],
        labels=[{"name": "Region: North", "contacts": [ADA], "groups": ["Sales Users"]}],
    )
    return bulk.as_user("seller")


def found(bulk: Any, uri: str) -> list[str]:
    return [each["email"] for each in bulk.rows(uri)]


def test_an_export_holds_whom_its_creator_sees(bulk: Any, seller: Any) -> None:
    """[doc] platform.md 3.5: who created it counts, whoever runs it; nothing says that rows are missing [inferred]."""
    mine, theirs = bulk.define_export(), seller.define_export()

    assert found(bulk, mine) == found(seller, mine) == [BEN]
    assert found(bulk, theirs) == found(seller, theirs) == [ADA, BEN]


def test_a_filter_finds_nobody_who_is_hidden(bulk: Any, seller: Any) -> None:
    """[doc] platform.md 3.5: by list or by address."""
    by_list = {"filter": "EXISTS('{{ContactList[1]}}')"}
    by_name = {"filter": f"'{{{{Contact.Field(C_EmailAddress)}}}}' = '{ADA}'"}

    assert (bulk.export(**by_list), bulk.export(**by_name)) == ([{"email": BEN, "first": "", "last": ""}], [])
    assert len(seller.export(**by_list)) == 2
    assert len(seller.export(**by_name)) == 1


def test_an_export_of_a_user_who_is_gone_holds_those_for_everybody(bulk: Any, seller: Any, http: Any) -> None:
    """[inferred] platform.md 3.5."""
    theirs = seller.define_export()
    users = http.get("/API/REST/2.0/system/users?depth=complete").json()["elements"]
    (key,) = [each["id"] for each in users if each.get("loginName") == "seller"]
    assert http.delete(f"/API/REST/2.0/system/user/{key}").status_code == 200

    assert found(bulk, theirs) == [BEN]


def test_an_import_writes_to_whom_it_names(bulk: Any, seller: Any, eloqua: EloquaSite) -> None:
    """[inferred]: uniqueness knows no labels, so that a row for a hidden contact makes no second one."""
    sync = bulk.load([{"email": ADA, "first": "Ada", "last": "L"}])

    assert sync["status"] == "success"
    assert eloqua.contact(ADA)["firstName"] == "Ada"
    assert found(bulk, bulk.define_export()) == [BEN]


def test_an_export_of_activities_tells_nothing_of_a_hidden_contact(bulk: Any, seller: Any, eloqua: EloquaSite) -> None:
    """[inferred] platform.md 3.5: as REST, where the activities of a hidden contact are a 404."""
    eloqua.seed(activities=[{"type": "emailOpen", "contact": each} for each in (ADA, BEN)])
    export = {"fields": {"email": "{{Activity.Field(EmailAddress)}}"}, "filter": "'{{Activity.Type}}'='EmailOpen'"}

    assert found(bulk, bulk.define("/activities/exports", **export)) == [BEN]
    assert found(seller, seller.define("/activities/exports", **export)) == [ADA, BEN]


def test_an_export_of_responses_tells_nothing_of_a_hidden_contact(bulk: Any, seller: Any, http: Any) -> None:
    """[inferred] platform.md 3.5."""
    campaign = http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"}).json()["id"]
    fields = {
        "email": "{{CampaignResponse.Contact.Field(C_EmailAddress)}}",
        "campaign": "{{CampaignResponse.Campaign.Id}}",
    }
    responses = bulk.define("/campaignResponses/imports", fields=fields)
    bulk.stage(responses, [{"email": each, "campaign": campaign} for each in (ADA, BEN)])
    bulk.run(responses)

    assert found(bulk, bulk.define("/campaignResponses/exports", fields=fields)) == [BEN]
    assert found(seller, seller.define("/campaignResponses/exports", fields=fields)) == [ADA, BEN]
