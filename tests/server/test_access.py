"""Permission and threshold refusals, each in the face's own shape (platform.md 3.6, 4)."""

from __future__ import annotations

import pytest

CONTACT = {"emailAddress": "ada@example.test"}


def test_nobody_gets_401_from_rest(rest):
    """[client] rest.md 6: the JSON string; reason Unauthorized."""
    answer = rest.nobody().get("/data/contacts")

    assert (answer.status_code, answer.reason_phrase) == (401, "Unauthorized")
    assert answer.json() == "Not authenticated."


def test_the_401_may_be_empty(rest, eloqua):
    """Our switch `body_of_401` [inferred]."""
    eloqua.set(body_of_401="empty")

    answer = rest.nobody().get("/data/contacts")

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_disabled_user_is_nobody(rest):
    """[doc] platform.md 1.8: 401 on the APIs."""
    assert rest.as_user("disabled").get("/data/contacts").status_code == 401


@pytest.mark.quirk("Q22")
def test_rest_says_403_to_a_user_without_the_permission(rest, eloqua):
    """[doc] platform.md 3.6: 403 Forbidden, nothing written."""
    answer = rest.as_user("api.only").post("/data/contact", json=CONTACT)

    assert (answer.status_code, answer.reason_phrase, answer.content) == (403, "Forbidden", b"")
    assert rest.get("/data/contacts").json()["total"] == 0


def test_api_users_alone_may_read(rest):
    """Our default [inferred] platform.md 3.7."""
    assert rest.as_user("api.only").get("/data/contacts").status_code == 200


def test_a_user_outside_api_users_is_refused(rest):
    """platform.md 3.2: API calls need the group API Users."""
    assert rest.as_user("no.api").get("/data/contacts").status_code == 403


def test_contact_fields_are_for_customer_administrators(rest):
    """[doc] platform.md 3.3, since 18C."""
    field = {"name": "tune", "dataType": "text", "displayType": "text", "updateType": "always"}

    assert rest.as_user("marketer").post("/assets/contact/field", json=field).status_code == 403
    assert rest.post("/assets/contact/field", json=field).status_code == 201


@pytest.mark.eloqua(profile="strict")
def test_the_strict_profile_allows_one_rest_call_a_second(rest, eloqua):
    """platform.md T1, profile strict: 429, empty, no Retry-After."""
    eloqua.clock.freeze()

    first, second = rest.get("/data/contacts"), rest.get("/data/contacts")
    eloqua.clock.advance(seconds=1)
    third = rest.get("/data/contacts")

    assert [each.status_code for each in (first, second, third)] == [200, 429, 200]
    assert (second.reason_phrase, second.content) == ("Too Many Requests", b"")
    assert "retry-after" not in second.headers


@pytest.mark.eloqua(profile="strict")
def test_the_pace_is_each_users_own(rest, eloqua):
    """platform.md T1."""
    eloqua.clock.freeze()

    assert rest.get("/data/contacts").status_code == 200
    assert rest.as_user("marketer").get("/data/contacts").status_code == 200


@pytest.mark.eloqua(profile="strict")
def test_a_refused_call_changes_nothing(rest, eloqua):
    """A 429 comes before the work."""
    eloqua.clock.freeze()
    rest.get("/data/contacts")

    assert rest.post("/data/contact", json=CONTACT).status_code == 429

    eloqua.clock.advance(seconds=1)
    assert rest.get("/data/contacts").json()["total"] == 0


@pytest.mark.eloqua(profile="strict")
def test_polite_clients_can_be_told_how_long_to_wait(rest, eloqua):
    """Our switch `send_retry_after` [inferred]."""
    eloqua.clock.freeze()
    eloqua.set(send_retry_after=True)
    rest.get("/data/contacts")

    assert rest.get("/data/contacts").headers["retry-after"] == "1"


def test_soft_limits_are_counted_and_not_enforced_by_default(rest, control, eloqua):
    """platform.md 4: profile documented."""
    eloqua.clock.freeze()

    assert {rest.get("/data/contacts").status_code for _ in range(5)} == {200}

    pace = next(each for each in control.get("/thresholds").json()["items"] if each["name"] == "rest-pace")
    (counter,) = pace["counters"]
    assert {name: counter[name] for name in ("scope", "used", "highest", "over", "refused")} == {
        "scope": "api.user",
        "used": 5,
        "highest": 5,
        "over": 4,
        "refused": 0,
    }
    assert pace["enforced"] is False


def test_a_threshold_can_be_brought_to_its_edge(rest, control, eloqua):
    """architecture.md: set `used` to be at the edge."""
    eloqua.clock.freeze()
    rest.get("/data/contacts")
    changed = control.put("/thresholds/rest-pace", json={"enforced": True, "limit": 10, "used": 9})
    assert changed.status_code == 200

    assert [rest.get("/data/contacts").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("named", ["customObject", "campaign, CustomObjects"])
def test_a_service_that_the_site_has_no_licence_for_is_403_with_its_own_words(http, eloqua, named):
    """[doc] rest.md 6, bulk.md 19.2: the reason says so, the body nothing; permissions do not help."""
    eloqua.set(services_not_enabled=named)

    for path in (
        "/API/REST/2.0/assets/customObjects",
        "/api/rest/1.0/assets/customobject/1",
        "/API/Bulk/2.0/customObjects",
    ):
        answer = http.get(path)
        said = (answer.status_code, answer.reason_phrase, answer.content)
        assert said == (403, "This service has not been enabled for your site.", b"")
    assert http.get("/API/REST/1.0/data/contacts").status_code == 200
    assert http.nobody().get("/API/REST/2.0/assets/customObjects").status_code == 401
