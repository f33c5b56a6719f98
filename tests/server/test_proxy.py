"""The proxy that is the live hosts, for clients that have their names built in (issue 9, 4)."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPSConnection
from urllib.parse import urlsplit

import pytest
from tests.serving import SIGNED_IN, serving

from mock_eloqua import MockEloqua, pods
from mock_eloqua.tls import context as contexts
from mock_eloqua.tls import proxy as proxies
from mock_eloqua.tls.authority import authority
from mock_eloqua.tls.proxy import Proxy, Tunnel

LOGIN, POD = "login.eloqua.com", "secure.p04.eloqua.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ca")


@pytest.fixture(scope="module")
def proxied(folder):
    """A site behind a proxy; the emulator itself speaks plain HTTP."""
    with MockEloqua(proxy=0, ca_folder=folder) as eloqua:
        yield eloqua


@pytest.fixture(scope="module")
def trusting(proxied):
    return ssl.create_default_context(cafile=proxied.server.ca_file)


@pytest.fixture
def tunnel(proxied, trusting):
    """Makes connections to a host that checks its certificate, through the proxy."""
    made = []

    def to(host):
        made.append(connecting(proxied.server.proxy_url, trusting))
        made[-1].set_tunnel(host)
        return made[-1]

    yield to
    for each in made:
        each.close()


def connecting(url, trusting):
    """A connection to where a URL leads, or that starts there."""
    address = urlsplit(url)
    return HTTPSConnection(address.hostname, address.port, timeout=10, context=trusting)


def asked(connection, path, method="GET", body=None, **headers):
    """Status and content of what a connection is answered."""
    connection.request(method, path, body, {**SIGNED_IN, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def dial(proxy_url):
    address = urlsplit(proxy_url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def told(proxy_url, request):
    """All that the proxy answers to these bytes until it hangs up."""
    with dial(proxy_url) as connection:
        connection.sendall(request)
        return read(connection)


def read(connection):
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def reason(answer):
    """The status line, which is all that most clients show, and the body, which says the same."""
    head, _, body = answer.partition(b"\r\n\r\n")
    line = head.partition(b"\r\n")[0].decode()
    assert line.split(" ", 2)[2] == body.decode().rstrip("\n")
    return line


def test_a_client_that_knows_the_login_host_alone_finds_its_way(tunnel, proxied):
    """`/id` names the POD of the site, which the proxy serves too."""
    status, found = asked(tunnel(LOGIN), "/id")
    base = json.loads(found)["urls"]["base"]
    made = b'{"emailAddress": "ada@example.test"}'
    posted = asked(
        tunnel(urlsplit(base).hostname),
        "/API/REST/2.0/data/contact",
        "POST",
        made,
        **{"Content-Type": "application/json"},
    )

    assert (status, base, posted[0]) == (200, f"https://{POD}", 201)
    assert proxied.contact("ada@example.test")["emailAddress"] == "ada@example.test"
    assert proxied.requests(path="/API/REST/*")[-1].path == "/API/REST/2.0/data/contact"
    proxied.reset()


@pytest.mark.parametrize("host", [each for each in pods.live_hosts() if each != LOGIN])
def test_each_live_host_is_there(host, tunnel, proxied):
    """platform.md 2.2: on a POD that is not the site's own, 401; older names lead to it."""
    status, _ = asked(tunnel(host), "/API/REST/2.0/data/contacts")

    assert status == (200 if host in (POD, *(f"{each}.eloqua.com" for each in pods.OLDER)) else 401)


def test_a_site_that_has_moved_is_found_again(tunnel, proxied):
    """platform.md 2.1: on a 401, `/id` names the new POD."""
    proxied.move("p06")
    _, found = asked(tunnel(LOGIN), "/id")

    assert json.loads(found)["urls"]["base"] == "https://secure.p06.eloqua.com"
    assert asked(tunnel(POD), "/API/REST/2.0/data/contacts")[0] == 401
    assert asked(tunnel("secure.p06.eloqua.com"), "/API/REST/2.0/data/contacts")[0] == 200
    proxied.reset()


def test_the_descriptions_of_soap_name_the_live_host(tunnel):
    """A toolkit that reads one calls there."""
    _, description = asked(tunnel(POD), "/API/1.2/Service.svc?wsdl")

    assert f'location="https://{POD}/API/1.2/Service.svc'.encode() in description


def test_a_connection_stays_open_and_carries_much(tunnel, proxied):
    """As one to the server itself."""
    connection = tunnel(POD)
    csv = b"C_EmailAddress\n" + b"".join(b"%d@example.test\n" % number for number in range(100_000))
    definition = json.dumps(
        {"name": "Many", "identifierFieldName": "A", "fields": {"A": "{{Contact.Field(C_EmailAddress)}}"}}
    )
    status, made = asked(
        connection, "/API/Bulk/2.0/contacts/imports", "POST", definition, **{"Content-Type": "application/json"}
    )
    uri = json.loads(made)["uri"]
    staged, _ = asked(connection, f"/API/Bulk/2.0{uri}/data", "POST", csv, **{"Content-Type": "text/csv"})

    assert (status, staged) == (201, 204)
    proxied.reset()


def test_many_call_at_once(tunnel):
    """Each through a tunnel of its own."""
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: asked(tunnel(LOGIN), "/id")[0], range(40)))

    assert found == [200] * 40


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("example.com:443", "to call example.com past it, name it in NO_PROXY"),
        ("login.eloqua.com.example.com:443", "past it"),
        ("notlogin.eloqua.com:443", "there is no notlogin.eloqua.com; there are login.eloqua.com, secure.p01"),
        ("secure.p05.eloqua.com:443", "there is no secure.p05.eloqua.com"),
        ("user@login.eloqua.com@example.com:443", "to call example.com past it"),
        ("127.0.0.1:22", "to call 127.0.0.1 past it"),
        ("[::1]:443", "to call ::1 past it"),
        ("[::1:443", "to call that past it"),
        ("login.eloqua.com:8443", "login.eloqua.com is served at port 443 alone"),
        ("login.eloqua.com:http", "to call that past it"),
        ("login.eloqua.com", "served at port 443 alone"),
        ("\xe9\x1b[31m:443", "to call that past it"),
        ("", "to call that past it"),
    ],
)
def test_every_other_host_is_refused(target, said, proxied):
    """Never an open proxy; the line says why."""
    line = reason(told(proxied.server.proxy_url, f"CONNECT {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode("latin-1")))

    assert line.startswith("HTTP/1.1 403 Mock Eloqua: ")
    assert said in line


@pytest.mark.parametrize(
    ("request_line", "status", "said"),
    [
        ("GET http://login.eloqua.com/id HTTP/1.1", 403, "login.eloqua.com speaks HTTPS alone"),
        ("GET https://login.eloqua.com/id HTTP/1.1", 403, "login.eloqua.com is reached by CONNECT"),
        ("POST http://example.com/ HTTP/1.1", 403, "to call example.com past it"),
        ("GET /id HTTP/1.1", 400, "name it as HTTPS_PROXY"),
        ("CONNECT login.eloqua.com:443", 400, "no request of HTTP/1.1"),
        ("CONNECT login.eloqua.com:443 HTTP/2.0", 400, "no request of HTTP/1.1"),
        ("\x16\x03\x01", 400, "no request of HTTP/1.1"),
        ("", 400, "no request of HTTP/1.1"),
    ],
)
def test_what_is_no_tunnel_is_refused(request_line, status, said, proxied):
    """In plain HTTP there is nothing to be had: the live product speaks HTTPS."""
    line = reason(told(proxied.server.proxy_url, f"{request_line}\r\nHost: x\r\n\r\n".encode("latin-1")))

    assert line.startswith(f"HTTP/1.1 {status} ")
    assert said in line


def test_a_refusal_arrives_although_the_caller_is_still_sending(proxied):
    """A connection that is closed at once would be reset, and the answer lost."""
    with dial(proxied.server.proxy_url) as connection:
        connection.sendall(b"POST http://example.com/ HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n")
        for _ in range(20):
            connection.sendall(b"x" * 10_000)
        answer = b""
        while b"NO_PROXY\n" not in answer:
            answer += connection.recv(1000)

    assert reason(answer)


def test_nothing_is_called(proxied):
    """Not even on this machine."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        other.settimeout(0.2)
        told(proxied.server.proxy_url, b"CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n" % other.getsockname()[1])
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_head_that_never_ends_is_refused(proxied):
    """Nothing of a caller is kept without bound."""
    line = reason(told(proxied.server.proxy_url, b"CONNECT login.eloqua.com:443 HTTP/1.1\r\nX: " + b"x" * 20_000))

    assert line.startswith("HTTP/1.1 431 ")


def test_a_request_may_come_in_pieces(proxied, trusting):
    """As networks have it."""
    with dial(proxied.server.proxy_url) as connection:
        for piece in (b"CONN", b"ECT Login.Eloqua.com.:443 HTTP/1.1\r\nHost: x\r\n", b"\r", b"\n"):
            connection.sendall(piece)
            time.sleep(0.01)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        with trusting.wrap_socket(connection, server_hostname=LOGIN) as secure:
            login = b64encode(b"MockCo\\api.user:s3cret").decode()
            secure.sendall(f"GET /id HTTP/1.1\r\nHost: {LOGIN}\r\nAuthorization: Basic {login}\r\n\r\n".encode())
            assert secure.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_tls_that_begins_too_early_is_refused(proxied):
    """It would be lost."""
    line = reason(told(proxied.server.proxy_url, b"CONNECT login.eloqua.com:443 HTTP/1.1\r\n\r\n\x16\x03\x01"))

    assert "400 Mock Eloqua: wait for the answer" in line


def test_who_says_nothing_is_told_off(proxied, monkeypatch):
    """Connections that wait are few, and do not wait for ever."""
    monkeypatch.setattr(proxies, "SECONDS", 0.05)

    assert reason(told(proxied.server.proxy_url, b"CONNECT login")).startswith("HTTP/1.1 408 ")
    with dial(proxied.server.proxy_url) as connection:
        connection.sendall(b"CONNECT login.eloqua.com:443 HTTP/1.1\r\n\r\n")
        assert read(connection).startswith(b"HTTP/1.1 200 ")  # and then the end, for want of a handshake


def test_there_are_only_so_many_connections(proxied, tunnel, monkeypatch):
    """Those that wait and those that are through."""
    through, waiting = tunnel(LOGIN), dial(proxied.server.proxy_url)
    with waiting:
        asked(through, "/id")
        monkeypatch.setattr(proxies, "MOST", 2)
        line = reason(told(proxied.server.proxy_url, b""))

    assert "503 Mock Eloqua: this proxy has 2 connections open" in line


def test_who_does_not_trust_the_authority_gets_nothing(proxied, tunnel):
    """And the proxy goes on."""
    with dial(proxied.server.proxy_url) as connection:
        connection.sendall(b"CONNECT login.eloqua.com:443 HTTP/1.1\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(connection, server_hostname=LOGIN)
    with dial(proxied.server.proxy_url) as connection:
        connection.sendall(b"CONNECT login.eloqua.com:443 HTTP/1.1\r\n\r\n")
        connection.recv(1000)
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert b"HTTP" not in read(connection)

    assert asked(tunnel(LOGIN), "/id")[0] == 200


def test_it_works_on_the_event_loop_of_python_too(folder):
    """Where there is no uvloop, which takes over connections in its own way."""

    class Echo(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data)

    async def echoed() -> bytes:
        made = authority(folder)
        proxy = Proxy(socket.create_server(("127.0.0.1", 0)), contexts.own(made, contexts.names(())))
        loop = asyncio.get_running_loop()
        async with await loop.create_server(lambda: Tunnel(proxy, Echo, lambda: 0), sock=proxy.bound):
            reader, writer = await asyncio.open_connection(*proxy.bound.getsockname())
            writer.write(b"CONNECT login.eloqua.com:443 HTTP/1.1\r\n\r\n")
            assert await reader.readuntil(b"\r\n\r\n")
            await writer.start_tls(ssl.create_default_context(cafile=made.certificate), server_hostname=LOGIN)
            writer.write(b"hello")
            found = await reader.readexactly(5)
            writer.close()
            await writer.wait_closed()
            assert proxy.tunnels == set()
            return found

    assert asyncio.run(echoed()) == b"hello"


def test_it_stops_while_somebody_waits(folder):
    """Whoever is not through yet is hung up on, and the port is free again."""
    with MockEloqua(proxy=0, ca_folder=folder) as eloqua:
        url = eloqua.server.proxy_url
        waiting = dial(url)

    with waiting, suppress(ConnectionResetError):
        assert read(waiting) == b""
    with pytest.raises(ConnectionRefusedError):
        dial(url)


def test_it_stops_while_connections_are_open(folder, capsys):
    """A client that keeps one for later answers no farewell; uvicorn would wait for it, and then complain."""
    with MockEloqua(tls=True, proxy=0, ca_folder=folder) as eloqua:
        trusting = ssl.create_default_context(cafile=eloqua.server.ca_file)
        through, straight = connecting(eloqua.server.proxy_url, trusting), connecting(eloqua.base_url, trusting)
        through.set_tunnel(LOGIN)
        assert [asked(each, "/id")[0] for each in (through, straight)] == [200, 200]

    assert capsys.readouterr().err == ""
    with closing(through), closing(straight):
        pass


def test_a_server_that_speaks_https_can_be_a_proxy_as_well(folder):
    """Two ports, one authority."""
    with MockEloqua(tls=True, proxy=0, ca_folder=folder) as eloqua:
        trusting = ssl.create_default_context(cafile=eloqua.server.ca_file)
        with (
            closing(connecting(eloqua.server.proxy_url, trusting)) as through,
            closing(connecting(eloqua.base_url, trusting)) as straight,
        ):
            through.set_tunnel(LOGIN)
            found = [json.loads(asked(each, "/id")[1])["urls"]["base"] for each in (through, straight)]

    assert found == [f"https://{POD}", eloqua.base_url]


def test_the_command_says_how_to_go_through_it(tmp_path):
    """Its last line is what a client is started with."""
    with serving("--proxy", "0", "--ca-folder", tmp_path) as server:
        assert server.process.stdout
        line = server.process.stdout.readline()
        said = dict(each.split("=", 1) for each in line.split() if "=" in each)
        trusting = ssl.create_default_context(cafile=said["SSL_CERT_FILE"])
        with closing(connecting(said["HTTPS_PROXY"], trusting)) as client:
            client.set_tunnel(LOGIN)

            assert asked(client, "/id")[0] == 200
        assert server.url.startswith("http://")
