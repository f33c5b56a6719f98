"""What is searched for: rest.md 5. What the client writes, the emulator reads as it was meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloqua_client.rest import Contact, where

# Letters whose case everybody folds alike, and what means something in a search.
TEXTS = st.text("abAB19 _%.=<>![]()*&+#/\\'\"éß", min_size=1, max_size=6).filter(
    lambda text: text == text.strip() and not ("'" in text and '"' in text)
)
WITHOUT_STARS = TEXTS.filter(lambda text: "*" not in text)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def fits(text, pattern):
    """Is a text what a pattern with stars describes? Case aside, by trying all there is."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return fits(text, pattern[1:]) or (bool(text) and fits(text[1:], pattern))
    return bool(text) and text[0] == pattern[0] and fits(text[1:], pattern[1:])


@pytest.mark.parametrize(
    ("conditions", "text"),
    [
        ({"equals": "Ada"}, "f='Ada'"),
        ({"equals": ["Ada", "Bob"]}, "f='Ada'f='Bob'"),
        ({"unequal": ("Ada", "Bob")}, "f!='Ada'f!='Bob'"),
        ({"equals": ""}, "f=''"),
        ({"equals": "O'Hara"}, 'f="O\'Hara"'),
        ({"equals": 'The "Inn"'}, "f='The \"Inn\"'"),
        ({"equals": True}, "f='true'"),
        ({"unequal": 5}, "f!='5'"),
        ({"like": "*@example.test"}, "f='*@example.test'"),
        ({"unlike": "*@example.test"}, "f!='*@example.test'"),
        ({"at_least": NOON, "less": NOON}, "f>='1772366400'f<'1772366400'"),
        ({"greater": 1.5, "at_most": "2*"}, "f>'1.5'f<='2*'"),
    ],
)
def test_a_condition_is_a_term_in_quotes(conditions, text):
    """rest.md 5."""
    assert str(where("f", **conditions)) == text


def test_terms_that_both_must_hold():
    """Different names mean AND, and so do inequalities."""
    assert str(where("name", like="*x*") & where("createdAt", greater=1) & where("createdAt", less=5)) == (
        "name='*x*'createdAt>'1'createdAt<'5'"
    )


@pytest.mark.parametrize(
    ("name", "conditions", "said"),
    [
        ("name", {}, "what must name be"),
        ("na'me", {"equals": "x"}, "no name of a field"),
        ("", {"equals": "x"}, "no name of a field"),
        ("name", {"is_like": "x"}, "is_like= is none of equals"),
        ("name", {"equals": []}, "cannot be asked"),
        ("name", {"equals": "a*"}, r"\* stands for anything"),
        ("name", {"unequal": "a*"}, r"\* stands for anything"),
        ("name", {"greater": ""}, "takes a value"),
        ("name", {"equals": "'\""}, "quotes of both kinds"),
        ("name", {"equals": "a", "like": "b*"}, "either"),
        ("name", {"greater": datetime(2026, 3, 1)}, "no zone"),  # noqa: DTZ001  that is the point
    ],
)
def test_what_cannot_be_asked_is_refused_here(name, conditions, said):
    """Eloqua would refuse it, or find something else."""
    with pytest.raises(ValueError, match=said):
        where(name, **conditions)


def test_one_field_cannot_equal_two_things():
    """Terms of one name mean OR [recorded]."""
    with pytest.raises(ValueError, match="email twice"):
        where("email", equals="a") & where("EMAIL", equals="b")


def test_one_field_cannot_equal_two_things_in_two_places(eloqua_client):
    """Nor where one of them is a condition and one a term."""
    with pytest.raises(ValueError, match="email twice"):
        eloqua_client.contacts.search("email", equals="a", term=where("email", equals="b"))


def test_a_condition_needs_its_field(eloqua_client):
    """It is not passed over."""
    with pytest.raises(ValueError, match="no name of a field"):
        eloqua_client.contacts.search(equals="x")


def test_terms_conditions_and_what_is_raw_go_together(client):
    """What is raw comes last."""
    for name, city in (("ada", "Lima"), ("bob", "Lima"), ("cyd", "Oslo")):
        client.contacts.create(Contact(email_address=f"{name}@example.test", city=city))

    def found(*name, **asked):
        return [each.email_address[:3] for each in client.contacts.search(*name, **asked, depth="minimal")]

    assert found("C_City", equals="lima") == ["ada", "bob"]
    assert found(term="C_City=Lima") == ["ada", "bob"]
    assert found("C_EmailAddress", like="a*", term="C_City=Lima") == ["ada"]
    assert found(term=where("C_City", equals=["Lima", "Oslo"]) & where("id", greater=1)) == ["bob", "cyd"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(WITHOUT_STARS, min_size=1, max_size=4, unique_by=str.lower), TEXTS)
def test_the_emulator_reads_what_was_meant(eloqua_client, titles, wanted):
    """Exact values, several, their opposite, and patterns, of texts that have signs of the grammar in them."""
    for each in list(eloqua_client.contacts.all(depth="minimal")):
        eloqua_client.contacts.delete(each.id)
    for number, title in enumerate(titles):
        eloqua_client.contacts.create(Contact(email_address=f"c{number}@example.test", title=title))

    def found(**conditions):
        return {each.title.lower() for each in eloqua_client.contacts.search("C_Title", **conditions, depth="partial")}

    lower = {each.lower() for each in titles}
    assert found(equals=titles[0]) == {titles[0].lower()}
    assert found(equals=titles) == lower
    assert found(unequal=titles[0]) == lower - {titles[0].lower()}
    assert found(unequal=titles) == set()
    matching = {each for each in lower if fits(each, wanted.lower())}
    assert found(like=wanted) == matching
    assert found(unlike=wanted) == lower - matching
