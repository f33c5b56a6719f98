"""Filters of exports that are drawn, each with the plain reading of what it finds (`bulk` 15).

Only what is known is drawn: no blanks, no letter case, no precedence without brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import CONTACT

Row = Mapping[str, str]
WORDS = ("ash", "birch", "cedar", "dogwood", "elm", "chestnut")
"""What the fields hold."""
FIELDS = {
    "first": CONTACT["first"],
    "last": CONTACT["last"],
    "city": "{{Contact.Field(C_City)}}",
}
_LONGEST = 850


@dataclass(frozen=True)
class Filter:
    """One of them."""

    text: str
    finds: Callable[[Row], bool]

    def __repr__(self) -> str:
        return self.text


def rows() -> st.SearchStrategy[list[dict[str, str]]]:
    """Contacts whose fields hold these words."""
    row = st.fixed_dictionaries({name: st.sampled_from(WORDS) for name in FIELDS})
    return st.lists(row, min_size=2, max_size=6)


def filters() -> st.SearchStrategy[Filter]:
    """Conditions, joined by AND and OR, turned by NOT, in brackets."""
    whole = st.recursive(_conditions(), lambda part: st.one_of(_negations(part), _joined(part)), max_leaves=6)
    return whole.filter(lambda drawn: len(drawn.text) <= _LONGEST)


def _conditions() -> st.SearchStrategy[Filter]:
    names, blanks = st.sampled_from(sorted(FIELDS)), st.sampled_from(["", " "])
    return st.one_of(
        st.builds(_equal, names, st.sampled_from(["=", "!="]), st.sampled_from(WORDS), blanks),
        st.builds(_like, names, st.sampled_from(["a", "b", "c", "e", "d"]), blanks),
        st.builds(
            _made, st.sampled_from([">", ">=", "<", "<="]), st.sampled_from(["2001-01-01", "2099-01-01 00:00:00"])
        ),
    )


def _equal(name: str, operator: str, word: str, blank: str) -> Filter:
    text = f"'{FIELDS[name]}'{blank}{operator}{blank}'{word}'"
    return Filter(text, lambda row: (row[name] == word) == (operator == "="))


def _like(name: str, letter: str, blank: str) -> Filter:
    """Begins with a letter, as Oracle's sample has it."""
    return Filter(f"'{FIELDS[name]}'{blank}~{blank}'{letter}%'", lambda row: row[name].startswith(letter))


def _made(operator: str, day: str) -> Filter:
    """Made before or after a day of another century."""
    is_after, is_past = operator in {">", ">="}, day < "2050"
    return Filter(f"'{{{{Contact.CreatedAt}}}}' {operator} '{day}'", lambda _row: is_after == is_past)


def _negations(part: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    return part.map(lambda inner: Filter(f"NOT ({inner.text})", lambda row: not inner.finds(row)))


def _joined(part: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    return st.builds(_join, st.sampled_from(["AND", "OR"]), st.lists(part, min_size=2, max_size=3))


def _join(word: str, parts: list[Filter]) -> Filter:
    text = f" {word} ".join(f"({each.text})" for each in parts)
    together = all if word == "AND" else any
    return Filter(text, lambda row: together(each.finds(row) for each in parts))
