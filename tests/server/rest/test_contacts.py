"""Contacts through REST 1.0 (rest.md 2, 3, 6, 7, 8)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

ADA = {"emailAddress": "ada@example.test", "firstName": "Ada", "city": "Utrecht"}


@pytest.fixture
def ada(rest):
    return rest.post("/data/contact", json=ADA).json()


def value(contact, field_id):
    return next(each.get("value") for each in contact["fieldValues"] if each["id"] == field_id)


@pytest.mark.quirk("Q35")
def test_a_new_contact_is_answered_with_201_at_depth_complete(rest, eloqua):
    """[recorded] rest.md facts 1, 2, 6, 9; 8.2 the defaults."""
    eloqua.clock.freeze()

    answer = rest.post("/data/contact", json=ADA)

    now = str(int(eloqua.clock.now.timestamp()))
    body = answer.json()
    assert answer.status_code == 201
    assert "location" not in answer.headers
    fields = body.pop("fieldValues")
    assert body == {
        "type": "Contact",
        "currentStatus": "Awaiting action",
        "id": "1",
        "createdAt": now,
        "createdBy": "11",
        "depth": "complete",
        "name": "ada@example.test",
        "updatedAt": now,
        "updatedBy": "11",
        "city": "Utrecht",
        "emailAddress": "ada@example.test",
        "emailFormatPreference": "unspecified",
        "firstName": "Ada",
        "isBounceback": "false",
        "isSubscribed": "true",
        "subscriptionDate": now,
    }
    assert [each["id"] for each in fields][:5] == ["100005", "100017", "100023", "100024", "100026"]


@pytest.mark.quirk("Q28")
def test_keys_come_in_the_recorded_order(ada):
    """[recorded] rest.md 2.2: type, currentStatus, id, the common ones, then the type's own, alphabetically."""
    keys = list(ada)
    own = keys[keys.index("updatedBy") + 1 :]

    assert keys[:9] == [
        "type",
        "currentStatus",
        "id",
        "createdAt",
        "createdBy",
        "depth",
        "name",
        "updatedAt",
        "updatedBy",
    ]
    assert own == sorted(own)


EVERYTHING = (
    *("accountName", "address1", "address2", "address3", "businessPhone", "city", "country"),
    *("fax", "firstName", "lastName", "mobilePhone", "postalCode", "province", "salesPerson", "title"),
)


def test_a_contact_with_everything_has_its_keys_in_order(rest):
    """[recorded] rest.md 2.2, [doc] 8.1: the own properties alphabetically; the name is the address."""
    rest.post("/data/contact", json=ADA | dict.fromkeys(EVERYTHING, "x"))
    marks = {"isSubscribed": "false", "isBounceback": "true", "emailFormatPreference": "html"}

    body = rest.put("/data/contact/1", json=ADA | dict.fromkeys(EVERYTHING, "y") | marks).json()

    common = ["type", "currentStatus", "id", "createdAt", "createdBy", "depth", "name", "updatedAt", "updatedBy"]
    own = [*EVERYTHING, "bouncebackDate", "emailAddress", "emailFormatPreference", "fieldValues", "isBounceback"]
    own += ["isSubscribed", "subscriptionDate", "unsubscriptionDate"]
    assert list(body) == common + sorted(own)
    assert body["name"] == body["emailAddress"]
    assert {each for key, each in body.items() if key in EVERYTHING} == {"y"}
    assert all(isinstance(each, str) for key, each in body.items() if key != "fieldValues")


def test_a_read_gives_what_the_create_gave(rest, ada):
    """[doc] rest.md 3: single reads are complete by default."""
    assert rest.get(f"/data/contact/{ada['id']}").json() == ada


def test_depth_minimal_partial_and_complete(rest, ada):
    """[doc], [recorded] rest.md 3: what each depth returns."""
    minimal, partial = (rest.get(f"/data/contact/1?depth={word}").json() for word in ("minimal", "partial"))

    assert [key for key in minimal if not key.endswith("By")] == [
        "type",
        "id",
        "createdAt",
        "depth",
        "name",
        "updatedAt",
        "emailAddress",
    ]
    assert minimal["depth"] == "minimal"
    assert partial == {key: each for key, each in ada.items() if key != "fieldValues"} | {"depth": "partial"}


@pytest.mark.quirk("Q39")
def test_an_unknown_depth_falls_back_silently(rest, ada):
    """[doc] rest.md 3: to complete on single reads, to minimal on lists."""
    assert rest.get("/data/contact/1?depth=deep").json()["depth"] == "complete"
    assert rest.get("/data/contacts?depth=deep").json()["elements"][0]["depth"] == "minimal"


def test_field_values_hold_the_fields_that_are_no_properties(ada):
    """[doc] rest.md 2.3, 8.1: blank ones without `value`; ContactIDExt is there."""
    ids = [each["id"] for each in ada["fieldValues"]]

    assert ids == sorted(ids)
    assert "100002" not in ids
    assert {"type": "FieldValue", "id": "100005"} in ada["fieldValues"]
    assert value(ada, "100032") == "CMOCK000000000001"


def test_field_values_are_written_by_id(rest):
    """[client] rest.md 8.1: also for fields that are properties."""
    given = [{"type": "FieldValue", "id": "100017", "value": "Ms."}, {"id": 100002, "value": "Ada"}]

    body = rest.post("/data/contact", json={"emailAddress": "a@b.test", "fieldValues": given}).json()

    assert value(body, "100017") == "Ms."
    assert body["firstName"] == "Ada"


def test_dates_in_field_values_are_unix_seconds(rest):
    """[doc] rest.md 2.1."""
    given = [{"id": "100065", "value": "1430452800"}]

    body = rest.post("/data/contact", json={"emailAddress": "a@b.test", "fieldValues": given}).json()

    assert value(body, "100065") == "1430452800"


@pytest.mark.quirk("Q27")
def test_native_json_types_are_taken_for_strings(rest):
    """[client] rest.md 2.1: `true` and `"true"`, `5` and `"5"`."""
    body = rest.post(
        "/data/contact", json={"emailAddress": "a@b.test", "isSubscribed": False, "postalCode": 1234}
    ).json()

    assert body["isSubscribed"] == "false"
    assert body["postalCode"] == "1234"


def test_unknown_properties_and_nulls_are_ignored(rest):
    """rest.md 7.4 [inferred]; nulls [client] what-real-clients-do.md 3."""
    answer = rest.post(
        "/data/contact", json=ADA | {"searchTerm": 1, "id": -500002, "lastName": None, "page": {"a": []}}
    )

    assert answer.status_code == 201
    assert answer.json()["id"] == "1"


def test_a_second_contact_with_the_same_address_is_a_409(rest, ada):
    """[client] rest.md fact 12; compared without case and nothing written."""
    answer = rest.post("/data/contact", json={"emailAddress": "ADA@Example.test"})

    assert (answer.status_code, answer.reason_phrase) == (409, "There was a conflict.")
    assert answer.json() == [
        {
            "type": "ObjectValidationError",
            "container": {"type": "ObjectKey", "objectType": "Contact"},
            "property": "emailAddress",
            "requirement": {"type": "UniquenessRequirement"},
            "value": "ADA@Example.test",
        }
    ]
    assert rest.get("/data/contacts").json()["total"] == 1


@pytest.mark.parametrize(
    ("body", "broken", "requirement", "shown"),
    [
        ({}, "emailAddress", "EmailAddressRequirement", "<null>"),
        ({"emailAddress": "nonsense"}, "emailAddress", "EmailAddressRequirement", "nonsense"),
        (ADA | {"isSubscribed": "maybe"}, "isSubscribed", "BooleanRequirement", "maybe"),
        (ADA | {"isBounceback": "2"}, "isBounceback", "BooleanRequirement", "2"),
        (ADA | {"bouncebackDate": "today"}, "bouncebackDate", "DateRequirement", "today"),
        (ADA | {"subscriptionDate": "today"}, "subscriptionDate", "DateRequirement", "today"),
        (ADA | {"unsubscriptionDate": "today"}, "unsubscriptionDate", "DateRequirement", "today"),
    ],
)
def test_a_broken_rule_is_a_400_with_a_list(rest, body, broken, requirement, shown):
    """[client] rest.md 7.1; rules [doc], [client] 7.4."""
    answer = rest.post("/data/contact", json=body)

    assert (answer.status_code, answer.reason_phrase) == (400, "There was a validation error.")
    assert answer.json() == [
        {
            "type": "ObjectValidationError",
            "container": {"type": "ObjectKey", "objectType": "Contact"},
            "property": broken,
            "requirement": {"type": requirement},
            "value": shown,
        }
    ]


def test_all_broken_rules_are_reported_at_once(rest):
    """rest.md 7.1: one entry per broken rule."""
    answer = rest.post("/data/contact", json={"emailAddress": "no", "firstName": "x" * 101})

    assert {each["property"] for each in answer.json()} == {"emailAddress", "firstName"}


@pytest.mark.quirk("Q33")
def test_a_put_blanks_the_properties_that_it_leaves_out(rest, ada):
    """[doc] rest.md 18; field values left out stay [inferred]."""
    rest.put("/data/contact/1", json=ADA | {"fieldValues": [{"id": "100017", "value": "Ms."}]})

    answer = rest.put("/data/contact/1", json={"id": "1", "emailAddress": "ada@example.test", "lastName": "L"})

    body = answer.json()
    assert answer.status_code == 200
    assert "city" not in body
    assert (body["lastName"], value(body, "100017")) == ("L", "Ms.")
    assert body["depth"] == "complete"


def test_a_put_may_merge(rest, ada, eloqua):
    """Our switch `put_semantics`."""
    eloqua.set(put_semantics="merge")

    body = rest.put("/data/contact/1", json={"emailAddress": "ada@example.test", "lastName": "L"}).json()

    assert (body["city"], body["lastName"]) == ("Utrecht", "L")


def test_a_put_needs_the_address(rest, ada):
    """[doc] rest.md 8.2; the container names the object."""
    answer = rest.put("/data/contact/1", json={"firstName": "Ada"})

    assert answer.status_code == 400
    assert answer.json()[0]["container"] == {"type": "ObjectKey", "objectType": "Contact", "objectId": "1"}


def test_a_put_to_an_address_in_use_is_a_409(rest, ada):
    """Our default [inferred] rest.md 8.2."""
    rest.post("/data/contact", json={"emailAddress": "ben@example.test"})

    assert rest.put("/data/contact/2", json={"emailAddress": "Ada@example.test"}).status_code == 409
    assert rest.put("/data/contact/2", json={"emailAddress": "BEN@example.test"}).json()["name"] == "BEN@example.test"


def test_the_id_in_the_path_wins(rest, ada):
    """[inferred] rest.md 1.2: our default where the body names another."""
    rest.post("/data/contact", json={"emailAddress": "ben@example.test"})

    assert rest.put("/data/contact/1", json=ADA | {"id": "2", "firstName": "A."}).json()["id"] == "1"
    assert "firstName" not in rest.get("/data/contact/2").json()


@pytest.mark.parametrize("sent", ["-50005", -1, "7", "", None, "abc"])
def test_an_id_in_the_body_of_a_post_is_ignored(rest, sent):
    """[client] rest.md 2.4: negative or not."""
    assert rest.post("/data/contact", json=ADA | {"id": sent}).json()["id"] == "1"


def test_what_only_the_server_writes_is_ignored(rest, ada):
    """[client] what-real-clients-do.md 3: whole objects come back, and members of the client's own."""
    rest.post("/data/contact", json={"emailAddress": "ben@example.test"})
    sent = {"createdAt": "1", "createdBy": "99", "name": "Ada", "depth": "minimal", "currentStatus": "x", "type": "X"}

    body = rest.put("/data/contact/1", json=ada | sent).json()

    assert {key: body[key] for key in sent} == {key: ada[key] for key in sent}


def test_a_put_never_creates(rest):
    """Our default [inferred] rest.md 18."""
    assert rest.put("/data/contact/9", json=ADA).status_code == 404


def test_an_update_moves_updated_at_and_keeps_created_at(rest, ada, eloqua):
    """[doc] rest.md 2.2."""
    eloqua.clock.advance(hours=1)

    body = rest.put("/data/contact/1", json=ADA).json()

    assert body["createdAt"] == ada["createdAt"]
    assert int(body["updatedAt"]) >= int(ada["updatedAt"]) + 3600


@pytest.mark.quirk("Q26")
def test_delete_is_a_200_with_nothing(rest, ada):
    """[recorded] rest.md fact 6: no content type; then 404, twice."""
    answer = rest.delete("/data/contact/1")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "0"
    assert "content-type" not in answer.headers
    assert rest.get("/data/contact/1").status_code == 404
    assert rest.delete("/data/contact/1").status_code == 404


def test_ids_are_never_given_again(rest, ada):
    """[recorded] bulk.md 10: deleted and created again, a new id."""
    rest.delete("/data/contact/1")

    assert rest.post("/data/contact", json=ADA).json()["id"] == "2"


@pytest.mark.quirk("Q34")
def test_the_subscription_date_belongs_to_the_address(rest, ada, eloqua):
    """[recorded] rest.md 8.2: delete and create again keeps the earlier date."""
    rest.delete("/data/contact/1")
    eloqua.clock.advance(days=30)

    again = rest.post("/data/contact", json=ADA).json()

    assert again["subscriptionDate"] == ada["subscriptionDate"]
    assert int(again["createdAt"]) > int(ada["createdAt"])


def test_subscription_and_bounce_are_stamped_when_they_turn(rest, ada, eloqua):
    """Our default [inferred] rest.md 8.2."""
    eloqua.clock.advance(hours=1)

    body = rest.put("/data/contact/1", json=ADA | {"isSubscribed": "false", "isBounceback": "true"}).json()

    assert body["isSubscribed"] == "false"
    assert body["unsubscriptionDate"] == body["bouncebackDate"] == body["updatedAt"]


def test_a_subscription_that_comes_back_gets_a_new_date(rest, ada, eloqua):
    """Our default [inferred] rest.md 8.2."""
    rest.put("/data/contact/1", json=ADA | {"isSubscribed": "false"})
    eloqua.clock.advance(hours=1)

    body = rest.put("/data/contact/1", json=ADA | {"isSubscribed": True}).json()

    assert body["subscriptionDate"] == body["updatedAt"] > ada["subscriptionDate"]


def test_one_of_many_who_create_the_same_address_wins(rest):
    """[client] rest.md fact 12, what-real-clients-do.md 7: several at once; one 201, the others 409."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: rest.post("/data/contact", json=ADA).status_code, range(8)))

    assert sorted(answers) == [201] + [409] * 7


@pytest.mark.parametrize("bad", ["abc", "0", "-1", "1.5", "%00", "id123", "٣"])
def test_an_id_that_is_none_is_an_endpoint_parameter_error(rest, bad):
    """[doc] rest.md 7.2; in a list by default [inferred]."""
    answer = rest.get(f"/data/contact/{bad}")

    assert answer.status_code == 400
    (error,) = answer.json()
    assert list(error) == ["type", "parameter", "requirement", "value"]
    assert (error["type"], error["parameter"]) == ("EndpointParameterError", "id")
    assert error["requirement"] == {"type": "IdRequirement", "isRelativeAllowed": False}


def test_the_endpoint_parameter_error_may_come_bare(rest, eloqua):
    """Our switch `endpoint_error_shape`."""
    eloqua.set(endpoint_error_shape="object")

    assert rest.get("/data/contact/abc").json()["value"] == "abc"


@pytest.mark.parametrize("key", ["99", "9223372036854775807", "12345678901234567890", "00000000000000000000000099"])
def test_an_unknown_id_is_an_empty_404(rest, key):
    """[client] rest.md 7.4; ids of 20 digits too."""
    answer = rest.get(f"/data/contact/{key}")

    assert (answer.status_code, answer.content) == (404, b"")
