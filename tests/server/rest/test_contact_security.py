"""Contact security: labels hide contacts (platform.md 3.5)."""

from __future__ import annotations

import pytest

from mock_eloqua.control_client import ControlError

V1, V2 = "/API/REST/1.0", "/API/REST/2.0"


@pytest.fixture
def people(http, eloqua):
    """Ada for sales only, Ben for everybody; `seller` is in sales, the user of the tests is not. Ids by name."""
    eloqua.seed(
        users=[{"name": "seller", "password": "s3cret", "groups": ["API Users", "Sales Users"]}],
        contacts=[{"emailAddress": f"{name}@example.test"} for name in ("ada", "ben")],
        lists=[{"name": "Guests", "members": ["ada@example.test", "ben@example.test"]}],
        labels=[{"name": "Region: North", "contacts": ["ada@example.test"], "groups": ["Sales Users"]}],
    )
    return {name: eloqua.contact(f"{name}@example.test")["id"] for name in ("ada", "ben")}


def found(answer):
    body = answer.json()
    return [each["id"] for each in (body["elements"] if isinstance(body, dict) else body)]


@pytest.mark.parametrize("base", [V1, V2])
@pytest.mark.quirk("Q23")
def test_a_hidden_contact_is_404_for_those_without_its_label(http, people, base):
    """[doc] platform.md 3.5: 404, not 403, whatever is tried."""
    path = f"{base}/data/contact/{people['ada']}"

    assert http.get(path).status_code == 404
    assert http.put(path, json={"emailAddress": "ada@example.test", "firstName": "Ada"}).status_code == 404
    assert http.delete(path).status_code == 404
    assert http.as_user("seller").get(path).status_code == 200
    assert http.get(f"{base}/data/contact/{people['ben']}").status_code == 200


def test_what_belongs_to_a_hidden_contact_is_hidden_too(http, people):
    """[inferred] platform.md 3.5: lists, subscriptions and activities of one that is not there."""
    for path in (
        f"{V2}/data/contact/{people['ada']}/membership",
        f"{V1}/data/contact/{people['ada']}/email/groups/subscription",
        f"{V1}/data/activities/contact/{people['ada']}?type=emailOpen&startDate=1&endDate=2",
    ):
        assert http.get(path).status_code == 404, path
        assert http.as_user("seller").get(path).status_code == 200, path


def test_lists_hold_only_what_the_user_sees(http, people):
    """[inferred] platform.md 3.5: fewer rows, and nothing says so; a contact without labels is for everyone [doc]."""
    guests = http.get(f"{V1}/assets/contact/lists").json()["elements"][0]["id"]
    both, ben = [people["ada"], people["ben"]], [people["ben"]]
    search = {"json": {"ids": both}, "headers": {"X-HTTP-Method-Override": "SEARCH"}}

    for user, expected in ((http, ben), (http.as_user("seller"), both)):
        assert found(user.get(f"{V1}/data/contacts")) == expected
        assert user.get(f"{V1}/data/contacts").json()["total"] == len(expected)
        assert found(user.get(f"{V1}/data/contacts", params={"search": "ada*"})) == expected[:-1]
        assert found(user.get(f"{V1}/data/contacts/list/{guests}")) == expected
        assert found(user.post(f"{V2}/data/contacts", **search)) == expected


def test_the_address_of_a_hidden_contact_is_taken_all_the_same(http, people):
    """[inferred]: uniqueness knows no labels."""
    assert http.post(f"{V1}/data/contact", json={"emailAddress": "ada@example.test"}).status_code == 409


def test_labels_go_with_their_contact(http, eloqua, people):
    """[inferred]: the next contact of that address is for everyone."""
    eloqua.seed(labels=[{"name": "Region: North", "groups": ["API Users"]}])
    assert http.delete(f"{V1}/data/contact/{people['ada']}").status_code == 200

    again = http.post(f"{V1}/data/contact", json={"emailAddress": "ada@example.test"}).json()

    assert http.as_user("no.api").get(f"{V1}/data/contacts").status_code == 403
    assert http.get(f"{V1}/data/contact/{again['id']}").status_code == 200


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ({"contacts": []}, "name is missing"),
        ({"name": "x", "contacts": ["nobody@example.test"]}, "no contact nobody@example.test"),
        ({"name": "x", "groups": ["Nobodies"]}, "no security group 'Nobodies'"),
    ],
)
def test_a_seed_says_what_is_wrong_with_its_labels(eloqua, label, told):
    """A seed is planted as a whole or not at all."""
    with pytest.raises(ControlError, match=told):
        eloqua.seed(labels=[label])
