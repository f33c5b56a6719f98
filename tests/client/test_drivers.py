"""The two drivers on the wire: what is sent, what is heard of it, and that no secret is told to anybody."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import httpx2
import pytest
import respx
from tests.client.by_hand import READING, answer, known

from eloqua_client import UNPACED, AsyncEloqua, Basic, Eloqua, EloquaError, Hooks, Manners, OAuth, Tokens
from eloqua_client.calls import Answer, Call
from eloqua_client.driving import USER_AGENT, AsyncDriver
from eloqua_client.errors import ConnectionTrouble, UntrustedServer
from eloqua_client.session import Session
from mock_eloqua import MockEloqua

BASIC = Basic("MockCo", "api.user", "s3cret")
LOGIN = "https://login.eloqua.com"
ONCE = Manners(attempts=1)
SECRETS = ["s3cret", "Basic TW9ja0NvXGFwaS51c2VyOnMzY3JldA==", "the-access", "the-refresh", "the-code", "the-client"]


class Wire(httpx2.MockTransport):
    """respx answers httpx2: its routes take requests of httpx, which have the same parts."""

    def __init__(self, routes: respx.MockRouter) -> None:
        def answered(request: httpx2.Request) -> httpx2.Response:
            import httpx

            seen = httpx.Request(request.method, str(request.url), headers=request.headers.raw, content=request.content)
            try:
                found = routes.handler(seen)
            except httpx.TransportError as error:
                raise getattr(httpx2, type(error).__name__)(str(error), request=request) from error
            return httpx2.Response(found.status_code, headers=found.headers.raw, content=found.read())

        super().__init__(answered)


@pytest.fixture
def routes() -> Iterator[respx.MockRouter]:
    with respx.MockRouter(using=None, assert_all_called=False) as made:
        yield made


Identify = Callable[..., Any]


@pytest.fixture(params=["waiting", "awaiting"])
def identify(request: pytest.FixtureRequest, routes: respx.MockRouter) -> Identify:
    """Who is signed in, by either client."""

    def waiting(auth: Any = BASIC, **options: Any) -> Any:
        with Eloqua(auth, transport=Wire(routes), **options) as eloqua:
            return eloqua.identity()

    def awaiting(auth: Any = BASIC, **options: Any) -> Any:
        async def main() -> Any:
            async with AsyncEloqua(auth, transport=Wire(routes), **options) as eloqua:
                return await eloqua.identity()

        return anyio.run(main)

    return waiting if request.param == "waiting" else awaiting


def test_what_goes_over_the_wire(routes, identify):
    """Signed, for JSON, by a name of ours."""
    asked = routes.get(f"{LOGIN}/id").respond(200, json=known().json())

    assert identify().username == "user1"
    sent = asked.calls.last.request
    assert sent.headers["authorization"] == "Basic TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="
    assert (sent.headers["accept"], sent.headers["user-agent"]) == ("application/json", USER_AGENT)
    assert "content-type" not in sent.headers


def test_hooks_are_told_of_each_call_on_the_wire(routes, identify):
    """Repetitions too; of those without an answer only that they left."""
    routes.get(f"{LOGIN}/id").side_effect = [
        _response(503),
        _error("ReadTimeout"),
        _response(200, json=known().json()),
    ]
    sent: list[Call] = []
    heard: list[tuple[Call, Answer, float]] = []
    hooks = Hooks(sent.append, lambda *told: heard.append(told))
    identify(manners=Manners(first_pause=0.001), hooks=hooks)

    assert [str(each) for each in sent] == [f"GET {LOGIN}/id"] * 3
    assert [answered.status for _, answered, _ in heard] == [503, 200]
    assert all(seconds >= 0 for _, _, seconds in heard)


@pytest.mark.parametrize("name", ["ConnectError", "ConnectTimeout", "PoolTimeout"])
def test_what_did_not_leave_was_not_sent(routes, identify, name):
    """So that even a POST may be repeated."""
    routes.get(f"{LOGIN}/id").side_effect = _error(name)

    with pytest.raises(ConnectionTrouble, match=name) as caught:
        identify(manners=ONCE)
    assert not caught.value.was_sent


@pytest.mark.parametrize("name", ["ReadTimeout", "ReadError", "RemoteProtocolError", "WriteError"])
def test_what_left_may_have_been_carried_out(routes, identify, name):
    """A slow answer, a reset, half an answer."""
    routes.get(f"{LOGIN}/id").side_effect = _error(name)

    with pytest.raises(ConnectionTrouble, match=name) as caught:
        identify(manners=ONCE)
    assert caught.value.was_sent


def test_a_certificate_that_nobody_vouches_for_is_no_trouble_that_passes(tmp_path):
    """It is said at once, over the wire of a server that is real."""
    calls: list[Call] = []
    hooks = Hooks(on_request=calls.append)

    async def awaiting(login_url: str) -> None:
        async with AsyncEloqua(BASIC, login_url=login_url, hooks=hooks) as eloqua:
            await eloqua.identity()

    said = pytest.raises(UntrustedServer, match=r"^GET .*/id: not sent: .*certificate.*SSL_CERT_FILE")
    with MockEloqua(tls=True, ca_folder=tmp_path) as untrusted:
        with Eloqua(BASIC, login_url=untrusted.login_url, hooks=hooks) as eloqua, said:
            eloqua.identity()
        with said:
            anyio.run(awaiting, untrusted.login_url)
    assert len(calls) == 2


@pytest.mark.parametrize("address", ["login.eloqua.com", "ftp://login.eloqua.com", "https://[::1"])
def test_an_address_that_is_none_is_trouble_of_the_tree(address):
    """No error of the library escapes."""
    transport = httpx2.HTTPTransport(verify=False)
    with Eloqua(BASIC, login_url=address, manners=ONCE, transport=transport) as eloqua, pytest.raises(EloquaError):
        eloqua.identity()


@pytest.mark.parametrize("token", ["the-access\n", "the-access\r\nx: y", "the-accéss"])
@pytest.mark.parametrize("kind", [Eloqua, AsyncEloqua])
def test_a_token_that_no_header_can_hold_is_not_told(eloqua, kind, token):
    """As it is when somebody reads it from a file: the library's error quotes it."""
    auth = OAuth("client-id", "the-client", tokens=Tokens(token, "", 9e9))

    def waiting():
        with Eloqua(auth, login_url=eloqua.login_url, transport=httpx2.HTTPTransport(verify=False)) as client:
            client.identity()

    async def awaiting():
        transport = httpx2.AsyncHTTPTransport(verify=False)
        async with AsyncEloqua(auth, login_url=eloqua.login_url, transport=transport) as client:
            await client.identity()

    with pytest.raises(EloquaError, match="line ends") as caught:
        waiting() if kind is Eloqua else anyio.run(awaiting)
    assert "the-acc" not in "".join(traceback.format_exception(caught.value))


def test_no_secret_is_in_any_text(routes, identify, caplog):
    """`repr`, `str`, tracebacks and log records, with everything logged."""
    caplog.set_level(logging.DEBUG)
    token = {"access_token": "the-access", "refresh_token": "the-refresh", "expires_in": 28800}
    routes.post(f"{LOGIN}/auth/oauth2/token").respond(200, json=token, headers={"set-cookie": "the-code"})
    routes.get(f"{LOGIN}/id").respond(403, json="No.", headers={"set-cookie": "the-code"})
    told: list[Any] = []
    hooks = Hooks(told.append, lambda *each: told.extend(each))
    saved: list[Tokens] = []
    oauth = OAuth("client-id", "the-client", code="the-code", password=("MockCo", "u", "s3cret"), save=saved.append)
    for auth in (oauth, BASIC):
        with pytest.raises(EloquaError) as caught:
            identify(auth, manners=ONCE, hooks=hooks)
        told += [caught.value, "".join(traceback.format_exception(caught.value)), auth, caught.value.answer]
    told += [*saved, *caplog.messages, caplog.text]
    texts = [f"{each} {each!r}" for each in told]

    assert saved
    assert len(texts) > 12
    assert [(secret, text) for secret in SECRETS for text in texts if secret in text] == []


@pytest.mark.parametrize("kind", [Eloqua, AsyncEloqua])
def test_closing_lets_go_of_the_transport(kind):
    """Also one that was handed in."""
    closed = []

    class Transport(httpx2.MockTransport):
        def close(self):
            closed.append(self)

        async def aclose(self):
            closed.append(self)

    transport = Transport(lambda _: httpx2.Response(200, json="Not authenticated."))

    async def awaiting():
        async with AsyncEloqua(BASIC, transport=transport):
            pass

    if kind is Eloqua:
        with Eloqua(BASIC, transport=transport):
            pass
    else:
        anyio.run(awaiting)
    assert closed == [transport]


def test_workers_that_share_a_client_renew_once(routes):
    """Whose token has ended for all of them at the same time."""
    asked = routes.post(f"{LOGIN}/auth/oauth2/token").respond(200, json={"access_token": "a", "expires_in": 28800})
    routes.get(f"{LOGIN}/id").respond(200, json=known().json())
    routes.get(path="/API/REST/2.0/data/contact/1").respond(200, json={"id": "1"})
    auth = OAuth("client-id", "the-client", refresh_token="the-refresh")
    found = []

    async def main():
        driver = AsyncDriver(Session(auth, manners=UNPACED), Wire(routes), Hooks())

        async def one():
            found.append(await driver.run(driver.session.json(READING)))

        async with anyio.create_task_group() as workers:
            for _ in range(5):
                workers.start_soon(one)
        await driver.close()

    anyio.run(main)

    assert found == [{"id": "1"}] * 5
    assert asked.call_count == 1


def _response(status, **options):
    import httpx

    return httpx.Response(status, **options)


def _error(name):
    import httpx

    return getattr(httpx, name)("broken")


def test_by_hand_and_on_the_wire_an_answer_is_the_same(routes, identify):
    """The helper of these tests says what the wire says."""
    routes.get(f"{LOGIN}/id").respond(200, json=known().json(), headers={"X-Request-Id": "abc"})
    heard = []
    identify(hooks=Hooks(on_response=lambda _, told, __: heard.append(told)))

    (told,) = heard
    assert (told.json(), told.request_id) == (known().json(), "abc")
    assert answer(200, x_request_id="abc").request_id == told.request_id
