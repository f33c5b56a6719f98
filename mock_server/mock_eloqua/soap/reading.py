"""Reads the body of a request by its contract, as WCF does: one pass from elements to plain values.

WCF goes by qualified names, takes the first of two equal members, passes over what it does not expect, and
refuses text where elements belong and elements where text belongs [inferred]. Attributes say nothing but nil.

Values are text, numbers, bytes, `datetime`, lists, pairs of texts and dicts by member name. What is nil or
missing is None, a number 0, a boolean False; a word is None only where it is missing. A moment has a zone
where its text had one; the first moment of all is how .NET says that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap.declaration import (
    BOOLEAN,
    ELOQUA,
    INSTANCE,
    INT,
    KEY,
    STRING,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Primitive,
    Type,
)

_NIL = f"{{{INSTANCE}}}nil"
_MISSING: dict[Type, Any] = {INT: 0, BOOLEAN: False}
"""What WCF takes for a value that is not there [inferred]."""


class Unfit(ValueError):
    """An element that cannot be what its contract says."""


Read = Callable[[Element, bool], Any]
"""Gives the value of an element; the flag asks that members come in the order of the contract."""
Converter = Callable[[Primitive], Callable[[str], Any]]
"""Gives what makes values of texts, in a type other than string."""


def children(elements: Iterable[Element]) -> dict[str, Element]:
    """What is in an element, by tag; the first of equal ones."""
    found: dict[str, Element] = {}
    for each in elements:
        found.setdefault(each.tag, each)
    return found


def reader(operation: Operation, converter: Converter) -> Callable[[Element, bool], list[Any]]:
    """What reads the element of a request, which as a whole is never nil, into the values of its members.

    It raises `Unfit`, or what converting raises, where that cannot be.
    """
    read = _members(ELOQUA, operation.request, converter)
    return lambda element, in_order: list(read(element, in_order).values())


def _reader(kind: Type, converter: Converter) -> Read:
    match kind:
        case Complex():
            return _unless_nil(_members(kind.namespace, kind.members, converter))
        case ListOf():
            return _unless_nil(_items(_tag(kind.namespace, kind.item.name), _reader(kind.item, converter)))
        case Dictionary():
            return _unless_nil(_pairs(kind, converter))
        case Enumeration():
            return _unless_nil(_word(frozenset(kind.values)), may_be_nil=kind.is_reference)
        case Primitive():
            return _string if kind == STRING else _unless_nil(_primitive(kind, converter), may_be_nil=kind.is_reference)


def _unless_nil(read: Read, *, may_be_nil: bool = True) -> Read:
    def value(element: Element, in_order: bool) -> Any:
        if not (element.keys() and _is_nil(element)):
            return read(element, in_order)
        if not may_be_nil:
            raise Unfit(f"{_name(element)} cannot be nil")
        return None

    return value


def _is_nil(element: Element) -> bool:
    """Asked of elements with attributes only: few have any."""
    return element.get(_NIL, "").strip() in ("true", "1")


def _members(namespace: str, members: Sequence[tuple[str, Type]], converter: Converter) -> Read:
    missing = {name: _MISSING.get(kind) for name, kind in members}
    known = {
        _tag(namespace, name): (place, name, _reader(kind, converter)) for place, (name, kind) in enumerate(members)
    }

    def read(element: Element, in_order: bool) -> dict[str, Any]:
        values, expected, furthest = missing.copy(), known.copy(), -1
        if element.text:
            _check_blank(element.text, element)
        for child in element:
            if child.tail:
                _check_blank(child.tail, element)
            found = expected.pop(child.tag, None)
            if found is None or (in_order and found[0] < furthest):
                continue
            furthest, name, value = found
            values[name] = value(child, in_order)
        return values

    return read


def _items(tag: str, item: Read) -> Read:
    def read(element: Element, in_order: bool) -> list[Any]:
        values = []
        if element.text:
            _check_blank(element.text, element)
        for child in element:
            if child.tail:
                _check_blank(child.tail, element)
            if child.tag == tag:
                values.append(item(child, in_order))
        return values

    return read


def _pairs(kind: Dictionary, converter: Converter) -> Read:
    pair = _members(kind.namespace, ((KEY, STRING), (VALUE, STRING)), converter)
    entries = _items(_tag(kind.namespace, kind.entry), _unless_nil(pair))
    usual = _usual_pairs(*(_tag(kind.namespace, name) for name in (kind.entry, KEY, VALUE)))

    def read(element: Element, in_order: bool) -> list[tuple[str, str]]:
        if (pairs := usual(element)) is not None:
            return pairs
        found = entries(element, in_order)
        return [(each[KEY] or "", each[VALUE] or "") for each in found if each is not None]

    return read


def _usual_pairs(entry: str, key: str, value: str) -> Callable[[Element], list[tuple[str, str]] | None]:
    """What reads entries that hold two texts and nothing else; it gives None where one is not so.

    Most of a call are such entries, and one walk through them takes half the time [measured].
    """

    def read(element: Element) -> list[tuple[str, str]] | None:
        inside = list(element.iterdescendants())
        if element.text or len(inside) != 3 * len(element):  # so that nothing is inside of keys and values
            return None
        pairs, following = [], iter(inside)
        for outer, first, second in zip(following, following, following, strict=True):
            tags = outer.tag == entry and first.tag == key and second.tag == value
            more = (
                outer.text or outer.tail or first.tail or second.tail or outer.keys() or first.keys() or second.keys()
            )
            if not tags or more or len(outer) != 2:
                return None
            pairs.append((first.text or "", second.text or ""))
        return pairs

    return read


def _string(element: Element, _: bool) -> str | None:
    if not (element.keys() or len(element)):
        return element.text or ""
    return None if _is_nil(element) else _text(element)


def _primitive(kind: Primitive, converter: Converter) -> Read:
    convert = converter(kind)

    def read(element: Element, _: bool) -> Any:
        text = _text(element)
        if text == "" and not kind.is_reference:
            raise Unfit(f"{_name(element)} is empty")
        value = convert(text)
        return None if value == datetime.min else value  # noqa: DTZ901

    return read


def _word(words: frozenset[str]) -> Read:
    def read(element: Element, _: bool) -> str:
        text = _text(element)
        if text not in words:
            raise Unfit(f"{_name(element)} is none of {', '.join(sorted(words))}")
        return text

    return read


def _text(element: Element) -> str:
    if len(element):
        raise Unfit(f"{_name(element)} holds elements where text belongs")
    return element.text or ""


def _check_blank(text: str, around: Element) -> None:
    if not text.isspace():
        raise Unfit(f"{_name(around)} holds text where elements belong")


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _name(element: Element) -> str:
    return etree.QName(element).localname
