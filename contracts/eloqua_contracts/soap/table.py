"""The operations and types of the four services, read from `operations.txt` and `types.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

NAMESPACE = "https://secure.eloqua.com/API/1.2"
XSD = "http://www.w3.org/2001/XMLSchema"
PRIMITIVES = frozenset({"string", "int", "boolean", "dateTime", "base64Binary"})
KEY, VALUE = "InternalName", "Value"
"""What an entry of a dictionary holds."""

Name = tuple[str, str]
"""Of a type or an element: its namespace and its local name."""


@dataclass(frozen=True)
class Member:
    """One member of a type or of a request."""

    name: str
    type: Name
    may_be_nil: bool


@dataclass(frozen=True)
class Type:
    """A named type, of one of four kinds: `members`, `list`, `dictionary`, `words`."""

    name: Name
    kind: str
    members: tuple[Member, ...] = ()
    """Its own; of a list and a dictionary, the one that is repeated."""
    base: Name | None = None
    words: tuple[tuple[str, int], ...] = ()
    """With their numbers."""


@dataclass(frozen=True)
class Operation:
    """One operation."""

    service: str
    """The name of its file: `Service`."""
    contract: str
    name: str
    members: tuple[Member, ...]
    result: Member | None
    faults: frozenset[Name]
    """The elements that may stand in the detail of a fault."""

    @property
    def action(self) -> str:
        """The end of its SOAPAction."""
        return f"{self.contract}/{self.name}"


@dataclass(frozen=True)
class Service:
    """One service."""

    file: str
    name: str
    port: str
    port_type: str
    operations: tuple[Operation, ...]
    types: dict[Name, Type]

    def members(self, of: Type) -> tuple[Member, ...]:
        """All members of a type: those of its base come first."""
        return (*(self.members(self.types[of.base]) if of.base else ()), *of.members)


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a table, each with the head of its section."""
    head = ""
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            head = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            yield head, line


_PREFIXES = dict(line.split(" = ", 1) for head, line in _lines("types.txt") if not head)


def _name(text: str) -> Name:
    prefix, colon, local = text.rpartition(":")
    if colon:
        return _PREFIXES[prefix], local
    return (XSD if text in PRIMITIVES else NAMESPACE), text


def _member(text: str) -> Member:
    name, kind = text.split()
    return Member(name, _name(kind.rstrip("?")), kind.endswith("?"))


def _members(text: str) -> tuple[Member, ...]:
    return tuple(_member(each) for each in text.split(", ") if each)


_TYPE = re.compile(r"(?P<name>[\w:]+)(?: \((?P<base>\w+)\))?(?P<kind>: ?| \* | \{\} | \| )(?P<rest>.*)")
_OPERATION = re.compile(r"    (?P<name>\w+)\((?P<members>.*)\) ?(?P<result>[\w:?]*) ! (?P<faults>.*)")


def _type(line: str) -> Type:
    found = _TYPE.fullmatch(line)
    if found is None:
        raise ValueError(f"no type: {line}")
    name, base, kind, rest = _name(found["name"]), found["base"], found["kind"].strip(), found["rest"]
    if kind == "|":
        pairs = [each.split() for each in rest.split(", ")]
        numbered = [(word, int(number[0]) if number else place) for place, (word, *number) in enumerate(pairs)]
        return Type(name, "words", words=tuple(numbered))
    if kind == "{}":
        return Type(name, "dictionary", (Member(rest, name, may_be_nil=False),))
    if kind == "*":
        return Type(name, "list", (_member(rest),))
    return Type(name, "members", _members(rest), _name(base) if base else None)


def _operations(head: str) -> Iterator[Operation]:
    contract = ""
    for found_head, line in _lines("operations.txt"):
        if found_head != head:
            continue
        if not line.startswith(" "):
            contract = line.rstrip(":")
            continue
        found = _OPERATION.fullmatch(line)
        if found is None:
            raise ValueError(f"no operation: {line}")
        name, result = found["name"], found["result"]
        yield Operation(
            service=head.partition(":")[0],
            contract=contract,
            name=name,
            members=_members(found["members"]),
            result=_member(f"{name}Result {result}") if result else None,
            faults=frozenset(map(_name, found["faults"].split())),
        )


def _services() -> Iterator[Service]:
    for head in dict.fromkeys(head for head, _ in _lines("operations.txt")):
        file, names = head.split(": ")
        name, port, port_type = names.split(", ")
        types = [_type(line) for found, line in _lines("types.txt") if found == file]
        yield Service(file, name, port, port_type, tuple(_operations(head)), {each.name: each for each in types})


SERVICES: dict[str, Service] = {each.file: each for each in _services()}
"""By the names of their files."""
OPERATIONS: dict[str, Operation] = {each.name: each for service in SERVICES.values() for each in service.operations}
"""All of them, by name: no two services have the same."""
