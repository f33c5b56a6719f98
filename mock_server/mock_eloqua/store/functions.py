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
