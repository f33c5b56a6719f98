"""The words in which a SOAP service is declared: types, operations, faults.

Cardinality follows from the kind of a type, as WCF has it: every member may be missing, references may
be nil, values may not [wsdl].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

ELOQUA = "https://secure.eloqua.com/API/1.2"
"""The target namespace, whatever POD serves it [wsdl]."""
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
XSD = "http://www.w3.org/2001/XMLSchema"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Primitive:
    """A type of XML Schema."""

    name: str
    is_reference: bool
    """May be nil."""
    namespace: str = XSD


STRING = Primitive("string", is_reference=True)
INT = Primitive("int", is_reference=False)
BOOLEAN = Primitive("boolean", is_reference=False)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A choice of words; some schemas carry a number for each."""

    name: str
    namespace: str
    values: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    is_reference: bool = False


@dataclass(frozen=True, init=False)
class Complex:
    """A type with members, in the order of the wire."""

    name: str
    members: tuple[tuple[str, Type], ...]
    namespace: str
    is_reference: bool = True

    def __init__(self, name: str, namespace: str = ELOQUA, /, **members: Type) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "namespace", namespace)
        object.__setattr__(self, "members", tuple(members.items()))


@dataclass(frozen=True, slots=True)
class ListOf:
    """`ArrayOf...`: any number of items, each named like its type."""

    item: Type
    namespace: str = ELOQUA
    is_reference: bool = True

    @property
    def name(self) -> str:
        """The name that WCF gives the type."""
        return f"ArrayOf{self.item.name}"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Pairs of `InternalName` and `Value`, each in an element of its own."""

    name: str
    entry: str
    """The name of that element."""
    namespace: str = ELOQUA
    is_reference: bool = True


KEY, VALUE = "InternalName", "Value"

Type = Primitive | Enumeration | Complex | ListOf | Dictionary


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: `<name>` goes in, `<name>Response` with `<name>Result` comes out."""

    contract: str
    """The WCF contract it belongs to, part of its SOAPAction."""
    name: str
    request: tuple[tuple[str, Type], ...]
    result: Type
    faults: tuple[Complex, ...]
    """The elements that may stand in the detail of a fault."""

    @property
    def action(self) -> str:
        """The SOAPAction of the request."""
        return f"{ELOQUA}/{self.contract}/{self.name}"

    @property
    def response(self) -> str:
        """The element around an answer."""
        return f"{self.name}Response"

    @property
    def result_member(self) -> str:
        """The member that holds the result."""
        return f"{self.name}Result"


@dataclass(frozen=True)
class Service:
    """One `.svc`."""

    name: str
    path: str
    port: str
    """Also the name of its binding and of its portType [wsdl]."""
    operations: tuple[Operation, ...]

    @cached_property
    def types(self) -> tuple[Type, ...]:
        """Every named type that an operation can meet, those of XML Schema aside, in the order of their first use."""
        found: dict[Type, None] = {}
        for operation in self.operations:
            for each in (*(kind for _, kind in operation.request), operation.result, *operation.faults):
                _collect(each, found)
        return tuple(found)


def _collect(kind: Type, found: dict[Type, None]) -> None:
    if isinstance(kind, Primitive) or kind in found:
        return
    found[kind] = None
    if isinstance(kind, ListOf):
        _collect(kind.item, found)
    elif isinstance(kind, Complex):
        for _, each in kind.members:
            _collect(each, found)
