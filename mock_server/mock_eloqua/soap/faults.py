"""The faults of SOAP: those of Eloqua's contract, and those of WCF, the framework behind it (`soap` 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mock_eloqua.soap.contract.faults import OPERATION_TIME_INTERVAL, VALIDATION
from mock_eloqua.soap.declaration import Complex

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_ADDRESSING = "http://schemas.microsoft.com/ws/2005/05/addressing/none"
_DISPATCHER = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"

_NO_REASON = "The creator of this fault did not specify a Reason."
"""What WCF says where nobody said anything [recorded]."""


@dataclass(frozen=True)
class Detail:
    """What stands in a fault's detail."""

    element: Complex
    value: dict[str, Any]


class SoapFault(Exception):
    """A call that is answered with a fault. *code* is a namespace and a local name."""

    def __init__(self, code: tuple[str, str], reason: str = _NO_REASON, detail: Detail | None = None) -> None:
        super().__init__(f"{code[1]}: {detail.element.name if detail else reason}")
        self.code = code
        self.reason = reason
        self.detail = detail


_CODES = {OPERATION_TIME_INTERVAL: "OPERATION_TIME_INTERVAL_LIMIT_REACHED"}
"""Faults with a code of their own [client]; the others say `Client` [recorded for ValidationFault]."""


def typed(element: Complex, **value: Any) -> SoapFault:
    """A fault of Eloqua's contract: all but ValidationFault are told by their names alone [wsdl]."""
    return SoapFault((ENVELOPE, _CODES.get(element, "Client")), detail=Detail(element, value))


def invalid(**messages: str) -> SoapFault:
    """A ValidationFault: parameter to what is wrong with it, all at once [recorded]."""
    details = [{"Key": None, "Message": message, "Tag": tag} for tag, message in messages.items()]
    return typed(VALIDATION, Details=details)


NULL = "The value cannot be null."
BAD_QUERY = "The SearchQuery parameter is not in the correct format."


def out_of_range(most: int) -> str:
    """The message for a number outside 1 to *most*; -1 stands for no upper end [recorded]."""
    return f'The value must fall within the range "1" (Inclusive) - "{most}" ({"Ignore" if most < 0 else "Inclusive"}).'


# What follows is the framework's [inferred: how WCF is known to behave].


def invalid_security() -> SoapFault:
    """The security header is missing, cannot be read, or is out of date."""
    return SoapFault((SECURITY, "InvalidSecurity"), "An error occurred when verifying security for the message.")


def failed_authentication() -> SoapFault:
    """Nobody of that name and password, or somebody who may not use the API."""
    return SoapFault(
        (SECURITY, "FailedAuthentication"), "At least one security token in the message could not be validated."
    )


def action_not_supported(action: str) -> SoapFault:
    """The service has no such operation."""
    return SoapFault(
        (_ADDRESSING, "ActionNotSupported"),
        f"The message with Action '{action}' cannot be processed at the receiver, "
        "due to a ContractFilter mismatch at the EndpointDispatcher.",
    )


def deserialization_failed(reason: str) -> SoapFault:
    """The body does not fit the contract, or holds more than is read."""
    return SoapFault(
        (_DISPATCHER, "DeserializationFailed"),
        f"The formatter threw an exception while trying to deserialize the message: {reason}",
    )


def version_mismatch() -> SoapFault:
    """The envelope is not that of SOAP 1.1."""
    return SoapFault((ENVELOPE, "VersionMismatch"), "The envelope is not in the namespace of SOAP 1.1.")


def internal() -> SoapFault:
    """Something broke on our side; what it was stays in the log."""
    return SoapFault(
        (_DISPATCHER, "InternalServiceFault"), "The server was unable to process the request due to an internal error."
    )
