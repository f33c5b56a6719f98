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


def sessions(http, *limits, **event):
    """An event with sessions `A`, `B` ... of these limits, and a call that registers somebody for one of them."""
    given = [{"id": f"-{10 + n}", "name": "AB"[n], "participantsLimit": limit} for n, limit in enumerate(limits)]
    body = FAIR | {"sessions": given, "sessionFields": [], "sessionFieldValues": []} | event
    fair = http.post(EVENTS, json=body).json()
    path = f"{V2}/data/eventRegistration/{fair['id']}/instance"

    def register(name, session, key=""):
        values = [{"id": each["id"], "value": text} for each, text in zip(fair["fields"], (name, session), strict=True)]
        return http("PUT" if key else "POST", f"{path}/{key}" if key else path, json={"fieldValues": values})

    return fair, register


def test_a_session_takes_as_many_as_it_has_places(http, eloqua):
    """[doc] rest-schemas EventSession: participantsLimit; which session, and the 400, are inferred."""
    fair, register = sessions(http, 2, 1)
    first = register("ada@example.test", "A").json()
    assert register("bob@example.test", "a ").status_code == 201

    full = register("cem@example.test", "A")

    (error,) = full.json()
    assert (full.status_code, error["requirement"]["type"]) == (400, "RelationshipRequirement")
    assert register("cem@example.test", "B").status_code == 201
    assert register("dan@example.test", fair["sessions"][1]["id"]).status_code == 400
    assert register("eve@example.test", "None of them").status_code == 201
    assert register("ada@example.test", "A", first["id"]).status_code == 200
    assert register("ada@example.test", "B", first["id"]).status_code == 400
    http.delete(f"{V2}/data/eventRegistration/{fair['id']}/instance/{first['id']}")
    assert register("dan@example.test", "A").status_code == 201
    eloqua.set(participants_limit="ignore")
    assert register("fay@example.test", "A").status_code == 201


def test_the_only_session_needs_no_field_to_name_it(http):
    """Our default [inferred] rest.md 13."""
    _, register = sessions(http, 1, eventGroupByFieldId=None)

    assert register("ada@example.test", "").status_code == 201
    assert register("bob@example.test", "").status_code == 400


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
