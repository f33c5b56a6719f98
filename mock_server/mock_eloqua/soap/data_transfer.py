"""The operations of `DataTransferService.svc`: files in and out, as jobs of the engine behind Bulk (`soap` 7).

An asset type names an import or an export by its id in Bulk, an execution is a sync: either side sees what the
other one started.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from mock_eloqua.access import basic
from mock_eloqua.access.limits import SOAP_EXPORT, SOAP_IMPORT_QUEUE
from mock_eloqua.crm import lists
from mock_eloqua.crm.errors import NotFound, Refused
from mock_eloqua.crm.transfer import definitions, export_files, staging, syncs
from mock_eloqua.crm.transfer.definitions import Definition
from mock_eloqua.crm.transfer.errors import NotYours
from mock_eloqua.crm.transfer.kinds import DOES, EXPORT, IMPORT
from mock_eloqua.crm.transfer.staging import Upload
from mock_eloqua.crm.transfer.sync import ACTIVE, PENDING
from mock_eloqua.crm.transfer.syncs import Sync
from mock_eloqua.language import uploads
from mock_eloqua.soap import faults
from mock_eloqua.soap.contract.faults import (
    INVALID_FILE_TYPE,
    OPERATION_TIME_INTERVAL,
    QUEUE_LIMIT_REACHED,
    UNEXPECTED_ERROR,
)
from mock_eloqua.soap.contract.services import DATA_TRANSFER
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.soap.refusals import check_pace, check_permitted, fault
from mock_eloqua.web.call import Call, Reply

T = TypeVar("T")
Values = dict[str, Any]

FILE_PATH = f"{DATA_TRANSFER.path}/exports/{{site}}/{{file}}"
"""Where the files of exports lie [inferred]."""

_TYPES = {IMPORT: "dataimport", EXPORT: "dataexport"}
_DELIMITED = "DelimitedFile"
_STATUSES = {PENDING: "Queued", ACTIVE: "InProgress", **dict.fromkeys(export_files.SUCCEEDED, "Complete")}
"""Status of a sync to the word of either enumeration; what is not here failed. `Waiting` and `Inactive`, of imports
only, are never said: nobody knows when."""


def _refusing(handler: Callable[..., T]) -> Callable[..., T]:
    """What the domain refuses and no other fault fits is told by name alone."""

    @wraps(handler)
    def wrapped(call: Call, *arguments: Any) -> T:
        try:
            return handler(call, *arguments)
        except Refused as refused:
            raise fault(call, UNEXPECTED_ERROR, str(refused) or type(refused).__name__) from refused

    return wrapped


@_refusing
def import_file(call: Call, content: bytes | None, asset_type: Values | None, source_type: str | None) -> Values:
    """Begin to import a file; the execution, which is a sync of Bulk."""
    return _import(call, content, asset_type, source_type, ())


@_refusing
def import_file_to_groups(
    call: Call,
    content: bytes | None,
    asset_type: Values | None,
    source_type: str | None,
    group_ids: list[int] | None,
) -> Values:
    """Begin to import a file of contacts, who are put into contact groups as well [inferred: `soap` 7]."""
    return _import(call, content, asset_type, source_type, group_ids or ())


def _import(
    call: Call,
    content: bytes | None,
    asset_type: Values | None,
    source_type: str | None,
    group_ids: Iterable[int],
) -> Values:
    _check_given(byteStream=content, eloquaType=asset_type)
    check_permitted(call, DOES[IMPORT])
    definition = _definition(call, IMPORT, asset_type)
    actions = [_joining(call, definition, key) for key in dict.fromkeys(group_ids)]
    upload = _upload(call, definition, content or b"", source_type)
    site = call.site
    with site.database.writing():  # what waits for the definition and this file are taken by this sync
        if not site.thresholds.allows(SOAP_IMPORT_QUEUE, syncs.how_many_under_way(site, IMPORT) + 1):
            raise fault(call, QUEUE_LIMIT_REACHED, "the queue of imports is full")
        staging.stage(site, definition.uri, upload)
        return {"ID": syncs.create(site, definition, call.user, more_actions=actions).id}


def _upload(call: Call, definition: Definition, content: bytes, source_type: str | None) -> Upload:
    """A delimited file is CSV in UTF-8 whose columns have the names of the definition's, as in Bulk [client]."""
    if source_type != _DELIMITED:
        raise fault(call, INVALID_FILE_TYPE, f"files of type {source_type} are not read")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return Upload(uploads.CSV, content, uploads.survey(uploads.CSV, content, tuple(definition.fields)))
    except uploads.Unreadable as unreadable:
        if call.site.settings.soap_unreadable_import == "validation":
            raise faults.invalid(byteStream="The file cannot be read.") from unreadable
        raise fault(call, INVALID_FILE_TYPE, "the file is no CSV") from unreadable


def _joining(call: Call, definition: Definition, group_id: int) -> Values:
    """The sync action that puts contacts into a group."""
    if definition.entity.path != "contacts":
        raise faults.invalid(contactGroupIds="The import is not one of contacts.")
    try:
        lists.get(call.site, group_id)
    except NotFound:
        raise faults.invalid(contactGroupIds=f"There is no contact group {group_id}.") from None
    return {"action": "add", "destination": f"{{{{ContactList[{group_id}]}}}}"}


@_refusing
def import_status(call: Call, asset_type: Values | None, execution: Values | None) -> str:
    """How far an execution is: known also after its definition was deleted."""
    _check_given(eloquaType=asset_type, dataImportExecution=execution)
    key = _key(call, IMPORT, asset_type)
    try:
        sync = syncs.get(call.site, (execution or {})["ID"])
    except NotFound as missing_sync:
        raise _unknown(call, "dataImportExecution", str(missing_sync)) from None
    if not sync.definition_uri.endswith(f"/{IMPORT}/{key}"):
        raise _unknown(call, "dataImportExecution", f"sync {sync.id} is not one of import {key}")
    return _status(sync)


@_refusing
def export(call: Call, asset_type: Values | None) -> None:
    """Begin to export; the sync is the definition's current one from now on."""
    definition = _definition(call, EXPORT, asset_type)
    check_permitted(call, DOES[EXPORT])
    check_pace(call, SOAP_EXPORT, OPERATION_TIME_INTERVAL)
    syncs.create(call.site, definition, call.user)


@_refusing
def export_status(call: Call, asset_type: Values | None) -> str:
    """How far the current execution of an export is."""
    return _status(_current(call, asset_type))


@_refusing
def export_file(call: Call, asset_type: Values | None) -> bytes:
    """What the current execution of an export found, as CSV in UTF-8 with a header [inferred]."""
    return export_files.content(call.site, _mine(call, asset_type))


@_refusing
def export_url(call: Call, asset_type: Values | None, login: str | None, password: str | None) -> str:
    """Where the same can be fetched, with this login and password by HTTP Basic where there are any [inferred]."""
    site = call.site
    name = export_files.name(site, _mine(call, asset_type), login or "", password or "")
    return f"{call.base_url}{FILE_PATH.format(site=quote(site.name), file=name)}"


def fetch(call: Call) -> Reply:
    """GET of such a file: 401 for whoever is not meant, 404 when it is gone [inferred]."""
    site = call.sites.find(unquote(call.params["site"]))
    if site is None:
        return Reply(404)
    login, password = basic.read(call.header(b"authorization") or "") or ("", "")
    try:
        content = export_files.opened(site, call.params["file"], login, password)
    except NotYours:
        return Reply(401, headers=((b"www-authenticate", b'Basic realm="Eloqua"'),))
    except NotFound as missing:
        call.refused = str(missing)
        return Reply(404)
    return Reply(200, content, "text/csv; charset=utf-8", headers=((b"content-disposition", b"attachment"),))


def _mine(call: Call, asset_type: Values | None) -> Sync:
    """The current execution, which the caller has started: as in Bulk, nobody else reads its rows [doc: `bulk` 7.2]."""
    return syncs.readable(call.site, _current(call, asset_type), call.user)


def _current(call: Call, asset_type: Values | None) -> Sync:
    definition = _definition(call, EXPORT, asset_type)
    try:
        return syncs.latest(call.site, definition)
    except NotFound:
        raise _unknown(call, "eloquaType", f"{definition.uri} was never run") from None


def _status(sync: Sync) -> str:
    return _STATUSES.get(sync.status, "Failure")


def _check_given(**values: object) -> None:
    """All that is missing is told at once."""
    if missing := {name: faults.NULL for name, value in values.items() if value is None}:
        raise faults.invalid(**missing)


def _definition(call: Call, kind: str, asset_type: Values | None) -> Definition:
    """Type and id decide, the name is not looked at [client]."""
    _check_given(eloquaType=asset_type)
    try:
        return definitions.numbered(call.site, kind, _key(call, kind, asset_type))
    except NotFound as missing:
        raise _unknown(call, "eloquaType", str(missing)) from None


def _key(call: Call, kind: str, asset_type: Values | None) -> int:
    given = asset_type or {}
    if (given["Type"] or "").strip().lower() != _TYPES[kind]:
        raise _unknown(call, "eloquaType", f"an asset type other than {_TYPES[kind]}")
    return int(given["ID"])


def _unknown(call: Call, parameter: str, reason: str) -> SoapFault:
    """The contract has no fault for what does not exist here: a switch says which one it is."""
    if call.site.settings.soap_unknown_job == "validation":
        return faults.invalid(**{parameter: "The value names nothing that exists."})
    return fault(call, UNEXPECTED_ERROR, reason)
