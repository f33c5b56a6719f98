"""What a run shows of operations: separate facts, laid beside the declarations."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eloqua_contracts import catalogue
from eloqua_contracts.contract import CONTRACTS, Sure
from eloqua_contracts.evidence import Axis, Evidence
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.runner import Outcome, Verdict
from eloqua_contracts.things import operation_in, seen_again
from mock_eloqua import evidence

assert catalogue.MODULES
CONTRACT = next(each for each in CONTRACTS.values() if each.sure is Sure.RECORDED)
CONTACT, CONTACTS, LISTS = "POST /contact", "GET /contacts", "GET /lists"


def exchange(method: str, path: str, status: int = 200, answer: object = None, sent: object = None, user: str = "full"):
    """A call of REST 2.0."""
    return Exchange(
        method, f"/API/REST/2.0{path}", status, "", {}, json.dumps(answer).encode(), json.dumps(sent).encode(), user
    )


def test_what_a_call_made_is_found_in_what_a_later_one_shows() -> None:
    """A list of other things with the same id does not count, nor a read before it."""
    made = (CONTACT, exchange("POST", "/data/contact", 201, {"id": "7"}))
    others = (LISTS, exchange("GET", "/assets/contact/lists", answer={"elements": [{"id": "7"}]}))
    shown = (CONTACTS, exchange("GET", "/data/contacts", answer={"elements": [{"id": "7"}]}))

    assert set(seen_again([made, others])) == set()
    assert set(seen_again([shown, made])) == set()
    assert set(seen_again([made, shown])) == {CONTACT, CONTACTS}
    assert set(seen_again([made, ("GET one", exchange("GET", "/data/contact/7"))])) == {CONTACT, "GET one"}


def test_bulk_is_followed_from_the_definition_to_its_rows() -> None:
    """By the uris that answers and calls name."""
    defined = Exchange("POST", "/API/Bulk/2.0/contacts/exports", 201, "", {}, b'{"uri": "/contacts/exports/3"}')
    begun = Exchange(
        "POST",
        "/API/Bulk/2.0/syncs",
        201,
        "",
        {},
        b'{"uri": "/syncs/9"}',
        b'{"syncedInstanceUri": "/contacts/exports/3"}',
    )
    rows = Exchange("GET", "/API/Bulk/2.0/syncs/9/data", 200, "", {}, b"{}")

    assert set(seen_again([("define", defined), ("sync", begun), ("data", rows)])) == {"sync", "data"}


def test_soap_is_followed_by_ids() -> None:
    """Of what was made and of what is retrieved; its operation is told by its body."""
    body = "<s:Envelope xmlns:s='x'><s:Body><{0} xmlns='y'>{1}</{0}></s:Body></s:Envelope>"
    made = Exchange(
        "POST",
        "/API/1.2/Service.svc",
        200,
        "",
        {},
        body.format("R", "<ID>5</ID>").encode(),
        body.format("Create", "").encode(),
    )
    read = Exchange("POST", "/API/1.2/Service.svc", 200, "", {}, b"", body.format("Retrieve", "<int>5</int>").encode())

    assert (operation_in(made), operation_in(read)) == ("Create", "Retrieve")
    assert set(seen_again([("c", made), ("r", read)])) == {"c", "r"}
    assert operation_in(Exchange("POST", "/API/1.2/Service.svc", 200, "", {}, b"", b"<a/>")) == ""


def test_each_fact_stands_by_itself() -> None:
    """What was refused is shown whether the contract was held or not."""
    heard = [
        ("made", exchange("POST", "/data/contact", 201, {"id": "7"})),
        ("wrong", exchange("POST", "/data/contact", 400)),
        ("refused", exchange("POST", "/data/contact", 403, user="api only")),
        ("over", exchange("POST", "/data/contact", 429)),
        ("", exchange("GET", "/nothing")),
    ]
    found = Evidence()

    found.note(Outcome(CONTRACT, "", Verdict.BROKEN), heard)
    assert found.axes == {
        "made": {Axis.ROUTED},
        "wrong": {Axis.VALIDATED},
        "refused": {Axis.PERMISSIONS},
        "over": {Axis.THRESHOLDS},
    }

    found.note(Outcome(CONTRACT, "", Verdict.HELD), heard)
    assert found.recorded()["made"] == {
        "yes": ["routed", "held by a contract", "agrees with a recording"],
        "contracts": [CONTRACT.id],
    }
    assert found.recorded()["wrong"] == {"yes": ["validated"], "contracts": []}


def test_a_call_is_taken_for_what_its_headers_make_of_it() -> None:
    """A SEARCH that travels as a POST shows what was made before; a status that was bent is the real one."""
    call = exchange("POST", "/data/contacts", answer=[{"id": "7"}])
    search = replace(call, asked={"x-http-method-override": "SEARCH"})
    bent = replace(search, headers={"x-http-original-status-code": "404"})
    found = Evidence()

    found.note(Outcome(CONTRACT, "", Verdict.HELD), [("search", bent)])

    assert evidence.operation(search.verb, search.path) == "POST /API/REST/2.0/data/contacts"
    assert set(seen_again([("c", exchange("POST", "/data/contact", answer={"id": "7"})), ("s", search)])) == {"c", "s"}
    assert found.axes == {"search": {Axis.VALIDATED}}


@pytest.mark.parametrize(
    ("method", "path", "soap", "key"),
    [
        ("GET", "/api/rest/2.0/data/contact/12?depth=partial", "", "GET /API/REST/2.0/data/contact/{id}"),
        ("POST", "/API/1.2/EmailService.svc", "Deploy", "EmailService.Deploy"),
        ("POST", "/API/1.2/Service.svc", "Create", "Eloqua.Create"),
        ("GET", "/API/REST/2.0/nothing", "", ""),
        ("GET", "/elsewhere", "", ""),
    ],
)
def test_a_call_is_told_by_its_operation(method: str, path: str, soap: str, key: str) -> None:
    """As the declarations name it."""
    assert evidence.operation(method, path, soap) == key


def test_what_is_lost_is_told_and_what_a_live_pod_kept_stays() -> None:
    """Operation by operation."""
    key = "GET /id"
    before = {key: {"yes": ["routed", "held by a contract"], "contracts": ["x"], "live": "2026-01-02"}}
    now = {key: {"yes": ["routed"], "contracts": []}}

    assert list(evidence.lost(now, before)) == ["GET /id: held by a contract is not shown any more"]
    assert list(evidence.lost(before, now)) == []
    assert json.loads(evidence.written(now, before))[key]["live"] == "2026-01-02"
    assert json.loads(evidence.confirmed(before, now, "2026-02-03"))[key]["live"] == "2026-02-03"
    assert "live" not in json.loads(evidence.confirmed({}, now, "2026-02-03"))[key]


def test_the_page_has_every_operation() -> None:
    """Also those of which nothing is shown."""
    text = evidence.page({"GET /id": {"yes": ["routed"], "live": "2026-01-02"}})

    assert "| `GET /id` | yes |  |  |  |  |  |  | 2026-01-02 |" in text
    assert text.count("| never |") > 800
