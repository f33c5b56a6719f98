"""The query of SOAP's `Query` operation (`soap` 10.4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_

from mock_eloqua.language import grammar
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.operands import Resolver


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that all have to hold [client]."""

    text: str
    terms: tuple[Comparison, ...]


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        SyntaxProblem: it does not follow the grammar, or is blank.
    """
    terms: tuple[Comparison, ...] = grammar.parse("query", text, _builder()())
    return Query(text, terms)


@cache
def _builder() -> Any:
    from lark import Token, Transformer

    class Build(Transformer[Token, tuple[Comparison, ...]]):
        def terms(self, terms: list[Comparison]) -> tuple[Comparison, ...]:
            return tuple(terms)

        def term(self, tokens: list[Token]) -> Comparison:
            name, operator, value = tokens
            text = str(value).strip()
            if text[0] in "'\"":
                text = text[1:-1]
            return Comparison(str(name), str(operator), text, name.start_pos or 0)

    return Build


def compile(query: Query, resolve: Resolver) -> ColumnElement[bool]:  # noqa: A001  the field's word
    """The SQL of a query.

    Raises:
        UnknownName, BadValue: a condition asks for what cannot be.
    """
    return and_(*(condition(term, resolve, query.text) for term in query.terms))
