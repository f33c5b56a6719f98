"""Each of the sixty operations, called with nothing: what comes is what its description says (`soap` 5.2, 6 to 9)."""

from __future__ import annotations

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.table import OPERATIONS, Operation

_READING = ("List", "Describe", "Retrieve", "Query", "Get", "Search")


def _declared(operation: Operation) -> None:
    def check(pod: Pod) -> None:
        found = message.call(pod, operation.name)

        if found.status == 200:
            message.result(found, operation.name)
        else:
            fault = message.fault(found, operation.name)
            expect(that=fault.reason != "", otherwise="the fault has a reason", found=fault)

    check.__doc__ = (
        f"`{operation.name}`, called without members, is answered with a result of the form that its description has,"
        " or with a fault: one of the framework's, or one that it declares."
    )
    needs = [Need.SOAP] if operation.name.startswith(_READING) else [Need.SOAP, Need.WRITES]
    identity = f"soap.operation.{operation.name.lower()}"
    contract(identity, sure=Sure.DOC, source="soap 5.2, 6 to 9", needs=needs)(check)


for _operation in OPERATIONS.values():
    _declared(_operation)
