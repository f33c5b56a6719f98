"""Makes parsers of the grammar files beside it, and turns their complaints into one line each.

What the rules of a grammar mean is said by the module of the same name, in its builder.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mock_eloqua.language.errors import SyntaxProblem

if TYPE_CHECKING:
    from lark import Lark, UnexpectedInput

_WORDS = {
    "AND": "AND",
    "BARE": "a value",
    "CLOSE": "}}",
    "DOT": "a dot",
    "EQUAL": "'='",
    "EXISTS": "EXISTS",
    "ID": "an id",
    "KEY": "a name or id",
    "LPAR": "an opening bracket",
    "LSQB": "an opening square bracket",
    "NAME": "a name",
    "NOT": "NOT",
    "NUMBER": "a value",
    "OPEN": "{{",
    "OPERATOR": "an operator",
    "OR": "OR",
    "QUOTED": "a value",
    "RPAR": "a closing bracket",
    "RSQB": "a closing square bracket",
    "STATUS": "STATUS",
    "TEXT": "a text in single quotes",
    "VALUE": "a value",
    "WORD": "a name",
    "_AND": "AND",
    "_FIELD": "a name",
    "_LEFT": "a name",
    "_RIGHT": "a closing square bracket",
    "$END": "the end",
}
"""What people call the terminals of the grammars."""


def parse(name: str, text: str, builder: type) -> Any:
    """*text* in the language *name*, as *builder* makes it: an object with one method for each rule.

    Raises:
        SyntaxProblem: the text does not follow the grammar.
    """
    from lark import UnexpectedInput

    try:
        return parser(name, builder).parse(text)
    except UnexpectedInput as error:
        raise SyntaxProblem(text, _position(error, text), _expected(error)) from None


@cache
def parser(name: str, builder: type) -> Lark:
    """The parser of `<name>.lark`. lark is imported with the first one: that alone takes 0.1 s."""
    from lark import Lark

    # The builder runs while the parser does, so that no tree is walked: nesting costs no recursion.
    return Lark.open(f"{name}.lark", rel_to=__file__, parser="lalr", lexer="contextual", transformer=builder())


def _position(error: UnexpectedInput, text: str) -> int:
    token = getattr(error, "token", None)
    # The token for the end borrows the place of the one before it.
    if (token is not None and token.type == "$END") or error.pos_in_stream is None:
        return len(text)
    return error.pos_in_stream


def _expected(error: UnexpectedInput) -> str:
    names = getattr(error, "accepts", None) or getattr(error, "allowed", None) or ()
    *most, last = sorted({_WORDS.get(each, each) for each in names}) or ["something else"]
    return f"expected {', '.join(most)} or {last}" if most else f"expected {last}"
