"""What the kit reads of SOAP is held to its table; what it writes is what the table asks for."""

from __future__ import annotations

import pytest

from eloqua_contracts.contract import Unmet
from eloqua_contracts.envelope import SOAP
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT, Kind
from eloqua_contracts.soap.table import NAMESPACE, OPERATIONS, SERVICES
from mock_eloqua.soap.contract.services import SERVICES as EMULATED

NIL = f'xmlns:i="{message.INSTANCE}" i:nil="true"'


def _answer(body: str, status: int = 200) -> Exchange:
    envelope = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'
    return Exchange("POST", "/API/1.2/Service.svc", status, "", {}, envelope.encode())


def _result(operation: str, inside: str) -> Exchange:
    result = f"<{operation}Result>{inside}</{operation}Result>"
    return _answer(f'<{operation}Response xmlns="{NAMESPACE}">{result}</{operation}Response>')


def test_the_table_has_the_operations_that_are_emulated() -> None:
    """soap-1.2.md 6 to 9: 25, 7, 24, 4; kit and emulator have each its own table."""
    ours = {(service.file, each.name, each.action) for service in SERVICES.values() for each in service.operations}
    theirs = {
        (service.path.rpartition("/")[2].removesuffix(".svc"), each.name, f"{each.contract}/{each.name}")
        for service in EMULATED
        for each in service.operations
    }

    assert ours == theirs
    assert [len(each.operations) for each in SERVICES.values()] == [25, 7, 24, 4]


KIND = "<EntityType><ID>0</ID><Name>Contact</Name><Type>Base</Type></EntityType>"
DELETED = f"<DeleteResult>{KIND}{{errors}}{{rest}}</DeleteResult>"
ERRORS = "<Errors><Error><ErrorCode>ItemNotFound</ErrorCode><Message>Gone.</Message></Error></Errors>"


def test_results_are_read() -> None:
    """Id, success, errors and type of each."""
    found = message.result(
        _result("Delete", DELETED.format(errors=ERRORS, rest="<ID>7</ID><Success>false</Success>")), "Delete"
    )

    (outcome,) = message.outcomes(found)
    assert (outcome.id, outcome.success, outcome.kind) == (7, False, CONTACT)
    assert outcome.errors == [("ItemNotFound", "Gone.")]


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (DELETED.format(errors=ERRORS, rest="<ID>7</ID>"), "DeleteResult holds"),
        (DELETED.format(errors=ERRORS, rest="<Success>false</Success><ID>7</ID>"), "DeleteResult holds"),
        (DELETED.format(errors=ERRORS, rest="<ID>7</ID><Success>False</Success>"), "Success is true or false"),
        (DELETED.format(errors=ERRORS, rest="<ID>seven</ID><Success>true</Success>"), "ID is a number"),
        (DELETED.format(errors=ERRORS, rest=f"<ID {NIL}/><Success>true</Success>"), "ID is not nil"),
        (
            DELETED.format(errors=ERRORS.replace("ItemNotFound", "Lost"), rest="<ID>7</ID><Success>true</Success>"),
            "ErrorCode is one of",
        ),
        (DELETED.replace("DeleteResult", "Result").format(errors=ERRORS, rest=""), "DeleteResult is in its place"),
        (
            DELETED.format(errors='<Errors xmlns="urn:other"/>', rest="<ID>7</ID><Success>true</Success>"),
            "DeleteResult holds",
        ),
    ],
)
def test_a_result_of_another_form_is_noticed(inside: str, why: str) -> None:
    """Members that are missing, in another place, of another type or namespace."""
    with pytest.raises(Unmet, match=why):
        message.result(_result("Delete", inside), "Delete")


def test_a_fault_that_is_not_declared_is_noticed() -> None:
    """soap-1.2.md 5.2: which operation declares which."""
    detail = f'<detail><InvalidQueryFault xmlns="{NAMESPACE}"/></detail>'
    inside = f"<faultcode>s:Client</faultcode><faultstring>No.</faultstring>{detail}"
    answer = _answer(f'<s:Fault xmlns:s="{SOAP}">{inside}</s:Fault>', 500)

    fault = message.fault(answer, "Query")

    assert (fault.code, fault.reason, fault.name) == ((SOAP, "Client"), "No.", "InvalidQueryFault")
    with pytest.raises(Unmet, match="Create declares the fault"):
        message.fault(answer, "Create")


def test_what_is_written_is_escaped() -> None:
    """Names and values may hold any sign."""
    written = message.entity(Kind(8, "A & B", "DataCardSet"), {"Code1": "<1>"}, 5)

    assert written == (
        "<DynamicEntity><EntityType><ID>8</ID><Name>A &amp; B</Name><Type>DataCardSet</Type></EntityType>"
        "<FieldValueCollection><EntityFields><InternalName>Code1</InternalName><Value>&lt;1&gt;</Value></EntityFields>"
        "</FieldValueCollection><Id>5</Id></DynamicEntity>"
    )
    assert message.member("Success", True) == "<Success>true</Success>"
    assert message.member("byteStream", b"abc") == "<byteStream>YWJj</byteStream>"


def test_bytes_beside_an_envelope_are_read() -> None:
    """soap-1.2.md 3.3: MTOM."""
    include = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:1"/>'
    plain = _result("GetDataExportFile", include)
    body = (
        b"\r\n--edge\r\nContent-ID: <0>\r\n\r\n"
        + plain.body
        + b"\r\n--edge\r\nContent-ID: <1>\r\n\r\na,b\r\n\r\n--edge--\r\n"
    )
    answer = Exchange("POST", "/", 200, "", {"content-type": 'multipart/related; boundary="edge"'}, body)

    assert message.binary(answer, message.result(answer, "GetDataExportFile")) == b"a,b\r\n"
    assert OPERATIONS["GetDataExportFile"].service == "DataTransferService"
