"""Clients that offer to go on in another protocol are answered as if they had not (RFC 9110, 7.8)."""

from __future__ import annotations

import json
import re
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_eloqua.embedded import EloquaSite

OFFER = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA\r\n"
"""What Java's HttpClient sends where nobody says `version(HTTP_1_1)`."""
TOKEN = "TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="
JSON = "Content-Type: application/json\r\n"


def call(eloqua: EloquaSite, method: str, path: str, headers: str = "", body: bytes = b"") -> bytes:
    """A call as it is on the wire."""
    host = eloqua.base_url.removeprefix("http://")
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {TOKEN}\r\n{headers}\r\n"
    return head.encode() + body


def posted(eloqua: EloquaSite, address: str, offer: str = OFFER, *, chunked: bool = False) -> bytes:
    """A contact that is created."""
    body = json.dumps({"emailAddress": address}).encode()
    if chunked:
        parts = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"
        return call(eloqua, "POST", "/API/REST/1.0/data/contact", f"{offer}{JSON}Transfer-Encoding: chunked\r\n", parts)
    return call(eloqua, "POST", "/API/REST/1.0/data/contact", f"{offer}{JSON}Content-Length: {len(body)}\r\n", body)


def statuses(eloqua: EloquaSite, *pieces: bytes) -> list[bytes]:
    """The statuses of what comes back, until the server has closed the connection."""
    host, port = eloqua.base_url.removeprefix("http://").rsplit(":", 1)
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            connection.sendall(piece)
        found = b"".join(iter(lambda: connection.recv(65536), b""))
    return re.findall(rb"HTTP/1\.1 (\d+)", found)


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_body_arrives_with_the_offer_and_so_do_the_calls_after_it(eloqua, chunked):
    """On one connection."""
    first, second = (posted(eloqua, f"{name}@example.test", chunked=chunked) for name in ("ada", "bob"))
    last = call(eloqua, "GET", "/API/REST/1.0/data/contact/2", "Connection: close\r\n")

    assert statuses(eloqua, first, second, last) == [b"201", b"201", b"200"]
    assert eloqua.contact("ada@example.test")
    assert eloqua.contact("bob@example.test")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    offers=st.lists(
        st.sampled_from([OFFER, "", "Connection: keep-alive, upgrade\r\nUpgrade: websocket\r\n"]),
        min_size=1,
        max_size=3,
    ),
    chunked=st.booleans(),
    data=st.data(),
)
def test_wherever_the_bytes_are_cut_every_call_is_answered_once(eloqua, offers, chunked, data):
    """Packets end anywhere, and calls come before the answers to earlier ones."""
    eloqua.reset()
    calls = [posted(eloqua, f"{number}@example.test", offer, chunked=chunked) for number, offer in enumerate(offers)]
    whole = b"".join(calls) + call(eloqua, "GET", "/id", "Connection: close\r\n")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    assert statuses(eloqua, *pieces) == [b"201"] * len(offers) + [b"200"]


def test_a_connect_ends_with_an_answer(eloqua):
    """The parser stops for it as well, once: an offer that is left out is not found again."""
    assert statuses(eloqua, call(eloqua, "CONNECT", "example.test:443", f"{OFFER}Connection: close\r\n")) == [b"400"]
