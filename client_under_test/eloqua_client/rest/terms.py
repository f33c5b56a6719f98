"""What to search for: terms, as REST's `search` takes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias, TypedDict, Unpack

from eloqua_client.rest.wire import text_of

Value: TypeAlias = str | int | float | Decimal | bool | datetime

_NAME = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)
_OPERATORS = {
    "equals": "=",
    "like": "=",
    "unequal": "!=",
    "unlike": "!=",
    "greater": ">",
    "less": "<",
    "at_least": ">=",
    "at_most": "<=",
}
_EXACT = ("equals", "unequal")
_ORDERED = ("greater", "less", "at_least", "at_most")


class Conditions(TypedDict, total=False):
    """What can be said of a field. Eloqua compares without case; times are sent in Unix seconds."""

    equals: Value | Collection[Value]
    """The whole value; `""` for none. Of several, any."""
    like: str | Collection[str]
    """With `*` for anything. Of several, any."""
    unequal: Value | Collection[Value]
    """What is blank is unequal to every value. Of several, none."""
    unlike: str | Collection[str]
    greater: Value
    less: Value
    at_least: Value
    at_most: Value


@dataclass(frozen=True, slots=True)
class Term:
    """What a thing has to be to be found: `str()` is what is sent, `a & b` asks for both."""

    text: str
    equated: frozenset[str]
    """The names that must equal something: of two such terms of one name, Eloqua would take either."""

    def __and__(self, other: Term) -> Term:
        """Both.

        Raises:
            ValueError: both say what one field equals.
        """
        if twice := self.equated & other.equated:
            said = (
                f"{', '.join(sorted(twice))} twice: Eloqua would find what is either (a list of values asks for that)"
            )
            raise ValueError(said)
        return Term(self.text + other.text, self.equated | other.equated)

    def __str__(self) -> str:
        return self.text


ANYTHING = Term("", frozenset())


def where(name: str, /, **conditions: Unpack[Conditions]) -> Term:
    """A term: the internal name of a field, or a property, and what it must be; of several conditions, all.

    Raises:
        ValueError: no such name can be; there is no condition; or none that Eloqua could be asked.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a field: letters, digits, _ and . (or give all of it as term=...)")
    if not conditions:
        raise ValueError(f"what must {name} be? say equals=, like=, greater= ... (or give all of it as term=...)")
    terms = list(_terms(name, conditions))
    found = terms[0]
    for term in terms[1:]:
        found &= term
    return found


def _terms(name: str, conditions: Conditions) -> Iterator[Term]:
    for condition, said in conditions.items():
        if condition not in _OPERATORS:
            raise ValueError(f"{condition}= is none of {', '.join(_OPERATORS)}")
        values = [said] if isinstance(said, str) or not isinstance(said, Collection) else list(said)
        if not values:
            raise ValueError(f"{condition}=[] would find nothing, and cannot be asked")
        operator = _OPERATORS[condition]
        text = "".join(f"{name}{operator}{_quoted(condition, value)}" for value in values)
        yield Term(text, frozenset({name.lower()} if operator == "=" else ()))


def _quoted(condition: str, value: object) -> str:
    text = text_of(value)
    if condition in _EXACT and "*" in text:
        raise ValueError(f"* stands for anything, and {text!r} can only be asked for by like= or unlike=")
    if condition in _ORDERED and not text:
        raise ValueError(f"{condition}= takes a value")
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise ValueError(f"{text!r} has quotes of both kinds, and Eloqua knows no third (use like= and * for one of them)")
