"""Contacts, assets and what belongs to them in the console: the rules and the words are those of REST."""

from __future__ import annotations

from typing import Any

import httpx2
import lxml.html
import pytest

from mock_eloqua.console.kinds import kinds
from mock_eloqua.embedded import EloquaSite

ALONE = sorted(slug for slug, each in kinds().items() if each.parent is None)
MADE = sorted(set(ALONE) & {slug for slug, each in kinds().items() if each.does("C")})
NEED_MORE = {
    "contact-filter": '{"name": "text"}',
    "external-type": '{"name": "text", "activityTypes": [{"type": "ExternalActivityType", "name": "Visited"}]}',
    "user": '{"loginName": "ada", "firstName": "Ada", "lastName": "L", "emailAddress": "ada@example.test"}',
    "email-group": "",
    "notification-visitor": "",
}
"""Types of which the proposal is not enough; blank: they need other objects."""


def _parsed(text: str) -> Any:
    return lxml.html.fromstring(text)


def test_every_type_of_rest_has_a_list(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Counted on the page of all of them."""
    listed = browser.get("/assets").text

    for slug in ALONE:
        assert browser.get(f"/{kinds()[slug].path()}").status_code == 200, slug
        assert slug == "contact" or f'/assets/{slug}"' in listed


def test_proposed_json_makes_an_object_that_is_saved_as_it_is_and_deleted(
    eloqua: EloquaSite, browser: httpx2.Client, typed
) -> None:
    """For each type that REST makes; saving what the form shows changes nothing but the stamp."""
    eloqua.clock.freeze()  # some have their stamps among their fields
    seen = 0
    for slug in MADE:
        kind, path = kinds()[slug], f"/{kinds()[slug].path()}"
        whole = NEED_MORE.get(slug, _whole(browser.get(f"{path}/new").text))
        if not whole:
            continue
        made = browser.post(path, data={"whole": whole})
        assert made.status_code == 200, (slug, made.text)
        one = made.url.path.partition(eloqua.name)[2]
        if kind.does("U"):
            saved = browser.post(one, data=typed(made.text, one))
            assert saved.status_code == 200, (slug, saved.text)
            assert _whole(saved.text) == _whole(made.text), slug
        assert browser.post(f"{one}/delete").status_code == 200, slug
        assert browser.get(one).status_code == 404, slug
        seen += 1
    assert seen > 30


def _whole(text: str) -> str:
    return str(_parsed(text).xpath("//textarea[@name='whole']")[0].value)


def test_contacts_are_searched_as_in_rest_and_paged(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Fifty on a page."""
    eloqua.seed(contacts=[{"emailAddress": f"n{number:02}@example.test", "city": "Bonn"} for number in range(60)])

    first = browser.get("/contacts", params={"search": "C_City=Bonn", "orderBy": "emailAddress"}).text
    assert "n49@example.test" in first
    assert "n50@example.test" not in first
    after = _parsed(first).xpath("//a[@rel='next']/@href")[0]
    assert "n50@example.test" in browser.get(f"{eloqua.base_url}{after}").text

    assert "n07@example.test" in browser.get("/contacts", params={"search": "n07*"}).text
    refused = browser.get("/contacts", params={"search": "noSuchName=1"})
    assert refused.status_code == 400
    assert "SyntaxRequirement" in refused.text


def test_a_limit_on_pages_of_rest_makes_pages_smaller(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """And refuses none."""
    eloqua.seed(contacts=[{"emailAddress": f"n{number}@example.test"} for number in range(5)])
    eloqua.threshold("rest-page", limit=2, enforced=True)

    assert "3 to 4 of 5." in browser.get("/contacts", params={"page": "2"}).text


def test_properties_and_custom_fields_of_a_contact_are_edited(
    eloqua: EloquaSite, browser: httpx2.Client, typed
) -> None:
    """What is not touched stays; a date the contact has by itself is the product's."""
    eloqua.seed(
        fields=[{"name": "Shoe Size", "dataType": "text"}],
        contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada", "lastName": "Lovelace"}],
    )
    one = f"/contacts/{eloqua.contact('ada@example.test')['id']}"
    text = browser.get(one).text
    label = next(each for each in _parsed(text).iter("label") if "Shoe Size" in each.text_content())
    size = label.xpath(".//input/@name")[0]

    saved = browser.post(one, data=typed(text, one) | {"value.firstName": "Augusta", size: "38"})

    assert "It is changed." in saved.text
    found = eloqua.contact("ada@example.test")
    assert (found["firstName"], found["lastName"]) == ("Augusta", "Lovelace")
    assert {"type": "FieldValue", "id": size.removeprefix("field."), "value": "38"} in found["fieldValues"]


def test_what_rest_refuses_is_refused_with_its_words(eloqua: EloquaSite, browser: httpx2.Client, typed) -> None:
    """And nothing is changed."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}, {"emailAddress": "bob@example.test"}])
    one = f"/contacts/{eloqua.contact('ada@example.test')['id']}"
    form = typed(browser.get(one).text, one)

    bad = browser.post(one, data=form | {"value.emailAddress": "nobody", "value.firstName": "Ada"})
    taken = browser.post(one, data=form | {"value.emailAddress": "bob@example.test"})
    none = browser.post(one, data={"whole": "{"})

    assert (bad.status_code, taken.status_code, none.status_code) == (400, 409, 400)
    assert "EmailAddressRequirement" in bad.text
    assert "UniquenessRequirement" in taken.text
    assert "that is no JSON" in none.text
    assert "firstName" not in eloqua.contact("ada@example.test")


def test_the_page_of_a_contact_shows_lists_groups_and_activities(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Each with a link, where it has a page."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test"}],
        lists=[{"name": "Friends", "members": ["ada@example.test"]}],
        activities=[{"type": "webVisit", "contact": "ada@example.test"}],
    )

    found = browser.get(f"/contacts/{eloqua.contact('ada@example.test')['id']}").text

    assert ">Friends</a>" in found
    assert "Activities, 1" in found
    assert "webVisit" in found


def test_a_contact_that_labels_hide_from_users_is_seen(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """The console looks as somebody who may do everything."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test"}],
        labels=[{"name": "Region: North", "contacts": ["ada@example.test"]}],
    )

    assert "ada@example.test" in browser.get("/contacts").text


def test_records_are_found_from_their_custom_object(eloqua: EloquaSite, browser: httpx2.Client, typed) -> None:
    """Made, changed and deleted with the fields of the object."""
    whole = '{"name": "Cars", "fields": [{"name": "Brand", "dataType": "text", "type": "CustomObjectField"}]}'
    object_page = browser.post("/assets/customObject", data={"whole": whole})
    path = _parsed(object_page.text).xpath("//a[contains(@href, '/of/')]/@href")[0]
    path = path.partition(eloqua.name)[2]

    form = typed(browser.get(f"{path}/new").text, path)
    (brand,) = [name for name in form if name.startswith("field.")]
    made = browser.post(path, data=form | {brand: "Volvo", "value.name": "mine"})

    one = made.url.path.partition(eloqua.name)[2]
    assert "Volvo" in made.text
    assert "Saab" in browser.post(one, data=typed(made.text, one) | {brand: "Saab"}).text
    assert browser.post(f"{one}/delete").status_code == 200
    assert browser.get(one).status_code == 404


@pytest.mark.parametrize("path", ["/assets/nothing", "/assets/customObject/99", "/contacts/99", "/assets/account/of/1"])
def test_what_is_not_there_is_a_404(browser: httpx2.Client, path: str) -> None:
    """Whatever it is called."""
    assert browser.get(path).status_code == 404


def test_work_in_the_console_is_no_call_of_the_api(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Neither in the log nor in the counters of a pace."""
    browser.get("/contacts")
    browser.post("/contacts", data={"value.emailAddress": "ada@example.test"})

    assert eloqua.contact("ada@example.test")
    assert eloqua.requests().count == 0
    assert not [each.name for each in eloqua.control.thresholds().items if each.window_seconds and each.counters]
