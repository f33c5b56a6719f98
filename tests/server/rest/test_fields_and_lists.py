"""Contact fields and contact lists (rest.md 8.4, 10)."""

from __future__ import annotations

import re

import pytest

TUNE = {"name": "favourite tune", "dataType": "text", "displayType": "text", "updateType": "always"}


@pytest.mark.quirk("Q38")
def test_a_new_field_is_answered_as_recorded(rest):
    """[recorded] rest.md 8.4: keys in order, generated internal name, no stamps."""
    answer = rest.post("/assets/contact/field", json=TUNE)

    assert answer.status_code == 201
    body = answer.json()
    key = body.pop("id")
    assert key.isdigit()
    assert list(body.items()) == [
        ("type", "ContactField"),
        ("depth", "complete"),
        ("name", "favourite tune"),
        ("dataType", "text"),
        ("displayType", "text"),
        ("internalName", "C_favourite_tune1"),
        ("isReadOnly", "false"),
        ("isRequired", "false"),
        ("isStandard", "false"),
        ("showTrustedVisitorsOnly", "true"),
        ("updateType", "always"),
    ]


def test_a_taken_internal_name_gets_the_next_digit(rest):
    """Our default [inferred] rest.md 8.4."""
    names = [rest.post("/assets/contact/field", json=TUNE).json()["internalName"] for _ in range(2)]

    assert names == ["C_favourite_tune1", "C_favourite_tune2"]


@pytest.mark.parametrize("missing", list(TUNE))
def test_a_field_needs_four_words(rest, missing):
    """[doc] rest.md 8.4: all required on create."""
    answer = rest.post("/assets/contact/field", json={key: word for key, word in TUNE.items() if key != missing})

    assert answer.status_code == 400
    (error,) = answer.json()
    assert (error["property"], error["requirement"]["type"]) == (missing, "NotNullRequirement")
    assert error["value"] == "<null>"


def test_an_unknown_word_is_told_with_those_that_would_do(rest):
    """[doc] rest.md 7.3: EnumRequirement with `values`."""
    (error,) = rest.post("/assets/contact/field", json=TUNE | {"dataType": "colour"}).json()

    assert error["requirement"] == {
        "type": "EnumRequirement",
        "values": ["text", "largeText", "numeric", "number", "date"],
    }


def test_a_site_has_250_custom_fields_at_most(rest, eloqua):
    """[doc] rest.md 8.4, platform.md T20: the number; the shape of the refusal is our default [inferred]."""
    eloqua.seed(fields=[{"name": f"f{number}"} for number in range(250)])

    answer = rest.post("/assets/contact/field", json=TUNE)

    assert answer.status_code == 400
    assert answer.json()[0]["requirement"]["type"] == "RelationshipRequirement"
    assert rest.get("/assets/contact/fields?count=1").json()["total"] == 294


def test_a_custom_field_is_on_every_contact_at_once(rest):
    """[doc] rest.md 8.1: one entry per field of the site."""
    contact = rest.post("/data/contact", json={"emailAddress": "a@b.test"}).json()
    key = rest.post("/assets/contact/field", json=TUNE).json()["id"]

    assert {"type": "FieldValue", "id": key} in rest.get(f"/data/contact/{contact['id']}").json()["fieldValues"]

    rest.put(
        "/data/contact/1",
        json={"emailAddress": "a@b.test", "fieldValues": [{"id": key, "value": "Greensleeves"}]},
    )
    assert rest.get("/data/contacts?search=C_favourite_tune1='greensleeves'").json()["total"] == 1


def test_a_deleted_field_is_gone_with_its_values(rest):
    """rest.md 8.4: 200, then 404; contacts lose it."""
    key = rest.post("/assets/contact/field", json=TUNE).json()["id"]
    rest.post("/data/contact", json={"emailAddress": "a@b.test", "fieldValues": [{"id": key, "value": "x"}]})

    answer = rest.delete(f"/assets/contact/field/{key}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert rest.get(f"/assets/contact/field/{key}").status_code == 404
    assert key not in [each["id"] for each in rest.get("/data/contact/1").json()["fieldValues"]]


def test_standard_fields_stay(rest, eloqua):
    """Our default [inferred] rest.md 8.4: 412; the op pages say 409: our switch `delete_dependency_status`."""
    answer = rest.delete("/assets/contact/field/100002")

    assert (answer.status_code, answer.content) == (412, b"")
    assert "has dependencies" in answer.reason_phrase
    eloqua.set(delete_dependency_status="409")
    assert rest.delete("/assets/contact/field/100002").status_code == 409
    assert rest.get("/assets/contact/field/100002").status_code == 200


@pytest.mark.parametrize("kind", ["imports", "exports"])
@pytest.mark.quirk("Q68")
def test_definitions_of_bulk_are_dependencies_of_what_they_use(http, rest, kind):
    """[client] platform.md Q68, rest.md 14.6: of their fields, by the same data as the 412; of lists [inferred]."""
    field = rest.post("/assets/contact/field", json=TUNE).json()
    listed = rest.post("/assets/contact/list", json={"name": "Guests"}).json()["id"]
    tune = f"{{{{Contact.Field({field['internalName']})}}}}"
    body = {
        "name": "Nightly",
        "fields": {"email": "{{Contact.Field(C_EmailAddress)}}", "tune": tune},
        "syncActions": [{"action": "add", "destination": f"{{{{ContactList[{listed}]}}}}"}],
    } | ({"identifierFieldName": "email"} if kind == "imports" else {})
    made = http.post(f"/API/Bulk/2.0/contacts/{kind}", json=body).json()
    word = f"Contact{kind.removesuffix('s').capitalize()}"
    used = {"type": word, "id": made["uri"].rpartition("/")[2], "name": "Nightly"}

    for path in (f"/assets/contact/field/{field['id']}", f"/assets/contact/list/{listed}"):
        assert http.get(f"/API/REST/2.0{path}/dependencies").json() == [used]
        assert rest.delete(path).status_code == 412
    http.delete(f"/API/Bulk/2.0{made['uri']}")
    for path in (f"/assets/contact/field/{field['id']}", f"/assets/contact/list/{listed}"):
        assert http.get(f"/API/REST/2.0{path}/dependencies").json() == []
        assert rest.delete(path).status_code == 200


def test_the_internal_name_is_fixed(rest):
    """[doc] rest.md 7.3; 8.4 [inferred]. As it is, it may be sent back."""
    made = rest.post("/assets/contact/field", json=TUNE | {"internalName": "C_Mine"}).json()
    path = f"/assets/contact/field/{made['id']}"

    (error,) = rest.put(path, json=made | {"internalName": "C_Mine"}).json()

    assert made["internalName"] == "C_favourite_tune1"
    assert (error["property"], error["requirement"]["type"]) == ("internalName", "ImmutabilityRequirement")
    assert rest.put(path, json=made | {"updateType": "newNotBlank"}).json() == made | {"updateType": "newNotBlank"}


@pytest.mark.parametrize(
    ("name", "internal"), [("a b-c/d", "C_a_b_c_d1"), ("Größe", "C_Gr__e1"), ("9", "C_91"), ("...", "C____1")]
)
def test_an_internal_name_holds_letters_and_digits_only(rest, name, internal):
    """[recorded] rest.md 8.4: everything else becomes an underscore."""
    assert rest.post("/assets/contact/field", json=TUNE | {"name": name}).json()["internalName"] == internal


def test_fields_at_each_depth(rest):
    """[recorded] rest.md 2.2 the order, 3 the default; what minimal holds is our default [inferred]."""
    key = rest.post("/assets/contact/field", json=TUNE).json()["id"]
    minimal, partial, whole = (
        rest.get(f"/assets/contact/field/{key}{query}").json() for query in ("?depth=minimal", "?depth=partial", "")
    )

    assert list(minimal) == ["type", "id", "depth", "name"]
    assert list(partial) == list(whole)
    assert (partial["depth"], whole["depth"]) == ("partial", "complete")
    assert rest.get("/assets/contact/fields?search=favourite*").json()["elements"] == [minimal]


def test_the_data_type_is_fixed(rest):
    """[doc] rest.md 7.3; 8.4 [inferred]."""
    key = rest.post("/assets/contact/field", json=TUNE).json()["id"]

    (error,) = rest.put(f"/assets/contact/field/{key}", json=TUNE | {"dataType": "date"}).json()
    renamed = rest.put(f"/assets/contact/field/{key}", json=TUNE | {"name": "song"}).json()

    assert (error["property"], error["requirement"]["type"]) == ("dataType", "ImmutabilityRequirement")
    assert (renamed["name"], renamed["internalName"]) == ("song", "C_favourite_tune1")


def test_the_standard_fields_are_listed(rest):
    """[doc], [client] rest.md 8.3."""
    found = rest.get("/assets/contact/fields?depth=partial&count=1000").json()

    names = {each["id"]: each["internalName"] for each in found["elements"]}
    assert found["total"] == 44
    assert names["100001"] == "C_EmailAddress"
    assert names["100172"] == "C_FirstAndLastName"


GUESTS = {"name": "Spring guests"}


def test_a_new_list_is_answered_as_recorded(rest, eloqua):
    """[recorded] rest.md 10: keys in order, counts as strings, scope global."""
    eloqua.clock.freeze()

    answer = rest.post("/assets/contact/list", json=GUESTS)

    body = answer.json()
    now = str(int(eloqua.clock.now.timestamp()))
    assert answer.status_code == 201
    lookup = body.pop("dataLookupId")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", lookup)
    assert list(body.items()) == [
        ("type", "ContactList"),
        ("id", "1"),
        ("createdAt", now),
        ("createdBy", "11"),
        ("depth", "complete"),
        ("folderId", "21"),
        ("name", "Spring guests"),
        ("permissions", "fullControl"),
        ("updatedAt", now),
        ("updatedBy", "11"),
        ("count", "0"),
        ("scope", "global"),
    ]


@pytest.mark.quirk("Q37")
def test_members_come_and_go_through_put(rest, eloqua):
    """[recorded] rest.md 10: never echoed, `count` moves at once, folder and scope stay."""
    eloqua.seed(contacts=[{"emailAddress": f"{n}@b.test"} for n in range(3)])
    made = rest.post("/assets/contact/list", json=GUESTS).json()

    added = rest.put("/assets/contact/list/1", json=GUESTS | {"id": "1", "membershipAdditions": ["1", "2", "2"]}).json()
    removed = rest.put("/assets/contact/list/1", json=GUESTS | {"membershipDeletions": ["1"]}).json()

    assert (added["count"], removed["count"]) == ("2", "1")
    assert "membershipAdditions" not in added
    assert (added["folderId"], added["scope"]) == (made["folderId"], made["scope"])


def test_lists_at_each_depth(rest):
    """[recorded] rest.md 3: partial adds count, dataLookupId and scope, complete nothing."""
    rest.post("/assets/contact/list", json=GUESTS | {"description": "for spring"})
    minimal, partial, whole = (
        rest.get(f"/assets/contact/list/1{query}").json() for query in ("?depth=minimal", "?depth=partial", "")
    )

    common = ["type", "id", "createdAt", "createdBy", "depth", "description", "folderId", "name", "permissions"]
    assert list(minimal) == [*common, "updatedAt", "updatedBy"]
    assert list(partial) == list(whole) == [*minimal, "count", "dataLookupId", "scope"]
    assert whole == partial | {"depth": "complete"} == minimal | whole
    assert rest.get("/assets/contact/lists").json()["elements"] == [minimal]


def test_a_put_of_a_list_keeps_folder_and_scope_and_moves_its_stamp(rest, eloqua):
    """[recorded] rest.md 10, 18: what is kept, the newer `updatedAt`; the blanked description [doc]."""
    given = GUESTS | {"description": "d", "scope": "local", "folderId": "21"}
    made = rest.post("/assets/contact/list", json=given).json()
    eloqua.clock.advance(hours=1)

    body = rest.put("/assets/contact/list/1", json={"id": "1", "name": "Autumn guests"}).json()

    changed = {"description", "name", "updatedAt"}
    assert {key: each for key, each in body.items() if key not in changed} == {
        key: each for key, each in made.items() if key not in changed
    }
    assert (body["name"], "description" in body) == ("Autumn guests", False)
    assert int(body["updatedAt"]) >= int(made["updatedAt"]) + 3600


def test_deletions_run_after_additions(rest, eloqua):
    """[inferred] rest.md 10; of contacts that are not on the list, a deletion says nothing."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}])
    moves = {"membershipAdditions": ["1"], "membershipDeletions": ["1", "77"]}

    assert rest.post("/assets/contact/list", json=GUESTS | moves).json()["count"] == "0"


def test_members_can_be_named_at_creation(rest, eloqua):
    """[doc] rest.md 10."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}])

    assert rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": [1]}).json()["count"] == "1"


def test_unknown_members_are_passed_over(rest, eloqua):
    """Our default [inferred] rest.md 10, with a switch."""
    assert rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": ["77"]}).json()["count"] == "0"

    eloqua.set(unknown_list_members="error")
    assert rest.put("/assets/contact/list/1", json=GUESTS | {"membershipAdditions": ["77"]}).status_code == 400


@pytest.mark.quirk("Q36")
def test_membership_is_a_bare_array(rest, http, eloqua):
    """[recorded] rest.md 10: type, id, name; `[]` when there are none."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}, {"emailAddress": "b@b.test"}])
    rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": ["1"]})

    first, second = (http.get(f"/API/REST/2.0/data/contact/{key}/membership") for key in (1, 2))

    assert first.json() == [{"type": "ContactList", "id": "1", "name": "Spring guests"}]
    assert second.json() == []
    assert http.get("/API/REST/2.0/data/contact/9/membership").status_code == 404


def test_the_members_of_a_list_are_contacts(rest, eloqua):
    """[client] rest.md 8."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}, {"emailAddress": "b@b.test"}])
    rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": ["2"]})

    found = rest.get("/data/contacts/list/1").json()

    assert [each["name"] for each in found["elements"]] == ["b@b.test"]


def test_a_deleted_list_leaves_its_members(rest, eloqua):
    """[recorded] rest.md 10."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}])
    rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": ["1"]})

    assert rest.delete("/assets/contact/list/1").status_code == 200
    assert rest.get("/assets/contact/list/1").status_code == 404
    assert rest.get("/data/contact/1").status_code == 200


def test_a_deleted_contact_leaves_its_lists(rest, eloqua):
    """The count follows."""
    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}])
    rest.post("/assets/contact/list", json=GUESTS | {"membershipAdditions": ["1"]})
    rest.delete("/data/contact/1")

    assert rest.get("/assets/contact/list/1").json()["count"] == "0"


def test_a_list_needs_a_name_of_its_own(rest):
    """[client] rest.md 7.4: 400 without; taken: 409 [doc]."""
    (error,) = rest.post("/assets/contact/list", json={}).json()
    rest.post("/assets/contact/list", json=GUESTS)
    taken = rest.post("/assets/contact/list", json={"name": "SPRING GUESTS"})

    assert (error["property"], error["requirement"]["type"]) == ("name", "NotNullRequirement")
    assert taken.status_code == 409
    assert taken.json()[0]["container"]["objectType"] == "ContactList"


def test_an_unknown_folder_is_refused(rest):
    """Our default [inferred] rest.md 7.4."""
    (error,) = rest.post("/assets/contact/list", json=GUESTS | {"folderId": "77"}).json()

    assert error["requirement"]["type"] == "RelationshipRequirement"


def test_lists_are_found_by_name(rest):
    """[recorded] rest.md 10."""
    rest.post("/assets/contact/list", json=GUESTS)
    rest.post("/assets/contact/list", json={"name": "(test) High Value"})

    found = rest.get("/assets/contact/lists", params={"search": "name='(test) High Value'", "depth": "partial"}).json()

    assert [each["name"] for each in found["elements"]] == ["(test) High Value"]
    assert found["elements"][0]["count"] == "0"
