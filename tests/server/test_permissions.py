"""Who may do what, cell by cell of the permission matrix, through the real faces (platform.md 3)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_eloqua import house
from mock_eloqua.access.matrix import MATRIX, OperationGroup, doing
from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, DEFAULT_GROUPS, words_of
from mock_eloqua.access.rights import apart, rights
from mock_eloqua.crm.seeds import USERS
from mock_eloqua.embedded import EloquaSite
from mock_eloqua.web.operation import Operation

GROUPS = {login: groups for login, *_, groups, _enabled in USERS}
NOT_AUTHORIZED = "You are not authorized to make this request."


def representatives() -> Iterator[tuple[OperationGroup, str, Operation]]:
    """For each group of operations one of each version of REST and Bulk."""
    seen = set()
    for face in map(house.face, ("rest", "bulk")):
        for each in face.operations:
            version = each.path.split("/")[3]
            if (each.does, face.name, version) not in seen and each.verb == each.method:
                seen.add((each.does, face.name, version))
                yield each.does, face.name, each


CELLS = list(representatives())


def held_by(user: str) -> set[str]:
    """By the groups that the table of default groups names."""
    return {right for key in {1, *GROUPS[user]} for right in DEFAULT_GROUPS[key][1]}


def sent(client: HTTPConnection, user: str, method: str, path: str, body: bytes = b"{}") -> tuple[int, str, bytes]:
    """Status, reason and body of a call about things that do not exist."""
    token = base64.b64encode(f"MockCo\\{user}:s3cret".encode()).decode()
    said = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
    client.request(method, re.sub(r"\{\w+\}", "999999", path), body if method != "GET" else None, said)
    answer = client.getresponse()
    return answer.status, answer.reason, answer.read()


@pytest.mark.parametrize("user", GROUPS)
def test_every_operation_group_takes_what_the_matrix_says(eloqua: EloquaSite, plain: HTTPConnection, user: str) -> None:
    """platform.md 3.6, 3.7, Q22: REST says 403, Bulk 401 with its reason; nobody else is refused."""
    for does, face, operation in CELLS:
        status, reason, body = sent(plain, user, operation.method, operation.path)
        cell = f"{user}: {does}: {operation.method} {operation.path}: {status} {body[:80]!r}"
        if user == "disabled":
            assert status == 401, cell
        elif {"Consume API", *does.needs} <= held_by(user):
            assert status not in (401, 403), cell
        elif face == "rest":
            assert (status, reason, body) == (403, "Forbidden", b""), cell
        else:
            assert (status, reason, body) == (401, NOT_AUTHORIZED, b""), cell


def test_every_row_of_the_matrix_is_of_use() -> None:
    """No two rows for one thing; every row has an operation, but for what some assets lack."""
    assert len({str(each) for each in MATRIX}) == len(MATRIX)
    declared = {each.does for face in ("rest", "bulk", "soap") for each in house.face(face).operations}
    declared |= {each.does for each in house.face("soap").inner}
    assert not [str(each) for each in MATRIX if each not in declared and each.thing not in ASSET_TYPES]
    with pytest.raises(LookupError, match="no row for update Nonsense"):
        doing("update", "Nonsense")


# SOAP


def _item(kind: str, of: str, name: str) -> str:
    return f"<{kind}Type><ID>0</ID><Name>{name}</Name><Type>{of}</Type></{kind}Type>"


def _written(kind: str, member: str, of: str, name: str) -> str:
    fields = "<FieldValueCollection/>"
    return f"<{member}><Dynamic{kind}>{_item(kind, of, name)}{fields}<Id>9999</Id></Dynamic{kind}></{member}>"


ENTITIES = {"Account": ("Base", "Company"), "Contact": ("Base", "Contact")}
ASSETS = {
    "AccountGroup": "CompanyGroup",
    "ContactList": "ContactGroup",
    "Email": "Email",
    "EmailFooter": "EmailFooter",
    "EmailHeader": "EmailHeader",
    "Form": "Form",
}
VERBS = ("create", "update", "delete")


def of_soap() -> Iterator[tuple[OperationGroup, str, str]]:
    """For each group of operations on items that SOAP has: the operation, and its members."""
    for thing, (of, name) in ENTITIES.items():
        for verb in VERBS:
            members = _written("Entity", "entities", of, name)
            yield doing(verb, thing), verb.title(), members if verb != "delete" else _deleted("entity", of, name)
    for thing, of in ASSETS.items():
        for verb in VERBS[of == "Form" :]:  # forms are not made through SOAP
            members = _written("Asset", "assets", of, of)
            yield doing(verb, thing), f"{verb.title()}Asset", members if verb != "delete" else _deleted("asset", of, of)


def _deleted(kind: str, of: str, name: str) -> str:
    inside = '<ids xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><a:int>9999</a:int></ids>'
    return _item(kind, of, name) + inside


@pytest.mark.parametrize("user", GROUPS)
def test_soap_refuses_each_item_in_its_result(eloqua: EloquaSite, plain: HTTPConnection, user: str) -> None:
    """[recorded] platform.md Q22, 3.6: 200 with UnauthorizedAction and a sentence; without API access a fault."""
    for does, operation, members in of_soap():
        status, text = soap(plain, user, operation, members)
        cell = f"{user}: {does}: {operation}: {status} {text}"
        if user == "disabled" or "Consume API" not in held_by(user):
            assert status == 500, cell
            assert "FailedAuthentication" in text, cell
        else:
            assert status == 200, cell
            assert ("UnauthorizedAction" in text) == (not held_by(user).issuperset(does.needs)), cell


def soap(client: HTTPConnection, user: str, operation: str, members: str) -> tuple[int, str]:
    """Status and body of a SOAP call."""
    wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    token = f"<o:UsernameToken><o:Username>MockCo\\{user}</o:Username><o:Password>s3cret</o:Password></o:UsernameToken>"
    envelope = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
        f'<o:Security xmlns:o="{wsse}">{token}</o:Security></s:Header><s:Body><{operation} xmlns="https://secure.eloqua.com/API/1.2">{members}</{operation}>'
        "</s:Body></s:Envelope>"
    )
    said = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
    client.request("POST", "/API/1.2/Service.svc", envelope.encode(), said)
    answer = client.getresponse()
    return answer.status, answer.read().decode()


# Custom groups

DRAWN = st.builds(
    rights,
    st.sets(st.sampled_from(ACTION_PERMISSIONS)),
    st.dictionaries(st.sampled_from(ASSET_TYPES), st.sets(st.sampled_from(words_of("Email"))), max_size=8),
)
NEEDY = [each for each in CELLS if each[0].needs]


@given(held=DRAWN, others=DRAWN, places=st.sets(st.integers(0, len(NEEDY) - 1), max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rights_are_the_union_over_drawn_groups(
    eloqua: EloquaSite, plain: HTTPConnection, held: list[str], others: list[str], places: set[int]
) -> None:
    """[doc] platform.md 3.1: whatever two groups and Everyone hold, each call goes by the union, at once."""
    grant(eloqua.site, {"Sales Users": held, "Executive Users": others})
    all_held = {*held, *others, *DEFAULT_GROUPS[1][1]}
    for does, _, operation in map(NEEDY.__getitem__, places):
        status, *_ = sent(plain, "no.groups", operation.method, operation.path)
        assert (status in (401, 403)) == (not all_held.issuperset({"Consume API", *does.needs})), (str(does), status)
    for does, name, members in list(of_soap())[:3]:
        status, text = soap(plain, "no.groups", name, members)
        assert (status == 200) == ("Consume API" in all_held)
        assert ("UnauthorizedAction" in text) == (status == 200 and not all_held.issuperset(does.needs))


def grant(site: Any, by_group: dict[str, list[str]]) -> None:
    """Give groups their rights; the user `no.groups` is in them and in no other."""
    from mock_eloqua.access import users
    from mock_eloqua.crm import security_groups

    if "no.groups" not in users.everyone(site):
        users.add(site, "no.groups", "s3cret", list(by_group))
    keys = {name: key for key, (name, _) in DEFAULT_GROUPS.items()}
    for name, held in by_group.items():
        security_groups.grant(site, keys[name], held)


@given(held=DRAWN)
def test_rights_written_down_and_taken_apart_are_the_same(held: list[str]) -> None:
    """`apart` is the other way of `rights`."""
    assert set(rights(*apart(held))) == set(held)
