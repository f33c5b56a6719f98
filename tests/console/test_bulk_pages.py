"""Bulk in the console: what waits, what ran, and what a test does to a sync."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from mock_eloqua.embedded import EloquaSite

BULK = "/API/Bulk/2.0"


@pytest.fixture
def api(eloqua: EloquaSite):
    """Calls of Bulk, answered as JSON."""
    with httpx2.Client(auth=eloqua.basic_auth, transport=httpx2.HTTPTransport(verify=False)) as client:

        def call(method: str, path: str, body: Any = None) -> Any:
            answer = client.request(method, f"{eloqua.base_url}{BULK}{path}", json=body)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None

        yield call


@pytest.fixture
def imported(eloqua: EloquaSite, api) -> str:
    """An import with a file that waits; its path in the console."""
    eloqua.set(sync_timing="instant")
    fields = {"Address": "{{Contact.Field(C_EmailAddress)}}", "First": "{{Contact.Field(C_FirstName)}}"}
    made = api("POST", "/contacts/imports", {"name": "People", "identifierFieldName": "Address", "fields": fields})
    api("POST", f"{made['uri']}/data", [{"Address": "ada@example.test", "First": "Ada"}, {"Address": "nobody"}])
    return f"/bulk/imports/{made['uri'].rpartition('/')[2]}"


def _run(eloqua: EloquaSite, api, uri: str) -> str:
    sync = api("POST", "/syncs", {"syncedInstanceUri": uri})["uri"]
    eloqua.site.jobs.join(20)
    return str(sync)


def test_a_definition_shows_what_waits_for_a_sync(browser: httpx2.Client, imported: str) -> None:
    """And is found from the page of all."""
    assert f'{imported}"' in browser.get("/bulk").text

    found = browser.get(imported).text

    assert "{{Contact.Field(C_FirstName)}}" in found
    assert "2 rows" in found
    assert "ada@example.test" in found


def test_a_sync_shows_its_log_its_rejects_and_what_it_took(
    eloqua: EloquaSite, browser: httpx2.Client, api, imported: str
) -> None:
    """When it has ended the page asks no more."""
    sync = _run(eloqua, api, "/contacts/imports/1")

    found = browser.get(f"/bulk{sync}").text

    assert '<span class="status warning">' in found
    assert "Contacts created." in found
    assert "Rejects, 1" in found
    assert "Address=nobody" in found
    assert "hx-trigger" not in found
    assert "No files." in browser.get(imported).text


def test_an_export_shows_its_rows_a_page_at_a_time(eloqua: EloquaSite, browser: httpx2.Client, api) -> None:
    """And its file may be corrupt, which clients then meet."""
    eloqua.set(sync_timing="instant")
    eloqua.seed(contacts=[{"emailAddress": f"n{number:03}@example.test"} for number in range(130)])
    fields = {"Address": "{{Contact.Field(C_EmailAddress)}}"}
    made = api("POST", "/contacts/exports", {"name": "All", "fields": fields})
    sync = _run(eloqua, api, made["uri"])

    first, second = browser.get(f"/bulk{sync}").text, browser.get(f"/bulk{sync}", params={"begin": "100"}).text
    assert ("n099@example.test" in first, "n100@example.test" in first) == (True, False)
    assert "n129@example.test" in second

    assert "It is told: corrupt." in browser.post(f"/bulk{sync}", data={"command": "corrupt"}).text
    with pytest.raises(AssertionError):
        api("GET", f"{sync}/data")


def test_a_sync_is_held_and_fails_on_demand(eloqua: EloquaSite, browser: httpx2.Client, api, imported: str) -> None:
    """What has ended obeys no more."""
    eloqua.set(sync_timing="manual")
    sync = api("POST", "/syncs", {"syncedInstanceUri": "/contacts/imports/1"})["uri"]

    held = browser.post(f"/bulk{sync}", data={"command": "hold"}).text
    assert 'hx-trigger="every 1s"' in held
    assert '<span class="tag">hold</span>' in held
    browser.post(f"/bulk{sync}", data={"command": "fail"})
    eloqua.site.jobs.join(20)
    assert '<span class="status error">' in browser.get(f"/bulk{sync}").text

    refused = browser.post(f"/bulk{sync}", data={"command": "release"})
    assert refused.status_code == 409
    assert "has ended" in refused.text
    assert browser.post(f"/bulk{sync}", data={"command": "dance"}).status_code == 400


@pytest.mark.parametrize("path", ["/bulk/syncs/9", "/bulk/imports/9", "/bulk/dances/1"])
def test_what_is_not_there_is_a_404(browser: httpx2.Client, path: str) -> None:
    """Whatever it is called."""
    assert browser.get(path).status_code == 404
