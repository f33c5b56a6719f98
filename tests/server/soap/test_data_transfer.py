"""Files in and out through `DataTransferService.svc`: jobs that Bulk shows, records that REST reads (soap-1.2.md 7)."""

from __future__ import annotations

import base64
import time

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.bulk.conftest import Bulk
from tests.server.soap.conftest import Soap, Zeep
from zeep.exceptions import Fault

from mock_eloqua.embedded import MockEloqua

SERVICE = "DataTransferService"
ADA = b'email,first,last\r\nada@example.test,Ada,"Lovelace, Countess"\r\n'
ADDRESSES = st.from_regex(r"[a-z]{1,8}@example\.test", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.fixture
def transfer(eloqua):
    """The service by a real SOAP toolkit."""
    return Zeep(eloqua, SERVICE)


@pytest.fixture
def bulk(eloqua, connection):
    """Bulk 2.0 as the same user, in a hurry."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    return Bulk(connection, eloqua.basic_auth)


def connected(eloqua):
    """A client of a server of its own."""
    return httpx2.Client(base_url=eloqua.base_url, verify=False, timeout=30)


def asset(kind, uri_or_id):
    """The asset type of a definition, its name left blank as clients do [client]."""
    return {"ID": int(str(uri_or_id).rpartition("/")[2]), "Name": "", "Type": kind}


def members(kind, uri_or_id):
    """The same as XML."""
    return f"<eloquaType><ID>{str(uri_or_id).rpartition('/')[2]}</ID><Type>{kind}</Type></eloquaType>"


def content(raw=ADA, source="DelimitedFile"):
    """The other members of an import as XML, in two pieces."""
    return f"<byteStream>{base64.b64encode(raw).decode()}</byteStream>", f"<sourceFileType>{source}</sourceFileType>"


def importing(uri, raw=ADA, source="DelimitedFile"):
    """The members of an import."""
    return members("DataImport", uri).join(content(raw, source))


def polled(status, *arguments):
    """The status of a job once it has ended."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = status(*arguments)
        if found not in ("Queued", "InProgress"):
            return found
        time.sleep(0.003)
    raise AssertionError(f"still {found}")


def imported(transfer, uri, raw=ADA, groups=None):
    """The id of an execution that is complete."""
    arguments = (raw, asset("DataImport", uri), "DelimitedFile")
    if groups is None:
        execution = transfer.InitializeDataImport(*arguments)
    else:
        execution = transfer.InitializeDataImportUpdateContactGroups(*arguments, {"int": groups})
    assert polled(transfer.DataImportStatus, asset("DataImport", uri), {"ID": execution}) == "Complete"
    return execution


def exported(transfer, uri):
    """The asset type of an export that is complete."""
    of = asset("DataExport", uri)
    transfer.InitializeDataExport(of)
    assert polled(transfer.DataExportStatus, of) == "Complete"
    return of


# Imports


def test_an_import_is_a_sync_of_bulk_and_brings_in_what_rest_reads(transfer, bulk, rest):
    """[client] soap-1.2.md 7: the flow of RBX."""
    uri = bulk.define_import()
    key = imported(transfer, uri)

    sync = bulk.get(f"/syncs/{key}").json()
    assert (sync["syncedInstanceUri"], sync["status"], sync["createdBy"]) == (uri, "success", "api.user")
    assert bulk.counts(sync)["ELQ-00004"] == 1
    assert rest.get("/data/contact/1").json()["lastName"] == "Lovelace, Countess"


def test_an_import_says_how_far_it_is(transfer, bulk, eloqua):
    """[wsdl] soap-1.2.md 7: Queued and InProgress go on."""
    eloqua.clock.freeze()
    eloqua.set(sync_pending_seconds=100, sync_active_seconds=100)
    uri = bulk.define_import()
    of = asset("DataImport", uri)
    arguments = of, {"ID": transfer.InitializeDataImport(ADA, of, "DelimitedFile")}

    assert transfer.DataImportStatus(*arguments) == "Queued"
    eloqua.clock.advance(seconds=150)
    while (found := transfer.DataImportStatus(*arguments)) == "Queued":
        time.sleep(0.003)
    assert found == "InProgress"
    eloqua.clock.advance(seconds=150)
    assert polled(transfer.DataImportStatus, *arguments) == "Complete"


def test_an_import_with_rejects_is_complete_and_one_without_its_columns_failed(transfer, bulk):
    """[inferred]: `warning` of Bulk is complete, `error` is a failure."""
    uri = bulk.define_import()
    key = imported(transfer, uri, b"email\nnobody\nada@example.test\n")
    assert bulk.get(f"/syncs/{key}").json()["status"] == "warning"
    assert bulk.get(f"/syncs/{key}/rejects").json()["totalResults"] == 1

    lost = transfer.InitializeDataImport(b"mail\nada@example.test\n", asset("DataImport", uri), "DelimitedFile")

    assert polled(transfer.DataImportStatus, asset("DataImport", uri), {"ID": lost}) == "Failure"


def test_an_import_takes_along_what_waits_for_its_definition(transfer, bulk):
    """bulk.md 5: several uploads before one sync are taken together."""
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "bob@example.test"}])

    assert bulk.counts(bulk.get(f"/syncs/{imported(transfer, uri)}").json())["ELQ-00130"] == 2


def test_a_definition_deleted_meanwhile_is_a_failure(transfer, bulk, eloqua):
    """bulk.md 5: ELQ-00143."""
    eloqua.set(sync_pending_seconds=0.1)
    uri = bulk.define_import()
    execution = transfer.InitializeDataImport(ADA, asset("DataImport", uri), "DelimitedFile")
    bulk.delete(uri)

    assert polled(transfer.DataImportStatus, asset("DataImport", uri), {"ID": execution}) == "Failure"


def test_an_import_puts_contacts_into_groups(transfer, bulk, rest, eloqua):
    """[inferred] soap-1.2.md 7: contact groups are the contact lists of REST; the definition's own actions stay."""
    eloqua.seed(lists=[{"name": "One"}, {"name": "Two"}, {"name": "Three"}])
    own = [{"action": "add", "destination": "{{ContactList[3]}}"}]
    uri = bulk.define_import(syncActions=own)

    key = imported(transfer, uri, groups=[1, 2, 1])

    assert [rest.get(f"/assets/contact/list/{each}").json()["count"] for each in (1, 2, 3)] == ["1", "1", "1"]
    log = bulk.log({"uri": f"/syncs/{key}"})
    assert [each["message"][-2] for each in log if each["statusCode"] == "ELQ-00119"] == ["3", "1", "2"]
    assert bulk.get(uri).json()["syncActions"] == own


def test_no_groups_are_none(transfer, bulk):
    """[inferred] soap-1.2.md 12.5: a nil list is an empty one."""
    uri = bulk.define_import()

    assert transfer.InitializeDataImportUpdateContactGroups(ADA, asset("DataImport", uri), "DelimitedFile", None)


def test_a_group_deleted_meanwhile_is_a_failure_and_nothing_goes_in(transfer, bulk, rest, eloqua):
    """[inferred]: as with a definition that is no longer valid, ELQ-00122."""
    eloqua.seed(lists=[{"name": "One"}])
    eloqua.set(sync_pending_seconds=100)
    of = asset("DataImport", bulk.define_import())
    execution = transfer.InitializeDataImportUpdateContactGroups(ADA, of, "DelimitedFile", {"int": [1]})
    rest.delete("/assets/contact/list/1")
    eloqua.clock.advance(seconds=150)

    assert polled(transfer.DataImportStatus, of, {"ID": execution}) == "Failure"
    assert "ELQ-00122" in bulk.counts({"uri": f"/syncs/{execution}"})
    assert rest.get("/data/contacts").json()["total"] == 0


def test_groups_are_remembered_by_a_server_that_starts_again(tmp_path):
    """Nothing is lost that was answered."""
    patience = {"sync_pending_seconds": 60, "sync_active_seconds": 0}
    with MockEloqua(store=tmp_path / "site.db", settings=patience) as eloqua, connected(eloqua) as client:
        eloqua.seed(lists=[{"name": "One"}])
        uri = Bulk(client, eloqua.basic_auth).define_import()
        imports = Soap(client, *eloqua.basic_auth, SERVICE)
        groups = Soap.strings("contactGroupIds", [1], "int")
        assert imports.call("InitializeDataImportUpdateContactGroups", importing(uri) + groups).status_code == 200

    with MockEloqua(store=tmp_path / "site.db", settings=patience) as eloqua, connected(eloqua) as client:
        eloqua.clock.advance(seconds=61)
        bulk = Bulk(client, eloqua.basic_auth)
        assert bulk.counts(bulk.ended("/syncs/1"))["ELQ-00119"] == 1


# Exports


def test_an_export_gives_the_rows_of_bulk_as_a_file(transfer, bulk):
    """[inferred] soap-1.2.md 7: CSV with a header; [wsdl] the order of the calls."""
    bulk.load([{"email": "ada@example.test", "first": 'A "quoted", first\nname', "last": "Ł"}])
    uri = bulk.define_export()
    of = exported(transfer, uri)

    file = transfer.GetDataExportFile(of).decode()

    assert file == bulk("GET", f"{uri}/data", headers={"Accept": "text/csv"}).text
    assert file.startswith("email,first,last\r\n")
    assert bulk.get("/syncs").json()["items"][-1]["syncedInstanceUri"] == uri


def test_the_current_run_of_an_export_may_be_one_of_bulk(transfer, bulk):
    """[inferred]: either side sees what the other one started."""
    bulk.load([{"email": "ada@example.test"}])
    uri = bulk.define_export(fields={"e": "{{Contact.Field(C_EmailAddress)}}"})
    bulk.run(uri)

    assert transfer.DataExportStatus(asset("DataExport", uri)) == "Complete"
    assert transfer.GetDataExportFile(asset("DataExport", uri)) == b"e\r\nada@example.test\r\n"


@pytest.mark.parametrize("login", [(None, None), ("", "pass word:"), ("u", "p"), ("Mock\\us:er", "ö")])
def test_an_export_lies_at_an_address_for_those_who_have_its_password(transfer, bulk, http, login):
    """[inferred] soap-1.2.md 7: what the two extra parameters are for."""
    bulk.load([{"email": "ada@example.test"}])
    of = exported(transfer, bulk.define_export())
    url = transfer.GetDataExportURL(of, *login)
    key = base64.b64encode(f"{login[0] or ''}:{login[1] or ''}".encode()).decode()
    nobody = http.nobody()

    found = nobody.get(url, headers={"Authorization": f"Basic {key}"} if any(login) else {})

    assert (found.status_code, found.content) == (200, transfer.GetDataExportFile(of))
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert nobody.get(url.replace("/exports/", "/exports/No")).status_code == 404
    assert nobody.get(url.replace(".csv", "0.csv")).status_code == 404
    refused = nobody.get(url, headers={"Authorization": "Basic bm86Ym9keQ=="})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Basic realm="Eloqua"')


def test_a_file_is_gone_when_its_rows_are(transfer, bulk, http, eloqua):
    """[doc] bulk.md 5: dataRetentionDuration."""
    of = exported(transfer, bulk.define_export(dataRetentionDuration="PT1H"))
    url = transfer.GetDataExportURL(of, None, None)
    eloqua.clock.advance(seconds=3601)

    assert http.nobody().get(url).status_code == 404
    with pytest.raises(Fault):
        transfer.GetDataExportFile(of)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(ADDRESSES, st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_goes_in_comes_out(transfer, bulk, eloqua, people):
    """An export gives the file that an import took."""
    eloqua.reset()
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    rows = sorted((address, first.strip(), last.strip()) for address, (first, last) in people.items())
    quoted = [",".join(f'"{each.replace(chr(34), chr(34) * 2)}"' for each in row) for row in rows]
    raw = "\r\n".join(["email,first,last", *quoted, ""]).encode()
    imported(transfer, bulk.define_import(), raw)
    of = exported(transfer, bulk.define_export())

    imported(transfer, bulk.define_import(), transfer.GetDataExportFile(of))
    found = bulk.rows(bulk.define_export())

    assert sorted((each["email"], each["first"], each["last"]) for each in found) == rows


# Refusals


@pytest.fixture
def raw(soap):
    """Calls as hand-written envelopes."""
    return soap.at(SERVICE)


@pytest.mark.parametrize("operation", ["InitializeDataImport", "InitializeDataImportUpdateContactGroups"])
@pytest.mark.parametrize("source", ["Unknown", "None", "EloquaReport", "XMLFile", "ExcelFile", "Excel2007File"])
def test_other_files_than_delimited_ones_are_not_read(raw, bulk, operation, source):
    """[inferred] soap-1.2.md 5.2: import source type not supported."""
    assert raw.refused(operation, importing(bulk.define_import(), source=source)).detail == "InvalidFileType"


@pytest.mark.parametrize("broken", [b"\xff\xfe", b'email\n"ada', b"email\nada@example.test,x\n", b"email,email\nx,y\n"])
def test_a_file_that_is_none(raw, bulk, eloqua, broken):
    """[inferred] soap-1.2.md 5.2; the fault is a switch."""
    uri = bulk.define_import()
    assert raw.refused("InitializeDataImport", importing(uri, broken)).detail == "InvalidFileType"

    eloqua.set(soap_unreadable_import="validation")

    assert raw.refused("InitializeDataImport", importing(uri, broken)).detail == "ValidationFault"
    assert bulk.get("/syncs").json()["totalResults"] == 0


def test_all_that_is_missing_is_told_at_once(raw):
    """[recorded] soap-1.2.md 5.1 for Query."""
    for operation, tags in {
        "InitializeDataImport": ["byteStream", "eloquaType"],
        "InitializeDataImportUpdateContactGroups": ["byteStream", "eloquaType"],
        "DataImportStatus": ["eloquaType", "dataImportExecution"],
        "InitializeDataExport": ["eloquaType"],
        "DataExportStatus": ["eloquaType"],
        "GetDataExportFile": ["eloquaType"],
        "GetDataExportURL": ["eloquaType"],
    }.items():
        answer = raw.call(operation)
        assert raw.fault(answer).detail == "ValidationFault"
        assert [tag for tag in tags if f"<a:Tag>{tag}</a:Tag>" in answer.text] == tags


@pytest.mark.parametrize(("word", "fault"), [("unexpected", "UnexpectedErrorFault"), ("validation", "ValidationFault")])
def test_what_does_not_exist_is_refused(raw, bulk, eloqua, word, fault):
    """[inferred] soap-1.2.md 5.2: the contract has no fault for it; a switch."""
    eloqua.set(soap_unknown_job=word)
    into, out = bulk.define_import(), bulk.define_export()
    export = bulk.run(out)["uri"].rpartition("/")[2]
    fresh = bulk.define_export()

    def execution(key):
        return f"<dataImportExecution><ID>{key}</ID></dataImportExecution>"

    for operation, asked in [
        ("InitializeDataImport", importing(99)),
        ("InitializeDataImport", importing(into).replace("DataImport", "ContactGroup")),
        ("InitializeDataImport", importing(-1)),
        ("InitializeDataExport", members("DataExport", 99)),
        ("InitializeDataExport", members("DataImport", into)),
        ("InitializeDataExport", members("", out)),
        ("DataExportStatus", members("DataExport", 99)),
        ("DataExportStatus", members("DataExport", fresh)),
        ("GetDataExportFile", members("DataExport", fresh)),
        ("GetDataExportURL", members("DataExport", fresh)),
        ("DataImportStatus", members("DataImport", into) + execution(99)),
        ("DataImportStatus", members("DataImport", into) + execution(export)),
        ("DataImportStatus", members("DataExport", out) + execution(export)),
    ]:
        assert raw.refused(operation, asked).detail == fault, (operation, asked)


def test_groups_must_fit_the_import(raw, bulk, eloqua):
    """[inferred]: those of contacts, and such as exist."""
    eloqua.seed(lists=[{"name": "One"}])
    accounts = bulk.define(
        "/accounts/imports", fields={"n": "{{Account.Field(M_CompanyName)}}"}, identifierFieldName="n"
    )

    for uri, group in [(bulk.define_import(), 9), (accounts, 1)]:
        groups = raw.strings("contactGroupIds", [group], "int")
        refused = raw.refused("InitializeDataImportUpdateContactGroups", importing(uri) + groups)
        assert refused.detail == "ValidationFault"
    assert bulk.get("/syncs").json()["totalResults"] == 0


def test_the_queue_of_imports_has_an_end(raw, bulk, eloqua):
    """[wsdl] soap-1.2.md 11: QueueLimitReachedFault; the number is a switch."""
    eloqua.set(sync_pending_seconds=100)
    eloqua.threshold("soap-import-queue", limit=2)
    uri = bulk.define_import()
    bulk.start(uri)
    assert raw.call("InitializeDataImport", importing(uri)).status_code == 200

    assert raw.refused("InitializeDataImport", importing(uri)).detail == "QueueLimitReachedFault"

    assert bulk.get("/syncs").json()["totalResults"] == 2


@pytest.mark.eloqua(profile="strict")
def test_exports_have_an_interval(raw, bulk, eloqua):
    """[client] soap-1.2.md 5.1 for the code; the length is inferred: a threshold."""
    of = members("DataExport", bulk.define_export())
    assert raw.call("InitializeDataExport", of).status_code == 200

    refused = raw.refused("InitializeDataExport", of)

    assert (refused.code, refused.detail) == ("OPERATION_TIME_INTERVAL_LIMIT_REACHED", "OperationTimeIntervalFault")
    eloqua.clock.advance(seconds=60)
    assert raw.call("InitializeDataExport", of).status_code == 200


def test_a_user_without_the_rights_starts_nothing(raw, bulk):
    """[inferred] soap-1.2.md 11: no result could tell of it."""
    somebody = raw.as_user("api.only")

    for operation, asked in [
        ("InitializeDataImport", importing(bulk.define_import())),
        ("InitializeDataImportUpdateContactGroups", importing(bulk.define_import())),
        ("InitializeDataExport", members("DataExport", bulk.define_export())),
    ]:
        assert somebody.refused(operation, asked).detail == "UnexpectedErrorFault"
    assert bulk.get("/syncs").json()["totalResults"] == 0


def test_nobody_reads_what_somebody_else_exported(transfer, raw, bulk):
    """[doc] bulk.md 7.2; the fault is inferred."""
    of = members("DataExport", exported(transfer, bulk.define_export())["ID"])
    other = raw.as_user("marketer")

    assert other.call("DataExportStatus", of).status_code == 200
    assert other.refused("GetDataExportFile", of).detail == "UnexpectedErrorFault"
    assert other.refused("GetDataExportURL", of).detail == "UnexpectedErrorFault"


def test_a_file_before_its_time(raw, bulk, eloqua):
    """[inferred]."""
    eloqua.set(sync_pending_seconds=100)
    of = members("DataExport", bulk.define_export())
    raw.call("InitializeDataExport", of)

    assert raw.refused("GetDataExportFile", of).detail == "UnexpectedErrorFault"
    assert raw.refused("GetDataExportURL", of).detail == "UnexpectedErrorFault"
