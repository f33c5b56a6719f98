"""The four services at their addresses: each answers its own operations."""

from __future__ import annotations

import asyncio

import pytest
from tests.server.soap.toolkit import loaded
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken

from mock_eloqua import asgi_app

OPERATIONS = {"Service": 25, "DataTransferService": 7, "EmailService": 24, "ExternalActionService": 4}
OF_2012 = ("GetMailAddressStatus", "SetMailAddressStatus")


@pytest.fixture(params=OPERATIONS)
def client(request, eloqua):
    """A toolkit with the description of a service, as it is served."""
    found = loaded(f"{eloqua.base_url}/API/1.2/{request.param}.svc?wsdl")
    found.wsse = UsernameToken(*eloqua.basic_auth)
    return found


def names(client):
    ((port,),) = [service.ports.values() for service in client.wsdl.services.values()]
    return sorted(port.binding.all())


def refusal(client, name):
    try:
        client.service[name]()
    except Fault as fault:
        return fault
    return None


def test_every_operation_is_answered(client):
    """[wsdl] soap-1.2.md 1: by a result, or by a fault that the operation declares; never by the framework."""
    for name in names(client):
        fault = refusal(client, name)
        assert fault is None or fault.detail[0].tag.endswith(("Fault", "FileType"))


@pytest.mark.parametrize("service", OPERATIONS)
def test_the_page_of_a_service_names_its_operations(http, service):
    """[inferred] soap-1.2.md 5.4."""
    page = http.nobody().get(f"/api/1.2/{service.lower()}.svc").text

    assert page.count("<li>") == OPERATIONS[service]
    assert f"/API/1.2/{service}.svc?wsdl" in page


@pytest.mark.parametrize(
    ("service", "operation"),
    [("EmailService", "Retrieve"), ("Service", "ListEmails"), ("DataTransferService", "SetMemberStatus")],
)
def test_a_service_does_not_answer_for_another(soap, service, operation):
    """[inferred] soap-1.2.md 5.4."""
    assert soap.at(service).refused(operation).code == "ActionNotSupported"


@pytest.mark.parametrize("service", OPERATIONS)
def test_nobody_gets_in_without_a_password(soap, service):
    """[inferred] soap-1.2.md 4."""
    there = soap.as_user("api.user", "wrong").at(service)

    assert there.refused("Anything").code == "FailedAuthentication"


@pytest.mark.parametrize("operation", OF_2012)
def test_what_was_gone_by_2013_is_a_switch(soap, eloqua, operation):
    """[wsdl] soap-1.2.md 9."""
    there = soap.at("ExternalActionService")
    assert there.refused(operation).code == "ActionNotSupported"

    eloqua.set(soap_wsdl_flavour="2012")

    assert "ActionNotSupported" not in there.call(operation).text


MOMENTS = "<startDate>{}</startDate><endDate>2013-02-01T00:00:00</endDate>"


@pytest.mark.parametrize(
    "written",
    [
        "2013-01-31",
        "2013-01-31T09:59:00",
        "2013-01-31T09:59:00Z",
        "2013-01-31T09:59:00.1234567-05:00",
        " 2013-01-31T09:59:00+14:00 ",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59.9999999",
    ],
)
def test_a_moment_may_be_written_so(soap, written):
    """[client] soap-1.2.md 3.1: a date alone where the schema says dateTime; .NET writes seven decimals."""
    answer = soap.at("EmailService").call("GetEmailsSentInTimeRange", MOMENTS.format(written))

    assert "DeserializationFailed" not in answer.text


@pytest.mark.parametrize(
    "written",
    ["", "now", "2013-13-01", "2013-01-31 09:59:00", "2013-01-31T24:59:00", "31/01/2013", "2013-01-31T09:59:00.Z"],
)
def test_a_moment_may_not_be_written_so(soap, written):
    """[inferred] soap-1.2.md 5.4."""
    refused = soap.at("EmailService").refused("GetEmailsSentInTimeRange", MOMENTS.format(written))

    assert refused.code == "DeserializationFailed"


@pytest.mark.parametrize(("written", "is_read"), [("", True), (" aGk=\n", True), ("aGk", False), ("a€k=", False)])
def test_bytes_are_base64(soap, written, is_read):
    """[inferred] soap-1.2.md 5.4."""
    answer = soap.at("EmailService").call("UploadImage", f"<binaryImage>{written}</binaryImage>")

    assert ("DeserializationFailed" not in answer.text) is is_read


@pytest.mark.parametrize(("service", "is_free"), [("EmailService", True), ("Service", False)])
def test_the_event_loop_is_free_while_a_service_may_work_long(service, is_free):
    """`Deploy` to a list takes as long as the list is; which operation it is shows in the body only."""
    app = asgi_app()

    async def receive():
        return {"type": "http.request", "body": b"<no-envelope/>", "more_body": False}

    async def send(message):
        pass

    async def goes_on():
        headers = [(b"content-type", b"text/xml")]
        scope = {"type": "http", "method": "POST", "path": f"/API/1.2/{service}.svc", "query_string": b""}
        call = asyncio.ensure_future(app({**scope, "headers": headers}, receive, send))
        await asyncio.sleep(0)  # what needs no thread is answered by then
        is_under_way = not call.done()
        await call
        return is_under_way

    assert asyncio.run(goes_on()) is is_free
