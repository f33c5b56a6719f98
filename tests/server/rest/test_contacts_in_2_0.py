"""Contacts, their fields and their lists in REST 2.0 (rest.md 20)."""

from __future__ import annotations

import pytest

V2 = "/API/REST/2.0"
ADA = {"emailAddress": "ada@example.test", "firstName": "Ada", "isSmsSubscribed": "true"}


@pytest.fixture
def ada(http):
    """One contact."""
    return http.post(f"{V2}/data/contact", json=ADA).json()


def test_a_contact_read_in_2_0_is_minimal_unless_more_is_asked_for(http, ada):
    """[doc] rest.md 0 (8), 20: complete in 1.0, minimal in 2.0; POST and PUT answer at complete."""
    assert ada["depth"] == "complete"
    read = http.get(f"{V2}/data/contact/{ada['id']}").json()

    assert list(read) == [
        "type",
        "id",
        "createdAt",
        "createdBy",
        "depth",
        "name",
        "updatedAt",
        "updatedBy",
        "emailAddress",
    ]
    assert read["depth"] == "minimal"
    assert http.get(f"{V2}/data/contact/{ada['id']}", params={"depth": "complete"}).json() == ada
    assert http.get(f"{V2}/data/contact/{ada['id']}", params={"depth": "deepest"}).json()["depth"] == "minimal"
    assert http.get(f"/API/REST/1.0/data/contact/{ada['id']}").json()["depth"] == "complete"


def test_a_contact_in_2_0_has_more_properties(http, ada):
    """[doc] rest.md 8.2, 20: isSmsSubscribed, createdByName, updatedByName; 1.0 knows none of them."""
    assert (ada["isSmsSubscribed"], ada["createdByName"], ada["updatedByName"]) == ("true", "Api User", "Api User")
    old = http.get(f"/API/REST/1.0/data/contact/{ada['id']}").json()
    assert not {"isSmsSubscribed", "createdByName", "updatedByName"} & set(old)


def test_nobody_takes_texts_before_saying_so_and_1_0_cannot_change_it(http, ada):
    """[inferred] rest.md 8.2: the default; a property that a version lacks is unknown to it."""
    bob = http.post(f"{V2}/data/contact", json={"emailAddress": "bob@example.test"}).json()
    assert bob["isSmsSubscribed"] == "false"

    old = http.put(f"/API/REST/1.0/data/contact/{ada['id']}", json=ADA | {"isSmsSubscribed": "false"})
    assert old.status_code == 200
    assert http.get(f"{V2}/data/contact/{ada['id']}?depth=partial").json()["isSmsSubscribed"] == "true"
    off = http.put(f"{V2}/data/contact/{ada['id']}", json=ADA | {"isSmsSubscribed": False}).json()
    assert off["isSmsSubscribed"] == "false"
    wrong = http.put(f"{V2}/data/contact/{ada['id']}", json=ADA | {"isSmsSubscribed": "maybe"})
    assert wrong.json()[0]["requirement"]["type"] == "BooleanRequirement"


def test_both_versions_see_one_contact(http, ada):
    """One shared state: made in 2.0, changed in 1.0, deleted in 2.0."""
    http.put(f"/API/REST/1.0/data/contact/{ada['id']}", json=ADA | {"lastName": "Example"})

    (found,) = http.get(f"{V2}/data/contacts", params={"search": "lastName=Example", "depth": "partial"}).json()[
        "elements"
    ]
    assert (found["id"], found["lastName"]) == (ada["id"], "Example")
    assert http.post(f"{V2}/data/contact", json=ADA).status_code == 409
    assert http.delete(f"{V2}/data/contact/{ada['id']}").status_code == 200
    assert http.get(f"/API/REST/1.0/data/contact/{ada['id']}").status_code == 404


def test_contacts_are_read_by_ids_as_a_bare_array(http, ada):
    """[doc] rest.md 20: in the order asked for, unknown ids passed over [inferred]."""
    bob = http.post(f"{V2}/data/contact", json={"emailAddress": "bob@example.test"}).json()
    body = {"type": "EntitySearchByIds", "ids": [bob["id"], 99999, ada["id"]], "depth": "partial"}

    answer = http.post(f"{V2}/data/contacts", json=body, headers={"X-HTTP-Method-Override": "SEARCH"})

    assert [(each["id"], each["depth"]) for each in answer.json()] == [(bob["id"], "partial"), (ada["id"], "partial")]
    assert "fieldValues" not in answer.json()[0]


def test_200_contacts_are_read_at_once(http, eloqua):
    """[doc] rest.md 19."""
    eloqua.seed(contacts=[{"emailAddress": f"{n}@example.test"} for n in range(200)])
    ids = [each["id"] for each in http.get(f"{V2}/data/contacts").json()["elements"]]

    answer = http.post(f"{V2}/data/contacts", json={"ids": ids}, headers={"X-HTTP-Method-Override": "SEARCH"})

    assert [each["id"] for each in answer.json()] == ids


@pytest.mark.quirk("Q24")
def test_a_contact_list_in_2_0_has_permissions_in_a_list(http, ada):
    """[recorded], [client] rest.md 0 (14), 20."""
    body = {"name": "Guests", "membershipAdditions": [ada["id"]]}
    made = http.post(f"{V2}/assets/contact/list", json=body).json()

    assert made["permissions"] == ["Retrieve", "SetSecurity", "Delete", "Update"]
    assert (made["createdByName"], made["count"]) == ("Api User", "1")
    old = http.get(f"/API/REST/1.0/assets/contact/list/{made['id']}").json()
    assert old["permissions"] == "fullControl"
    assert "createdByName" not in old
    assert [each["name"] for each in http.get(f"{V2}/assets/contact/lists").json()["elements"]] == ["Guests"]
    emptied = http.put(
        f"{V2}/assets/contact/list/{made['id']}", json={"name": "Guests", "membershipDeletions": [ada["id"]]}
    )
    assert emptied.json()["count"] == "0"
    assert http.delete(f"{V2}/assets/contact/list/{made['id']}").status_code == 200


def test_a_contact_field_is_the_same_in_2_0(http):
    """[client] rest.md 20."""
    tune = {"name": "tune", "dataType": "text", "displayType": "text", "updateType": "always"}
    made = http.post(f"{V2}/assets/contact/field", json=tune).json()

    assert http.get(f"/API/REST/1.0/assets/contact/field/{made['id']}").json() == made
    assert http.put(f"{V2}/assets/contact/field/{made['id']}", json=tune | {"name": "song"}).json()["name"] == "song"
    assert http.get(f"{V2}/assets/contact/fields", params={"search": "name=song"}).json()["total"] == 1
    assert http.delete(f"{V2}/assets/contact/field/{made['id']}").status_code == 200


def test_what_a_contact_needs_of_a_user_in_2_0(http, ada):
    """platform.md 3.7."""
    somebody = http.as_user("api.only")

    assert somebody.post(f"{V2}/data/contact", json={"emailAddress": "x@example.test"}).status_code == 403
    assert somebody.delete(f"{V2}/data/contact/{ada['id']}").status_code == 403
    assert somebody.get(f"{V2}/data/contact/{ada['id']}").status_code == 200
