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
