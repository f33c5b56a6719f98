"""The words in which a SOAP service is declared: types, operations, faults.

Cardinality follows from the kind of a type, as WCF has it: every member may be missing, references may
be nil, values may not [wsdl].
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
DATE_TIME = Primitive("dateTime", is_reference=False)
BASE64_BINARY = Primitive("base64Binary", is_reference=True)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A choice of words. Descriptions carry the number of each that is not its place, counted from 0."""

    name: str
    namespace: str
    values: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    """Where they differ from the places."""
    is_reference: bool = False


@dataclass(frozen=True, init=False)
class Complex:
    """A type with members, in the order of the wire."""

    name: str
    own_members: tuple[tuple[str, Type], ...]
    namespace: str
    base: Complex | None
    """The type that it extends."""
    is_reference: bool = True

    def __init__(self, name: str, namespace: str = ELOQUA, /, *, base: Complex | None = None, **members: Type) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "namespace", namespace)
        object.__setattr__(self, "base", base)
        object.__setattr__(self, "own_members", tuple(members.items()))

    @cached_property
    def members(self) -> tuple[tuple[str, Type], ...]:
        """All of them: those of the base come first."""
        return (*(self.base.members if self.base else ()), *self.own_members)


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


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One call: `<name>` goes in, `<name>Response` with `<name>Result` comes out."""

    contract: str
    """The WCF contract it belongs to, part of its SOAPAction."""
    name: str
    request: tuple[tuple[str, Type], ...]
    result: Type | None
    """None where the answer is an empty element."""
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


@dataclass(frozen=True, eq=False)
class Service:
    """One `.svc`."""

    name: str
    path: str
    port: str
    """Also the name of its binding [wsdl]."""
    port_type: str
    operations: tuple[Operation, ...]
    of_2012: tuple[Operation, ...] = ()
    """Those that only older descriptions have."""
    is_mtom: bool = False
    """Its policy asks for MTOM."""

    @property
    def all_operations(self) -> tuple[Operation, ...]:
        """Those of every year."""
        return (*self.operations, *self.of_2012)

    def of(self, flavour: str) -> Service:
        """As the descriptions of that year have it: `2013`, or `2012`."""
        return replace(self, operations=self.all_operations, of_2012=()) if flavour == "2012" else self

    @cached_property
    def types(self) -> tuple[Type, ...]:
        """Every named type that an operation can meet, those of XML Schema aside, in the order of their first use."""
        found: dict[Type, None] = {}
        for operation in self.operations:
            for _, kind in operation.request:
                _collect(kind, found)
            if operation.result:
                _collect(operation.result, found)
            for fault in operation.faults:
                _collect(fault, found)
        return tuple(found)


def _collect(kind: Type, found: dict[Type, None]) -> None:
    if isinstance(kind, Primitive) or kind in found:
        return
    found[kind] = None
    if isinstance(kind, ListOf):
        _collect(kind.item, found)
    elif isinstance(kind, Complex):
        if kind.base:
            _collect(kind.base, found)
        for _, each in kind.members:
            _collect(each, found)
