"""The WSDL of a service, written from its table in the form of the published ones: one flat document.

spyne's own would name messages, actions and wrapper types otherwise (`soap` 12.2).
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap import policy, serialization
from mock_eloqua.soap.declaration import (
    ELOQUA,
    KEY,
    STRING,
    VALUE,
    XSD,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Service,
    Type,
)
from mock_eloqua.soap.serialization import SERIALIZATION

_WSDL = "http://schemas.xmlsoap.org/wsdl/"
_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
_WSAW = "http://www.w3.org/2006/05/addressing/wsdl"
_HTTP = "http://schemas.xmlsoap.org/soap/http"


@lru_cache(maxsize=32)
def document(service: Service, address: str) -> bytes:
    """The description of a service that is called at *address*.

    Its policy (HTTPS, a token, a timestamp) is there when the address is HTTPS: a .NET proxy made from it refuses
    any other.
    """
    root = etree.Element(
        _qname(_WSDL, "definitions"),
        {"name": service.name, "targetNamespace": ELOQUA},
        nsmap={"wsdl": _WSDL, "soap": _SOAP, "wsaw": _WSAW, "xsd": XSD, "tns": ELOQUA},
    )
    with_policy = address.startswith("https:")
    if with_policy:
        root.append(policy.policy(service))
    _types(root, service)
    for operation in service.operations:
        _messages(root, service, operation)
    _port_type(root, service)
    binding = _binding(root, service)
    if with_policy:
        binding.insert(0, policy.reference(service))
    ports = _sub(root, _WSDL, "service", name=service.name)
    port = _sub(ports, _WSDL, "port", name=service.port, binding=f"tns:{service.port}")
    _sub(port, _SOAP, "address", location=address)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _qname(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _sub(parent: Element, namespace: str, name: str, /, **attributes: str) -> Element:
    return etree.SubElement(parent, _qname(namespace, name), attributes)


def _types(root: Element, service: Service) -> None:
    types = _sub(root, _WSDL, "types")
    schemas: dict[str, Element] = {}
    for namespace in dict.fromkeys((ELOQUA, *(each.namespace for each in service.types))):
        schemas[namespace] = etree.SubElement(
            types,
            _qname(XSD, "schema"),
            {"elementFormDefault": "qualified", "targetNamespace": namespace},
            nsmap={"xs": XSD, "tns": namespace},
        )
    for namespace, schema in schemas.items():
        for other in schemas:
            if other != namespace:
                _sub(schema, XSD, "import", namespace=other)
    for operation in service.operations:
        _wrapper(schemas[ELOQUA], operation.name, operation.request)
        result = ((operation.result_member, operation.result),) if operation.result else ()
        _wrapper(schemas[ELOQUA], operation.response, result)
    serialization.add_schema(types)
    for each in service.types:
        _type(schemas[each.namespace], each)


def _wrapper(schema: Element, name: str, members: tuple[tuple[str, Type], ...]) -> None:
    element = _sub(schema, XSD, "element", name=name)
    _members(_sub(_sub(element, XSD, "complexType"), XSD, "sequence"), members)


def _type(schema: Element, kind: Type) -> None:
    match kind:
        case Enumeration():
            _enumeration(schema, kind)
        case Dictionary():
            _dictionary(schema, kind)
        case ListOf():
            sequence = _sub(_sub(schema, XSD, "complexType", name=kind.name), XSD, "sequence")
            _member(sequence, kind.item.name, kind.item, maxOccurs="unbounded")
        case Complex():
            _complex(_sub(schema, XSD, "complexType", name=kind.name), kind)
    _sub(schema, XSD, "element", name=kind.name, nillable="true", type=f"tns:{kind.name}")


def _complex(element: Element, kind: Complex) -> None:
    if kind.base:
        content = _sub(element, XSD, "complexContent", mixed="false")
        element = _sub(content, XSD, "extension", base=f"tns:{kind.base.name}")
    _members(_sub(element, XSD, "sequence"), kind.own_members)


def _members(sequence: Element, members: tuple[tuple[str, Type], ...]) -> None:
    for name, kind in members:
        _member(sequence, name, kind)


def _member(parent: Element, name: str, kind: Type, **more: str) -> None:
    nillable = {"nillable": "true"} if kind.is_reference else {}
    _typed(parent, kind, {"minOccurs": "0", **more, "name": name, **nillable})


def _typed(parent: Element, kind: Type, attributes: dict[str, str]) -> None:
    """An element of that type; a foreign type's prefix is declared on the element itself, as WCF does."""
    known = {uri: prefix for prefix, uri in parent.nsmap.items() if prefix in ("xs", "tns")}
    prefix = known.get(kind.namespace, "q")
    nsmap = {} if kind.namespace in known else {prefix: kind.namespace}
    etree.SubElement(parent, _qname(XSD, "element"), {**attributes, "type": f"{prefix}:{kind.name}"}, nsmap=nsmap)


def _enumeration(schema: Element, kind: Enumeration) -> None:
    restriction = _sub(_sub(schema, XSD, "simpleType", name=kind.name), XSD, "restriction", base="xs:string")
    for index, value in enumerate(kind.values):
        word = _sub(restriction, XSD, "enumeration", value=value)
        if kind.numbers and kind.numbers[index] != index:
            _note(word, "EnumerationValue", str(kind.numbers[index]))


def _note(parent: Element, name: str, text: str) -> None:
    """What .NET reads besides the schema."""
    appinfo = _sub(_sub(parent, XSD, "annotation"), XSD, "appinfo")
    etree.SubElement(appinfo, _qname(SERIALIZATION, name), nsmap={None: SERIALIZATION}).text = text  # type: ignore[dict-item]


def _dictionary(schema: Element, kind: Dictionary) -> None:
    own = _sub(schema, XSD, "complexType", name=kind.name)
    _note(own, "IsDictionary", "true")
    entry = _sub(_sub(own, XSD, "sequence"), XSD, "element", minOccurs="0", maxOccurs="unbounded", name=kind.entry)
    pair = _sub(_sub(entry, XSD, "complexType"), XSD, "sequence")
    for name in (KEY, VALUE):
        _typed(pair, STRING, {"name": name, "nillable": "true"})


def _fault_name(fault: Complex) -> str:
    return f"{fault.name}Fault"


def _messages(root: Element, service: Service, operation: Operation) -> None:
    stem = f"{service.port_type}_{operation.name}"
    for suffix, element in (("InputMessage", operation.name), ("OutputMessage", operation.response)):
        message = _sub(root, _WSDL, "message", name=f"{stem}_{suffix}")
        _sub(message, _WSDL, "part", name="parameters", element=f"tns:{element}")
    for fault in operation.faults:
        message = _sub(root, _WSDL, "message", name=f"{stem}_{_fault_name(fault)}_FaultMessage")
        prefix = "tns" if fault.namespace == ELOQUA else "q"
        nsmap = {} if prefix == "tns" else {prefix: fault.namespace}
        attributes = {"name": "detail", "element": f"{prefix}:{fault.name}"}
        etree.SubElement(message, _qname(_WSDL, "part"), attributes, nsmap=nsmap)


def _port_type(root: Element, service: Service) -> None:
    port_type = _sub(root, _WSDL, "portType", name=service.port_type)
    action = _qname(_WSAW, "Action")
    for each in service.operations:
        stem = f"tns:{service.port_type}_{each.name}"
        operation = _sub(port_type, _WSDL, "operation", name=each.name)
        _sub(operation, _WSDL, "input", **{action: each.action, "message": f"{stem}_InputMessage"})
        _sub(operation, _WSDL, "output", **{action: f"{each.action}Response", "message": f"{stem}_OutputMessage"})
        for fault in each.faults:
            name = _fault_name(fault)
            about = {action: f"{each.action}{name}", "name": name, "message": f"{stem}_{name}_FaultMessage"}
            _sub(operation, _WSDL, "fault", **about)


def _binding(root: Element, service: Service) -> Element:
    binding = _sub(root, _WSDL, "binding", name=service.port, type=f"tns:{service.port_type}")
    _sub(binding, _SOAP, "binding", transport=_HTTP)
    for each in service.operations:
        operation = _sub(binding, _WSDL, "operation", name=each.name)
        _sub(operation, _SOAP, "operation", soapAction=each.action, style="document")
        for part in ("input", "output"):
            _sub(_sub(operation, _WSDL, part), _SOAP, "body", use="literal")
        for fault in each.faults:
            name = _fault_name(fault)
            _sub(_sub(operation, _WSDL, "fault", name=name), _SOAP, "fault", use="literal", name=name, namespace="")
    return binding
