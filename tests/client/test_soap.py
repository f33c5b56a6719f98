"""SOAP through both flavours: services, contacts as dicts, faults, files, manners (soap-1.2.md)."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import cache

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.client.by_hand import LOGIN, POD, Played, known

from eloqua_client import (
    UNPACED,
    AuthenticationError,
    Basic,
    Eloqua,
    Hooks,
    Manners,
    NotFound,
    OAuth,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    ValidationError,
)
from eloqua_client.calls import Answer, Call
from eloqua_client.manners import Pace, pause_before_repeat
from eloqua_client.session import Session
from eloqua_client.soap import faults
from eloqua_client.soap.operations import Operations
from eloqua_client.soap.toolkit import Missing, toolkit_of

NAMESPACE = "https://secure.eloqua.com/API/1.2"
PACED = ("DynamicEntityService/Query", "DynamicEntityService/Create")
CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}
ADA, BOB = ({"C_EmailAddress": f"{name}@soap.test", "C_FirstName": name.title()} for name in ("ada", "bob"))


def connected(eloqua, auth=None, manners=UNPACED, hooks=None):
    auth = auth or Basic("MockCo", "api.user", "s3cret")
    transport = httpx2.HTTPTransport(verify=False)
    return Eloqua(auth, login_url=eloqua.login_url, transport=transport, manners=manners, hooks=hooks)


def fault(code, reason, detail=""):
    """What the emulator is to answer with."""
    inside = f"<s:Fault><faultcode>{code}</faultcode><faultstring>{reason}</faultstring>{detail}</s:Fault>"
    envelope = f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{inside}</s:Body></s:Envelope>'
    return {"status": 500, "body": envelope, "contentType": "text/xml; charset=utf-8"}


def ended(status, *arguments):
    """The status of a job that has ended."""
    until = time.monotonic() + 20
    while (found := status(*arguments)) in {"Queued", "InProgress"} and time.monotonic() < until:
        time.sleep(0.003)
    return found


def test_contacts_are_created_found_changed_and_deleted_as_dicts(client):
    """soap-1.2.md 10.3."""
    contacts = client.soap.contacts
    ada, bob = (each.id for each in contacts.create([ADA, BOB]))
    (changed,) = contacts.update([{"Id": ada, "C_FirstName": "Zoë <&> 李"}])
    found, missing = contacts.retrieve([ada, 999], ["C_FirstName"])

    assert changed.is_ok
    assert (found, missing) == ({"Id": ada, "C_FirstName": "Zoë <&> 李"}, None)
    assert [each["Id"] for each in contacts.query("C_EmailAddress='*@soap.test'", ["C_EmailAddress"])] == [ada, bob]
    assert [(each.id, each.is_ok) for each in contacts.delete([bob])] == [(bob, True)]
    assert contacts.retrieve([bob]) == [None]
    assert contacts.retrieve([ada])[0]["C_EmailAddress"] == "ada@soap.test"


def test_a_record_that_is_refused_is_a_result_and_no_error(client):
    """[client] soap-1.2.md 5.3: 200, ID -1, DuplicateValue."""
    client.soap.contacts.create([ADA])
    taken, made = client.soap.contacts.create([ADA, BOB])

    assert (taken.id, taken.is_ok, made.is_ok) == (-1, False, True)
    assert [(each.type, each.rule) for each in taken.errors] == [
        ("DuplicateValue", "You are attempting to create a duplicate entity.")
    ]


def test_more_than_a_batch_is_several_calls(eloqua_client, eloqua):
    """200 in one call, 200 on one page."""
    many = [{"C_EmailAddress": f"{number}@many.test"} for number in range(201)]
    made = eloqua_client.soap.contacts.create(many)

    assert len({each.id for each in made if each.is_ok}) == 201
    found = list(eloqua_client.soap.contacts.query("C_EmailAddress='*@many.test'", ["C_EmailAddress"]))
    assert [each["C_EmailAddress"] for each in found] == [each["C_EmailAddress"] for each in many]
    assert len(eloqua.requests(face="soap", method="POST")) == 4


def test_every_service_has_its_operations(client):
    """soap-1.2.md 1: texts, numbers, dicts and lists."""
    soap = client.soap

    assert "Base" in soap.service.ListEntityTypes().string
    key = soap.email.CreateHtmlEmail({"Name": "News", "Subject": "S", "HtmlContent": "<p>Hi</p>", "GroupId": 1})
    assert soap.email.GetEmailDetails(key).Name == "News"
    assert soap.external_action.ListExternalActionStepsByType("None of ours") in (None, [])
    page = soap.service.Query(eloquaType=CONTACT, searchQuery="C_EmailAddress='*'", pageNumber=1, pageSize=1)
    assert page.TotalRecords == 0


def test_files_are_taken_and_given(eloqua_client, eloqua):
    """soap-1.2.md 3.3, 7: MTOM, where a file of some size lies beside the envelope; a fault comes so as well."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    addresses = [f"{number}@file.test" for number in range(60)]
    fields = {"email": "{{Contact.Field(C_EmailAddress)}}"}
    create, transfer = eloqua_client.bulk.definitions.create, eloqua_client.soap.data_transfer
    made = create("/contacts/imports", name="In", fields=fields, identifierFieldName="email")["uri"]
    importing = {"ID": int(made.rpartition("/")[2]), "Name": "", "Type": "DataImport"}
    made = create("/contacts/exports", name="Out", fields=fields)["uri"]
    exporting = {"ID": int(made.rpartition("/")[2]), "Name": "", "Type": "DataExport"}

    execution = transfer.InitializeDataImport("\n".join(["email", *addresses]).encode(), importing, "DelimitedFile")
    assert ended(transfer.DataImportStatus, importing, {"ID": execution}) == "Complete"
    transfer.InitializeDataExport(exporting)
    assert ended(transfer.DataExportStatus, exporting) == "Complete"
    assert sorted(transfer.GetDataExportFile(exporting).decode().split()) == sorted(["email", *addresses])
    with pytest.raises(ValidationError, match="InvalidFileType"):
        transfer.InitializeDataImport(b"\0", importing, "ExcelFile")


@pytest.mark.parametrize(
    ("operation", "arguments", "kind", "name"),
    [
        ("Query", (CONTACT, "", None, 0, 201), ValidationError, "ValidationFault"),
        ("Query", (CONTACT, "C_Nothing='x'", None, 1, 1), ValidationError, "InvalidQueryFault"),
        ("Retrieve", ({"ID": 0, "Name": "No", "Type": "No"}, {"int": [1]}, None), ValidationError, "InvalidTypeFault"),
        ("Retrieve", (CONTACT, {"int": list(range(1, 500))}, None), ThresholdExceeded, "BatchSizeExceededFault"),
        ("GetQuickEmailStatus", (99,), NotFound, "RecordNotFoundFault"),
    ],
)
def test_a_fault_is_an_error_of_its_kind(client, operation, arguments, kind, name):
    """[wsdl] soap-1.2.md 5.2: told by the element in its detail."""
    with pytest.raises(kind, match=name) as caught:
        getattr(client.soap.service, operation)(*arguments)
    assert type(caught.value) is kind
    assert f"Service.svc {operation}: " in str(caught.value)
    assert {each.type for each in caught.value.failures} == {name}


def test_a_validation_fault_names_every_parameter(client):
    """[client] soap-1.2.md 5.1."""
    with pytest.raises(ValidationError) as caught:
        client.soap.service.Query(CONTACT, "", None, 0, 201)
    assert {each.where for each in caught.value.failures} == {"searchQuery", "pageNumber", "pageSize"}
    assert 'pageSize: The value must fall within the range "1"' in str(caught.value)


def test_a_wrong_password_is_an_authentication_error(eloqua):
    """The login host is asked first."""
    with connected(eloqua, Basic("MockCo", "api.user", "wrong")) as client, pytest.raises(AuthenticationError):
        client.soap.service.ListEntityTypes()


def test_whoever_may_not_use_the_api_lacks_a_right(eloqua):
    """[inferred] soap-1.2.md 4: FailedAuthentication, although the login host knows the user."""
    with connected(eloqua, Basic("MockCo", "no.api", "s3cret")) as client, pytest.raises(PermissionDenied):
        client.soap.service.ListEntityTypes()


def test_a_clock_that_is_wrong_is_no_missing_right(client, eloqua):
    """[inferred] soap-1.2.md 4: InvalidSecurity, for a timestamp that is too old or too young."""
    client.soap.service.ListEntityTypes()
    eloqua.fault(face="soap", **fault("a:InvalidSecurity", "An error occurred."))

    with pytest.raises(ValidationError, match=r"InvalidSecurity: An error occurred\. \(check the clock"):
        client.soap.service.ListEntityTypes()


def test_a_token_alone_is_not_enough(eloqua):
    """soap-1.2.md 4: no OAuth; the password grant has what SOAP asks for."""
    with (
        connected(eloqua, OAuth("client-id", "client-secret", refresh_token="refresh-token")) as client,
        pytest.raises(AuthenticationError, match="a token is not enough"),
    ):
        client.soap.service.ListEntityTypes()
    with connected(eloqua, OAuth("client-id", "client-secret", password=("MockCo", "api.user", "s3cret"))) as client:
        assert client.soap.service.ListEntityTypes()


def test_a_site_that_moved_is_found_again(client, eloqua):
    """As in the other faces."""
    client.soap.service.ListEntityTypes()
    eloqua.move("p06")

    assert client.soap.contacts.create([ADA])[0].is_ok


@pytest.mark.parametrize("trouble", [{"status": 500}, {"status": 503}, {"drop": "after"}, {"cutAfter": 100}], ids=str)
def test_reading_gets_over_trouble_and_writing_does_not(eloqua, trouble):
    """A fault of the server, an error page, a lost connection, half an envelope."""
    with connected(eloqua) as client:
        client.soap.service.ListEntityTypes()
        struck = eloqua.fault(face="soap", times=3, **trouble)

        assert client.soap.contacts.retrieve([99]) == [None]
        assert struck.hits == 3
        struck = eloqua.fault(face="soap", **trouble)
        with pytest.raises(ServerTrouble):
            client.soap.contacts.create([ADA])
        assert struck.hits == 1


def test_an_answer_that_is_no_envelope_is_trouble(client, eloqua):
    """200 with a page."""
    client.soap.service.ListEntityTypes()
    eloqua.fault(face="soap", status=200, body="<html>Sorry</html>", contentType="text/html")

    with pytest.raises(ServerTrouble, match="cannot be read"):
        client.soap.contacts.create([ADA])


def test_a_query_too_soon_is_repeated_after_a_second(eloqua):
    """[client] soap-1.2.md 10.4: OPERATION_TIME_INTERVAL_LIMIT_REACHED; other operations know no interval."""
    detail = f'<OperationTimeIntervalFault xmlns="{NAMESPACE}"/>'
    told = fault("s:OPERATION_TIME_INTERVAL_LIMIT_REACHED", "No.", f"<detail>{detail}</detail>")
    eloqua.fault(face="soap", method="POST", **told)
    with connected(eloqua, manners=replace(UNPACED, longest_pause=0.5)) as client:
        with pytest.raises(ThresholdExceeded, match=r"OperationTimeIntervalFault: No\. \(too soon") as caught:
            list(client.soap.contacts.query("C_EmailAddress='*'"))
        assert caught.value.retry_after == 1.0
        with pytest.raises(ThresholdExceeded) as caught:
            client.soap.data_transfer.InitializeDataExport({"ID": 1, "Name": "", "Type": "DataExport"})
        assert caught.value.retry_after == 5.0


def test_an_operation_or_a_member_that_is_not_there_is_told_before_anything_is_sent(client, eloqua):
    """A slip of whoever writes the program."""
    client.soap.service.ListEntityTypes()
    before = len(eloqua.requests())
    with pytest.raises(AttributeError, match="no operation Nothing, but AddGroupMember"):
        client.soap.service.Nothing()
    with pytest.raises(TypeError, match="nothing"):
        client.soap.service.ListEntityTypes(nothing=1)

    assert len(eloqua.requests()) == before


def test_a_description_is_loaded_once(client, eloqua):
    """At the first operation of a service."""
    for _ in range(3):
        client.soap.service.ListEntityTypes()
        client.soap.email.ListEmails()

    assert [each.method for each in eloqua.requests(face="soap")].count("GET") == 2


def test_hooks_hear_of_operations_and_see_no_password(eloqua):
    """Signed in the envelope, which no text shows, and in no header."""
    heard: list[Call] = []
    with connected(eloqua, hooks=Hooks(heard.append)) as client:
        client.soap.service.ListEntityTypes()
    *_, described, asked = heard

    assert str(described).endswith("/API/1.2/Service.svc?wsdl")
    assert str(asked).endswith("/API/1.2/Service.svc ListEntityTypes")
    assert all(each in (asked.content or b"") for each in (b"s3cret", b"Timestamp"))
    assert "s3cret" not in repr(asked)
    assert asked.headers == {}


def test_queries_are_paced_and_nothing_else_is():
    """[client] soap-1.2.md 11: one a second."""
    pace = Pace(Manners())
    query, create = (Call("POST", "/API/1.2/Service.svc", "soap", action=f"{NAMESPACE}/{each}") for each in PACED)

    assert [pace.wait(query, 0.0) for _ in range(3)] == [0, 1, 2]
    assert [pace.wait(create, 0.0) for _ in range(3)] == [0, 0, 0]


def test_what_is_refused_for_now_is_sent_again():
    """Where Eloqua says how long it takes."""
    refused = ThresholdExceeded("too soon")
    call = Call("POST", "/API/1.2/Service.svc", "soap")
    assert pause_before_repeat(Manners(), call, refused, 1) is None
    refused.retry_after = 1.0
    assert pause_before_repeat(Manners(), call, refused, 1) == 1.0


DESCRIPTION = b"""<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:x">
<import namespace="urn:y" location="%s"/></definitions>"""


def test_a_description_of_several_documents_is_loaded_piece_by_piece():
    """[wsdl] soap-1.2.md 1: until 2012 the description imported its parts."""
    url = f"{POD}/API/1.2/Service.svc?wsdl"
    with pytest.raises(Missing) as caught:
        toolkit_of(url, frozenset())
    assert caught.value.url == url
    with pytest.raises(Missing) as caught:
        toolkit_of(url, frozenset({(url, DESCRIPTION % b"?wsdl=wsdl0")}))
    assert caught.value.url == f"{POD}/API/1.2/Service.svc?wsdl=wsdl0"


@pytest.mark.parametrize("spoilt", [b"", b"<html>", b"<html/>", b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"])
def test_what_is_no_description_is_trouble(spoilt):
    """An error page with 200."""
    played = described(Answer(200, content=spoilt))

    assert type(played.error) is ServerTrouble
    assert "no description" in str(played.error)


def test_a_description_leads_nowhere_else():
    """Nothing is fetched from a host that is not the site's."""
    played = described(Answer(200, content=DESCRIPTION % b"http://169.254.169.254/latest"))

    assert "leads elsewhere" in str(played.error)
    assert played.sent == [f"GET {LOGIN}/id", f"GET {POD}/API/1.2/Service.svc?wsdl"]


def described(*answers):
    """The first operation of a service whose description is this."""
    asking = Session(Basic("MockCo", "api.user", "s3cret"))
    return Played(asking, Operations(asking, "standard").call("ListEntityTypes", (), {}), [known(), *answers])


@given(
    st.binary() | st.text().map(str.encode),
    st.sampled_from(["text/xml", "multipart/related; boundary=x", "multipart/related", "a/b"]),
)
def test_no_answer_breaks_the_reader_of_faults(content, kind):
    """Where there is no fault, the status tells."""
    call = Call("POST", "/API/1.2/Service.svc", "soap")

    assert type(faults.error(call, Answer(503, headers={"content-type": kind}, content=content))) is ServerTrouble
    assert faults.error(call, Answer(200, headers={"content-type": kind}, content=content)) is None


@cache
def toolkit_at(url):
    """The toolkit of a description."""
    return toolkit_of(url, frozenset({(url, httpx2.get(url, verify=False).content)}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_answer_breaks_the_reader_of_results(eloqua, data):
    """Cut, spoilt, of another operation, of another form: a result, or a ValueError."""
    toolkit = toolkit_at(f"{eloqua.base_url}/API/1.2/Service.svc?wsdl")
    result = "<R:CreateResult><R:EntityType/><R:Errors/><R:ID>1</R:ID></R:CreateResult>"
    named = f'<R:CreateResponse xmlns:R="{NAMESPACE}"><R:CreateResult>{result}</R:CreateResult></R:CreateResponse>'
    whole = f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{named}</s:Body></s:Envelope>'
    assert toolkit.read("Create", Answer(200, content=whole.encode()))[0].ID == 1
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 80)))
    content = (whole[:start] + data.draw(st.text(max_size=5)) + whole[end:]).encode()
    kind = data.draw(st.sampled_from(["text/xml", "multipart/related", "multipart/related; boundary=s"]))
    with suppress(ValueError):
        toolkit.read("Create", Answer(200, headers={"content-type": kind}, content=content))


def test_what_xml_cannot_hold_is_told_before_anything_is_sent(client, eloqua):
    """Control characters, as they come in data from elsewhere."""
    client.soap.service.ListEntityTypes()
    before = len(eloqua.requests())
    with pytest.raises(ValidationError, match=r"not sent: Create: .*XML"):
        client.soap.contacts.create([ADA | {"C_FirstName": "A\x00da"}])

    assert len(eloqua.requests()) == before


def test_a_site_without_soap_says_so():
    """[doc] platform.md 2.1: some copies of the page lack a service."""
    asking = Session(Basic("MockCo", "api.user", "s3cret"))
    played = Played(asking, Operations(asking, "email").call("ListEmails", (), {}), [known()])

    assert type(played.error) is NotFound
    assert "no SOAP service email" in str(played.error)


def test_zeep_comes_in_with_the_first_operation():
    """Whoever does no SOAP neither needs it nor waits for it."""
    found = subprocess.run(
        [sys.executable, "-c", "import sys, eloqua_client; print({'zeep', 'lxml', 'requests'} & sys.modules.keys())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "set()"


def test_who_lacks_zeep_is_told_what_to_install(monkeypatch):
    """It is an extra."""
    monkeypatch.delitem(sys.modules, "eloqua_client.soap.faults")
    monkeypatch.delitem(sys.modules, "eloqua_client.soap.toolkit")
    monkeypatch.delattr("eloqua_client.soap.faults")
    monkeypatch.setitem(sys.modules, "zeep", None)

    with pytest.raises(ModuleNotFoundError, match=r"zeep is not installed: pip install mock-eloqua\[soap\]"):
        described()
