"""Faults on demand (platform.md 7.1: what nobody can provoke in a sandbox)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua import house
from mock_eloqua.control_client import ControlError
from mock_eloqua.embedded import EloquaSite
from mock_eloqua.trouble import FACES, Fault
from mock_eloqua.web.faults import Dropped

REST = "/API/REST/1.0/data/contacts"
BULK = "/API/Bulk/2.0/contacts/fields"
SOAP = "/API/1.2/Service.svc"
FACES_AND_PATHS = {"rest": REST, "bulk": BULK, "login": "/id"}
ENVELOPE = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
<o:Security xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><o:UsernameToken>
<o:Username>MockCo\\api.user</o:Username><o:Password>s3cret</o:Password></o:UsernameToken></o:Security></s:Header>
<s:Body><ListEntityTypes xmlns="https://secure.eloqua.com/API/1.2"/></s:Body></s:Envelope>"""


@pytest.fixture
def client(eloqua: EloquaSite) -> Iterator[httpx2.Client]:
    """Signed in, over a socket; nothing looks at its answers."""
    with httpx2.Client(base_url=eloqua.base_url, auth=eloqua.basic_auth, verify=False, timeout=20) as client:
        yield client


def soap(client: Any) -> httpx2.Response:
    """A call of an operation."""
    answer: httpx2.Response = client.post(SOAP, content=ENVELOPE, headers={"Content-Type": "text/xml"}, auth=None)
    return answer


@pytest.mark.parametrize(
    ("face", "status", "kind", "body"),
    [
        ("rest", 400, "application/json", b'[{"type":"ObjectValidationError"'),
        ("rest", 401, "application/json", b'"Not authenticated."'),
        ("rest", 404, None, b""),
        ("rest", 503, "text/html; charset=utf-8", b"<html>"),
        ("bulk", 400, "application/json; charset=utf-8", b'{"failures":[{"field"'),
        ("bulk", 401, None, b""),
        ("bulk", 429, None, b""),
        ("bulk", 502, "text/html; charset=utf-8", b"<html>"),
        ("login", 401, "application/json; charset=utf-8", b'"Not authenticated."'),
        ("login", 500, "text/html; charset=utf-8", b"<html>"),
    ],
)
def test_a_status_comes_in_the_shape_of_its_face(
    eloqua: EloquaSite, client: httpx2.Client, face: str, status: int, kind: str | None, body: bytes
) -> None:
    """platform.md 5.4: five shapes in one product, and HTML where no JSON is to be expected."""
    eloqua.fault(face=face, status=status, times=1)

    answer = client.get(FACES_AND_PATHS[face])

    assert (answer.status_code, answer.headers.get("content-type")) == (status, kind)
    assert answer.content.startswith(body)
    assert client.get(FACES_AND_PATHS[face]).status_code == 200


@pytest.mark.parametrize(("status", "said"), [(500, "InternalServiceFault"), (401, "FailedAuthentication")])
def test_soap_says_it_with_a_fault(eloqua: EloquaSite, client: httpx2.Client, status: int, said: str) -> None:
    """soap-1.2.md 5."""
    eloqua.fault(face="soap", status=status, user="api.user", times=1)

    answer = soap(client)

    assert (answer.status_code, said in answer.text) == (status, True)
    assert soap(client).status_code == 200


@pytest.mark.parametrize("face", ["images", "redirects"])
def test_other_faces_are_struck_too(eloqua: EloquaSite, client: httpx2.Client, face: str) -> None:
    """Callers without credentials are of the default site."""
    eloqua.fault(face=face, status=503)

    path = {"images": "/EloquaImages/clients/MockCo/x.png", "redirects": "/e/er?lid=1"}[face]

    assert client.get(path).status_code == 503


def test_a_body_of_ones_own(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """Word for word, and nothing is done."""
    eloqua.fault(method="post", status=418, body='{"tea": true}', content_type="application/tea")

    answer = client.post("/API/REST/1.0/data/contact", json={"emailAddress": "a@b.test"})

    assert (answer.status_code, answer.text) == (418, '{"tea": true}')
    assert answer.headers["content-type"] == "application/tea"
    assert client.get(REST).json()["total"] == 0


def test_a_wrong_content_type_comes_with_the_right_answer(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """Work is done."""
    eloqua.fault(content_type="text/html")

    answer = client.get(REST)

    assert (answer.headers["content-type"], answer.json()["elements"]) == ("text/html", [])


@pytest.mark.parametrize(("drop", "done"), [("before", 0), ("after", 1)])
def test_a_connection_is_dropped_before_or_after_the_work(
    eloqua: EloquaSite, client: httpx2.Client, drop: str, done: int
) -> None:
    """A client that tries again must not make a second contact."""
    eloqua.fault(path="*/data/contact", drop=drop, times=1)

    with pytest.raises(httpx2.RemoteProtocolError):
        client.post("/API/REST/1.0/data/contact", json={"emailAddress": "a@b.test"})

    assert client.get(REST).json()["total"] == done
    (call,) = eloqua.requests(path="*/data/contact")
    assert (call.status, call.fault, call.user) == (0, f"fault 1: dropped {drop} the work", "api.user")


def test_a_body_is_cut(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """The length that was promised never comes."""
    eloqua.fault(face="bulk", cut_after=10)

    with pytest.raises(httpx2.RemoteProtocolError, match="received 10 bytes, expected"):
        client.get(BULK)
    assert client.get(REST).status_code == 200


def test_an_answer_is_late_and_others_are_not(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """The event loop goes on."""
    eloqua.fault(path=REST, delay_seconds=0.3)

    async def both() -> list[str]:
        order: list[str] = []
        async with httpx2.AsyncClient(base_url=eloqua.base_url, auth=eloqua.basic_auth, verify=False) as many:

            async def call(path: str) -> None:
                assert (await many.get(path)).status_code == 200
                order.append(path)

            late = asyncio.create_task(call(REST))
            await asyncio.sleep(0.05)
            await call(BULK)
            await late
        return order

    started = time.monotonic()
    assert asyncio.run(both()) == [BULK, REST]
    assert time.monotonic() - started >= 0.3


def test_which_calls_are_struck(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """By face, method, path and user, in any letter case."""
    eloqua.fault(face="rest", method="GET", path="/api/rest/*/DATA/contact*", user="API.user", status=503)

    assert client.get(REST).status_code == 503
    assert client.get("/API/REST/2.0/data/contacts").status_code == 503
    assert client.get("/API/REST/1.0/data/accounts").status_code == 200
    assert client.get(BULK).status_code == 200
    assert client.post("/API/REST/1.0/data/contact", json={"emailAddress": "a@b.test"}).status_code == 201
    assert client.get(REST, auth=("MockCo\\marketer", "s3cret")).status_code == 200


def test_after_some_calls_and_so_many_times(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """The third and the fourth."""
    fault = eloqua.fault(face="rest", status=503, after=2, times=2)

    assert [client.get(REST).status_code for _ in range(6)] == [200, 200, 503, 503, 200, 200]
    assert (fault.seen, fault.hits) == (6, 2)


def test_of_several_the_first_strikes(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """And the next one when it is spent."""
    eloqua.fault(status=500, times=1)
    eloqua.fault(status=502, times=1)

    assert [client.get(REST).status_code for _ in range(3)] == [500, 502, 200]


@given(probability=st.floats(0, 1), seed=st.integers(0, 2**32), count=st.integers(0, 60))
def test_a_run_repeats(probability: float, seed: int, count: int) -> None:
    """The same calls with the same seed are struck alike."""
    first, again = (Fault(status=500, probability=probability, seed=seed) for _ in range(2))

    assert [first.strikes() for _ in range(count)] == [again.strikes() for _ in range(count)]
    assert first.hits <= first.seen == count
    if probability in (0, 1):
        assert first.hits == count * probability


@given(
    after=st.integers(0, 5),
    times=st.none() | st.integers(1, 5),
    calls=st.integers(0, 15),
)
def test_how_many_are_struck(after: int, times: int | None, calls: int) -> None:
    """Those behind the first few, as often as it says."""
    fault = Fault(status=500, after=after, times=times)

    struck = [fault.strikes() for _ in range(calls)]

    behind = max(0, calls - after)
    assert struck == [False] * min(after, calls) + [times is None or number < times for number in range(behind)]


def test_the_log_says_which_fault_struck(eloqua: EloquaSite, client: httpx2.Client, control: Any) -> None:
    """Number and effect."""
    eloqua.fault(face="bulk", status=503, delay_seconds=0.01)
    client.get(REST)
    client.get(BULK)

    items = control.get("/requests").json()["items"]

    assert [each["fault"] for each in items] == [None, "fault 1: status 503, delay 0.01"]
    assert items[1]["user"] == "api.user"


def test_control_makes_shows_and_ends_faults(eloqua: EloquaSite, client: httpx2.Client, control: Any) -> None:
    """With the names of the wire."""
    made = control.post("/faults", json={"face": "rest", "contentType": "text/plain", "delaySeconds": 0, "times": 5})
    assert made.json()["number"] == 1
    control.post("/faults", json={"method": "DELETE", "drop": "after"})
    client.get(REST)

    first, second = control.get("/faults").json()["items"]
    assert (first["contentType"], first["seen"], first["hits"]) == ("text/plain", 1, 1)
    assert (second["drop"], second["seen"]) == ("after", 0)
    assert control.delete("/faults/1").status_code == 200
    assert control.delete("/faults/1").status_code == 404
    assert client.get(REST).headers["content-type"] == "application/json"
    assert control.delete("/faults").status_code == 200
    assert control.get("/faults").json() == {"items": []}
    assert not eloqua.site.trouble


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "a fault does something"),
        ({"face": "ftp", "status": 500}, "there is no face 'ftp'; there are login, oauth, rest, bulk"),
        ({"method": "BREW", "status": 500}, "there is no method 'BREW'; there are GET"),
        ({"status": 99}, "status takes a number from 200 to 599"),
        ({"status": 500, "probability": 2}, "probability takes a number from 0.0 to 1.0"),
        ({"status": 500, "times": 0}, "times takes a number from 1"),
        ({"delaySeconds": 1e9}, "delay_seconds takes a number from 0.0 to 600.0"),
        ({"body": "x"}, "a body goes with a status"),
        ({"body": "x", "status": 204}, "an answer with status 204 has no body"),
        ({"drop": "now"}, "drop"),
        ({"drop": "after", "status": 500}, "there is no status"),
        ({"status": 500, "path": "*" * 600}, "path has at most"),
        ({"status": 500, "path": "a*b*c*d*e*f*g"}, "path has at most 5 *"),
        ({"contentType": "a\r\nSet-Cookie: b"}, "content_type takes a text in ASCII"),
        ({"colour": "red"}, "there is no 'colour'; there are face, method"),
    ],
)
def test_what_cannot_be_is_a_400_and_changes_nothing(control: Any, wanted: Any, said: str) -> None:
    """With the list of what there is."""
    answer = control.post("/faults", json=wanted)

    assert (answer.status_code, said in answer.json()["error"]) == (400, True), answer.text
    assert control.get("/faults").json() == {"items": []}


def test_python_says_what_cannot_be(eloqua: EloquaSite) -> None:
    """One line."""
    with pytest.raises(ControlError, match="there is no face 'ftp'; there are login, oauth, rest"):
        eloqua.fault(face="ftp", status=500)


def test_a_reset_ends_all_faults(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """Nothing of one test reaches the next."""
    eloqua.fault(status=500)
    eloqua.reset()

    assert client.get(REST).status_code == 200


def test_sites_do_not_share_faults(eloqua: EloquaSite, client: httpx2.Client) -> None:
    """Who calls says whose they are."""
    other = eloqua.server.site("OtherCo")
    other.reset()
    try:
        other.fault(status=503)

        assert client.get(REST).status_code == 200
        assert client.get(REST, auth=other.basic_auth).status_code == 503
        assert [each.status for each in other.requests()] == [503]
    finally:
        other.reset()


def test_every_face_can_be_named() -> None:
    """Faces of the house and faces of a fault."""
    assert set(FACES) == set(house.FACES.values())


@pytest.mark.parametrize("described", [{"drop": "before"}, {"drop": "after"}, {"cut_after": 3}])
def test_in_process_a_dropped_connection_raises_its_error(described: dict[str, Any]) -> None:
    """No socket, so that there is nothing to close."""

    async def call() -> None:
        app = house.asgi_app()
        try:
            app.sites.default.trouble.add(times=1, **described)
            transport = httpx2.ASGITransport(app=app)
            auth = ("MockCo\\api.user", "s3cret")
            async with httpx2.AsyncClient(transport=transport, base_url="http://x", auth=auth) as client:
                with pytest.raises(Dropped):
                    await client.get(REST)
                assert (await client.get(REST)).status_code == 200
        finally:
            app.sites.close()

    asyncio.run(call())
