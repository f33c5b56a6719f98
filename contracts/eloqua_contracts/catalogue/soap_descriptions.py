"""The descriptions of the four services, compared with a table of the kit's own (`soap` 1, 2, 5.2, 6 to 9)."""

from __future__ import annotations

from collections.abc import Callable

from eloqua_contracts.contract import Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap.description import Description
from eloqua_contracts.soap.table import NAMESPACE, SERVICES, Service

_Check = Callable[[Description, Service], None]


def _described(pod: Pod, service: Service) -> Description:
    return Description(pod, f"/API/1.2/{service.file}.svc?wsdl")


def _names(found: Description, service: Service) -> None:
    """The description of {} names the service, its port and the type of the port, in Eloqua's namespace."""
    said = (found.namespace, *found.service, found.port_type)
    wanted = (NAMESPACE, service.name, service.port, service.port_type)
    expect(that=said == wanted, otherwise=f"they are {wanted}", found=said)
    path = f"/API/1.2/{service.file}.svc"
    expect(that=found.path.lower() == path.lower(), otherwise=f"the address is {path}", found=found.path)


def _style(found: Description, service: Service) -> None:  # noqa: ARG001  as all
    """The messages of {} are documents with literal content."""
    expect(that=found.style == {"document", "literal"}, otherwise="they are document, literal", found=found.style)


def _operations(found: Description, service: Service) -> None:
    """The description of {} has the operations known, no more and no fewer."""
    there, wanted = set(found.operations()), {each.name for each in service.operations}
    expect(that=there == wanted, otherwise="the operations are those of the table", found=sorted(there ^ wanted))


def _actions(found: Description, service: Service) -> None:
    """Each operation of {} has its SOAPAction, and the answer the same with `Response`."""
    there = found.operations()
    for each in service.operations:
        action = f"{NAMESPACE}/{each.action}"
        said = (there[each.name].action, there[each.name].reply_action)
        expect(that=said == (action, f"{action}Response"), otherwise=f"the action is {action}", found=said)


def _messages(found: Description, service: Service) -> None:
    """Requests and answers of {} have the members known, in their order, with their types, nil where they may be."""
    there = found.operations()
    for each in service.operations:
        said = (there[each.name].members, there[each.name].result)
        expect(that=said == (each.members, each.result), otherwise=f"{each.name} is as in the table", found=said)


def _faults(found: Description, service: Service) -> None:
    """Each operation of {} declares the faults known, under the name of their element with `Fault` behind it."""
    there = found.operations()
    for each in service.operations:
        said = there[each.name].faults
        expect(that=set(said.values()) == each.faults, otherwise=f"{each.name} declares {each.faults}", found=said)
        wrong = {name: element for name, element in said.items() if name != f"{element[1]}Fault"}
        expect(that=not wrong, otherwise="a fault is called as its element with Fault behind it", found=wrong)


def _types(found: Description, service: Service) -> None:
    """The types of {} are those known: members and their order, lists, dictionaries, words with their numbers."""
    there = found.types()
    for name, wanted in service.types.items():
        expect(that=there.get(name) == wanted, otherwise=f"{name[1]} is {wanted}", found=there.get(name))
    more = set(there) - set(service.types)
    expect(that=not more, otherwise="there are no others", found=more)


def _globals(found: Description, service: Service) -> None:
    """Each named type of {} has an element of its own name, which may be nil."""
    there = found.globals()
    wrong = [name[1] for name in service.types if there.get(name) != "true"]
    expect(that=not wrong, otherwise="each type has an element that may be nil", found=wrong)


_CHECKS: tuple[_Check, ...] = (_names, _style, _operations, _actions, _messages, _faults, _types, _globals)


def _declared(service: Service, check: _Check) -> None:
    def described(pod: Pod) -> None:
        check(_described(pod, service), service)

    described.__doc__ = (check.__doc__ or "").format(f"{service.file}.svc")
    identity = f"soap.wsdl.{service.file.lower()}.{check.__name__.strip('_')}"
    contract(identity, sure=Sure.DOC, source="soap 1, 2, 5.2, 6 to 9")(described)


for _service in SERVICES.values():
    for _each in _CHECKS:
        _declared(_service, _each)


def _spelled(name: str, query: str) -> None:
    def check(pod: Pod) -> None:
        found = Description(pod, f"/API/1.2/Service.svc?{query}")

        there = len(found.operations())
        expect(that=there == len(SERVICES["Service"].operations), otherwise="all operations are there", found=there)

    check.__doc__ = f"The description is there for `?{query}`, and nobody has to sign in for it."
    contract(f"soap.wsdl.query.{name}", sure=Sure.CLIENT, source="soap 1, clients 6")(check)


for _name, _query in {"small": "wsdl", "capital": "WSDL", "single": "singleWsdl"}.items():
    _spelled(_name, _query)


@contract("soap.wsdl.path.small", sure=Sure.CLIENT, source="soap 1, clients 6")
def the_path_may_be_in_small_letters(pod: Pod) -> None:
    """The description is at the path in small letters too."""
    found = Description(pod, "/api/1.2/service.svc?wsdl")

    expect(that=found.namespace == NAMESPACE, otherwise="it is the description", found=found.namespace)
