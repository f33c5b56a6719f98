"""What a fault means: which error of the tree (`errors`). A fault of Eloqua is told by the element in its detail."""

from __future__ import annotations

from typing import Any

from eloqua_client import verdicts
from eloqua_client.calls import Answer, Call
from eloqua_client.errors import (
    AuthenticationError,
    EloquaError,
    NotFound,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    ValidationError,
)
from eloqua_client.failures import Failure
from eloqua_client.soap.toolkit import envelope_in

_KINDS: dict[str, tuple[type[EloquaError], str]] = {
    "ValidationFault": (ValidationError, "mend the request"),
    "InvalidTypeFault": (ValidationError, "there is no such type"),
    "InvalidQueryFault": (ValidationError, "mend the query"),
    "InvalidArgumentFault": (ValidationError, "mend the request"),
    "InvalidAssetFault": (ValidationError, "there is no such asset, or it does not fit"),
    "InvalidEntityFault": (ValidationError, "there is no such record, or it does not fit"),
    "InvalidDateRangeFault": (ValidationError, "mend the dates"),
    "InvalidFileType": (ValidationError, "a file of another kind is wanted"),
    "InvalidDeploymentRecipientFault": (ValidationError, "check the recipient"),
    "InvalidDeploymentSettingsFault": (ValidationError, "check the settings of the deployment"),
    "RecordNotFoundFault": (NotFound, "check the id"),
    "UnauthorizedAccessFault": (PermissionDenied, "ask an administrator for the right"),
    "BatchSizeExceededFault": (ThresholdExceeded, "send fewer at once"),
    "QueryTooLargeFault": (ThresholdExceeded, "ask for less"),
    "OperationTimeIntervalFault": (ThresholdExceeded, "too soon after the last: slow down"),
    "QueueLimitReachedFault": (ThresholdExceeded, "wait until imports have ended"),
    "UnexpectedErrorFault": (ServerTrouble, "try again later"),
    # of the framework, which gives no detail
    "FailedAuthentication": (AuthenticationError, "check site, user and password"),
    "InvalidSecurity": (ValidationError, "check the clock of this machine"),
    "DeserializationFailed": (ValidationError, "a value does not fit its type"),
    "ActionNotSupported": (ValidationError, "the service has no such operation"),
    "InternalServiceFault": (ServerTrouble, "try again later"),
}
_NO_REASON = "The creator of this fault did not specify a Reason."
_INTERVALS = {"Query": 1.0}
"""Seconds between two calls of an operation, where clients found them out."""
_INTERVAL = 5.0


def error(call: Call, answer: Answer) -> EloquaError | None:
    """What is wrong, or None; where there is no fault, the status tells."""
    try:
        fault = envelope_in(answer).find("{*}Body/{*}Fault")
    except ValueError:
        fault = None
    if fault is None:
        return verdicts.error(call, answer)
    code = (fault.findtext("{*}faultcode") or "").rpartition(":")[2]
    reason = fault.findtext("{*}faultstring") or ""
    detail = next(iter(fault.find("{*}detail") if fault.find("{*}detail") is not None else ()), None)
    name = code if detail is None else _local(detail)
    kind, advice = _KINDS.get(name, (ServerTrouble, "no fault that Eloqua describes"))
    said = f"{name}{'' if reason in {'', _NO_REASON} else f': {reason}'} ({advice})"
    found = kind(said, call=call, answer=answer, failures=_failures(name, detail))
    if isinstance(found, ThresholdExceeded) and name == "OperationTimeIntervalFault":
        found.retry_after = _INTERVALS.get(call.action.rpartition("/")[2], _INTERVAL)
    return found


def _failures(name: str, detail: Any) -> list[Failure]:
    """What a ValidationFault complains of, parameter by parameter; of the others the name is all there is."""
    each = () if detail is None else detail.iterfind(".//{*}ValidationDetail")
    return [
        Failure(found.findtext("{*}Tag") or "", found.findtext("{*}Message") or "", type=name) for found in each
    ] or [Failure(type=name)]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
