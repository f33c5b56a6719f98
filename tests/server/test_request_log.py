"""The request log: what is kept of a call, what is masked, how it is found and taken along (issue 6, 9)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import jsonschema_rs
import pytest

from mock_eloqua import house
from mock_eloqua.masking import masked_query
from mock_eloqua.requests import FACES, KEPT, Entry, RequestLog


def entry(number=1, **changes):
    """A small call."""
    return Entry(
        **{
            "number": number,
            "at": 0,
            "face": "rest",
            "base_url": "http://127.0.0.1",
            "method": "GET",
            "path": "/",
            "raw_query": "",
            "user": None,
            "status": 200,
            "reason": None,
            "milliseconds": 1.0,
            "request_bytes": 0,
            "response_bytes": 0,
            "raw_headers": [],
            "raw_body": b"",
            "raw_answer_headers": [],
            "raw_answer": b"",
        }
        | changes
    )


def test_a_call_is_kept_with_headers_and_answer(control, rest):
    """One call by its number, as in the list."""
    rest.get("/data/contacts?count=5", headers={"X-Trace": "t-1"})

    (item,) = control.get("/requests").json()["items"]

    assert item == control.get("/requests/1").json()
    assert ["x-trace", "t-1"] in item["headers"]
    assert ["content-type", "application/json"] in item["answerHeaders"]
    assert item["answer"] == '{"elements":[],"page":1,"pageSize":5,"total":0}'


def test_a_call_that_is_not_kept_is_a_404_that_says_what_there_is(control, rest):
    """Numbers begin at 1."""
    assert control.get("/requests/1").json() == {"error": "there is no call 1; nothing was called"}
    rest.get("/data/contacts")
    rest.get("/data/contacts")
    assert control.get("/requests/7").json() == {"error": "there is no call 7; there are 1 to 2"}
    assert control.get("/requests/7").status_code == 404
    assert control.get("/requests/last").status_code == 400


def test_the_beginning_of_a_long_answer_is_kept(eloqua, control, rest):
    """Bounded, and the length is told."""
    eloqua.seed(contacts=[{"emailAddress": f"n{number}@b.test"} for number in range(50)])

    answer = rest.get("/data/contacts?depth=complete")
    (item,) = control.get("/requests").json()["items"]

    assert item["answer"] == answer.text[:KEPT]
    assert item["responseBytes"] == len(answer.content) > KEPT


def test_the_log_is_bounded_in_bytes_whatever_is_sent():
    """The oldest go; long headers count."""
    log = RequestLog(most_bytes=100_000)

    for number in range(1, 101):
        log.add(entry(number, raw_headers=[(b"x-long", b"x" * 20_000)]))

    assert [each.number for each in log] == [97, 98, 99, 100]
    assert log.total == 100


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("status=4xx", [2, 3]),
        ("status=4XX", [2, 3]),
        ("status=401", [2]),
        ("status=2xx", [1, 4]),
        ("status=5xx", []),
        ("refused=true", [2, 3]),
        ("refused=false", [1, 4]),
        ("after=2", [3, 4]),
        ("after=2&status=4xx", [3]),
        ("since=2026-01-31T12:00:00Z", [4]),
        ("since=2026-01-31T13:00:00%2B01:00", [4]),
        ("path=*a*c*T*", [1, 2, 3, 4]),
        ("path=" + "*a" * 40 + "b", []),
    ],
)
def test_more_filters(eloqua, control, rest, query, numbers):
    """Issue 6: since a number, since a time, only what was refused, a class of statuses."""
    eloqua.clock.freeze(datetime(2026, 1, 31, 11, tzinfo=UTC))
    rest.get("/data/contacts")
    rest.nobody().get("/data/contacts")
    rest.get("/data/contact/" + "a" * 5_000)
    eloqua.clock.advance(hours=1)
    rest.get("/data/contacts")

    items = control.get(f"/requests?{query}").json()["items"]

    assert [each["number"] for each in items] == numbers


@pytest.mark.parametrize(
    "query", ["status=4x", "status=600", "after=-1", "since=yesterday", "refused=maybe", "face=fax"]
)
def test_a_filter_that_cannot_be(control, query):
    """One line, 400."""
    answer = control.get(f"/requests?{query}")

    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


def test_a_face_that_is_not_there_is_told_with_those_that_are():
    """The list is the house's."""
    assert {*house.FACES.values(), "none"} == set(FACES)


def test_secrets_are_masked_wherever_they_stand(eloqua, control, rest):
    """Headers, query strings, and bodies of requests and answers."""
    rest.get("/data/contacts?password=hidden-1&pass%77ord=hidden-2&ACCESS_TOKEN=hidden-3&code=hidden-4&count=5")
    rest.get("/data/contacts", headers={"Cookie": "a=hidden-5", "Referer": "https://a.test/cb?code=hidden-6&x=1"})
    eloqua.site.requests.add(
        entry(
            3,
            raw_answer=b'{"access_token":"hidden-7","expires_in":28800,"code":"US","refresh_token":"hidden-8',
            raw_answer_headers=[(b"location", b"https://a.test/cb#access_token=hidden-9"), (b"Set-Cookie", b"hidden")],
        )
    )
    credentials = base64.b64encode("\\".join(eloqua.credentials.values()).encode()).decode()[:12]

    shown = control.get("/requests").text + control.get("/requests.har").text

    assert "hidden" not in shown
    assert credentials not in shown
    assert "count=5" in shown
    assert '["authorization","Basic ***"]' in shown
    assert "https://a.test/cb?code=***&x=1" in shown
    assert '\\"code\\":\\"US\\"' in shown


def test_a_query_keeps_all_but_its_secrets():
    """However the names are written."""
    assert masked_query("a=1&b&=2&Code=x&%70assword=%20y=z&") == "a=1&b&=2&Code=***&%70assword=***&"


STRING, NUMBER = {"type": "string"}, {"type": "number", "minimum": -1}
PAIRS = {
    "type": "array",
    "items": {"type": "object", "required": ["name", "value"], "properties": {"name": STRING, "value": STRING}},
}


def form(**properties):
    """An object with all these properties, and a comment if it likes."""
    return {
        "type": "object",
        "required": [name for name in properties if name not in ("postData", "comment")],
        "properties": {"comment": STRING, **properties},
        "additionalProperties": False,
    }


HAR = form(
    log=form(
        version={"const": "1.2"},
        creator=form(name=STRING, version=STRING),
        entries={
            "type": "array",
            "items": form(
                startedDateTime={**STRING, "format": "date-time"},
                time=NUMBER,
                request=form(
                    method=STRING,
                    url={**STRING, "format": "uri"},
                    httpVersion=STRING,
                    cookies=PAIRS,
                    headers=PAIRS,
                    queryString=PAIRS,
                    postData=form(mimeType=STRING, text=STRING),
                    headersSize=NUMBER,
                    bodySize=NUMBER,
                ),
                response=form(
                    status={"type": "integer"},
                    statusText=STRING,
                    httpVersion=STRING,
                    cookies=PAIRS,
                    headers=PAIRS,
                    content=form(size=NUMBER, mimeType=STRING, text=STRING),
                    redirectURL={**STRING, "format": "uri-reference"},
                    headersSize=NUMBER,
                    bodySize=NUMBER,
                ),
                cache={"type": "object"},
                timings=form(send=NUMBER, wait=NUMBER, receive=NUMBER),
            ),
        },
    )
)
"""HAR 1.2, as much of it as there is here."""


def test_the_log_is_taken_along_as_a_har(control, rest, http):
    """Valid by the schema, with the filters of the list."""
    rest.get("/data/contacts?search=name%20=*&count=5")
    rest.post("/data/contact", json={"emailAddress": "ä@b.test"})
    rest.nobody().get("/data/contact/a b<|>ä?a=<|>")
    http.get("/API/Bulk/2.0/contacts/fields")
    rest.post("/data/contact", content=b"\xff\xfe" * KEPT, headers={"Content-Type": "application/json"})

    har = control.get("/requests.har").json()
    posts = control.get("/requests.har?method=POST&limit=1").json()["log"]["entries"]

    jsonschema_rs.Draft202012Validator(HAR, validate_formats=True).validate(har)
    entries = har["log"]["entries"]
    assert entries[0]["request"]["queryString"] == [
        {"name": "search", "value": "name =*"},
        {"name": "count", "value": "5"},
    ]
    assert entries[1]["request"]["postData"]["mimeType"] == "application/json"
    assert entries[1]["response"]["content"]["text"].startswith('{"type":"Contact"')
    assert "no Authorization header" in entries[2]["comment"]
    assert entries[3]["response"]["content"]["comment"].startswith(f"the first {KEPT} bytes of")
    assert [each["request"]["bodySize"] for each in posts] == [2 * KEPT]
