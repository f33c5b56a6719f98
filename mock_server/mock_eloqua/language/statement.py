"""The Eloqua Markup Language: `{{Contact.Field(C_EmailAddress)}}` (`bulk` 14)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from mock_eloqua.language import grammar


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a path: `Id`, `Field(C_City)` or `Group[12]`."""

    name: str
    key: str | None = None
    brackets: str = ""
    """`()` or `[]` around the key."""

    def __str__(self) -> str:
        return self.name if self.key is None else f"{self.name}{self.brackets[0]}{self.key}{self.brackets[1]}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: what it starts from, and the way from there."""

    root: Step
    path: tuple[Step, ...]
    braced: bool
    """Written with braces; live PODs take the form without [client]."""

    def __str__(self) -> str:
        return "{{" + ".".join(map(str, (self.root, *self.path))) + "}}"


@lru_cache(maxsize=1024)
def parse(text: str) -> Statement:
    """Read a statement.

    Raises:
        SyntaxProblem: it does not follow the grammar.
    """
    found: Statement = grammar.parse("statement", text, _builder()())
    return found


@cache
def _builder() -> Any:
    from lark import Token, Transformer

    class Build(Transformer[Token, Statement]):
        def braced(self, parts: list[list[Step]]) -> Statement:
            return Statement(parts[0][0], tuple(parts[0][1:]), braced=True)

        def bare(self, parts: list[list[Step]]) -> Statement:
            return Statement(parts[0][0], tuple(parts[0][1:]), braced=False)

        def path(self, steps: list[Step]) -> list[Step]:
            return steps

        def attribute(self, tokens: list[Token]) -> Step:
            return Step(str(tokens[0]))

        def named(self, tokens: list[Token]) -> Step:
            return Step(str(tokens[0]), str(tokens[1]), "()")

        def numbered(self, tokens: list[Token]) -> Step:
            return Step(str(tokens[0]), str(tokens[1]), "[]")

    return Build
