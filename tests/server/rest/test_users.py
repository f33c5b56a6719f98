"""Users and security groups through REST: what each may see and do, and what follows for signing in."""

from __future__ import annotations

from typing import Any

import pytest

SYSTEM = "/API/REST/2.0/system"
ADA: dict[str, Any] = {
    "loginName": "Ada.Lovelace",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "emailAddress": "ada@mockco.test",
    "securityGroups": [{"type": "SecurityGroup", "id": "8"}, {"type": "SecurityGroup", "id": "5"}],
}
OWN = ("preferences", "capabilities", "typePermissions")


@pytest.fixture
def ada(http) -> str:
    """The id of a new user who has a password."""
    key = http.post(f"{SYSTEM}/user", json=ADA).json()["id"]
    assert http.put(f"{SYSTEM}/user/{key}/password", json={"password": "s3cret"}).status_code == 200
    return str(key)


def failed(answer, *, status=400):
    """Property, requirement and value of each failure."""
    assert answer.status_code == status, answer.text
    return [(each["property"], each["requirement"]["type"], each["value"]) for each in answer.json()]


def test_a_user_sees_all_of_itself(http):
    """[doc] rest.md 17, platform.md 3.4: capabilities and permission blocks in the right order of keys."""
    current = http.get(f"{SYSTEM}/user/current").json()

    assert (current["type"], current["loginName"], current["name"]) == ("User", "api.user", "Api User")
    assert current["depth"] == "complete"
    assert "Consume API" in current["capabilities"]
    assert [each["name"] for each in current["securityGroups"]][:2] == ["Everyone", "Advanced Users - Marketing"]
    email = next(each for each in current["typePermissions"] if each["objectType"] == "Email")
    assert email["permissions"] == {
        "type": "TypePermissions", "create": "true", "delete": "true", "read": "true", "update": "true",
    }  # fmt: skip
    common = ["type", "id", "createdAt", "depth", "name", "updatedAt"]
    assert list(current) == [*common, *sorted(set(current) - set(common))]


def test_a_user_without_rights_has_no_type_permissions(http):
    """platform.md 3.1: rights are the union over the groups."""
    current = http.as_user("api.only").get(f"{SYSTEM}/user/current").json()

    assert current["capabilities"] == ["Consume API"]
    assert {each["permissions"]["create"] for each in current["typePermissions"]} == {"false"}


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.quirk("Q25")
def test_of_others_only_the_basic_details_are_shown(http, version):
    """[doc] platform.md Q25: no preferences, no permission blocks."""
    other = http.as_user("marketer").get(f"/API/REST/{version}/system/user/11").json()

    assert other["loginName"] == "api.user"
    assert other["emailAddress"] == "api.user@example.test"
    assert not {*OWN, "securityGroups"} & set(other)


def test_a_user_of_1_0_has_the_properties_of_1_0(rest):
    """[doc] rest.md 20, schema User: names and state are of 2.0."""
    mine = rest.get("/system/user/11").json()

    assert list(mine) == [
        "type", "id", "createdAt", "depth", "name", "updatedAt", "emailAddress", "loginName", "preferences",
    ]  # fmt: skip


def test_a_login_is_tried_by_reading_a_user_without_an_id(rest):
    """[client] rest-endpoints: GET /system/user of 1.0; who that is, is [inferred]."""
    assert rest.as_user("marketer").get("/system/user").json()["loginName"] == "marketer"
    assert rest.as_user("marketer", "wrong").get("/system/user").status_code == 401


def test_a_switch_shows_all_of_everybody(http, eloqua):
    """Our switch `user_details`."""
    eloqua.set(user_details="all")

    assert set(OWN) <= set(http.as_user("api.only").get(f"{SYSTEM}/user/11").json())


def test_a_list_of_users_is_minimal(rest):
    """[doc] rest.md 3, 4: envelope, minimal."""
    page = rest.get("/system/users").json()

    assert (page["total"], page["page"], page["pageSize"]) == (5, 1, 1000)
    assert page["elements"][1] == {
        "type": "User", "id": "12", "createdAt": "-2208970800", "depth": "minimal", "name": "Mark Eter",
        "updatedAt": "-2208970800",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("search", "found"),
    [("name='mark*'", ["12"]), ("loginName='API.USER'", ["11"]), ("api*", ["11", "13"]), ("id>14", ["15"])],
)
def test_users_are_found_by_name_login_and_id(rest, search, found):
    """rest.md 5: without case, wildcards, a bare value is the name."""
    page = rest.get("/system/users", params={"search": search, "orderBy": "id"}).json()

    assert [each["id"] for each in page["elements"]] == found


def test_a_new_user_signs_in_once_there_is_a_password(http):
    """[doc] rest.md 17, 20: full CRUD in 2.0; the rights come with the groups."""
    made = http.post(f"{SYSTEM}/user", json=ADA)

    assert made.status_code == 201
    user = made.json()
    assert (user["name"], user["loginName"], user["isDisabled"]) == ("Ada Lovelace", "Ada.Lovelace", "false")
    assert (user["createdBy"], user["createdByName"]) == ("11", "Api User")
    mine = http.as_user("ada.lovelace")
    assert mine.get(f"{SYSTEM}/user/current").status_code == 401
    assert http.as_user("ada.lovelace", "").get(f"{SYSTEM}/user/current").status_code == 401

    password = {"type": "UserPassword", "password": "s3cret", "mustChangePassword": "false"}
    answer = http.put(f"{SYSTEM}/user/{user['id']}/password", json=password)

    assert (answer.status_code, answer.content) == (200, b"")
    assert mine.get(f"{SYSTEM}/user/current").json()["id"] == user["id"]
    assert mine.post("/API/REST/1.0/data/contact", json={"emailAddress": "a@example.test"}).status_code == 201


def test_a_password_is_never_repeated(http, ada, control):
    """Neither in a failure nor in the log."""
    answer = http.put(f"{SYSTEM}/user/{ada}/password", json={"password": "x" * 101})

    assert failed(answer) == [("password", "ValidTextLengthRequirement", "<null>")]
    assert "xxx" not in control.get("/requests").text
    assert failed(http.put(f"{SYSTEM}/user/{ada}/password", json={})) == [("password", "NotNullRequirement", "<null>")]


def test_a_disabled_user_cannot_sign_in(http, ada):
    """[doc] platform.md 1.8: 401; and `enabled` lets it in again."""
    body = {"type": "UserEnabled", "enabled": "false"}

    assert http.put(f"{SYSTEM}/user/{ada}/enabled", json=body).json() == body
    assert http.as_user("Ada.Lovelace").get(f"{SYSTEM}/user/current").status_code == 401
    assert http.get(f"{SYSTEM}/user/{ada}").json()["isDisabled"] == "true"

    assert http.put(f"{SYSTEM}/user/{ada}/enabled", json={"enabled": True}).json()["enabled"] == "true"
    assert http.as_user("Ada.Lovelace").get(f"{SYSTEM}/user/current").status_code == 200


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ({}, ("enabled", "NotNullRequirement", "<null>")),
        ({"enabled": "maybe"}, ("enabled", "BooleanRequirement", "maybe")),
    ],
)
def test_enabled_takes_true_or_false(http, ada, body, failure):
    """rest.md 7.3."""
    assert failed(http.put(f"{SYSTEM}/user/{ada}/enabled", json=body)) == [failure]


def test_a_user_of_single_sign_on_has_no_password_login(http, ada):
    """[doc] platform.md 1.8: credential logins of that user are refused."""
    http.put(f"{SYSTEM}/user/{ada}", json={"id": ada, "ssoOnly": "true"})

    assert http.as_user("Ada.Lovelace").get(f"{SYSTEM}/user/current").status_code == 401


def test_put_replaces_what_is_said_of_a_user(http, ada):
    """[doc] rest.md 18: own properties left out are blanked; login, names, address and groups stay [inferred]."""
    first = {"id": ada, "city": "London", "phone": "123", "ssoOnly": False, "preferences": {"timezoneId": "8"}}
    assert http.put(f"{SYSTEM}/user/{ada}", json=first).json()["ssoOnly"] == "false"

    changed = http.put(f"{SYSTEM}/user/{ada}", json={"id": ada, "phone": 456, "lastName": "King", "loginName": "x"})

    assert changed.status_code == 200
    user = changed.json()
    assert "city" not in user
    assert (user["phone"], user["name"], user["loginName"]) == ("456", "Ada King", "Ada.Lovelace")
    assert "securityGroups" not in user
    mine = http.as_user("Ada.Lovelace").get(f"{SYSTEM}/user/{ada}").json()
    assert [each["id"] for each in mine["securityGroups"]] == ["1", "5", "8"]
    assert user == http.get(f"{SYSTEM}/user/{ada}").json()


def test_a_switch_lets_put_merge(http, ada, eloqua):
    """rest.md 18, switch `put_semantics`."""
    eloqua.set(put_semantics="merge")
    http.put(f"{SYSTEM}/user/{ada}", json={"city": "London"})

    assert http.put(f"{SYSTEM}/user/{ada}", json={"phone": "1"}).json()["city"] == "London"


def test_a_put_of_1_0_changes_preferences_and_no_names(rest):
    """[doc] schema User: name, login and address are read-only in 1.0."""
    body = {"id": "11", "emailAddress": "x", "preferences": {"type": "UserPreferences", "timezoneId": "8"}}

    mine = rest.put("/system/user/11", json=body).json()

    assert mine["preferences"] == {"type": "UserPreferences", "timezoneId": "8"}
    assert mine["emailAddress"] == "api.user@example.test"


def test_a_user_who_leaves_a_group_loses_its_rights(http, ada):
    """platform.md 3.1: at once."""
    contact = {"emailAddress": "a@example.test"}
    mine = http.as_user("Ada.Lovelace")

    http.put(f"{SYSTEM}/user/{ada}", json={"securityGroups": [{"id": "8"}]})
    assert mine.post("/API/REST/1.0/data/contact", json=contact).status_code == 403

    http.put(f"{SYSTEM}/user/{ada}", json={"securityGroups": [{"id": "8"}, {"id": "5"}]})
    assert mine.post("/API/REST/1.0/data/contact", json=contact).status_code == 201


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"loginName": None}, ("loginName", "NotNullRequirement", "<null>")),
        ({"firstName": " "}, ("firstName", "NotNullRequirement", "<null>")),
        ({"emailAddress": "x"}, ("emailAddress", "EmailAddressRequirement", "x")),
        ({"replyToAddress": "x"}, ("replyToAddress", "EmailAddressRequirement", "x")),
        ({"loginName": "a:b"}, ("loginName", "ContentRequirement", "a:b")),
        ({"lastName": "x" * 101}, ("lastName", "ValidTextLengthRequirement", "x" * 101)),
        ({"isDisabled": "perhaps"}, ("isDisabled", "BooleanRequirement", "perhaps")),
        ({"securityGroups": [{"id": "99"}]}, ("securityGroups", "RelationshipRequirement", "99")),
    ],
)
def test_what_a_user_cannot_be(http, rest, change, failure):
    """rest.md 7.3, and nothing is written."""
    assert failed(http.post(f"{SYSTEM}/user", json=ADA | change)) == [failure]
    assert rest.get("/system/users").json()["total"] == 5


def test_a_login_is_taken_once_in_any_case(http, ada):
    """[doc] POST /system/user names 409."""
    answer = http.post(f"{SYSTEM}/user", json=ADA | {"loginName": "ADA.lovelace"})

    assert failed(answer, status=409) == [("loginName", "UniquenessRequirement", "ADA.lovelace")]


def test_a_deleted_user_is_gone_and_cannot_sign_in(http, ada):
    """[doc] 200 with nothing; rest.md 18: 404 from then on."""
    gone = http.delete(f"{SYSTEM}/user/{ada}")

    assert (gone.status_code, gone.content) == (200, b"")
    assert http.get(f"{SYSTEM}/user/{ada}").status_code == 404
    assert http.delete(f"{SYSTEM}/user/{ada}").status_code == 404
    assert http.as_user("Ada.Lovelace").get(f"{SYSTEM}/user/current").status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "user"),
        ("PUT", "user/11"),
        ("DELETE", "user/11"),
        ("PUT", "user/11/password"),
        ("PUT", "user/11/enabled"),
        ("POST", "security/group"),
        ("PUT", "security/group/8"),
        ("DELETE", "security/group/8"),
        ("PATCH", "security/group/8/users"),
    ],
)
def test_only_customer_administrators_manage_users_and_groups(http, method, path):
    """platform.md 3.7 [inferred]."""
    assert http.as_user("marketer")(method, f"{SYSTEM}/{path}", json={}).status_code == 403


def test_a_switch_keeps_reading_to_administrators_too(http, eloqua):
    """platform.md 3.7, switch `read_users_requires_admin`."""
    eloqua.set(read_users_requires_admin=True)
    marketer = http.as_user("marketer")

    paths = ("users", "user/12", "security/groups", "security/group/8/users")
    assert [marketer.get(f"{SYSTEM}/{each}").status_code for each in paths] == [403] * 4
    assert [http.get(f"{SYSTEM}/{each}").status_code for each in paths] == [200] * 4
    assert marketer.get(f"{SYSTEM}/user/current").status_code == 200


@pytest.mark.parametrize("path", ["user/99", "security/group/99", "security/group/99/users"])
def test_what_is_not_there_is_a_404(http, path):
    """rest.md 7.4."""
    assert http.get(f"{SYSTEM}/{path}").status_code == 404


def test_the_groups_of_a_new_site(http):
    """[doc] rest.md 17: Everyone is 1, API Users 8; the keys of the documented example."""
    groups = http.get(f"{SYSTEM}/security/groups").json()["elements"]

    names = {each["id"]: each["name"] for each in groups}
    assert (names["1"], names["8"]) == ("Everyone", "API Users")
    assert list(groups[0]) == ["type", "id", "createdAt", "depth", "name", "updatedAt"]


def test_the_users_of_a_group(http):
    """[doc] schema QueryResultSecurityGroupUser: each user inside its own object, at minimal."""
    page = http.get(f"{SYSTEM}/security/group/6/users").json()

    assert page["total"] == 1
    assert page["elements"][0]["type"] == "SecurityGroupUser"
    assert page["elements"][0]["user"]["name"] == "Api User"
    assert page["elements"][0]["user"]["depth"] == "minimal"


def test_a_group_of_ones_own_lives_and_dies(http, ada):
    """[doc] platform.md 3.8; a group with users cannot be deleted [inferred]."""
    made = http.post(f"{SYSTEM}/security/group", json={"name": "Interns", "description": "Young", "acronym": "INT"})
    assert made.status_code == 201
    key = made.json()["id"]
    assert (made.json()["isReadOnly"], made.json()["acronym"]) == ("false", "INT")

    renamed = http.put(f"{SYSTEM}/security/group/{key}", json={"id": key, "name": "Trainees"}).json()
    assert (renamed["name"], "description" in renamed) == ("Trainees", False)

    patch = [{"type": "SecurityGroupUser", "patchMethod": "add", "user": {"type": "User", "id": ada}}]
    done = http("PATCH", f"{SYSTEM}/security/group/{key}/users", json=patch)
    assert (done.status_code, done.json()[0]["user"]["id"]) == (200, ada)
    assert http.delete(f"{SYSTEM}/security/group/{key}").status_code == 412

    patch[0]["patchMethod"] = "remove"
    http("PATCH", f"{SYSTEM}/security/group/{key}/users", json=patch)
    assert http.get(f"{SYSTEM}/security/group/{key}/users").json()["total"] == 0
    assert http.delete(f"{SYSTEM}/security/group/{key}").status_code == 200
    assert http.get(f"{SYSTEM}/security/group/{key}").status_code == 404


def test_the_products_own_groups_stay(http):
    """Our default [inferred]: 403, as for system folders."""
    assert http.put(f"{SYSTEM}/security/group/8", json={"name": "x"}).status_code == 403
    assert http.delete(f"{SYSTEM}/security/group/8").status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "failure"),
    [
        ({}, 400, ("name", "NotNullRequirement", "<null>")),
        ({"name": "api USERS"}, 409, ("name", "UniquenessRequirement", "api USERS")),
        ({"name": "x" * 101}, 400, ("name", "ValidTextLengthRequirement", "x" * 101)),
    ],
)
def test_what_a_group_cannot_be(http, body, status, failure):
    """rest.md 7.4."""
    assert failed(http.post(f"{SYSTEM}/security/group", json=body), status=status) == [failure]


@pytest.mark.parametrize(
    ("group", "item", "failure"),
    [
        (8, {"patchMethod": "swap", "user": {"id": "12"}}, ("patchMethod", "EnumRequirement", "swap")),
        (8, {"patchMethod": "add", "user": {"id": "99"}}, ("user", "RelationshipRequirement", "99")),
        (8, {"patchMethod": "add", "user": {"id": "x"}}, ("user", "IdRequirement", "x")),
        (8, {"patchMethod": "add", "user": {}}, ("user", "IdRequirement", "<null>")),
        (1, {"patchMethod": "remove", "user": {"id": "12"}}, ("user", "RelationshipRequirement", "12")),
    ],
)
def test_a_patch_of_users_is_all_or_nothing(http, group, item, failure):
    """rest.md 7; nobody leaves Everyone [inferred]."""
    patch = [{"patchMethod": "add", "user": {"id": "14"}}, item]

    assert failed(http("PATCH", f"{SYSTEM}/security/group/{group}/users", json=patch)) == [failure]
    assert http.get(f"{SYSTEM}/security/group/8/users").json()["total"] == 4


@pytest.mark.parametrize("body", [{}, [1], [{"patchMethod": "add"}]])
def test_a_patch_of_users_is_a_list_of_objects(http, body):
    """rest.md 7.4: a serialization error."""
    assert http("PATCH", f"{SYSTEM}/security/group/8/users", json=body).status_code == 400
