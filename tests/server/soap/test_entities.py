"""Contacts through SOAP: what is written, found, refused, and seen by the other doors (soap-1.2.md 10, 11)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

ELQ = "https://secure.eloqua.com/API/1.2"
CONTACT = "<ID>0</ID><Name>Contact</Name><Type>Base</Type>"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
ADA = {"C_EmailAddress": "ada@example.test", "C_FirstName": "Ada", "C_City": "London"}
BOB = {"C_EmailAddress": "bob@example.test", "C_FirstName": "Bob", "C_City": "Utrecht"}
CYD = {"C_EmailAddress": "cyd@other.test", "C_FirstName": "Cyd", "C_City": "London"}


@pytest.fixture
def three(soap):
    soap.create(ADA, BOB, CYD)
    return soap


def addresses(page):
    return [each["C_EmailAddress"].partition("@")[0] for each in page.entities]


def codes(results):
    return [[code for code, _ in each.errors] for each in results]


# Create, update, delete, retrieve


def test_results_come_in_the_order_of_the_records(soap):
    """[client] soap-1.2.md 10.3: one each."""
    assert [each.id for each in soap.create(ADA, BOB, CYD)] == [1, 2, 3]


def test_one_bad_record_does_not_keep_the_others_out(soap):
    """[recorded] soap-1.2.md 5.3: errors are per record, ID -1 is the mark."""
    results = soap.create(ADA, {"C_FirstName": "nobody"}, ADA, BOB)

    assert [each.id for each in results] == [1, -1, -1, 2]
    assert codes(results) == [[], ["RequiredFieldNotSpecified"], ["DuplicateValue"], []]
    assert soap.query("C_EmailAddress='*'").records == 2


def test_create_takes_no_notice_of_an_id(soap):
    """[client] soap-1.2.md 3.1: some leave it out, some send 0."""
    members = f"<entities>{soap.entity(ADA, 77)}</entities>"

    assert soap.results(soap.call("Create", members), "Create")[0].id == 1


def test_update_writes_the_named_fields_only(three):
    """[client] soap-1.2.md 10.3: by Id."""
    (result,) = three.update((2, {"C_City": "Delft"}))

    assert (result.id, result.success, result.errors) == (2, True, [])
    assert three.retrieve(2, fields=["C_City", "C_FirstName"]) == [{"C_City": "Delft", "C_FirstName": "Bob", "Id": "2"}]


def test_update_can_blank_a_field_and_move_an_address(three):
    """[inferred] soap-1.2.md 10.8: no value is an empty element."""
    assert three.update((2, {"C_City": "", "C_EmailAddress": "robert@example.test"}))[0].success

    assert three.retrieve(2, fields=["C_City", "C_EmailAddress"]) == [
        {"C_City": "", "C_EmailAddress": "robert@example.test", "Id": "2"}
    ]


def test_a_nil_value_blanks_as_an_empty_one_does(three):
    """[inferred]: .NET clients write null so."""
    nil = '<Value xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'
    three.call("Update", f"<entities>{three.entity({'C_City': 'x'}, 2)}</entities>".replace("<Value>x</Value>", nil))

    assert three.retrieve(2, fields=["C_City"]) == [{"C_City": "", "Id": "2"}]


def test_an_update_of_several_fails_one_by_one(three):
    """[inferred] soap-1.2.md 6.4: the code for an id that does not exist; the id is echoed."""
    results = three.update(
        (1, {"C_City": "Oslo"}), (9, {"C_City": "Oslo"}), (2, {"C_EmailAddress": "ada@example.test"})
    )

    assert [(each.id, each.success) for each in results] == [(1, True), (9, False), (2, False)]
    assert codes(results) == [[], ["ItemNotFound"], ["DuplicateValue"]]


def test_a_deleted_contact_is_gone_everywhere(three, rest):
    """[client] soap-1.2.md 10.3."""
    results = three.delete(1, 9, 1)

    assert [(each.id, each.success) for each in results] == [(1, True), (9, False), (1, False)]
    assert codes(results) == [[], ["ItemNotFound"], ["ItemNotFound"]]
    assert three.retrieve(1) == [None]
    assert rest.get("/data/contact/1").status_code == 404


def test_retrieve_answers_in_the_order_of_the_ids(three):
    """[recorded] soap-1.2.md 10.3 for one unknown id; the place of several is inferred."""
    found = three.retrieve(3, 9, 1, 3, fields=["C_FirstName"])

    assert [each and each["C_FirstName"] for each in found] == ["Cyd", None, "Ada", "Cyd"]


@pytest.mark.parametrize("ids", [[-1], [0], [2**31 - 1], [-(2**31)]])
def test_ids_that_nobody_has(three, ids):
    """Any xs:int may be asked for."""
    assert three.retrieve(*ids) == [None]


@pytest.mark.parametrize("names", ["", "<fieldNames/>", '<fieldNames i:nil="true" xmlns:i="{0}"/>'])
def test_no_field_names_mean_all_fields(three, names):
    """[client] soap-1.2.md 10.3: missing, empty or nil."""
    nil = names.format("http://www.w3.org/2001/XMLSchema-instance")

    assert three.call("Retrieve", three.by_id([1]) + nil).text.count("<EntityFields>") > 40


def test_field_names_in_any_case_once_each_and_unknown_ones_left_out(three):
    """[inferred] soap-1.2.md 14.3; twice the same key would break a .NET dictionary."""
    wanted = ["c_firstname", "C_FIRSTNAME", "C_NoSuch", "contactid"]

    assert three.retrieve(1, fields=wanted) == [{"C_FirstName": "Ada", "ContactID": "1", "Id": "1"}]
    text = three.call("Retrieve", three.by_id([1]) + three.strings("fieldNames", wanted)).text
    assert text.count("<EntityFields>") == 2


# Errors


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"C_FirstName": "Ada"}, "RequiredFieldNotSpecified"),
        ({"C_EmailAddress": ""}, "RequiredFieldNotSpecified"),
        ({"C_EmailAddress": "no address"}, "ValidationIssue"),
        (ADA | {"C_FirstName": "x" * 101}, "MaximumLengthExceeded"),
        (ADA | {"C_Lead_Score_Date___Most_Recent1": "someday"}, "InvalidDataType"),
        (ADA | {"C_Company_Revenue1": "much"}, "InvalidDataType"),
        (ADA | {"C_NoSuchField": "x"}, "InvalidField"),
        (ADA | {"": "x"}, "InvalidField"),
        (ADA | {"C_DateCreated": "2020-01-01"}, "ReadOnlyField"),
        (ADA | {"ContactID": "7"}, "ReadOnlyField"),
        (ADA | {"IsSubscribed": "False"}, "ReadOnlyField"),
    ],
)
def test_error_codes(soap, values, code):
    """[wsdl] soap-1.2.md 6.4: the codes; which goes with what is inferred, but for DuplicateValue."""
    (result,) = soap.create(values)

    assert (result.id, codes([result])) == (-1, [[code]])
    assert result.errors[0][1].endswith(".")
    assert soap.query("C_EmailAddress='*'").records == 0


def test_all_bad_fields_of_a_record_are_named(soap):
    """[inferred]: as a validation fault tells all its parameters at once."""
    (result,) = soap.create(ADA | {"C_FirstName": "x" * 101, "C_Company_Revenue1": "much"})

    assert codes([result]) == [["MaximumLengthExceeded", "InvalidDataType"]]
    assert "C_FirstName" in result.errors[0][1]


def test_read_only_fields_can_be_passed_over(soap, eloqua):
    """[inferred] soap-1.2.md 6.4: a switch, for clients that send whole records back."""
    eloqua.set(soap_read_only_fields="ignore")

    assert soap.create(ADA | {"C_DateCreated": "2020-01-01", "ContactID": "7"})[0].errors == []
    (whole,) = soap.retrieve(1)
    del whole["Id"]
    assert soap.update((1, whole))[0].success
    assert soap.retrieve(1, fields=["ContactID"]) == [{"ContactID": "1", "Id": "1"}]


# Limits


def many(count, start=0):
    return [{"C_EmailAddress": f"p{number}@example.test"} for number in range(start, start + count)]


def test_two_hundred_records_go_in_at_once_and_no_more(soap):
    """[client] soap-1.2.md 11: 200 is the most that is known to work; one more is our default fault."""
    assert soap.create(*many(200))[-1].id == 200
    assert soap.refused("Create", soap.entities(many(201, 500))).detail == "BatchSizeExceededFault"
    assert soap.query("C_EmailAddress='p5*'").records == 11


@pytest.mark.parametrize("operation", ["Retrieve", "Delete"])
def test_two_hundred_ids_and_no_more(soap, operation):
    """[client] soap-1.2.md 11."""
    assert soap.call(operation, soap.by_id(range(200))).status_code == 200
    assert soap.refused(operation, soap.by_id(range(201))).detail == "BatchSizeExceededFault"


def test_the_batch_size_is_a_switch(soap, eloqua):
    """[inferred] soap-1.2.md 11: the exact limit is not known."""
    eloqua.threshold("soap-batch", limit=2)

    assert soap.refused("Create", soap.entities([ADA, BOB, CYD])).detail == "BatchSizeExceededFault"
    assert soap.refused("Update", f"<entities>{soap.entity(ADA, 1) * 3}</entities>").detail == "BatchSizeExceededFault"


def test_empty_batches_are_empty_results(soap):
    """[inferred]: nothing to do is done."""
    assert soap.create() == soap.update() == soap.delete() == soap.retrieve() == []


# Types


@pytest.mark.parametrize("operation", ["Create", "Update", "Delete", "Retrieve", "Query", "DescribeEntity"])
@pytest.mark.parametrize(
    "other",
    [
        "<ID>0</ID><Name>Prospect</Name><Type>Base</Type>",
        "<ID>0</ID><Name>Contact</Name><Type>DataCardSet</Type>",
        "<ID>0</ID>",
        "",
    ],
)
def test_a_type_that_is_not_served_is_a_fault(soap, operation, other):
    """[inferred] soap-1.2.md 5.2: InvalidTypeFault."""
    members = {
        "Create": soap.entities([ADA]),
        "Update": f"<entities>{soap.entity(ADA, 1)}</entities>",
        "Query": soap.querying("C_EmailAddress='*'"),
    }.get(operation, soap.by_id([1]))

    assert soap.refused(operation, members.replace(CONTACT, other)).detail == "InvalidTypeFault"
    assert soap.query("C_EmailAddress='*'").records == 0


@pytest.mark.parametrize(
    ("operation", "members", "tag"),
    [
        ("DescribeEntityType", "", "globalEntityType"),
        ("DescribeEntity", "", "entityType"),
        ("Create", "", "entities"),
        ("Create", '<entities><DynamicEntity xsi:nil="1" xmlns:xsi="{0}"/></entities>', "entities"),
        ("Create", "<entities><DynamicEntity/></entities>", "entities"),
        ("Update", "", "entities"),
        ("Delete", "<ids/>", "entityType"),
        ("Delete", f"<entityType>{CONTACT}</entityType>", "ids"),
        ("Retrieve", f"<entityType>{CONTACT}</entityType>", "ids"),
        ("Retrieve", '<entityType xsi:nil="true" xmlns:xsi="{0}"/>', "entityType"),
    ],
)
def test_what_is_missing_is_named(soap, operation, members, tag):
    """[recorded] soap-1.2.md 5.1 for Query; [inferred] that the others do as it does."""
    answer = soap.call(operation, members.format("http://www.w3.org/2001/XMLSchema-instance"))

    assert soap.fault(answer).detail == "ValidationFault"
    assert f"<a:Message>The value cannot be null.</a:Message><a:Tag>{tag}</a:Tag>" in answer.text


def test_global_types(soap):
    """[recorded] soap-1.2.md 10.1; unknown ones are a fault [inferred]."""
    for name, count in (("Base", 5), ("base", 5), ("Form", 0), ("DataCardSet", 0)):
        found = soap.call("DescribeEntityType", f"<globalEntityType>{name}</globalEntityType>")
        assert found.text.count("<EntityType>") == count
    assert soap.refused("DescribeEntityType", "<globalEntityType>X</globalEntityType>").detail == "InvalidTypeFault"


def test_custom_fields_are_fields(soap, eloqua):
    """[client] soap-1.2.md 10.8: they follow the system's; [recorded] rest.md: how they are named."""
    eloqua.seed(fields=[{"name": "Shoe Size", "dataType": "number", "displayType": "text", "updateType": "always"}])
    soap.create(ADA | {"C_Shoe_Size1": "44"})

    assert soap.retrieve(1, fields=["C_Shoe_Size1"]) == [{"C_Shoe_Size1": "44", "Id": "1"}]
    described = soap.call("DescribeEntity", f"<entityType>{CONTACT}</entityType>").text
    assert "<InternalName>C_Shoe_Size1</InternalName><IsCustom>true</IsCustom>" in described
    assert soap.query("C_Shoe_Size1>40").records == 1


# Query


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C_EmailAddress='ada@example.test'", ["ada"]),
        ("C_EmailAddress=ada@example.test", ["ada"]),
        ("C_EmailAddress='ADA@EXAMPLE.TEST'", ["ada"]),
        ('C_EmailAddress="ada@example.test"', ["ada"]),
        ("c_emailaddress = 'ada@example.test'", ["ada"]),
        ("C_EmailAddress!='ada@example.test'", ["bob", "cyd"]),
        ("C_EmailAddress='*@example.test'", ["ada", "bob"]),
        ("C_EmailAddress='ada*'", ["ada"]),
        ("C_EmailAddress='*example*'", ["ada", "bob"]),
        ("C_EmailAddress='*'", ["ada", "bob", "cyd"]),
        ("C_EmailAddress!='*@example.test'", ["cyd"]),
        ("C_EmailAddress='%'", []),
        ("C_FirstName>'Ada'", ["bob", "cyd"]),
        ("C_FirstName>='Bob'", ["bob", "cyd"]),
        ("C_FirstName<'Bob'", ["ada"]),
        ("C_FirstName<='Bob'", ["ada", "bob"]),
        ("C_City='London' AND C_FirstName='Cyd'", ["cyd"]),
        ("C_City='London' and C_EmailAddress='*.test' And C_FirstName='Ada'", ["ada"]),
        ("C_City=London AND C_FirstName=Utrecht", []),
        ("C_Title=''", ["ada", "bob", "cyd"]),
        ("ContactID=2", ["bob"]),
        ("ContactID>1", ["bob", "cyd"]),
        ("IsSubscribed='True'", ["ada", "bob", "cyd"]),
        ("IsBounceback=1", []),
        ("C_EmailAddressDomain='other.test'", ["cyd"]),
        ("C_DateModified>'2011-01-01'", ["ada", "bob", "cyd"]),
        ("C_DateModified>'9999-01-01'", []),
        ("C_DateModified<'2011-01-01'", []),
        ("SubscriptionDate>2011-01-01", ["ada", "bob", "cyd"]),
        ("C_EmailAddress='*' AND C_DateCreated>'2011-01-01'", ["ada", "bob", "cyd"]),
        ("C_DateModified=nonsense", []),
    ],
)
def test_queries(three, text, found):
    """[client] soap-1.2.md 10.4: operators, wildcards, AND, dates; blanks, case and pseudo fields inferred."""
    page = three.query(text)

    assert (addresses(page), page.records) == (found, len(found))


def test_dates_are_days_in_eastern_time(soap, eloqua):
    """[client] soap-1.2.md 10.4: YYYY-MM-DD; the zone is inferred."""
    eloqua.clock.freeze(datetime(2013, 6, 5, 3, 59, tzinfo=UTC))  # 4 June, 23:59 in New York
    soap.create(ADA)

    assert soap.query("C_DateModified>='2013-06-04' AND C_DateModified<'2013-06-05'").records == 1
    assert soap.query("C_DateModified>='2013-06-05'").records == 0


@pytest.mark.parametrize(
    "text",
    ["", "   ", "C_EmailAddress", "='x'", "C_EmailAddress LIKE 'x'", "a='b' AND", "a='b' c='d'", "(a='b')", "a='b"],
)
def test_a_query_that_says_nothing_is_a_validation_fault(three, text):
    """[recorded] soap-1.2.md 10.4: on searchQuery."""
    answer = three.call("Query", three.querying(text))

    assert three.fault(answer).detail == "ValidationFault"
    assert answer.text.count("<a:Tag>") == 1
    assert "<a:Tag>searchQuery</a:Tag>" in answer.text


@pytest.mark.parametrize(
    "text", ["C_NoSuch='x'", "C_EmailAddress='*' AND Id=1", "C_FirstName>''", "C_Title='" + "*a" * 9_900 + "'"]
)
def test_a_query_that_cannot_be_run_is_an_invalid_query_fault(three, text):
    """[inferred] soap-1.2.md 5.2: unknown fields, operators that do not go with the value."""
    assert three.refused("Query", three.querying(text)).detail == "InvalidQueryFault"


def test_a_query_asked_again_sees_what_happened_meanwhile(three, rest):
    """It is kept for those who turn pages: contacts, fields and pages may be others by then."""
    text = "C_Shoe_size1='38'"
    assert three.refused("Query", three.querying(text)).detail == "InvalidQueryFault"
    words = {"dataType": "text", "displayType": "text", "updateType": "always"}
    field = rest.post("/assets/contact/field", json={"name": "Shoe size", **words}).json()

    assert three.query(text).records == 0
    three.update((1, {"C_Shoe_size1": "38"}), (3, {"C_Shoe_size1": "38"}))
    assert addresses(three.query(text)) == ["ada", "cyd"]
    assert addresses(three.query(text, page=2, size=1)) == ["cyd"]
    rest.delete(f"/assets/contact/field/{field['id']}")
    assert three.refused("Query", three.querying(text)).detail == "InvalidQueryFault"


def test_a_query_longer_than_anybody_writes_is_too_large(three):
    """[inferred] soap-1.2.md 5.2: before it is read, which would take minutes."""
    assert three.refused("Query", three.querying("C_Title='" + "a" * 20_000 + "'")).detail == "QueryTooLargeFault"


def test_or_and_brackets_are_part_of_a_bare_value(three):
    """[client] soap-1.2.md 10.4: brackets occur in values; nobody uses OR."""
    three.update((1, {"C_Title": "12(ada@example.test)"}), (2, {"C_Title": "this OR that"}))

    assert addresses(three.query("C_Title=12*(ada@example.test)")) == ["ada"]
    assert addresses(three.query("C_Title=this OR that AND C_City=Utrecht")) == ["bob"]


@pytest.mark.parametrize(
    ("page", "size", "found", "pages"),
    [
        (1, 2, ["ada", "bob"], 2),
        (2, 2, ["cyd"], 2),
        (3, 2, [], 2),
        (1, 3, ["ada", "bob", "cyd"], 1),
        (1, 200, ["ada", "bob", "cyd"], 1),
        (2**31 - 1, 200, [], 1),
    ],
)
def test_pages(three, page, size, found, pages):
    """[client] soap-1.2.md 10.4: from 1; the totals are those of the whole query."""
    answer = three.query("C_EmailAddress='*'", page, size)

    assert (addresses(answer), answer.pages, answer.records) == (found, pages, 3)


@pytest.mark.parametrize(
    ("page", "size", "tags"), [(0, 20, 1), (-1, 20, 1), (1, 0, 1), (1, 201, 1), (1, -5, 1), (0, 0, 2)]
)
def test_pages_that_cannot_be(three, page, size, tags):
    """[recorded] soap-1.2.md 5.1."""
    answer = three.call("Query", three.querying("C_EmailAddress='*'", page, size))

    assert three.fault(answer).detail == "ValidationFault"
    assert answer.text.count("<a:Tag>page") == tags


def test_a_client_walks_through_more_than_a_page(soap, eloqua):
    """[client] soap-1.2.md 10.4: until a page is short, or its number is TotalPages."""
    eloqua.seed(contacts=[{"emailAddress": f"p{number}@example.test"} for number in range(450)])

    sizes, page = [], 1
    while True:
        found = soap.query("C_EmailAddress='*'", page, fields=["ContactID"])
        sizes.append(len(found.entities))
        if page == found.pages:
            break
        page += 1

    assert (sizes, found.records) == ([200, 200, 50], 450)


def test_query_shows_all_fields_when_none_is_named(three):
    """[recorded] soap-1.2.md 10.4."""
    (found,) = three.query("C_FirstName=Ada", fields=None).entities

    assert found["C_City"] == "London"
    assert found["UnSubscriptionDate"] == ""


# Rights


@pytest.mark.parametrize(
    ("user", "works"),
    [
        ("api.user", {"Create", "Update", "Delete", "Retrieve", "Query"}),
        ("marketer", {"Create", "Update", "Delete", "Retrieve", "Query"}),
        ("api.only", {"Retrieve", "Query"}),
    ],
)
def test_what_users_may_do(three, user, works):
    """[recorded] soap-1.2.md 5.3: no right is UnauthorizedAction in each result; which right is inferred."""
    members = {
        "Create": three.entities([{"C_EmailAddress": "dan@example.test"}, {"C_EmailAddress": "eve@example.test"}]),
        "Update": f"<entities>{three.entity({'C_City': 'Oslo'}, 1)}{three.entity({'C_City': 'Oslo'}, 2)}</entities>",
        "Retrieve": three.by_id([1, 2]),
        "Query": three.querying("C_EmailAddress='*'"),
        "Delete": three.by_id([1, 2]),
    }
    for operation, inside in members.items():
        answer = three.as_user(user).call(operation, inside)
        assert answer.status_code == 200
        assert answer.text.count("UnauthorizedAction") == (0 if operation in works else 2)
        assert f"not authorized to {operation.lower()} contacts" in answer.text or operation in works

    assert three.query("C_EmailAddress='*'").records == 3


@pytest.mark.parametrize("user", ["no.api", "disabled", "nobody"])
def test_who_may_not_come_in(three, user):
    """[inferred] soap-1.2.md 4: one fault for all."""
    answer = three.as_user(user).call("Delete", three.by_id([1]))

    assert three.fault(answer).code == "FailedAuthentication"
    assert three.query("C_EmailAddress='*'").records == 3


def test_a_site_is_reached_through_its_login(three, eloqua):
    """[client] soap-1.2.md 4: the company before the backslash."""
    other = eloqua.server.site("OtherCo")
    there = three.as_user("api.user")
    there.user, there.password = other.basic_auth

    assert there.query("C_EmailAddress='*'").records == 0


# Switches


def test_the_action_must_name_the_operation_when_asked_for(soap, eloqua):
    """[inferred] soap-1.2.md 3.1: WCF chooses by the action."""
    eloqua.set(strict_soap_action=True)
    right = f"{ELQ}/DynamicEntityService/Create"
    members = soap.entities([ADA])

    for wrong in ('""', None, f"{ELQ}/DynamicEntityService/Query", right.lower()):
        refused = soap.fault(soap.call("Create", members, action=wrong))
        assert refused.code == "ActionNotSupported"
        assert refused.namespace == "http://schemas.microsoft.com/ws/2005/05/addressing/none"
    assert soap.call("Create", members, action=f'"{right}"').status_code == 200
    assert soap.call("Update", "<entities/>", action=f"{ELQ}/DynamicEntityService/Update").status_code == 200


def stamped(soap, created):
    expires = created + timedelta(minutes=5)
    header = soap.security(
        f'<u:Timestamp xmlns:u="{WSU}"><u:Created>{created.isoformat()}</u:Created>'
        f"<u:Expires>{expires.isoformat()}</u:Expires></u:Timestamp>"
    )
    return soap.send(soap.envelope(f'<ListEntityTypes xmlns="{ELQ}"/>', header).encode())


def test_timestamps_can_be_asked_for(soap, eloqua):
    """[client] soap-1.2.md 3.1: the policy asks for one, yet clients without were served."""
    eloqua.set(soap_require_timestamp=True)

    assert soap.fault(soap.call("ListEntityTypes")).code == "InvalidSecurity"
    assert stamped(soap, datetime.now(UTC)).status_code == 200


@pytest.mark.parametrize(("minutes", "served"), [(0, True), (4, True), (-9, True), (-11, False), (6, False)])
def test_timestamps_are_held_against_real_time(soap, eloqua, minutes, served):
    """[inferred] soap-1.2.md 4: five minutes off at most, whatever the site's clock was set to."""
    eloqua.clock.freeze(datetime(2012, 1, 1, tzinfo=UTC))

    assert (stamped(soap, datetime.now(UTC) + timedelta(minutes=minutes)).status_code == 200) is served


def test_the_skew_is_a_switch(soap, eloqua):
    """[inferred] soap-1.2.md 12.6."""
    eloqua.set(soap_max_clock_skew_seconds=7200)

    assert stamped(soap, datetime.now(UTC) - timedelta(hours=2)).status_code == 200


# The same contacts at every door


def test_rest_reads_what_soap_wrote(soap, rest):
    """One database."""
    soap.create(ADA | {"C_Company_Revenue1": "12.5", "C_Lead_Score_Date___Most_Recent1": "2014-10-13"})

    found = rest.get("/data/contact/1").json()

    assert (found["emailAddress"], found["firstName"], found["city"]) == ("ada@example.test", "Ada", "London")
    assert {each["id"]: each.get("value") for each in found["fieldValues"]}["100041"] == "12.5"
    assert found["createdBy"] == "11"


def test_soap_reads_what_rest_wrote(soap, rest):
    """One database; [recorded] rest.md: how each door writes a number."""
    rest.post(
        "/data/contact",
        json={
            "emailAddress": "ada@example.test",
            "isSubscribed": "false",
            "accountName": "Analytical",
            "fieldValues": [{"id": "100041", "value": "12.5"}],
        },
    )

    wanted = ["C_Company", "C_Company_Revenue1", "IsSubscribed", "C_FirstAndLastName"]
    assert soap.retrieve(1, fields=wanted) == [
        {
            "C_Company": "Analytical",
            "C_Company_Revenue1": "12.5000",
            "C_FirstAndLastName": "",
            "IsSubscribed": "False",
            "Id": "1",
        }
    ]
    assert soap.create(ADA)[0].errors[0][0] == "DuplicateValue"


def test_bulk_exports_what_soap_wrote_and_soap_finds_what_bulk_loaded(soap, eloqua, http):
    """One database."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    soap.create(ADA)
    fields = {"email": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}

    load = bulk(http, "imports", {"name": "in", "fields": fields, "identifierFieldName": "email"})
    http.post(f"{load}/data", json=[{"email": "eve@example.test", "first": "Eve"}])
    synced(http, load)
    export = bulk(http, "exports", {"name": "out", "fields": fields})
    sync = synced(http, export)

    rows = http.get(f"/API/Bulk/2.0{sync}/data").json()["items"]
    assert sorted(each["first"] for each in rows) == ["Ada", "Eve"]
    assert addresses(soap.query("C_FirstName=Eve")) == ["eve"]


def bulk(http, kind, definition):
    return "/API/Bulk/2.0" + http.post(f"/API/Bulk/2.0/contacts/{kind}", json=definition).json()["uri"]


def synced(http, uri):
    sync = http.post("/API/Bulk/2.0/syncs", json={"syncedInstanceUri": uri.removeprefix("/API/Bulk/2.0")}).json()["uri"]
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        status = http.get(f"/API/Bulk/2.0{sync}").json()["status"]
        if status not in ("pending", "active"):
            assert status == "success"
            return sync
    raise AssertionError(f"{sync} has not ended")


def test_calls_are_in_the_request_log(soap, eloqua):
    """As those of every face."""
    soap.create(ADA)
    soap.refused("Query")

    served, refused = eloqua.requests(face="soap")
    assert (served.method, served.status, served.user, served.reason) == ("POST", 200, "api.user", None)
    assert (refused.status, refused.reason) == (500, "SoapFault: Client: ValidationFault")
    assert "s3cret" not in served.body
