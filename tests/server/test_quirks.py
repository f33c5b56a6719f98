"""What is odd about the product and is nowhere else a test of its own (platform.md 7.4, docs/quirks.md)."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.server.bulk.conftest import Bulk

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/quirks.md"
STATES = ("emulated", "not applicable", "open")


@pytest.mark.quirk("Q21")
def test_errors_have_a_shape_for_each_door(rest: Any, http: Any, eloqua: Any, connection: Any) -> None:
    """platform.md 5.4: a list in REST, `failures` in Bulk, a JSON string of /id, a fault in SOAP; OAuth has its own."""
    bulk = Bulk(connection, eloqua.basic_auth)

    assert isinstance(rest.post("/data/contact", json={}).json(), list)
    assert list(bulk.post("/contacts/imports", {}).json()) == ["failures"]
    assert http.nobody().get("/id").json() == "Not authenticated."
    soap = http.nobody().post("/API/1.2/Service.svc", content="<a/>", headers={"Content-Type": "text/xml"})
    assert (soap.status_code, soap.content) == (400, b"")


@pytest.mark.quirk("Q19")
def test_bulk_and_id_name_their_charset(http: Any, eloqua: Any, connection: Any) -> None:
    """[recorded] platform.md 5.2."""
    bulk = Bulk(connection, eloqua.basic_auth)

    assert bulk.get("/syncs").headers["content-type"] == "application/json; charset=utf-8"
    assert http.get("/id").headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.quirk("Q18")
def test_the_login_host_numbers_no_requests(http: Any) -> None:
    """[recorded] platform.md 2.1."""
    assert "x-request-id" not in http.get("/id").headers


@pytest.mark.quirk("Q4")
def test_a_disabled_user_looks_like_a_wrong_password(http: Any) -> None:
    """[doc] platform.md 1.6: the same 20 bytes."""
    disabled, wrong = http.as_user("disabled").get("/id"), http.as_user("api.user", "wrong").get("/id")

    assert disabled.content == wrong.content == b'"Not authenticated."'
    assert disabled.status_code == wrong.status_code == 200


@pytest.mark.quirk("Q54")
def test_standard_fields_are_of_midnight_eastern(eloqua: Any, connection: Any) -> None:
    """[recorded] platform.md Q54: 1900, five hours behind UTC."""
    fields = Bulk(connection, eloqua.basic_auth).get("/contacts/fields").json()["items"]

    (address,) = (each for each in fields if each["internalName"] == "C_EmailAddress")
    assert address["createdAt"] == "1900-01-01T05:00:00.0000000Z"


@pytest.mark.quirk("Q74")
def test_id_lists_soap_as_ever(http: Any) -> None:
    """[doc] platform.md Q74: its end was announced for 2016."""
    soap = http.get("/id").json()["urls"]["apis"]["soap"]

    assert list(soap) == ["standard", "dataTransfer", "email", "externalAction"]
    assert soap["standard"].endswith("/API/{version}/Service.svc")


def rows() -> dict[str, tuple[str, set[str]]]:
    """Quirk to its state and the tests that the page names."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        if re.match(r"\| Q\d+ \|", line):
            quirk, *_, state, tests = (cell.strip() for cell in line.strip("| ").split(" | "))
            assert quirk not in found
            found[quirk] = (state.partition(":")[0], set(re.findall(r"`(test_\w+)`", tests)))
    return found


def marked() -> dict[str, set[str]]:
    """Quirk to the tests that are marked with it."""
    found = defaultdict(set)
    for file in ROOT.glob("tests/**/test_*.py"):
        text = file.read_text("utf-8")
        if "mark.quirk(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            for each in getattr(node, "decorator_list", ()):
                if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.quirk":
                    found[ast.literal_eval(each.args[0])].add(node.name)  # type: ignore[attr-defined]
    return found


def test_the_page_has_every_quirk_and_names_the_tests_that_are_marked_with_it() -> None:
    """docs/quirks.md: all 78, and what is emulated has a test."""
    page, tests = rows(), marked()

    assert list(page) == [f"Q{number}" for number in range(1, 79)]
    for quirk, (state, named) in page.items():
        assert state in STATES, quirk
        assert named == tests[quirk], quirk
        assert bool(named) == (state == "emulated"), quirk
    assert tests.keys() <= page.keys()


def test_the_page_counts_its_rows() -> None:
    """At its beginning."""
    states = [state for state, _ in rows().values()]
    said = ", ".join(f"{states.count(state)} {state}" for state in STATES)

    assert said in PAGE.read_text("utf-8")
