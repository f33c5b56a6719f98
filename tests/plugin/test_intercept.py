"""`eloqua_intercept`: unmodified code that names the live hosts is answered in this process."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading

import anyio
import httpx
import httpx2
import orjson
import pytest

LOGIN = "https://login.eloqua.com"
CONTACTS = "/API/REST/1.0/data/contacts"
LIBRARIES = pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda each: each.__name__)


@pytest.fixture(autouse=True)
def no_network(monkeypatch, eloqua_server):
    """Nothing but the control API of the emulator is connected to."""
    real = socket.socket.connect

    def connect(self, address):
        if not eloqua_server.base_url.endswith(f":{address[1]}"):
            raise ConnectionRefusedError("the network was called")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def program(library, auth):
    """What a user has written: find the site, then work on it."""
    with library.Client(auth=auth, verify=False, follow_redirects=True) as client:
        base = client.get(f"{LOGIN}/id").raise_for_status().json()["urls"]["base"]
        made = client.post(f"{base}/API/REST/1.0/data/contact", json={"emailAddress": "ada@example.test"})
        return base, made, client.get(f"{base}{CONTACTS}", params={"search": "*@example.test"}).json()


@LIBRARIES
def test_a_program_that_waits_is_answered(eloqua, eloqua_intercept, library):
    """It follows `/id` and stays within; the log has the hosts."""
    base, made, found = program(library, eloqua.basic_auth)

    assert base == "https://secure.p04.eloqua.com"
    assert (made.status_code, made.reason_phrase) == (201, "Success")
    assert made.headers["content-type"] == "application/json"
    assert found["total"] == 1
    eloqua.expect.contact("ada@example.test")
    assert [each.base_url for each in eloqua.requests()] == [LOGIN, base, base]


@LIBRARIES
def test_a_program_that_awaits_is_answered(eloqua, eloqua_intercept, library):
    """Several calls at once."""

    async def run():
        async with library.AsyncClient(auth=eloqua.basic_auth, verify=False) as client:
            statuses = []

            async def call():
                statuses.append((await client.get(f"https://secure.p04.eloqua.com{CONTACTS}")).status_code)

            async with anyio.create_task_group() as group:
                for _ in range(5):
                    group.start_soon(call)
            return statuses

    assert anyio.run(run) == [200] * 5
    eloqua.expect.request(path=CONTACTS).count(5)


@LIBRARIES
def test_a_program_that_waits_within_a_loop_is_answered(eloqua, eloqua_intercept, library):
    """Also with a body that the emulator works on in a thread."""
    rows = orjson.dumps([{"email": f"p{number}@example.test", "first": "x" * 80} for number in range(1000)])

    async def run():
        bulk = "https://secure.p04.eloqua.com/API/Bulk/2.0"
        fields = {"email": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}
        with library.Client(auth=eloqua.basic_auth, verify=False) as client:
            body = {"name": "n", "fields": fields, "identifierFieldName": "email"}
            uri = client.post(f"{bulk}/contacts/imports", json=body).json()["uri"]
            headers = {"Content-Type": "application/json"}
            return client.post(f"{bulk}{uri}/data", content=rows, headers=headers).status_code

    assert asyncio.run(run()) == 204


@LIBRARIES
def test_programs_of_several_threads_are_answered(eloqua, eloqua_intercept, library):
    """Each call has its own number in the log."""

    def work():
        with library.Client(auth=eloqua.basic_auth, verify=False) as client:
            for _ in range(20):
                assert client.get(f"https://secure.p04.eloqua.com{CONTACTS}").status_code == 200

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert [each.number for each in eloqua.requests()] == list(range(1, 81))


@pytest.mark.parametrize(
    "host", ["secure.eloqua.com", "www02.secure.eloqua.com", "WWW05.secure.eloqua.com", "secure.p05.eloqua.com"]
)
def test_every_host_of_the_product_is_answered(eloqua, eloqua_intercept, host):
    """The older ones, and PODs that do not exist: 404, and no call leaves."""
    with httpx2.Client(auth=eloqua.basic_auth, verify=False) as client:
        status = client.get(f"https://{host}{CONTACTS}").status_code
    assert status == (404 if "p05" in host else 200)


@LIBRARIES
@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"cut_after": 3}], ids=str)
def test_a_lost_connection_is_one_for_the_client(eloqua, eloqua_intercept, library, fault):
    """As over a socket."""
    eloqua.fault(face="rest", times=1, **fault)
    with library.Client(auth=eloqua.basic_auth, verify=False) as client:
        with pytest.raises(library.RemoteProtocolError):
            client.get(f"https://secure.p04.eloqua.com{CONTACTS}")
        assert client.get(f"https://secure.p04.eloqua.com{CONTACTS}").status_code == 200


@LIBRARIES
def test_an_answer_that_comes_too_late_is_a_timeout(eloqua, eloqua_intercept, library):
    """The client has waited."""
    eloqua.fault(face="rest", times=2, delay_seconds=0.02)

    async def awaited():
        async with library.AsyncClient(auth=eloqua.basic_auth, verify=False, timeout=0.01) as client:
            await client.get(f"https://secure.p04.eloqua.com{CONTACTS}")

    with (
        library.Client(auth=eloqua.basic_auth, verify=False, timeout=0.01) as client,
        pytest.raises(library.ReadTimeout),
    ):
        client.get(f"https://secure.p04.eloqua.com{CONTACTS}")
    with pytest.raises(library.ReadTimeout):
        asyncio.run(awaited())


@LIBRARIES
def test_other_hosts_are_as_they_were(eloqua, eloqua_intercept, library):
    """Unless the test asks for their refusal."""
    with library.Client(verify=False) as client:
        assert "Not authenticated" in client.get(f"{eloqua.base_url}/id").text
        with pytest.raises(library.ConnectError, match="the network was called"):
            client.get("http://127.0.0.1:9/")
        eloqua_intercept.refuse_others()
        with pytest.raises(library.ConnectError, match=r"refuses 127\.0\.0\.1, as the test asked"):
            client.get(f"{eloqua.base_url}/id")


@pytest.mark.parametrize("first", ["eloqua_intercept", "respx_mock"])
def test_it_goes_together_with_routes_of_respx(eloqua, first, request):
    """A program may have other services; whichever fixture comes first."""
    request.getfixturevalue(first)
    routes = request.getfixturevalue("respx_mock")
    request.getfixturevalue("eloqua_intercept")
    routes.get("https://crm.example.test/").respond(200, json={"id": 1})
    with httpx.Client(auth=eloqua.basic_auth, verify=False) as client:
        assert client.get("https://crm.example.test/").json() == {"id": 1}
        assert client.get(f"{LOGIN}/id").json()["site"]["name"] == "MockCo"


def test_afterwards_nothing_is_between(run_tests):
    """The next test reaches what it names; the session goes on."""
    source = """
import httpx, httpx2, pytest

@pytest.mark.parametrize("library", [httpx, httpx2])
def test_between(eloqua, eloqua_intercept, eloqua_url, library):
    assert library.get("https://login.eloqua.com/id", auth=eloqua.basic_auth, verify=False).status_code == 200
    assert eloqua_url == eloqua.base_url

@pytest.mark.parametrize("library", [httpx, httpx2])
def test_after(library, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: pytest.fail("it was called"))
    with pytest.raises(BaseException, match="it was called"):
        library.get("https://login.eloqua.com/id", verify=False)
"""
    run_tests(source).assert_outcomes(passed=4)


def test_without_respx_it_is_one_clear_line(run_tests, monkeypatch):
    """No traceback through the plugin."""
    source = """
import sys
sys.modules["respx"] = None
def test_it(eloqua_intercept): ...
"""
    found = run_tests(source, "-p", "no:respx", subprocess=True)
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["eloqua_intercept takes mock-eloqua[[]intercept[]]: *respx*"])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_httpx_may_be_an_alias_of_httpx2():
    """As its `alias_httpx` makes it, in a process of its own: nothing may have imported httpx before."""
    program = """
import httpx2
httpx2.alias_httpx()
import httpx
from mock_eloqua import MockEloqua
from mock_eloqua.plugin.intercept import intercepted
server = MockEloqua()
with server as eloqua, intercepted(server.app):
    for library in (httpx, httpx2):
        answer = library.get("https://login.eloqua.com/id", auth=eloqua.basic_auth, verify=False)
        print(answer.json()["urls"]["base"])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603

    assert found.stdout.split() == ["https://secure.p04.eloqua.com"] * 2
