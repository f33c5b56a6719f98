"""What every answer has in common: paths, overrides, headers, reason phrases (platform.md 5)."""

from __future__ import annotations

import re
import socket

import pytest

CONTACT = {"emailAddress": "ada@example.test"}
TOKEN = "TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="


@pytest.mark.quirk("Q18")
def test_headers_of_a_pod_answer_are_the_recorded_set_in_order(rest):
    """[recorded] platform.md 5.3, rest.md 1.4."""
    headers = rest.get("/data/contacts").headers

    assert list(headers) == [
        "cache-control",
        "pragma",
        "content-type",
        "expires",
        "x-request-id",
        "p3p",
        "x-xss-protection",
        "x-content-type-options",
        "strict-transport-security",
        "date",
        "content-length",
    ]
    assert headers["cache-control"] == "no-store"
    assert headers["pragma"] == "no-cache"
    assert headers["expires"] == "-1"
    assert headers["p3p"] == 'CP="IDC DSP COR DEVa TAIa OUR BUS PHY ONL UNI COM NAV CNT STA",'
    assert headers["x-xss-protection"] == "1; mode=block"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert re.fullmatch(r"[0-9a-f]{32}/\d+", headers["x-request-id"])


def test_request_ids_grow(rest):
    """[recorded] platform.md Q18."""
    first, second = (int(rest.get("/data/contacts").headers["x-request-id"].partition("/")[2]) for _ in range(2))

    assert second > first


@pytest.mark.quirk("Q19")
def test_rest_names_no_charset(rest):
    """[recorded] platform.md Q19."""
    assert rest.get("/data/contacts").headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/API/REST/1.0/data/contacts",
        "/api/rest/1.0/data/contacts",
        "/API/rest/1.0/Data/CONTACTS",
        "/API/REST/1.0//data//contacts",
        "/API/REST/1.0/data/contacts/",
        "//API/REST/1.0/data/contacts//",
        "/API/REST/1.0/data/contacts?",
    ],
)
@pytest.mark.quirk("Q15")
def test_paths_are_found_in_any_case_and_with_any_slashes(plain, path):
    """[client] what-real-clients-do.md 2, rest.md fact 20."""
    plain.request("GET", path, headers={"Authorization": f"Basic {TOKEN}"})

    assert plain.getresponse().status == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/API", "/API/REST/1.0/data/nothing", "/API/REST/3.0/data/contacts", "/API/1.2/Nope.svc", "/x"],
)
def test_unknown_paths_are_404_without_a_body(http, path):
    """platform.md 2.2: never a 200 with HTML."""
    answer = http.get(path)

    assert (answer.status_code, answer.content) == (404, b"")
    assert answer.reason_phrase == "The requested resource was not found."


def test_another_method_on_a_known_path_is_405(rest):
    """Our default [inferred]."""
    answer = rest("PATCH", "/data/contacts")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("sent_as", ["POST", "GET"])
@pytest.mark.parametrize("word", ["DELETE", "delete"])
@pytest.mark.quirk("Q17")
def test_the_method_can_be_overridden(rest, sent_as, word):
    """[doc] platform.md 5.3."""
    key = rest.post("/data/contact", json=CONTACT).json()["id"]

    answer = rest(sent_as, f"/data/contact/{key}", headers={"X-HTTP-Method-Override": word})

    assert answer.status_code == 200
    assert rest.get(f"/data/contact/{key}").status_code == 404


def test_a_put_can_travel_as_a_post(rest):
    """[doc] platform.md 5.3."""
    key = rest.post("/data/contact", json=CONTACT).json()["id"]

    answer = rest.post(
        f"/data/contact/{key}", json=CONTACT | {"firstName": "Ada"}, headers={"X-HTTP-Method-Override": "PUT"}
    )

    assert answer.json()["firstName"] == "Ada"


def test_the_status_can_be_overridden_and_the_true_one_moves_to_a_header(rest):
    """[doc] platform.md 5.3."""
    answer = rest.get("/data/contact/77", headers={"X-HTTP-Status-Code-Override": "200"})

    assert answer.status_code == 200
    assert answer.headers["x-http-original-status-code"] == "404"


@pytest.mark.parametrize("status", [204, 205, 304])
def test_a_status_without_a_body_has_none(rest, status):
    """[inferred] the connection stays usable whatever status is forced."""
    for _ in range(2):
        answer = rest.get("/data/contacts", headers={"X-HTTP-Status-Code-Override": str(status)})

        assert (answer.status_code, answer.content) == (status, b"")
        assert "content-type" not in answer.headers


@pytest.mark.parametrize("value", ["", "abc", "99", "600", "²00", "200 OK", "2" * 5000, "+200"])
def test_a_senseless_status_override_is_passed_over(rest, value):
    """Nothing a header says can break an answer."""
    answer = rest.get("/data/contact/77", headers={"X-HTTP-Status-Code-Override": value.encode()})

    assert answer.status_code == 404
    assert "x-http-original-status-code" not in answer.headers


@pytest.mark.quirk("Q16")
def test_reason_phrases_reach_the_wire(eloqua):
    """[doc] platform.md 5.1: the status line itself."""
    host, port = eloqua.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        with raw.makefile("rb") as answer:
            first = answer.readline()

    assert first == b"HTTP/1.1 404 The requested resource was not found.\r\n"


def test_a_body_in_chunks_is_read(plain):
    """what-real-clients-do.md 3: a server has to be ready for it."""
    headers = {"Authorization": f"Basic {TOKEN}", "Content-Type": "application/json"}

    plain.request("POST", "/API/REST/1.0/data/contact", iter([b'{"emailAddress":', b'"ada@example.test"}']), headers)

    assert plain.getresponse().status == 201


def test_a_client_that_waits_for_a_100_gets_it(eloqua):
    """[inferred] what-real-clients-do.md 3: `Expect: 100-continue` from .NET and curl."""
    host, port = eloqua.base_url.removeprefix("http://").split(":")
    body = b'{"emailAddress":"ada@example.test"}'
    head = f"Authorization: Basic {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as raw, raw.makefile("rb") as answer:
        raw.sendall(
            f"POST /API/REST/1.0/data/contact HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n{head}\r\n".encode()
        )
        assert answer.readline().startswith(b"HTTP/1.1 100 ")
        assert answer.readline() == b"\r\n"
        raw.sendall(body)
        assert answer.readline() == b"HTTP/1.1 201 Success\r\n"


@pytest.mark.parametrize(
    "lines",
    [
        "GET /API/REST/1.0/data/contacts?search=C_FirstName='Zo\xe9' HTTP/1.1",
        "GET /API/REST/1.0/data/contact/\xff HTTP/1.1",
        "GET /API/REST/1.0/data/contacts HTTP/9.9",
        "BREW /API/REST/1.0/data/contacts HTTP/1.1",
        "nonsense",
        "POST /API/REST/1.0/data/contact HTTP/1.1\r\nContent-Length: -1",
        "POST /API/REST/1.0/data/contact HTTP/1.1\r\nContent-Length: 99999999999999999999999",
        "POST /API/REST/1.0/data/contact HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6",
        "POST /API/REST/1.0/data/contact HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /API/REST/1.0/data/contacts HTTP/1.1\r\nno colon",
        "GET /API/REST/1.0/data/contacts HTTP/1.1\r\nX-Odd: a\0b",
    ],
)
def test_what_is_no_http_is_a_400_that_ends_the_connection(eloqua, lines):
    """[inferred] our default: the server's own answer, and it serves on."""
    host, port = eloqua.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw, raw.makefile("rb") as answer:
        raw.sendall(f"{lines}\r\n\r\n".encode("latin-1"))
        assert answer.readline().startswith(b"HTTP/1.1 400 ")
        answer.read()

    assert eloqua.requests().count == 0


def test_a_body_on_get_and_delete_is_ignored(rest):
    """[client] what-real-clients-do.md 3."""
    key = rest.post("/data/contact", json=CONTACT).json()["id"]

    assert (
        rest.get(f"/data/contact/{key}", content=b"{not json", headers={"Content-Type": "text/csv"}).status_code == 200
    )
    assert rest.delete(f"/data/contact/{key}", json={"id": key}).status_code == 200


def test_an_oversize_body_is_refused_and_the_connection_closed(rest, eloqua):
    """Our default [inferred]: 413 for REST."""
    answer = rest.post("/data/contact", content=b" " * (32 * 2**20 + 1), headers={"Content-Type": "application/json"})

    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"
    assert eloqua.requests(status=413).count == 1


def test_search_is_no_verb_where_nobody_serves_it(rest):
    """[doc] rest.md 1.3: the override takes SEARCH, which 1.0 has nowhere; the 405 is our default."""
    answer = rest.post("/data/contacts", json={}, headers={"X-HTTP-Method-Override": "SEARCH"})

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize("word", ["BREW", "", "\xff", "GET, DELETE", "D" * 5000])
def test_an_unknown_verb_overrides_nothing(rest, word):
    """[inferred] our default: the method counts."""
    assert rest.get("/data/contacts", headers={"X-HTTP-Method-Override": word.encode("latin-1")}).status_code == 200


@pytest.mark.quirk("Q20")
def test_no_limits_are_told_in_headers(rest):
    """[recorded] platform.md Q20."""
    names = set(rest.get("/data/contacts").headers)

    assert not {name for name in names if "rate" in name or name in ("retry-after", "etag", "location", "server")}


def test_the_date_is_the_sites(rest, eloqua):
    """The site's clock rules everything a client can see."""
    eloqua.clock.advance(days=3650)

    year = int(rest.get("/data/contacts").headers["date"].split()[3])

    assert year == eloqua.clock.now.year
