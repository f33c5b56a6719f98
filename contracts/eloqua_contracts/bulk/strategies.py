"""Examples for Bulk: rows, texts that a table must not break on, filters, rules."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.strategies import texts

UPDATE_RULES = ("always", "ifNewIsNotNull", "ifExistingIsNull")
"""Those that are the definition's own."""
TRICKY = (
    *(
        'say "yes"',
        '"quoted"',
        '"',
        "a,b",
        "one, two",
        "semi;colon",
        "tab\there",
        "it's",
        "100%",
        "=1+1",
        "a\nb",
        "a\r\nb",
    ),
    *("{{braces}}", "0012", "1e5", "Zürich", "日本語", "😀", "\\n", "true", "<b>&amp;</b>"),
)
"""Texts that a table must not break on."""


def cells() -> st.SearchStrategy[str]:
    """What a text field holds, also what CSV or JSON has to quote."""
    return st.one_of(texts(60), st.sampled_from(TRICKY))


def cells_or_nothing() -> st.SearchStrategy[str]:
    """The same, or a blank."""
    return st.one_of(st.just(""), cells())


def tables(most: int = 5) -> st.SearchStrategy[list[dict[str, str]]]:
    """First and last names for some rows."""
    row = st.fixed_dictionaries({"first": cells_or_nothing(), "last": cells_or_nothing()})
    return st.lists(row, min_size=1, max_size=most)
