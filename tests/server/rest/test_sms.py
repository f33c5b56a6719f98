"""Text messages and the consent of phone numbers; reports of the audit log."""

from __future__ import annotations

import pytest

REST = "/API/REST/2.0"
CONSENT = f"{REST}/data/sms/subscription"
SEARCH = {"X-HTTP-Method-Override": "SEARCH"}


@pytest.fixture
def code(eloqua, http) -> str:
    """The id of a sender code."""
    eloqua.seed(senderCodes=[{"senderCode": "12345", "senderName": "Shop", "countries": ["US", "CA"]}])
    return str(http.get(f"{REST}/assets/sms/senderCodes").json()["elements"][0]["id"])


def failed(answer, *, status=400):
    """Property, requirement and value of each failure."""
    assert answer.status_code == status, answer.text
    return [(each["property"], each["requirement"]["type"], each["value"]) for each in answer.json()]


def test_an_sms_names_its_sender_codes_and_links(http, code):
    """[doc] schema Sms: nested objects with ids of their own."""
    body = {
        "name": "Sale",
        "content": "Buy: https://example.test",
        "senderCodes": [{"type": "SmsSenderCode", "senderCodeId": code, "countryCode": "US", "senderCode": "12345"}],
        "hyperLinks": [{"type": "SmsLink", "id": "-1", "href": "https://example.test"}],
    }

    made = http.post(f"{REST}/assets/sms", json=body)

    assert made.status_code == 201
    assert (made.json()["folderId"], made.json()["archived"]) == ("30", "false")
    assert made.json()["senderCodes"][0]["senderCodeId"] == code
    assert int(made.json()["hyperLinks"][0]["id"]) > 0
    assert http.get(f"{REST}/assets/sms").json()["elements"][0]["name"] == "Sale"


def test_an_sms_cannot_name_a_sender_code_that_is_not_there(http):
    """rest.md 7.3: RelationshipRequirement."""
    body = {"name": "Sale", "senderCodes": [{"senderCodeId": "99"}]}

    assert failed(http.post(f"{REST}/assets/sms", json=body)) == [("senderCodeId", "RelationshipRequirement", "99")]


def test_sender_codes_are_listed_with_their_keywords(http, code):
    """[doc] only listed: the provider sets them up."""
    http.post(f"{REST}/assets/sms/keyword", json={"keyword": "STOP", "senderCodeId": code})

    page = http.get(f"{REST}/assets/sms/senderCodes", params={"depth": "complete"}).json()

    found = page["elements"][0]
    assert (found["senderCode"], found["senderName"]) == ("12345", "Shop")
    assert [each["code"] for each in found["countries"]] == ["US", "CA"]
    assert [(each["type"], each["keyword"]) for each in found["keywords"]] == [("Keyword", "STOP")]


def test_a_keyword_is_called_what_it_is_and_read_at_minimal(http, code):
    """[doc] default depth minimal, no PUT; the name is [inferred]."""
    made = http.post(f"{REST}/assets/sms/keyword", json={"keyword": "HELP", "senderCodeId": code}).json()

    read = http.get(f"{REST}/assets/sms/keyword/{made['id']}")

    assert (made["name"], made["keyword"]) == ("HELP", "HELP")
    assert (read.json()["depth"], "keyword" in read.json()) == ("minimal", False)
    assert http.put(f"{REST}/assets/sms/keyword/{made['id']}", json=made).status_code == 405
    assert http.get(f"{REST}/assets/sms/keywords").json()["total"] == 1
    assert http.delete(f"{REST}/assets/sms/keyword/{made['id']}").status_code == 200
    assert http.get(f"{REST}/assets/sms/keyword/{made['id']}").status_code == 404


def test_a_keyword_means_one_thing_to_a_sender_code(http, code):
    """Our default [inferred]: 409 NoDuplicatesRequirement, in any case; another code may have it as well."""
    http.post(f"{REST}/assets/sms/keyword", json={"keyword": "HELP", "senderCodeId": code})

    again = http.post(f"{REST}/assets/sms/keyword", json={"keyword": "help", "senderCodeId": code})

    assert failed(again, status=409) == [("keyword", "NoDuplicatesRequirement", "help")]
    assert http.post(f"{REST}/assets/sms/keyword", json={"keyword": "HELP"}).status_code == 201


def test_a_keyword_has_to_say_its_word(http):
    """rest.md 7.4."""
    answer = http.post(f"{REST}/assets/sms/keyword", json={"name": "x"})

    assert failed(answer) == [("keyword", "NotNullRequirement", "<null>")]


def test_an_invalid_response_message_has_no_name(http):
    """[doc] schema InvalidResponseMessage; PUT replaces it."""
    path = f"{REST}/assets/sms/invalidResponseMessage"
    made = http.post(path, json={"response": "What?", "templateId": 5}).json()
    assert ("name" in made, made["response"], made["templateId"]) == (False, "What?", "5")

    changed = http.put(f"{path}/{made['id']}", json={"id": made["id"], "response": "Pardon?"}).json()

    assert (changed["response"], "templateId" in changed) == ("Pardon?", False)
    assert http.get(f"{path}/{made['id']}").json() == changed
    assert [each["id"] for each in http.get(f"{path}s").json()["elements"]] == [made["id"]]
    assert failed(http.post(path, json={})) == [("response", "NotNullRequirement", "<null>")]
    assert http.delete(f"{path}/{made['id']}").status_code == 200
    assert http.get(f"{path}/{made['id']}").status_code == 404


def test_the_consent_of_a_number_is_kept_however_it_is_written(http, eloqua):
    """[doc] schema PhoneNumberSubscription: as it was written and normalized, with its history."""
    eloqua.clock.freeze()
    first = http.put(CONSENT, json={"phoneNumber": "+1 (555) 010-0199", "isSubscribed": "true"}).json()
    eloqua.clock.advance(seconds=60)
    second = http.put(CONSENT, json={"phoneNumber": "555-010-0199", "isSubscribed": False}).json()

    assert (first["type"], first["normalizedPhoneNumber"]) == ("PhoneNumberSubscription", "+15550100199")
    assert (first["status"], second["status"]) == ("Subscribed", "Unsubscribed")
    assert second["originalPhoneNumber"] == "555-010-0199"
    assert [each["status"] for each in second["history"]] == ["Subscribed", "Unsubscribed"]
    assert second["history"][0]["sourceType"] == "SmsSubscriptionRestApi"
    assert second["history"][0]["userId"] == "11"
    assert int(second["timestamp"]) == int(first["timestamp"]) + 60


def test_consents_are_searched_by_number(http):
    """[doc] POST as SEARCH: a bare array; numbers that nobody spoke of are left out [inferred]."""
    http.put(CONSENT, json={"phoneNumber": "+445550100199", "isSubscribed": True})

    answer = http.post(CONSENT, json={"phoneNumbers": ["0044 555 010 0199", "+15550100100"]}, headers=SEARCH)

    assert answer.status_code == 200
    assert [each["normalizedPhoneNumber"] for each in answer.json()] == ["+445550100199"]


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ({}, ("phoneNumbers", "NotNullRequirement", "<null>")),
        ({"phoneNumbers": ["x"]}, ("phoneNumbers", "SyntaxRequirement", "x")),
        ({"phoneNumbers": ["+15550100199"] * 11}, ("phoneNumbers", "ValidTextLengthRequirement", "11")),
    ],
)
def test_a_search_of_consents_takes_up_to_ten_numbers(http, body, failure):
    """[doc] at most 10."""
    assert failed(http.post(CONSENT, json=body, headers=SEARCH)) == [failure]


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"phoneNumber": "call me"}, ("phoneNumber", "SyntaxRequirement", "call me")),
        ({"phoneNumber": " "}, ("phoneNumber", "NotNullRequirement", "<null>")),
        ({"isSubscribed": "yes"}, ("isSubscribed", "BooleanRequirement", "yes")),
        ({"isSubscribed": None}, ("isSubscribed", "NotNullRequirement", "<null>")),
    ],
)
def test_what_a_consent_has_to_say(http, change, failure):
    """rest.md 7.3."""
    body = {"phoneNumber": "+15550100199", "isSubscribed": True} | change

    assert failed(http.put(CONSENT, json=body)) == [failure]


def test_only_marketers_change_consents(http):
    """[doc] platform.md 3.3: Set Contact Subscription Status."""
    body = {"phoneNumber": "+15550100199", "isSubscribed": True}

    assert http.as_user("api.only").put(CONSENT, json=body).status_code == 403
    assert http.as_user("marketer").put(CONSENT, json=body).status_code == 200


REPORT = f"{REST}/data/auditLog/reportExport"
ASKED = {
    "type": "AuditLogReportRequest",
    "auditReportType": "AssetReport",
    "startDate": "2026-01-01",
    "endDate": "2026-02-01",
    "notificationEmail": "ada@example.test",
}


def test_a_report_of_the_audit_log_is_asked_for(http):
    """[doc] 201 without a body: the product mails it."""
    answer = http.post(REPORT, json=ASKED)

    assert (answer.status_code, answer.content) == (201, b"")
    assert http.as_user("marketer").post(REPORT, json=ASKED).status_code == 403


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"auditReportType": ""}, ("auditReportType", "NotNullRequirement", "<null>")),
        ({"startDate": "soon"}, ("startDate", "DateRequirement", "soon")),
        ({"endDate": "1609459200"}, ("endDate", "RelationshipRequirement", "1609459200")),
        ({"notificationEmail": "x"}, ("notificationEmail", "EmailAddressRequirement", "x")),
    ],
)
def test_what_a_report_has_to_say(http, change, failure):
    """rest.md 7.3."""
    assert failed(http.post(REPORT, json=ASKED | change)) == [failure]
