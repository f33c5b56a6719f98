"""The query of SOAP's `Query` operation (`soap` 10.4); its grammar is `query.lark`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement

from mock_eloqua.dates import EASTERN
from mock_eloqua.language import grammar
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.logic import all_of
from mock_eloqua.language.operands import Resolver

if TYPE_CHECKING:
    from lark import Token


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that all have to hold [client; one client's author found it nearer to OR]."""

    text: str
    terms: tuple[Comparison, ...]


@lru_cache(maxsize=100)
def parse(text: str) -> Query:
    """Read a query.

    Raises:
        SyntaxProblem: it does not follow the grammar, or is blank.
    """
    terms: tuple[Comparison, ...] = grammar.parse("query", text, _Builder)
    return Query(text, terms)


class _Builder:
    """What the rules of the grammar make."""

    def start(self, terms: list[Comparison]) -> tuple[Comparison, ...]:
        return tuple(terms)

    def term(self, tokens: list[Token]) -> Comparison:
        name, operator, value = tokens
        text = value[1:-1] if value.type == "QUOTED" else str(value)
        return Comparison(str(name), str(operator), text, name.start_pos or 0)


def to_sql(query: Query, resolve: Resolver, *, zone: tzinfo = EASTERN) -> ColumnElement[bool]:
    """The SQL of a query; dates without an offset are read in *zone* [inferred].

    Raises:
        UnknownName: a condition names what is not there.
        BadValue: a value does not go with its operator.
    """
    return all_of([condition(term, resolve, query.text, zone=zone) for term in query.terms])
