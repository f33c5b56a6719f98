"""SQL that the two databases spell differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, cast, column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from mock_eloqua.store.tables.schema import Document


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


class json_elements(FunctionElement[str]):  # noqa: N801  a SQL function, spelled like one
    """`json_elements(text)`: the members of a JSON list, a table with one column of texts.

    One parameter where `IN (...)` would need thousands, which cost more to compile than to look up.
    """

    type = String()
    inherit_cache = True


@compiles(json_elements, "sqlite")
def _elements_sqlite(element: json_elements, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(json_elements, "postgresql")
def _elements_postgresql(element: json_elements, compiler: Any, **kw: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS JSONB))"


def among(wanted: ColumnElement[Any], json_list: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition of being a member of a JSON list of texts, or of numbers for a number."""
    member: ColumnElement[Any] = json_elements(json_list).table_valued(column("value", String)).c.value
    return wanted.in_(select(cast(member, wanted.type) if isinstance(wanted.type, Integer) else member))


class at_hand(FunctionElement[Any]):  # noqa: N801  a SQL function, spelled like one
    """`at_hand(document)`: the document, fetched from where long ones are and unpacked, for several looks at it."""

    type = Document
    inherit_cache = True


@compiles(at_hand, "sqlite")
def _at_hand_sqlite(element: at_hand, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(at_hand, "postgresql")
def _at_hand_postgresql(element: at_hand, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} || '{{}}')"  # which PostgreSQL makes no copy for
