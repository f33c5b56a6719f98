"""The `search` parameter of REST lists (`rest` 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from mock_eloqua.language import grammar
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.operands import Resolver


@dataclass(frozen=True, slots=True)
class Search:
    """Terms, or one bare value."""

    text: str
    terms: tuple[Comparison, ...] = ()
    bare: str | None = None


def parse(text: str) -> Search:
    """Read a search; blank text searches for everything.

    Raises:
        SyntaxProblem: it does not follow the grammar.
    """
    if not text.strip():
        return Search(text)
    found: Search = grammar.parse("search", text, _builder(text))
    return found


@cache
def _builder_class() -> Any:
    from lark import Token, Transformer

    class Build(Transformer[Token, Search]):
        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def terms(self, terms: list[Comparison]) -> Search:
            return Search(self.text, tuple(terms))

        def bare(self, tokens: list[Token]) -> Search:
            return Search(self.text, bare=_unquoted(str(tokens[0]).strip()))

        def term(self, tokens: list[Token | None]) -> Comparison:
            name, operator, *values = [token for token in tokens if token is not None]
            value = _unquoted(str(values[0]).strip()) if values else ""
            return Comparison(str(name), str(operator), value, name.start_pos or 0)

    return Build


def _builder(text: str) -> Any:
    return _builder_class()(text)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] else text


def compile(search: Search, resolve: Resolver, bare: Sequence[str]) -> ColumnElement[bool]:  # noqa: A001  the field's word
    """The SQL of a search. A bare value is looked for in each of the names *bare*.

    The same name again means OR [recorded]; different names, and inequalities, AND [client, inferred].

    Raises:
        UnknownName, BadValue: a term asks for what cannot be.
    """
    if search.bare is not None:
        terms = [Comparison(name, "=", search.bare) for name in bare]
        return or_(*(condition(term, resolve, search.text) for term in terms))
    groups: dict[str, list[ColumnElement[bool]]] = {}
    for number, term in enumerate(search.terms):
        group = term.name if term.operator == "=" else f"{term.name} {number}"
        groups.setdefault(group, []).append(condition(term, resolve, search.text))
    return and_(true(), *(or_(*each) for each in groups.values()))
