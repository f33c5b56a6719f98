"""Activities of contacts, external assets and their activities (rest.md 14.5, 16)."""

from __future__ import annotations

import pytest

from mock_eloqua.control_client import ControlError
from mock_eloqua.crm import assets

DAY = 86_400
AT = 1_609_459_200
ALL_TIME = {"startDate": 0, "endDate": 2**33}
OF_EMAILS = ["EmailName", "EmailWebLink", "EmailRecipientId", "SubjectLine", "DeploymentId"]
KEYS = {
    "emailSend": OF_EMAILS,
    "emailOpen": OF_EMAILS,
    "emailClickThrough": [*OF_EMAILS, "EmailClickedThruLink"],
    "emailSubscribe": OF_EMAILS,
    "emailUnsubscribe": OF_EMAILS,
    "formSubmit": ["Collection", "FormName"],
    "webVisit": ["Duration", "NumberOfPages", "FirstPageViewUrl", "ReferrerUrl"],
    "campaignMembership": [
        "Responded",
        "CampaignName",
        "LeadStage",
        "ActivityType",
        "AssetType",
        "AssetId",
        "CampaignId",
    ],
}
WORDS = list(KEYS)
OPENED = {
    "type": "emailOpen",
    "contact": "ada@example.test",
    "at": AT,
    "asset": "Spring news",
    "assetId": 77,
    "details": {"SubjectLine": "Hello", "DeploymentId": 12},
}


@pytest.fixture
def ada(eloqua):
    """A contact; its id."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    return eloqua.contact("ada@example.test")["id"]


def planted(eloqua, **changes):
    eloqua.seed(activities=[OPENED | changes])


def details(activity):
    return {each["Key"]: each["Value"] for each in activity["details"]}


def test_an_activity_in_1_0_has_its_details_as_capitalised_pairs(rest, eloqua, ada):
    """[doc] rest.md 16.1: a bare array; Key and Value."""
    planted(eloqua)

    answer = rest.get(f"/data/activities/contact/{ada}", params={"type": "emailOpen", **ALL_TIME})

    assert answer.json() == [
        {
            "type": "Activity",
            "id": "1",
            "activityDate": str(AT),
            "activityType": "emailOpen",
            "asset": "77",
            "assetType": "email",
            "contact": ada,
            "details": [
                {"Key": "EmailName", "Value": "Spring news"},
                {"Key": "EmailWebLink", "Value": ""},
                {"Key": "EmailRecipientId", "Value": ""},
                {"Key": "SubjectLine", "Value": "Hello"},
                {"Key": "DeploymentId", "Value": "12"},
            ],
        }
    ]


@pytest.mark.parametrize("kind", WORDS)
def test_each_type_tells_its_own_details(rest, eloqua, ada, kind):
    """[doc] rest.md 16.1: the table of details; those of web visits are inferred."""
    planted(eloqua, type=kind, details={})

    (found,) = rest.get(f"/data/activities/contact/{ada}", params={"type": kind, **ALL_TIME}).json()

    assert list(details(found)) == KEYS[kind]
    assert found["activityType"] == kind


def test_a_campaign_membership_is_a_campaign_activity(rest, eloqua, ada):
    """[doc] rest.md 16.1: another type, and hasResponded."""
    planted(eloqua, type="campaignMembership", asset="Spring", details={"Responded": "true", "LeadStage": "New"})

    (found,) = rest.get(f"/data/activities/contact/{ada}", params={"type": "campaignMembership", **ALL_TIME}).json()

    assert (found["type"], found["hasResponded"], found["assetType"]) == ("CampaignActivity", "true", "campaign")
    assert details(found)["CampaignName"] == "Spring"
    assert details(found)["LeadStage"] == "New"


@pytest.mark.parametrize("missing", ["type", "startDate", "endDate"])
def test_three_parameters_are_required_in_1_0(rest, ada, missing):
    """[doc] rest.md 16.1; the requirement is inferred."""
    wanted = {"type": "emailOpen", **ALL_TIME}
    del wanted[missing]

    answer = rest.get(f"/data/activities/contact/{ada}", params=wanted)

    assert answer.status_code == 400
    assert answer.json() == [
        {
            "type": "EndpointParameterError",
            "parameter": missing,
            "requirement": {"type": "NotNullRequirement"},
            "value": "<null>",
        }
    ]


def test_an_unknown_type_is_told_with_those_that_would_do(rest, ada):
    """[doc] rest.md 16.1: EnumRequirement; bouncebacks have their own path [client]."""
    for word in ("nonsense", "bounceback", "EMAILOPEN"):
        answer = rest.get(f"/data/activities/contact/{ada}", params={"type": word, **ALL_TIME})
        assert answer.status_code == 400
        (error,) = answer.json()
        assert error["requirement"] == {"type": "EnumRequirement", "values": WORDS}
        assert (error["parameter"], error["value"]) == ("type", word)


def test_a_limit_that_is_no_number_is_a_400(rest, http, ada):
    """Our default [inferred] rest.md 7.3: DateRequirement."""
    old = rest.get(f"/data/activities/contact/{ada}", params={"type": "emailOpen", "startDate": "x", "endDate": 1})
    new = http.get(f"/API/REST/2.0/data/activities/contact/{ada}/emailOpen", params={"startAt": 1, "endAt": "y"})

    assert [(each.json()[0]["parameter"], each.json()[0]["requirement"]) for each in (old, new)] == [
        ("startDate", {"type": "DateRequirement"}),
        ("endAt", {"type": "DateRequirement"}),
    ]


def test_activities_of_an_unknown_contact_are_a_404(rest, http):
    """[inferred] rest.md 16.1."""
    assert rest.get("/data/activities/contact/99", params={"type": "emailOpen", **ALL_TIME}).status_code == 404
    assert rest.get("/data/activities/contact/99/emailOpen").status_code == 404
    assert rest.get("/data/activities/contact/99/automation/bounceback").status_code == 404
    limits = {"startAt": 0, "endAt": 1}
    assert http.get("/API/REST/2.0/data/activities/contact/99/emailOpen", params=limits).status_code == 404


def test_only_the_activities_between_the_dates_are_answered_the_latest_first(rest, eloqua, ada):
    """[doc] rest.md 16.1: the limits; both are included, and the order, [inferred]."""
    for day in range(4):
        planted(eloqua, at=AT + day * DAY)
    wanted = {"type": "emailOpen", "startDate": AT + DAY, "endDate": AT + 2 * DAY}

    found = rest.get(f"/data/activities/contact/{ada}", params=wanted).json()

    assert [int(each["activityDate"]) - AT for each in found] == [2 * DAY, DAY]


def test_count_cuts_the_array_and_there_is_no_page_in_1_0(rest, eloqua, ada):
    """[doc] rest.md 16.1: at most 1000, no paging."""
    for day in range(3):
        planted(eloqua, at=AT + day * DAY)
    wanted = {"type": "emailOpen", **ALL_TIME, "count": 2}

    assert len(rest.get(f"/data/activities/contact/{ada}", params=wanted).json()) == 2
    assert len(rest.get(f"/data/activities/contact/{ada}", params=wanted | {"page": 2}).json()) == 2
    assert rest.get(f"/data/activities/contact/{ada}", params=wanted | {"count": 1001}).status_code == 400


def test_the_older_form_has_the_type_in_its_path_and_pages(rest, eloqua, ada):
    """[client] rest-endpoints: limits, count and page may be left out."""
    for day in range(3):
        planted(eloqua, at=AT + day * DAY)
    path = f"/data/activities/contact/{ada}/emailOpen"

    assert len(rest.get(path).json()) == 3
    assert len(rest.get(path, params={"count": 2, "page": 2}).json()) == 1
    assert len(rest.get(path, params={"startAt": AT + DAY}).json()) == 2
    assert rest.get(f"/data/activities/contact/{ada}/nonsense").status_code == 400


def test_bouncebacks_have_a_path_of_their_own(rest, eloqua, ada):
    """[client] rest.md 16.1, rest-schemas BouncebackActivity."""
    planted(
        eloqua,
        type="bounceback",
        details={
            "category": "hardBounce",
            "smtpErrorCode": "550",
            "smtpStatusCode": "5.1.1",
            "smtpMessage": "User unknown",
            "emailFromAddress": "news@example.test",
        },
    )

    page = rest.get(f"/data/activities/contact/{ada}/automation/bounceback").json()

    assert (page["page"], page["pageSize"], page["total"]) == (1, 1000, 1)
    (found,) = page["elements"]
    assert found == {
        "type": "BouncebackActivity",
        "id": "1",
        "activityDate": str(AT),
        "category": "hardBounce",
        "emailFromAddress": "news@example.test",
        "emailId": "77",
        "emailName": "Spring news",
        "emailToAddress": "ada@example.test",
        "smtpErrorCode": "550",
        "smtpMessage": "User unknown",
        "smtpStatusCode": "5.1.1",
    }


def test_a_click_is_pending_for_a_while(http, eloqua, ada):
    """[doc] rest.md 16.2: includePending is `true` or `1`; how long is a switch, and not at all by default."""
    path = f"/API/REST/2.0/data/activities/contact/{ada}/emailClickThrough"
    eloqua.clock.freeze()
    click = {"type": "emailClickThrough", "contact": "ada@example.test"}
    now = int(eloqua.clock.now.timestamp())
    eloqua.seed(activities=[click | {"at": str(now - 600)}, click | {"at": str(now - 30)}])

    def found(**more):
        page = http.get(path, params={"startAt": now - DAY, "endAt": now, **more})
        return [(each["id"], each["isPending"]) for each in page.json()["elements"]]

    assert found() == [("2", "false"), ("1", "false")]
    eloqua.set(click_pending_seconds=60)
    assert found() == found(includePending="0") == [("1", "false")]
    assert found(includePending="true") == found(includePending="1") == [("2", "true"), ("1", "false")]
    eloqua.clock.advance(seconds=31)
    assert found() == [("2", "false"), ("1", "false")]
    wrong = http.get(path, params={"startAt": now, "endAt": now, "includePending": "some"})
    assert (wrong.status_code, wrong.json()[0]["parameter"]) == (400, "includePending")


def test_activities_in_2_0_come_in_an_envelope(http, eloqua, ada):
    """[doc] rest.md 16.2: type in the path, startAt and endAt, fieldValues."""
    planted(eloqua)
    path = f"/API/REST/2.0/data/activities/contact/{ada}/emailOpen"
    limits = {"startAt": AT, "endAt": AT, "includePending": "true"}

    page = http.get(path, params={**limits, "depth": "complete"}).json()

    assert list(page) == ["elements", "page", "pageSize", "total"]
    (found,) = page["elements"]
    values = found.pop("fieldValues")
    assert found == {
        "type": "Activity",
        "id": "1",
        "createdAt": str(AT),
        "depth": "complete",
        "assetId": "77",
        "assetName": "Spring news",
        "assetType": "email",
        "contactId": ada,
        "isPending": "false",
    }
    assert {"type": "FieldValue", "name": "SubjectLine", "value": "Hello"} in values
    assert {"type": "FieldValue", "name": "EmailWebLink"} in values
    assert "fieldValues" not in http.get(path, params=limits).json()["elements"][0]


@pytest.mark.parametrize("missing", ["startAt", "endAt"])
def test_both_limits_are_required_in_2_0(http, ada, missing):
    """[doc] rest.md 16.2."""
    limits = {"startAt": 0, "endAt": 1}
    del limits[missing]

    answer = http.get(f"/API/REST/2.0/data/activities/contact/{ada}/emailOpen", params=limits)

    assert answer.status_code == 400
    assert answer.json()[0]["parameter"] == missing


def test_activities_can_be_seeded_through_the_control_api(rest, control, ada):
    """Issue 3, 6: the control API puts activities on contacts, at a date as people write it."""
    answer = control.post("/seed", json={"activities": [OPENED | {"at": "2020-12-31 19:00:00"}]})

    assert answer.json() == {"added": {"activities": 1}}
    (found,) = rest.get(f"/data/activities/contact/{ada}/emailOpen").json()
    assert found["activityDate"] == str(AT)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"type": "nonsense"}, "type takes emailSend"),
        ({"contact": "nobody@example.test"}, "there is no contact nobody@example.test"),
        ({"at": "yesterday"}, "at takes Unix seconds or a date"),
        ({"campaign": "Summer"}, "there is no campaign 'Summer'"),
        ({"assetId": "-1"}, "assetId takes a whole number"),
        ({"details": "x"}, "details is an object of texts"),
        ({"type": "external", "assetType": "Webinar"}, "activityType '' breaks RelationshipRequirement"),
    ],
)
def test_a_seed_of_activities_that_does_not_fit_says_why(eloqua, ada, wrong, said):
    """A seed is added as a whole or not at all."""
    with pytest.raises(ControlError, match=r"activities\[0\]: ") as caught:
        planted(eloqua, **wrong)

    assert said in str(caught.value)


def test_a_new_site_has_two_types_of_external_assets(http):
    """[client] rest.md 14.5: Webinar 1 with its activity types, Tradeshow 2; minimal as documented [doc] 3."""
    base = "/API/REST/2.0/assets/external/type"

    page = http.get(f"{base}s").json()
    webinar = http.get(f"{base}/1").json()

    assert [(each["id"], each["name"]) for each in page["elements"]] == [("1", "Webinar"), ("2", "Tradeshow")]
    assert [(each["id"], each["name"]) for each in webinar["activityTypes"]] == [
        ("1000", "Registered"),
        ("1001", "Attended"),
    ]
    made = http.post(base, json={"name": "Podcast", "activityTypes": [{"name": "Listened"}]}).json()
    minimal = http.get(f"{base}/{made['id']}", params={"depth": "minimal"}).json()
    assert list(minimal) == ["type", "id", "createdAt", "createdBy", "depth", "name", "updatedAt", "updatedBy"]


def test_an_external_asset_belongs_to_a_type_that_exists(http):
    """[doc] rest.md 14.5; the rule for an unknown one [inferred]."""
    base = "/API/REST/2.0/assets/external"

    assert http.post(base, json={"name": "Demo", "externalAssetTypeId": "1"}).status_code == 201
    (nameless,) = http.post(base, json={"externalAssetTypeId": "1"}).json()
    (unknown,) = http.post(base, json={"name": "Other", "externalAssetTypeId": "99"}).json()

    assert (nameless["property"], nameless["requirement"]["type"]) == ("name", "NotNullRequirement")
    assert (unknown["property"], unknown["requirement"]["type"]) == ("externalAssetTypeId", "RelationshipRequirement")
    assert http.delete(f"{base}/type/1").status_code == 412


@pytest.fixture
def attended(http, eloqua, ada):
    """An external activity that can be recorded."""
    http.post("/API/REST/2.0/assets/external", json={"name": "Demo", "externalAssetTypeId": "1"})
    campaign = assets.create(eloqua.site, "Campaign", name="Spring", doc={})
    return {
        "type": "ExternalActivities",
        "assetName": "Demo",
        "assetType": "Webinar",
        "activityType": "Attended",
        "activityDate": str(AT),
        "contactId": int(ada),
        "campaignId": campaign.id,
        "fieldValues": [],
    }


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_an_external_activity_is_recorded_and_read(http, attended, version):
    """[doc] rest.md 14.5; contactId and campaignId come back as numbers [client]."""
    base = f"/API/REST/{version}/data/activity"

    made = http.post(base, json=attended)

    assert made.status_code == 201
    body = made.json()
    assert list(body)[:5] == ["type", "id", "createdAt", "createdBy", "depth"]
    assert {name: body[name] for name in attended} == attended
    assert http.get(f"{base}/{body['id']}").json() == body
    assert http.get(f"{base}/99").status_code == 404


def test_values_of_an_external_activity_are_kept_as_field_values(http, attended):
    """[doc] SW21: an array of objects; that they are FieldValues, and read as such, is inferred."""
    base = "/API/REST/2.0/data/activity"

    made = http.post(base, json=attended | {"fieldValues": [{"id": 12, "value": True}]}).json()
    refused = http.post(base, json=attended | {"fieldValues": [{"id": "twelve"}]})

    assert made["fieldValues"] == [{"type": "FieldValue", "id": "12", "value": "true"}]
    assert http.get(f"{base}/{made['id']}").json()["fieldValues"] == made["fieldValues"]
    assert (refused.status_code, refused.json()[0]["property"]) == (400, "id")
    assert refused.json()[0]["container"]["objectType"] == "FieldValue"
    assert http.post(base, json=attended | {"fieldValues": [{"type": "Colour"}]}).status_code == 400


def test_an_external_activity_is_among_the_activities_of_its_contact(http, attended):
    """rest.md 16.2: one history."""
    http.post("/API/REST/2.0/data/activity", json=attended)
    path = f"/API/REST/2.0/data/activities/contact/{attended['contactId']}/external"

    (found,) = http.get(path, params={"startAt": AT, "endAt": AT, "depth": "complete"}).json()["elements"]

    assert (found["assetName"], found["assetType"]) == ("Demo", "Webinar")
    assert found["fieldValues"] == [{"type": "FieldValue", "name": "ActivityType", "value": "Attended"}]


@pytest.mark.parametrize(
    "missing", ["assetName", "assetType", "activityType", "activityDate", "contactId", "campaignId"]
)
def test_an_external_activity_needs_six_properties(http, attended, missing):
    """[doc] rest.md 14.5: all six required."""
    del attended[missing]

    answer = http.post("/API/REST/2.0/data/activity", json=attended)

    assert answer.status_code == 400
    (error,) = answer.json()
    assert (error["property"], error["requirement"]["type"]) == (missing, "NotNullRequirement")


@pytest.mark.parametrize(
    ("wrong", "broken"),
    [
        ({"assetName": "Other"}, ["assetName"]),
        ({"assetType": "Concert"}, ["assetType"]),
        ({"assetType": "Tradeshow"}, ["assetName"]),
        ({"activityType": "Slept"}, ["activityType"]),
        ({"contactId": 99, "campaignId": 99}, ["campaignId", "contactId"]),
    ],
)
def test_an_external_activity_names_what_exists(http, attended, wrong, broken):
    """[doc] rest.md 14.5: each has to name something valid; the rule [inferred]."""
    answer = http.post("/API/REST/2.0/data/activity", json=attended | wrong)

    assert answer.status_code == 400
    assert [(each["property"], each["requirement"]["type"]) for each in answer.json()] == [
        (name, "RelationshipRequirement") for name in broken
    ]


def test_an_external_activity_can_be_seeded_with_its_asset(http, eloqua, ada):
    """Issue 3, 6: a seed may name an asset that is not there yet."""
    planted(eloqua, type="external", asset="Expo", assetType="Tradeshow", details={"ActivityType": "attended"})

    read = http.get("/API/REST/2.0/data/activity/1").json()

    assert (read["assetName"], read["activityType"], read["contactId"]) == ("Expo", "Attended", int(ada))
    assert http.get("/API/REST/2.0/assets/externals").json()["elements"][0]["name"] == "Expo"


def test_an_activity_of_another_type_is_no_external_one(http, eloqua, ada):
    """rest.md 6: 404."""
    planted(eloqua)

    assert http.get("/API/REST/2.0/data/activity/1").status_code == 404
