"""The query of SOAP's `Query` operation (soap-1.2.md 10.4)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_eloqua.language import query
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import LanguageError, SyntaxProblem, UnknownName

anything = st.text(st.characters(exclude_categories=()))
pieces = st.sampled_from([
    "name", "id", "seen", "amount", "day", "active", "=", "!=", ">", "<=", "'", '"', " AND ", "and", " ", "*", "12",
    "'a b'", '"x"', "''", "name='a'", "id=7", " AND id=1", "2024-03-10", "\0", "\ud800", "é", "%", "_", "/", "(",
])  # fmt: skip


def terms(text):
    return [(term.name, term.operator, term.value) for term in query.parse(text).terms]


def chosen(specimens, text):
    return specimens.chosen(query.to_sql(query.parse(text), specimens.resolve))


def outcome(text):
    try:
        return query.parse(text)
    except LanguageError as problem:
        return problem


# What it may look like


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C_EmailAddress='*@example.com'", ("C_EmailAddress", "=", "*@example.com")),
        ("C_EmailAddress=a@example.com", ("C_EmailAddress", "=", "a@example.com")),
        ("C_DateModified>2013-06-05", ("C_DateModified", ">", "2013-06-05")),
        ("Code=12*(name@example.com)", ("Code", "=", "12*(name@example.com)")),
        ("C_City=''", ("C_City", "=", "")),
        (' C_City != "New York" ', ("C_City", "!=", "New York")),
        ("C_City=New York", ("C_City", "=", "New York")),
        ("C_LastName=O'Brien", ("C_LastName", "=", "O'Brien")),
    ],
)
def test_a_condition_is_a_name_an_operator_and_a_value(text, expected):
    """[client] soap-1.2.md 10.4: the value quoted or bare, brackets are part of it."""
    assert terms(text) == [expected]


@pytest.mark.parametrize("joint", [" AND ", " and ", "\nAnd\t"])
@pytest.mark.parametrize("first", ["'*'", "*", "brandy", "Anders ANDy", "b.and.c"])
def test_conditions_are_joined_by_and(first, joint):
    """[client] soap-1.2.md 10.4: ` AND `; letters inside a bare value join nothing [inferred]."""
    found = terms(f"C_EmailAddress={first}{joint}C_DateModified>'2011-01-01'")

    assert found == [("C_EmailAddress", "=", first.strip("'")), ("C_DateModified", ">", "2011-01-01")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a name at position 0"),
        ("  ", "expected a name at position 2"),
        ("C_City", "expected an operator at position 6"),
        ("C_City=", "expected a value at position 7"),
        ("C_City='x", "expected a value at position 7"),
        ("C_City='x' C_Country='y'", "expected AND or the end at position 11"),
        ("C_City='x' AND ", "expected a name at position"),
        ("C_City~'x'", "expected an operator at position 6"),
        ("(C_City='x')", "expected a name at position 0"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, message):
    """[client] soap-1.2.md 10.4: an empty query is refused; OR and grouping brackets are not known."""
    with pytest.raises(SyntaxProblem) as refused:
        query.parse(text)

    assert str(refused.value).startswith(message)


# What it means


def test_all_conditions_have_to_hold(specimens):
    """[client, doubtful] soap-1.2.md 10.4: AND, also for one name."""
    assert chosen(specimens, "id>1 AND id<4") == {2, 3}
    assert chosen(specimens, "name='ada' AND name='ben'") == set()
    assert chosen(specimens, "name=ada AND id=0") == {0}


def test_a_star_stands_for_anything(specimens):
    """[client] soap-1.2.md 10.4: at either end, or alone."""
    assert chosen(specimens, "name='*LACE'") == chosen(specimens, "name=ada love*") == {1}
    assert chosen(specimens, "name='*'") == specimens.everyone


def test_an_unknown_field_is_named_with_its_place(specimens):
    """In the second condition as in the first."""
    with pytest.raises(UnknownName, match="there is no 'moon' at position 9"):
        chosen(specimens, "id=1 AND moon=2")


def test_a_thousand_conditions_are_one_query(specimens):
    """SQLite refuses expressions that are a thousand deep."""
    assert chosen(specimens, " AND ".join(["name=ben"] * 1001)) == {2}


# For any text


@given(anything)
@example("a='" + "x" * 10_000)
@example("a=b" + " c" * 5_000 + " AND")
@example("a=1 AND " * 1_200)
@example("a" * 10_000)
@example("a=\0 AND b=\ud800")
def test_every_text_is_a_query_or_a_language_error(text):
    """Nothing else is raised, and the error is one line with a place in the text."""
    found = outcome(text)

    if isinstance(found, LanguageError):
        assert 0 <= (found.position or 0) <= len(text)
        assert "\n" not in str(found)
    assert found.text == text


@given(st.lists(pieces, max_size=12).map("".join))
def test_what_can_be_read_can_be_asked(specimens, text):
    """Never an error of a database."""
    with suppress(LanguageError):
        assert chosen(specimens, text) <= specimens.everyone


names = st.from_regex(r"[A-Za-z_]\w{0,8}", fullmatch=True)
quoted = st.text(st.characters(exclude_categories=()).filter(lambda sign: sign != "'")).map(lambda text: f"'{text}'")
bare = st.lists(st.sampled_from(["ada", "a'b", "AND1", "(x)", "12*", "é", "=", "ands"]), min_size=1).map(" ".join)
comparators = st.sampled_from(["=", "!=", ">", "<", ">=", "<="])


@given(st.lists(st.tuples(names, comparators, quoted | bare), min_size=1))
def test_conditions_are_read_as_they_were_written(written):
    """Quoted values may hold anything but their quote, bare ones all but an AND by itself."""
    text = " AND ".join(f"{name} {operator} {value}" for name, operator, value in written)

    found = query.parse(text).terms

    assert [(term.name, term.operator) for term in found] == [each[:2] for each in written]
    assert [term.value for term in found] == [
        value[1:-1] if value.startswith("'") else value for _, _, value in written
    ]
    assert all(text.startswith(term.name, term.position) for term in found)


small = st.tuples(st.sampled_from(["id", "name", "amount"]), comparators, st.sampled_from("0123a"))


@given(st.lists(small, min_size=1, max_size=5))
def test_a_query_is_what_its_conditions_are(specimens, asked):
    """The intersection."""
    single = [specimens.chosen(condition(Comparison(*term), specimens.resolve, "")) for term in asked]

    text = " AND ".join(f"{name}{operator}'{value}'" for name, operator, value in asked)

    assert chosen(specimens, text) == set.intersection(*single)
