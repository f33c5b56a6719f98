"""The console of a server with a control token: a browser signs in, and forms of other pages stay out."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from mock_eloqua.house import application
from mock_eloqua.server import BackgroundServer, listen
from mock_eloqua.site import Options
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place

PAGES = f"/_mock/ui/{DEFAULT_SITE}"


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The address of a server with a token."""
    sites = Sites(place("memory", DEFAULT_SITE), Options())
    server = BackgroundServer(application(sites, control_token="t0ken"), listen("127.0.0.1", 0))
    server.start()
    yield server.base_url
    server.stop()
    sites.close()


@pytest.fixture
def guest(guarded: str) -> Iterator[httpx2.Client]:
    """A browser that has not signed in; its forms say where they were."""
    with httpx2.Client(base_url=guarded, headers={"Origin": guarded}, follow_redirects=True) as client:
        yield client


@pytest.fixture
def member(guest: httpx2.Client) -> httpx2.Client:
    """One that has."""
    assert guest.post("/_mock/ui/sign-in", data={"token": "t0ken"}).status_code == 200
    return guest


def test_a_browser_signs_in_and_comes_to_where_it_was_going(guest: httpx2.Client) -> None:
    """The cookie is for these pages only, no script reads it, and it does not tell the token."""
    asked = guest.get(f"{PAGES}/requests")
    assert 'name="to" value="/_mock/ui/MockCo/requests"' in asked.text

    entered = guest.post("/_mock/ui/sign-in", data={"token": "t0ken", "to": f"{PAGES}/requests"})

    assert entered.url.path == f"{PAGES}/requests"
    cookie = entered.history[0].headers["set-cookie"]
    assert {"HttpOnly", "Path=/_mock/ui", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert "t0ken" not in cookie
    assert guest.get(PAGES).status_code == 200
    assert "/_mock/docs" not in guest.get(PAGES).text


def test_a_wrong_token_lets_nobody_in(guest: httpx2.Client) -> None:
    """Neither does no cookie, another one, or a part of a page."""
    refused = guest.post("/_mock/ui/sign-in", data={"token": "token"})

    assert refused.status_code == 403
    assert "That is not the token." in refused.text
    assert guest.get(PAGES).url.path == "/_mock/ui/sign-in"
    assert guest.get(PAGES, headers={"Cookie": "mock_eloqua_console=t0ken"}).url.path == "/_mock/ui/sign-in"
    assert guest.get(PAGES, headers={"HX-Request": "true"}).status_code == 401
    assert guest.post(f"{PAGES}/requests/forget").status_code == 401
    assert guest.get("/_mock/ui/static/console.css").status_code == 200


def test_the_cookie_opens_the_pages_and_nothing_else(member: httpx2.Client) -> None:
    """The control API takes its bearer header, there as on the pages."""
    assert member.get("/_mock/requests").status_code == 401
    assert member.get("/_mock/uix").status_code == 401
    assert member.get("/_mock/requests", headers={"Authorization": "Bearer t0ken"}).status_code == 200


@pytest.mark.parametrize("origin", ["https://elsewhere.test", "null", "http://127.0.0.1:1", "http://[", ""])
def test_a_form_of_another_page_is_refused(member: httpx2.Client, origin: str) -> None:
    """Though the browser had sent the cookie; also that of the sign-in page."""
    for path in (f"{PAGES}/requests/forget", "/_mock/ui/sign-in"):
        assert member.post(path, headers={"Origin": origin}, data={"token": "t0ken"}).status_code == 403
    assert member.post(f"{PAGES}/requests/forget").status_code == 200


def test_nobody_is_led_elsewhere_after_signing_in(guest: httpx2.Client) -> None:
    """An address that is none of ours is passed over."""
    for to in ("https://elsewhere.test/", "//elsewhere.test", "/_mock/reset"):
        answer = guest.post("/_mock/ui/sign-in", data={"token": "t0ken", "to": to}, follow_redirects=False)
        assert answer.headers["location"] == "/_mock/ui"


def test_signing_out_forgets_the_cookie(member: httpx2.Client) -> None:
    """The next page asks again."""
    member.post("/_mock/ui/sign-out")

    assert member.get(PAGES).url.path == "/_mock/ui/sign-in"


@pytest.mark.parametrize("origin", ["https://elsewhere.test", "null"])
def test_without_a_token_forms_of_other_pages_are_refused_too(eloqua, origin: str) -> None:
    """This machine is let in, but not what some page makes its browser send."""
    answer = httpx2.post(
        f"{eloqua.base_url}/_mock/ui/{eloqua.name}/requests/forget", headers={"Origin": origin}, verify=False
    )

    assert answer.status_code == 403
