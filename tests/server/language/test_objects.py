"""Flat JSON objects, by column and by row: whatever their keys are."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua.language import objects

keys = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5, unique=True)
"""Some of which no struct can have: with quotes, backslashes, control characters."""
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.just("")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names, rows = draw(keys), draw(st.integers(1, 4))
    return names, [draw(st.lists(texts, min_size=rows, max_size=rows)) for _ in names]


@given(tables())
def test_a_table_is_listed_with_all_its_keys_and_read_again(table: tuple[list[str], list[list[str]]]) -> None:
    names, columns = table
    listed = objects.listed(names, columns)

    assert orjson.loads(listed) == [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    assert [list(each) for each in orjson.loads(listed)] == [names] * len(columns[0])
    assert objects.by_row(listed, tuple(names)) == list(zip(*columns, strict=True))


@given(tables(), keys)
def test_documents_lack_what_is_blank_which_reads_as_blank(
    table: tuple[list[str], list[list[str]]], others: list[str]
) -> None:
    names, columns = table
    documents = list(
        objects.each_encoded(objects.without_blanks(dict(zip(names, columns, strict=True)), len(columns[0])))
    )

    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    assert [orjson.loads(each) for each in documents] == [{k: v for k, v in row.items() if v} for row in rows]
    wanted = tuple(dict.fromkeys([*names, *others]))
    found = objects.by_column(documents, wanted)
    assert {key: list(column) for key, column in found.items()} == {
        key: [row.get(key, "") for row in rows] for key in wanted
    }


def test_rows_without_columns_are_empty_documents() -> None:
    assert list(objects.each_encoded(objects.without_blanks({}, 3))) == ["{}"] * 3


def test_a_key_with_a_quote_is_none_of_a_struct() -> None:
    with pytest.raises(objects.CannotBeStruct):
        objects.struct(('say "hello"',))
