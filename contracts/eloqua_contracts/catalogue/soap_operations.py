"""Each of the sixty operations, called with nothing: what comes is what its description says (`soap` 5.2, 6 to 9)."""

from __future__ import annotations

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.envelope import READING
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.table import OPERATIONS, Operation


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
    needs = [Need.SOAP]
    if not operation.name.startswith(READING):
        needs += [Need.WRITES, Need.LASTING]  # what is made of nothing has no name by which it could be found
    identity = f"soap.operation.{operation.name.lower()}"
    contract(identity, sure=Sure.DOC, source="soap 5.2, 6 to 9", needs=needs)(check)


for _operation in OPERATIONS.values():
    _declared(_operation)
