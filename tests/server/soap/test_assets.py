"""Assets through SOAP, and who is in a group, seen by the other doors (soap-1.2.md 10.2, 10.3, 10.5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.server.soap.toolkit import COMPANY, CONTACT, asset, codes, detail, entity, values
from zeep.exceptions import Fault

ADA, BEN = "ada@example.test", "ben@example.test"
GROUP = {"ID": 0, "Name": "ContactGroupName", "Type": "ContactGroup"}
COMPANIES = {"ID": 0, "Name": "", "Type": "CompanyGroup"}
EMAIL = {"ID": 0, "Name": "", "Type": "Email"}
FORM = {"ID": 0, "Name": "", "Type": "Form"}
LIST = "/API/REST/1.0/assets/contact/list"


@pytest.fixture
def groups(eloqua):
    """Ada (1) in the contact group Friends (1), Ben (2) in none; Acme (1) in the company group Partners (1)."""
    eloqua.seed(
        accounts=[{"name": "Acme"}],
        contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}],
        lists=[{"name": "Friends", "description": "Whom we like", "members": [ADA]}, {"name": "Others"}],
        accountGroups=[{"name": "Partners", "members": ["Acme"]}],
    )


def made(service, *given):
    return service.CreateAsset({"DynamicAsset": list(given)})


# Types


def test_types_are_listed_as_recorded(service):
    """[recorded] soap-1.2.md 10.2."""
    assert service.ListAssetTypes().string == [
        "DataExport", "DataImport", "Email", "EmailHeader", "EmailFooter", "ContactGroup", "CompanyGroup",
        "ProspectGroup", "Form", "None",
    ]  # fmt: skip


def test_the_assets_of_a_type_are_types(service, groups):
    """[client] soap-1.2.md 10.2."""
    found = service.DescribeAssetType("ContactGroup").AssetType

    assert [(each.ID, each.Name, each.Type) for each in found] == [
        (1, "Friends", "ContactGroup"),
        (2, "Others", "ContactGroup"),
    ]
    assert service.DescribeAssetType("prospectgroup") is None


def test_a_contact_group_is_described_as_recorded(service):
    """[recorded] soap-1.2.md 10.2."""
    described = service.DescribeAsset(GROUP)

    assert (described.Name, described.IsCreateable, described.IsQueryable) == ("Contact Group", True, False)
    rows = [
        (each.InternalName, each.DisplayName, each.DataType, each.Length, each.IsRequired, each.IsWriteable)
        for each in described.Fields.DynamicAssetFieldDefinition
    ]
    assert rows == [
        ("name", "Name", "String", 100, True, True),
        ("description", "Description", "String", 250, False, True),
        ("createdby", "Owner", "String", 50, False, False),
        ("createdat", "Created Date", "DateTime", 4, False, False),
        ("modifiedby", "Modified By", "String", 50, False, False),
        ("modifiedat", "Modified Date", "DateTime", 4, False, False),
    ]


@pytest.mark.parametrize("word", ["Email", "EmailHeader", "EmailFooter", "CompanyGroup", "Form"])
def test_other_types_are_described(service, word):
    """[inferred] soap-1.2.md 10.2: they have what groups have, and more."""
    described = service.DescribeAsset({"ID": 0, "Name": None, "Type": word})

    names = [each.InternalName for each in described.Fields.DynamicAssetFieldDefinition]
    assert names[:6] == ["name", "description", "createdby", "createdat", "modifiedby", "modifiedat"]
    assert described.IsCreateable is (word != "Form")


@pytest.mark.parametrize(
    ("operation", "given", "fault"),
    [
        ("DescribeAssetType", ["Campaign"], "InvalidTypeFault"),
        ("DescribeAssetType", [None], "ValidationFault"),
        ("DescribeAsset", [None], "ValidationFault"),
        ("DescribeAsset", [{"ID": 1, "Name": "Friends", "Type": "EmailGroup"}], "InvalidTypeFault"),
        ("DescribeAsset", [{"ID": 1, "Name": "x", "Type": "ProspectGroup"}], "InvalidTypeFault"),
        ("RetrieveAsset", [GROUP, None, None], "ValidationFault"),
        ("RetrieveAsset", [GROUP, {"int": list(range(201))}, None], "BatchSizeExceededFault"),
        ("DeleteAsset", [None, {"int": [1]}], "ValidationFault"),
        ("CreateAsset", [None], "ValidationFault"),
        ("CreateAsset", [{"DynamicAsset": [asset(FORM, name="Sign up")]}], "InvalidTypeFault"),
        ("UpdateAsset", [{"DynamicAsset": [asset(None, 1, name="x")]}], "ValidationFault"),
    ],
)
def test_what_makes_no_sense_is_a_fault(service, operation, given, fault):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service[operation](*given)
    assert detail(caught.value) == fault


# Groups


def test_a_contact_group_lives_its_life(service, http, eloqua):
    """[client] soap-1.2.md 10.2, 10.3: by Type; what was sent as type comes back; lists of REST are the same thing."""
    eloqua.clock.freeze(datetime(2011, 4, 12, 1, 36, 34, tzinfo=UTC))
    (new,) = made(service, asset(GROUP, name="Friends", description="Whom we like"))
    assert (new.ID, codes(new), new.AssetType.Name) == (1, [], "ContactGroupName")
    assert http.get(f"{LIST}/1").json()["description"] == "Whom we like"

    (found,) = service.RetrieveAsset(GROUP, {"int": [1]}, None)
    assert (found.Id, found.AssetType.Name) == (1, "ContactGroupName")
    assert values(found) == {
        "name": "Friends",
        "description": "Whom we like",
        "createdby": "Api User",
        "createdat": "4/11/2011 9:36:34 PM",
        "modifiedby": "Api User",
        "modifiedat": "4/11/2011 9:36:34 PM",
    }
    (changed,) = service.UpdateAsset({"DynamicAsset": [asset(GROUP, 1, name="Enemies")]})
    assert (changed.ID, changed.Success) == (1, True)
    shown = http.get(f"{LIST}/1").json()
    assert (shown["name"], shown["description"]) == ("Enemies", "Whom we like")

    gone, missing = service.DeleteAsset(GROUP, {"int": [1, 9]})
    assert (gone.Success, missing.Success, codes(missing)) == (True, False, ["ItemNotFound"])
    assert http.get(f"{LIST}/1").status_code == 404


def test_assets_come_in_the_order_of_the_ids_with_the_named_fields(service, groups):
    """[recorded] soap-1.2.md 3.2, 10.3: nil for an id that nobody has."""
    found = service.RetrieveAsset(GROUP, {"int": [2, 9, 1]}, {"string": ["Name", "size"]})

    assert [each.Id for each in found] == [2, None, 1]
    assert [values(each) for each in found] == [{"name": "Others"}, {}, {"name": "Friends"}]


def test_a_user_without_the_right_is_told_in_the_result(service, soap, groups, http):
    """[recorded] soap-1.2.md 5.3: ID 0 and this sentence."""
    members = (
        soap.by_id([1]).replace("entityType", "assetType").replace("Contact<", "x<").replace("Base", "ContactGroup")
    )
    (refused,) = soap.results(soap.as_user("api.only").call("DeleteAsset", members), "DeleteAsset")

    assert (refused.id, refused.success) == (0, False)
    assert refused.errors == [("UnauthorizedAction", "You are not authorized to delete contact groups.")]
    assert http.get(f"{LIST}/1").status_code == 200


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"description": "x"}, "RequiredFieldNotSpecified"),
        ({"name": "x" * 101}, "MaximumLengthExceeded"),
        ({"name": "x", "description": "x" * 251}, "MaximumLengthExceeded"),
        ({"name": "x", "size": "1"}, "InvalidField"),
        ({"name": "x", "createdat": "2011"}, "ReadOnlyField"),
        ({"name": "friends"}, "UnexpectedException"),
    ],
)
def test_a_group_that_cannot_be(service, groups, http, written, code):
    """[recorded] soap-1.2.md 5.3: -1, the last one's text; which error goes with which mistake is inferred."""
    bad, good = made(service, asset(GROUP, **written), asset(GROUP, name="Good"))

    assert (bad.ID, codes(bad), codes(good)) == (-1, [code], [])
    if code == "UnexpectedException":
        assert bad.Errors.Error[0].Message == "Could not create asset. Please contact Eloqua Support for Assistance."
    assert http.get(f"{LIST}s").json()["total"] == 3


def test_how_a_taken_name_is_told_is_a_switch(service, eloqua, groups):
    """[inferred] soap-1.2.md 5.3: the recording does not say what its failure was for."""
    eloqua.set(soap_taken_asset_name="duplicate")

    assert codes(service.UpdateAsset({"DynamicAsset": [asset(GROUP, 2, name="Friends")]})[0]) == ["DuplicateValue"]


def test_a_company_group_lives_its_life(service, http):
    """[recorded] soap-1.2.md 10.2 for the type; REST 2.0 shows the same ones."""
    (new,) = made(service, asset(COMPANIES, name="Partners"))
    shown = http.get(f"/API/REST/2.0/assets/account/group/{new.ID}").json()
    assert (shown["name"], shown["isArchived"], shown["count"]) == ("Partners", "false", "0")

    service.UpdateAsset({"DynamicAsset": [asset(COMPANIES, new.ID, description="Close")]})
    assert values(service.RetrieveAsset(COMPANIES, {"int": [new.ID]}, None)[0])["description"] == "Close"
    assert service.DeleteAsset(COMPANIES, {"int": [new.ID]})[0].Success


# E-mails and forms


def test_an_email_lives_its_life(service, http):
    """[inferred] soap-1.2.md 10.2: which fields it has; REST sees what was written."""
    written = asset(EMAIL, name="News", subject="Hello", htmlcontent="<p>Dear friend</p>", fromname="Ada")
    (new,) = made(service, written)
    assert codes(new) == []
    email = f"/API/REST/2.0/assets/email/{new.ID}"
    shown = http.get(email).json()
    assert (shown["subject"], shown["htmlContent"]["html"], shown["senderName"]) == (
        "Hello", "<p>Dear friend</p>", "Ada",
    )  # fmt: skip

    service.UpdateAsset({"DynamicAsset": [asset(EMAIL, new.ID, subject="Good bye")]})
    found = values(service.RetrieveAsset(EMAIL, {"int": [new.ID]}, None)[0])
    assert (found["subject"], found["htmlcontent"], found["textcontent"]) == (
        "Good bye", "<p>Dear friend</p>", "Dear friend",
    )  # fmt: skip
    assert service.DeleteAsset(EMAIL, {"int": [new.ID]})[0].Success
    assert http.get(email).status_code == 404


def test_an_email_that_is_not_made_leaves_nothing_behind(service, http):
    """[inferred] soap-1.2.md 5.3: the link in it was not found before its name was; what stands beside it is kept."""
    linked = "<p><a href='https://example.test/one'>one</a></p>"
    made(service, asset(EMAIL, name="News", htmlcontent="<p>none</p>"))

    bad, good = made(
        service,
        asset(EMAIL, name="News", htmlcontent=linked),
        asset(EMAIL, name="Other", htmlcontent=linked.replace("one", "two")),
    )

    assert (bad.ID, codes(good)) == (-1, [])
    links = http.get("/API/REST/2.0/assets/trackedUrls?depth=complete").json()["elements"]
    assert [each["href"] for each in links] == ["https://example.test/two"]


def test_an_email_with_a_bad_address_is_not_made(service):
    """[inferred] soap-1.2.md 6.4."""
    (new,) = made(service, asset(EMAIL, name="News", replytoaddress="nobody"))

    assert codes(new) == ["ValidationIssue"]
    assert "replytoaddress" in new.Errors.Error[0].Message


@pytest.mark.parametrize(("word", "path"), [("EmailHeader", "header"), ("EmailFooter", "footer")])
def test_headers_and_footers(service, http, word, path):
    """[recorded] soap-1.2.md 10.2 for the types; an e-mail that uses one keeps it from being deleted [doc]."""
    of = {"ID": 0, "Name": "", "Type": word}
    (new,) = made(service, asset(of, name="Frame", body="<hr>"))
    assert http.get(f"/API/REST/2.0/assets/email/{path}/{new.ID}").json()["body"] == "<hr>"

    http.post("/API/REST/2.0/assets/email", json={"name": "News", f"email{path.title()}Id": str(new.ID)})
    assert codes(service.DeleteAsset(of, {"int": [new.ID]})[0]) == ["UnexpectedException"]


def test_a_form_is_renamed_and_deleted_with_what_was_sent_in(service, http):
    """[inferred]: what it consists of is not to be seen here."""
    key = int(http.post("/API/REST/2.0/assets/form", json={"name": "Sign up"}).json()["id"])

    assert service.UpdateAsset({"DynamicAsset": [asset(FORM, key, name="Join")]})[0].Success
    assert http.get(f"/API/REST/2.0/assets/form/{key}").json()["name"] == "Join"
    assert service.DeleteAsset(FORM, {"int": [key]})[0].Success
    assert http.get(f"/API/REST/2.0/assets/form/{key}").status_code == 404


# Membership


def test_the_groups_of_a_contact(service, groups):
    """[recorded] soap-1.2.md 10.5: the group as asset and as type, without fields."""
    (found,) = service.ListGroupMembership(entity(CONTACT, 1))

    assert (found.Id, found.AssetType.ID, found.AssetType.Name, found.AssetType.Type) == (
        1,
        1,
        "Friends",
        "ContactGroup",
    )
    assert values(found) == {}
    assert service.ListGroupMembership(entity(CONTACT, 2)) is None


def test_members_come_and_go(service, groups, rest):
    """[client] soap-1.2.md 10.5: type and Id will do; REST sees the members."""
    assert service.AddGroupMember(entity(CONTACT, 2), asset(GROUP, 1)).Success
    assert rest.get("/data/contacts/list/1").json()["total"] == 2
    assert service.AddGroupMember(entity(CONTACT, 2), asset(GROUP, 1)).Success

    assert service.RemoveGroupMember(entity(CONTACT, 1), asset(GROUP, 1)).Success
    assert [each["emailAddress"] for each in rest.get("/data/contacts/list/1").json()["elements"]] == [BEN]
    assert service.RemoveGroupMember(entity(CONTACT, 1), asset(GROUP, 1)).Success


def test_whole_objects_may_be_sent_back(service, groups):
    """[client] soap-1.2.md 10.5."""
    (ben,) = service.Retrieve(CONTACT, {"int": [2]}, None)
    (others,) = service.RetrieveAsset(GROUP, {"int": [2]}, None)

    assert service.AddGroupMember(ben, others).Success
    assert [each.Id for each in service.ListGroupMembership(ben)] == [2]


def test_companies_have_groups_too(service, groups, http):
    """[inferred] soap-1.2.md 10.5."""
    (found,) = service.ListGroupMembership(entity(COMPANY, 1))
    assert (found.Id, found.AssetType.Type) == (1, "CompanyGroup")

    assert service.RemoveGroupMember(entity(COMPANY, 1), asset(COMPANIES, 1)).Success
    assert http.get("/API/REST/2.0/assets/account/group/1").json()["count"] == "0"
    assert service.AddGroupMember(entity(COMPANY, 1), asset(COMPANIES, 1)).Success
    assert http.get("/API/REST/2.0/assets/account/group/1").json()["count"] == "1"


@pytest.mark.parametrize(
    ("member", "group", "fault"),
    [
        (entity(CONTACT, 9), asset(GROUP, 1), "InvalidEntityFault"),
        (entity(CONTACT, 1), asset(GROUP, 9), "InvalidAssetFault"),
        (entity(COMPANY, 1), asset(GROUP, 1), "InvalidAssetFault"),
        (entity(CONTACT, 1), asset(EMAIL, 1), "InvalidAssetFault"),
        (entity(CONTACT, 1), asset({"ID": 0, "Name": "", "Type": "List"}, 1), "InvalidTypeFault"),
        (entity({"ID": 0, "Name": "Visitor", "Type": "Base"}, 1), asset(GROUP, 1), "InvalidTypeFault"),
        (None, None, "ValidationFault"),
        (entity(CONTACT, 1), None, "ValidationFault"),
    ],
)
@pytest.mark.parametrize("operation", ["AddGroupMember", "RemoveGroupMember"])
def test_what_is_no_member_or_no_group(service, groups, operation, member, group, fault):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service[operation](member, group)
    assert detail(caught.value) == fault


def test_a_hidden_contact_is_as_one_that_is_not_there(service, eloqua, groups):
    """[inferred] platform.md 3.5."""
    eloqua.seed(labels=[{"name": "North", "contacts": [ADA], "groups": ["Sales Users"]}])

    with pytest.raises(Fault) as caught:
        service.ListGroupMembership(entity(CONTACT, 1))
    assert detail(caught.value) == "InvalidEntityFault"


def test_moving_members_needs_the_right_to_lists(soap, groups):
    """[inferred] soap-1.2.md 5.3: told in the result, and nobody is moved."""
    member = soap.entity({}, 2).replace("DynamicEntity", "entity")
    group = "<asset><AssetType><ID>0</ID><Type>ContactGroup</Type></AssetType><Id>1</Id></asset>"
    answer = soap.as_user("api.only").call("AddGroupMember", member + group)

    assert "<ErrorCode>UnauthorizedAction</ErrorCode>" in answer.text.replace("a:", "")
    assert "<Success>false</Success>" in answer.text
    assert "ContactGroup" not in soap.call("ListGroupMembership", member).text
