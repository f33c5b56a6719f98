"""The pages of the console, as a browser without scripts gets them."""

from __future__ import annotations

import httpx2
import pytest

from mock_eloqua.embedded import EloquaSite


def test_the_console_begins_at_the_default_site(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """And says which release it is."""
    found = browser.get(f"{eloqua.base_url}/_mock/ui")

    assert found.status_code == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "release <b>26C</b>" in found.text


def test_calls_are_listed_and_each_has_a_page(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """With filters; what others sent is shown and does not run."""
    with httpx2.Client(auth=eloqua.basic_auth, transport=httpx2.HTTPTransport(verify=False)) as client:
        client.post(f"{eloqua.base_url}/API/REST/2.0/data/contact", json={"emailAddress": "<script>alert(1)</script>"})
        client.get(f"{eloqua.base_url}/API/Bulk/2.0/contacts/fields")

    listed = browser.get("/requests", params={"face": "rest"}).text
    assert "/API/REST/2.0/data/contact" in listed
    assert "/API/Bulk/2.0/contacts/fields" not in listed

    one = browser.get("/requests/1")
    assert "default-src 'none'" in one.headers["content-security-policy"]
    assert "<script>alert" not in one.text
    assert "&lt;script&gt;alert" in one.text
    assert "curl -i -X POST" in one.text
    assert "s3cret" not in one.text
    assert browser.get("/requests/99").status_code == 404


def test_the_clock_is_moved_and_what_is_no_time_refused(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Each with a page that says so."""
    before = eloqua.clock.now
    assert "The clock was moved" in browser.post("/clock", data={"seconds": "3600"}).text
    assert (eloqua.clock.now - before).total_seconds() >= 3600

    assert "The clock stands" in browser.post("/clock", data={"at": "2030-01-02T03:04:05"}).text
    assert eloqua.clock.now.isoformat() == "2030-01-02T03:04:05+00:00"

    refused = browser.post("/clock", data={"seconds": "soon"})
    assert refused.status_code == 400
    assert "is no number of seconds" in refused.text


def test_the_site_is_made_anew(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """From the seed, release and profile that were chosen."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])

    found = browser.post("/reset", data={"seed": "default", "release": "20D", "profile": "strict"}).text

    assert "release <b>20D</b>" in found
    assert "profile <b>strict</b>" in found
    with pytest.raises(LookupError):
        eloqua.contact("ada@example.test")


def test_the_page_of_a_call_says_how_it_was_decided(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """The operation, the rights, the limits that counted it, and the contract that has it."""
    eloqua.threshold("rest-pace", limit=0)
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False)) as client:
        url, auth = f"{eloqua.base_url}/API/REST/2.0/data/contact/1", eloqua.basic_auth
        client.delete(url, auth=auth)
        client.delete(url, auth=eloqua.as_user("api.only").basic_auth)
        client.get(f"{eloqua.base_url}/API/REST/2.0/data/nothing", auth=auth)

    found = browser.get("/requests/1").text
    assert "Delete a Contact" in found
    assert "<code>/API/REST/2.0/data/contact/{id}</code>" in found
    assert "Delete a Contact Record: held" in found
    assert '/_mock/docs#rest-2.0"' in found
    rows = [row.partition("</tr>")[0] for row in found.split("/thresholds/")[1:]]
    assert any(row.startswith("rest-daily") and "counted" in row for row in rows)
    assert any(row.startswith("rest-pace") and "over, which is not enforced" in row for row in rows)

    refused = browser.get("/requests/2").text
    assert "Delete a Contact Record: not held" in refused
    assert "thresholds/rest-daily" not in refused
    assert "nobody serves the path" in browser.get("/requests/3").text


def test_the_page_of_a_soap_call_names_the_operation_in_its_body(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Not only the service that the path leads to."""
    headers = {"Content-Type": "text/xml", "SOAPAction": '"http://secure.eloqua.com/API/1.2/EloquaService/Retrieve"'}
    httpx2.post(f"{eloqua.base_url}/API/1.2/Service.svc", content="<x/>", headers=headers, verify=False)

    (call,) = eloqua.server.inside("MockCo").requests.find(face="soap")[-1:]  # nobody said which site
    found = browser.get(f"{eloqua.base_url}/_mock/ui/MockCo/requests/{call.number}").text

    assert "<code>Eloqua.Retrieve</code>" in found


def test_the_log_leaves_as_an_archive(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Of this site, whichever it is."""
    httpx2.get(f"{eloqua.base_url}/id", auth=eloqua.basic_auth, verify=False)

    found = browser.get("/requests/har")

    assert "attachment" in found.headers["content-disposition"]
    assert [each["request"]["url"] for each in found.json()["log"]["entries"]] == [f"{eloqua.base_url}/id"]


@pytest.mark.parametrize("name", ["console.css", "console.js", "favicon.svg", "htmx.min.js"])
def test_what_the_pages_load_comes_with_them(eloqua: EloquaSite, browser: httpx2.Client, name: str) -> None:
    """Nothing of another host, and nothing inline: the policy forbids both."""
    page = browser.get(f"{eloqua.base_url}/_mock/ui").text

    assert f"/_mock/ui/static/{name}" in page
    assert browser.get(f"{eloqua.base_url}/_mock/ui/static/{name}").status_code == 200
    assert "<style" not in page
    assert "<script>" not in page
    assert browser.get(f"{eloqua.base_url}/_mock/ui/static/../app.py").status_code == 404
