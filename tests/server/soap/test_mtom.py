"""MTOM with `DataTransferService.svc`: binary values beside the envelope, in requests and answers (soap-1.2.md 3.3)."""

from __future__ import annotations

import pytest
from tests.server.bulk.conftest import Bulk
from tests.server.soap.conftest import Zeep, envelope_of, parts_of

SERVICE = "DataTransferService"
XOP = "http://www.w3.org/2004/08/xop/include"
OF = "<eloquaType><ID>1</ID><Type>{}</Type></eloquaType>"
ROWS = b"email,first\r\nada@example.test,Ada\r\n"
FROM_DOTNET = (
    'multipart/related; type="application/xop+xml";start="<http://tempuri.org/0>";'
    'boundary="uuid:7a-1+id=1";start-info="text/xml"'
)


@pytest.fixture
def raw(soap):
    return soap.at(SERVICE)


@pytest.fixture
def bulk(eloqua, connection):
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    return Bulk(connection, eloqua.basic_auth)


def include(key):
    """What stands for a value."""
    return f'<xop:Include href="cid:{key}" xmlns:xop="{XOP}"/>'


def mime(envelope, *values, transfer="binary"):
    """A body as .NET sends it; *values* are content ids and bytes."""
    parts = [("<http://tempuri.org/0>", "8bit", "application/xop+xml", envelope.encode())]
    parts += [(f"<{key}>", transfer, "application/octet-stream", value) for key, value in values]
    body = b"".join(
        f"--uuid:7a-1+id=1\r\nContent-ID: {key}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"Content-Type: {media}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for key, encoding, media, content in parts
    )
    return body + b"--uuid:7a-1+id=1--\r\n"


def importing(raw, inside):
    """The envelope of an import."""
    ns = "https://secure.eloqua.com/API/1.2"
    return raw.envelope(
        f'<InitializeDataImport xmlns="{ns}"><byteStream>{inside}</byteStream>{OF.format("DataImport")}'
        "<sourceFileType>DelimitedFile</sourceFileType></InitializeDataImport>"
    )


@pytest.mark.parametrize(
    ("key", "href", "transfer", "value"),
    [
        ("http://tempuri.org/1/634", "http%3A%2F%2Ftempuri.org%2F1%2F634", "binary", ROWS),
        ("a@b", "a@b", "base64", b"ZW1haWwsZmlyc3QNCmFkYUBleGFtcGxl\r\nLnRlc3QsQWRhDQo="),
    ],
)
def test_a_value_may_travel_beside_the_envelope(raw, bulk, rest, key, href, transfer, value):
    """[inferred] soap-1.2.md 3.3, 12.5: content ids are percent-encoded."""
    bulk.define_import()

    answer = raw.send(mime(importing(raw, include(href)), (key, value), transfer=transfer), FROM_DOTNET)

    assert answer.status_code == 200, answer.text
    assert bulk.ended("/syncs/1")["status"] == "warning"  # a column of the definition is missing
    assert rest.get("/data/contact/1").json()["firstName"] == "Ada"


def test_a_value_may_stay_inside(raw, bulk):
    """[inferred] soap-1.2.md 3.3."""
    bulk.define_import()

    assert raw.send(mime(importing(raw, "ZW1haWwKYQ==")), FROM_DOTNET).status_code == 200


@pytest.mark.parametrize(
    "broken",
    [
        lambda raw: mime(importing(raw, include("nobody")), ("a", ROWS)),
        lambda raw: mime(importing(raw, include("a") + include("a")), ("a", ROWS)),
        lambda raw: mime(importing(raw, include("a")), ("a", ROWS))[:-20],
        lambda raw: mime("no envelope", ("a", ROWS)),
        lambda raw: mime(importing(raw, include("a")), ("a", b"x"), transfer="base64"),
        lambda raw: mime(importing(raw, "")).replace(b"tempuri", b"example"),
        lambda raw: importing(raw, "").encode(),
        lambda _raw: b"",
    ],
)
def test_broken_mime_is_a_bare_400(raw, broken):
    """[inferred] soap-1.2.md 5.4: as with broken XML; one value is taken once, so that bodies do not grow."""
    answer = raw.send(broken(raw), FROM_DOTNET)

    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize("media", ["multipart/form-data; boundary=x", "application/soap+xml", "application/xop+xml"])
def test_other_types_are_not_taken(raw, media):
    """[inferred] soap-1.2.md 5.4."""
    assert raw.send(b"", media).status_code == 415


@pytest.mark.parametrize("service", ["Service", "EmailService", "ExternalActionService"])
def test_the_other_services_do_not_speak_mtom(soap, service):
    """[wsdl] soap-1.2.md 1."""
    there = soap.at(service)

    assert there.send(mime(there.envelope("<x/>")), FROM_DOTNET).status_code == 415
    assert there.call("Nothing").headers["content-type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize(
    ("switch", "is_mime_to_xml", "is_mime_to_mime"),
    [("always", True, True), ("asked", False, True), ("never", False, False)],
)
def test_answers_are_mime_as_the_switch_says(raw, bulk, eloqua, switch, is_mime_to_xml, is_mime_to_mime):
    """[inferred] soap-1.2.md 3.3: faults too."""
    eloqua.set(soap_mtom=switch)
    bulk.define_import()
    for inside in ("ZW1haWwKYQ==", ""):
        envelope = importing(raw, inside)
        plain, packed = raw.send(envelope.encode()), raw.send(mime(envelope), FROM_DOTNET)
        assert plain.headers["content-type"].startswith("multipart/related") is is_mime_to_xml
        assert packed.headers["content-type"].startswith("multipart/related") is is_mime_to_mime
        assert envelope_of(plain).startswith(b"<s:Envelope")


def test_a_long_file_comes_beside_the_envelope(raw, bulk, eloqua):
    """[inferred] soap-1.2.md 3.3, 12.5: a toolkit reads it, but for its last line end."""
    bulk.load([{"email": f"somebody{each}@example.test"} for each in range(50)])
    bulk.run(bulk.define_export())

    answer = raw.call("GetDataExportFile", OF.format("DataExport"))
    file = parts_of(answer)[1]

    assert b"<xop:Include href=" in envelope_of(answer)
    assert file == bulk("GET", "/contacts/exports/1/data", headers={"Accept": "text/csv"}).content
    found = Zeep(eloqua, SERVICE).GetDataExportFile({"ID": 1, "Name": "", "Type": "DataExport"})
    assert found.rstrip() == file.rstrip()
