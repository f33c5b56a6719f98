"""spyne's classes for the types of a table, and plain values made of their instances.

Array types are ordinary models with one repeated member, as spyne's own `Array` names types and items
differently. A customized class is never instantiated, which costs a stack trace each time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mock_eloqua.soap.declaration import (
    BOOLEAN,
    INT,
    KEY,
    STRING,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Primitive,
    Type,
)
from mock_eloqua.soap.spyne_import import Boolean, ByteArray, ComplexModel, DateTime, Enum, Integer32, Unicode

_PRIMITIVES = {
    "string": Unicode,
    "int": Integer32,
    "boolean": Boolean,
    "dateTime": DateTime,
    "base64Binary": ByteArray,
}


class Models:
    """The spyne classes of one service, made when first asked for."""

    def __init__(self) -> None:
        self._made: dict[Type, Any] = {}

    def of(self, kind: Type) -> Any:
        """The class of a type."""
        if kind not in self._made:
            self._made[kind] = self._make(kind)
        return self._made[kind]

    def _make(self, kind: Type) -> Any:
        match kind:
            case Primitive():
                return _PRIMITIVES[kind.name]
            case Enumeration():
                return Enum(*kind.values, type_name=kind.name)
            case ListOf():
                item = self.of(kind.item).customize(
                    min_occurs=0, max_occurs="unbounded", nillable=kind.item.is_reference
                )
                return _model(kind, [(kind.item.name, item)])
            case Dictionary():
                pair = type(ComplexModel)(
                    f"{kind.name}Entry",
                    (ComplexModel,),
                    {"__namespace__": kind.namespace, "_type_info": [(name, self.of(STRING)) for name in (KEY, VALUE)]},
                )
                return _model(kind, [(kind.entry, pair.customize(min_occurs=0, max_occurs="unbounded"))])
            case Complex():
                return _model(kind, [(name, self.of(each)) for name, each in kind.members])


def _model(kind: Type, members: list[tuple[str, Any]]) -> Any:
    return type(ComplexModel)(
        kind.name,
        (ComplexModel,),
        {"__namespace__": kind.namespace, "__type_name__": kind.name, "_type_info": members},
    )


def plain(kind: Type, value: Any) -> Any:
    """What spyne read, as text, numbers, bytes, `datetime`, lists, pairs and dicts.

    What was nil or missing is None, a number 0, a boolean False; a word is None only where it is missing. A
    moment has a zone where its text had one; the first moment of all is how .NET says that there is none.
    """
    if value is None or value == datetime.min:  # noqa: DTZ901
        return _MISSING.get(kind)
    reader = _READERS.get(type(kind))
    return reader(kind, value) if reader else value


def _list(kind: ListOf, value: Any) -> list[Any]:
    return [plain(kind.item, each) for each in getattr(value, kind.item.name) or ()]


def _pairs(kind: Dictionary, value: Any) -> list[tuple[str, str]]:
    entries = getattr(value, kind.entry) or ()
    return [(getattr(each, KEY) or "", getattr(each, VALUE) or "") for each in entries if each is not None]


def _members(kind: Complex, value: Any) -> dict[str, Any]:
    return {name: plain(each, getattr(value, name)) for name, each in kind.members}


_MISSING: dict[Type, Any] = {INT: 0, BOOLEAN: False}
"""What WCF takes for a value that is not there [inferred]."""

_READERS: dict[type, Callable[[Any, Any], Any]] = {
    ListOf: _list,
    Dictionary: _pairs,
    Complex: _members,
    Enumeration: lambda _, value: str(value),
}
