"""The Eloqua Markup Language (bulk.md 14)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_eloqua.language.errors import LanguageError, SyntaxProblem
from mock_eloqua.language.statement import Attribute, FieldId, FieldName, Item, Root, Statement, parse

anything = st.text(st.characters(exclude_categories=()))


def outcome(text):
    try:
        return parse(text)
    except LanguageError as problem:
        return problem


# What it may look like


@pytest.mark.parametrize(
    ("text", "root", "path"),
    [
        ("{{Contact.Id}}", Root("Contact"), [Attribute("Id")]),
        ("{{Contact.Field(C_EmailAddress)}}", Root("Contact"), [FieldName("C_EmailAddress")]),
        ("{{Contact.Email.IsSubscribed}}", Root("Contact"), [Attribute("Email"), Attribute("IsSubscribed")]),
        (
            "{{Contact.Email.Group[12].IsSubscribed}}",
            Root("Contact"),
            [Attribute("Email"), Item("Group", "12"), Attribute("IsSubscribed")],
        ),
        (
            "{{Contact.LeadScore.Model[3].Rating}}",
            Root("Contact"),
            [Attribute("LeadScore"), Item("Model", "3"), Attribute("Rating")],
        ),
        (
            "{{Contact.Account.Field(M_CompanyName)}}",
            Root("Contact"),
            [Attribute("Account"), FieldName("M_CompanyName")],
        ),
        ("{{CustomObject[48].Field[371]}}", Root("CustomObject", "48", "[]"), [FieldId("371")]),
        (
            "{{CustomObject[48].Contact.Field(C_EmailAddress)}}",
            Root("CustomObject", "48", "[]"),
            [Attribute("Contact"), FieldName("C_EmailAddress")],
        ),
        ("{{ContactList[5]}}", Root("ContactList", "5", "[]"), []),
        ("{{GlobalSubscribe}}", Root("GlobalSubscribe"), []),
        (
            "{{ActionInstance(f82d50cd-86a9-4fca-b37e-4ec9a98b0339).Execution[12345]}}",
            Root("ActionInstance", "f82d50cd-86a9-4fca-b37e-4ec9a98b0339", "()"),
            [Item("Execution", "12345")],
        ),
    ],
)
def test_a_statement_is_a_root_and_a_path(text, root, path):
    """[doc, client] bulk.md 14: every form in the table, and back."""
    assert parse(text) == Statement(root, tuple(path), braced=True)
    assert parse(text).root_key == root.key
    assert str(parse(text)) == text


def test_braces_may_lack():
    """[client] bulk.md 14: whether they may is a switch; the canonical text has them."""
    found = parse("Contact.Field(C_Country)")

    assert not found.braced
    assert str(found) == "{{Contact.Field(C_Country)}}"


@pytest.mark.parametrize(
    "text", ["{{ Contact . Field ( C_Country ) }}", "\t{{Contact.field(C_Country)}} ", "{{Contact.FIELD(C_Country)}}"]
)
def test_blanks_and_the_case_of_field_are_passed_over(text):
    """[inferred] bulk.md 14: the canonical text is the documented one."""
    assert str(parse(text)) == "{{Contact.Field(C_Country)}}"


def test_field_without_brackets_is_an_attribute():
    """[inferred] A word like any other."""
    assert parse("{{Activity.Field}}").path == (Attribute("Field"),)
    assert parse("{{Activity.Fields.Fielder[1]}}").path == (Attribute("Fields"), Item("Fielder", "1"))


def test_ids_may_have_twenty_digits():
    """They are text to the grammar."""
    assert parse("{{CustomObject[12345678901234567890].Id}}").root_key == "12345678901234567890"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a name or {{ at position 0"),
        ("{{", "expected a name at position 2"),
        ("{{Contact.Id", "expected }} at position 12"),
        ("{{Contact.Id}", "expected a dot, an opening square bracket or }} at position 12"),
        ("Contact.Id}}", "expected the end at position 10"),
        ("{Contact.Id}", "expected a name or {{ at position 0"),
        ("{{Contact.Field()}}", "expected a name or id at position 16"),
        ("{{Contact.Field[x]}}", "expected an id at position 16"),
        ("{{Contact.Email(x)}}", "expected a dot, an opening square bracket or }} at position 15"),
        ("{{Contact..Id}}", "expected a name at position 10"),
        ("{{Contact.Id}} {{Contact.Id}}", "expected the end at position 15"),
        ("{{Contact\n.Id}}", "expected"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, message):
    """One line for people."""
    with pytest.raises(SyntaxProblem) as refused:
        parse(text)

    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


# For any text


@given(
    anything
    | st.lists(st.sampled_from(["{{", "}}", "Contact", ".", "Field", "(", ")", "[", "]", "1", " "])).map("".join)
)
@example("A." * 5_000 + "A")
@example("{" * 10_000)
@example("A(" * 5_000)
@example("{{A(\0)}}")
@example("{{A(\ud800).É}}")
def test_every_text_is_a_statement_or_a_language_error(text):
    """Nothing else is raised; what is read is read again from its canonical text."""
    found = outcome(text)

    if isinstance(found, LanguageError):
        assert 0 <= (found.position or 0) <= len(text)
        assert "\n" not in str(found)
    else:
        assert parse(str(found)) == replace(found, braced=True)


words = st.from_regex(r"[A-Za-z]\w{0,8}", fullmatch=True)
keys = st.from_regex(r"[^()\[\]{}\s]+", fullmatch=True)
ids = st.from_regex(r"[0-9]{1,20}", fullmatch=True)
roots = (
    st.builds(Root, words) | st.builds(Root, words, keys, st.just("()")) | st.builds(Root, words, ids, st.just("[]"))
)
steps = (
    st.builds(Attribute, words)
    | st.builds(FieldName, keys)
    | st.builds(FieldId, ids)
    | st.builds(Item, words.filter(lambda word: word.lower() != "field"), ids)
)


@given(st.builds(Statement, roots, st.lists(steps).map(tuple), st.just(value=True)))
def test_what_is_written_is_read_again(statement):
    """Names, guids and ids of any sort."""
    assert parse(str(statement)) == statement
