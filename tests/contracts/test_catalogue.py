"""The emulator keeps every contract, and the kit notices where it would not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from hypothesis import strategies as st
from tests.contracts.defective import Changed, Defective

from eloqua_contracts import catalogue, runner
from eloqua_contracts.contract import CONTRACTS, Need, Sure, Unmet
from eloqua_contracts.runner import Outcome, Profile, Verdict
from eloqua_contracts.targets import live
from eloqua_contracts.targets.mock import Mock
from mock_eloqua.embedded import EloquaSite

FEW = Profile(examples=3)


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False), timeout=60) as client:
        yield client


@pytest.mark.parametrize("identity", sorted(CONTRACTS)[::11])
def test_the_emulator_keeps_contracts(eloqua: EloquaSite, http: httpx2.Client, identity: str) -> None:
    """Each version of their faces. Every eleventh; CI holds it to all of them with `contracts evidence --check`."""
    outcomes = list(runner.held([CONTRACTS[identity]], Mock(eloqua, http).pod, FEW))

    assert [(each.verdict, each.why) for each in outcomes] == [(Verdict.HELD, "")] * len(outcomes)


def test_contracts_say_where_they_are_from() -> None:
    """A sentence, a source, and nothing that is inferred."""
    assert catalogue.MODULES
    for each in CONTRACTS.values():
        assert each.sentence.endswith(".")
        assert each.source.split()[0] in {"rest", "bulk", "platform", "soap", "clients"}
        assert each.sure in Sure
        assert each.face in {"login", "oauth", "rest", "bulk", "soap", "site"}


@dataclass
class Mutant:
    """A small defect: answers of some calls come otherwise than the emulator gave them."""

    contract: str
    changed: Changed
    """The parts of the answer that are wrong."""


def _text(old: str, new: str) -> Changed:
    return lambda answer: {"content": answer.content.replace(old.encode(), new.encode())}


def _status(wrong: int, *, instead_of: int) -> Changed:
    return lambda answer: {"status_code": wrong} if answer.status_code == instead_of else {}


CHARSET = {"headers": {"content-type": "application/json; charset=utf-8"}}
MUTANTS = {
    "a wrong status": Mutant("rest.contact.create.duplicate-address", _status(400, instead_of=409)),
    "a number in place of a text": Mutant("rest.contact.create", _text('"id":"1"', '"id":1')),
    "null in place of nothing": Mutant("rest.contact.nothing-is-left-out", _text("{", '{"lastName":null,')),
    "a charset too much": Mutant("rest.contact.content-type", lambda _: CHARSET),
    "a page of another size": Mutant("rest.contacts.envelope", _text('"pageSize":', '"pageSize":1')),
    "another key": Mutant("rest.contacts.envelope", _text('"page":', '"pages":')),
    "a text of other words": Mutant("login.id.wrong-password", _text("Not auth", "Not Auth")),
    "a slash at the end": Mutant("login.id.answer", _text('","apis"', '/","apis"')),
    "204 for a deletion": Mutant("rest.contact.delete", _status(204, instead_of=200)),
    "a redirect": Mutant("login.rest.unauthenticated", _status(302, instead_of=401)),
    "a rule of another name": Mutant("rest.contact.create.bad-address", _text("EmailAddressReq", "EmailReq")),
    "a truth as a text": Mutant("bulk.fields.page", _text("true", '"true"')),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_defect_is_noticed(eloqua: EloquaSite, http: httpx2.Client, name: str) -> None:
    """And shown with the calls in which it was seen."""
    mutant = MUTANTS[name]

    with httpx2.Client(transport=Defective(http, mutant.changed)) as defective:
        outcome = next(iter(runner.held([CONTRACTS[mutant.contract]], Mock(eloqua, defective).pod, FEW)))

    assert outcome.verdict is Verdict.BROKEN
    assert outcome.why
    assert outcome.exchanges


def test_what_a_user_gave_an_earlier_contract_starts_no_flow_again(eloqua: EloquaSite, http: httpx2.Client) -> None:
    """Where a target keeps it; a refresh token that is good no more costs one, as at the start."""
    pod = Mock(eloqua, http).pod()

    def asked() -> list[str]:
        pod.begin()
        CONTRACTS["oauth.access.rest"].check(pod)
        return [json.loads(each.sent)["grant_type"] for each in pod.exchanges if each.sent]

    assert [asked() for _ in range(3)] == [["password"], ["refresh_token"], ["refresh_token"]]
    pod.refresh_tokens["full"] = "used by another"
    pod.clock.advance(seconds=61)
    assert asked() == ["refresh_token", "password"]


def test_on_a_live_pod_what_costs_posts_to_bulk_has_one_example() -> None:
    """Unless somebody asks for more of all."""
    named = [CONTRACTS[each] for each in ("bulk.upload.csv", "bulk.accept.json-among-others", "rest.contact.create")]

    assert [live.PROFILE.examples_of(each) for each in named] == [1, 2, 2]
    assert [live.PROFILE.with_examples(5).examples_of(each) for each in named] == [5, 5, 5]


def _only(pod: Mock, **changes: Any) -> Outcome:
    """The outcome of a contract of this test's own."""
    contract = replace(CONTRACTS["login.id.no-credentials"], **changes)
    return next(iter(runner.held([contract], pod.pod, Profile(examples=20))))


def test_what_a_target_cannot_give_is_a_reason_to_skip(eloqua: EloquaSite, http: httpx2.Client) -> None:
    """Told before, by `needs`, or met on the way."""
    mock = Mock(eloqua, http)

    def asks(pod: Any) -> None:
        pod.login("janitor")

    assert _only(mock, check=asks).why == "takes a user of the role 'janitor'"

    class Poor(Mock):
        def pod(self) -> Any:
            found = super().pod()
            found.gives = frozenset()
            return found

    outcome = _only(Poor(eloqua, http), needs=frozenset({Need.WRITES, Need.CLOCK}))
    assert (outcome.verdict, outcome.why) == (Verdict.SKIPPED, "takes control of time, writes")


def test_the_smallest_example_is_shown(eloqua: EloquaSite, http: httpx2.Client) -> None:
    """And what is no defect of the POD is trouble of the contract."""

    def breaks(pod: Any, draw: Any) -> None:
        number = draw(st.integers(0, 1000))
        pod.call("GET", f"{pod.login_url}/id", params={"n": number})
        if number >= 7:
            raise Unmet("too large")

    outcome = _only(Mock(eloqua, http), check=breaks)
    assert (outcome.verdict, outcome.drawn) == (Verdict.BROKEN, ("7",))
    assert [each.path for each in outcome.exchanges] == ["/id?n=7"]


def test_where_nobody_answers_nothing_is_known(eloqua: EloquaSite, http: httpx2.Client) -> None:
    """Neither held nor broken; what stumbles over an answer is broken."""

    def lost(pod: Any) -> None:
        pod.call("GET", "http://127.0.0.1:1/id")

    assert _only(Mock(eloqua, http), check=lost).verdict is Verdict.UNKNOWN

    def stumbles(pod: Any) -> None:
        pod.identity().json()["nothing"]

    assert _only(Mock(eloqua, http), check=stumbles).verdict is Verdict.BROKEN
