"""The Eloqua Expression Language (bulk.md 15)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import false, true

from mock_eloqua.language import filter as language
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import BadValue, LanguageError, SyntaxProblem, UnknownName
from mock_eloqua.language.filter import DEEPEST, And, Exists, Not, Or, Status

anything = st.text(st.characters(exclude_categories=()))
pieces = st.sampled_from([
    "'id'", "'name'", "'seen'", "'day'", "'amount'", "=", "!=", "~", ">", "<=", "'3'", "''", "'a%'", "'\0'", "'/'",
    "'id'='1'", "'name'~'%a_'", "'day'<'2024-03-10'", "EXISTS('x')", "STATUS('x')='y'", "EXISTS", "STATUS", "\ud800",
    " AND ", " OR ", "NOT ", "(", ")", "and", "oR", "'",
])  # fmt: skip


def exists(statement):
    return {"all": true(), "none": false()}.get(statement)


def chosen(specimens, node, **how):
    """The ids that a filter, or its text, chooses."""
    text = node if isinstance(node, str) else ""
    parsed = language.parse(node) if isinstance(node, str) else node
    return specimens.chosen(language.to_sql(parsed, specimens.resolve, exists, text, **how))


def unplaced(node):
    """A filter without the places that its parts had in a text."""
    match node:
        case Not(part):
            return Not(unplaced(part))
        case Or(parts) | And(parts):
            return type(node)(tuple(map(unplaced, parts)))
    return replace(node, position=0)


def rendered(node):
    """The text of a filter, all junctions in brackets."""

    def quoted(text):
        return "'" + text.replace("'", "''") + "'"

    match node:
        case Not(part):
            return f"NOT {rendered(part)}"
        case Or(parts):
            return f"({' OR '.join(map(rendered, parts))})"
        case And(parts):
            return f"({' AND '.join(map(rendered, parts))})"
        case Exists(statement):
            return f"EXISTS({quoted(statement)})"
        case Status(statement, value):
            return f"STATUS({quoted(statement)}) = {quoted(value)}"
    return f"{quoted(node.name)}{node.operator}{quoted(node.value)}"


def read(text):
    return unplaced(language.parse(text))


def outcome(text):
    try:
        return language.parse(text)
    except LanguageError as problem:
        return problem


A, B, C = (Comparison(name, "=", "1") for name in "abc")

# What it may look like


@pytest.mark.parametrize("operator", [">", ">=", "<", "<=", "!=", "=", "~"])
@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_comparison_is_a_statement_an_operator_and_a_value(operator, blank):
    """[client] bulk.md 15: single quotes, blanks wherever one likes."""
    text = f"{blank}'{{{{Contact.UpdatedAt}}}}'{blank}{operator}{blank}'2019-02-10 13:00:00.000'{blank}"

    assert read(text) == Comparison("{{Contact.UpdatedAt}}", operator, "2019-02-10 13:00:00.000")


def test_membership_and_status_name_a_statement():
    """[doc] bulk.md 15: EXISTS and STATUS."""
    assert read("EXISTS('{{ContactList[1]}}')") == Exists("{{ContactList[1]}}")
    assert read("STATUS('{{ActionInstance(9f).Execution[12345]}}') = 'pending'") == Status(
        "{{ActionInstance(9f).Execution[12345]}}", "pending"
    )
    assert read(" exists ( 'x' ) ") == Exists("x")


def test_not_binds_tighter_than_and_and_and_tighter_than_or():
    """[inferred] bulk.md 15: precedence; brackets [doc]."""
    assert read("'a'='1' OR 'b'='1' AND NOT 'c'='1'") == Or((A, And((B, Not(C)))))
    assert read("('a'='1' OR 'b'='1') AND 'c'='1'") == And((Or((A, B)), C))
    assert read("NOT ('a'='1' AND NOT NOT 'b'='1')") == Not(And((A, Not(Not(B)))))


def test_keywords_may_be_in_any_case_and_without_blanks():
    """[inferred] bulk.md 15: all samples are in upper case."""
    assert read("'a'='1'and'b'='1'oR not'c'='1'") == Or((And((A, B)), Not(C)))


def test_keywords_inside_quotes_are_text():
    """As brackets are: also when depth is counted."""
    assert read("'a'='1 AND (''x'' OR NOT'") == Comparison("a", "=", "1 AND ('x' OR NOT")
    assert read("'a'='" + "(" * 500 + "'") == Comparison("a", "=", "(" * 500)


def test_the_example_of_the_documentation_is_read():
    """[doc] bulk.md 15."""
    text = (
        "'{{Contact.UpdatedAt}}' > '2017-01-01 00:00:00' AND "
        "('{{Contact.Field(C_Country)}}' = 'Canada' OR '{{Contact.Field(C_Country)}}' ~ 'U%')"
    )
    country = "{{Contact.Field(C_Country)}}"

    assert read(text) == And(
        (
            Comparison("{{Contact.UpdatedAt}}", ">", "2017-01-01 00:00:00"),
            Or((Comparison(country, "=", "Canada"), Comparison(country, "~", "U%"))),
        )
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected EXISTS, NOT, STATUS, a text in single quotes or an opening bracket at position 0"),
        ("'a'", "expected an operator at position 3"),
        ("'a'=1", "expected a text in single quotes at position 4"),
        ("'a'='1", "expected a text in single quotes at position 4"),
        ('"a"="1"', "expected EXISTS"),
        ("'a'='1' 'b'='1'", "expected AND, OR or the end at position 8"),
        ("('a'='1'", "expected a closing bracket at position 8"),
        ("EXISTS('x') = 'y'", "expected AND, OR or the end at position 12"),
        ("STATUS('x') != 'y'", "expected '=' at position 12"),
        ("EXISTS 'x'", "expected an opening bracket at position 7"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, message):
    """One line for people."""
    with pytest.raises(SyntaxProblem) as refused:
        language.parse(text)

    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(("each", "fitting"), [("(", DEEPEST), ("NOT ", DEEPEST), ("not (", DEEPEST // 2)])
def test_what_is_too_deep_is_refused(each, fitting):
    """[inferred] A hundred brackets and NOTs."""

    def nested(depth):
        return each * depth + "'a'='1'" + ")" * (each.count("(") * depth)

    assert language.parse(nested(fitting))
    with pytest.raises(SyntaxProblem, match="more than 100 brackets and NOTs inside each other"):
        language.parse(nested(fitting + 1))


# What it means


def test_not_is_the_complement_also_of_what_is_blank(specimens):
    """[inferred] NOT has no third answer, though SQL has."""
    for comparison in ("'name'='ada'", "'amount'>'1'", "'day'<'2024-03-10'", "'seen'>='0'", "'active'='true'"):
        assert chosen(specimens, f"NOT {comparison}") == specimens.everyone - chosen(specimens, comparison)


def test_membership_and_status_are_for_the_entity_to_know(specimens):
    """[doc] bulk.md 15: what EXISTS and STATUS find is in no column."""

    def status(statement, value):
        return true() if (statement, value) == ("app", "pending") else None

    assert chosen(specimens, "EXISTS('all') AND 'id'='3'") == {3}
    assert chosen(specimens, "NOT EXISTS('none') AND 'id'='3'") == {3}
    assert chosen(specimens, "STATUS('app')='pending'", status=status) == specimens.everyone
    with pytest.raises(UnknownName, match="there is no 'app' at position 7"):
        chosen(specimens, "STATUS('app')='lost'", status=status)
    with pytest.raises(UnknownName, match="there is no 'app' at position 7"):
        chosen(specimens, "STATUS('app')='pending'")
    with pytest.raises(UnknownName, match="there is no 'moon' at position 21"):
        chosen(specimens, "'id'='1' AND (EXISTS('moon'))")


def test_patterns_need_the_tilde(specimens):
    """[doc] bulk.md 15: `~` is LIKE; after `=` a star is a star."""
    assert chosen(specimens, "'name' ~ 'ada l%'") == {1}
    assert chosen(specimens, "'name' = 'ada*'") == set()


def test_dates_are_utc_where_the_export_says_so(specimens):
    """[doc] bulk.md 15: `areSystemTimestampsInUTC`."""
    assert chosen(specimens, "'seen' = '2015-01-01 00:00:00'", zone=UTC) == chosen(
        specimens, "'seen' = '2014-12-31 19:00:00'"
    )


def test_an_inequality_takes_a_value(specimens):
    """[inferred] Nothing is more than blank."""
    with pytest.raises(BadValue, match="> takes a value at position 11"):
        chosen(specimens, "'id'='1'AND'day'>''")


def test_wide_and_deep_filters_are_one_condition(specimens):
    """SQLite refuses a thousand in a row and some fifteen brackets inside each other."""
    wide = Or(tuple(Comparison("name", "=", "ben") for _ in range(1001)))
    ladder: language.Node = Comparison("id", "=", "2")
    chain = ladder
    for depth in range(90):
        ladder = (Or if depth % 2 else And)((ladder, Comparison("id", "!=" if depth % 2 == 0 else "=", "5")))
        chain = Not(And((chain, Comparison("id", "!=", "5"))))

    assert chosen(specimens, wide) == {2}
    assert chosen(specimens, ladder) == {2, 5}
    assert chosen(specimens, Not(ladder)) == specimens.everyone - {2, 5}
    assert chosen(specimens, chain) == {2, 5}


# For any text


@given(anything)
@example("NOT " * 2_500)
@example("(" * 10_000)
@example("'a'='b" + "''" * 5_000 + "'")
@example("'" * 9_999)
@example("'a'='1' OR " * 900)
@example("'\0'='\ud800'")
def test_every_text_is_a_filter_or_a_language_error(text):
    """Nothing else is raised, and the error is one line with a place in the text."""
    found = outcome(text)

    if isinstance(found, LanguageError):
        assert 0 <= (found.position or 0) <= len(text)
        assert "\n" not in str(found)
    else:
        assert read(rendered(found)) == unplaced(found)


@given(st.lists(pieces, max_size=16).map("".join))
def test_what_can_be_read_can_be_asked(specimens, text):
    """Never an error of a database."""
    with suppress(LanguageError):
        assert chosen(specimens, text) <= specimens.everyone


def filters(leaves):
    """Filters of any shape over some leaves."""
    return st.recursive(
        leaves,
        lambda parts: parts.map(Not) | st.builds(_junction, st.sampled_from([Or, And]), st.lists(parts, min_size=2)),
        max_leaves=12,
    )


def _junction(kind, parts):
    return kind(tuple(parts))


comparators = st.sampled_from(["=", "!=", ">", "<", ">=", "<=", "~"])


@given(
    filters(
        st.builds(Comparison, anything, comparators, anything)
        | st.builds(Exists, anything)
        | st.builds(Status, anything, anything)
    )
)
def test_what_is_written_is_read_again(node):
    """Quotes are doubled [inferred], all else stands for itself."""
    assert read(rendered(node)) == node


small = st.builds(Comparison, st.sampled_from(["id", "name", "amount"]), comparators, st.sampled_from("0123a"))


@given(filters(small | st.sampled_from([Exists("all"), Exists("none")])))
def test_a_filter_is_what_its_parts_are(specimens, node):
    """Union, intersection, complement, by sets."""

    def expected(part):
        match part:
            case Not(inner):
                return specimens.everyone - expected(inner)
            case Or(parts):
                return set.union(*map(expected, parts))
            case And(parts):
                return set.intersection(*map(expected, parts))
            case Exists(statement):
                return specimens.everyone if statement == "all" else set()
        return specimens.chosen(condition(part, specimens.resolve, "", wildcard=""))

    assert chosen(specimens, node) == chosen(specimens, rendered(node)) == expected(node)
