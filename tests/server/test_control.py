"""The control API (architecture.md, 3)."""

from __future__ import annotations

import re
import socket
import threading

import pytest

from mock_eloqua import __version__, outgoing


def test_a_call_that_is_still_on_its_way_is_not_of_the_next_state(eloqua):
    """Nothing of one test reaches the next."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        calling = threading.Thread(target=outgoing.post, args=(eloqua.site, url, b"{}", "application/json", "test"))
        calling.start()
        called, _ = silent.accept()
        eloqua.reset()
        called.close()
        calling.join()

    assert eloqua.outgoing() == []


def test_health(control, eloqua):
    """architecture.md: what it says of itself."""
    assert control.get("/health").json() == {
        "status": "ok",
        "version": __version__,
        "release": "26C",
        "profile": "documented",
        "store": eloqua.server.store,
    }


def test_reset_brings_a_site_back(control, rest):
    """Data, clock, switches and log alike."""
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    control.post("/clock/advance", json={"seconds": 10**8})
    control.put("/settings", json={"put_semantics": "merge"})

    assert control.post("/reset", json={"seed": "default"}).status_code == 200

    assert control.get("/requests").json()["total"] == 0
    assert rest.get("/data/contacts").json()["total"] == 0
    assert control.get("/settings").json()["put_semantics"] == "replace"
    assert control.get("/clock").json()["mode"] == "real"


def test_reset_takes_profile_and_release(control):
    """A site for a purpose."""
    control.post("/reset", json={"profile": "strict", "release": "20d"})

    health = control.get("/health").json()

    assert (health["profile"], health["release"]) == ("strict", "20D")


def test_the_empty_seed_has_no_email_group(control, rest):
    """architecture.md: `default` has one, and both have the users and the standard fields."""
    control.post("/reset", json={"seed": "empty"})

    assert rest.get("/assets/contact/fields").json()["total"] == 44
    assert rest.get("/data/contacts").json()["total"] == 0


@pytest.mark.parametrize("seed", ["/etc/passwd", "/etc", "seed.yaml", "../seed.yaml", "nope", ""])
def test_no_caller_names_a_file_of_the_server(control, rest, tmp_path, monkeypatch, seed):
    """Only who starts the server names a file; this one exists and would do."""
    (tmp_path / "seed.yaml").write_text("contacts: [{emailAddress: file@b.test}]")
    monkeypatch.chdir(tmp_path)
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})

    answer = control.post("/reset", json={"seed": seed})

    assert answer.status_code == 400
    assert answer.json()["error"].endswith("name default, empty, demo or load:100000")
    assert rest.get("/data/contacts").json()["total"] == 1


def test_a_seed_adds_records_of_every_kind(control, rest, http):
    """architecture.md: contacts, fields, lists, users."""
    answer = control.post(
        "/seed",
        json={
            "users": [{"name": "reader", "password": "pass", "groups": ["API Users"]}],
            "fields": [{"name": "tune"}],
            "contacts": [{"emailAddress": "ada@b.test", "firstName": "Ada", "C_tune1": "x", "isSubscribed": False}],
            "lists": [{"name": "guests", "members": ["ADA@b.test"]}],
        },
    )

    assert answer.json() == {"added": {"users": 1, "fields": 1, "contacts": 1, "lists": 1}}
    assert rest.get("/data/contacts?search=C_tune1=x&depth=partial").json()["elements"][0]["isSubscribed"] == "false"
    assert rest.get("/assets/contact/list/1").json()["count"] == "1"
    assert http.as_user("reader", "pass").get("/id").json()["user"]["username"] == "reader"


@pytest.mark.parametrize("kind", ["application/yaml", "application/X-YAML", "text/yaml; charset=utf-8"])
def test_a_seed_may_be_yaml(control, rest, kind):
    """architecture.md: JSON or YAML. A YAML value is the text it is: no octal numbers, no Norway problem."""
    document = "contacts:\n  - {emailAddress: ada@b.test, postalCode: 02134, country: NO, isSubscribed: false, city:}\n"

    assert control.post("/seed", content=document, headers={"Content-Type": kind}).status_code == 200
    (ada,) = rest.get("/data/contacts?depth=complete").json()["elements"]
    assert (ada["postalCode"], ada["country"], ada["isSubscribed"]) == ("02134", "NO", "false")


def test_a_seed_takes_numbers_and_null(control, rest):
    """JSON values as the texts that Eloqua keeps."""
    control.post("/seed", json={"contacts": [{"emailAddress": "a@b.test", "postalCode": 12345, "city": None}]})

    (found,) = rest.get("/data/contacts?depth=complete").json()["elements"]

    assert found["postalCode"] == "12345"
    assert not found.get("city")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"contacts": [{"emailAddress": "a@b.test"}, {"emailAddress": "nonsense"}]}, "contacts[1]"),
        ({"contacts": [{"emailAddress": "a@b.test"}, {"emailAddress": "A@B.test"}]}, "contacts[1]"),
        ({"contacts": [{"emailAddress": "a@b.test", "colour": "red"}]}, "colour"),
        ({"contacts": {"emailAddress": "a@b.test"}}, "list"),
        ({"contacts": ["a@b.test"]}, "contacts[0]"),
        ({"contacts": [{"emailAddress": "a@b.test", "city": True}]}, "city takes a text"),
        ({"contacts": [{"emailAddress": "a@b.test", "city": ["x"]}]}, "city takes a text"),
        ({"contacts": [{"emailAddress": "a@b.test", "city": "x\0"}]}, "NUL"),
        ({"contacts": [{"emailAddress": "a@b.test", "isSubscribed": "yes"}]}, "true or false"),
        ({"contacts": [{"firstName": "Ada"}]}, "contacts[0]: C_EmailAddress"),
        ({"contacts": [{"emailAddress": "a@b.test"}], "lists": [{"members": []}]}, "name is missing"),
        ({"contacts": [{"emailAddress": "a@b.test"}], "lists": [{"name": "n", "members": "a@b.test"}]}, "list"),
        ({"contacts": [{"emailAddress": "a@b.test"}], "lists": [{"name": "n", "member": []}]}, "'member'"),
        ({"users": [{"name": "x", "password": "y", "groups": ["No"]}]}, "No"),
        ({"users": [{"name": "x"}]}, "password is missing"),
        ({"fields": [{"name": "x", "kind": "text"}]}, "'kind'"),
        ("text", "object"),
        ({"contacts": [{"emailAddress": "a@b.test"}], "planets": []}, "planets"),
        (
            {"contacts": [{"emailAddress": "a@b.test"}], "lists": [{"name": "n", "members": ["no@b.test"]}]},
            "no@b.test",
        ),
        (
            {"contacts": [{"emailAddress": "a@b.test"}], "fields": [{"name": "x", "dataType": "y"}]},
            "fields[0]",
        ),
        (
            {"users": [{"name": "a:b", "password": "x"}], "contacts": [{"emailAddress": "a@b.test"}]},
            "users[0]",
        ),
        ([], "object"),
    ],
)
def test_a_seed_that_does_not_fit_adds_nothing(control, rest, document, said):
    """All or nothing, and the text says where."""
    answer = control.post("/seed", json=document)

    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert rest.get("/data/contacts").json()["total"] == 0
    assert rest.get("/assets/contact/fields").json()["total"] == 44


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"{a: b: c}", b"&a [*a]", b"- " * 50_000, b'[{1: ["\\ud800"]}]'])
@pytest.mark.parametrize("kind", ["application/json", "application/yaml"])
def test_a_seed_that_cannot_be_read(control, body, kind):
    """One line, no traceback."""
    answer = control.post("/seed", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


def test_the_clock_freezes_moves_and_runs(control):
    """architecture.md: real, frozen, offset."""
    frozen = control.put("/clock", json={"mode": "frozen", "now": "2026-01-31T12:00:00Z"}).json()
    moved = control.post("/clock/advance", json={"seconds": 1.5}).json()
    offset = control.put("/clock", json={"mode": "offset", "seconds": -3600}).json()
    real = control.put("/clock", json={"mode": "real"}).json()

    assert frozen == {"mode": "frozen", "now": "2026-01-31T12:00:00.0000000Z", "offsetSeconds": 0, "factor": 0}
    assert moved["now"] == "2026-01-31T12:00:01.5000000Z"
    assert offset["offsetSeconds"] == -3600
    assert real["mode"] == "real"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", {"mode": "stopped"}),
        ("/clock", {"mode": "frozen", "now": "yesterday"}),
        ("/clock", {"mode": "frozen", "now": "2026-01-31T12:00:00"}),
        ("/clock", {"mode": "offset", "seconds": 10**15}),
        ("/clock", {"mode": "real", "speed": 2}),
    ],
)
def test_a_clock_that_cannot_be(control, path, body):
    """Refused in one line."""
    answer = control.put(path, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_requests_are_filtered(control, rest, http):
    """architecture.md: what was called, by whom, with what answer."""
    rest.get("/data/contacts?count=5")
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    http.get("/id")
    rest.nobody().get("/data/contacts")

    posts = control.get("/requests?face=rest&method=post").json()
    refused = control.get("/requests?status=401").json()["items"][0]

    assert control.get("/requests").json()["total"] == 4
    assert [each["path"] for each in posts["items"]] == ["/API/REST/1.0/data/contact"]
    assert posts["items"][0]["user"] == "api.user"
    assert posts["items"][0]["body"] == '{"emailAddress":"a@b.test"}'
    assert refused["user"] is None
    assert "no Authorization header" in refused["reason"]

    control.delete("/requests")
    assert control.get("/requests").json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("face=REST", 2),
        ("method=post", 1),
        ("user=API.user", 3),
        ("status=201", 1),
        ("path=/API/REST/1.0/data/contact", 1),
        ("path=/api/rest/1.0/data/contact*", 2),
        ("path=*contact?", 0),
        ("path=/id", 1),
        ("limit=1", 3),
        ("face=bulk", 0),
    ],
)
def test_a_filter_is_a_text_in_any_case_and_a_path_may_have_stars(control, rest, http, query, count):
    """What the filters say."""
    rest.get("/data/contacts")
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    http.get("/id")

    found = control.get(f"/requests?{query}").json()

    assert found["count"] == count
    assert len(found["items"]) == (1 if query == "limit=1" else count)


@pytest.mark.parametrize("query", ["status=ok", "limit=0", "limit=many"])
def test_a_filter_that_cannot_be_is_refused(control, query):
    """One line."""
    answer = control.get(f"/requests?{query}")

    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("path", ["/reset", "/clock/advance", "/seed"])
@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'"text"', b'{"seed": 5, "seconds": "long"}'])
def test_a_body_that_cannot_be_read_is_one_line(control, path, body):
    """Never a 500, never a traceback."""
    answer = control.post(path, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_what_the_control_api_does_not_have_is_one_line_too(control):
    """404 and 405."""
    assert (control.get("/nothing").status_code, control.get("/nothing").json()) == (404, {"error": "Not Found"})
    assert (control.delete("/health").status_code, control.delete("/health").json()) == (
        405,
        {"error": "Method Not Allowed"},
    )
    assert control.get("/openapi/soap-9.9.json").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        '{"password": "hidden-1"}',
        "grant_type=password&password=hidden-1&client_secret=hidden-2",
        "<o:Password Type='x'>hidden-1</o:Password>",
        '{"refresh_token":"hid\\"den-1"}',
        "<soap-sec:Password>hidden-1</soap-sec:Password>",
        "<Password>" + "hidden-1" * 400,
        "<o:Password>hidden-1</o:Password>".encode("utf-16"),
    ],
)
def test_secrets_are_masked_in_the_log(control, rest, body):
    """DEVELOPERS.md: secrets never in logs."""
    rest.post("/data/contact", content=body, headers={"Content-Type": "application/json"})

    text = control.get("/requests").text

    assert "hidden" not in text
    assert "den-1" not in text
    assert "***" in text


def test_thresholds_are_shown_and_changed(control):
    """architecture.md: counters, limits, enforcement."""
    control.put("/thresholds/bulk-daily", json={"limit": 3, "used": 2, "enforced": True})

    daily = next(each for each in control.get("/thresholds").json()["items"] if each["name"] == "bulk-daily")

    assert (daily["limit"], daily["enforced"], daily["windowSeconds"]) == (3, True, 86400)
    assert [(each["scope"], each["used"], each["refused"]) for each in daily["counters"]] == [("*", 2, 0)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/thresholds/nope", {"limit": 1}),
        ("/thresholds/rest-pace", {"limit": -1}),
        ("/thresholds/rest-pace", {"colour": 1}),
        ("/settings", {"colour": 1}),
        ("/settings", {"put_semantics": "sometimes"}),
        ("/settings", {"sync_pending_seconds": "1"}),
        ("/settings", {"sync_pending_seconds": -1}),
    ],
)
def test_what_does_not_fit_is_refused(control, path, body):
    """One line that says what is known."""
    before = control.get("/settings").json()

    answer = control.put(path, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert control.get("/settings").json() == before


@pytest.mark.parametrize("body", [{"seed": "nope"}, {"profile": "lax"}, {"release": "17A"}])
def test_a_reset_to_what_is_not_there_leaves_the_site(control, rest, body):
    """Nothing is lost by a mistake."""
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})

    assert control.post("/reset", json=body).status_code == 400
    assert rest.get("/data/contacts").json()["total"] == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("PUT", "/clock", {"mode": "stopped"}, "'real', 'offset', 'frozen' or 'scaled'"),
        ("PUT", "/clock", {"mode": "real", "speed": 2}, "there is no 'speed'; there are mode, now, seconds, factor"),
        ("GET", "/requests?face=rest&colour=red", None, "there is no parameter 'colour'; there are"),
        ("GET", "/clock?mode=real", None, "there is no parameter 'mode'; there are none"),
        ("GET", "/outgoing?kind=fax", None, "'post' or 'mail'"),
        ("PUT", "/thresholds/nope", {"used": 1}, "rest-pace"),
        ("PUT", "/settings", {"colour": 1}, "put_semantics"),
        ("PUT", "/settings", {"put_semantics": "sometimes"}, "replace or merge"),
        ("POST", "/syncs/1/stop", None, "'hold', 'release', 'fail' or 'corrupt'"),
        ("POST", "/reset", {"release": "17A"}, "26C"),
    ],
)
def test_a_name_that_is_not_known_is_a_400_with_the_list_of_what_there_is(control, method, path, body, said):
    """Issue 6: control calls with unknown names or values."""
    answer = control(method, path, **({} if body is None else {"json": body}))

    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_an_unknown_site_is_a_404(control):
    """X-Mock-Site names a site."""
    answer = control.get("/health", headers={"X-Mock-Site": "NoCo"})

    assert answer.status_code == 404
    assert answer.json()["error"].startswith("there is no site 'NoCo'; there are MockCo")


def test_sites_never_meet(eloqua, control, connection):
    """architecture.md: each has its own data, users, clock and counters."""
    other = eloqua.server.site("OtherCo")
    other.reset()
    other.seed(contacts=[{"emailAddress": "a@b.test"}])
    other.clock.freeze()
    here, there = (
        connection.get("/API/REST/1.0/data/contacts", auth=each.basic_auth).json()["total"] for each in (eloqua, other)
    )

    assert (here, there) == (0, 1)
    assert control.get("/clock").json()["mode"] == "real"
    assert control.get("/clock", headers={"X-Mock-Site": "otherco"}).json()["mode"] == "frozen"
    assert control.get("/requests").json()["total"] == 1


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
def test_pages_from_elsewhere_are_refused(control, headers):
    """The control API is for this machine."""
    assert control.get("/health", headers=headers).status_code == 403


def test_a_foreign_address_needs_the_token():
    """Without a token: loopback only; with one: everybody who knows it."""
    import asyncio

    from mock_eloqua.control.guard import Guard

    async def answered(token, client, headers):
        sent = []

        async def inner(scope, receive, send):
            sent.append(200)

        async def receive():
            return {}

        async def send(message):
            sent.append(message.get("status"))

        scope = {"type": "http", "path": "/_mock/clock", "client": (client, 1), "headers": headers}
        await Guard(inner, token)(scope, receive, send)
        return sent[0]

    bearer = [(b"authorization", b"Bearer t0ken")]
    assert asyncio.run(answered(None, "192.0.2.1", [])) == 403
    assert asyncio.run(answered(None, "127.0.0.1", [])) == 200
    assert asyncio.run(answered("t0ken", "192.0.2.1", bearer)) == 200
    assert asyncio.run(answered("t0ken", "127.0.0.1", [])) == 401


@pytest.mark.parametrize("name", ["rest-1.0", "rest-2.0", "bulk-2.0", "control"])
def test_contracts_are_published(control, name):
    """architecture.md: OpenAPI documents derived from the declarations."""
    document = control.get(f"/openapi/{name}.json").json()

    assert document["openapi"].startswith("3.")
    assert document["paths"]


def test_the_contracts_can_be_browsed_without_a_network(control):
    """docs/server.md: one page that asks for nothing but the documents beside it."""
    page = control.get("/docs")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "//" not in page.text.replace("<!--", "").split("<script>")[0]
    assert re.findall(r"https?://", page.text) == []
    assert "openapi/${name}.json" in page.text
