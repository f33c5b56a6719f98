"""A description of a service (WSDL 1.1), read as far as contracts go: operations, messages, types, address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from eloqua_contracts.contract import Unmet
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap.table import XSD, Member, Name, Type

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
_ACTION = "{http://www.w3.org/2006/05/addressing/wsdl}Action"
_XS = f"{{{XSD}}}"
_SERIALIZATION = "{http://schemas.microsoft.com/2003/10/Serialization/}"
_MOST_PARTS = 40


@dataclass(frozen=True)
class Described:
    """One operation, as a description has it."""

    name: str
    action: str
    members: tuple[Member, ...]
    result: Member | None
    faults: dict[str, Name]
    """Name of the fault to the element of its detail."""
    reply_action: str


class Description:
    """All parts of one description.

    Raises:
        Unmet: it cannot be read.
    """

    def __init__(self, pod: Pod, path: str) -> None:
        """*path* with its query, such as `/API/1.2/Service.svc?wsdl`; parts that it imports are fetched too."""
        self._roots: list[Element] = []
        seen: set[str] = set()
        wanted = [pod.base_url + path]
        while wanted and len(seen) < _MOST_PARTS:
            address = wanted.pop()
            if address in seen:
                continue
            seen.add(address)
            root = pod.call("GET", address).expect(200).xml()
            self._roots.append(root)
            wanted += list(_imported(root))

    @property
    def namespace(self) -> str:
        """The target namespace."""
        return self._first("definitions").get("targetNamespace", "")

    @property
    def service(self) -> tuple[str, str]:
        """The names of the service and of its port."""
        service = self._first("service")
        return service.get("name", ""), next(service.iter(f"{_WSDL}port")).get("name", "")

    @property
    def path(self) -> str:
        """Of the address where the service is."""
        return urlsplit(next(self._first("service").iter(f"{_SOAP}address")).get("location", "")).path

    @property
    def port_type(self) -> str:
        """Its name."""
        return self._first("portType").get("name", "")

    @property
    def style(self) -> set[str]:
        """The styles and uses of all operations."""
        bindings = [each for root in self._roots for each in root.iter(f"{_WSDL}binding")]
        found = {each.get("style", "document") for one in bindings for each in one.iter(f"{_SOAP}operation")}
        return found | {each.get("use", "") for one in bindings for each in one.iter(f"{_SOAP}body", f"{_SOAP}fault")}

    def operations(self) -> dict[str, Described]:
        """By name."""
        bound = {
            each.get("name", ""): next(each.iter(f"{_SOAP}operation")).get("soapAction", "")
            for root in self._roots
            for binding in root.iter(f"{_WSDL}binding")
            for each in binding.iter(f"{_WSDL}operation")
        }
        port = self._first("portType").iter(f"{_WSDL}operation")
        return {name: self._operation(each, bound.get(name, "")) for each in port if (name := each.get("name", ""))}

    def _operation(self, found: Element, action: str) -> Described:
        inward, outward = (found.find(f"{_WSDL}{way}") for way in ("input", "output"))
        if inward is None or outward is None:
            raise Unmet(f"{found.get('name')} has input and output")
        result = self._wrapped(outward)
        return Described(
            name=found.get("name", ""),
            action=action,
            members=self._wrapped(inward),
            result=result[0] if result else None,
            faults={each.get("name", ""): self._element(each) for each in found.iter(f"{_WSDL}fault")},
            reply_action=outward.get(_ACTION, ""),
        )

    def _element(self, way: Element) -> Name:
        """The element that a message holds."""
        name = way.get("message", "").rpartition(":")[2]
        for root in self._roots:
            for message in root.iter(f"{_WSDL}message"):
                if message.get("name") == name:
                    part = next(message.iter(f"{_WSDL}part"))
                    return _qualified(part, part.get("element", ""))
        raise Unmet(f"there is a message {name}")

    def _wrapped(self, way: Element) -> tuple[Member, ...]:
        """The members of the element of a message."""
        namespace, name = self._element(way)
        for schema in self._schemas():
            if schema.get("targetNamespace") == namespace:
                for element in schema.iterchildren(f"{_XS}element"):
                    if element.get("name") == name:
                        return tuple(_members(element.iter(f"{_XS}element"), outer=element))
        raise Unmet(f"there is an element {name}")

    def types(self) -> dict[Name, Type]:
        """By name; those of the framework are left out."""
        found = {}
        for schema in self._schemas():
            namespace = schema.get("targetNamespace", "")
            if namespace == _SERIALIZATION.strip("{}"):
                continue
            for each in schema.iterchildren(f"{_XS}complexType", f"{_XS}simpleType"):
                name = namespace, each.get("name", "")
                found[name] = _type(name, each)
        return found

    def globals(self) -> dict[Name, str]:
        """The global elements of named types: `nillable` of each."""
        return {
            (schema.get("targetNamespace", ""), each.get("name", "")): each.get("nillable", "")
            for schema in self._schemas()
            for each in schema.iterchildren(f"{_XS}element")
            if each.get("type")
        }

    def _schemas(self) -> Iterator[Element]:
        for root in self._roots:
            yield from root.iter(f"{_XS}schema")

    def _first(self, name: str) -> Element:
        for root in self._roots:
            for each in root.iter(f"{_WSDL}{name}"):
                return each
        raise Unmet(f"the description has a {name}")


def _imported(root: Element) -> Iterator[str]:
    for each in root.iter(f"{_WSDL}import", f"{_XS}import", f"{_XS}include"):
        if address := each.get("location") or each.get("schemaLocation"):
            yield address


def _qualified(at: Element, text: str) -> Name:
    prefix, _, local = text.rpartition(":")
    return at.nsmap.get(prefix or None, ""), local


def _members(elements: Iterable[Element], *, outer: Element | None = None) -> Iterator[Member]:
    for each in elements:
        if each is not outer:
            kind = _qualified(each, each.get("type", ""))
            yield Member(each.get("name", ""), kind, each.get("nillable") == "true")


def _type(name: Name, found: Element) -> Type:
    if found.tag == f"{_XS}simpleType":
        words = [(each.get("value", ""), _number(each)) for each in found.iter(f"{_XS}enumeration")]
        numbered = tuple((word, place if number is None else number) for place, (word, number) in enumerate(words))
        return Type(name, "words", words=numbered)
    top = list(found.iter(f"{_XS}sequence"))[:1]
    members = [child for each in top for child in each.iterchildren(f"{_XS}element")]
    if next(found.iter(f"{_SERIALIZATION}IsDictionary"), None) is not None:
        return Type(name, "dictionary", (Member(members[0].get("name", ""), name, may_be_nil=False),))
    if any(each.get("maxOccurs") == "unbounded" for each in members):
        return Type(name, "list", tuple(_members(members)))
    extension = next(found.iter(f"{_XS}extension"), None)
    base = None if extension is None else _qualified(extension, extension.get("base", ""))
    return Type(name, "members", tuple(_members(members)), base)


def _number(word: Element) -> int | None:
    found = next(word.iter(f"{_SERIALIZATION}EnumerationValue"), None)
    return None if found is None else int(found.text or "")
