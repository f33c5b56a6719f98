"""The Eloqua Markup Language: `{{Contact.Field(C_EmailAddress)}}` (`bulk` 14); its grammar is `statement.lark`.

Which statements there are is for the entities to say: `{{Contact.Moon}}` is one to the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mock_eloqua.language import grammar

if TYPE_CHECKING:
    from lark import Token


@dataclass(frozen=True, slots=True)
class Root:
    """What a statement starts from: `Contact`, `CustomObject[48]` or `ActionInstance(guid)`."""

    name: str
    key: str | None = None
    brackets: str = ""
    """`[]` around an id, `()` around a guid, nothing without a key."""

    def __str__(self) -> str:
        return self.name if self.key is None else f"{self.name}{self.brackets[0]}{self.key}{self.brackets[1]}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A step to a property, or along a relation: `Id`, `Account`."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class FieldName:
    """A step to a field by its internal name: `Field(C_EmailAddress)`."""

    name: str

    def __str__(self) -> str:
        return f"Field({self.name})"


@dataclass(frozen=True, slots=True)
class FieldId:
    """A step to a field by its id: `Field[371]`."""

    id: str

    def __str__(self) -> str:
        return f"Field[{self.id}]"


@dataclass(frozen=True, slots=True)
class Item:
    """A step to one of several: `Group[12]`."""

    name: str
    id: str

    def __str__(self) -> str:
        return f"{self.name}[{self.id}]"


Step = Attribute | FieldName | FieldId | Item


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: what it starts from, and the way from there. `str()` gives its canonical text."""

    root: Root
    path: tuple[Step, ...]
    braced: bool
    """Written with braces; live PODs take the form without [client]."""

    @property
    def root_key(self) -> str | None:
        """The id or guid of what it starts from."""
        return self.root.key

    def __str__(self) -> str:
        return "{{" + ".".join(map(str, (self.root, *self.path))) + "}}"


@lru_cache(maxsize=1024)
def parse(text: str) -> Statement:
    """Read a statement; blanks between its words are passed over, as is the case of `Field` [inferred].

    Raises:
        SyntaxProblem: it does not follow the grammar.
    """
    found: Statement = grammar.parse("statement", text, _Builder)
    return found


class _Builder:
    """What the rules of the grammar make."""

    def braced(self, parts: list[Statement]) -> Statement:
        return parts[1]

    def unbraced(self, parts: list[Statement]) -> Statement:
        return Statement(parts[0].root, parts[0].path, braced=False)

    def path(self, parts: list[Any]) -> Statement:
        root, *steps = parts
        return Statement(root, tuple(steps), braced=True)

    def plain_root(self, tokens: list[Token]) -> Root:
        return Root(str(tokens[0]))

    def named_root(self, tokens: list[Token]) -> Root:
        return Root(str(tokens[0]), str(tokens[1]), "()")

    def numbered_root(self, tokens: list[Token]) -> Root:
        return Root(str(tokens[0]), str(tokens[1]), "[]")

    def attribute(self, tokens: list[Token]) -> Step:
        return Attribute(str(tokens[0]))

    def field_name(self, tokens: list[Token]) -> Step:
        return FieldName(str(tokens[0]))

    def field_id(self, tokens: list[Token]) -> Step:
        return FieldId(str(tokens[0]))

    def item(self, tokens: list[Token]) -> Step:
        return Item(str(tokens[0]), str(tokens[1]))
