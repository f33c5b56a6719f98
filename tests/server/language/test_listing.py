"""What Bulk lists take in `q` and `orderBy` (bulk.md 6)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_eloqua.language import listing
from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import BadValue, LanguageError, SyntaxProblem

anything = st.text(st.characters(exclude_categories=()))

ITEM = {
    "name": "My Test List",
    "createdAt": "2025-06-30T22:15:00.1230000Z",
    "count": 10,
    "isOpen": True,
    "createdBy": None,
    "statement": "",
    "uri": "/contacts/lists/12345678901234567890",
    "size": 12345678901234567890,
}


def fits(text):
    return listing.matches(listing.parse_q(text), ITEM)


def outcome(read, text):
    try:
        return read(text)
    except LanguageError as problem:
        return problem


# q


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"name=*Test*"', ("name", "=", "*Test*")),
        ("name='Email*'", ("name", "=", "Email*")),
        ('"name=My*List"', ("name", "=", "My*List")),
        ("\"name='My List'\"", ("name", "=", "My List")),
        ("'name=A'", ("name", "=", "A")),
        ("createdAt<2025-07-01", ("createdAt", "<", "2025-07-01")),
        (" name = x y ", ("name", "=", "x y")),
        ("name!=''", ("name", "!=", "")),
        ("name=", ("name", "=", "")),
        ("name=a=b", ("name", "=", "a=b")),
    ],
)
def test_q_is_a_comparison_that_may_stand_in_quotes(text, expected):
    """[doc, client] bulk.md 6: every form met."""
    found = listing.parse_q(text)

    assert (found.name, found.operator, found.value) == expected
    assert text.startswith(found.name, found.position)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a name at position 0"),
        ('""', "expected a name at position 1"),
        ("*Test*", "expected a name at position 0"),
        ("name", "expected an operator at position 4"),
        ("name~x", "expected an operator at position 4"),
        ("my name=x", "expected an operator at position 3"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, message):
    """One line for people."""
    with pytest.raises(SyntaxProblem) as refused:
        listing.parse_q(text)

    assert str(refused.value) == message


@pytest.mark.parametrize("text", ["createdAt<", "count >= ''", '"count>"'])
def test_nothing_is_more_or_less_than_blank(text):
    """[inferred] An inequality takes a value."""
    with pytest.raises(BadValue, match="takes a value"):
        listing.parse_q(text)


@pytest.mark.parametrize(
    "text",
    [
        "name='my test list'",
        "NAME=*TEST*",
        "name!=test",
        "count=10",
        "count>9",
        "count<=10.0",
        "isOpen=TRUE",
        "createdBy=",
        "createdBy!=x",
        "statement=''",
        "moon=",
        "moon!=x",
        "createdAt<2025-07-01",
        "createdAt>=2025-06-30",
        "createdAt>'2025-06-30 22:14:59'",
        "createdAt<'2025-06-30T22:15:01'",
        "size>12345678901234567889",
        "uri=*/12345678901234567890",
    ],
)
def test_what_an_item_fulfils(text):
    """[inferred] bulk.md 6: without case, numbers by value, times by their text, what lacks is blank."""
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    ["name=test", "name!=*test*", "count<9", "createdBy>a", "createdBy<a", "moon=x", "statement<x", "size=1*2",
     "createdAt>2025-07-01", "size>12345678901234567890"],
)  # fmt: skip
def test_what_an_item_does_not_fulfil(text):
    """[inferred] bulk.md 6: blank is neither more nor less than anything."""
    assert not fits(text)


# orderBy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name", ("name", False)),
        ("name ASC", ("name", False)),
        ("createdAt desc", ("createdAt", True)),
        ("createdAt+DESC", ("createdAt", True)),
        ("  name  Desc ", ("name", True)),
    ],
)
def test_order_is_a_term_and_a_direction(text, expected):
    """[doc] bulk.md 6: `term ASC` or `term DESC`; an undecoded plus is a blank [inferred]."""
    assert listing.parse_order(text) == expected


@pytest.mark.parametrize("text", ["", "1", "name down", "name DESC x", "nameDESC,x", "-name"])
def test_an_order_that_says_nothing_is_refused(text):
    """One line for people."""
    with pytest.raises(SyntaxProblem, match="expected"):
        listing.parse_order(text)


def test_nothing_comes_first_then_numbers_then_text():
    """[inferred] Without case, numbers by value."""
    items: list[dict[str, Any]] = [{"x": "b"}, {"x": 10}, {}, {"x": "A"}, {"X": 9.5}, {"x": None, "n": 1}]

    ordered = sorted(items, key=lambda item: listing.sort_key(item, "x"))

    assert ordered == [{}, {"x": None, "n": 1}, {"X": 9.5}, {"x": 10}, {"x": "A"}, {"x": "b"}]


def test_long_numbers_keep_their_order():
    """Twenty digits are more than a float tells apart, four hundred more than it holds."""
    items = [{"x": 10**400}, {"x": 12345678901234567891}, {"x": 12345678901234567890}, {"x": -(10**400)}]

    assert sorted(items, key=lambda item: listing.sort_key(item, "x")) == items[::-1]


# For any text


@given(anything | st.lists(st.sampled_from(["name", "=", ">", "'", '"', " ", "*", "1", "+", "asc"])).map("".join))
@example("a" + "+" * 10_000 + "x")
@example(" " * 10_000)
@example("'" * 10_000)
@example("count>" + "9" * 10_000)
@example("createdAt>2025-07-01")
@example("name=\0\ud800*")
def test_every_text_is_read_and_answered_or_a_language_error(text):
    """Nothing else is raised, and the error is one line with a place in the text."""
    for found in (outcome(fits, text), outcome(listing.parse_order, text)):
        if isinstance(found, LanguageError):
            assert 0 <= (found.position or 0) <= len(text)
            assert "\n" not in str(found)


names = st.from_regex(r"[A-Za-z_]\w{0,8}", fullmatch=True)
comparators = st.sampled_from(["=", "!=", ">", "<", ">=", "<="])


@given(names, comparators, anything.filter(bool), st.sampled_from(["", " "]), st.sampled_from(["", '"', "'"]))
def test_a_comparison_is_read_as_it_was_written(name, operator, value, blank, around):
    """Whatever stands between the quotes of a value."""
    found = listing.parse_q(f"{around}{blank}{name}{blank}{operator}{blank}'{value}'{blank}{around}")

    assert (found.name, found.operator, found.value) == (name, operator, value)


@given(st.integers(), st.integers(), comparators)
def test_numbers_are_compared_by_value(number, other, operator):
    """However long."""
    expected = {"=": number == other, "!=": number != other, ">": number > other, "<": number < other}
    expected |= {">=": number >= other, "<=": number <= other}

    assert listing.matches(Comparison("x", operator, str(other)), {"x": number}) == expected[operator]
