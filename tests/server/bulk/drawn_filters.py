"""Filters that are drawn, and their text in every spelling that chapter 15 allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st
from tests.server.bulk.drawn import ORDERED
from tests.server.bulk.model.entities import Store
from tests.server.bulk.model.filters import LIKE, SIGNS, TEXTS, Among, Compare, Joined, Node, Not, Operand, operands
from tests.server.bulk.model.values import DATE, FLAG, ID, NUMBER

_PATTERNS = ("%", "%%", "a%", "%A", "_c%", "%e", "____", "%'%", "a\\%", "%50\\%", "% %", "%/%", "*", "a*")


def filters(store: Store, places: Sequence[Among]) -> st.SearchStrategy[Node]:
    """Any filter; *places* are the lists and steps that it may ask for."""
    return st.recursive(
        conditions(store, places),
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(Joined, st.sampled_from(["AND", "OR"]), st.lists(part, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def conditions(store: Store, places: Sequence[Among]) -> st.SearchStrategy[Node]:
    """A single condition."""
    known = operands(store.entity)
    compare = st.sampled_from(list(known)).flatmap(lambda name: _compare(store, name, known[name]))
    return st.one_of(compare, compare, compare, compare, st.sampled_from(places)) if places else compare


def _compare(store: Store, name: str, operand: Operand) -> st.SearchStrategy[Node]:
    values = [operand.read(each) for each in store.records]
    equal = st.sampled_from(["=", "!="])
    signs = st.sampled_from(list(SIGNS))
    near = st.sampled_from(values) if values else st.just("")
    match operand.kind:
        case _ if operand.kind in ("instant", DATE):
            clocks = [datetime.fromisoformat(each) for each in values if each] or [datetime(2024, 1, 1)]  # noqa: DTZ001
            found = st.tuples(
                signs, st.builds(_near, st.sampled_from(clocks), st.integers(-2, 2), st.sampled_from(_UNITS))
            )
        case _ if operand.kind == NUMBER:
            found = st.tuples(
                signs, near.map(lambda text: text or "0") | st.sampled_from(["7", "7.0", "-3.5", "abc", "+1.5", "1e3"])
            )
        case _ if operand.kind == ID:
            found = st.tuples(signs, st.sampled_from(["1", "2", "03", "4", "99", "-1", "x", "1.0"]))
        case _ if operand.kind == FLAG:
            found = st.tuples(signs, st.sampled_from(["true", "FALSE", "1", "0", "perhaps"]))
        case _ if name == ORDERED:
            found = st.tuples(signs, near.map(lambda text: text or "m"))
        case _:
            found = st.tuples(equal, near.map(str.swapcase) | near)
    found = st.one_of(found, found, st.tuples(equal, st.just("")))
    if operand.kind == TEXTS:
        found = st.one_of(found, st.tuples(st.just(LIKE), st.sampled_from(_PATTERNS) | near.map(_loosened)))
    return found.map(lambda drawn: Compare(operand, name, *drawn))


_UNITS = ("day", "second", "millisecond", "zoned")


def _near(clock: datetime, steps: int, unit: str) -> str:
    """A literal at or near a moment."""
    if unit == "day":
        return (clock + timedelta(days=steps)).strftime("%Y-%m-%d")
    clock += timedelta(milliseconds=steps) if unit == "millisecond" else timedelta(seconds=steps)
    text = clock.isoformat(" ", "milliseconds")
    return {"second": text[:19], "millisecond": text, "zoned": f"{text[:10]}T{text[11:19]}Z"}[unit]


def _loosened(text: str) -> str:
    return f"{text[:1]}%{text[-1:]}" if len(text) > 3 else f"_{text[1:]}"


@st.composite
def spelled(draw: st.DrawFn, node: Node) -> str:
    """The text of a filter: brackets where precedence needs them and elsewhere, blanks or none between the words."""
    words = list(_words(node, draw))
    blanks = st.sampled_from(["", "", " ", "  ", "\n"])
    text = draw(blanks)
    for word, following in zip(words, [*words[1:], ""], strict=True):
        apart = word[-1].isalpha() and following[:1].isalpha()
        text += word + (" " if apart else draw(blanks))
    return text


def _words(node: Node, draw: st.DrawFn) -> Iterator[str]:
    match node:
        case Compare(operand, _, sign, literal):
            yield from (quoted(_statement(operand.statement, draw)), sign, quoted(literal))
        case Among(statement, status):
            yield from (_keyword("EXISTS" if status is None else "STATUS", draw), "(", quoted(statement), ")")
            yield from () if status is None else ("=", quoted(status))
        case Not(part):
            yield _keyword("NOT", draw)
            yield from _bracketed(part, draw, needed=isinstance(part, Joined))
        case Joined(word, parts):
            for number, part in enumerate(parts):
                if number:
                    yield _keyword(word, draw)
                yield from _bracketed(part, draw, needed=word == "AND" and isinstance(part, Joined))


def _bracketed(node: Node, draw: st.DrawFn, *, needed: bool) -> Iterator[str]:
    if needed or not draw(st.integers(0, 4)):
        yield from ("(", *_words(node, draw), ")")
    else:
        yield from _words(node, draw)


def quoted(text: str) -> str:
    """A quote inside a text is doubled."""
    return "'" + text.replace("'", "''") + "'"


def _keyword(word: str, draw: st.DrawFn) -> str:
    return draw(st.sampled_from([word, word, word.lower(), word.title()]))


def _statement(statement: str, draw: st.DrawFn) -> str:
    """In another case, with blanks inside the braces, or without braces."""
    bare = statement[2:-2]
    return draw(st.sampled_from([statement] * 4 + [statement.lower(), f"{{{{ {bare} }}}}", bare, f" {statement} "]))


_SHORT_ENOUGH = 400
"""Characters: the same filter in the words of 2.0 stays below its thousand, quotes doubled."""


def as_first_version(node: Node) -> Mapping[str, str] | None:
    """The filter object of 1.0 that says the same; None when there is none (`bulk` 20.2)."""
    rules = {
        "=": "valueEqualsComparisonValue",
        "!=": "valueDoesNotEqualComparisonValue",
        ">": "valueGreaterThanComparisonValue",
        ">=": "valueGreaterThanOrEqualToComparisonValue",
        "<": "valueLessThanComparisonValue",
        "<=": "valueLessThanOrEqualToComparisonValue",
    }
    match node:
        case Compare(operand, _, sign, literal) if sign in rules and len(literal) <= _SHORT_ENOUGH:
            return {"filterRule": rules[sign], "value": operand.statement, "comparisonValue": literal}
        case Among(statement, None) if "ContactList" in statement:
            return {"filterRule": "member", "membershipUri": f"/contact/list/{statement[14:-3]}"}
    return None
