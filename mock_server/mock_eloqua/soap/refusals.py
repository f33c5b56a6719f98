"""Refusals of `EmailService.svc`: its results have no place for errors, so that all of them are faults (`soap` 8)."""

from __future__ import annotations

from collections.abc import Iterable

from mock_eloqua.access import gate
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.soap import faults
from mock_eloqua.soap.contract.faults import UNEXPECTED_ERROR
from mock_eloqua.soap.declaration import Complex
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.web.call import Call


def fault(call: Call, element: Complex, why: object) -> SoapFault:
    """A fault of the contract; the caller learns its name alone, the request log why."""
    call.refused = str(why)
    return faults.typed(element)


def check_permitted(call: Call, needs: Iterable[str], element: Complex = UNEXPECTED_ERROR) -> None:
    """May the caller do what needs these permissions?

    Raises:
        SoapFault: no; of that element [inferred: `soap` 5.2 has no better one for most operations].
    """
    verdict = gate.permitted(call.user, needs)
    if verdict is not ALLOWED:
        raise fault(call, element, verdict)
