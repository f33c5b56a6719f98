"""Subscriptions of contacts to e-mail groups (rest.md 15)."""

from __future__ import annotations

import pytest

GROUP = "/email/group/1/subscription"
OUT = {"type": "ContactEmailSubscription", "emailGroup": {"type": "EmailGroup", "id": "1"}, "isSubscribed": "false"}


@pytest.fixture
def ada(eloqua, rest) -> str:
    """The path of a contact."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    return f"/data/contact/{rest.get('/data/contacts').json()['elements'][0]['id']}"


def test_nobody_said_anything_so_that_a_contact_is_subscribed(rest, ada):
    """[client] rest.md 15: shape and order of keys; [inferred] the state before anything was said."""
    assert rest.get(ada + GROUP).json() == {
        "type": "ContactEmailSubscription",
        "contactId": ada.rpartition("/")[2],
        "emailGroup": {
            "type": "EmailGroup",
            "id": "1",
            "depth": "minimal",
            "name": "Default Email Group",
            "permissions": "fullControl",
        },
        "isSubscribed": "true",
    }


def test_a_switch_says_what_an_address_is_of_which_nothing_is_known(eloqua, rest, ada):
    """Our switch."""
    eloqua.set(email_group_default="unsubscribed")

    assert rest.get(ada + GROUP).json()["isSubscribed"] == "false"


def test_unsubscribing_from_a_group_leaves_the_global_flag(rest, http, ada):
    """[client] rest.md 15: that group only."""
    answer = rest.put(ada + GROUP, json=OUT)

    assert answer.status_code == 200
    assert (answer.json()["isSubscribed"], list(answer.json())[-1]) == ("false", "updatedAt")
    assert rest.get(ada).json()["isSubscribed"] == "true"
    page = http.get(f"/API/REST/2.0{ada}/email/groups/subscription").json()
    assert [each["isSubscribed"] for each in page["elements"]] == ["false"]
    assert page["elements"][0]["emailGroup"]["permissions"] == ["Retrieve", "SetSecurity", "Delete", "Update"]
    assert {name: page[name] for name in ("page", "pageSize", "total")} == {"page": 1, "pageSize": 1000, "total": 1}
    assert rest.get(f"{ada}/email/groups/subscription?search=name='no*'").json()["total"] == 0


def test_a_contact_that_unsubscribes_from_all_keeps_its_groups(rest, ada):
    """[inferred] rest.md 15."""
    rest.put(ada, json={"emailAddress": "ada@example.test", "isSubscribed": "false"})

    assert rest.get(ada + GROUP).json()["isSubscribed"] == "true"


def test_what_an_address_said_survives_its_contact(rest, ada):
    """[doc] issue: subscriptions are of the address; compared without case."""
    rest.put(ada + GROUP, json=OUT)
    rest.delete(ada)
    key = rest.post("/data/contact", json={"emailAddress": "ADA@example.test"}).json()["id"]

    assert rest.get(f"/data/contact/{key}{GROUP}").json()["isSubscribed"] == "false"


def test_a_contact_with_another_address_has_what_that_one_said(rest, ada):
    """[doc] issue: subscriptions are of the address, not of the contact."""
    rest.put(ada + GROUP, json=OUT)

    rest.put(ada, json={"emailAddress": "ada@other.test"})
    assert rest.get(ada + GROUP).json()["isSubscribed"] == "true"
    rest.put(ada, json={"emailAddress": "ada@example.test"})
    assert rest.get(ada + GROUP).json()["isSubscribed"] == "false"


def test_a_change_is_an_activity_of_the_contact(rest, ada):
    """[doc] rest.md 16: emailUnsubscribe, emailSubscribe."""
    for state in ("false", "false", "true"):
        rest.put(ada + GROUP, json=OUT | {"isSubscribed": state})

    for kind in ("emailUnsubscribe", "emailSubscribe"):
        query = {"type": kind, "startDate": "0", "endDate": "9999999999"}
        found = rest.get(ada.replace("/data/", "/data/activities/"), params=query).json()
        assert [each["activityType"] for each in found] == [kind]


@pytest.mark.parametrize(
    ("said", "requirement"), [({}, "NotNullRequirement"), ({"isSubscribed": "perhaps"}, "BooleanRequirement")]
)
def test_a_put_says_whether(rest, ada, said, requirement):
    """[doc] rest.md 7.3."""
    answer = rest.put(ada + GROUP, json=said)

    assert answer.status_code == 400
    assert (answer.json()[0]["property"], answer.json()[0]["requirement"]["type"]) == ("isSubscribed", requirement)


def test_unknown_contacts_and_groups_are_not_found(rest, ada):
    """[inferred] rest.md 6."""
    assert rest.get(f"/data/contact/99{GROUP}").status_code == 404
    assert rest.get(f"{ada}/email/group/99/subscription").status_code == 404
    assert rest.put(f"{ada}/email/group/99/subscription", json=OUT).status_code == 404
    assert rest.get("/data/contact/99/email/groups/subscription").status_code == 404
    answer = rest.get(f"{ada}/email/group/x/subscription")
    assert (answer.status_code, answer.json()[0]["parameter"]) == (400, "emailGroupId")


def test_only_those_who_manage_contacts_subscribe_them(http, ada):
    """[inferred] platform.md 3.7."""
    assert http.as_user("api.only").put(f"/API/REST/1.0{ada}{GROUP}", json=OUT).status_code == 403
