"""SQL that the two databases spell differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class text_after(FunctionElement[str]):  # noqa: N801  a SQL function, spelled like one
    """`text_after(text, sign)`: what follows the first *sign* in *text*."""

    type = String()
    inherit_cache = True


@compiles(text_after, "sqlite")
def _sqlite(element: text_after, compiler: Any, **kw: Any) -> str:
    text, sign = (compiler.process(each, **kw) for each in element.clauses)
    return f"substr({text}, instr({text}, {sign}) + 1)"


@compiles(text_after, "postgresql")
def _postgresql(element: text_after, compiler: Any, **kw: Any) -> str:
    text, sign = (compiler.process(each, **kw) for each in element.clauses)
    return f"split_part({text}, {sign}, 2)"


class sort_text(FunctionElement[str]):  # noqa: N801  a SQL function, spelled like one
    """`sort_text(text)`: the text to order by, without case and by code point on both databases."""

    type = String()
    inherit_cache = True


@compiles(sort_text, "sqlite")
def _sort_sqlite(element: sort_text, compiler: Any, **kw: Any) -> str:
    return f"lower({compiler.process(element.clauses, **kw)})"


@compiles(sort_text, "postgresql")
def _sort_postgresql(element: sort_text, compiler: Any, **kw: Any) -> str:
    return f'lower({compiler.process(element.clauses, **kw)}) COLLATE "C"'
