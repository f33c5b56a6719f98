"""Visitors and who is told of them (rest.md 17)."""

from __future__ import annotations

import pytest

V2 = "/API/REST/2.0"
GUID = "1a2b3c4d-0000-4a5b-8c9d-0123456789ab"
SEARCH = {"X-HTTP-Method-Override": "SEARCH"}


@pytest.fixture
def visitors(eloqua):
    """A visitor who is a contact, and one whom nobody knows."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test"}],
        visitors=[
            {
                "externalId": GUID.upper(),
                "contact": "ada@example.test",
                "V_IPAddress": "192.0.2.1",
                "V_LastVisitDateAndTime": "2021-01-01 00:00:00",
                "V_NumberOfVisits": 12,
            },
            {"V_NumberOfVisits": 3},
        ],
    )


def test_visitors_are_listed_in_an_envelope(http, eloqua, visitors):
    """[doc], [client] rest.md 17, 2.1: the id of a visitor is a number."""
    answer = http.get(f"{V2}/data/visitors", params={"depth": "complete"}).json()

    assert [answer[name] for name in ("page", "pageSize", "total")] == [1, 1000, 2]
    known, unknown = answer["elements"]
    assert list(known) == [
        "type",
        "currentStatus",
        "id",
        "createdAt",
        "contactId",
        "externalId",
        "visitorId",
        "V_IPAddress",
        "V_LastVisitDateAndTime",
        "V_NumberOfVisits",
    ]
    assert (known["type"], known["id"], known["visitorId"], known["externalId"]) == ("VisitorViewData", 1, "1", GUID)
    assert known["contactId"] == eloqua.contact("ada@example.test")["id"]
    assert known["V_LastVisitDateAndTime"] == "1609477200"
    assert "contactId" not in unknown


def test_a_visitor_at_minimal_has_no_profile(http, visitors):
    """[doc] rest.md 3."""
    first = http.get(f"{V2}/data/visitors").json()["elements"][0]

    assert list(first) == ["type", "id", "createdAt", "contactId", "externalId", "visitorId"]


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("V_IPAddress='192.0.2.*'", 1),
        (f"externalId='{GUID}'", 1),
        (GUID, 1),
        ("V_NumberOfVisits>9", 1),
        ("V_LastVisitDateAndTime>'2020-12-31'", 1),
        ("contactId=''", 1),
        ("createdAt>0", 2),
    ],
)
def test_visitors_are_searched_by_property_and_profile(http, visitors, search, count):
    """[doc] rest.md 5: `/data` lists take internal names."""
    answer = http.get(f"{V2}/data/visitors", params={"search": search})

    assert answer.json()["total"] == count


def test_visitors_are_ordered_by_number(http, visitors):
    """[doc] rest.md 4: orderBy."""
    found = http.get(f"{V2}/data/visitors", params={"orderBy": "id DESC"}).json()["elements"]

    assert [each["id"] for each in found] == [2, 1]


def test_visitors_are_read_by_their_guids(http, visitors):
    """[doc] rest.md 17: a SEARCH sent as POST; an envelope, unlike contacts."""
    body = {"externalIds": [GUID, "00000000-0000-4000-8000-000000000000"], "depth": "partial"}
    answer = http.post(f"{V2}/data/visitors", json=body, headers=SEARCH).json()

    assert answer["total"] == 1
    assert answer["elements"][0]["V_IPAddress"] == "192.0.2.1"
    assert http.post(f"{V2}/data/visitors", json=body).status_code == 405


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (None, "NotNullRequirement"),
        ([GUID] * 2, "NoDuplicatesRequirement"),
        ([GUID, GUID.upper()], "NoDuplicatesRequirement"),
        (["abc"], "SyntaxRequirement"),
        ([f"{n:032x}" for n in range(201)], "ContentRequirement"),
    ],
    ids=["none", "twice", "twice in capitals", "no GUID", "201"],
)
def test_a_read_by_guids_takes_200_different_ones(http, given, rule):
    """[doc] rest.md 17: at most 200; the rules are inferred."""
    answer = http.post(f"{V2}/data/visitors", json={"externalIds": given}, headers=SEARCH)

    assert answer.status_code == 400
    (failure,) = answer.json()
    assert (failure["property"], failure["requirement"]["type"]) == ("externalIds", rule)
    assert failure["container"]["objectType"] == "EntitySearchByExternalIds"


def test_the_visitors_of_a_deleted_contact_are_nobodys(http, eloqua, visitors):
    """[inferred]: the browser stays, whose it is does not."""
    http.delete(f"{V2}/data/contact/{eloqua.contact('ada@example.test')['id']}")

    assert "contactId" not in http.get(f"{V2}/data/visitors").json()["elements"][0]


def test_profile_fields_are_listed(http):
    """[doc] rest.md 17: type, id, name, internalName, dataType, length."""
    answer = http.get(f"{V2}/assets/visitor/fields", params={"count": 1}).json()

    assert answer == {
        "elements": [
            {
                "type": "ProfileField",
                "id": "100001",
                "name": "IP Address",
                "dataType": "text",
                "internalName": "V_IPAddress",
                "length": "100",
            }
        ],
        "page": 1,
        "pageSize": 1,
        "total": answer["total"],
    }
    assert answer["total"] > 1


def test_activity_types_of_visitors_are_listed(http):
    """[client]: the path; the answer is inferred."""
    answer = http.get(f"{V2}/assets/visitor/activityTypes").json()

    assert {each["type"] for each in answer["elements"]} == {"VisitorActivityType"}


NOTICE = {"name": "Somebody came", "userId": "12"}


def test_a_visitor_notification_is_made_read_changed_and_deleted(http):
    """[client]: name and userId; two of one name are fine [inferred]."""
    path = f"{V2}/settings/notification/visitor"
    made = http.post(path, json=NOTICE)

    assert made.status_code == 201
    body = made.json()
    assert (body["type"], body["name"], body["userId"]) == ("VisitorNotification", "Somebody came", "12")
    assert http.post(path, json=NOTICE).status_code == 201
    assert http.get(f"{path}/{body['id']}").json() == body
    changed = http.put(f"{path}/{body['id']}", json=NOTICE | {"id": body["id"], "userId": "11"}).json()
    assert changed["userId"] == "11"
    assert http.delete(f"{path}/{body['id']}").status_code == 200
    assert http.get(f"{path}/{body['id']}").status_code == 404


@pytest.mark.parametrize("missing", ["name", "userId"])
def test_a_visitor_notification_needs_a_name_and_a_user(http, missing):
    """[client]: required on create."""
    body = {name: value for name, value in NOTICE.items() if name != missing}
    (failure,) = http.post(f"{V2}/settings/notification/visitor", json=body).json()

    assert (failure["property"], failure["requirement"]["type"]) == (missing, "NotNullRequirement")


def test_the_user_of_a_visitor_notification_has_to_exist(http):
    """[inferred] rest.md 7.4: foreign id unknown."""
    (failure,) = http.post(f"{V2}/settings/notification/visitor", json=NOTICE | {"userId": "999"}).json()

    assert (failure["property"], failure["requirement"]["type"]) == ("userId", "RelationshipRequirement")


def test_visitor_notifications_are_listed_by_user(http):
    """[client]: `user` is required; an id, or a login name [inferred]."""
    made = http.post(f"{V2}/settings/notification/visitor", json=NOTICE).json()
    path = f"{V2}/settings/notifications/visitor"

    for user in ("12", "marketer"):
        assert [each["id"] for each in http.get(path, params={"user": user}).json()["elements"]] == [made["id"]]
    assert http.get(path, params={"user": "11"}).json()["elements"] == []
    missing = http.get(path)
    assert (missing.status_code, missing.json()[0]["parameter"]) == (400, "user")
