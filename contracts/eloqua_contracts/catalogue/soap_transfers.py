"""DataTransferService: files in and out, by definitions that the target makes through Bulk (`soap` 7)."""

from __future__ import annotations

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import Kind
from eloqua_contracts.strategies import texts

_NEEDS = (Need.SOAP, Need.WRITES, Need.TRANSFER, Need.SYNCS)
_FIELDS = {"email": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}
_ENDED = {"Complete", "Failure", "Inactive"}
_MOST_POLLS = 360


def _kind(uri: str, kind: str) -> str:
    """The asset type that names a definition; its name may be empty, as one client has it."""
    return message.of_kind("eloquaType", Kind(int(uri.rpartition("/")[2]), "", kind))


def definition_of_import(pod: Pod) -> str:
    """An import of contacts by their addresses."""
    body = {"name": pod.name("import"), "fields": _FIELDS, "identifierFieldName": "email"}
    return _kind(pod.defined("/contacts/imports", body)["uri"], "DataImport")


def _export(pod: Pod, value: str, field: str = "C_EmailAddress") -> str:
    """An export of the contacts with this value."""
    wanted = f"'{{{{Contact.Field({field})}}}}' = '{value}'"
    body = {"name": pod.name("export"), "fields": _FIELDS, "filter": wanted}
    return _kind(pod.defined("/contacts/exports", body)["uri"], "DataExport")


def _until_ended(pod: Pod, operation: str, *members: str) -> str:
    """The status in the end; asked for every five seconds, as one client does."""
    for _ in range(_MOST_POLLS):
        status = message.ask(pod, operation, *members).text or ""
        if status in _ENDED:
            return status
        pod.wait(5)
    return "never ended"


def _sent(pod: Pod, definition: str, content: str, *more: str, operation: str = "InitializeDataImport") -> int:
    """Begin an import; the id of the execution."""
    file, source = message.member("byteStream", content.encode()), message.member("sourceFileType", "DelimitedFile")
    return message.number(message.ask(pod, operation, file, definition, source, *more), "ID")


def _status(pod: Pod, definition: str, execution: int) -> str:
    which = message.many("dataImportExecution", message.member("ID", execution))
    return _until_ended(pod, "DataImportStatus", definition, which)


@contract("soap.transfer.import", sure=Sure.CLIENT, source="soap 7", needs=_NEEDS)
def a_file_is_imported(pod: Pod, draw: Draw) -> None:
    """An import gives the id of an execution, which is Complete in the end; then REST has the contact."""
    address, first = pod.address(), draw(texts(20)).replace('"', "'")
    definition = definition_of_import(pod)

    execution = _sent(pod, definition, f'email,first\r\n{address},"{first}"\r\n')

    expect(that=execution > 0, otherwise="there is an execution", found=execution)
    status = _status(pod, definition, execution)
    expect(that=status == "Complete", otherwise="it is Complete", found=status)
    search = f"C_EmailAddress='{address}'"
    found = pod.rest("GET", "/data/contacts", search=search, depth="complete").expect(200).json()["elements"]
    names = [each.get("firstName") for each in found]
    expect(that=names == [first], otherwise=f"the contact is {first!r}", found=names)


@contract("soap.transfer.import-to-groups", sure=Sure.DOC, source="soap 7", needs=_NEEDS)
def contacts_of_a_file_join_groups(pod: Pod) -> None:
    """InitializeDataImportUpdateContactGroups imports a file, and puts its contacts into groups."""
    group = pod.made("/assets/contact/list", {"name": pod.name("list")})["id"]
    definition = definition_of_import(pod)
    groups = message.numbers("contactGroupIds", [int(group)])
    operation = "InitializeDataImportUpdateContactGroups"

    execution = _sent(pod, definition, f"email,first\n{pod.address()},Ada\n", groups, operation=operation)

    status = _status(pod, definition, execution)
    expect(that=status == "Complete", otherwise="it is Complete", found=status)
    count = pod.rest("GET", f"/assets/contact/list/{group}").expect(200).json()["count"]
    expect(that=count == "1", otherwise="there is one member", found=count)


@contract("soap.transfer.export", sure=Sure.DOC, source="soap 7", needs=_NEEDS)
def what_is_there_is_exported(pod: Pod) -> None:
    """An export is begun without a result, is Complete in the end, and its file has the contact."""
    address = pod.address()
    pod.made("/data/contact", {"emailAddress": address, "firstName": "Ada"})
    definition = _export(pod, address)

    message.ask(pod, "InitializeDataExport", definition)

    status = _until_ended(pod, "DataExportStatus", definition)
    expect(that=status == "Complete", otherwise="it is Complete", found=status)
    answer = message.call(pod, "GetDataExportFile", definition)
    file = message.binary(answer, message.result(answer, "GetDataExportFile")).decode("utf-8-sig")
    expect(that=address in file and "Ada" in file, otherwise="the contact is in the file", found=file)


@contract("soap.transfer.file-beside", sure=Sure.DOC, source="soap 3.3, 7", needs=_NEEDS)
def a_long_file_is_exported_whole(pod: Pod) -> None:
    """A file of thousands of bytes comes out whole, be it in the envelope or beside it."""
    name, count = pod.name("Ada"), 40
    rows = [{"email": pod.address(), "first": name} for _ in range(count)]
    body = {"name": pod.name("import"), "fields": _FIELDS, "identifierFieldName": "email"}
    made = pod.defined("/contacts/imports", body)
    pod.bulk("POST", f"{made['uri']}/data", rows).expect(204)
    pod.synced(made["uri"])
    definition = _export(pod, name, "C_FirstName")

    message.ask(pod, "InitializeDataExport", definition)
    _until_ended(pod, "DataExportStatus", definition)
    answer = message.call(pod, "GetDataExportFile", definition)

    file = message.binary(answer, message.result(answer, "GetDataExportFile")).decode("utf-8-sig")
    found = file.count(name)
    expect(that=found == count and file.endswith("\n"), otherwise=f"there are {count} rows", found=file)


@contract("soap.transfer.url", sure=Sure.DOC, source="soap 7", needs=_NEEDS)
def the_file_of_an_export_has_an_address(pod: Pod) -> None:
    """GetDataExportURL gives a text that is an address."""
    definition = _export(pod, pod.address())
    message.ask(pod, "InitializeDataExport", definition)
    _until_ended(pod, "DataExportStatus", definition)
    password = message.member("username", "any"), message.member("password", "secret")

    found = message.ask(pod, "GetDataExportURL", definition, *password).text or ""

    expect(that=found.startswith("http"), otherwise="it is an address", found=found)


@contract("soap.transfer.nothing-given", sure=Sure.DOC, source="soap 5.2, 7", needs=[Need.SOAP, Need.WRITES])
def an_import_of_nothing_is_a_fault(pod: Pod) -> None:
    """An import without a file and a definition is answered with a fault that it declares."""
    source = message.member("sourceFileType", "DelimitedFile")

    found = message.refusal(pod, "InitializeDataImport", source)

    expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)


@contract("soap.transfer.unknown-export", sure=Sure.DOC, source="soap 5.2, 7", needs=[Need.SOAP])
def an_export_that_is_not_there_is_a_fault(pod: Pod) -> None:
    """The status of an export that is not there is a fault that it declares."""
    found = message.refusal(
        pod, "DataExportStatus", message.of_kind("eloquaType", Kind(2_000_000_000, "", "DataExport"))
    )

    expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)


@contract("soap.transfer.other-file", sure=Sure.DOC, source="soap 5.2, 7", needs=_NEEDS)
def other_files_are_a_fault(pod: Pod) -> None:
    """A file that is said to be of no type is answered with a fault that it declares, and nothing is imported."""
    file, source = message.member("byteStream", b"x"), message.member("sourceFileType", "None")

    found = message.refusal(pod, "InitializeDataImport", file, definition_of_import(pod), source)

    expect(that=found.name != "", otherwise="the fault has a detail", found=found.reason)
