"""Writes answers: the envelope, its timestamp and its prefixes exactly as recorded, values by the table (`soap` 3.2).

Some clients match prefixes as text: `s` for the envelope, none for the contract, `i` for schema-instance on
the result, `a`, `b` ... for other namespaces on the element around the first child that has one. What is null
is nil and never left out; a list without items is an empty element [recorded].
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from mock_eloqua import dates
from mock_eloqua.clock import Clock
from mock_eloqua.soap.declaration import (
    ELOQUA,
    INSTANCE,
    KEY,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Primitive,
    Type,
)
from mock_eloqua.soap.faults import ENVELOPE, SECURITY, SoapFault
from mock_eloqua.soap.security import UTILITY

_VALID = 5 * 60_000
"""Milliseconds."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, though REST and Bulk can bring it in."""
_SPECIAL = re.compile(f"[&<>\r]|{_UNWRITABLE.pattern}")
"""What is not written as it is: few texts have any, and a page has thousands of texts."""

Writer = Callable[[Any], str]
"""Gives the content of an element, or None's mark for nil."""


def answer(operation: Operation, result: Any) -> bytes:
    """The envelope of a result."""
    return _envelope(_writer(operation)(result))


@cache
def _writer(operation: Operation) -> Writer:
    opened, closed = f'<{operation.response} xmlns="{ELOQUA}"', f"</{operation.response}>"
    kind = operation.result
    if kind is None:
        return lambda _: f"{opened}/>"
    write = _element(operation.result_member, kind, "", (ELOQUA,))
    instance = f' xmlns:i="{INSTANCE}"'
    is_bare = isinstance(kind, Primitive)
    return lambda result: f"{opened}>{write(result, '' if is_bare and result is not None else instance)}{closed}"


def fault(what: SoapFault) -> bytes:
    """The envelope of a fault."""
    namespace, code = what.code
    prefix, own = ("s", "") if namespace == ENVELOPE else ("a", f' xmlns:a="{namespace}"')
    detail = ""
    if what.detail is not None:
        element = what.detail.element
        declared = f' xmlns="{element.namespace}" xmlns:i="{INSTANCE}"'
        write = _element(element.name, element, "", (element.namespace,))
        detail = f"<detail>{write(what.detail.value, declared)}</detail>"
    return _envelope(
        f"<s:Fault><faultcode{own}>{prefix}:{code}</faultcode>"
        f'<faultstring xml:lang="en-US">{text(what.reason)}</faultstring>{detail}</s:Fault>'
    )


def _envelope(body: str) -> bytes:
    """By real time: strict clients refuse a timestamp that is off, whatever a test does to the site's clock."""
    now = _CLOCK.now()
    created, expires = dates.iso_milliseconds(now), dates.iso_milliseconds(now + _VALID)
    return (
        f'<s:Envelope xmlns:s="{ENVELOPE}" xmlns:u="{UTILITY}"><s:Header>'
        f'<o:Security s:mustUnderstand="1" xmlns:o="{SECURITY}"><u:Timestamp u:Id="_0">'
        f"<u:Created>{created}</u:Created><u:Expires>{expires}</u:Expires>"
        f"</u:Timestamp></o:Security></s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


_CLOCK = Clock()


def text(value: str) -> str:
    """A text as content of an element."""
    if _SPECIAL.search(value) is None:
        return value
    return escape(_UNWRITABLE.sub("\ufffd", value)).replace("\r", "&#xD;")


def _binary(value: bytes | str) -> str:
    """A text stands for bytes that are elsewhere."""
    return value if isinstance(value, str) else base64.b64encode(value).decode()


def _moment(value: datetime | None) -> str:
    """As .NET writes one: without a zone, or in UTC. The first moment of all says that there is none."""
    moment = value or datetime.min  # noqa: DTZ901
    zone = "" if moment.tzinfo is None else "Z"
    moment = moment.astimezone(UTC) if zone else moment
    fraction = f".{moment.microsecond:06d}".rstrip("0").rstrip(".")
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}{fraction}{zone}"


ElementWriter = Callable[[Any, str], str]
"""Writes an element with a value and extra declarations."""


Scope = tuple[str, ...]
"""The namespaces that have a prefix where an element stands: the first none, the others `a`, `b` ..."""


@cache
def _element(name: str, kind: Type, prefix: str, scope: Scope) -> ElementWriter:
    """How to write an element called *name* of a type."""
    tag = f"{prefix}{name}"
    content, declared = _content(kind, scope)

    def write(value: Any, more: str) -> str:
        if value is None and kind.is_reference:
            return f'<{tag}{more} i:nil="true"/>'
        inner = content(value)
        return f"<{tag}{declared}{more}>{inner}</{tag}>" if inner else f"<{tag}{declared}{more}/>"

    return write


def _content(kind: Type, scope: Scope) -> tuple[Writer, str]:
    """How to write what is inside an element of a type, and what its children need declared on it."""
    match kind:
        case Primitive(name="boolean"):
            return lambda value: "true" if value else "false", ""
        case Primitive(name="string"):
            return text, ""
        case Primitive(name="dateTime"):
            return _moment, ""
        case Primitive(name="base64Binary"):
            return _binary, ""
        case Primitive() | Enumeration():
            return str, ""
        case Dictionary():
            return _pairs(kind), ""
        case ListOf():
            prefix, inside, declared = _entered(kind.namespace, scope)
            item = _element(kind.item.name, kind.item, prefix, inside)
            return lambda values: "".join([item(value, "") for value in values]), declared
        case Complex():
            prefix, inside, declared = _entered(kind.namespace, scope)
            members = [(name, _element(name, each, prefix, inside)) for name, each in kind.members]
            return lambda value: "".join([write(value[name], "") for name, write in members]), declared


def _entered(namespace: str, scope: Scope) -> tuple[str, Scope, str]:
    """The prefix of elements in *namespace*, the scope with it, and its declaration where it is new."""
    if namespace not in scope:
        letter = chr(ord("`") + len(scope))
        return f"{letter}:", (*scope, namespace), f' xmlns:{letter}="{namespace}"'
    place = scope.index(namespace)
    return f"{chr(ord('`') + place)}:" if place else "", scope, ""


def _pairs(kind: Dictionary) -> Writer:
    before, between, after = f"<{kind.entry}><{KEY}>", f"</{KEY}>", f"</{kind.entry}>"

    def write(pairs: Sequence[tuple[str, str]]) -> str:
        return "".join([f"{before}{name}{between}{_value(value)}{after}" for name, value in pairs])

    return write


def _value(value: str) -> str:
    """No value is an empty element, not nil [recorded]."""
    return f"<{VALUE}>{text(value)}</{VALUE}>" if value else f"<{VALUE}/>"
