"""Refusals of services whose results have no place for errors, so that all of them are faults (`soap` 7 to 9)."""

from __future__ import annotations

from mock_eloqua.access import gate
from mock_eloqua.access.matrix import OperationGroup
from mock_eloqua.access.threshold import Threshold
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


def check_permitted(call: Call, does: OperationGroup, element: Complex = UNEXPECTED_ERROR) -> None:
    """May the caller do this?

    Raises:
        SoapFault: no; of that element [inferred: `soap` 5.2 has no better one for most operations].
    """
    verdict = gate.permitted(call.user, does.needs)
    if verdict is not ALLOWED:
        raise fault(call, element, verdict)


def check_pace(call: Call, threshold: Threshold, element: Complex) -> None:
    """Count the call against a threshold.

    Raises:
        SoapFault: it is called too often; of that element.
    """
    verdict = gate.counted(call.site, call.user, (threshold,))
    if verdict is not ALLOWED:
        raise fault(call, element, verdict)
