"""spyne's classes for the types of a table, and how the texts of simple ones are converted.

Array types are ordinary models with one repeated member, as spyne's own `Array` names types and items
differently.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from mock_eloqua.soap.declaration import KEY, STRING, VALUE, Complex, Dictionary, Enumeration, ListOf, Primitive, Type
from mock_eloqua.soap.spyne_import import (
    Boolean,
    ByteArray,
    ComplexModel,
    DateTime,
    Enum,
    Integer32,
    Soap11,
    Unicode,
    ValidationError,
)

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


class Protocol(Soap11):  # type: ignore[misc]
    """SOAP 1.1 with the texts of XML Schema; spyne's own would do with others."""

    def __init__(self) -> None:
        super().__init__()
        self._from_unicode_handlers[Integer32] = _int
        self._from_unicode_handlers[Boolean] = _boolean
        self._from_unicode_handlers[DateTime] = _date_time
        self._from_unicode_handlers[ByteArray] = _bytes

    def converter(self, model: Any) -> Callable[[str], Any]:
        """What makes values of texts; it raises `ValidationError` for what is none."""
        return partial(self._from_unicode_handlers[model], model)


def _int(_cls: Any, text: str | None) -> int:
    """An `xs:int`: 32 bits."""
    given = (text or "").strip()
    if not _INT.fullmatch(given) or not -(2**31) <= int(given) < 2**31:
        raise ValidationError(given[:20], "%r is no xs:int")
    return int(given)


_INT = re.compile(r"[+-]?\d{1,20}", re.ASCII)


def _boolean(_cls: Any, text: str | None) -> bool:
    """An `xs:boolean`; spyne would take any other word for false."""
    given = (text or "").strip()
    if given not in _BOOLEANS:
        raise ValidationError(given[:20], "%r is no xs:boolean")
    return _BOOLEANS[given]


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _date_time(_cls: Any, text: str | None) -> datetime:
    """An `xs:dateTime`, with or without a zone; a date alone will do [client: `soap` 3.1]."""
    given = (text or "").strip()
    if found := _DATE_TIME.fullmatch(given):
        with suppress(ValueError):
            return datetime.fromisoformat(f"{found[1]}{(found[2] or '')[:7]}{found[3] or ''}")
    raise ValidationError(given[:40], "%r is no xs:dateTime")


_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?)((?<=:\d\d)\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _bytes(_cls: Any, text: str | None, _encoding: str | None = None) -> bytes:
    """An `xs:base64Binary`."""
    given = "".join((text or "").split())
    try:
        return base64.b64decode(given, validate=True)
    except ValueError:
        raise ValidationError(given[:20], "%r is no xs:base64Binary") from None
