"""Messages of SOAP, written and read by hand: records and assets in, results and faults out (`soap` 3, 5).

What is read is held to the types of `table` on the way: every member is there, in its order and namespace, nil
only where it may be.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree
from lxml.etree import _Element as Element

from eloqua_contracts.contract import Unmet
from eloqua_contracts.envelope import SOAP
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import FULL, Pod
from eloqua_contracts.soap.table import (
    KEY,
    NAMESPACE,
    OPERATIONS,
    SERVICES,
    VALUE,
    XSD,
    Member,
    Name,
    Service,
    Type,
)

ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XOP = "{http://www.w3.org/2004/08/xop/include}Include"


@dataclass(frozen=True)
class Kind:
    """A type of entities or assets, as a call names it."""

    id: int
    name: str
    type: str


CONTACT, COMPANY = Kind(0, "Contact", "Base"), Kind(0, "Company", "Base")
CONTACT_GROUP = Kind(0, "ContactGroup", "ContactGroup")


# What is written: XML of members, whose namespace is that of the operation around them.


def member(name: str, value: object) -> str:
    """A member with a text, a number, a truth or bytes."""
    if isinstance(value, bool):
        written = "true" if value else "false"
    else:
        written = base64.b64encode(value).decode() if isinstance(value, bytes) else escape(str(value))
    return f"<{name}>{written}</{name}>"


def many(name: str, *members: str) -> str:
    """A member that holds members."""
    return f"<{name}>{''.join(members)}</{name}>"


def of_kind(name: str, kind: Kind) -> str:
    """A member that names a type."""
    return many(name, member("ID", kind.id), member("Name", kind.name), member("Type", kind.type))


def numbers(name: str, values: Iterable[int]) -> str:
    """A list of numbers."""
    return f'<{name} xmlns:a="{ARRAYS}">{"".join(f"<a:int>{each}</a:int>" for each in values)}</{name}>'


def texts(name: str, values: Iterable[str]) -> str:
    """A list of texts."""
    inside = "".join(f"<a:string>{escape(each)}</a:string>" for each in values)
    return f'<{name} xmlns:a="{ARRAYS}">{inside}</{name}>'


def entity(kind: Kind, values: Mapping[str, str] | None = None, key: int | None = None, *, name: str = "") -> str:
    """A `DynamicEntity`; what is None is left out, as clients do."""
    return _record("Entity", kind, values, key, name)


def asset(kind: Kind, values: Mapping[str, str] | None = None, key: int | None = None, *, name: str = "") -> str:
    """A `DynamicAsset`; what is None is left out, as clients do."""
    return _record("Asset", kind, values, key, name)


def _record(what: str, kind: Kind, values: Mapping[str, str] | None, key: int | None, name: str) -> str:
    pairs = [many(f"{what}Fields", member(KEY, each), member(VALUE, value)) for each, value in (values or {}).items()]
    parts = [of_kind(f"{what}Type", kind)]
    parts += [many("FieldValueCollection", *pairs)] if values is not None else []
    parts += [member("Id", key)] if key is not None else []
    return many(name or f"Dynamic{what}", *parts)


def call(pod: Pod, operation: str, *members: str, role: str = FULL) -> Exchange:
    """Call an operation with the XML of its members."""
    found = OPERATIONS[operation]
    body = f'<{operation} xmlns="{NAMESPACE}">{"".join(members)}</{operation}>'
    return pod.soap(found.action, body, service=found.service, role=role)


def ask(pod: Pod, operation: str, *members: str, role: str = FULL) -> Element:
    """Call an operation; its result.

    Raises:
        Unmet: it is refused, or its answer is of another form than its description says.
    """
    return result(call(pod, operation, *members, role=role), operation)


# What is read.


def result(exchange: Exchange, operation: str) -> Element:
    """The result in an answer.

    Raises:
        Unmet: there is none, or it is of another form than its description says.
    """
    about = OPERATIONS[operation]
    response = _body(exchange.expect(200))
    _check(response.tag == _tag((NAMESPACE, f"{operation}Response")), f"{exchange}: the answer is a {response.tag}")
    if about.result is None:
        _check(len(response) == 0, f"{exchange}: the answer is empty")
        return response
    _check(len(response) == 1, f"{exchange}: the answer holds its result alone")
    _check_member(SERVICES[about.service], response[0], about.result, NAMESPACE)
    return response[0]


def _body(exchange: Exchange) -> Element:
    root = exchange.xml()
    body = root.find(f"{{{SOAP}}}Body")
    if body is None or len(body) != 1:
        raise Unmet(f"{exchange}: the envelope has a body with one element")
    return body[0]


def _check(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Unmet(otherwise)


def _check_member(service: Service, found: Element, about: Member, namespace: str) -> None:
    _check(found.tag == _tag((namespace, about.name)), f"{about.name} is in its place; found {found.tag}")
    if is_nil(found):
        _check(about.may_be_nil, f"{about.name} is not nil")
    elif about.type in service.types:
        _check_content(service, found, service.types[about.type])
    elif len(found) == 0 and about.type[0] == XSD:
        _check_text(about, found.text or "")


def _check_text(about: Member, text: str) -> None:
    kind = about.type[1]
    if kind == "boolean":
        _check(text in ("true", "false"), f"{about.name} is true or false; found {text!r}")
    elif kind == "int":
        _check(text.removeprefix("-").isdecimal(), f"{about.name} is a number; found {text!r}")


def _check_content(service: Service, found: Element, kind: Type) -> None:
    namespace = kind.name[0]
    if kind.kind == "words":
        words = [word for word, _ in kind.words]
        _check(found.text in words, f"{kind.name[1]} is one of {', '.join(words)}; found {found.text!r}")
    elif kind.kind == "dictionary":
        for each in found:
            inside = [child.tag for child in each]
            wanted = [_tag((NAMESPACE, KEY)), _tag((NAMESPACE, VALUE))]
            is_entry = each.tag == _tag((namespace, kind.members[0].name)) and inside == wanted
            _check(is_entry, f"{kind.members[0].name} holds {KEY} and {VALUE}; found {each.tag} of {inside}")
    elif kind.kind == "list":
        for each in found:
            _check_member(service, each, kind.members[0], namespace)
    else:
        members = service.members(kind)
        there, wanted = [each.tag for each in found], [_tag((namespace, each.name)) for each in members]
        _check(there == wanted, f"{kind.name[1]} holds {[each.name for each in members]}; found {there}")
        for each, about in zip(found, members, strict=True):
            _check_member(service, each, about, namespace)


def _tag(name: Name) -> str:
    return f"{{{name[0]}}}{name[1]}"


def is_nil(element: Element) -> bool:
    """Is it nil?"""
    return element.get(f"{{{INSTANCE}}}nil") == "true"


def inside(element: Element, *names: str) -> Element:
    """The member at the end of a way of names.

    Raises:
        Unmet: there is none.
    """
    for name in names:
        found = element.find(_tag((NAMESPACE, name)))
        if found is None:
            raise Unmet(f"{etree.QName(element).localname} has {name}")
        element = found
    return element


def text(element: Element, *names: str) -> str:
    """The text of a member; that of nil is empty."""
    return inside(element, *names).text or ""


def number(element: Element, *names: str) -> int:
    """The number in a member."""
    found = text(element, *names)
    try:
        return int(found)
    except ValueError:
        raise Unmet(f"{names[-1] if names else element.tag} is a number; found {found!r}") from None


def words(element: Element, *names: str) -> list[str]:
    """The texts of the items of a list."""
    return [each.text or "" for each in inside(element, *names)]


def values(record: Element) -> dict[str, str]:
    """The fields of an entity, an asset or an activity, in their order."""
    return {text(each, KEY): text(each, VALUE) for each in inside(record, "FieldValueCollection")}


def kind_of(element: Element) -> Kind:
    """A type that an answer names."""
    return Kind(number(element, "ID"), text(element, "Name"), text(element, "Type"))


def binary(exchange: Exchange, found: Element) -> bytes:
    """The bytes of a member, whether they are in the envelope or beside it."""
    include = found.find(_XOP)
    if include is None:
        return base64.b64decode(found.text or "")
    boundary = exchange.headers["content-type"].partition('boundary="')[2].partition('"')[0].encode()
    part = exchange.body.split(b"--" + boundary)[2]
    return part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")


@dataclass(frozen=True)
class Outcome:
    """What came of one record of a call."""

    id: int
    errors: Sequence[tuple[str, str]]
    """Code and message of each."""
    success: bool | None
    """None where the result does not say."""
    kind: Kind | None


def outcomes(found: Element) -> list[Outcome]:
    """The results of a call that writes."""
    return [_outcome(each) for each in found]


def _outcome(found: Element) -> Outcome:
    success = found.find(_tag((NAMESPACE, "Success")))
    kinds = [each for each in found if etree.QName(each).localname in ("EntityType", "AssetType")]
    return Outcome(
        id=number(found, "ID"),
        errors=errors(found),
        success=None if success is None else success.text == "true",
        kind=kind_of(kinds[0]) if kinds and not is_nil(kinds[0]) else None,
    )


def errors(found: Element) -> list[tuple[str, str]]:
    """Code and message of each error of a result."""
    return [(text(each, "ErrorCode"), text(each, "Message")) for each in inside(found, "Errors")]


@dataclass(frozen=True)
class Fault:
    """A fault."""

    code: Name
    reason: str
    language: str
    detail: Element | None

    @property
    def name(self) -> str:
        """Of the element in its detail; none: it is one of the framework's."""
        return "" if self.detail is None else etree.QName(self.detail).localname

    @property
    def details(self) -> list[tuple[str, str]]:
        """Parameter and message of each detail of a ValidationFault."""
        if self.detail is None:
            return []
        found = self.detail.iter("{*}ValidationDetail")
        rows = [{etree.QName(part).localname: part.text or "" for part in each} for each in found]
        return [(row.get("Tag", ""), row.get("Message", "")) for row in rows]


def fault(exchange: Exchange, operation: str | None = None) -> Fault:
    """The fault that a call was answered with; one with a detail is one that the *operation* declares.

    Raises:
        Unmet: it was not, or with another.
    """
    found = _body(exchange.expect(500))
    _check(found.tag == _tag((SOAP, "Fault")), f"{exchange}: the body is a fault; found {found.tag}")
    code, reason, detail = found.find("faultcode"), found.find("faultstring"), found.find("detail")
    if code is None or reason is None:
        raise Unmet(f"{exchange}: a fault has faultcode and faultstring")
    prefix, _, local = (code.text or "").rpartition(":")
    namespace = code.nsmap.get(prefix or None, "")
    language = reason.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    fault = Fault((namespace, local), reason.text or "", language, None if detail is None else detail[0])
    if fault.detail is not None and operation is not None:
        name = etree.QName(fault.detail)
        is_declared = (name.namespace, name.localname) in OPERATIONS[operation].faults
        _check(is_declared, f"{exchange}: {operation} declares the fault; found {name}")
    return fault


def refusal(pod: Pod, operation: str, *members: str, role: str = FULL) -> Fault:
    """Call an operation that is refused; the fault.

    Raises:
        Unmet: it is not, or with a fault that the operation does not declare.
    """
    return fault(call(pod, operation, *members, role=role), operation)
