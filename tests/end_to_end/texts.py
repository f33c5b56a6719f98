"""What is drawn: values that are known to trip somebody, more often than not ones that meet again."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.end_to_end.conditions import OPERANDS, Compare, Joined, Node, Not, OnList
from tests.end_to_end.loads import ID, MARKS, RULES
from tests.end_to_end.values import ADDRESS, DATES, FIELDS, FIRST, NUMBERS

GOOD_ADDRESSES = (
    "ada@example.test",
    "ADA@Example.Test",
    "o'neil@example.test",
    "O'NEIL@example.test",
    "a+b@x.co",
    "a_b@x.co",
    "axb@x.co",
    "50%@x.co",
    "<&>@x.co",
    "*@x.co",
    "\N{LATIN SMALL LETTER E WITH ACUTE}@x.co",
    "\N{LATIN CAPITAL LETTER E WITH ACUTE}@x.co",
    f"{'long' * 24}@x.co",
)
BAD_ADDRESSES = ("notanemail", "a@b", "two words@x.co", " ada@example.test", "a@b@c.co", "  ", f"{'x' * 400}@x.co")
NAMES = (
    "Ada",
    "ADA",
    " ada ",
    "O'Neil",
    'Say "hi"',
    "both ' and \"",
    "50%",
    "a_b",
    "axb",
    "a*b",
    "<b>&amp;",
    "\N{LATIN CAPITAL LETTER E WITH ACUTE}va",
    "\N{LATIN SMALL LETTER E WITH ACUTE}va",
    "\N{CJK UNIFIED IDEOGRAPH-4E2D} \N{GRINNING FACE}",
    "a\tb",
    "two\nlines",
    "two\r\nlines",
    "back\\slash/",
    "null",
    " ",
    "x" * 100,
    "x" * 101,
)
_SIGNS = "aAbB \N{LATIN SMALL LETTER SHARP S}'\"%_*<>&;=()\\/,\N{CJK UNIFIED IDEOGRAPH-4E2D}"

addresses = st.one_of(
    st.sampled_from(GOOD_ADDRESSES), st.sampled_from(GOOD_ADDRESSES), st.sampled_from(("", *BAD_ADDRESSES))
)
texts = st.one_of(st.sampled_from(NAMES[:3]), st.sampled_from(("", *NAMES)), st.text(_SIGNS, max_size=8))
_VALUES: dict[str, st.SearchStrategy[str]] = {
    "address": addresses,
    "text": texts,
    "number": st.sampled_from(("", *NUMBERS, *NUMBERS, "abc", "12,5", " ")),
    "date": st.sampled_from(("", *DATES, *DATES, "13/10/2014", "soon", " ")),
}


def value(name: str) -> st.SearchStrategy[str]:
    """A text for a field."""
    return _VALUES[FIELDS[name].kind]


_OTHERS = [name for name in FIELDS if name != ADDRESS]


@st.composite
def values(draw: st.DrawFn, most: int = 4) -> dict[str, str]:
    """Some values of a contact, mostly with an address."""
    names = draw(st.lists(st.sampled_from(_OTHERS), max_size=most, unique=True))
    if draw(st.integers(0, 9)):
        names.append(ADDRESS)
    return {name: draw(value(name)) for name in names}


people = st.lists(
    st.tuples(values(), st.sampled_from(GOOD_ADDRESSES)).map(lambda drawn: {**drawn[0], ADDRESS: drawn[1]}),
    min_size=3,
    max_size=6,
)
"""Contacts to begin with."""

marks = st.fixed_dictionaries(
    {},
    optional={
        "is_subscribed": st.booleans(),
        "is_bounced": st.booleans(),
        "email_format": st.sampled_from(["html", "text", "unspecified"]),
    },
)

NONE = 8
picks = st.integers(0, NONE)
"""Which of the records there are, counted round and round; the last pick is one that is not."""

_MARK_TEXTS = {
    "is_subscribed": st.sampled_from(["true", "false", "TRUE", "0", "1", "", "maybe"]),
    "is_bounced": st.sampled_from(["true", "false", "", "2"]),
    "email_format": st.sampled_from(["html", "text", "HTML", "", "pdf"]),
    ID: st.one_of(picks.map(str), st.sampled_from(["", "no id"])),
}


@st.composite
def columns(draw: st.DrawFn, identifier: str) -> tuple[str, ...]:
    """The columns of an import, first the one that identifies."""
    others = [name for name in (*FIELDS, *MARKS) if name != identifier]
    chosen = draw(st.lists(st.sampled_from(others), max_size=4, unique=True))
    if identifier == FIRST and ADDRESS not in chosen and draw(st.booleans()):
        chosen.append(ADDRESS)
    return (identifier, *chosen)


@st.composite
def uploads(draw: st.DrawFn, known: tuple[str, ...]) -> list[tuple[tuple[str, ...], list[dict[str, str]]]]:
    """One upload or two: header and rows, in which an id is a pick, some with an identifier that stood before."""
    found = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        lacking = draw(st.sampled_from([(), (), (), (), (), known[-1:], known[:1]]))
        strange = draw(st.sampled_from([(), (), (), ("shoe",), ("shoe", "an 'odd' one")]))
        header = tuple(key for key in known if key not in lacking) + strange
        row = st.fixed_dictionaries({key: _cell(key) for key in header})
        rows = draw(st.lists(row, min_size=1, max_size=4)) if header else [{}]
        if known[0] in header and draw(st.booleans()):
            rows.append({**draw(row), known[0]: rows[0][known[0]].swapcase()})
        found.append((header, rows))
    return found


def _cell(key: str) -> st.SearchStrategy[str]:
    if key in FIELDS:
        return value(key)
    return _MARK_TEXTS.get(key, texts)


rules = st.sampled_from(RULES)


@st.composite
def comparisons(draw: st.DrawFn, signs: tuple[str, ...] = ("=", "!=")) -> Compare:
    """One condition; ids, instants and likenesses are picks, for the test to fill in."""
    name = draw(st.sampled_from(list(OPERANDS)))
    kind = OPERANDS[name].kind
    if kind in ("text", "address"):
        return Compare(name, draw(st.sampled_from(signs)), draw(_patterns | _likenesses))
    if kind == "boolean":
        return Compare(name, draw(st.sampled_from(["=", "!="])), draw(st.sampled_from(["true", "false", "1", "maybe"])))
    literal: dict[str, Any] = {
        "number": st.sampled_from(["0", "7", "5", "-3.5", "1.5", "12", "100", "abc"]),
        "date": st.sampled_from(["2014-10-13", "2014-10-15 15:21:14", "2014-10-15 15:21:14.254", "2021-03-14"]),
        "id": picks.map(str),
        "instant": st.builds(
            "{} {} {}".format, picks, st.sampled_from([-1, 0, 1]), st.sampled_from(["s", "ms", "day"])
        ),
    }
    return Compare(name, draw(st.sampled_from(["=", "!=", ">", "<", ">=", "<="])), draw(literal[kind]))


LIKENESS = "\N{SYMBOL FOR NULL}"
"""Marks a value that is to be like that of a contact: the pick and how follow."""
_likenesses = st.builds(f"{LIKENESS} {{}} {{}}".format, picks, st.sampled_from(["same", "swapped", "start"]))
_patterns = st.one_of(
    texts,
    st.sampled_from(GOOD_ADDRESSES),
    st.sampled_from(
        ("%a%", "A%", "_da", "%", "__", "*da*", "a*", "*", "*@x.co", "%@X.CO", "CMOCK%", "x.co", "Ada ADA")
    ),
)


def terms() -> st.SearchStrategy[list[Compare]]:
    """What SOAP and REST can be asked: they have no escape for quotes."""
    speakable = comparisons().filter(lambda each: not {"'", '"'} <= set(each.value))
    return st.lists(speakable, min_size=1, max_size=3)


def filters() -> st.SearchStrategy[Node]:
    """Bulk filters; a list is a pick."""
    leaf: st.SearchStrategy[Node] = st.one_of(
        comparisons(("=", "!=", "~")), comparisons(("=", "!=", "~")), st.builds(OnList, picks)
    )
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(Joined, st.sampled_from(["AND", "OR"]), st.lists(part, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )
