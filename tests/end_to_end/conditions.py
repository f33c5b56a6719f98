"""Searches, queries and filters: written in the three languages, and decided by plain Python (`rest` 5, `bulk` 15)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.end_to_end import views
from tests.end_to_end.model import Contact, World
from tests.end_to_end.values import EASTERN, EPOCH, FIELDS


@dataclass(frozen=True)
class Operand:
    """What can be asked for, and its names in REST, SOAP and Bulk."""

    kind: str
    read: Callable[[Contact], Any]
    rest: str
    soap: str
    bulk: str


def _field(name: str, kind: str, read: Callable[[Contact], Any], rest: str = "") -> Operand:
    return Operand(kind, read, rest or name, name, f"{{{{Contact.Field({name})}}}}")


def _value(name: str) -> Callable[[Contact], str]:
    return lambda contact: contact.values.get(name, "")


OPERANDS = {
    **{name: _field(name, field.kind, _value(name), field.property or "") for name, field in FIELDS.items()},
    "id": Operand("id", lambda contact: contact.id, "id", "ContactID", "{{Contact.Id}}"),
    "created": Operand(
        "instant", lambda contact: contact.created_at, "createdAt", "C_DateCreated", "{{Contact.CreatedAt}}"
    ),
    "updated": Operand(
        "instant", lambda contact: contact.updated_at, "updatedAt", "C_DateModified", "{{Contact.UpdatedAt}}"
    ),
    "subscribed": Operand(
        "boolean",
        lambda contact: contact.is_subscribed,
        "isSubscribed",
        "IsSubscribed",
        "{{Contact.Email.IsSubscribed}}",
    ),
    "bounced": Operand(
        "boolean", lambda contact: contact.is_bounced, "isBounceback", "IsBounceback", "{{Contact.Email.IsBounced}}"
    ),
    "external": _field("ContactIDExt", "text", views.external_id),
    "domain": _field("C_EmailAddressDomain", "text", views.domain),
    "whole": _field("C_FirstAndLastName", "text", views.whole_name),
}


@dataclass(frozen=True)
class Compare:
    """`operand operator value`."""

    operand: str
    operator: str
    value: str


@dataclass(frozen=True)
class OnList:
    """Being on a list."""

    list_id: int


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True)
class Joined:
    """All parts hold, or any."""

    word: str
    parts: tuple[Node, ...]


Node = Compare | OnList | Not | Joined


def as_filter(node: Node) -> str:
    """A Bulk filter, with few brackets, so that precedence counts."""
    match node:
        case Compare(name, sign, value):
            return f"'{OPERANDS[name].bulk}' {sign} '{value.replace(chr(39), chr(39) * 2)}'"
        case OnList(list_id):
            return f"EXISTS('{{{{ContactList[{list_id}]}}}}')"
        case Not(part):
            return f"NOT {_bracketed(part)}"
        case Joined("AND", parts):
            return " AND ".join(_bracketed(part) for part in parts)
        case Joined(_, parts):
            return " OR ".join(map(as_filter, parts))


def _bracketed(node: Node) -> str:
    return f"({as_filter(node)})" if isinstance(node, Joined) else as_filter(node)


def as_query(terms: Sequence[Compare]) -> str:
    """A SOAP query: all have to hold."""
    return " AND ".join(f"{OPERANDS[each.operand].soap}{each.operator}{quoted(each.value)}" for each in terms)


def as_search(terms: Sequence[Compare]) -> str:
    """A REST search: terms back to back."""
    return "".join(f"{OPERANDS[each.operand].rest}{each.operator}{quoted(each.value)}" for each in terms)


def quoted(value: str) -> str:
    """A value in those quotes that it does not have."""
    return f'"{value}"' if "'" in value else f"'{value}'"


def leaves(node: Node) -> Iterator[Compare | OnList]:
    """The single conditions of a filter."""
    match node:
        case Not(part):
            yield from leaves(part)
        case Joined(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield node


def chosen(world: World, node: Node) -> list[Contact]:
    """The contacts that a filter chooses."""
    return [each for each in by_id(world) if _holds(world, each, node)]


def queried(world: World, terms: Sequence[Compare]) -> list[Contact]:
    """The contacts for which all terms hold; `*` stands for anything."""
    return [each for each in by_id(world) if all(_compares(each, term, wildcard="*") for term in terms)]


def searched(world: World, terms: Sequence[Compare]) -> list[Contact]:
    """The same, but equalities of one name mean OR."""
    groups: dict[object, list[Compare]] = {}
    for number, term in enumerate(terms):
        groups.setdefault(term.operand if term.operator == "=" else number, []).append(term)
    return [
        each
        for each in by_id(world)
        if all(any(_compares(each, term, wildcard="*") for term in group) for group in groups.values())
    ]


def by_id(world: World) -> list[Contact]:
    """All contacts, the oldest first."""
    return sorted(world.contacts.values(), key=lambda contact: contact.id)


def _holds(world: World, contact: Contact, node: Node) -> bool:
    match node:
        case Compare():
            return _compares(contact, node, wildcard="")
        case OnList(list_id):
            return contact.id in world.lists[list_id].members
        case Not(part):
            return not _holds(world, contact, part)
        case Joined(word, parts):
            decide = all if word == "AND" else any
            return decide(_holds(world, contact, part) for part in parts)


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def _compares(contact: Contact, term: Compare, wildcard: str) -> bool:
    operand = OPERANDS[term.operand]
    value = operand.read(contact)
    if term.value == "":  # `=` finds blanks, `!=` all others
        return bool(value == "") != (term.operator == "!=")
    if term.operator == "~" or (wildcard and wildcard in term.value and term.operator in ("=", "!=")):
        found = _is_like(value, term.value, "%" if term.operator == "~" else wildcard, one="_" * (term.operator == "~"))
        return found != (term.operator == "!=")
    if operand.kind in ("date", "instant"):
        return _in_time(operand.kind, value, term)
    left, right = _LEFT[operand.kind](value), _RIGHT[operand.kind](term.value)
    if left is None or right is None:
        return term.operator == "!="
    return _SIGNS[term.operator](left, right)


def _is_like(text: str, pattern: str, any_run: str, one: str) -> bool:
    """Is *text* like *pattern*, case aside? What is blank is like nothing but a run of anything."""
    if not pattern.strip(any_run):
        return True
    pieces = {any_run: ".*", one: "."}
    wanted = "".join(pieces.get(sign) or re.escape(sign) for sign in pattern.lower())
    return text != "" and re.fullmatch(wanted, text.lower(), re.DOTALL) is not None


def _in_time(kind: str, value: Any, term: Compare) -> bool:
    """A literal without a fraction of a second is as long as what it names: a second; a day is its midnight."""
    if value == "":
        return term.operator == "!="
    first, last = _span(term.value)
    if kind == "date":
        value = _milliseconds(datetime.fromisoformat(value))
    match term.operator:
        case "=" | "!=":
            return bool(first <= value <= last) == (term.operator == "=")
        case ">" | "<=":
            return _SIGNS[term.operator](value, last)
        case _:
            return _SIGNS[term.operator](value, first)


def _span(literal: str) -> tuple[int, int]:
    if literal.isdigit():
        return int(literal) * 1000, int(literal) * 1000 + 999
    first = _milliseconds(datetime.fromisoformat(literal))
    return first, first + (999 if ":" in literal and "." not in literal else 0)


def _milliseconds(there: datetime) -> int:
    return (there.replace(tzinfo=EASTERN) - EPOCH) // timedelta(milliseconds=1)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"\s*[+-]?\d+(\.\d+)?\s*", text) else None


def _integer(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*-?\d+\s*", text) else None


_LEFT: dict[str, Callable[[Any], Any]] = {
    "address": str.lower,
    "text": str.lower,
    "number": _decimal,
    "id": int,
    "boolean": bool,
}
_RIGHT: dict[str, Callable[[str], Any]] = {
    "address": str.lower,
    "text": str.lower,
    "number": _decimal,
    "id": _integer,
    "boolean": {"true": True, "1": True, "false": False, "0": False}.get,
}
