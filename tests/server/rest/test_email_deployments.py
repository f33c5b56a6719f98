"""E-mail deployments and signature rules (rest.md 14.2; platform.md T31)."""

from __future__ import annotations

from typing import Any

import pytest

HTML = "<p>Dear <span class=eloquaemail>FirstName</span></p>"
INLINE = {
    "type": "EmailInlineDeployment",
    "name": "Quick one",
    "email": {
        "type": "Email",
        "name": "Inline",
        "subject": "Hi",
        "htmlContent": {"type": "RawHtmlContent", "html": HTML},
    },
}


@pytest.fixture
def people(eloqua, rest) -> list[str]:
    """Ids of three contacts; the second is unsubscribed, the third bounced."""
    eloqua.seed(
        contacts=[
            {"emailAddress": "ada@example.test", "firstName": "Ada"},
            {"emailAddress": "bob@example.test", "isSubscribed": False},
            {"emailAddress": "eve@example.test", "isBounceback": True},
        ]
    )
    return [each["id"] for each in rest.get("/data/contacts").json()["elements"]]


def to(*ids: str) -> dict[str, Any]:
    """An inline deployment to these contacts."""
    return INLINE | {"contacts": [{"type": "Contact", "id": each} for each in ids]}


def failures(answer) -> list[tuple[str, str]]:
    """Property and requirement of each broken rule."""
    assert answer.status_code == 400
    return [(each["property"], each["requirement"]["type"]) for each in answer.json()]


def test_an_inline_deployment_is_sent_at_once_and_counted(rest, people):
    """[client] rest.md 14.2: 201 with the counters; [inferred] who is not sent to."""
    answer = rest.post("/assets/email/deployment", json=to(*people))

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["type"] == "EmailInlineDeployment"
    assert (made["successfulSendCount"], made["failedSendCount"]) == ("1", "2")
    assert (made["openCount"], made["clickthroughCount"], made["sentSubject"]) == ("0", "0", "Hi")
    assert [each["emailAddress"] for each in made["statistics"] if "sentAt" in each] == ["ada@example.test"]
    assert rest.get(f"/assets/email/deployment/{made['id']}").json() == made
    page = rest.get("/assets/email/deployments").json()
    assert [(each["type"], each["id"]) for each in page["elements"]] == [(made["type"], made["id"])]


def test_sends_are_activities_of_the_contacts(rest, people):
    """[doc] rest.md 16: emailSend, with the deployment in the details."""
    email = rest.post("/assets/email", json={"name": "News", "subject": "S"}).json()
    made = rest.post("/assets/email/deployment", json=to(people[0]) | {"email": {"id": email["id"]}}).json()
    assert made["email"]["id"] == email["id"]

    query = {"type": "emailSend", "startDate": "0", "endDate": "9999999999"}
    (sent,) = rest.get(f"/data/activities/contact/{people[0]}", params=query).json()
    details = {each["Key"]: each["Value"] for each in sent["details"]}
    assert (sent["asset"], sent["assetType"]) == (email["id"], "email")
    assert (details["DeploymentId"], details["EmailName"], details["SubjectLine"]) == (made["id"], "News", "S")
    assert rest.get(f"/data/activities/contact/{people[1]}", params=query).json() == []


def test_opens_and_clicks_since_are_counted(eloqua, rest, people):
    """[client] rest.md 14.2: openCount, clickthroughCount, statistics."""
    made = rest.post("/assets/email/deployment", json=to(people[0])).json()
    of_it = {"contact": "ada@example.test", "details": {"DeploymentId": made["id"]}}
    eloqua.seed(
        activities=[
            {"type": "emailOpen", **of_it},
            {"type": "emailOpen", **of_it},
            {"type": "emailClickThrough", **of_it},
            {"type": "emailOpen", **of_it, "details": {"DeploymentId": "99"}},
        ]
    )

    found = rest.get(f"/assets/email/deployment/{made['id']}").json()
    assert (found["openCount"], found["clickthroughCount"]) == ("2", "1")
    (one,) = found["statistics"]
    assert (one["openCount"], one["clickThroughCount"]) == ("2", "1")
    assert one["lastOpen"].isdigit()


def test_a_test_goes_to_one_contact_whatever_it_said(http, rest, people):
    """[client] rest.md 14.2: EmailTestDeployment; [inferred] it is merged, sent anyway, and leaves no activity."""
    body = INLINE | {"type": "EmailTestDeployment", "contactId": people[0]}
    made = http.post("/API/REST/2.0/assets/email/deployment", json=body).json()

    assert (made["type"], made["successfulSendCount"]) == ("EmailTestDeployment", "1")
    assert made["sentContent"] == "<p>Dear Ada</p>"
    bounced = rest.post("/assets/email/deployment", json=body | {"contactId": people[2]}).json()
    assert bounced["successfulSendCount"] == "1"
    query = {"type": "emailSend", "startDate": "0", "endDate": "9999999999"}
    assert rest.get(f"/data/activities/contact/{people[0]}", params=query).json() == []


@pytest.mark.parametrize("given", [{}, {"type": "EmailTestDeployment"}])
def test_header_and_footer_go_out_unless_they_are_merged_before(http, rest, people, given):
    """[doc] rest.md 4: preMerge, in 2.0."""
    header = rest.post("/assets/email/header", json={"name": "H", "body": "<h1>News</h1>"}).json()["id"]
    email = {"name": "E", "emailHeaderId": header, "htmlContent": {"type": "RawHtmlContent", "html": "Hi"}}
    body = to(people[0]) | {"contactId": people[0], "email": email} | given
    path = "/API/REST/2.0/assets/email/deployment"

    sent = [http.post(path, json=body, params={"preMerge": each}).json()["sentContent"] for each in ("false", "true")]

    assert sent == ["<h1>News</h1>Hi", "Hi"]
    assert http.post(path, json=body).json()["sentContent"] == sent[0]
    assert http.post(path, json=body, params={"preMerge": "x"}).json()[0]["parameter"] == "preMerge"


def test_whoever_left_the_group_is_not_sent_to(rest, people):
    """[inferred] rest.md 15."""
    rest.put(f"/data/contact/{people[0]}/email/group/1/subscription", json={"isSubscribed": "false"})

    assert rest.post("/assets/email/deployment", json=to(people[0])).json()["failedSendCount"] == "1"


def test_contacts_may_be_named_by_address(rest, people):
    """[client] samples send whole contacts."""
    body = INLINE | {"contacts": [{"emailAddress": "ADA@example.test"}]}

    assert rest.post("/assets/email/deployment", json=body).json()["successfulSendCount"] == "1"


def test_a_deployment_goes_to_a_hundred_contacts_at_most(rest, people):
    """[doc] rest.md 14.2."""
    assert failures(rest.post("/assets/email/deployment", json=to(*[people[0]] * 101))) == [
        ("contacts", "ContentRequirement")
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contacts": []}, [("contacts", "NotNullRequirement")]),
        ({"contacts": [{"id": "999"}]}, [("contacts", "RelationshipRequirement")]),
        ({"type": "EmailTestDeployment"}, [("contactId", "NotNullRequirement")]),
        ({"type": "EmailTestDeployment", "contactId": "999"}, [("contactId", "RelationshipRequirement")]),
        ({"email": None}, [("email", "NotNullRequirement")]),
        ({"email": {"id": "999"}}, [("email", "RelationshipRequirement")]),
        ({"sendFromUserId": "999"}, [("sendFromUserId", "RelationshipRequirement")]),
        ({"type": "EmailPaperDeployment"}, [("type", "EnumRequirement")]),
        ({"name": ""}, [("name", "NotNullRequirement")]),
    ],
)
def test_what_cannot_be_sent_is_refused_and_leaves_nothing(rest, people, changes, expected):
    """[inferred] rest.md 7.4."""
    assert failures(rest.post("/assets/email/deployment", json=to(people[0]) | changes)) == expected
    assert rest.get("/assets/email/deployments").json()["total"] == 0


@pytest.mark.quirk("Q44")
def test_sixty_deployments_a_minute_are_enough(eloqua, rest, people):
    """[doc] platform.md T31: 429 for one more, until the minute is over."""
    eloqua.site.thresholds.change("email-deployments", eloqua.site.clock.now(), used=60)

    assert rest.post("/assets/email/deployment", json=to(people[0])).status_code == 429
    eloqua.site.advance(60)
    assert rest.post("/assets/email/deployment", json=to(people[0])).status_code == 201


RULE = "/API/REST/2.0/assets/email/signature/rule"


@pytest.fixture
def rule(http) -> str:
    """The path of a new signature rule."""
    made = http.post(RULE, json={"name": "Owners", "contactFieldId": "100048", "defaultSenderId": "11"})
    assert made.status_code == 201, made.text
    return f"{RULE}/{made.json()['id']}"


def test_a_signature_rule_is_kept(http, rule):
    """[doc] rest-schemas.json: EmailSignatureRule."""
    found = http.get(rule).json()
    assert (found["contactFieldId"], found["defaultSenderId"]) == ("100048", "11")
    assert not {"folderId", "description"} & {*found}
    bad = http.post(RULE, json={"name": "x", "defaultSenderId": "999"})
    assert failures(bad) == [("defaultSenderId", "RelationshipRequirement")]


def test_mappings_are_added_replaced_listed_and_deleted(http, rule):
    """[doc] rest-endpoints.json: bare lists in and out, a page to read; PUT replaces the whole set."""
    one, two = ({"type": "EmailSignatureRuleMapping", "matchValue": value, "senderId": "12"} for value in "ab")
    path = f"{rule}/mappings"

    added = http.post(path, json=[one, two])
    assert (added.status_code, added.json()) == (201, [one, two])
    page = http.get(path, params={"search": "matchValue='b'"}).json()
    assert page == {"elements": [two], "page": 1, "pageSize": 1000, "total": 1}
    assert [each["matchValue"] for each in http.get(f"{path}?orderBy=matchValue DESC").json()["elements"]] == ["b", "a"]

    replaced = http.put(path, json=[one | {"senderId": 13}])
    assert (replaced.status_code, replaced.json()) == (200, [one | {"senderId": "13"}])
    assert http.get(path).json()["total"] == 1
    gone = http.delete(path)
    assert (gone.status_code, gone.content) == (200, b"")
    assert http.get(path).json()["elements"] == []


def test_mappings_go_with_their_rule(http, rule):
    """[inferred] the paths below a rule that is gone are 404."""
    http.post(f"{rule}/mappings", json=[{"matchValue": "a", "senderId": "12"}])
    assert http.delete(rule).status_code == 200
    for method in ("GET", "DELETE"):
        assert http(method, f"{rule}/mappings").status_code == 404
    assert http.put(f"{rule}/mappings", json=[]).status_code == 404
    assert http.get(f"{RULE}/x/mappings").json()[0]["parameter"] == "ruleId"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([{"senderId": "12"}], [("matchValue", "NotNullRequirement")]),
        ([{"matchValue": "a", "senderId": "999"}], [("senderId", "RelationshipRequirement")]),
        ([{"matchValue": "a", "senderId": "x"}], [("senderId", "IdRequirement")]),
        ([{"matchValue": "a", "senderId": "12"}] * 2, [("matchValue", "NoDuplicatesRequirement")]),
    ],
)
def test_a_mapping_has_a_value_of_its_own_and_a_sender(http, rule, given, expected):
    """[inferred] rest.md 7.3."""
    for method in ("POST", "PUT"):
        assert failures(http(method, f"{rule}/mappings", json=given)) == expected
    assert http.get(f"{rule}/mappings").json()["total"] == 0


def test_a_value_that_is_mapped_already_is_a_409(http, rule):
    """[inferred] rest.md 7.3: NoDuplicatesRequirement in the store."""
    given = [{"matchValue": "a", "senderId": "12"}]
    http.post(f"{rule}/mappings", json=given)

    assert http.post(f"{rule}/mappings", json=given).status_code == 409
    assert http.put(f"{rule}/mappings", json=given).status_code == 200


def test_mappings_come_in_a_list_of_75000_at_most(http, rule):
    """[doc] rest-endpoints.json."""
    assert http.post(f"{rule}/mappings", json={"matchValue": "a"}).status_code == 400
    many = [{"matchValue": str(number), "senderId": "12"} for number in range(75_001)]
    assert failures(http.post(f"{rule}/mappings", json=many)) == [("mappings", "ContentRequirement")]


def test_each_contact_gets_a_mail_of_its_own(eloqua, rest, people):
    """[inferred] rest.md 14.2: it never leaves; the outbox shows what each would have got."""
    made = rest.post("/assets/email/deployment", json=to(*people)).json()

    (mail,) = eloqua.outgoing("mail")
    assert (mail.to, mail.subject) == ("ada@example.test", made["sentSubject"])
    assert mail.why == f"e-mail deployment {made['id']}"
    assert "Dear Ada" in mail.body
