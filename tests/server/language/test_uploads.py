"""The forms of uploads: the quick ways and the careful ones read the same."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua.language import csv_rows, uploads
from mock_eloqua.language.uploads import CSV, JSON, Unreadable

KEYS = ("email", "First Name", 'odd "key"\\')
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\r\n,'), max_size=12)
KEY = st.sampled_from(KEYS)


def read(form: str, content: bytes, size: int = 3) -> list[dict[str, str]]:
    """All rows, after the survey."""
    survey = uploads.survey(form, content, KEYS)
    spelled = uploads.spellings(survey.names, KEYS)
    found: list[dict[str, str]] = []
    for run in uploads.runs(form, content, spelled, size):
        found += [dict(zip(run, row, strict=True)) for row in zip(*run.values(), strict=True)]
    assert not spelled or len(found) == survey.rows
    for key, names in spelled.items():  # a column read alone is the same
        alone = [value for run in uploads.runs(form, content, {key: names}, size) for value in run[key]]
        assert alone == [row[key] for row in found]
    return found


def columns(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with all keys that one of them has."""
    keys = [key for key in KEYS if any(key in row for row in rows)]
    return [{key: row.get(key, "") for key in keys} for row in rows] if keys else []


@given(rows=st.lists(st.dictionaries(KEY, TEXT), max_size=8))
def test_strings_under_their_keys_are_read_as_they_are(rows: list[dict[str, str]]) -> None:
    """[doc] bulk.md 7.1."""
    assert read(JSON, json.dumps(rows).encode()) == columns(rows)


@given(
    rows=st.lists(st.dictionaries(KEY, TEXT), max_size=8),
    spelling=st.sampled_from([str.upper, str.title, " {} ".format]),
)
def test_the_spelling_of_keys_makes_no_difference(rows: list[dict[str, str]], spelling: Any) -> None:
    """[inferred] our default; another spelling takes the careful way."""
    spelled = [{spelling(key): value for key, value in row.items()} for row in rows]

    assert read(JSON, json.dumps(spelled).encode()) == columns(rows)


SCALAR = st.one_of(
    TEXT,
    st.integers(),
    st.booleans(),
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
)


@given(rows=st.lists(st.dictionaries(KEY, SCALAR), max_size=8))
def test_scalars_are_their_text(rows: list[dict[str, Any]]) -> None:
    """[inferred] our default, numbers to the letter."""
    objects = [", ".join(f"{json.dumps(key)}: {_written(value)}" for key, value in row.items()) for row in rows]
    content = "[" + ",".join(f"{{{each}}}" for each in objects) + "]"

    assert read(JSON, content.encode()) == columns([{key: _text(row[key]) for key in row} for row in rows])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(value: Any) -> str:
    return json.dumps(value) if isinstance(value, str | bool | None) else str(value)


@pytest.mark.parametrize(("cell", "quoting"), [(PLAIN_TEXT, csv.QUOTE_MINIMAL), (TEXT, csv.QUOTE_ALL)])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_is_read_as_it_was_written(cell: Any, quoting: Any, line_end: str) -> None:
    """[doc] bulk.md 7.1; without a quote it is cut at commas, with one it is parsed."""

    @given(rows=st.lists(st.fixed_dictionaries({"email": cell, "First Name": cell}), max_size=8))
    def check(rows: list[dict[str, str]]) -> None:
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, ["First Name", "email"], quoting=quoting, lineterminator=line_end)
        writer.writeheader()
        writer.writerows(rows)
        assert read(CSV, written.getvalue().encode()) == columns(rows)

    check()


@given(content=st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:\\ aA1.\n\r'), max_size=40).map(str.encode))
def test_whatever_passes_the_survey_can_be_read(content: bytes) -> None:
    """[doc] bulk.md 7.1: a parsing error, or rows; nothing else."""
    for form in (JSON, CSV):
        try:
            uploads.survey(form, content, KEYS)
        except Unreadable:
            continue
        read(form, content)


@given(
    names=st.lists(TEXT, min_size=1, max_size=3),
    rows=st.lists(st.lists(st.text(st.sampled_from('ab,"\r\n é'), max_size=3), min_size=3, max_size=3), max_size=5),
)
def test_what_is_written_is_what_the_standard_library_writes(names: list[str], rows: list[list[str]]) -> None:
    """Cells without commas, quotes and line ends are joined, all others written by it."""
    cut = [row[: len(names)] for row in rows]
    expected = io.StringIO(newline="")
    csv.writer(expected).writerows([names, *cut])

    assert csv_rows.written(names, cut) == expected.getvalue().encode()
