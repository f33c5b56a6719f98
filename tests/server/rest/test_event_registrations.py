"""Events, their sessions and those who register (rest.md 13, 20: in 2.0 only)."""

from __future__ import annotations

from typing import Any

import pytest

V2 = "/API/REST/2.0"
EVENTS = f"{V2}/assets/eventRegistration"
FAIR: dict[str, Any] = {
    "name": "Fair",
    "fields": [
        {"id": "-1", "name": "E-mail", "dataType": "text"},
        {"id": "-2", "name": "Session", "dataType": "text"},
    ],
    "emailAddressFieldId": "-1",
    "uniqueCodeFieldId": "-1",
    "eventGroupByFieldId": "-2",
    "sessions": [{"id": "-10", "name": "Morning", "participantsLimit": 20}, {"id": "-11", "name": "Evening"}],
    "sessionFields": [{"id": "-20", "name": "Room", "dataType": "text", "outputFormat": {"format": "upper"}}],
    "sessionFieldValues": [{"sessionId": "-10", "sessionFieldId": "-20", "value": "Hall A"}],
}


@pytest.fixture
def fair(http) -> dict[str, Any]:
    """An event."""
    answer = http.post(EVENTS, json=FAIR)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def registration(fair: dict[str, Any], address: str, **more: Any) -> dict[str, Any]:
    """The body of one who registers."""
    return {"fieldValues": [{"id": fair["emailAddressFieldId"], "value": address}], **more}


def test_temporary_ids_of_an_event_are_settled_wherever_they_stand(fair):
    """[doc] rest.md 2.4: fields, sessions and their values in one request."""
    morning, evening = fair["sessions"]
    (room,) = fair["sessionFields"]
    (value,) = fair["sessionFieldValues"]

    assert (fair["type"], fair["emailAddressFieldId"]) == ("EventRegistration", fair["fields"][0]["id"])
    assert fair["eventGroupByFieldId"] == fair["fields"][1]["id"]
    assert list(fair)[-7:] == [
        "emailAddressFieldId", "eventGroupByFieldId", "fields", "sessionFieldValues", "sessionFields", "sessions",
        "uniqueCodeFieldId",
    ]  # fmt: skip
    assert morning == {
        "type": "EventSession",
        "id": morning["id"],
        "depth": "complete",
        "name": "Morning",
        "participantsLimit": 20,
    }
    assert "participantsLimit" not in evening
    assert room["outputFormat"]["format"] == "upper"
    assert (value["sessionId"], value["sessionFieldId"], value["value"]) == (morning["id"], room["id"], "Hall A")


def test_an_event_reads_the_same_and_changes_by_put(http, fair):
    """[doc] rest.md 18: what is left out goes; ids stay with what is sent back."""
    path = f"{EVENTS}/{fair['id']}"
    assert http.get(path).json() == fair

    changed = http.put(path, json=fair | {"sessions": fair["sessions"][:1]}).json()

    assert changed["sessions"] == fair["sessions"][:1]
    assert changed["fields"] == fair["fields"]
    assert [each["name"] for each in http.get(f"{EVENTS}s?search=name='fair'").json()["elements"]] == ["Fair"]
    assert http.delete(path).status_code == 200
    assert http.get(path).status_code == 404


@pytest.mark.parametrize("name", ["sessionId", "sessionFieldId"])
def test_values_are_about_sessions_and_fields_of_the_event(http, name):
    """Our default [inferred] rest.md 7.3: RelationshipRequirement."""
    answer = http.post(EVENTS, json=FAIR | {"sessionFieldValues": [FAIR["sessionFieldValues"][0] | {name: "99"}]})

    (error,) = answer.json()
    assert (answer.status_code, error["property"]) == (400, name)
    assert error["requirement"]["type"] == "RelationshipRequirement"
    assert error["container"]["objectType"] == "EventSessionFieldValue"


def test_an_event_is_served_in_2_0_only(rest):
    """[doc] rest.md 20."""
    assert rest.post("/assets/eventRegistration", json=FAIR).status_code == 404


def test_who_registers_is_mapped_to_the_contact_of_the_address(http, eloqua, fair):
    """[doc] rest.md 13, schemas: contactId may be said; code, status and mapping are the server's."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    path = f"{V2}/data/eventRegistration/{fair['id']}/instance"
    given = registration(fair, "ada@example.test", uniqueCode="mine", customObjectRecordStatus="x", isMapped="No")

    answer = http.post(path, json=given)

    body = answer.json()
    assert answer.status_code == 201
    assert (body["type"], body["contactId"], body["isMapped"]) == ("EventRegistrationData", "1", "Yes")
    assert (body["uniqueCode"], body["customObjectRecordStatus"]) == ("ada@example.test", "Registered")
    assert http.get(f"{path}/{body['id']}").json() == body
    assert http.get(f"{path}s?search=E_mail1='ada@example.test'").json()["total"] == 1


def test_nobody_registers_twice_at_one_event(http, fair):
    """[client] rest.md 7.4, of records: 409 where the address is the unique field."""
    path = f"{V2}/data/eventRegistration/{fair['id']}/instance"
    first = http.post(path, json=registration(fair, "ada@example.test")).json()

    again = http.post(path, json=registration(fair, "ADA@example.test"))

    assert again.status_code == 409
    assert again.json()[0]["requirement"]["type"] == "NoDuplicatesRequirement"
    assert http.put(f"{path}/{first['id']}", json=registration(fair, "eve@example.test")).status_code == 200
    assert http.delete(f"{path}/{first['id']}").status_code == 200
    assert http.get(f"{path}s").json()["total"] == 0


def test_events_and_custom_objects_keep_their_records_apart(http, rest, fair):
    """Each below its own path, though both may have the id 1."""
    field = [{"name": "Code", "dataType": "text"}]
    course = rest.post("/assets/customObject", json={"name": "Course", "fields": field}).json()
    record = {"fieldValues": [{"id": course["fields"][0]["id"], "value": "x"}]}
    key = http.post(f"{V2}/data/customObject/{course['id']}/instance", json=record).json()["id"]

    assert course["id"] == fair["id"]
    assert course["fields"][0]["id"] not in [each["id"] for each in fair["fields"]]
    assert http.get(f"{V2}/data/eventRegistration/{fair['id']}/instance/{key}").status_code == 404
    assert http.get(f"{V2}/data/eventRegistration/{fair['id']}/instances").json()["total"] == 0
