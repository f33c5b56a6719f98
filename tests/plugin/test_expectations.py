"""`eloqua.expect`: what holds is silent, and what does not says what is there instead."""

from __future__ import annotations

import threading

import httpx2
import pytest

ADA = "ada@example.test"


@pytest.fixture
def called(eloqua):
    """Three calls of a program."""
    eloqua.seed(contacts=[{"emailAddress": ADA, "firstName": "Ada", "country": "Canada", "C_Company_Revenue1": "10"}])
    with httpx2.Client(base_url=eloqua.base_url, auth=eloqua.basic_auth, verify=False) as client:
        client.get("/API/REST/1.0/data/contacts", params={"count": "5"})
        client.get("/API/REST/1.0/data/contact/99")
        client.post("/API/REST/1.0/data/contact", json={"emailAddress": "ben@example.test"})


def refusal(expected):
    """The lines of the AssertionError."""
    with pytest.raises(AssertionError) as error:
        expected()
    return str(error.value).splitlines()


@pytest.mark.usefixtures("called")
def test_requests_are_counted_by_how_their_path_ends(eloqua):
    """And by the filters of `requests`."""
    eloqua.expect.request(face="rest", method="GET").count(2).at_least(1)
    eloqua.expect.request(path="/data/contact", method="POST").count(1)
    eloqua.expect.request(path="/API/REST/1.0/data/contact").count(1)
    eloqua.expect.no_requests(face="soap")
    assert [each.status for each in eloqua.expect.request(path="/contact/*").calls] == [404]


@pytest.mark.usefixtures("called")
def test_requests_that_are_missing_show_the_nearest(eloqua):
    """In the order of the calls."""
    assert refusal(lambda: eloqua.expect.request(method="DELETE", path="/data/contact/99")) == [
        "expected 1 or more requests (method='DELETE', path='/data/contact/99'), there were 0; nearest of 3:",
        "  1 GET /API/REST/1.0/data/contacts?count=5 -> 200 by api.user",
        "  2 GET /API/REST/1.0/data/contact/99 -> 404 by api.user (NotFound: there is no Contact 99)",
        "  3 POST /API/REST/1.0/data/contact -> 201 by api.user",
    ]
    assert refusal(lambda: eloqua.expect.request(method="POST").count(2)) == [
        "expected 2 requests (method='POST'), there were 1",
        "  3 POST /API/REST/1.0/data/contact -> 201 by api.user",
    ]
    assert refusal(lambda: eloqua.expect.no_requests(method="GET"))[0] == (
        "expected 0 requests (method='GET'), there were 2"
    )


def test_where_nothing_was_called_at_all(eloqua):
    """The usual mistake: the program calls another address."""
    assert refusal(lambda: eloqua.expect.request(face="bulk")) == [
        "expected 1 or more requests (face='bulk'), there were 0: nothing was called at all"
    ]


@pytest.mark.usefixtures("called")
def test_a_contact_has_fields(eloqua):
    """By the names of REST, or by id."""
    (revenue,) = [each["id"] for each in eloqua.contact(ADA)["fieldValues"] if each.get("value") == "10"]
    eloqua.expect.contact(ADA).has(firstName="Ada").has({revenue: "10"}, country="Canada")
    eloqua.expect.no_contact("cyd@example.test")
    assert refusal(lambda: eloqua.expect.contact(ADA).has({revenue: "11"}, firstName="Ada", lastName="Lovelace")) == [
        "the contact ada@example.test differs:",
        f"  {revenue} is '10', expected '11'",
        "  lastName is None, expected 'Lovelace'",
    ]
    assert refusal(lambda: eloqua.expect.contact("cyd@example.test")) == [
        "expected the contact cyd@example.test, but there is none"
    ]
    assert refusal(lambda: eloqua.expect.no_contact(ADA)) == ["expected no contact ada@example.test, but there is one"]


def test_what_comes_later_is_waited_for(eloqua):
    """A program that works in the background; without `eventually` it would be too early."""
    looked = threading.Event()

    def work():
        looked.wait(10)
        eloqua.seed(contacts=[{"emailAddress": ADA, "firstName": "Ada"}])

    worker = threading.Thread(target=work)
    worker.start()
    with pytest.raises(AssertionError):
        eloqua.expect.contact(ADA)
    looked.set()
    eloqua.expect.eventually(within=10).contact(ADA).has(firstName="Ada")
    worker.join()


def test_waiting_ends(eloqua):
    """With the time that it took in the text."""
    assert refusal(lambda: eloqua.expect.eventually(within=0.02).contact(ADA)) == [
        "expected the contact ada@example.test, but there is none",
        "(after 0.02 seconds)",
    ]
    eloqua.expect.eventually(within=0.01).no_requests()
