"""Makes parsers of the grammar files beside it, and turns their complaints into one line each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mock_eloqua.language.errors import SyntaxProblem

if TYPE_CHECKING:
    from lark import Lark, Transformer

_WORDS = {
    "OPERATOR": "an operator",
    "QUOTED": "a quoted value",
    "VALUE": "a value",
    "NUMBER": "a value",
    "NAME": "a name",
    "BARE": "a value",
    "TEXT": "a quoted text",
    "WORD": "a name",
    "KEY": "a key",
    "EQUAL": "=",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "DOT": "a dot",
    "__ANON_0": "{{",
    "__ANON_1": "}}",
    "$END": "the end",
}


@cache
def parser(name: str) -> Lark:
    """The parser of `<name>.lark`; lark is imported with the first one (0.1 s)."""
    from lark import Lark

    text = (files("mock_eloqua.language") / f"{name}.lark").read_text("utf-8")
    return Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse(name: str, text: str, transformer: Transformer[Any, Any]) -> Any:
    """*text* in the language *name*, as *transformer* builds it.

    Raises:
        SyntaxProblem: the text does not follow the grammar.
    """
    from lark.exceptions import UnexpectedInput

    try:
        tree = parser(name).parse(text)
    except UnexpectedInput as error:
        position = min(error.pos_in_stream if error.pos_in_stream is not None else len(text), len(text))
        raise SyntaxProblem(text, max(position, 0), _expected(error)) from None
    return transformer.transform(tree)


def _expected(error: Any) -> str:
    names = getattr(error, "accepts", None) or getattr(error, "expected", None) or getattr(error, "allowed", None) or ()
    words = sorted({_WORDS.get(name, name) for name in names})
    return f"expected {' or '.join(words)}" if words else "this says nothing"
