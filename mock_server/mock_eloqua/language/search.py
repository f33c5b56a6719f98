"""The `search` parameter of REST lists (`rest` 5, `what-real-clients-do` 4); its grammar is `search.lark`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, true

from mock_eloqua.dates import EASTERN
from mock_eloqua.language import grammar
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.logic import all_of, any_of
from mock_eloqua.language.operands import Resolver

if TYPE_CHECKING:
    from lark import Token


@dataclass(frozen=True, slots=True)
class Search:
    """Terms, or one bare value; neither searches for everything."""

    text: str
    terms: tuple[Comparison, ...] = ()
    bare: str | None = None


def parse(text: str) -> Search:
    """Read a search; blank text searches for everything [client].

    Raises:
        SyntaxProblem: it does not follow the grammar.
    """
    if not text.strip():
        return Search(text)
    found: str | tuple[Comparison, ...] = grammar.parse("search", text, _Builder)
    return Search(text, bare=found) if isinstance(found, str) else Search(text, found)


Head = Callable[[str], Comparison]
"""A term that waits for its value."""


class _Builder:
    """What the rules of the grammar make."""

    def terms(self, terms: list[Comparison]) -> tuple[Comparison, ...]:
        return tuple(terms)

    def bare(self, tokens: list[Token]) -> str:
        return _unquoted(tokens[0].strip())

    def closed(self, parts: tuple[Head, Token]) -> Comparison:
        head, value = parts
        return head(_unquoted(value))

    def open(self, parts: list[Any]) -> Comparison:
        head: Head = parts[0]
        values: list[Token] = parts[1:]
        return head(values[0].strip() if values else "")

    def head(self, tokens: list[Token]) -> Head:
        name, operator = tokens
        return lambda value: Comparison(str(name), str(operator), str(value), name.start_pos or 0)


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]
    return text[1:-1] if quoted else text


def to_sql(search: Search, resolve: Resolver, bare: Sequence[str], *, zone: tzinfo = EASTERN) -> ColumnElement[bool]:
    """The SQL of a search. A bare value is looked for in each of the names *bare* [doc, client].

    Terms of the same name mean OR [recorded], but AND where they are inequalities [inferred];
    different names mean AND [client, inferred].

    Raises:
        UnknownName: a term names what is not there.
        BadValue: a value does not go with its operator.
    """
    if search.bare is not None:
        return _anywhere(search, resolve, bare, zone)
    groups: dict[str, list[ColumnElement[bool]]] = {}
    for number, term in enumerate(search.terms):
        group = term.name.lower() if term.operator == "=" else f"{term.name} {number}"
        groups.setdefault(group, []).append(condition(term, resolve, search.text, zone=zone))
    return all_of([any_of(group) for group in groups.values()])


def _anywhere(search: Search, resolve: Resolver, names: Sequence[str], zone: tzinfo) -> ColumnElement[bool]:
    value = search.bare or ""
    if value and not value.strip("*"):
        return true()
    terms = [Comparison(name, "=", value) for name in names]
    return any_of([condition(term, resolve, search.text, zone=zone) for term in terms])
