"""Accounts, their fields, groups and views (rest.md 9, 3, 4, 18, 20)."""

from __future__ import annotations

import pytest

from mock_eloqua.control_client import ControlError

V2 = "/API/REST/2.0"
WORKS = {
    "name": "Example Works",
    "address1": "Canal 1",
    "city": "Utrecht",
    "country": "Netherlands",
    "businessPhone": "030",
    "fieldValues": [{"type": "FieldValue", "id": "100118", "value": "Machines"}],
}


@pytest.fixture
def account(rest):
    """One account."""
    return rest.post("/data/account", json=WORKS).json()


def failures(answer, status=400):
    assert answer.status_code == status, answer.text
    return [(each["property"], each["requirement"]["type"], each["value"]) for each in answer.json()]


def test_a_new_account_is_answered_at_depth_complete(rest):
    """[doc] rest.md 9, 2.2: common properties first, then the account's own in alphabetical order."""
    answer = rest.post("/data/account", json=WORKS)

    assert answer.status_code == 201
    body = answer.json()
    assert list(body) == [
        "type",
        "id",
        "createdAt",
        "createdBy",
        "depth",
        "name",
        "updatedAt",
        "updatedBy",
        "address1",
        "businessPhone",
        "city",
        "country",
        "fieldValues",
    ]
    assert (body["type"], body["depth"], body["name"]) == ("Account", "complete", "Example Works")
    values = {each["id"]: each.get("value") for each in body["fieldValues"]}
    assert values["100118"] == "Machines"
    assert values["100096"] == f"MMOCK{int(body['id']):012d}"
    assert values["100094"] == body["createdAt"]
    assert "100085" not in values
    assert values["100097"] is None


def test_unset_texts_come_back_blank_by_a_switch(rest, eloqua):
    """[client] rest.md 2.3: one recorded oddity of POST, off by default."""
    eloqua.set(blank_strings_on_account_create=True)

    body = rest.post("/data/account", json={"name": "Bare"}).json()

    assert [body[name] for name in ("address1", "address2", "city", "postalCode", "province")] == [""] * 5
    assert "city" not in rest.get(f"/data/account/{body['id']}").json()


def test_an_account_at_minimal_has_its_address_but_no_field_values(rest, account):
    """[doc] rest.md 3: minimal and partial are the same; complete adds fieldValues."""
    read = {
        depth: rest.get(f"/data/account/{account['id']}", params={"depth": depth}).json()
        for depth in ("minimal", "partial", "complete")
    }

    assert read["minimal"] | {"depth": "partial"} == read["partial"]
    assert read["minimal"]["city"] == "Utrecht"
    assert "fieldValues" not in read["partial"]
    assert read["complete"] == account
    assert rest.get(f"/data/account/{account['id']}").json()["depth"] == "complete"


def test_put_blanks_what_it_leaves_out_and_keeps_field_values(rest, account):
    """[doc] rest.md 18: properties are replaced, fieldValues merged by id."""
    answer = rest.put(f"/data/account/{account['id']}", json={"id": account["id"], "name": "Renamed", "city": "Delft"})

    body = answer.json()
    assert (answer.status_code, body["name"], body["city"]) == (200, "Renamed", "Delft")
    assert "address1" not in body
    assert {"type": "FieldValue", "id": "100118", "value": "Machines"} in body["fieldValues"]


def test_put_may_merge_by_a_switch(rest, account, eloqua):
    """rest.md 18: put_semantics."""
    eloqua.set(put_semantics="merge")

    body = rest.put(f"/data/account/{account['id']}", json={"name": "Renamed"}).json()

    assert (body["name"], body["address1"]) == ("Renamed", "Canal 1")


def test_a_deleted_account_is_gone_and_its_contacts_are_linked_to_none(rest, eloqua):
    """[client] rest.md 18; what becomes of the contacts: inferred."""
    eloqua.seed(accounts=[{"name": "Works"}], contacts=[{"emailAddress": "ada@example.test", "account": "Works"}])
    key = eloqua.contact("ada@example.test")["accountId"]

    answer = rest.delete(f"/data/account/{key}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert rest.get(f"/data/account/{key}").status_code == 404
    assert rest.delete(f"/data/account/{key}").status_code == 404
    assert rest.put(f"/data/account/{key}", json=WORKS).status_code == 404
    assert "accountId" not in eloqua.contact("ada@example.test")


def test_an_account_needs_a_name(rest, account):
    """[client] rest.md 7.4."""
    expected = [("name", "NotNullRequirement", "<null>")]

    assert failures(rest.post("/data/account", json={"city": "Delft"})) == expected
    assert failures(rest.post("/data/account", json={"name": ""})) == expected
    assert failures(rest.post("/data/account", json={"name": "  "})) == expected
    assert failures(rest.put(f"/data/account/{account['id']}", json={"city": "Delft"})) == expected


def test_two_accounts_may_have_one_name(rest, account):
    """[inferred] rest.md 9."""
    assert rest.post("/data/account", json=WORKS).status_code == 201


def test_values_of_accounts_have_to_fit_their_fields(rest):
    """[doc] rest.md 7.3, 7.4: named by property, or by field where there is none."""
    assert failures(rest.post("/data/account", json={"name": "A", "city": "x" * 101})) == [
        ("city", "ValidTextLengthRequirement", "x" * 101)
    ]
    bad_date = {"name": "A", "fieldValues": [{"id": "100098", "value": "soon"}]}
    assert failures(rest.post("/data/account", json=bad_date)) == [("fieldValues", "DateRequirement", "soon")]
    unknown = {"name": "A", "fieldValues": [{"id": "100001", "value": "a field of contacts"}]}
    assert failures(rest.post("/data/account", json=unknown)) == [("fieldValues", "RelationshipRequirement", "100001")]
    long = {"name": "A", "description": "x" * 2001}
    assert failures(rest.post("/data/account", json=long)) == [
        ("description", "ValidTextLengthRequirement", "x" * 2001)
    ]


def test_accounts_are_found_by_internal_names_properties_and_a_bare_name(rest, account):
    """[doc] rest.md 5: `/data` lists take internal field names; a bare value is the name."""
    rest.post("/data/account", json={"name": "Other", "city": "Delft"})

    def found(text):
        answer = rest.get("/data/accounts", params={"search": text})
        assert answer.status_code == 200, answer.text
        return [each["name"] for each in answer.json()["elements"]]

    for text in (
        "M_CompanyName='example*'",
        "M_City='utrecht'",
        "city=Utrecht",
        "M_Industry1='Machines'",
        "example works",
        f"id={account['id']}",
        f"CompanyIDExt='MMOCK{int(account['id']):012d}'",
        "M_Country='Netherlands'M_City='Utrecht'",
    ):
        assert found(text) == ["Example Works"], text
    assert found("M_Country=''") == ["Other"]
    ordered = rest.get("/data/accounts", params={"orderBy": "name DESC"}).json()["elements"]
    assert [each["name"] for each in ordered] == ["Other", "Example Works"]
    assert rest.get("/data/accounts", params={"search": "C_City='Delft'"}).status_code == 400


def test_accounts_are_found_by_the_user_who_owns_them(rest, eloqua):
    """[doc] rest.md 4: ownedByUserId; crmSystemMappings at complete only, and only when users are linked."""
    eloqua.seed(accounts=[{"name": "Owned", "owners": ["marketer"]}, {"name": "Free"}])

    (owned,) = rest.get("/data/accounts", params={"ownedByUserId": "12", "depth": "complete"}).json()["elements"]

    assert owned["name"] == "Owned"
    assert owned["crmSystemMappings"] == [
        {"type": "CrmSystemMapping", "id": "12", "name": "Mark Eter", "loginName": "marketer"}
    ]
    assert rest.get("/data/accounts", params={"ownedByUserId": "11"}).json()["elements"] == []
    bad = rest.get("/data/accounts", params={"ownedByUserId": "me"})
    assert (bad.status_code, bad.json()[0]["parameter"]) == (400, "ownedByUserId")
    (free,) = rest.get("/data/accounts", params={"search": "name=Free", "depth": "complete"}).json()["elements"]
    assert "crmSystemMappings" not in free


def test_users_are_linked_by_id_or_login_name_and_stay_where_a_put_does_not_name_them(rest, account):
    """[doc] that mappings can be written; [inferred] by what."""
    path = f"/data/account/{account['id']}"
    linked = rest.put(path, json=WORKS | {"crmSystemMappings": [{"loginName": "Marketer"}, {"id": "11"}]}).json()

    assert [each["id"] for each in linked["crmSystemMappings"]] == ["11", "12"]
    assert rest.put(path, json=WORKS).json()["crmSystemMappings"] == linked["crmSystemMappings"]
    assert "crmSystemMappings" not in rest.put(path, json=WORKS | {"crmSystemMappings": []}).json()
    for wrong, named, rule in (
        ({"loginName": "nobody"}, "crmSystemMappings", "RelationshipRequirement"),
        ({"id": "9999"}, "crmSystemMappings", "RelationshipRequirement"),
        ({"id": "-1"}, "crmSystemMappings", "RelationshipRequirement"),
        ({"id": "abc"}, "id", "IdRequirement"),
        ({}, "crmSystemMappings", "RelationshipRequirement"),
    ):
        ((name, broken, _),) = failures(rest.put(path, json=WORKS | {"crmSystemMappings": [wrong]}))
        assert (name, broken) == (named, rule)


def test_accounts_are_read_by_ids_as_a_bare_array(http, rest, account):
    """[doc] rest.md 1.3, 20: POST that stands for SEARCH; the order asked for, unknown ids passed over [inferred]."""
    other = rest.post("/data/account", json={"name": "Other"}).json()
    search = {"X-HTTP-Method-Override": "SEARCH"}
    body = {"ids": [int(other["id"]), account["id"], "99999"], "depth": "complete"}

    answer = http.post(f"{V2}/data/accounts", json=body, headers=search)

    assert answer.status_code == 200
    assert [(each["id"], each["depth"]) for each in answer.json()] == [
        (other["id"], "complete"),
        (account["id"], "complete"),
    ]
    assert "createdByName" in answer.json()[0]
    minimal = http.post(f"{V2}/data/accounts", json={"ids": [account["id"]]}, headers=search).json()
    assert (minimal[0]["depth"], minimal[0]["city"]) == ("minimal", "Utrecht")


def test_a_read_by_ids_needs_the_header(http):
    """[doc] rest.md 1.3: required; the status is inferred."""
    assert http.post(f"{V2}/data/accounts", json={"ids": ["1"]}).status_code == 405


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ({}, ("ids", "NotNullRequirement", "<null>")),
        ({"ids": []}, ("ids", "NotNullRequirement", "<null>")),
        ({"ids": [*range(1, 202)]}, ("ids", "ContentRequirement", "201")),
        ({"ids": ["5", 5]}, ("ids", "NoDuplicatesRequirement", "5")),
        ({"ids": ["05", 5]}, ("ids", "NoDuplicatesRequirement", "5")),
        ({"ids": ["abc"]}, ("ids", "IdRequirement", "abc")),
    ],
    ids=["none", "empty", "201", "twice", "twice by value", "no id"],
)
@pytest.mark.parametrize("path", ["contacts", "accounts"])
def test_a_read_by_ids_takes_200_different_ids(http, path, body, failure):
    """[doc] rest.md 19: 200 at most, no duplicates, else 400; the rules are inferred."""
    answer = http.post(f"{V2}/data/{path}", json=body, headers={"X-HTTP-Method-Override": "SEARCH"})

    assert failures(answer) == [failure]
    assert answer.json()[0]["container"]["objectType"] == "EntitySearchByIds"


def test_an_account_in_2_0_names_who_made_it(http, account):
    """[doc] rest.md 20: createdByName and updatedByName in 2.0 only."""
    body = http.get(f"{V2}/data/account/{account['id']}").json()

    assert (body["depth"], body["createdByName"], body["updatedByName"]) == ("complete", "Api User", "Api User")
    assert "createdByName" not in account


def test_what_an_account_needs_of_a_user(rest):
    """platform.md 3.7: as for contacts [inferred]."""
    assert rest.as_user("api.only").post("/data/account", json=WORKS).status_code == 403
    assert rest.as_user("api.only").get("/data/accounts").status_code == 200


def test_an_account_group_knows_how_many_are_in_it(http, eloqua):
    """[doc] rest.md 9: groups are 2.0 only; how accounts get into them is a matter of seeds and Bulk."""
    eloqua.seed(
        accounts=[{"name": "Works"}, {"name": "Yard"}, {"name": "Other"}],
        accountGroups=[{"name": "Customers", "description": "Who pays", "members": ["Works", "Yard"]}],
    )
    (group,) = http.get(f"{V2}/assets/account/groups", params={"depth": "complete"}).json()["elements"]
    works = http.get(f"{V2}/data/accounts", params={"search": "name=Works"}).json()["elements"][0]

    assert (group["type"], group["count"], group["isArchived"]) == ("AccountGroup", "2", "false")
    assert group["description"] == "Who pays"
    assert group["permissions"] == ["Retrieve", "SetSecurity", "Delete", "Update"]
    path = f"{V2}/data/account/{works['id']}/membership"
    assert http.get(path).json() == [{"type": "AccountGroup", "id": group["id"], "name": "Customers"}]

    assert http.delete(f"{V2}/data/account/{works['id']}").status_code == 200
    assert http.get(f"{V2}/assets/account/group/{group['id']}").json()["count"] == "1"
    assert http.delete(f"{V2}/assets/account/group/{group['id']}").status_code == 200
    other = http.get(f"{V2}/data/accounts", params={"search": "name=Yard"}).json()["elements"][0]
    assert http.get(f"{V2}/data/account/{other['id']}/membership").json() == []
    assert http.get(f"{V2}/data/account/99999/membership").status_code == 404


def test_account_groups_are_not_in_1_0(rest):
    """[doc] rest.md 9."""
    assert rest.get("/assets/account/groups").status_code == 404


def test_account_fields_are_like_contact_fields_with_another_prefix(rest):
    """[client] rest.md 9."""
    tune = {"name": "fleet size", "dataType": "number", "displayType": "text", "updateType": "always"}
    made = rest.post("/assets/account/field", json=tune)

    assert made.status_code == 201
    body = made.json()
    assert (body["type"], body["internalName"], body["isStandard"]) == ("AccountField", "M_fleet_size1", "false")
    account = rest.post("/data/account", json={"name": "A", "fieldValues": [{"id": body["id"], "value": "12"}]}).json()
    assert account["fieldValues"][-1] == {"type": "FieldValue", "id": body["id"], "value": "12"}
    assert rest.get("/data/accounts", params={"search": "M_fleet_size1>11"}).json()["total"] == 1
    names = [each["name"] for each in rest.get("/assets/account/fields").json()["elements"]]
    assert names[0] == "Company Name"
    assert names[-1] == "fleet size"
    assert "Email Address" not in names

    renamed = rest.put(f"/assets/account/field/{body['id']}", json=tune | {"id": body["id"], "name": "ships"}).json()
    assert (renamed["name"], renamed["internalName"]) == ("ships", "M_fleet_size1")
    assert rest.delete(f"/assets/account/field/{body['id']}").status_code == 200
    assert rest.get(f"/assets/account/field/{body['id']}").status_code == 404
    assert body["id"] not in [each["id"] for each in rest.get(f"/data/account/{account['id']}").json()["fieldValues"]]


def test_contact_and_account_fields_are_apart(rest):
    """[client] rest.md 9: two entities, two paths."""
    assert rest.get("/assets/contact/field/100085").status_code == 404
    assert rest.get("/assets/account/field/100001").status_code == 404
    assert rest.get("/assets/account/field/100085").json()["internalName"] == "M_CompanyName"


def test_a_standard_account_field_cannot_be_deleted(rest):
    """[inferred] rest.md 8.4."""
    assert rest.delete("/assets/account/field/100085").status_code == 412


def test_account_fields_are_for_administrators(rest):
    """platform.md 3.7: Manage Account Fields [notice]."""
    tune = {"name": "fleet", "dataType": "text", "displayType": "text", "updateType": "always"}

    assert rest.as_user("marketer").post("/assets/account/field", json=tune).status_code == 403


def test_an_option_list_that_a_field_uses_cannot_be_deleted(rest):
    """[doc] rest.md 8.4: optionListId with a select; [client] 14.6 dependencies."""
    options = rest.post(
        "/assets/optionList", json={"name": "Sizes", "elements": [{"displayName": "Big", "value": "b"}]}
    ).json()
    field = {"name": "size", "dataType": "text", "displayType": "singleSelect", "updateType": "always"}
    made = rest.post("/assets/contact/field", json=field | {"optionListId": options["id"]}).json()

    assert made["optionListId"] == options["id"]
    assert rest.delete(f"/assets/optionList/{options['id']}").status_code == 412
    assert "optionListId" not in rest.put(f"/assets/contact/field/{made['id']}", json=field).json()
    assert rest.delete(f"/assets/optionList/{options['id']}").status_code == 200
    unknown = rest.post("/assets/contact/field", json=field | {"optionListId": "99"})
    assert failures(unknown) == [("optionListId", "RelationshipRequirement", "99")]


def test_a_checkbox_field_keeps_its_two_values(rest):
    """[doc] rest.md 8.4: checkedValue and uncheckedValue."""
    field = {"name": "vip", "dataType": "text", "displayType": "checkbox", "updateType": "always"}
    made = rest.post("/assets/contact/field", json=field | {"checkedValue": "on", "uncheckedValue": "off"}).json()

    assert (made["checkedValue"], made["uncheckedValue"]) == ("on", "off")


def test_views_show_their_fields(rest, eloqua):
    """[client] rest.md 4: contact and account views."""
    eloqua.seed(contactViews=[{"name": "Callers", "fields": ["C_BusPhone", "C_FirstName"]}])
    listed = rest.get("/assets/contact/views", params={"search": "name=Callers"}).json()["elements"]

    assert [each["name"] for each in listed] == ["Callers"]
    view = rest.get(f"/assets/contact/view/{listed[0]['id']}").json()
    assert (view["type"], [each["internalName"] for each in view["fields"]]) == (
        "ContactView",
        ["C_BusPhone", "C_FirstName"],
    )
    account_view = rest.get("/assets/account/view/100006").json()
    assert {each["type"] for each in account_view["fields"]} == {"AccountField"}
    assert rest.get("/assets/contact/view/1").status_code == 404


def test_a_view_at_depth_partial_shows_its_fields_at_minimal(rest):
    """[doc] rest.md 3; the depth is echoed in every object (fact 9)."""
    (field, *_) = rest.get("/assets/account/view/100006", params={"depth": "partial"}).json()["fields"]

    assert field == {"type": "AccountField", "id": "100085", "depth": "minimal", "name": "Company Name"}


def test_a_view_limits_what_is_shown(rest, account):
    """[doc] rest.md 4: viewId; what exactly stays is inferred."""
    contact = rest.post(
        "/data/contact", json={"emailAddress": "ada@example.test", "firstName": "Ada", "city": "Utrecht"}
    ).json()
    limited = rest.get(f"/data/contact/{contact['id']}", params={"viewId": "100006"}).json()

    assert (limited["firstName"], limited["fieldValues"]) == ("Ada", [])
    assert "city" not in limited
    (listed,) = rest.get("/data/accounts", params={"viewId": "100006", "depth": "complete"}).json()["elements"]
    assert (listed["name"], listed["city"], listed["fieldValues"]) == ("Example Works", "Utrecht", [])
    assert "address1" not in listed
    assert rest.get(f"/data/account/{account['id']}", params={"viewId": "100005"}).json() == account


@pytest.mark.parametrize(("view", "rule"), [("abc", "IdRequirement"), ("1", "RelationshipRequirement")])
def test_a_view_has_to_exist(rest, view, rule):
    """[inferred] rest.md 4."""
    answer = rest.get("/data/contacts", params={"viewId": view})

    assert (answer.status_code, answer.json()[0]["parameter"]) == (400, "viewId")
    assert answer.json()[0]["requirement"]["type"] == rule


def test_a_contact_shows_the_account_it_is_linked_to(rest, http, eloqua):
    """[doc] rest.md 8.2: at depth complete only, read-only; searching by it is inferred."""
    eloqua.seed(
        accounts=[{"name": "Works", "M_City": "Delft"}],
        contacts=[{"emailAddress": "ada@example.test", "account": "works"}, {"emailAddress": "bob@example.test"}],
    )
    ada = eloqua.contact("ada@example.test")

    assert rest.get(f"/data/account/{ada['accountId']}").json()["city"] == "Delft"
    assert "accountId" not in rest.get(f"/data/contact/{ada['id']}", params={"depth": "partial"}).json()
    assert "accountId" not in eloqua.contact("bob@example.test")
    put = rest.put(f"/data/contact/{ada['id']}", json={"emailAddress": "ada@example.test", "accountId": "77"})
    assert put.json()["accountId"] == ada["accountId"]
    found = rest.get("/data/contacts", params={"search": f"accountId={ada['accountId']}"}).json()["elements"]
    assert [each["id"] for each in found] == [ada["id"]]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"accounts": [{"city": "Delft"}]}, "NotNullRequirement"),
        ({"accounts": [{"name": "A", "C_City": "Delft"}]}, "account field 'C_City'"),
        ({"accounts": [{"name": "A", "owners": ["nobody"]}]}, "no user nobody"),
        ({"accounts": [{"name": "A", "city": "x" * 101}]}, "M_City"),
        ({"contacts": [{"emailAddress": "a@b.test", "account": "None"}]}, "no account 'None'"),
        ({"accountGroups": [{"name": "G", "members": ["None"]}]}, "no account 'None'"),
        ({"contactViews": [{"name": "V", "fields": ["M_City"]}]}, "no field 'M_City'"),
        ({"fields": [{"name": "F", "entity": "Company"}]}, "Contact or Account"),
        ({"visitors": [{"contact": "a@b.test"}]}, "no contact a@b.test"),
        ({"visitors": [{"V_Nothing": "x"}]}, "V_Nothing"),
        ({"visitors": [{"externalId": "x"}]}, "SyntaxRequirement"),
    ],
)
def test_a_seed_says_what_is_wrong_with_it(eloqua, document, told):
    """A seed is planted as a whole or not at all."""
    with pytest.raises(ControlError, match=told):
        eloqua.seed(**document)


def test_the_demo_seed_links_its_people_to_their_companies(control, rest):
    """Accounts with owners, a group and contacts to try the API on."""
    control.post("/reset", json={"seed": "demo"})
    (ferries,) = rest.get("/data/accounts", params={"search": "name='Fjordline Ferries'"}).json()["elements"]

    found = rest.get("/data/contacts", params={"search": f"accountId={ferries['id']}", "depth": "partial"}).json()
    assert found["total"] > 1
    assert {each["accountName"] for each in found["elements"]} == {"Fjordline Ferries"}
    owned = rest.get("/data/accounts", params={"ownedByUserId": "12", "depth": "partial"}).json()
    assert 2 <= owned["total"] < 300
    assert "Fjordline Ferries" in {each["name"] for each in owned["elements"]}
