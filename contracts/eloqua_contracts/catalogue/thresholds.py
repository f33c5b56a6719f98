"""Limits at their edges (`platform` 4): with so much a call is answered, with one more it is not.

Where a live POD's limit is far away, the target has to set another one.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.envelope import SOAP
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message

_EDGE = (Need.THRESHOLDS, Need.WRITES)
_NAMES = ("C_EmailAddress", "C_FirstName", "C_LastName", "C_City", "C_Title", "C_Country")


_BYTES = 20_000


def _fields(count: int) -> dict[str, str]:
    return {name: f"{{{{Contact.Field({name})}}}}" for name in _NAMES[:count]}


def _import(pod: Pod, count: int) -> Exchange:
    body = {"name": pod.name("import"), "fields": _fields(count), "identifierFieldName": "C_EmailAddress"}
    return pod.bulk("POST", "/contacts/imports", body)


def _export(pod: Pod, count: int) -> Exchange:
    return pod.bulk("POST", "/contacts/exports", {"name": pod.name("export"), "fields": _fields(count)})


def expect_failures(found: Exchange) -> None:
    """400 with the rules that are broken, as Bulk has them."""
    said = found.expect(400).json()
    expect(that=bool(said.get("failures")), otherwise="there are failures", found=said)


@contract("bulk.limit.import-fields", sure=Sure.DOC, source="platform 4 T6", needs=_EDGE)
def an_import_has_so_many_fields_at_most(pod: Pod, draw: Draw) -> None:
    """An import with as many fields as the limit (live 100) is made; one more, and it is 400."""
    most = draw(st.integers(2, 5))
    pod.thresholds.limit("import-fields", most)

    _import(pod, most).expect(201)
    expect_failures(_import(pod, most + 1))


@contract("bulk.limit.export-fields", sure=Sure.DOC, source="platform 4 T7", needs=_EDGE)
def an_export_has_so_many_fields_at_most(pod: Pod, draw: Draw) -> None:
    """An export with as many fields as the limit (live 250) is made; one more, and it is 400."""
    most = draw(st.integers(2, 5))
    pod.thresholds.limit("export-fields", most)

    _export(pod, most).expect(201)
    expect_failures(_export(pod, most + 1))


@contract("bulk.limit.staged-bytes", sure=Sure.DOC, source="platform 4 T8, Q55", needs=_EDGE)
def a_long_upload_is_not_found(pod: Pod) -> None:
    """An upload of as many bytes as the limit (live 32 MB) is taken; a longer one is 404 Not Found."""
    made = _import(pod, 1).expect(201).json()
    rows = f'[{{"C_EmailAddress": "{pod.address()}"}}]'.ljust(_BYTES).encode()
    pod.thresholds.limit("staged-bytes", len(rows))

    pod.bulk("POST", f"{made['uri']}/data", rows).expect(204)
    pod.bulk("POST", f"{made['uri']}/data", rows + b" ").expect(404)


@contract("bulk.limit.files-per-sync", sure=Sure.DOC, source="platform 4 T10", needs=_EDGE)
def so_many_uploads_wait_for_a_sync(pod: Pod, draw: Draw) -> None:
    """As many uploads as the limit (live 500) may wait for a sync; one more is 400."""
    most = draw(st.integers(1, 3))
    pod.thresholds.limit("files-per-sync", most)
    made = _import(pod, 1).expect(201).json()

    for _ in range(most):
        pod.bulk("POST", f"{made['uri']}/data", [{"C_EmailAddress": pod.address()}]).expect(204)
    pod.bulk("POST", f"{made['uri']}/data", [{"C_EmailAddress": pod.address()}]).expect(400)


@contract("bulk.limit.staging-area", sure=Sure.DOC, source="platform 4 T11", needs=_EDGE)
def a_full_staging_area_takes_no_upload(pod: Pod) -> None:
    """With no room in the staging area an upload is 413, with `Storage space exceeded.` as its reason."""
    made = _import(pod, 1).expect(201).json()
    pod.thresholds.limit("staging-area", 0)

    found = pod.bulk("POST", f"{made['uri']}/data", [{"C_EmailAddress": pod.address()}]).expect(413)

    reason = "Storage space exceeded."
    expect(that=found.reason in {reason, ""}, otherwise=f"the reason is {reason!r}", found=found.reason)


def _sandbox(pod: Pod) -> dict[str, Any]:
    """A site that is full with the contacts that it has; one of them."""
    made: dict[str, Any] = pod.made("/data/contact", {"emailAddress": pod.address()})
    total = pod.rest("GET", "/data/contacts", count=1, depth="minimal").expect(200).json()["total"]
    pod.thresholds.limit("sandbox-contacts", total)
    return made


@contract("rest.limit.sandbox", sure=Sure.DOC, source="platform 4 T19, Q45", versions=["1.0", "2.0"], needs=_EDGE)
def a_full_sandbox_takes_no_contact(pod: Pod) -> None:
    """In a sandbox with as many contacts as it may have (10,000) a new one is 409, and an old one can be changed."""
    made = _sandbox(pod)

    pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}).expect(409)
    body = {"id": made["id"], "emailAddress": made["emailAddress"], "firstName": "Ada"}
    changed = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()
    expect(that=changed.get("firstName") == "Ada", otherwise="it is changed", found=changed)


@contract("bulk.limit.sandbox", sure=Sure.DOC, source="platform 4 T19, Q45", needs=(*_EDGE, Need.SYNCS))
def a_full_sandbox_rejects_new_contacts(pod: Pod) -> None:
    """In a full sandbox an import rejects the new contacts, and updates those that are there."""
    old, new = _sandbox(pod)["emailAddress"], pod.address()
    made = _import(pod, 2).expect(201).json()
    rows = [{"C_EmailAddress": each, "C_FirstName": "Ada"} for each in (old, new)]
    pod.bulk("POST", f"{made['uri']}/data", rows).expect(204)

    sync = pod.synced(made["uri"])

    rejects = pod.bulk("GET", f"{sync['uri']}/rejects").expect(200).json()
    expect(that=rejects["totalResults"] == 1, otherwise="one row is rejected", found=rejects)
    there = [_found(pod, each) for each in (old, new)]
    expect(that=there == [["Ada"], []], otherwise="the old one is changed, the new one is not there", found=there)


def _found(pod: Pod, address: str) -> list[str]:
    found = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{address}'", depth="complete").expect(200).json()
    return [each.get("firstName", "") for each in found["elements"]]


@contract(
    "rest.limit.email-deployments", sure=Sure.DOC, source="platform 4 T31, Q44", needs=(*_EDGE, Need.MAIL, Need.CLOCK)
)
def so_many_deployments_a_minute(pod: Pod) -> None:
    """When the e-mail deployments of a minute (live 60) are used up, the next one is 429; a minute later it is made."""
    contact = pod.made("/data/contact", {"emailAddress": pod.address()})
    email = pod.made("/assets/email", {"name": pod.name("email"), "subject": "x"})
    body = {
        "type": "EmailTestDeployment",
        "name": pod.name("deployment"),
        "email": {"id": email["id"], "name": email["name"], "type": "Email"},
        "contactId": contact["id"],
    }
    pod.thresholds.use_up("email-deployments")

    found = pod.rest("POST", "/assets/email/deployment", body).expect(429)
    expect(that="retry-after" not in found.headers, otherwise="no seconds are named", found=found.headers)
    pod.clock.advance(seconds=61)
    pod.rest("POST", "/assets/email/deployment", body).expect(201)


@contract("rest.limit.contact-fields", sure=Sure.CLIENT, source="platform 4 T20", needs=_EDGE)
def a_site_has_so_many_contact_fields(pod: Pod) -> None:
    """With as many custom contact fields as a site may have (live 250) another one is refused."""
    pod.thresholds.limit("contact-fields", 0)

    body = {"name": pod.name("field"), "dataType": "text", "displayType": "text", "updateType": "always"}
    pod.rest("POST", "/assets/contact/field", body).expect(400, 409)


@contract(
    "bulk.limit.history", sure=Sure.DOC, source="platform 4 T24, Q69", needs=[Need.WRITES, Need.SYNCS, Need.CLOCK]
)
def syncs_are_forgotten_after_a_year(pod: Pod) -> None:
    """A sync is there for a year, and 404 after it; so are its logs."""
    made = _export(pod, 1).expect(201).json()
    sync = pod.synced(made["uri"])

    pod.clock.advance(days=364)
    pod.bulk("GET", sync["uri"]).expect(200)
    pod.clock.advance(days=2)
    pod.bulk("GET", sync["uri"]).expect(404, 410)
    pod.bulk("GET", f"{sync['uri']}/logs").expect(404, 410)


@contract("bulk.limit.unused-definition", sure=Sure.DOC, source="platform 4 T25, Q69", needs=[Need.WRITES, Need.CLOCK])
def definitions_are_forgotten_after_a_year(pod: Pod) -> None:
    """A definition that is a year old and was not used for a year is gone, since 26B."""
    made = _export(pod, 1).expect(201).json()

    pod.clock.advance(days=364)
    pod.bulk("GET", made["uri"]).expect(200)
    pod.clock.advance(days=367)
    pod.bulk("GET", made["uri"]).expect(404, 410)


# SOAP

_SOAP_EDGE = (Need.SOAP, Need.THRESHOLDS)


@contract("soap.limit.two-hundred", sure=Sure.CLIENT, source="soap 11", needs=[Need.SOAP])
def two_hundred_records_go_into_a_call(pod: Pod) -> None:
    """A call may name 200 records, which is what clients send."""
    ids = range(2_000_000_000, 2_000_000_200)

    found = message.ask(pod, "Retrieve", message.of_kind("entityType", message.CONTACT), message.numbers("ids", ids))

    expect(that=len(found) == 200, otherwise="there are 200 results", found=len(found))


@contract("soap.limit.batch", sure=Sure.DOC, source="soap 5.2, 11", needs=_SOAP_EDGE)
def a_larger_batch_is_a_fault(pod: Pod, draw: Draw) -> None:
    """A call with more records than go into one is answered with BatchSizeExceededFault."""
    most = draw(st.integers(1, 4))
    pod.thresholds.limit("soap-batch", most)
    contacts = message.of_kind("entityType", message.CONTACT)

    found = message.ask(pod, "Retrieve", contacts, message.numbers("ids", range(1, most + 1)))
    expect(that=len(found) == most, otherwise=f"there are {most} results", found=len(found))
    fault = message.refusal(pod, "Retrieve", contacts, message.numbers("ids", range(1, most + 2)))
    expect(that=fault.name == "BatchSizeExceededFault", otherwise="it is BatchSizeExceededFault", found=fault.name)


def query(pod: Pod, text: str = "C_EmailAddress='nobody@contracts.example.com'") -> Exchange:
    """A Query of contacts."""
    kind = message.of_kind("eloquaType", message.CONTACT)
    page = message.member("pageNumber", 1), message.member("pageSize", 20)
    return message.call(pod, "Query", kind, message.member("searchQuery", text), *page)


@contract("soap.limit.query-interval", sure=Sure.CLIENT, source="soap 5.1, 10.4, 11", needs=(*_SOAP_EDGE, Need.CLOCK))
def a_query_too_soon_is_a_fault(pod: Pod) -> None:
    """A Query within a second of another is a fault of the code `s:OPERATION_TIME_INTERVAL_LIMIT_REACHED`."""
    pod.thresholds.use_up("soap-query")

    fault = message.fault(query(pod), "Query")
    wanted = "OPERATION_TIME_INTERVAL_LIMIT_REACHED"
    expect(that=fault.code == (SOAP, wanted), otherwise=f"the code is s:{wanted}", found=fault.code)
    expect(that=fault.name == "OperationTimeIntervalFault", otherwise="so is its detail", found=fault.name)
    pod.clock.advance(seconds=1.5)
    message.result(query(pod), "Query")


@contract(
    "soap.limit.export-interval",
    sure=Sure.DOC,
    source="soap 5.2, 7, 11",
    needs=(*_SOAP_EDGE, Need.TRANSFER, Need.WRITES),
)
def an_export_too_soon_is_a_fault(pod: Pod) -> None:
    """InitializeDataExport, called again too soon, is answered with OperationTimeIntervalFault."""
    made = _export(pod, 1).expect(201).json()
    which = message.of_kind("eloquaType", message.Kind(int(made["uri"].rpartition("/")[2]), "", "DataExport"))
    pod.thresholds.use_up("soap-export")

    fault = message.refusal(pod, "InitializeDataExport", which)

    expect(that=fault.name == "OperationTimeIntervalFault", otherwise="it is that fault", found=fault.name)


@contract(
    "soap.limit.import-queue", sure=Sure.DOC, source="soap 5.2, 11", needs=(*_SOAP_EDGE, Need.TRANSFER, Need.WRITES)
)
def a_full_queue_takes_no_import(pod: Pod) -> None:
    """An import that finds the queue full is answered with QueueLimitReachedFault."""
    made = _import(pod, 1).expect(201).json()
    which = message.of_kind("eloquaType", message.Kind(int(made["uri"].rpartition("/")[2]), "", "DataImport"))
    file = message.member("byteStream", f"C_EmailAddress\n{pod.address()}\n".encode())
    pod.thresholds.limit("soap-import-queue", 0)

    fault = message.refusal(pod, "InitializeDataImport", file, which, message.member("sourceFileType", "DelimitedFile"))

    expect(that=fault.name == "QueueLimitReachedFault", otherwise="it is that fault", found=fault.name)
