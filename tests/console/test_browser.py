"""The console in Chromium: what moves by itself, what the keyboard does, and that nobody is shut out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.browsing import MISSING, Work, chromium, running

from mock_eloqua.embedded import EloquaSite

pytestmark = [pytest.mark.foreign, pytest.mark.skipif(chromium() is None, reason=MISSING)]

AXE = Path(__file__).parent / "axe"
PAGES = (
    "",
    "/requests",
    "/requests/1",
    "/contacts",
    "/contacts/1",
    "/contacts/new",
    "/contacts/99",
    "/assets",
    "/assets/contact-list",
    "/assets/customObject/1",
    "/assets/customObject-instance/of/1",
    "/bulk",
    "/bulk/imports/1",
    "/bulk/syncs/1",
    "/bulk/syncs/2",
    "/users",
    "/users/rights",
    "/groups",
    "/groups/5",
    "/oauth",
    "/thresholds",
    "/thresholds/rest-daily",
    "/thresholds/report",
    "/faults",
    "/settings",
    "/settings/releases",
    "/snapshots",
)
"""One of each sort."""


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with running() as browser:
        yield browser


@pytest.fixture
def page(eloqua: EloquaSite, started: Browser) -> Iterator[Page]:
    """A page of a new visitor, at whose end nothing was refused by a policy or broke in a script."""
    root = f"{eloqua.base_url}/_mock/ui/{eloqua.name}/"
    context = started.new_context(base_url=root, viewport={"width": 1280, "height": 800}, ignore_https_errors=True)
    context.set_default_timeout(10_000)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [each for each in wrong if "responded with a status of 40" not in each] == []


@pytest.fixture
def work(eloqua: EloquaSite) -> Iterator[Work]:
    """Calls of the APIs."""
    working = Work(eloqua)
    yield working
    working.close()


def test_the_vendored_file_is_the_one_that_was_taken() -> None:
    """Its digest stands beside it."""
    digest = hashlib.sha256((AXE / "axe.min.js").read_bytes()).hexdigest()

    assert digest in (AXE / "README.txt").read_text("utf-8")


@pytest.mark.parametrize("part", range(4))
def test_no_page_shuts_anybody_out(eloqua: EloquaSite, page: Page, work: Work, part: int) -> None:
    """axe-core finds nothing serious or critical: all rules in the light, and contrast in the dark as well."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test"}],
        lists=[{"name": "Friends", "members": ["ada@example.test"]}],
        activities=[{"type": "webVisit", "contact": "ada@example.test"}],
    )
    work.everything()
    page.context.add_init_script(path=AXE / "axe.min.js")
    found: dict[str, list[str]] = {}

    for path in PAGES[part::4]:
        page.emulate_media(color_scheme="light")
        page.goto(path.lstrip("/"))
        faults = _faults(page, {})
        page.emulate_media(color_scheme="dark")
        faults += _faults(page, {"runOnly": ["color-contrast"]})
        if faults:
            found[path] = faults

    assert found == {}


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    quickly = {"resultTypes": ["violations"], "preload": False, "iframes": False}
    answer = page.evaluate("options => axe.run(document, options)", options | quickly)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in answer["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def test_the_log_fills_while_an_import_runs(page: Page, work: Work) -> None:
    """Without a reload; a filter holds."""
    page.goto("requests?face=bulk")
    expect(page.get_by_text("No calls.")).to_be_visible()

    work.stage()
    work.call("GET", "/REST/2.0/data/contacts")
    work.sync("/contacts/imports/1")

    expect(page.get_by_role("cell", name="POST /API/Bulk/2.0/syncs")).to_be_visible()
    expect(page.locator("table.log tbody tr")).to_have_count(3)
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("/API/Bulk/2.0/contacts/imports")


def test_a_sync_is_seen_to_wait_and_to_end(eloqua: EloquaSite, page: Page, work: Work) -> None:
    """Its page moves by itself until it has ended, and then asks no more."""
    eloqua.set(sync_timing="manual")
    work.stage()
    work.call("POST", "/Bulk/2.0/syncs", {"syncedInstanceUri": "/contacts/imports/1"})
    page.goto("bulk")
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.locator("#sync .status")).to_have_text("pending")

    page.get_by_role("button", name="Release").click()

    expect(page.get_by_role("status")).to_have_text("It is told: release.")
    expect(page.locator("#sync .status")).to_have_text("warning")
    expect(page.get_by_role("cell", name="Contacts created.")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert asked == []


def test_a_contact_is_edited(eloqua: EloquaSite, page: Page) -> None:
    """And found by its new name; what REST refuses leaves what was typed in the form behind."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}])
    page.goto("contacts")
    page.get_by_role("link", name="1", exact=True).click()
    page.get_by_label("firstName").fill("Augusta")
    page.get_by_label("isSubscribed").select_option("false")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("It is changed.")
    assert (eloqua.contact("ada@example.test")["firstName"], eloqua.contact("ada@example.test")["isSubscribed"]) == (
        "Augusta",
        "false",
    )

    page.get_by_label("emailAddress").fill("nobody")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("EmailAddressRequirement")
    page.go_back()
    expect(page.get_by_label("emailAddress")).to_have_value("nobody")


def test_a_fault_is_put_in_seen_to_strike_and_taken_out(eloqua: EloquaSite, page: Page, work: Work) -> None:
    """The hits count by themselves."""
    page.goto("faults")
    page.get_by_label("Face").select_option("rest")
    page.get_by_label("Status").fill("503")
    page.get_by_role("button", name="Put it in").click()
    row = page.get_by_role("row", name="status 503")
    expect(row.get_by_role("cell").nth(4)).to_have_text("0")

    work.call("GET", "/REST/2.0/data/contacts")

    expect(row.get_by_role("cell").nth(4)).to_have_text("1")
    page.get_by_role("button", name="Take out fault 1").click()
    expect(page.get_by_text("There are none.")).to_be_visible()
    assert not eloqua.control.faults().items


def test_the_curl_line_is_copied(page: Page, work: Work) -> None:
    """With a button that is there only where scripts run."""
    work.call("GET", "/REST/2.0/data/contacts")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("requests/1")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()").startswith("curl -i -X GET http")


def test_the_keyboard_is_enough(eloqua: EloquaSite, page: Page) -> None:
    """Past the navigation, through it, and through a form."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}, {"emailAddress": "bob@example.test"}])
    page.goto("")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    page.goto("")
    _tab_to(page, "Contacts")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")
    _tab_to(page, "Search, as in REST")
    page.keyboard.type("bob*")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 to 1 of 1.")).to_be_visible()
    expect(page.get_by_role("cell", name="bob@example.test")).to_be_visible()


def test_what_moves_leaves_the_focus_where_it_is(page: Page, work: Work) -> None:
    """On the link of a call, while others come in above it."""
    work.call("GET", "/REST/2.0/data/contacts")
    page.goto("requests")
    first = page.get_by_role("link", name="1", exact=True)
    first.focus()

    work.call("GET", "/REST/2.0/data/accounts")

    expect(page.locator("table.log tbody tr")).to_have_count(2)
    expect(first).to_be_focused()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        has_it = "name => (document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim() === name"
        if page.evaluate(has_it, name):
            return
    pytest.fail(f"nothing that is called {name} can be reached with Tab")


def test_without_scripts_all_is_there(eloqua: EloquaSite, started: Browser, work: Work) -> None:
    """Forms and links are plain ones; what only a script does is hidden."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    root = f"{eloqua.base_url}/_mock/ui/{eloqua.name}/"
    with started.new_context(base_url=root, java_script_enabled=False, ignore_https_errors=True) as context:
        page = context.new_page()
        page.goto("contacts/1")
        page.get_by_role("button", name="Delete this Contact").click()
        expect(page.get_by_role("status")).to_have_text("The Contact 1 is gone.")
        work.call("GET", "/REST/2.0/data/contacts")
        page.goto("requests/1")
        expect(page.get_by_role("button", name="Copy")).to_be_hidden()
