"""Both flavours against an Eloqua that refuses, moves, ends tokens, breaks off and is slow."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import anyio
import httpx2
import pytest

from eloqua_client import (
    AuthenticationError,
    Basic,
    Hooks,
    Manners,
    NotFound,
    OAuth,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    Tokens,
    ValidationError,
)
from eloqua_client.calls import Call, json_call
from eloqua_client.driving import AsyncDriver, Driver
from eloqua_client.errors import ConnectionTrouble
from eloqua_client.session import Session
from mock_eloqua.embedded import EloquaSite

READING = json_call("rest", "GET", "/API/REST/2.0/data/contacts", params={"count": 1})
CREATING = json_call("rest", "POST", "/API/REST/2.0/data/contact", {"emailAddress": "ada@example.test"})
FIELDS = json_call("bulk", "GET", "/API/Bulk/2.0/contacts/fields")
CALLBACK = "https://example.com/callback"
EAGER = Manners(rest_calls_per_second=None, bulk_calls_per_day=None, attempts=3, first_pause=0.001)


class Client:
    """Calls for JSON by one flavour, in one session."""

    def __init__(self, flavour: str, session: Session) -> None:
        self._flavour, self.session = flavour, session

    def json(self, call: Call):
        if self._flavour == "waiting":
            driver = Driver(self.session, httpx2.HTTPTransport(verify=False), Hooks())
            try:
                return driver.run(self.session.json(call))
            finally:
                driver.close()
        return anyio.run(self._awaited, call)

    async def _awaited(self, call: Call):
        driver = AsyncDriver(self.session, httpx2.AsyncHTTPTransport(verify=False), Hooks())
        try:
            return await driver.run(self.session.json(call))
        finally:
            await driver.close()


Connect = Callable[..., Client]


@pytest.fixture(params=["waiting", "awaiting"])
def connect(request: pytest.FixtureRequest, eloqua: EloquaSite) -> Connect:
    """A client of the site of the test."""

    def made(auth=None, **manners):
        auth = auth or basic()
        return Client(
            request.param, Session(auth, login_url=eloqua.login_url, manners=Manners(**{**vars(EAGER), **manners}))
        )

    return made


def basic(password="s3cret", user="api.user"):
    return Basic("MockCo", user, password)


def asked(eloqua):
    """The paths of the calls so far, without the API's own beginning."""
    return [each.path for each in eloqua.requests()]


def test_a_contact_is_made_and_read(connect, eloqua):
    """From `/id` to the POD."""
    client = connect()

    assert client.json(CREATING)["emailAddress"] == "ada@example.test"
    assert client.json(READING)["total"] == 1
    assert [each.rpartition("/")[2] for each in asked(eloqua)] == ["id", "contact", "contacts"]


def test_a_wrong_password_is_an_authentication_error(connect):
    """At the first call, from the login host."""
    with pytest.raises(AuthenticationError, match="Not authenticated"):
        connect(basic("wrong")).json(READING)


@pytest.mark.parametrize("said", [{"enabled": False}, {"locked": True}, {"password_expired": True}, {"sso_only": True}])
def test_whoever_may_not_come_in_any_more_is_not_known_any_more(connect, eloqua, said):
    """platform.md 1.6, 1.8: no answer tells these apart."""
    client = connect()
    client.json(READING)
    eloqua.control.set_user("api.user", **said)

    with pytest.raises(AuthenticationError):
        client.json(READING)


def test_a_missing_right_is_told_apart_from_a_wrong_password(connect):
    """403 from REST, 401 from Bulk (platform.md 3.6)."""
    for call in (READING, FIELDS):
        with pytest.raises(PermissionDenied):
            connect(basic(user="no.api")).json(call)


def test_a_site_that_moved_is_found_again(connect, eloqua):
    """[doc] platform.md 1.6: 401 at the old base URL, and the login host names the new one."""
    client = connect()
    client.json(READING)
    eloqua.move("p06")

    assert client.json(CREATING)["emailAddress"] == "ada@example.test"
    assert client.session.base_url.endswith("/pod/p06")
    assert [each.status for each in eloqua.requests(path="*contact")] == [401, 201]


def test_a_token_that_ended_is_renewed(connect, eloqua):
    """[notice] platform.md 1.5: 8 hours by the clock of the site, which is ahead of ours."""
    saved: list[Tokens] = []
    auth = OAuth("client-id", "client-secret", refresh_token="refresh-token", save=saved.append)
    client = connect(auth)
    client.json(READING)
    eloqua.clock.advance(hours=9)

    assert client.json(READING)["elements"] == []
    assert len({each.refresh_token for each in saved}) == 2
    assert len({each.access_token for each in saved}) == 2


def test_threads_that_share_a_client_renew_once(eloqua):
    """They wait for the one that does."""
    auth = OAuth("client-id", "client-secret", refresh_token="refresh-token")
    driver = Driver(
        Session(auth, login_url=eloqua.login_url, manners=EAGER), httpx2.HTTPTransport(verify=False), Hooks()
    )
    with ThreadPoolExecutor(5) as threads:
        found = list(threads.map(lambda _: driver.run(driver.session.json(READING))["total"], range(10)))
    driver.close()

    assert found == [0] * 10
    assert len(eloqua.requests(path="*/token")) == 1


def test_saved_tokens_serve_the_next_run(connect):
    """One refresh token serves once."""
    saved: list[Tokens] = []
    first = OAuth("client-id", "client-secret", refresh_token="refresh-token", save=saved.append)
    connect(first).json(READING)
    connect(OAuth("client-id", "client-secret", tokens=saved[-1])).json(READING)
    connect(OAuth("client-id", "client-secret", refresh_token=saved[-1].refresh_token, save=saved.append)).json(READING)

    assert len(saved) == 2
    with pytest.raises(AuthenticationError, match="sign in anew"):
        connect(OAuth("client-id", "client-secret", refresh_token="refresh-token")).json(READING)


def test_a_password_signs_in_once_a_minute(connect, eloqua):
    """[notice] platform.md 1.5: 429 is no wrong password."""

    def by_password():
        return OAuth("client-id", "client-secret", password=("MockCo", "api.user", "s3cret"))

    connect(by_password()).json(READING)

    with pytest.raises(ThresholdExceeded):
        connect(by_password()).json(READING)
    eloqua.clock.advance(minutes=1)
    connect(by_password()).json(READING)


def test_a_code_of_the_consent_page_becomes_tokens(connect, eloqua):
    """From the address for the browser to the saved tokens ([doc] platform.md 1.4)."""
    auth = OAuth("client-id", "client-secret", redirect_uri=CALLBACK)
    page = auth.authorization_url("s t&", login_url=eloqua.login_url)
    form = {"username": "MockCo\\api.user", "password": "s3cret", "decision": "accept"}
    back = httpx2.post(page, data=form, verify=False).headers["location"]
    found = dict(parse_qsl(urlsplit(back).query))
    saved: list[Tokens] = []
    signed_in = OAuth("client-id", "client-secret", redirect_uri=CALLBACK, code=found["code"], save=saved.append)

    assert found["state"] == "s t&"
    assert connect(signed_in).json(READING)["elements"] == []
    assert signed_in.tokens == saved[0]
    with pytest.raises(AuthenticationError):  # a code serves once
        connect(OAuth("client-id", "client-secret", redirect_uri=CALLBACK, code=found["code"])).json(READING)


def test_a_refresh_whose_answer_was_lost_is_not_sent_twice(connect, eloqua):
    """The old token is dead and nobody has the new one: the user signs in anew ([doc] platform.md 1.6)."""
    eloqua.control.set_client("client-id", next_refresh="lost")
    client = connect(OAuth("client-id", "client-secret", refresh_token="refresh-token"))
    with pytest.raises(ServerTrouble):
        client.json(READING)
    assert len(eloqua.requests(path="*/token")) == 1
    with pytest.raises(AuthenticationError, match="sign in anew"):
        client.json(READING)


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 503},
        {"drop": "before"},
        {"drop": "after"},
        {"cutAfter": 20},
        {"contentType": "text/html", "body": "<html>Sorry</html>", "status": 200},
        {"status": 429},
    ],
    ids=str,
)
def test_reading_gets_over_trouble(connect, eloqua, trouble):
    """An outage, a lost connection, half an answer, an error page, a threshold: twice, and then it is over."""
    fault = eloqua.fault(face="rest", times=2, **trouble)

    assert connect().json(READING)["elements"] == []
    assert fault.hits == 2


@pytest.mark.parametrize("trouble", [{"status": 503}, {"drop": "after"}, {"cutAfter": 5}], ids=str)
def test_a_contact_is_not_made_twice(connect, eloqua, trouble):
    """Nobody knows whether it was made: the caller has to look."""
    fault = eloqua.fault(face="rest", method="POST", **trouble)

    with pytest.raises(ServerTrouble) as caught:
        connect().json(CREATING)
    assert (fault.hits, caught.value.was_sent) == (1, True)


def test_deleting_is_repeated_and_has_succeeded(connect, eloqua):
    """The answer to the first attempt was lost."""
    client = connect()
    made = client.json(CREATING)
    eloqua.fault(face="rest", method="DELETE", drop="after", times=1)

    assert client.json(json_call("rest", "DELETE", f"/API/REST/2.0/data/contact/{made['id']}")) is None
    with pytest.raises(NotFound):
        client.json(json_call("rest", "GET", f"/API/REST/2.0/data/contact/{made['id']}"))


def test_a_slow_answer_is_given_up(connect, eloqua):
    """`Manners.timeout`."""
    eloqua.fault(face="rest", delaySeconds=1)

    with pytest.raises(ConnectionTrouble, match="ReadTimeout") as caught:
        connect(timeout=0.05, attempts=1).json(READING)
    assert caught.value.was_sent


def test_an_outage_of_the_login_host_passes(connect, eloqua):
    """503 from `/id`."""
    eloqua.fault(face="login", status=503, times=2)

    assert connect().json(READING)["elements"] == []


def test_a_daily_threshold_is_an_error_of_its_own(connect, eloqua):
    """platform.md 4: 429, however often one asks."""
    eloqua.fault(face="bulk", status=429)

    with pytest.raises(ThresholdExceeded) as caught:
        connect().json(FIELDS)
    assert caught.value.status == 429


def test_a_refusal_says_what_is_wrong(connect):
    """The list of failures of REST."""
    with pytest.raises(ValidationError) as caught:
        connect().json(json_call("rest", "POST", "/API/REST/2.0/data/contact", {"emailAddress": "no address"}))
    assert [each.where for each in caught.value.failures] == ["emailAddress"]
