"""What is on the wire, character by character: answers as recorded, requests as clients write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

S = "http://schemas.xmlsoap.org/soap/envelope/"
ELQ = "https://secure.eloqua.com/API/1.2"
ARR = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
I = "http://www.w3.org/2001/XMLSchema-instance"  # noqa: E741  the recorded prefix
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
TEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"
CONTACT = "<ID>0</ID><Name>Contact</Name><Type>Base</Type>"
ACTIONS = f"{ELQ}/DynamicEntityService/"

_STAMPS = re.compile(r"(<u:(?:Created|Expires)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z<")


def recorded(body):
    """A whole recorded answer around its body, timestamps cut out."""
    return (
        f'<s:Envelope xmlns:s="{S}" xmlns:u="{WSU}"><s:Header><o:Security s:mustUnderstand="1" xmlns:o="{WSSE}">'
        '<u:Timestamp u:Id="_0"><u:Created><</u:Created><u:Expires><</u:Expires></u:Timestamp></o:Security></s:Header>'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )


def shown(answer):
    return _STAMPS.sub(r"\1<<", answer.text)


def inside(answer):
    """What is in the body."""
    return answer.text.partition("<s:Body>")[2].partition("</s:Body>")[0]


# Answers


def test_list_entity_types(soap):
    """[recorded] soap-1.2.md 3.2, 10.1."""
    assert shown(soap.call("ListEntityTypes")) == recorded(
        f'<ListEntityTypesResponse xmlns="{ELQ}"><ListEntityTypesResult xmlns:i="{I}"><EntityTypes xmlns:a="{ARR}">'
        "<a:string>Base</a:string><a:string>DataCardSet</a:string><a:string>Form</a:string>"
        "</EntityTypes></ListEntityTypesResult></ListEntityTypesResponse>"
    )


def test_describe_entity_type(soap):
    """[recorded] soap-1.2.md 10.1: five base types."""
    types = "".join(
        f"<EntityType><ID>0</ID><Name>{name}</Name><Type>Base</Type></EntityType>"
        for name in ("Contact", "Company", "Prospect", "Visitor", "ProcessedActivity")
    )

    answer = soap.call("DescribeEntityType", "<globalEntityType>Base</globalEntityType>")

    assert shown(answer) == recorded(
        f'<DescribeEntityTypeResponse xmlns="{ELQ}"><DescribeEntityTypeResult xmlns:i="{I}"><EntityTypes>{types}'
        "</EntityTypes></DescribeEntityTypeResult></DescribeEntityTypeResponse>"
    )


def test_a_field_definition(soap):
    """[recorded] soap-1.2.md 10.1: the flags, nil for the name, no default; a date from our own field list."""
    body = inside(soap.call("DescribeEntity", f"<entityType>{CONTACT}</entityType>"))

    assert body.startswith(
        f'<DescribeEntityResponse xmlns="{ELQ}"><DescribeEntityResult xmlns:i="{I}"><Fields>'
        '<DynamicEntityFieldDefinition><DataType>Text</DataType><DefaultValue i:nil="true"/>'
        "<DisplayName>Email Address</DisplayName><InternalName>C_EmailAddress</InternalName>"
        "<IsCustom>false</IsCustom><IsRequired>false</IsRequired><IsWriteable>true</IsWriteable><Length>100</Length>"
        "</DynamicEntityFieldDefinition>"
    )
    assert body.endswith(
        "</Fields><IsCreateable>true</IsCreateable><IsDeletable>true</IsDeletable><IsQueryable>true</IsQueryable>"
        '<IsRetrievable>true</IsRetrievable><IsUpdateable>true</IsUpdateable><Name i:nil="true"/>'
        "</DescribeEntityResult></DescribeEntityResponse>"
    )


def result(operation, key, errors="", success=""):
    errors = f"<Errors>{errors}</Errors>" if errors else "<Errors/>"
    return (
        f'<{operation}Response xmlns="{ELQ}"><{operation}Result xmlns:i="{I}"><{operation}Result>'
        f"<EntityType>{CONTACT}</EntityType>{errors}<ID>{key}</ID>{success}"
        f"</{operation}Result></{operation}Result></{operation}Response>"
    )


def problem(code, message):
    return f"<Error><ErrorCode>{code}</ErrorCode><Message>{message}</Message></Error>"


DUPLICATE = problem("DuplicateValue", "You are attempting to create a duplicate entity.")


@pytest.mark.quirk("Q71")
def test_create_and_create_again(soap):
    """[recorded] soap-1.2.md 5.3: empty errors and the id; -1 and DuplicateValue."""
    made = soap.entities([{"C_EmailAddress": "ada@example.test"}])

    assert shown(soap.call("Create", made)) == recorded(result("Create", 1))
    assert shown(soap.call("Create", made)) == recorded(result("Create", -1, DUPLICATE))


def test_update_and_delete(soap):
    """[recorded] soap-1.2.md 10.3: the id echoed, and Success."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    change = f"<entities>{soap.entity({'C_FirstName': 'Ada'}, 1)}</entities>"
    success = "<Success>true</Success>"

    assert inside(soap.call("Update", change)) == result("Update", 1, success=success)
    assert inside(soap.call("Delete", soap.by_id([1]))) == result("Delete", 1, success=success)


def test_retrieve_of_a_missing_id_is_a_nil_item(soap):
    """[recorded] soap-1.2.md 3.2 rule 4."""
    assert shown(soap.call("Retrieve", soap.by_id([9]))) == recorded(
        f'<RetrieveResponse xmlns="{ELQ}"><RetrieveResult xmlns:i="{I}"><DynamicEntity i:nil="true"/>'
        "</RetrieveResult></RetrieveResponse>"
    )


def test_retrieve_of_chosen_fields(soap):
    """[recorded] soap-1.2.md 10.8: no value is an empty element, not nil."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    wanted = soap.strings("fieldNames", ["C_EmailAddress", "C_FirstName"])

    assert inside(soap.call("Retrieve", soap.by_id([1]) + wanted)) == (
        f'<RetrieveResponse xmlns="{ELQ}"><RetrieveResult xmlns:i="{I}"><DynamicEntity>'
        f"<EntityType>{CONTACT}</EntityType><FieldValueCollection>"
        "<EntityFields><InternalName>C_EmailAddress</InternalName><Value>ada@example.test</Value></EntityFields>"
        "<EntityFields><InternalName>C_FirstName</InternalName><Value/></EntityFields>"
        "</FieldValueCollection><Id>1</Id></DynamicEntity></RetrieveResult></RetrieveResponse>"
    )


def test_nothing_to_retrieve_and_no_field_are_empty_elements(soap):
    """[recorded] soap-1.2.md 3.2 rule 3."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    unknown = soap.strings("fieldNames", ["C_None"])

    assert f'<RetrieveResult xmlns:i="{I}"/>' in inside(soap.call("Retrieve", soap.by_id([])))
    assert "<FieldValueCollection/><Id>1</Id>" in inside(soap.call("Retrieve", soap.by_id([1]) + unknown))


def test_a_query_without_a_match(soap):
    """[recorded] soap-1.2.md 10.4."""
    assert shown(soap.call("Query", soap.querying("C_EmailAddress='nobody@example.test'"))) == recorded(
        f'<QueryResponse xmlns="{ELQ}"><QueryResult xmlns:i="{I}"><Entities/><TotalPages>0</TotalPages>'
        "<TotalRecords>0</TotalRecords></QueryResult></QueryResponse>"
    )


def invalid(**messages):
    details = "".join(
        f'<a:ValidationDetail><a:Key i:nil="true"/><a:Message>{message}</a:Message><a:Tag>{tag}</a:Tag>'
        "</a:ValidationDetail>"
        for tag, message in messages.items()
    )
    return (
        "<s:Fault><faultcode>s:Client</faultcode>"
        '<faultstring xml:lang="en-US">The creator of this fault did not specify a Reason.</faultstring><detail>'
        f'<ValidationFault xmlns="http://www.microsoft.com/practices/EnterpriseLibrary/2007/01/wcf/validation"'
        f' xmlns:i="{I}"><Details xmlns:a="http://schemas.datacontract.org/2004/07/'
        f'Microsoft.Practices.EnterpriseLibrary.Validation.Integration.WCF">{details}</Details></ValidationFault>'
        "</detail></s:Fault>"
    )


@pytest.mark.quirk("Q72")
def test_a_query_with_nothing_valid_is_told_all_four_at_once(soap):
    """[recorded] soap-1.2.md 5.1."""
    answer = soap.call("Query", "<pageNumber>0</pageNumber><pageSize>201</pageSize>")

    assert answer.status_code == 500
    assert shown(answer) == recorded(
        invalid(
            eloquaType="The value cannot be null.",
            searchQuery="The SearchQuery parameter is not in the correct format.",
            pageNumber='The value must fall within the range "1" (Inclusive) - "-1" (Ignore).',
            pageSize='The value must fall within the range "1" (Inclusive) - "200" (Inclusive).',
        )
    )


def test_another_fault_says_all_by_its_name(soap):
    """[wsdl] soap-1.2.md 5.1: an empty detail; the code of others than ValidationFault is inferred."""
    soap_query = soap.querying("C_NoSuchField='x'")

    assert inside(soap.call("Query", soap_query)) == (
        "<s:Fault><faultcode>s:Client</faultcode>"
        '<faultstring xml:lang="en-US">The creator of this fault did not specify a Reason.</faultstring>'
        f'<detail><InvalidQueryFault xmlns="{ELQ}" xmlns:i="{I}"/></detail></s:Fault>'
    )


@pytest.mark.eloqua(user="api.only")
@pytest.mark.quirk("Q71")
@pytest.mark.quirk("Q22")
def test_a_missing_right_is_an_error_in_the_result(soap):
    """[recorded] soap-1.2.md 5.3, platform.md 3.6: HTTP 200, UnauthorizedAction, ID 0, Success false."""
    error = problem("UnauthorizedAction", "You are not authorized to delete contacts.")
    answer = soap.call("Delete", soap.by_id([1]))

    assert answer.status_code == 200
    assert inside(answer) == result("Delete", 0, error, "<Success>false</Success>")


def test_a_framework_fault_has_no_detail(soap):
    """[inferred] soap-1.2.md 4: WCF's code in the namespace of WS-Security."""
    assert shown(soap.as_user("api.user", "wrong").call("ListEntityTypes")) == recorded(
        f'<s:Fault><faultcode xmlns:a="{WSSE}">a:FailedAuthentication</faultcode><faultstring xml:lang="en-US">'
        "At least one security token in the message could not be validated.</faultstring></s:Fault>"
    )


def test_an_error_of_ours_is_logged_and_not_told(soap, monkeypatch, caplog):
    """[inferred] soap-1.2.md 5.4: InternalServiceFault."""

    def broken(*_, **__):
        raise ZeroDivisionError("a secret of ours")

    monkeypatch.setattr("mock_eloqua.soap.contact.contacts.pages", broken)
    answer = soap.call("Query", soap.querying("C_EmailAddress='*'"))

    assert soap.fault(answer).code == "InternalServiceFault"
    assert "secret" not in answer.text
    assert "a secret of ours" in caplog.text


@pytest.mark.parametrize(
    ("operation", "status", "reason"), [("ListEntityTypes", 200, "OK"), ("Query", 500, "Internal Server Error")]
)
def test_status_and_headers(soap, operation, status, reason):
    """[inferred] soap-1.2.md 3.2; the header set is that of the POD [recorded] platform.md 5.3."""
    answer = soap.call(operation)

    assert (answer.status_code, answer.reason_phrase) == (status, reason)
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "x-request-id" in answer.headers
    assert not answer.text.startswith("<?xml")


@pytest.mark.parametrize("operation", ["ListEntityTypes", "Query", "Nothing"])
@pytest.mark.quirk("Q70")
def test_every_answer_is_stamped_in_real_time(soap, eloqua, operation):
    """[recorded] soap-1.2.md 3.2 rule 1: valid for five minutes; on faults too, whatever our clock shows."""
    eloqua.clock.freeze(datetime(2012, 1, 1, tzinfo=UTC))
    before = datetime.now(UTC)

    answer = soap.call(operation)

    stamps = re.findall("<u:(?:Created|Expires)>(.*?)</u:", answer.text)
    created, expires = map(datetime.fromisoformat, stamps)
    assert expires - created == timedelta(minutes=5)
    assert before - timedelta(milliseconds=1) <= created <= datetime.now(UTC)


# Fields and their values

ORDER = """C_EmailAddress C_FirstName C_Company C_LastName C_Address1 C_Address2 C_Address3 C_City C_State_Prov
C_Zip_Postal C_Country C_BusPhone C_MobilePhone C_Fax C_Title C_Salesperson C_LastModifiedByExtIntegrateSystem
ContactIDExt C_FirstAndLastName C_EmailAddressDomain C_EmailDisplayName C_Salutation C_SFDCContactID C_SFDCLeadID
C_DateCreated C_DateModified C_SFDCAccountID C_SFDCLastCampaignID C_SFDCLastCampaignStatus"""
LAST = "ContactID IsBounceback IsSubscribed CompanyID BouncebackDate SubscriptionDate UnSubscriptionDate"


def test_the_order_of_a_full_contact(soap):
    """[recorded] soap-1.2.md 10.8: as far as a new site has these fields; customer fields between."""
    soap.create({"C_EmailAddress": "ada@example.test"})

    names = re.findall("<InternalName>(.*?)</InternalName>", soap.call("Retrieve", soap.by_id([1])).text)

    first, last = ORDER.split(), LAST.split()
    assert names[: len(first)] == first
    assert names[-len(last) :] == last
    assert {"C_Lead_Status1", "C_Industry1", "C_Lead_Source___Original1"} <= set(names[len(first) : -len(last)])


def test_describe_and_retrieve_name_the_same_fields(soap):
    """[inferred] soap-1.2.md 10.8."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    named = re.compile("<InternalName>(.*?)</InternalName>")

    described = named.findall(soap.call("DescribeEntity", f"<entityType>{CONTACT}</entityType>").text)

    assert described == named.findall(soap.call("Retrieve", soap.by_id([1])).text)


def test_value_formats(soap, eloqua):
    """[recorded] soap-1.2.md 10.8; dates in US Eastern time [inferred]."""
    eloqua.clock.freeze(datetime(2009, 10, 30, 21, 23, 54, 227_000, tzinfo=UTC))
    soap.create(
        {"C_EmailAddress": "ada@example.test", "C_Company_Revenue1": "0", "C_Lead_Score_Date___Most_Recent1": ""}
    )

    (found,) = soap.retrieve(1)

    assert found is not None
    assert found["C_DateCreated"] == "2009-10-30 17:23:54.227"
    assert found["SubscriptionDate"] == "10/30/2009 5:23:54 PM"
    assert found["BouncebackDate"] == found["UnSubscriptionDate"] == ""
    assert found["C_Lead_Score_Date___Most_Recent1"] == ""
    assert (found["IsSubscribed"], found["IsBounceback"]) == ("True", "False")
    assert found["C_Company_Revenue1"] == "0.0000"
    assert found["CompanyID"] == "0"
    assert (found["ContactID"], found["Id"]) == ("1", "1")
    assert re.fullmatch(r"C[A-Z]{4}000000000001", found["ContactIDExt"])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a < b & \"c\" > 'd'", "a &lt; b &amp; \"c\" &gt; 'd'"),
        ("line\nbreak\ttab", "line\nbreak\ttab"),
        ("Żółć 東京 \U0001f600", "Żółć 東京 \U0001f600"),
        (" blanks  kept ", " blanks  kept "),
        ("]]>", "]]&gt;"),
    ],
)
def test_text_comes_back_as_it_was(soap, value, written):
    """XML 1.0."""
    soap.create({"C_EmailAddress": "ada@example.test", "C_Title": value})

    wanted = soap.strings("fieldNames", ["C_Title"])
    assert f"<Value>{written}</Value>" in soap.call("Retrieve", soap.by_id([1]) + wanted).text


def test_a_carriage_return_survives_the_reader(soap, rest):
    """XML 1.0 2.11: a bare one would be read as a line feed."""
    rest.post("/data/contact", json={"emailAddress": "ada@example.test", "title": "a\r\nb"})

    assert "<Value>a&#xD;\nb</Value>" in soap.call("Retrieve", soap.by_id([1])).text
    assert soap.retrieve(1, fields=["C_Title"]) == [{"C_Title": "a\r\nb", "Id": "1"}]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(soap, rest, sign):
    """REST can bring it in; an answer that no parser takes would help nobody."""
    rest.post("/data/contact", json={"emailAddress": "ada@example.test", "title": f"a{sign}b"})

    assert soap.retrieve(1, fields=["C_Title"]) == [{"C_Title": "a\ufffdb", "Id": "1"}]


# Requests


def token(password="<o:Password>s3cret</o:Password>", before="", attributes=""):
    return (
        f'<o:Security xmlns:o="{WSSE}" xmlns:u="{WSU}"{attributes}>{before}<o:UsernameToken>'
        f"<o:Username>MockCo\\api.user</o:Username>{password}</o:UsernameToken></o:Security>"
    )


def stamp(created, expires):
    return (
        f'<u:Timestamp u:Id="_0"><u:Created>{created.isoformat()}</u:Created>'
        f"<u:Expires>{expires.isoformat()}</u:Expires></u:Timestamp>"
    )


NOW = datetime.now(UTC)
HEADERS = {
    "no timestamp": token(),
    "a timestamp": token(before=stamp(NOW, NOW + timedelta(minutes=5))),
    "a timestamp without zone": token(
        before=stamp(NOW.replace(tzinfo=None), NOW.replace(tzinfo=None) + timedelta(minutes=5))
    ),
    "only created": token(before=f"<u:Timestamp><u:Created>{NOW:%Y-%m-%dT%H:%M:%SZ}</u:Created></u:Timestamp>"),
    "mustUnderstand": token(attributes=f' s:mustUnderstand="1" xmlns:s="{S}"'),
    "mustUnderstand without namespace": token(attributes=' mustUnderstand="true"'),
    "a password type": token(f'<o:Password Type="{TEXT}">s3cret</o:Password>'),
    "nonce and created": token(
        "<o:Password>s3cret</o:Password><o:Nonce>AAAA</o:Nonce><u:Created>2020-01-01T00:00:00Z</u:Created>"
    ),
    "blanks around the user": token().replace("MockCo\\api.user", "\n MockCo\\api.user \n"),
    "another letter case": token().replace("MockCo\\api.user", "mockco\\API.User"),
    "addressing": token()
    + '<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">anything</w:Action>'
    + '<w:To xmlns:w="http://www.w3.org/2005/08/addressing">http://elsewhere</w:To>',
    "a foreign header first": '<x:Trace xmlns:x="urn:x">1</x:Trace>' + token(),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_security_headers_that_clients_send(soap, kind):
    """[client] soap-1.2.md 3.1."""
    answer = soap.send(soap.envelope(f'<ListEntityTypes xmlns="{ELQ}"/>', HEADERS[kind]).encode())

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "InvalidSecurity"),
        (f'<o:Security xmlns:o="{WSSE}"/>', "InvalidSecurity"),
        (token().replace(WSSE, "urn:other"), "InvalidSecurity"),
        (token(before="<u:Timestamp><u:Created>yesterday</u:Created></u:Timestamp>"), "InvalidSecurity"),
        (token(before="<u:Timestamp><u:Created/></u:Timestamp>"), "InvalidSecurity"),
        (token(before=stamp(NOW - timedelta(hours=1), NOW - timedelta(minutes=6))), "InvalidSecurity"),
        (token(before=stamp(NOW + timedelta(hours=1), NOW + timedelta(hours=2))), "InvalidSecurity"),
        (token(""), "FailedAuthentication"),
        (token("<o:Password/>"), "FailedAuthentication"),
        (token("<o:Password>S3CRET</o:Password>"), "FailedAuthentication"),
        (token('<o:Password Type="x#PasswordDigest">s3cret</o:Password>'), "FailedAuthentication"),
        (token().replace("MockCo\\api.user", "api.user"), "FailedAuthentication"),
        (token().replace("MockCo\\api.user", "NoCo\\api.user"), "FailedAuthentication"),
        (token().replace("MockCo\\api.user", ""), "FailedAuthentication"),
    ],
)
def test_security_headers_that_are_refused(soap, header, code):
    """[inferred] soap-1.2.md 4: a fault, never an HTTP 401; callers are not told which of the two was wrong."""
    answer = soap.send(soap.envelope(f'<ListEntityTypes xmlns="{ELQ}"/>', header).encode())

    found = soap.fault(answer)
    assert (found.namespace, found.code, found.detail) == (WSSE, code, None)
    assert "www-authenticate" not in answer.headers


def test_the_request_log_says_why_without_the_password(soap, eloqua):
    """For people who look for their mistake."""
    soap.as_user("api.user", "a-wrong-one").call("ListEntityTypes")

    (entry,) = eloqua.requests(face="soap")
    assert "wrong password" in entry.reason
    assert "a-wrong-one" not in entry.body


def test_basic_credentials_do_not_count(soap, connection, eloqua):
    """[inferred] soap-1.2.md 4: no client uses them."""
    raw = soap.envelope(f'<ListEntityTypes xmlns="{ELQ}"/>', "")
    answer = connection.post(
        "/API/1.2/Service.svc", content=raw, headers={"Content-Type": "text/xml"}, auth=eloqua.basic_auth
    )

    assert soap.fault(answer).code == "InvalidSecurity"


OPERATION = f'<ListEntityTypes xmlns="{ELQ}"/>'


@pytest.mark.parametrize(
    "action",
    [
        f'"{ACTIONS}ListEntityTypes"',
        f"{ACTIONS}ListEntityTypes",
        "''",
        '""',
        "",
        None,
        f'"{ACTIONS}Query"',
        '"urn:other"',
    ],
)
def test_any_action_will_do(soap, action):
    """[client] soap-1.2.md 3.1: unquoted; our default dispatches on the body [inferred]."""
    assert soap.post(OPERATION, action=action).status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["text/xml", "text/xml;charset=UTF-8", 'text/xml; charset="utf-8"', "TEXT/XML; Charset=utf-8", "text/xml; a=b"],
)
def test_content_types_that_clients_send(soap, kind):
    """[client] what-real-clients-do.md 6."""
    assert soap.post(OPERATION, content_type=kind).status_code == 200


NAMED = [
    '<ns1:ListEntityTypes xmlns:ns1="{0}"/>',
    '<tns:ListEntityTypes xmlns:tns="{0}"></tns:ListEntityTypes>',
    '<ListEntityTypes xmlns="{0}" xmlns:unused="urn:x">\n</ListEntityTypes>',
    '<ListEntityTypes xmlns="{0}"><Unknown>1</Unknown></ListEntityTypes>',
]


@pytest.mark.parametrize("body", NAMED)
def test_prefixes_of_the_body_are_the_clients_own(soap, body):
    """[client] what-real-clients-do.md 6."""
    assert soap.post(body.format(ELQ)).status_code == 200


@pytest.mark.parametrize("prefix", ["SOAP-ENV", "soap-env", "soapenv", "env", "soap"])
def test_prefixes_of_the_envelope_are_the_clients_own(soap, prefix):
    """[client] what-real-clients-do.md 6; header and body may differ."""
    body = f'<other:Body xmlns:other="{S}">{OPERATION}</other:Body>'
    inside = f"<{prefix}:Header>{token()}</{prefix}:Header>{body}"
    raw = f'<{prefix}:Envelope xmlns:{prefix}="{S}">{inside}</{prefix}:Envelope>'

    assert soap.send(raw.encode()).status_code == 200


ADA = "<EntityFields><InternalName>C_EmailAddress</InternalName><Value>ada@example.test</Value></EntityFields>"


def creating(*members):
    return f"<entities><DynamicEntity>{''.join(members)}</DynamicEntity></entities>"


TYPE, FIELDS, ID = (
    f"<EntityType>{CONTACT}</EntityType>",
    f"<FieldValueCollection>{ADA}</FieldValueCollection>",
    "<Id>0</Id>",
)


@pytest.mark.parametrize(
    "members",
    [
        (TYPE, FIELDS),
        (TYPE, FIELDS, ID),
        (ID, FIELDS, TYPE),
        (TYPE, "<Unknown><Deep>1</Deep></Unknown>", FIELDS),
        ("<!-- why -->", TYPE, "<?pi data?>", FIELDS, "\n\t"),
        (TYPE, FIELDS.replace("ada@example.test", "<![CDATA[ada@example.test]]>")),
        (TYPE, FIELDS.replace("ada@", "ada<!-- in between -->@")),
        (TYPE, FIELDS.replace("ada@", "&#97;d&#x61;&#64;")),
        (TYPE, FIELDS.replace("C_EmailAddress", "c_emailaddress")),
        (f'<x:EntityType xmlns:x="{ELQ}">{CONTACT}</x:EntityType>', FIELDS),
        (TYPE, f'<FieldValueCollection xmlns:i="{I}" i:nil="false">{ADA}</FieldValueCollection>'),
        (
            f'<EntityType ID="7" Name="x" href="#a" id="a">{CONTACT}</EntityType>',
            FIELDS.replace("<Value", "<Value a='b'"),
        ),
    ],
)
def test_entities_as_clients_write_them(soap, eloqua, members):
    """[client] soap-1.2.md 3.1: no Id, other orders, unknown elements; XML's own freedoms."""
    (made,) = soap.results(soap.call("Create", creating(*members)), "Create")

    assert made.errors == []
    assert eloqua.contact("ada@example.test")["id"] == str(made.id)


@pytest.mark.parametrize(
    ("members", "made"), [((TYPE, FIELDS), True), ((TYPE, ID, FIELDS), False), ((FIELDS, TYPE, ID), False)]
)
def test_strict_order_passes_over_what_comes_too_late(soap, eloqua, members, made):
    """[inferred] soap-1.2.md 3.1, 12.5: WCF matches members in schema order; a switch, off."""
    eloqua.set(soap_member_order="contract")

    assert (soap.call("Create", creating(*members)).text.count("<Errors/>") == 1) is made


def test_only_the_first_of_two_equal_members_counts(soap):
    """[inferred]: how WCF is known to read."""
    both = FIELDS + FIELDS.replace("ada@", "bob@")
    soap.call("Create", creating(TYPE, both))

    assert soap.query("C_EmailAddress='*'").entities == [{"C_EmailAddress": "ada@example.test", "Id": "1"}]


@pytest.mark.parametrize("namespace", ["", "urn:other", ELQ])
def test_items_in_another_namespace_are_no_items(soap, namespace):
    """[inferred]: WCF goes by qualified names, so that the list is empty."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    ids = f'<entityType>{CONTACT}</entityType><ids><int xmlns="{namespace}">1</int></ids>'

    assert soap.results(soap.call("Delete", ids), "Delete") == []


def test_a_query_may_say_field_list(soap):
    """[client] soap-1.2.md 3.1: an unknown element is ignored, so that all fields come."""
    soap.create({"C_EmailAddress": "ada@example.test"})
    wrong = soap.by_id([1]) + soap.strings("fieldList", ["C_FirstName"])

    assert "C_EmailAddress" in soap.call("Retrieve", wrong).text


@pytest.mark.parametrize(
    "raw",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: ('<?xml version="1.0" encoding="utf-16"?>' + text).encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: ('<?xml version="1.0" encoding="iso-8859-1"?>' + text).encode("latin-1"),
        lambda text: ('<?xml version="1.0" encoding="us-ascii"?>' + text).encode("ascii", "xmlcharrefreplace"),
        lambda text: text.encode() + b"\n\n<!-- end -->\n",
    ],
)
def test_encodings(soap, raw):
    """The document itself says how it is written: by its mark or its declaration."""
    body = (
        f'<Create xmlns="{ELQ}">{soap.entities([{"C_EmailAddress": "ada@example.test", "C_City": "Zürich"}])}</Create>'
    )

    assert soap.send(raw(soap.envelope(body)), content_type="text/xml").status_code == 200
    assert soap.retrieve(1, fields=["C_City"]) == [{"C_City": "Zürich", "Id": "1"}]
