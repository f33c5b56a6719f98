"""What a client may pass over and a test should not: noted while it is answered as the live product would."""

from __future__ import annotations

import httpx2
import pytest

from mock_eloqua.access.limits import STAGING_AREA
from mock_eloqua.problems import MOST, Problem, Problems

CONTACTS = "/API/REST/1.0/data/contacts"


def told(control):
    """Kind, method, path, status and times of each."""
    items = control.get("/problems").json()["items"]
    return [(each["kind"], each["method"], each["path"], each["status"], each["times"]) for each in items]


@pytest.fixture(autouse=True)
def none_yet(control):
    """Those of the test before are forgotten, as the fixture `eloqua` would."""
    control.delete("/problems")


@pytest.mark.one_process
def test_calls_that_eloqua_does_not_have_are_noted(control, http, rest):
    """By path, by operation of a face, by method; the same again is counted, and what is there is no problem."""
    assert rest.get("/data/contacts").status_code == 200
    assert rest.get("/data/contact/99").status_code == 404
    for _ in range(2):
        assert http.get("/nowhere").status_code == 404
    rest.get("/data/nothings")
    rest.put("/data/contacts")

    assert told(control) == [
        ("unknown-path", "GET", "/nowhere", 404, 2),
        ("unknown-operation", "GET", "/API/REST/1.0/data/nothings", 404, 1),
        ("unknown-operation", "PUT", CONTACTS, 405, 1),
    ]
    log = control.get("/requests").json()["items"]
    assert [each["problem"] for each in log][:3] == [None, None, "unknown-path"]


@pytest.mark.one_process
def test_a_soap_action_that_no_service_has_is_noted(control, http, eloqua):
    """It is told from others by its body."""
    login, password = eloqua.basic_auth
    body = f"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><o:Security
      xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><o:UsernameToken>
      <o:Username>{login}</o:Username><o:Password>{password}</o:Password></o:UsernameToken></o:Security></s:Header>
      <s:Body><Fly xmlns="http://none.test"/></s:Body></s:Envelope>"""
    path = "/API/1.2/Service.svc"
    answer = http("POST", path, content=body, headers={"Content-Type": "text/xml", "SOAPAction": '"Fly"'})

    assert "ActionNotSupported" in answer.text
    assert told(control) == [("unknown-operation", "POST", path, answer.status_code, 1)]


@pytest.mark.one_process
def test_a_call_that_a_threshold_turned_down_is_noted(control, rest, eloqua):
    """Not one that only went over a limit which is not enforced: the end of a run tells of these."""
    eloqua.threshold("rest-pace", limit=0)
    assert rest.get("/data/contacts").status_code == 200
    assert told(control) == []
    eloqua.threshold("rest-pace", enforced=True)
    assert rest.get("/data/contacts").status_code == 429

    assert told(control) == [("rest-pace", "GET", CONTACTS, 429, 1)]
    assert control.get("/requests?status=429").json()["items"][0]["problem"] == "rest-pace"


@pytest.mark.one_process
def test_work_in_the_background_that_meets_a_limit_is_noted(control, eloqua):
    """No call is to blame."""
    eloqua.threshold("staging-area", limit=0, enforced=True)
    assert not eloqua.site.thresholds.allows(STAGING_AREA, 1)

    assert told(control) == [("staging-area", "", "", 0, 1)]


@pytest.mark.one_process
def test_a_fault_that_was_asked_for_is_no_problem(control, rest, eloqua):
    """Nor is a reset the end of one that was met."""
    eloqua.fault(face="rest", status=503, times=1)
    assert rest.get("/data/nothings").status_code == 503
    assert told(control) == []
    rest.get("/data/nothings")
    eloqua.reset()
    assert len(told(control)) == 1
    control.delete("/problems")
    assert told(control) == []


def test_there_are_never_more_than_so_many():
    """A client that runs wild fills no memory; what is known is still counted."""
    problems = Problems()
    for _ in range(2):
        for number in range(MOST + 50):
            problems.note(Problem("unknown-path", "GET", f"/{number}", 404))

    assert len(problems) == MOST
    assert {each.times for each in problems} == {2}


@pytest.mark.one_process
def test_a_pod_that_does_not_exist_and_an_api_of_the_login_host_are_noted(control, http):
    """Both are 404 with no word of Eloqua's."""
    http.get("/pod/p05/API/REST/1.0/data/contacts")
    http.get("/pod/login/API/REST/1.0/data/contacts")

    assert told(control) == [("unknown-path", "GET", CONTACTS, 404, 2)]


@pytest.mark.one_process
def test_a_call_to_what_is_not_there_is_noted_where_its_credentials_belong(control, http, eloqua_server):
    """A path that is not there asks nobody who calls; workers of a test run share a server, each with its own site."""
    other = eloqua_server.site("WorkerCo")
    paths = ["/nowhere", "/API/REST/1.0/data/nothings"]
    for path in paths:
        httpx2.get(f"{other.base_url}{path}", auth=other.basic_auth, verify=False)
    http.nobody().get("/elsewhere")

    assert [each.path for each in other.problems()] == paths
    assert [each.path for each in other.requests()] == paths
    assert told(control) == [("unknown-path", "GET", "/elsewhere", 404, 1)]
