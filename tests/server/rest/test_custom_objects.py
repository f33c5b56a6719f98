"""Custom objects, their fields and their records (rest.md 13)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.control_client import ControlError

V2 = "/API/REST/2.0"
COURSE: dict[str, Any] = {
    "name": "Course",
    "fields": [
        {"type": "CustomObjectField", "id": "-1", "name": "Code", "dataType": "text", "displayType": "text"},
        {"type": "CustomObjectField", "id": "-2", "name": "Starts", "dataType": "date", "displayType": "text"},
        {"type": "CustomObjectField", "id": "-3", "name": "Visitor's e-mail", "dataType": "text"},
        {"type": "CustomObjectField", "id": "-4", "name": "Seats", "dataType": "number"},
    ],
    "displayNameFieldId": "-1",
    "uniqueCodeFieldId": "-1",
    "emailAddressFieldId": "-3",
}


def made(rest, **changes: Any) -> dict[str, Any]:
    """A custom object."""
    answer = rest.post("/assets/customObject", json=COURSE | changes)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def keys(course: dict[str, Any]) -> dict[str, str]:
    """Field name to id."""
    return {each["name"]: each["id"] for each in course["fields"]}


def values(course: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The body of a record: fields by the beginning of their name."""
    pairs = [
        {"type": "FieldValue", "id": key, "value": given[word]}
        for name, key in keys(course).items()
        for word in given
        if name.startswith(word)
    ]
    return {"type": "CustomObjectData", "fieldValues": pairs}


def shown(record: dict[str, Any], course: dict[str, Any]) -> dict[str, str]:
    """Field name to value."""
    names = {key: name for name, key in keys(course).items()}
    return {names[each["id"]]: each["value"] for each in record["fieldValues"] if "value" in each}


def refused(answer) -> tuple[int, str, str]:
    """Status, property and rule of an answer with one failure."""
    (error,) = answer.json()
    return answer.status_code, error["property"], error["requirement"]["type"]


def test_temporary_ids_of_fields_are_settled_wherever_they_stand(rest):
    """[doc] rest.md 2.4, 13: the answer has real ids, internal names and the recorded keys."""
    body = made(rest)

    code, starts, email, seats = body["fields"]
    assert list(body) == [
        "type", "id", "createdAt", "createdBy", "depth", "folderId", "name", "permissions", "updatedAt", "updatedBy",
        "displayNameFieldId", "emailAddressFieldId", "fields", "recordCount", "uniqueCodeFieldId",
    ]  # fmt: skip
    assert list(code.items()) == [
        ("type", "CustomObjectField"),
        ("id", code["id"]),
        ("depth", "complete"),
        ("name", "Code"),
        ("dataType", "text"),
        ("displayType", "text"),
        ("internalName", "Code1"),
    ]
    assert all(int(each["id"]) > 0 for each in body["fields"])
    assert (body["displayNameFieldId"], body["uniqueCodeFieldId"]) == (code["id"], code["id"])
    assert (body["emailAddressFieldId"], email["internalName"]) == (email["id"], "Visitor_s_e_mail1")
    assert (starts["dataType"], seats["displayType"]) == ("date", "text")
    assert body["recordCount"] == 0


def test_fields_are_whole_at_complete_and_brief_at_partial(rest):
    """[doc] rest.md 3, 13."""
    made(rest)
    minimal, partial, whole = (
        rest.get(f"/assets/customObject/1{query}").json() for query in ("?depth=minimal", "?depth=partial", "")
    )

    assert "fields" not in minimal
    assert "displayNameFieldId" not in minimal
    assert partial["fields"][0] == {"type": "CustomObjectField", "id": "1", "depth": "minimal", "name": "Code"}
    assert "recordCount" not in partial
    assert whole["fields"][0]["dataType"] == "text"


def test_a_field_left_out_of_a_put_goes_with_its_data(rest, http):
    """Our default [inferred] rest.md 13."""
    course = made(rest)
    http.post(f"{V2}/data/customObject/1/instance", json=values(course, Code="A1", Seats="20"))
    kept = [each for each in course["fields"] if each["name"] != "Seats"]

    changed = rest.put("/assets/customObject/1", json=course | {"fields": kept}).json()

    assert [each["name"] for each in changed["fields"]] == ["Code", "Starts", "Visitor's e-mail"]
    assert shown(http.get(f"{V2}/data/customObject/1/instance/1").json(), course) == {"Code": "A1"}
    seats = {"type": "CustomObjectField", "name": "Seats", "dataType": "number"}
    again = rest.put("/assets/customObject/1", json=course | {"fields": [*kept, seats]}).json()
    assert keys(again)["Seats"] not in (keys(course)["Seats"], *keys(changed).values())
    assert shown(http.get(f"{V2}/data/customObject/1/instance/1").json(), again) == {"Code": "A1"}


def test_a_put_without_fields_keeps_them_only_where_a_switch_says_merge(rest, eloqua):
    """[doc] rest.md 18, with our switch `put_semantics`."""
    course = made(rest)
    eloqua.set(put_semantics="merge")
    assert rest.put("/assets/customObject/1", json={"name": "Courses"}).json()["fields"] == course["fields"]

    eloqua.set(put_semantics="replace")
    assert "fields" not in rest.put("/assets/customObject/1", json={"name": "Courses"}).json()


def test_a_field_keeps_its_data_type_and_internal_name(rest):
    """Our default [inferred] rest.md 13: ImmutabilityRequirement, told inside the field (7.1)."""
    course = made(rest)
    code = course["fields"][0]
    other = [code | {"name": "Number", "dataType": "number"}, *course["fields"][1:]]
    renamed = [code | {"name": "Number", "internalName": "Mine"}, *course["fields"][1:]]

    (error,) = rest.put("/assets/customObject/1", json=course | {"fields": other}).json()
    body = rest.put("/assets/customObject/1", json=course | {"fields": renamed}).json()

    assert error == {
        "type": "ObjectValidationError",
        "container": {
            "type": "ObjectKey",
            "objectType": "CustomObjectField",
            "objectId": code["id"],
            "container": {"type": "ObjectKey", "objectType": "CustomObject", "objectId": "1"},
        },
        "property": "dataType",
        "requirement": {"type": "ImmutabilityRequirement"},
        "value": "number",
    }
    assert body["fields"][0] == code | {"name": "Number"}


@pytest.mark.parametrize(
    ("field", "property_name", "rule"),
    [
        ({"dataType": "text"}, "name", "NotNullRequirement"),
        ({"name": "x" * 101, "dataType": "text"}, "name", "ValidTextLengthRequirement"),
        ({"name": "a\0b", "dataType": "text"}, "name", "ContentRequirement"),
        ({"name": "Colour"}, "dataType", "NotNullRequirement"),
        ({"name": "Colour", "dataType": "colour"}, "dataType", "EnumRequirement"),
        ({"name": "Colour", "dataType": "text", "displayType": "paint"}, "displayType", "EnumRequirement"),
    ],
)
def test_what_a_field_has_to_say(rest, field, property_name, rule):
    """[doc] rest.md 13 the words; the rest our defaults [inferred]."""
    answer = rest.post("/assets/customObject", json={"name": "Course", "fields": [field]})

    assert refused(answer) == (400, property_name, rule)
    assert answer.json()[0]["container"]["objectType"] == "CustomObjectField"
    assert rest.get("/assets/customObjects").json()["total"] == 0


@pytest.mark.parametrize("pointer", ["displayNameFieldId", "uniqueCodeFieldId", "emailAddressFieldId"])
def test_an_object_points_at_its_own_fields_only(rest, pointer):
    """Our default [inferred] rest.md 7.4: RelationshipRequirement."""
    made(rest)

    assert refused(rest.post("/assets/customObject", json={"name": "Other", "fields": [], pointer: "1"})) == (
        400,
        pointer,
        "RelationshipRequirement",
    )


def test_fields_sent_with_the_ids_of_another_object_get_their_own(rest):
    """Our default [inferred] rest.md 2.4: what clients read they send back, to make a second object of it."""
    first = made(rest)

    second = rest.post("/assets/customObject", json=first | {"name": "Course 2"}).json()

    assert not set(keys(first).values()) & set(keys(second).values())
    assert second["displayNameFieldId"] == keys(second)["Code"]
    assert rest.get("/assets/customObject/1").json()["fields"] == first["fields"]


def test_two_fields_of_one_name_have_two_internal_names(rest):
    """Our default [inferred] rest.md 8.4: the next digit."""
    twice = [{"name": "Size", "dataType": "text"}, {"name": "size", "dataType": "text"}]

    body = rest.post("/assets/customObject", json={"name": "Shirt", "fields": twice}).json()

    assert [each["internalName"] for each in body["fields"]] == ["Size1", "size2"]


def test_a_taken_name_is_a_409_with_the_rule_of_its_own(rest):
    """[client] rest.md 7.4, 13: NoDuplicatesRequirement, container CustomObject."""
    made(rest)

    answer = rest.post("/assets/customObject", json=COURSE | {"name": "COURSE"})

    assert refused(answer) == (409, "name", "NoDuplicatesRequirement")
    assert answer.json()[0]["container"] == {"type": "ObjectKey", "objectType": "CustomObject"}


def test_a_field_needs_an_option_list_that_exists_and_holds_on_to_it(rest, http):
    """Our default [inferred] rest.md 7.4, 14.6."""
    sizes = http.post(f"{V2}/assets/optionList", json={"name": "Sizes", "elements": []}).json()["id"]
    field = {"name": "Size", "dataType": "text", "displayType": "singleSelect"}
    unknown = rest.post("/assets/customObject", json={"name": "A", "fields": [field | {"optionListId": "77"}]})
    rest.post("/assets/customObject", json={"name": "B", "fields": [field | {"optionListId": sizes}]})

    assert refused(unknown) == (400, "optionListId", "RelationshipRequirement")
    assert http.delete(f"{V2}/assets/optionList/{sizes}").status_code == 412


def test_a_deleted_object_is_gone_with_its_records(rest, http):
    """[doc] rest.md 13 the deletion; the records [inferred]."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"
    http.post(path, json=values(course, Code="A1"))

    assert (rest.delete("/assets/customObject/1").status_code, rest.delete("/assets/customObject/1").status_code) == (
        200,
        404,
    )
    assert http.get(f"{path}/1").status_code == 404
    assert http.get(f"{path}s").status_code == 404
    assert rest.get("/data/customObject/1").status_code == 404
    assert rest.post("/data/customObject/1", json=values(course, Code="A1")).status_code == 404


def test_the_record_count_is_a_number(rest, http):
    """[client] rest.md 2.1."""
    course = made(rest)
    for code in ("A1", "A2"):
        http.post(f"{V2}/data/customObject/1/instance", json=values(course, Code=code))

    assert rest.get("/assets/customObject/1").json()["recordCount"] == 2
    assert rest.get("/assets/customObjects?depth=complete").json()["elements"][0]["recordCount"] == 2


def test_a_record_of_2_0_is_answered_in_full(rest, http):
    """[doc] rest.md 13: keys in order, name from its field [client], dates in Unix seconds."""
    course = made(rest)

    answer = http.post(f"{V2}/data/customObject/1/instance", json=values(course, Code="A1", Starts="1609459200"))

    body = answer.json()
    assert answer.status_code == 201
    assert list(body) == [
        "type", "id", "createdAt", "createdBy", "createdByName", "depth", "name", "updatedAt", "updatedBy",
        "updatedByName", "customObjectRecordStatus", "fieldValues", "isMapped", "uniqueCode",
    ]  # fmt: skip
    assert (body["type"], body["name"], body["uniqueCode"]) == ("CustomObjectData", "A1", "A1")
    assert (body["customObjectRecordStatus"], body["isMapped"]) == ("Registered", "No")
    assert body["fieldValues"] == [
        {"type": "FieldValue", "id": keys(course)["Code"], "value": "A1"},
        {"type": "FieldValue", "id": keys(course)["Starts"], "value": "1609459200"},
        {"type": "FieldValue", "id": keys(course)["Visitor's e-mail"]},
        {"type": "FieldValue", "id": keys(course)["Seats"]},
    ]
    assert http.get(f"{V2}/data/customObject/1/instance/1").json() == body


def test_records_at_each_depth(rest, http):
    """[doc] rest.md 3, 13; lists are minimal by themselves."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"
    http.post(path, json=values(course, Code="A1"))

    minimal, partial = (http.get(f"{path}/1?depth={word}").json() for word in ("minimal", "partial"))

    assert list(minimal) == ["type", "id", "createdAt", "createdBy", "depth", "name", "updatedAt", "updatedBy"]
    assert {"uniqueCode", "isMapped"} < set(partial)
    assert "fieldValues" not in partial
    assert http.get(f"{path}s").json() == {"elements": [minimal], "page": 1, "pageSize": 1000, "total": 1}


def test_a_put_of_a_record_keeps_the_values_it_does_not_name(rest, http, eloqua):
    """rest.md 18: field values merge [inferred], `""` blanks; the stamp moves."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"
    old = http.post(path, json=values(course, Code="A1", Seats="20", Starts="1609459200")).json()
    eloqua.clock.advance(minutes=1)

    body = http.put(f"{path}/1", json={"id": "1", **values(course, Seats="25", Starts="")}).json()

    assert shown(body, course) == {"Code": "A1", "Seats": "25"}
    assert int(body["updatedAt"]) >= int(old["updatedAt"]) + 60
    assert body["createdAt"] == old["createdAt"]


def test_a_record_that_is_not_there(rest, http):
    """[client] rest.md 7.4, 18: 404, also below another object's path."""
    course = made(rest)
    made(rest, name="Other")
    path = f"{V2}/data/customObject"
    http.post(f"{path}/1/instance", json=values(course, Code="A1"))

    for call in (
        http.get(f"{path}/1/instance/9"),
        http.get(f"{path}/2/instance/1"),
        http.get(f"{path}/9/instance/1"),
        http.put(f"{path}/2/instance/1", json={}),
        http.delete(f"{path}/2/instance/1"),
        http.post(f"{path}/9/instance", json=values(course, Code="A2")),
    ):
        assert call.status_code == 404
    assert http.delete(f"{path}/1/instance/1").content == b""
    assert http.delete(f"{path}/1/instance/1").status_code == 404
    assert http.get(f"{path}/x/instance/1").json()[0]["parameter"] == "parentId"


def test_the_unique_field_is_unique_within_its_object(rest, http):
    """[client] rest.md 7.4: 409 NoDuplicatesRequirement; without case [inferred]."""
    course = made(rest)
    other = made(rest, name="Other")
    path = f"{V2}/data/customObject"
    http.post(f"{path}/1/instance", json=values(course, Code="A1"))
    http.post(f"{path}/1/instance", json=values(course, Code="A2"))

    taken = http.post(f"{path}/1/instance", json=values(course, Code="a1"))
    moved = http.put(f"{path}/1/instance/2", json=values(course, Code="A1"))

    assert refused(taken) == (409, "fieldValues", "NoDuplicatesRequirement")
    assert taken.json()[0]["container"]["objectId"] == keys(course)["Code"]
    assert refused(moved) == (409, "fieldValues", "NoDuplicatesRequirement")
    assert http.put(f"{path}/1/instance/1", json=values(course, Code="A1")).status_code == 200
    assert http.post(f"{path}/2/instance", json=values(other, Code="A1")).status_code == 201


def test_without_a_unique_field_the_code_is_generated(rest, http):
    """[client] rest.md 13: `D`, the site's four letters, twelve digits; it stays, and one may be given instead."""
    course = made(rest, uniqueCodeFieldId=None)
    path = f"{V2}/data/customObject/1/instance"
    first = http.post(path, json=values(course, Code="A1")).json()
    second = http.post(path, json=values(course, Code="A1") | {"uniqueCode": "DMOCK000000000003"}).json()
    third = http.post(path, json=values(course, Code="A1")).json()

    assert first["uniqueCode"] == "DMOCK000000000001"
    assert (second["uniqueCode"], third["uniqueCode"]) == ("DMOCK000000000003", "DMOCK000000000004")
    assert http.put(f"{path}/1", json=values(course, Code="A9")).json()["uniqueCode"] == "DMOCK000000000001"
    assert refused(http.put(f"{path}/1", json={"uniqueCode": "dmock000000000003"})) == (
        409,
        "uniqueCode",
        "NoDuplicatesRequirement",
    )


def test_a_record_belongs_to_the_contact_of_its_address(rest, http, eloqua):
    """[doc] rest.md 13: `emailAddressFieldId`; compared without case [inferred], as addresses are."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}, {"emailAddress": "bob@example.test"}])
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"

    mapped = http.post(path, json=values(course, Code="A1", Visitor="Ada@Example.test")).json()
    moved = http.put(f"{path}/1", json=values(course, Visitor="bob@example.test")).json()
    nobody = http.put(f"{path}/1", json=values(course, Visitor="eve@example.test")).json()
    kept_apart = http.post(path, json=values(course, Code="A2", Visitor="ada@example.test") | {"isMapped": "No"}).json()

    assert (mapped["contactId"], mapped["isMapped"]) == ("1", "Yes")
    assert moved["contactId"] == "2"
    assert "contactId" not in nobody
    assert (kept_apart.get("contactId"), kept_apart["isMapped"]) == (None, "No")


def test_a_record_of_2_0_may_name_its_contact(rest, http, eloqua):
    """[doc] rest.md 13: writable in 2.0; an unknown one [inferred]; left out of a PUT it goes, by rest.md 18."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"

    body = http.post(path, json=values(course, Code="A1") | {"contactId": 1}).json()

    assert (body["contactId"], body["isMapped"]) == ("1", "Yes")
    assert refused(http.put(f"{path}/1", json={"contactId": "77"})) == (400, "contactId", "RelationshipRequirement")
    eloqua.set(put_semantics="merge")
    assert http.put(f"{path}/1", json=values(course, Seats="3")).json()["contactId"] == "1"
    eloqua.set(put_semantics="replace", record_is_mapped="true/false")
    assert http.put(f"{path}/1", json=values(course, Seats="3")).json()["isMapped"] == "false"


@pytest.mark.parametrize(("going", "left"), [("true", 404), ("false", 200)])
def test_linked_records_go_with_their_contact_where_the_object_says_so(rest, http, eloqua, going, left):
    """[doc] rest.md 13: `deleteLinkedCustomObjectData`; not for records of nobody. Others lose the link [inferred]."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    course = made(rest, deleteLinkedCustomObjectData=going)
    path = f"{V2}/data/customObject/1/instance"
    http.post(path, json=values(course, Code="A1", Visitor="ada@example.test"))
    http.post(path, json=values(course, Code="A2"))

    rest.delete("/data/contact/1")

    assert course["deleteLinkedCustomObjectData"] == going
    assert http.get(f"{path}/1").status_code == left
    assert "contactId" not in http.get(f"{path}/1").text
    assert http.get(f"{path}/2").status_code == 200


def test_records_of_1_0_are_listed_and_created_below_their_object(rest, http, eloqua):
    """[doc] rest.md 13: no read, update or delete; contactId is read-only; everything is shown."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}, {"emailAddress": "bob@example.test"}])
    course = made(rest)

    given = values(course, Code="A1", Visitor="ada@example.test") | {"contactId": "2"}
    answer = rest.post("/data/customObject/1", json=given)

    assert answer.status_code == 201
    assert list(answer.json().items())[:4] == [
        ("type", "CustomObjectData"),
        ("currentStatus", "Awaiting action"),
        ("id", "1"),
        ("contactId", "1"),
    ]
    assert rest.get("/data/customObject/1").json()["elements"] == [answer.json()]
    assert http.get(f"{V2}/data/customObject/1/instance/1").json()["uniqueCode"] == "A1"
    assert rest.put("/data/customObject/1", json=given).status_code == 405
    assert rest.get("/data/customObject/1/instance/1").status_code == 404


def test_records_are_found_by_the_internal_names_of_fields(rest, http):
    """[doc] rest.md 5: fields by internal name, dates as text or Unix seconds, `orderBy`, paging."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"
    for code, starts, seats in (("A1", "1609459200", "9"), ("A2", "1612137600", "10"), ("B1", "", "")):
        http.post(path, json=values(course, Code=code, Starts=starts, Seats=seats))

    def found(search: str, **more: Any) -> list[str]:
        page = http.get(f"{path}s", params={"search": search, **more}).json()
        return [each["name"] for each in page["elements"]]

    assert found("Code1='a*'") == ["A1", "A2"]
    assert found("Seats1>9") == ["A2"]
    assert found("Starts1>'2021-01-15'") == ["A2"]
    assert found("Starts1=''") == ["B1"]
    assert found("name='A1'name='B1'") == ["A1", "B1"]
    assert found("A2") == ["A2"]
    assert found("uniqueCode='a1'Seats1='9'") == ["A1"]
    assert found("", orderBy="Code1 DESC") == ["B1", "A2", "A1"]
    assert found("", orderBy="Seats1") == ["B1", "A1", "A2"]
    assert found("", count=1, page=2) == ["A2"]
    assert http.get(f"{path}s?search=Colour1='x'").status_code == 400
    assert rest.get("/data/customObject/1?search=Code1='A1'").json()["total"] == 1


def test_records_of_1_0_by_their_last_update(rest, http, eloqua):
    """[doc] rest.md 4: `lastUpdatedAt`."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"
    http.post(path, json=values(course, Code="A1"))
    eloqua.clock.advance(hours=1)
    late = http.post(path, json=values(course, Code="A2")).json()

    found = rest.get(f"/data/customObject/1?lastUpdatedAt={late['updatedAt']}").json()

    assert [each["id"] for each in found["elements"]] == ["2"]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"Code": "x" * 251}, "ValidTextLengthRequirement"),
        ({"Starts": "soon"}, "DateRequirement"),
        ({"Seats": "many"}, "IntegerRequirement"),
        ({"Seats": "1.5"}, "IntegerRequirement"),
        ({"Code": "a\0b"}, "ContentRequirement"),
    ],
)
def test_values_fit_their_fields(rest, http, given, rule):
    """bulk.md 11.1: lengths [doc]; what each data type takes [inferred]. The field is named (7.1)."""
    course = made(rest)

    answer = http.post(f"{V2}/data/customObject/1/instance", json=values(course, **given))

    assert refused(answer) == (400, "fieldValues", rule)
    assert answer.json()[0]["container"]["container"] == {"type": "ObjectKey", "objectType": "CustomObjectData"}
    assert http.get(f"{V2}/data/customObject/1/instances").json()["total"] == 0


def test_a_record_needs_values_of_fields_that_there_are(rest, http):
    """[doc] rest.md 13: `fieldValues` is required on create; unknown ids [inferred]."""
    made(rest)
    path = f"{V2}/data/customObject/1/instance"

    assert refused(http.post(path, json={})) == (400, "fieldValues", "NotNullRequirement")
    assert refused(rest.post("/data/customObject/1", json={"fieldValues": []}))[2] == "NotNullRequirement"
    assert refused(http.post(path, json={"fieldValues": [{"id": "99", "value": "x"}]})) == (
        400,
        "fieldValues",
        "RelationshipRequirement",
    )


def test_words_of_a_record_have_a_longest_length(rest, http):
    """Our default [inferred] rest.md 7.3."""
    course = made(rest)
    path = f"{V2}/data/customObject/1/instance"

    for name, longest in (("uniqueCode", 100), ("customObjectRecordStatus", 100), ("description", 2000)):
        answer = http.post(path, json=values(course, Seats="1") | {name: "x" * (longest + 1)})
        assert refused(answer) == (400, name, "ValidTextLengthRequirement")
    assert refused(http.post(path, json=values(course, Seats="1") | {"isMapped": "perhaps"})) == (
        400,
        "isMapped",
        "EnumRequirement",
    )


def test_a_record_without_a_display_name_field_is_called_what_it_is_given(rest, http):
    """rest.md 13 [client]; the name of such a record is our default [inferred]."""
    course = made(rest, displayNameFieldId=None)
    path = f"{V2}/data/customObject/1/instance"

    body = http.post(path, json=values(course, Code="A1") | {"name": "First", "description": "d"}).json()

    assert (body["name"], body["description"]) == ("First", "d")
    assert http.get(f"{path}s?search=name='first'").json()["total"] == 1
    changed = http.put(f"{path}/1", json=values(course, Seats="1") | {"customObjectRecordStatus": "Attended"}).json()
    assert (changed["name"], changed["customObjectRecordStatus"]) == ("First", "Attended")
    assert "description" not in changed


def test_records_need_the_right_to_write_them(rest, http):
    """Our default [inferred] platform.md 3.7: reading needs nothing besides the right to call."""
    course = made(rest)
    plain = http.as_user("api.only")

    assert rest.as_user("api.only").post("/assets/customObject", json=COURSE).status_code == 403
    assert plain.post(f"{V2}/data/customObject/1/instance", json=values(course, Code="A1")).status_code == 403
    assert plain.get(f"{V2}/data/customObject/1/instances").status_code == 200


def test_a_seed_plants_custom_objects_with_their_records(rest, http, eloqua):
    """`crm.planting`: fields and values by their names, contacts by their addresses."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test"}],
        customObjects=[
            {
                "name": "Course",
                "description": "What we teach",
                "deleteLinkedCustomObjectData": "true",
                "fields": [{"name": "Code"}, {"name": "Starts", "dataType": "date"}],
                "displayNameField": "Code",
                "uniqueCodeField": "Code",
                "records": [{"Code": "A1", "Starts": "2021-01-01", "contact": "ada@example.test"}, {"Code": "A2"}],
            }
        ],
    )

    course = rest.get("/assets/customObject/1").json()
    first = http.get(f"{V2}/data/customObject/1/instance/1").json()

    assert (course["recordCount"], course["description"]) == (2, "What we teach")
    assert (first["name"], first["contactId"]) == ("A1", "1")
    assert shown(first, course) == {"Code": "A1", "Starts": "1609477200"}  # midnight in New York


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"fields": [{"name": "Code"}], "displayNameField": "Kode"}, "there is no field 'Kode'; did you mean Code"),
        ({"fields": "Code"}, "fields is a list of objects"),
        ({"records": [{"Code": "A1"}]}, "there is no field 'Code'"),
        ({"records": [{"contact": "eve@example.test"}]}, "there is no contact eve@example.test"),
        ({"colour": "red"}, "has no 'colour'; there are name"),
        ({"fields": [{"name": "Code", "dataType": "colour"}]}, "dataType"),
    ],
)
def test_a_seed_says_what_does_not_fit_a_custom_object(eloqua, item, said):
    """`crm.planting`: and nothing is added."""
    with pytest.raises(ControlError, match=said):
        eloqua.seed(customObjects=[{"name": "Course", **item}])

    assert eloqua.site.database.next_ids("CustomObject")[0] == 1
