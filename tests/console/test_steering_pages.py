"""Thresholds, faults, settings, releases and snapshots in the console: the same as with the control API."""

from __future__ import annotations

import httpx2
import pytest

from mock_eloqua.embedded import EloquaSite


def _get(eloqua: EloquaSite, path: str = "/API/REST/2.0/data/contacts") -> int:
    return httpx2.get(f"{eloqua.base_url}{path}", auth=eloqua.basic_auth, verify=False).status_code


def test_a_limit_is_set_and_enforced(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """What it refuses stands in the report; a call before stands on its page."""
    assert _get(eloqua) == 200
    assert "rest-daily" in browser.get("/thresholds").text

    browser.post("/thresholds/rest-daily", data={"limit": "5", "used": "5", "enforced": "true"})

    assert _get(eloqua) == 429
    assert "<code>" not in browser.get("/thresholds/rest-daily").text
    assert "rest-daily" in browser.get("/thresholds/report").text
    browser.post("/thresholds/rest-daily", data={"limit": "5"})
    assert _get(eloqua) == 200


@pytest.mark.parametrize(
    ("name", "form", "status"),
    [
        ("rest-daily", {"limit": "many"}, 400),
        ("export-fields", {"used": "3"}, 400),
        ("nothing", {"limit": "3"}, 400),
    ],
)
def test_what_a_threshold_does_not_take_is_refused(browser: httpx2.Client, name: str, form, status: int) -> None:
    """With a line that says what it takes."""
    assert browser.post(f"/thresholds/{name}", data=form).status_code == status


def test_a_fault_is_put_in_strikes_and_is_taken_out(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Its hits are counted."""
    form = {"face": "rest", "method": "GET", "path": "/API/REST/*/data/contacts", "status": "503", "times": "2"}
    assert "Fault 1 is in." in browser.post("/faults", data=form | {"user": "", "after": ""}).text

    assert [_get(eloqua) for _ in range(3)] == [503, 503, 200]
    assert [(each.seen, each.hits) for each in eloqua.control.faults().items] == [(3, 2)]
    assert "status 503" in browser.get("/faults").text
    assert "Fault 1 is out." in browser.post("/faults/1/out").text
    assert not eloqua.control.faults().items
    assert browser.post("/faults/1/out").status_code == 404


@pytest.mark.parametrize("form", [{}, {"status": "soon"}, {"delay_seconds": "nan"}, {"face": "door", "status": "500"}])
def test_a_fault_that_cannot_be_is_refused(eloqua: EloquaSite, browser: httpx2.Client, form: dict[str, str]) -> None:
    """And none is there."""
    assert browser.post("/faults", data=form).status_code == 400
    assert not eloqua.control.faults().items


def test_an_outage_begins_and_ends_and_the_site_moves(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """All faults go at once."""
    browser.post("/faults/outage", data={"on": "true", "login": "1", "syncs": "retry"})
    assert _get(eloqua) == 503
    assert "the login host too; syncs: retry" in browser.get("/faults").text
    browser.post("/faults/outage", data={"on": "false"})
    assert _get(eloqua) == 200

    assert "The site is on p06." in browser.post("/faults/pod", data={"to": "p06"}).text
    assert browser.post("/faults/pod", data={"to": "p99"}).status_code == 400
    browser.post("/faults/pod", data={"to": "p04"})

    for _ in range(2):
        browser.post("/faults", data={"status": "500"})
    browser.post("/faults/none")
    assert not eloqua.control.faults().items


def test_a_switch_is_turned_and_comes_back(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Changed ones stand first; what it does not take is refused."""
    for name, value in (("put_semantics", "merge"), ("corrupt_file_status", "503"), ("send_retry_after", "true")):
        assert browser.post(f"/settings/{name}", data={"value": value}).status_code == 200
    browser.post("/settings/sync_pending_seconds", data={"value": "0.5"})

    found = eloqua.control.settings()
    assert (found["put_semantics"], found["corrupt_file_status"]) == ("merge", 503)
    assert (found["send_retry_after"], found["sync_pending_seconds"]) == (True, 0.5)
    listed = browser.get("/settings").text
    assert "4 of " in listed
    assert listed.index('id="put_semantics"') < listed.index('id="basic_slash_separator"')

    assert browser.post("/settings/put_semantics", data={"value": "maybe"}).status_code == 400
    assert browser.post("/settings/login_attempts", data={"value": "few"}).status_code == 400
    assert browser.post("/settings/nothing", data={"value": "x"}).status_code == 400
    assert browser.post("/settings/nothing", data={"default": "1"}).status_code == 400
    browser.post("/settings/put_semantics", data={"default": "1"})
    assert eloqua.control.settings()["put_semantics"] == "replace"


def test_releases_and_single_changes_are_chosen(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """As with the control API."""
    browser.post("/settings/releases", data={"release": "18D"})
    browser.post("/settings/releases/import-rule", data={"is": "on"})

    found = eloqua.control.releases()
    assert found.release == "18D"
    assert {each.name: (each.is_on, each.is_overridden) for each in found.changes}["import-rule"] == (True, True)
    browser.post("/settings/releases/import-rule", data={"is": "release"})
    assert {each.name: each.is_on for each in eloqua.control.releases().changes}["import-rule"] is False
    assert browser.post("/settings/releases", data={"release": "99Z"}).status_code == 400
    assert browser.post("/settings/releases/nothing", data={"is": "on"}).status_code == 400


def test_a_snapshot_is_taken_carried_away_and_brought_back(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Under a name with anything in it."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    name = "before/after 50% ä"
    assert browser.post("/snapshots", data={"name": name}).status_code == 200
    path = "/snapshots/before%2Fafter%2050%25%20%C3%A4"
    content = browser.get(path).content
    browser.post(f"{path}/delete")
    assert browser.get(path).status_code == 404
    eloqua.reset()

    sent = browser.post("/snapshots/upload", data={"name": ""}, files={"file": ("mine.db", content)})
    assert "&#39;mine&#39; is kept." in sent.text
    assert browser.post("/snapshots/mine/restore").status_code == 200
    assert eloqua.contact("ada@example.test")
    assert "is forgotten" in browser.post("/snapshots/mine/delete").text


@pytest.mark.parametrize(
    "sent",
    [
        {"files": {"file": ("mine.db", b"no snapshot")}},
        {"files": {"file": ("mine.db", b"")}},
        {"data": {"name": "mine"}},
        {"content": b"--x\r\n\r\n", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"content-type": "multipart/form-data; boundary=x"}},
    ],
)
def test_a_file_that_is_no_snapshot_is_refused(eloqua: EloquaSite, browser: httpx2.Client, sent) -> None:
    """And kept nowhere."""
    before = eloqua.control.snapshots().items

    assert browser.post("/snapshots/upload", **sent).status_code == 400
    assert eloqua.control.snapshots().items == before
