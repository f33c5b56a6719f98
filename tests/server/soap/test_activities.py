"""Activities through SOAP: what other doors and seeds made happen (soap-1.2.md 10.6)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.server.soap.toolkit import COMPANY, CONTACT, detail, entity, values
from zeep.exceptions import Fault

ADA, BEN = "ada@example.test", "ben@example.test"
AT = 1_358_000_000  # 2013-01-12 14:13:20 UTC
START, END = datetime(2013, 1, 1, tzinfo=UTC), datetime(2013, 2, 1, tzinfo=UTC)
FAMILIES = {
    "Email": [
        "EmailOpen", "EmailSend", "EmailClickThrough", "EmailSubscribe", "EmailUnsubscribe", "EmailBounceback",
    ],
    "Form": ["FormSubmit"],
    "Web": ["WebVisit"],
    "Campaign": ["CampaignMembership"],
    "External": ["ExternalActivity"],
}  # fmt: skip


def happened(kind, contact=ADA, at=AT, **more):
    return {"type": kind, "contact": contact, "at": at, **more}


@pytest.fixture
def busy(eloqua):
    """Ada (1) and Ben (2), who opened, visited and sent in."""
    eloqua.seed(
        contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}],
        activities=[
            happened("emailSend", asset="News", assetId=7, details={"SubjectLine": "Hello"}),
            happened("emailOpen", at=AT + 60, asset="News", assetId=7),
            happened("webVisit", at=AT + 120, details={"Duration": "90"}),
            happened("formSubmit", at=AT + 180, asset="Sign up", assetId=7),
            happened("emailOpen", BEN, at=AT + 240, asset="Offer", assetId=8),
            happened("emailOpen", at=AT + 10**7, asset="News", assetId=7),
        ],
    )


def types(found):
    return [each.ActivityType for each in found or ()]


# What there is


def test_families_and_their_types(service):
    """[client] soap-1.2.md 10.6: `Web` is one, and Form has FormSubmit; the others are inferred."""
    assert service.ListActivityTypes().string == list(FAMILIES)
    for family, words in FAMILIES.items():
        found = service.DescribeActivityType(family.lower()).EloquaActivityType
        assert [(each.Id, each.Name, each.Type) for each in found] == [(None, family, word) for word in words]


@pytest.mark.parametrize(
    ("word", "asset", "field"),
    [
        ("EmailClickThrough", "Email", ("EmailClickedThruLink", "String")),
        ("FormSubmit", "Form", ("FormName", "String")),
        ("WebVisit", "None", ("NumberOfPages", "Integer")),
        ("CampaignMembership", "None", ("CampaignId", "Integer")),
    ],
)
def test_a_type_is_described(service, word, asset, field):
    """[client] soap-1.2.md 10.6: asked for by Name and Type."""
    described = service.DescribeActivity({"Id": None, "Name": "Form", "Type": word})

    assert (described.Name, described.RelatedAssetType) == (word, asset)
    fields = [(each.InternalName, each.DataType) for each in described.Fields.DynamicActivityFieldDefinition]
    assert field in fields


@pytest.mark.parametrize(
    ("operation", "given", "fault"),
    [
        ("DescribeActivityType", [None], "ValidationFault"),
        ("DescribeActivityType", ["Fax"], "InvalidTypeFault"),
        ("DescribeActivity", [None], "ValidationFault"),
        ("DescribeActivity", [{"Id": None, "Name": "Form", "Type": None}], "InvalidTypeFault"),
        ("GetActivities", [None, None, START, END], "ValidationFault"),
        ("GetActivities", [entity(COMPANY, 1), None, START, END], "InvalidTypeFault"),
        ("GetActivities", [entity(CONTACT, 1), None, END, START], "InvalidDateRangeFault"),
        ("GetEmailActivitiesForRecipients", [None, None, 20, 1], "InvalidArgumentFault"),
        ("GetEmailActivitiesForRecipients", [{"string": [" "]}, None, 20, 1], "InvalidArgumentFault"),
        ("GetEmailActivitiesForRecipients", [{"string": [ADA]}, None, 20, 0], "InvalidArgumentFault"),
        ("GetEmailActivitiesForRecipients", [{"string": [ADA]}, None, 0, 1], "InvalidArgumentFault"),
        ("GetEmailActivitiesForRecipients", [{"string": [ADA]}, None, 201, 1], "InvalidArgumentFault"),
        ("GetEmailActivitiesForRecipients", [{"string": [ADA]}, {"int": [*range(201)]}, 1, 1], "InvalidArgumentFault"),
    ],
)
def test_what_makes_no_sense_is_a_fault(service, operation, given, fault):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service[operation](*given)
    assert detail(caught.value) == fault


# What happened


def test_the_activities_of_a_contact(service, busy):
    """[client] soap-1.2.md 10.6: of the types that are named, in the time that is named; the order is inferred."""
    found = service.GetActivities(entity(CONTACT, 1), {"ActivityType": ["FormSubmit", "WebVisit"]}, START, END)

    assert types(found) == ["FormSubmit", "WebVisit"]
    form, visit = found
    assert (form.DynamicAsset.Id, form.DynamicAsset.AssetType.Type, form.DynamicEntity.Id) == (7, "Form", 1)
    assert (values(form)["FormName"], values(visit)["Duration"]) == ("Sign up", "90")
    assert visit.DynamicAsset.Id is None  # how zeep reads nil


def test_no_types_are_all_types(service, busy):
    """[inferred]: and both ends of the time are in it."""
    at = datetime.fromtimestamp(AT, UTC)

    assert types(service.GetActivities(entity(CONTACT, 1), None, START, END)) == [
        "FormSubmit", "WebVisit", "EmailOpen", "EmailSend",
    ]  # fmt: skip
    assert types(service.GetActivities(entity(CONTACT, 1), None, at, at)) == ["EmailSend"]
    assert service.GetActivities(entity(CONTACT, 9), None, START, END) is None


@pytest.mark.parametrize(("zone", "text"), [("eastern", "2013-01-12T09:13:20</"), ("utc", "2013-01-12T14:13:20Z</")])
def test_moments_are_eastern_or_utc(soap, service, eloqua, busy, zone, text):
    """[inferred] soap-1.2.md 14: neither the zone nor its mark is recorded; what goes in without one is read so too."""
    eloqua.set(soap_time_zone=zone)
    moment = text.removesuffix("</").removesuffix("Z")
    asked = soap.entity({}, 1).replace("DynamicEntity", "dynamicEntity")

    answer = soap.call("GetActivities", f"{asked}<startDate>{moment}</startDate><endDate>{moment}</endDate>")

    assert f"<Date>{text}Date>" in answer.text


def test_no_time_at_all_is_no_time(soap, busy):
    """[inferred]: .NET takes the first moment of all for what is missing, so that nothing happened by then."""
    asked = soap.entity({}, 1).replace("DynamicEntity", "dynamicEntity")

    assert "<GetActivitiesResult" in soap.call("GetActivities", asked).text
    assert "<DynamicActivity>" not in soap.call("GetActivities", asked).text
    one_end = soap.refused("GetActivities", f"{asked}<startDate>2013-01-31</startDate>")
    assert one_end.detail == "InvalidDateRangeFault"


def test_what_recipients_did_with_emails(service, busy):
    """[client] soap-1.2.md 10.6: pages from 1; with any e-mail when none is named [inferred]."""
    both = {"string": [ADA.upper(), BEN, "nobody@example.test"]}

    found = service.GetEmailActivitiesForRecipients(both, None, 3, 1)
    assert [(each.ActivityType, each.DynamicEntity.Id) for each in found] == [
        ("EmailOpen", 1), ("EmailOpen", 2), ("EmailOpen", 1),
    ]  # fmt: skip
    assert types(service.GetEmailActivitiesForRecipients(both, None, 3, 2)) == ["EmailSend"]
    assert service.GetEmailActivitiesForRecipients(both, None, 3, 3) is None
    (ben,) = service.GetEmailActivitiesForRecipients(both, {"int": [8]}, 20, 1)
    assert (ben.DynamicAsset.Id, ben.DynamicAsset.AssetType.Name) == (8, "Offer")


def test_the_form_of_that_id_is_no_email(service, busy):
    """Ids of e-mails and of forms are apart."""
    found = service.GetEmailActivitiesForRecipients({"string": [ADA]}, {"int": [7]}, 20, 1)

    assert set(types(found)) == {"EmailSend", "EmailOpen"}


def test_what_hidden_contacts_did_is_hidden(service, eloqua, busy):
    """[inferred] platform.md 3.5."""
    eloqua.seed(labels=[{"name": "North", "contacts": [ADA], "groups": ["Sales Users"]}])

    assert service.GetActivities(entity(CONTACT, 1), None, START, END) is None
    found = service.GetEmailActivitiesForRecipients({"string": [ADA, BEN]}, None, 20, 1)
    assert [each.DynamicEntity.Id for each in found] == [2]


def test_what_happens_over_rest_is_seen_here(service, http, eloqua):
    """[client] soap-1.2.md 10.6: one store of activities for all doors."""
    eloqua.seed(contacts=[{"emailAddress": ADA}])
    group = http.get("/API/REST/1.0/assets/email/groups").json()["elements"][0]["id"]
    http.put(
        f"/API/REST/1.0/data/contact/1/email/group/{group}/subscription",
        json={"type": "EmailGroupSubscription", "isSubscribed": "false", "contactId": "1"},
    )

    (found,) = service.GetEmailActivitiesForRecipients({"string": [ADA]}, None, 20, 1)

    assert found.ActivityType == "EmailUnsubscribe"
    assert found.DynamicAsset.Id is None  # of a group, which is no asset of this API
