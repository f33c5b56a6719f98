"""The `search` parameter of REST lists (rest.md 5, what-real-clients-do.md 4)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_eloqua.language import search
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import LanguageError, SyntaxProblem, UnknownName

anything = st.text(st.characters(exclude_categories=()))
pieces = st.sampled_from([
    "name", "id", "seen", "amount", "day", "active", "=", "!=", ">", "<=", "'", '"', "[", "]", " ", "*", "12", "-1.5",
    "'a b'", '"x"', "''", "name='a'", "id=7", "[name =]", "2024-03-10", "\0", "\ud800", "é", "+", "%", "_", "/", "(",
])  # fmt: skip


def terms(text):
    return [(term.name, term.operator, term.value) for term in search.parse(text).terms]


def chosen(specimens, text, bare=("name",)):
    return specimens.chosen(search.to_sql(search.parse(text), specimens.resolve, bare))


def named(specimens, *names):
    return {row["id"] for row in specimens.rows if row["name"] in names}


def outcome(text):
    try:
        return search.parse(text)
    except LanguageError as problem:
        return problem


# What it may look like


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name='*webinar*'", [("name", "=", "*webinar*")]),
        ('name="Spring"', [("name", "=", "Spring")]),
        ("M_City=''", [("M_City", "=", "")]),
        ("M_City=", [("M_City", "=", "")]),
        ("name = 'x'", [("name", "=", "x")]),
        ("name!='x'", [("name", "!=", "x")]),
        ("currentStatus.name='x'", [("currentStatus.name", "=", "x")]),
    ],
)
def test_a_term_is_a_name_an_operator_and_a_value(text, expected):
    """[doc] rest.md 5: single or double quotes."""
    assert terms(text) == expected


def test_parentheses_and_blanks_inside_quotes_are_literal():
    """[recorded] rest.md 5: `name='(test) High Value'`."""
    assert terms("name='(test) High Value'") == [("name", "=", "(test) High Value")]


@pytest.mark.parametrize("value", ["ada+news@example.test", "Acc*x", "o'brien@example.test", "a = b", "5 stars", "-"])
def test_a_value_without_quotes_goes_on_to_the_end(value):
    """[recorded] rest.md 5: unquoted addresses, with a plus; what-real-clients-do.md 4: `name=Acc*x`."""
    assert terms(f"C_EmailAddress={value}") == [("C_EmailAddress", "=", value)]


def test_terms_are_written_back_to_back():
    """[client] rest.md 5: `name='*x*'currentStatus='*1*'`, with or without blanks between."""
    expected = [("name", "=", "*x*"), ("currentStatus", "=", "*1*")]

    assert terms("name='*x*'currentStatus='*1*'") == terms("name='*x*'  currentStatus='*1*' ") == expected


def test_a_number_may_be_followed_by_the_next_term():
    """[inferred] rest.md 5: `createdAt>1420070400createdAt<1420156800`."""
    expected = [("createdAt", ">", "1420070400"), ("createdAt", "<", "1420156800")]

    assert terms("createdAt>1420070400createdAt<1420156800") == expected
    assert terms("createdAt>1420070400 createdAt<1420156800") == expected


def test_the_older_form_has_its_name_and_operator_in_brackets():
    """[client] rest.md 5: `[name =] "x"` of PHP and Java samples."""
    assert terms('[name =] "Exact name"') == terms("[name=]'Exact name'") == [("name", "=", "Exact name")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@example.com", "a@example.com"),
        ("*word*", "*word*"),
        ("two words", "two words"),
        (" word ", "word"),
        ("'word'", "word"),
        ("[x]", "[x]"),
        ("1420070400", "1420070400"),
    ],
)
def test_a_bare_value_has_no_term(text, expected):
    """[client] what-real-clients-do.md 4: `search=a@example.com`, `search=*word*`."""
    assert search.parse(text).bare == expected


@pytest.mark.parametrize("text", ["", " ", "\t\n "])
def test_blank_text_searches_for_everything(specimens, text):
    """[client] what-real-clients-do.md 4: an empty parameter is none."""
    assert chosen(specimens, text) == specimens.everyone


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name='x", "expected a value or the end at position 5"),
        ("name='x' y", "expected a name or the end at position 9"),
        ("name='x'name", "expected a name or the end at position 8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, message):
    """One line for people."""
    with pytest.raises(SyntaxProblem) as refused:
        search.parse(text)

    assert str(refused.value) == message


# What it means


def test_terms_of_one_name_mean_or(specimens):
    """[recorded] rest.md 5: 51 terms with an address, one of them twice, found 50 contacts."""
    assert chosen(specimens, "name='ada'name='BEN'NAME='ben'") == named(specimens, "Ada", "ben")


def test_terms_of_different_names_mean_and(specimens):
    """[client] rest.md 5."""
    assert chosen(specimens, "name='ada'id='0'") == named(specimens, "Ada")
    assert chosen(specimens, "name='ada'id='1'") == set()
    assert chosen(specimens, "name='ada'id='0'name='ben'id='2'") == named(specimens, "Ada", "ben")


def test_inequalities_of_one_name_mean_and(specimens):
    """[inferred] rest.md 5: a range."""
    assert chosen(specimens, "id>2id<=4") == {3, 4}
    assert chosen(specimens, "id!=0id!=1id<4") == {2, 3}


def test_a_bare_value_is_looked_for_in_each_of_the_usual_names(specimens):
    """[doc] rest.md 5: the address of contacts, the name of assets; any of several."""
    assert chosen(specimens, "ben") == named(specimens, "ben")
    assert chosen(specimens, "*lovelace*") == named(specimens, "ADA LOVELACE")
    assert chosen(specimens, "1", ("name", "id")) == named(specimens, "1") | {1}
    assert chosen(specimens, "*") == specimens.everyone
    assert chosen(specimens, "ben", ()) == set()


def test_an_unknown_term_is_named(specimens):
    """[inferred] rest.md 5: what becomes of it is a switch of REST."""
    with pytest.raises(UnknownName, match="there is no 'moon' at position 6"):
        chosen(specimens, "id='1'moon='2'")


@pytest.mark.parametrize(("operator", "found"), [("=", {2}), ("!=", None)])
def test_a_thousand_terms_are_one_search(specimens, operator, found):
    """SQLite refuses expressions that are a thousand deep."""
    text = f"name{operator}'ben'" * 1001

    assert chosen(specimens, text) == (found or specimens.everyone - {2})


# For any text


@given(anything)
@example("a='" + "x" * 10_000)
@example("[" * 10_000)
@example("a=1" * 3_000)
@example("a" * 10_000 + " ")
@example("\0\ud800=\udfff")
@example("=")
def test_every_text_is_a_search_or_a_language_error(text):
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
        assert chosen(specimens, text, ("name", "id", "seen", "active", "day", "amount")) <= {
            row["id"] for row in specimens.rows
        }


names = st.from_regex(r"[A-Za-z_][\w.]{0,8}", fullmatch=True)
values = st.text(st.characters(exclude_categories=()).filter(lambda sign: sign != "'"))


@given(
    st.lists(st.tuples(names, st.sampled_from(["=", "!=", ">", "<", ">=", "<="]), values), min_size=1),
    st.sampled_from(["", " ", "\n\t"]),
)
def test_terms_are_read_as_they_were_written(written, blank):
    """Quoted values may hold anything but their quote."""
    text = blank.join(f"{name}{blank}{operator}{blank}'{value}'" for name, operator, value in written)

    found = search.parse(text).terms

    assert [(term.name, term.operator, term.value) for term in found] == written
    assert all(text.startswith(term.name, term.position) for term in found)


small = st.tuples(
    st.sampled_from(["id", "name", "amount"]), st.sampled_from(["=", "!=", "<"]), st.sampled_from("0123a")
)


@given(st.lists(small, min_size=1, max_size=5))
def test_a_search_is_what_its_terms_are(specimens, asked):
    """OR within the equalities of a name, AND of all else, by sets."""
    alike: dict[str, set[int]] = {}
    expected = specimens.everyone
    for term in asked:
        found = specimens.chosen(condition(Comparison(*term), specimens.resolve, ""))
        if term[1] == "=":
            alike.setdefault(term[0], set()).update(found)
        else:
            expected &= found

    text = "".join(f"{name}{operator}'{value}'" for name, operator, value in asked)

    assert chosen(specimens, text) == expected.intersection(*alike.values())
