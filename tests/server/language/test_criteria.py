"""The statements of contact filters."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement, NullPool, create_engine, false, select, true

from mock_eloqua.language.criteria import DEEPEST, named, parse, to_sql
from mock_eloqua.language.errors import SyntaxProblem


def decided(text: str, *holding: str) -> bool:
    """What a statement comes to when these criteria hold and no other."""

    def criterion(key: str) -> ColumnElement[bool]:
        return true() if key in holding else false()

    condition = to_sql(parse(text), criterion)
    with create_engine("sqlite://", poolclass=NullPool).connect() as connection:
        return bool(connection.execute(select(condition)).scalar_one())


@pytest.mark.parametrize(
    ("text", "holding", "expected"),
    [
        ("1", ["1"], True),
        ("1 AND 2", ["1"], False),
        ("1 OR 2 AND 3", ["1"], True),
        ("(1 OR 2) AND 3", ["1"], False),
        ("NOT 1 AND 2", ["2"], True),
        ("NOT (1 AND 2)", ["1"], True),
        ("not (1 or not 2)", ["2"], True),
        ("NOT NOT 1", ["1"], True),
    ],
)
def test_not_binds_tighter_than_and_and_tighter_than_or(text, holding, expected):
    """[inferred] rest.md 11: keywords in any case."""
    assert decided(text, *holding) is expected


def test_a_statement_names_criteria_also_by_temporary_ids():
    """[doc] rest.md 2.4; leading noughts mean nothing."""
    assert list(named(parse("-12 AND (007 OR NOT 0)"))) == ["-12", "7", "0"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "at position 0"),
        ("1 2", "expected AND, OR or the end at position 2"),
        ("1 AND", "at position 5"),
        ("(1", "a closing bracket"),
        ("x", "at position 0"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "more than 100 brackets"),
        ("NOT " * (DEEPEST + 1) + "1", "or NOTs"),
    ],
)
def test_a_statement_that_says_nothing_is_told_in_one_line(text, complaint):
    """rest.md 7.3: SyntaxRequirement."""
    with pytest.raises(SyntaxProblem, match=complaint):
        parse(text)
