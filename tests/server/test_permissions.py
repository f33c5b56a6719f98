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


@pytest.mark.quirk("Q22")
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


# Groups change, and rights with them


def granted(control: Any, name: str, **changes: Any) -> dict[str, Any]:
    """What a control call makes of a group."""
    answer = control.put(f"/groups/{name}", json=changes)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_control_api_shows_the_default_groups(control: Any) -> None:
    """platform.md 3.2: seven come with a site."""
    groups = {each["name"]: each for each in control.get("/groups").json()["items"]}

    assert list(groups) == [name for name, _ in DEFAULT_GROUPS.values()]
    assert groups["API Users"]["actionPermissions"] == ["Consume API"]
    assert groups["Everyone"]["assetPermissions"]["Email"] == ["Retrieve"]
    assert groups["Customer Administrator"]["users"] == ["api.user"]


def test_a_custom_group_gives_its_rights_at_once_to_every_face(control: Any, http: Any, plain: HTTPConnection) -> None:
    """[doc] platform.md 3.1; and takes them back."""
    only = http.as_user("api.only")
    calls = (
        lambda: only.post("/API/REST/2.0/data/contact", json={"emailAddress": "x"}).status_code != 403,
        lambda: only.get("/API/Bulk/2.0/contacts/imports").status_code != 401,
        lambda: "UnauthorizedAction" not in soap(plain, "api.only", "Create", _contact())[1],
    )
    assert [each() for each in calls] == [False] * 3

    held = ["Manage Contacts", "Manage Data Import"]
    made = control.post("/groups", json={"name": "Importers", "actionPermissions": held, "users": ["api.only"]})
    assert (made.status_code, made.json()["users"]) == (200, ["api.only"])
    assert [each() for each in calls] == [True] * 3

    assert granted(control, "importers", users=[])["actionPermissions"] == held
    assert [each() for each in calls] == [False] * 3


def _contact() -> str:
    return _written("Entity", "entities", "Base", "Contact")


@pytest.mark.quirk("Q24")
def test_permissions_of_an_asset_are_what_its_reader_may_do(control: Any, http: Any) -> None:
    """[recorded], [client] platform.md 3.4, Q24: a word in 1.0, a list in 2.0; of others than full control inferred."""
    email = http.post("/API/REST/2.0/assets/email", json={"name": "News", "subject": "News"}).json()
    paths = [f"/API/REST/{version}/assets/email/{email['id']}" for version in ("1.0", "2.0")]
    only = http.as_user("api.only")

    assert [http.get(each).json()["permissions"] for each in paths] == ["fullControl", email["permissions"]]
    assert email["permissions"] == ["Retrieve", "SetSecurity", "Delete", "Update"]
    assert [only.get(each).json()["permissions"] for each in paths] == ["read", ["Retrieve"]]
    granted(control, "Sales Users", assetPermissions={"Email": ["Update"]}, users=["api.only"])
    assert [only.get(each).json()["permissions"] for each in paths] == ["write", ["Retrieve", "Update"]]
    (listed,) = only.get("/API/REST/2.0/assets/emails").json()["elements"]
    assert listed["permissions"] == ["Retrieve", "Update"]
    granted(control, "Everyone", assetPermissions={})
    assert [only.get(each).status_code for each in paths] == [403, 403]


def test_campaigns_are_activated_by_who_may_activate(control: Any, http: Any) -> None:
    """platform.md 3.4: `Activate` of campaigns and programs [inferred]."""
    campaign = http.post("/API/REST/2.0/assets/campaign", json={"name": "Spring"}).json()
    path = f"/API/REST/2.0/assets/campaign/active/{campaign['id']}"

    assert "Activate" in campaign["permissions"]
    granted(control, "Sales Users", assetPermissions={"Campaign": ["Update"]}, users=["api.only"])
    assert http.as_user("api.only").post(path).status_code == 403
    granted(control, "Sales Users", assetPermissions={"Campaign": ["Activate"]})
    assert http.as_user("api.only").post(path).status_code != 403


def test_groups_made_through_rest_are_given_rights_and_labels_by_control(control: Any, http: Any, eloqua: Any) -> None:
    """platform.md 3.5, 3.8; Q23: a hidden contact is a 404."""
    made = http.post("/API/REST/2.0/system/security/group", json={"name": "EMEA", "description": "Europe"}).json()
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    eloqua.seed(labels=[{"name": "Europe", "contacts": ["ada@example.test"]}])
    only = http.as_user("api.only")
    assert only.get("/API/REST/1.0/data/contact/1").status_code == 404

    granted(control, "EMEA", labels=["Europe"])
    members = f"/API/REST/2.0/system/security/group/{made['id']}/users"
    moved = [{"patchMethod": "add", "user": {"id": "13"}}]
    assert only("PATCH", members, json=moved).status_code == 403
    assert http("PATCH", members, json=moved).status_code == 200
    assert only.get("/API/REST/1.0/data/contact/1").status_code == 200


def test_seeds_bring_groups(eloqua: EloquaSite, http: Any) -> None:
    """A user may be in a group of the same document."""
    group = {"name": "Readers", "actionPermissions": ["Consume API"], "assetPermissions": {"Form": ["Create"]}}
    eloqua.seed(
        users=[{"name": "reader", "password": "s3cret", "groups": ["Readers"]}],
        securityGroups=[group],
    )
    reader = http.as_user("reader")

    assert reader.get("/API/REST/1.0/data/contacts").status_code == 200
    assert reader.post("/API/REST/1.0/assets/form", json={}).status_code == 400
    assert reader.post("/API/REST/1.0/assets/email", json={}).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "", {"name": "x", "actionPermissions": ["Fly"]}, 400, "no action permission 'Fly'; there are Consume"),
        ("POST", "", {"name": "x", "assetPermissions": {"Cat": []}}, 400, "no type of assets 'Cat'; there are Acc"),
        ("POST", "", {"name": "x", "assetPermissions": {"Email": ["Activate"]}}, 400, "there are Create, Retrieve"),
        ("POST", "", {"name": "x", "users": ["nobody"]}, 400, "no user 'nobody'; there are api.user"),
        ("POST", "", {"name": "api users"}, 400, "UniquenessRequirement"),
        ("POST", "", {"name": ""}, 400, "NotNullRequirement"),
        ("POST", "", {}, 400, "name"),
        ("PUT", "/Nobodies", {}, 404, "no security group 'Nobodies'; there are Everyone"),
        ("PUT", "/Everyone", {"users": []}, 400, "always"),
        ("PUT", "/Everyone", {"rights": []}, 400, "there is no 'rights'"),
    ],
)
def test_bad_groups_change_nothing(
    control: Any, method: str, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    """One line that says what there is."""
    before = control.get("/groups").json()
    answer = control(method, f"/groups{path}", json=body)

    assert (answer.status_code, said in answer.json()["error"]) == (status, True), answer.text
    assert control.get("/groups").json() == before


def test_rights_that_were_taken_back_do_not_linger(control: Any, http: Any) -> None:
    """The call is refused as a whole, after the rights were written: nobody works with them."""
    body = {"actionPermissions": ["Consume API", "Manage Contacts"], "users": ["api.only", "nobody"]}

    assert control.put("/groups/API Users", json=body).status_code == 400
    assert http.as_user("api.only").post("/API/REST/1.0/data/contact", json={}).status_code == 403
