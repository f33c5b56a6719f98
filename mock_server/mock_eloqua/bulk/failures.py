"""How Bulk says no (`bulk` 19, `platform` 3.6)."""

from __future__ import annotations

from mock_eloqua.access.verdict import Exceeded, NotEnabled, Over, Refusal, Unauthenticated
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer.errors import (
    BadRequest,
    Broken,
    Conflict,
    Corrupt,
    Expired,
    MissingReference,
    NoData,
    NotYours,
    StorageFull,
)
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply
from mock_eloqua.web.headers import MISSING_REFERENCE, NOT_ENABLED, VALIDATION
from mock_eloqua.web.operation import plainly

NOT_AUTHORIZED = "You are not authorized to make this request."
"""For a bad login and for a missing right alike [client]."""


def refuse(call: Call, refusal: Refusal) -> Reply:
    """What `access` decided. Bodies are empty [inferred]."""
    if isinstance(refusal, Over):
        wait = ((b"retry-after", b"%d" % refusal.seconds),) if _says_how_long(call) else ()
        return Reply(429, headers=wait)
    if isinstance(refusal, NotEnabled):
        return Reply(403, reason=NOT_ENABLED)
    return Reply(401, reason=NOT_AUTHORIZED)


def _says_how_long(call: Call) -> bool:
    return call.caller is not None and call.site.settings.send_retry_after


def reply_to(call: Call, error: Exception) -> Reply | None:
    """The answer to an error of the domain or of the wire."""
    match error:
        case BadRequest():
            return json_reply(_bodies(call, error), 400, JSON_UTF8, VALIDATION)
        case BadBody():
            return Reply(400, reason=error.reason)
        case Exceeded():
            return refuse(call, error.verdict)
        case MissingReference():
            return Reply(400, reason=MISSING_REFERENCE)
        case Expired():
            return Reply(call.site.settings.expired_data_status)
        case Corrupt():
            return _corrupt(call)
        case NotYours():
            return Reply(call.site.settings.foreign_sync_status)
    return Reply(_STATUSES[type(error)]) if type(error) in _STATUSES else None


def _corrupt(call: Call) -> Reply:
    """A permanent error; before 25A it looked as if waiting would help [doc: both; the status is inferred]."""
    status = call.site.settings.corrupt_file_status
    if not call.site.has("corrupt-files-are-permanent-errors"):
        return Reply(status, headers=((b"retry-after", b"60"),))
    said = {"errorSeverity": 0, "error": "Unable to process request due to a permanent error."}
    return json_reply(said, status, JSON_UTF8)


_STATUSES: dict[type[Exception], int] = {NoData: 400, NotFound: 404, Conflict: 409, StorageFull: 413}
"""What is said by a status alone [inferred: bodies are empty]."""


def trouble(call: Call, status: int) -> Reply:
    """An answer of that status for a fault: a broken rule as a 400, a refused login as a 401."""
    if status == 400:
        return json_reply(
            _bodies(call, BadRequest(Broken("name", "Must not be empty.", ""))), 400, JSON_UTF8, VALIDATION
        )
    return refuse(call, Unauthenticated("a fault")) if status == 401 else plainly(call, status)


def _bodies(call: Call, error: BadRequest) -> object:
    if "/bulk/1.0/" in call.path.lower():
        return [_in_one(each) for each in error.failures]
    return {"failures": [_shown(each) for each in error.failures]}


def _shown(broken: Broken) -> dict[str, str]:
    """`value` is left out where there is none [doc]."""
    given = {} if broken.value is None else {"value": broken.value}
    return {"field": broken.field, **given, "constraint": broken.constraint}


def _in_one(broken: Broken) -> dict[str, object]:
    """As REST 1.0 says it, in a bare list [client]; which requirement it is, is our guess but for enumerations."""
    is_word = broken.constraint.startswith("Must be one of ")
    words = broken.constraint.removeprefix("Must be one of ").rstrip(".").split(", ")
    requirement = {"type": "EnumRequirement", "values": words} if is_word else {"type": "ContentRequirement"}
    if broken.value is None:
        requirement = {"type": "NotNullRequirement"}
    if broken.field == "syncActionType":
        about = {"type": "EndpointValidationError", "parameter": broken.field}
    else:
        about = {"type": "ObjectValidationError", "property": broken.field}
    return {**about, "requirement": requirement, "value": "<null>" if broken.value is None else broken.value}
