"""`serve --log`: a line for each call and for what goes wrong (issue 9, 8)."""

from __future__ import annotations

import json
import logging
import re
from base64 import b64encode

import pytest
from tests.pages.blocks import blocks
from tests.serving import SIGNED_IN, serving

from mock_eloqua import logs

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


@pytest.fixture
def written(capsys):
    """Begins to write in a form, and gives what tells the lines so far; all is as before afterwards."""
    loggers = [logging.getLogger(name) for name in ("mock_eloqua", "uvicorn")]
    before = [(each.handlers, each.propagate, each.level) for each in loggers]

    def start(form, level="info"):
        logs.write(form, level)

        def lines():
            return capsys.readouterr().err.splitlines()

        return lines

    yield start
    for logger, (handlers, propagates, level) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagates
        logger.setLevel(level)


@pytest.fixture
def here(eloqua_server):
    """Only a server of this process writes to our standard error."""
    if not hasattr(eloqua_server, "options"):
        pytest.skip("the server is another process")


def test_a_call_is_a_line_of_text(written, here, rest, eloqua):
    """Time, number, face, call, answer, who, and the id that the caller was told."""
    lines = written("text")
    answer = rest.get("/data/contacts?search=a*")
    rest.get("/data/contact/1")
    first, second = lines()
    number = eloqua.requests()[-2].number
    call = rf"{number} rest GET /API/REST/1\.0/data/contacts\?search=a\* 200 \d+\.\d ms api\.user@{eloqua.name}"

    assert re.fullmatch(rf"{MOMENT} info    {call} {answer.headers['x-request-id']}", first)
    assert second.endswith("(NotFound: there is no Contact 1)")


def test_a_call_is_an_object_of_json(written, here, rest, http, eloqua):
    """The same for programs; the login host tells no id."""
    lines = written("json")
    answer = rest.get("/data/contact/1")
    http.get("/id")
    first, second = map(json.loads, lines())

    assert re.fullmatch(MOMENT, first.pop("time"))
    assert first.pop("milliseconds") > 0
    assert first == {
        "level": "info",
        "message": "call",
        "number": eloqua.requests()[-2].number,
        "requestId": answer.headers["x-request-id"],
        "site": eloqua.name,
        "face": "rest",
        "method": "GET",
        "path": "/API/REST/1.0/data/contact/1",
        "query": "",
        "status": 404,
        "user": "api.user",
        "reason": "NotFound: there is no Contact 1",
        "fault": None,
        "requestBytes": 0,
        "responseBytes": len(answer.content),
    }
    assert (second["face"], second["requestId"]) == ("login", None)


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_not_written(form, written, here, http):
    """Neither from the query nor from headers, bodies or answers."""
    lines = written(form, "debug")
    http.nobody().get("/API/REST/1.0/data/contacts?access_token=hush-1&password=hush-2")
    http.as_user("api.user", "hush-3").get("/id")
    http.as_app("client-id", "hush-4").post(
        "/auth/oauth2/token", json={"grant_type": "password", "username": "MockCo\\api.user", "password": "hush-5"}
    )
    granted = http.as_app().post(
        "/auth/oauth2/token", json={"grant_type": "refresh_token", "refresh_token": "refresh-token"}
    )

    found = lines()
    assert len(found) == 4
    for secret in ("hush", b64encode(b"client-id:client-secret").decode(), granted.json()["access_token"]):
        assert secret not in "".join(found)


def test_no_caller_begins_a_line_of_its_own(written, here, http):
    """Nor paints the terminal."""
    lines = written("text")
    http.get("/%0a2026-01-01T00:00:00.000Z%20error%1b[31m")
    (line,) = lines()

    assert r"/\n2026-01-01T00:00:00.000Z error\x1b[31m 404" in line


def test_a_level_leaves_out_what_is_below(written, here, http):
    """Calls are infos."""
    lines = written("text", "warning")
    http.get("/id")
    logging.getLogger("mock_eloqua").warning("two\nlines")
    (line,) = lines()

    assert re.fullmatch(MOMENT + r" warning two\\nlines", line)


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_goes_wrong_comes_with_its_traceback(form, written):
    """In JSON still a single line."""
    lines = written(form)
    try:
        "".index("no such thing")
    except ValueError:
        logging.getLogger("mock_eloqua").exception("it failed")
    found = lines()

    assert "ValueError: substring not found" in found[-1]
    assert "it failed" in found[0]
    assert (len(found) == 1) is (form == "json")


def test_other_libraries_are_not_written(written):
    """An HTTP client logs addresses as they are."""
    lines = written("text", "debug")
    logging.getLogger("httpx2").warning("GET https://x.test/?password=hush")

    assert lines() == []


def test_a_test_that_logs_infos_sees_the_calls(here, http, caplog):
    """Whatever its formatter."""
    caplog.set_level("INFO", "mock_eloqua")
    http.get("/nowhere%0a")

    assert caplog.messages == [r"GET /nowhere\n: 404"]


def test_the_page_shows_lines_as_they_are(written, here, rest):
    """docs/observability.md."""
    lines = written("json")
    rest.get("/data/contacts")
    (line,) = lines()
    (shown,) = blocks("docs/observability.md", "json")
    (lines_of_text,) = blocks("docs/observability.md", "text")

    assert json.loads(shown.text).keys() == json.loads(line).keys()
    for each in lines_of_text.text.splitlines():
        assert re.fullmatch(MOMENT + r" info    \d+ rest GET .* ms api.user@MockCo .*", each)


def test_the_command_writes_to_standard_error():
    """The greeting stays alone on standard output."""
    with serving("--log", "json", MOCK_ELOQUA_LOG_LEVEL="info") as server:
        server.call("/id", **SIGNED_IN)
        server.process.terminate()
        said, written = server.process.communicate(timeout=30)

    assert said == ""
    assert [json.loads(line)["path"] for line in written.splitlines()] == ["/id"]
