"""Brings the body of a request into the form of its contract, as WCF reads one, before spyne sees it.

WCF goes by qualified names, takes the first of two equal members, passes over what it does not expect, and
refuses text where elements belong and elements where text belongs [inferred]. spyne goes by local names,
takes the last, the text before a child and `nil="false"` for nil, and trips over attributes named like members.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from mock_eloqua.soap.declaration import (
    ELOQUA,
    INSTANCE,
    KEY,
    STRING,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Type,
)

_NIL = f"{{{INSTANCE}}}nil"


class Unfit(ValueError):
    """An element that cannot be what its contract says."""


Fit = Callable[[Element, bool], None]
"""Brings one element into form; the flag asks that members come in the order of the contract."""


def fitter(operation: Operation) -> Fit:
    """What brings the element of a request into form; it raises `Unfit` where that cannot be."""
    inside = _fit_members({_tag(ELOQUA, name): _fit(kind) for name, kind in operation.request})

    def fit(element: Element, in_order: bool) -> None:
        element.attrib.clear()  # a request as a whole is never nil
        inside(element, in_order)

    return fit


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _fit(kind: Type) -> Fit:
    inside = _fit_content(kind)

    def fit(element: Element, in_order: bool) -> None:
        if _is_nil(element):
            if not kind.is_reference:
                raise Unfit(f"{_name(element)} cannot be nil")
        else:
            inside(element, in_order)

    return fit


def _is_nil(element: Element) -> bool:
    """Attributes say nothing but this, and go: spyne would take some of them for members."""
    if not element.attrib:
        return False
    nil = (element.get(_NIL) or "").strip() in ("true", "1")
    element.attrib.clear()
    if nil:
        element.set(_NIL, "true")
    return nil


def _fit_content(kind: Type) -> Fit:
    match kind:
        case Complex():
            return _fit_members({_tag(kind.namespace, name): _fit(each) for name, each in kind.members})
        case ListOf():
            return _fit_items(_tag(kind.namespace, kind.item.name), _fit(kind.item))
        case Dictionary():
            pair = {_tag(kind.namespace, name): _fit(STRING) for name in (KEY, VALUE)}
            return _fit_items(_tag(kind.namespace, kind.entry), _fit_members(pair))
        case Enumeration():
            return _fit_word(frozenset(kind.values))
        case _:
            return _fit_text if kind.is_reference else _fit_value


def _fit_members(members: Mapping[str, Fit]) -> Fit:
    places = {tag: place for place, tag in enumerate(members)}

    def fit(element: Element, in_order: bool) -> None:
        _check_no_text(element)
        seen: set[str] = set()
        furthest = -1
        for child in list(element):
            tag = child.tag
            if tag not in members or tag in seen or (in_order and places[tag] < furthest):
                element.remove(child)
            else:
                seen.add(tag)
                furthest = max(furthest, places[tag])
                members[tag](child, in_order)

    return fit


def _fit_items(tag: str, fit_item: Fit) -> Fit:
    def fit(element: Element, in_order: bool) -> None:
        _check_no_text(element)
        for child in list(element):
            if child.tag == tag:
                fit_item(child, in_order)
            else:
                element.remove(child)

    return fit


def _fit_text(element: Element, _: bool) -> None:
    if len(element):
        raise Unfit(f"{_name(element)} holds elements where text belongs")


def _fit_value(element: Element, in_order: bool) -> None:
    _fit_text(element, in_order)
    if element.text is None:  # spyne would take it for 0
        raise Unfit(f"{_name(element)} is empty")


def _fit_word(words: frozenset[str]) -> Fit:
    def fit(element: Element, in_order: bool) -> None:
        _fit_text(element, in_order)
        if element.text not in words:
            raise Unfit(f"{_name(element)} is none of {', '.join(sorted(words))}")

    return fit


def _check_no_text(element: Element) -> None:
    if (element.text and element.text.strip()) or any(each.tail and each.tail.strip() for each in element):
        raise Unfit(f"{_name(element)} holds text where elements belong")


def _name(element: Element) -> str:
    return etree.QName(element).localname
