"""Rows become bodies of uploads: limits, order, values; and what counts as rows."""

from __future__ import annotations

import io
import itertools
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloqua_client.bulk import Limits
from eloqua_client.bulk.chunks import Chunks
from eloqua_client.bulk.rows import rows_of

KEYS = st.sampled_from(["email", "first", "ä"])
ROWS = st.dictionaries(KEYS, st.none() | st.text(max_size=10) | st.integers(), max_size=3)
LONGEST = len(json.dumps(dict.fromkeys(("email", "first", "ä"), "\x00" * 10)))


def read(given):
    """The rows that are in something."""
    rows: Any = rows_of(given)
    return list(rows)


def bodies(rows, limits):
    """As a driver and `send` cut them."""
    source, chunks, found = iter(rows), Chunks(limits), []
    while True:
        any(map(chunks.add, source))
        more = chunks.is_full
        if chunks.rows:
            found.append(chunks.cut())
        if not more:
            return found


@given(st.lists(ROWS, max_size=20), st.integers(1, 12), st.integers(LONGEST + 2, 5 * LONGEST))
def test_bodies_keep_the_limits_and_the_order_and_lose_nothing(rows, most_rows, most_bytes):
    """bulk.md 7.1: 32 MB of a post are a hard limit."""
    cut = bodies(rows, Limits(rows=most_rows, bytes=most_bytes))

    lists = [json.loads(each) for each in cut]
    assert [row for each in lists for row in each] == rows
    assert all(1 <= len(each) <= most_rows for each in lists)
    assert all(len(each) <= most_bytes for each in cut)


@given(st.lists(ROWS, min_size=2, max_size=20), st.integers(LONGEST + 2, 5 * LONGEST))
def test_a_body_ends_only_where_the_next_row_does_not_fit(rows, most_bytes):
    """Ours: uploads are few, since a sync takes 500."""
    cut = bodies(rows, Limits(bytes=most_bytes))

    for body, following in itertools.pairwise(cut):
        first = json.loads(following)[0]
        encoded = json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode()
        assert len(body) + len(b",") + len(encoded) > most_bytes


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (None, None),
        ("", ""),
        (True, True),
        (1.5, 1.5),
        (Decimal("0.10"), "0.10"),
        (date(2024, 7, 1), "2024-07-01"),
        (datetime(2024, 7, 1, 12, 30), "2024-07-01 12:30:00.000"),  # noqa: DTZ001  that of Eloqua
        (datetime(2024, 7, 1, 12, 30, tzinfo=UTC), "2024-07-01 08:30:00.000"),
        (datetime(2024, 1, 1, 2, tzinfo=UTC), "2023-12-31 21:00:00.000"),
    ],
)
def test_dates_go_out_in_eastern_time_and_decimals_as_texts(value, wire):
    """bulk.md 11.2: dates without zone are Eastern [doc]."""
    (body,) = bodies([{"a": value}], Limits())

    assert json.loads(body) == [{"a": wire}]


def test_a_number_of_numpy_goes_out_as_that_of_python():
    """By its method: the library is not needed."""

    class Number:
        def item(self):
            return 7

    assert bodies([{"a": Number()}], Limits()) == [b'[{"a":7}]']


@pytest.mark.parametrize("wrong", [object(), float("nan"), {1, 2}, "\ud800"], ids=["object", "nan", "set", "surrogate"])
def test_a_value_that_cannot_be_sent_is_told_with_the_number_of_its_row(wrong):
    """JSON has no NaN."""
    with pytest.raises(ValueError, match=r"^row 2: "):
        bodies([{"a": 1}, {"a": wrong}], Limits())


def test_a_row_that_fits_into_no_upload_is_told_with_its_number():
    """Eloqua would answer 404."""
    with pytest.raises(ValueError, match="row 2 has 108 bytes, and an upload 100"):
        bodies([{"a": 1}, {"a": "x" * 100}], Limits(bytes=100))


@pytest.mark.parametrize(
    "wrong", [{"bytes": 32_000_001}, {"files": 501}, {"rows": 0}, {"files": 0}, {"staged": 0}, {"bytes": 2}]
)
def test_limits_are_within_those_of_eloqua(wrong):
    """bulk.md 18."""
    with pytest.raises(ValueError, match=r"room for a row|Eloqua takes"):
        Limits(**wrong)


TEXT = "email,first\r\na@example.test,Ada\r\nb@example.test,\r\n"
READ = [{"email": "a@example.test", "first": "Ada"}, {"email": "b@example.test", "first": ""}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_file_is_rows_by_its_path_and_open(tmp_path, encoding):
    """With or without the mark that spreadsheets write; an open file stays open."""
    path = tmp_path / "rows.csv"
    path.write_bytes(TEXT.encode(encoding))

    assert read(path) == read(str(path)) == READ
    with path.open("rb") as file:
        assert read(file) == READ
        assert not file.closed
    with path.open(encoding=encoding, newline="") as file:
        assert read(file) == READ


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2,3\n", "line 2 has more values"), ('a\n"x\n', "line 2: unexpected end of data")],
    ids=["ragged", "open"],
)
def test_a_broken_csv_file_is_told_with_its_line(text, said):
    """Rather than sent shifted."""
    with pytest.raises(ValueError, match=said):
        read(io.StringIO(text))


def test_a_frame_of_polars_is_rows():
    """By its method: the library is not needed."""

    class Frame:
        def iter_rows(self, *, named):
            return iter(READ if named else [])

    assert read(Frame()) == READ


def test_a_frame_of_pandas_is_rows_and_what_is_missing_is_none():
    """NaN, NaT and NA are none of JSON's."""
    pandas = pytest.importorskip("pandas", reason="pip install pandas")
    frame = pandas.DataFrame({"a": [1.5, None], "b": ["x", None], "c": [pandas.Timestamp("2024-07-01"), pandas.NaT]})

    assert read(frame) == [
        {"a": 1.5, "b": "x", "c": pandas.Timestamp("2024-07-01")},
        {"a": None, "b": None, "c": None},
    ]


@pytest.mark.parametrize("wrong", [{"email": "a"}, b"email", 7, None], ids=repr)
def test_what_holds_no_rows_is_told(wrong):
    """One row is not a list of rows."""
    with pytest.raises(TypeError, match=f"not a {type(wrong).__name__}"):
        rows_of(wrong)
