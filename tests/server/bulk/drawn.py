"""What is drawn for the property tests: more often than not what meets again, and what trips somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from tests.server.bulk.model import exports
from tests.server.bulk.model.entities import Column, Record, Store
from tests.server.bulk.model.imports import Cards, Definition
from tests.server.bulk.model.uploads import Cell, Upload
from tests.server.bulk.model.values import (
    ADDRESS,
    DATE,
    FLAG,
    FORMAT,
    ID,
    LARGE,
    LONGEST,
    NAME,
    NUMBER,
    TEXT,
    WHOLE,
    WIDE,
)

ADDRESSES = ("ada@x.co", "ADA@X.co", "bob@x.co", "o'neil@x.co", "a+b@x.co", "\N{LATIN SMALL LETTER E WITH ACUTE}@x.co")
BAD_ADDRESSES = ("notanemail", "a@b", "a b@x.co", "a@b@x.co", "@x.co", " ada@x.co", f"{'x' * 400}@x.co")
NAMES = (
    "Acme",
    "ACME",
    "acme",
    "Babbage",
    "O'Neil",
    "\N{LATIN CAPITAL LETTER E WITH ACUTE}va",
    "\N{LATIN SMALL LETTER E WITH ACUTE}va",
)
ODD = (
    "null",
    " ",
    "  x ",
    'say "hi", he',
    "two\nlines",
    "two\r\nlines",
    "50%_*",
    "a\tb",
    "007",
    "true",
    "\N{GRINNING FACE}",
)
CITIES = ("", "acme", "babbage", "paris", "rome")
ORDERED = "city"
"""The column of letters only, which every database puts into the same order."""
NUMBERS = ("0", "7", "007", "+5", "-3", "12", " 7 ", "1e3", "999999999999999")
DECIMALS = ("1.5", "1.50", "-3.25", ".5", "5.", "2.5E-1")
BAD_NUMBERS = ("abc", "1,5", "null", "1.2.3", "--1", "1e999", "1000000000000000", "0x10")
DATES = (
    "2014-10-13",
    "2014/10/13",
    "2014.10.13",
    "10/13/2014",
    "10/13/14",
    "01/02/03",
    "2014-10-15 15:21:14",
    "2014-10-15 15:21:14.254",
    "10/15/2014 3:15:14 AM",
    "10/15/2014 12:15:14 PM",
    "2021-03-14T06:59:59Z",
    "2014-10-15T12:00:00.5Z",
)
BAD_DATES = ("13/10/2014", "14/13/10", "2014-13-10", "2014-10-15 15:21:14.2545", "soon", "null", "2015-02-29")
_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y/%m/%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%SZ")

dates = st.builds(
    datetime.strftime,
    st.datetimes(datetime(2001, 1, 1), datetime(2060, 12, 31)),  # noqa: DTZ001  only its text counts
    st.sampled_from(_FORMS),
)
_texts = st.one_of(
    st.sampled_from(("", *NAMES)),
    st.sampled_from(NAMES),
    st.sampled_from(ODD),
    st.text("aAbB \u00e9'\"%_,;\n", max_size=6),
)


def _long(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([LONGEST[kind], LONGEST[kind] + 1]).map("x".__mul__)


def _mostly(good: st.SearchStrategy[str], bad: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 9).flatmap(lambda pick: bad if pick == 9 else good)


_blank = st.sampled_from(["", "", " "])
VALUES: dict[str, st.SearchStrategy[str]] = {
    ADDRESS: _mostly(st.sampled_from(ADDRESSES), st.sampled_from(("", " ", *BAD_ADDRESSES))),
    NAME: _mostly(st.sampled_from(NAMES), _texts | _long(NAME)),
    TEXT: _mostly(_texts, _long(TEXT)),
    WIDE: _mostly(_texts, _long(WIDE)),
    LARGE: _mostly(_texts, _long(LARGE)),
    WHOLE: _mostly(st.sampled_from(NUMBERS), _blank | st.sampled_from((*BAD_NUMBERS, "1.5"))),
    NUMBER: _mostly(st.sampled_from((*NUMBERS, *DECIMALS)), _blank | st.sampled_from(BAD_NUMBERS)),
    DATE: _mostly(st.sampled_from(DATES) | dates, _blank | st.sampled_from(BAD_DATES)),
    FLAG: _mostly(st.sampled_from(["true", "false", "TRUE", "0", "1"]), _blank | st.sampled_from(["maybe", "2"])),
    FORMAT: _mostly(st.sampled_from(["html", "text", "HTML", "unspecified"]), _blank | st.just("pdf")),
    ID: _mostly(st.integers(1, 6).map(str), st.sampled_from(["", "99", "007", "no id", "-1", "1.0"])),
}
"""Texts for a column of each kind."""


def _value(name: str, column: Column) -> st.SearchStrategy[str]:
    if name == ORDERED:
        return st.sampled_from(CITIES)
    if column.prefix:
        return st.one_of(
            VALUES[ID], st.integers(1, 6).map(lambda key: f"{column.prefix}{key:012d}"), st.just(f"{column.prefix}x")
        )
    return VALUES[column.kind]


def value(store: Store, name: str) -> st.SearchStrategy[str]:
    """A text for a column, often one that a record has there, perhaps in another case."""
    other = _value(name, store.entity.columns[name])
    known = [text for record in store.records if (text := known_text(store, record, name))]
    return st.one_of(other, st.sampled_from([*known, *map(str.swapcase, known)])) if known else other


def known_text(store: Store, record: Record, name: str) -> str:
    """What a record has in a column, as an export tells it."""
    return exports.row(store.entity, record)[name]


def _cell(store: Store, name: str) -> st.SearchStrategy[Cell]:
    """The same as JSON may hold it: null, or a number or boolean that is meant."""
    text = value(store, name)
    return st.one_of(text, text, text, text.map(_scalar), st.none())


def _scalar(text: str) -> Cell:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdigit() and str(int(text)) == text else text


def _spelled(draw: st.DrawFn, key: str) -> str:
    """A key as an upload may write it."""
    return draw(st.sampled_from([key, key, key, key.upper(), f" {key} "]))


@st.composite
def uploads(draw: st.DrawFn, store: Store, keys: tuple[str, ...]) -> list[Upload]:
    """One upload or more, seldom none, as JSON or CSV, some with columns too many, or with none of the wanted."""
    return [draw(_upload(store, keys)) for _ in range(draw(st.sampled_from([1] * 8 + [2, 2, 2, 3, 0])))]


@st.composite
def _upload(draw: st.DrawFn, store: Store, keys: tuple[str, ...]) -> Upload:
    lacking = draw(st.sampled_from([()] * 12 + [keys[-1:], keys[:1], keys]))
    strange = draw(st.sampled_from([()] * 6 + [("strange",), ("strange", "an 'odd' one")]))
    names = {_spelled(draw, key): key for key in keys if key not in lacking} | dict.fromkeys(strange, "")
    as_csv = bool(names) and draw(st.booleans())
    cells: dict[str, Any] = {
        name: _texts if not key else value(store, key) if as_csv else _cell(store, key) for name, key in names.items()
    }
    row = st.fixed_dictionaries(cells)
    if not as_csv and not draw(st.integers(0, 2)):
        row = st.fixed_dictionaries({}, optional=cells)
    rows = draw(st.lists(row, min_size=draw(st.sampled_from([1, 2, 3, 4, 0])), max_size=6))
    return Upload(rows, tuple(cells) if as_csv else None)


@st.composite
def populations(draw: st.DrawFn, store: Store) -> tuple[Definition, list[Upload]]:
    """A first load of everything, so that the next ones meet somebody."""
    entity = store.entity
    written = tuple(name for name, column in entity.columns.items() if column.is_written)
    row = st.fixed_dictionaries({name: value(store, name) for name in written})
    rows = draw(st.lists(row, min_size=4, max_size=6))
    return Definition(written, entity.unique or entity.needed or written[0]), [Upload(rows)]


@st.composite
def definitions(draw: st.DrawFn, store: Store, partners: tuple[Store, ...] = ()) -> Definition:
    """Any import definition that is valid."""
    columns = store.entity.columns
    usual = [name for name, column in columns.items() if column.is_written]
    key = draw(st.sampled_from([name for name, column in columns.items() if column.identifies]))
    key = draw(st.sampled_from([key, store.entity.unique or store.entity.needed or key]))
    others = draw(st.lists(st.sampled_from([name for name in usual if name != key]), max_size=6, unique=True))
    if (needed := store.entity.needed) and needed not in (key, *others) and draw(st.integers(0, 3)):
        others.append(needed)
    chosen = tuple(draw(st.permutations([key, *others])))
    sources = [each for each in chosen if each in ("order", "buyer", "amount", "id")]
    rules = st.sampled_from(["always", "ifNewIsNotNull", "ifExistingIsNull", "useFieldRule"])
    return Definition(
        chosen,
        key,
        update_rule=draw(st.none() | rules),
        rule_by_field=draw(st.dictionaries(st.sampled_from(chosen), rules, max_size=2)),
        import_rule=draw(st.sampled_from([None, None, "createAndUpdate", "updateOnly", "createOnly"])),
        several=store.entity.unique not in others and draw(st.booleans()),
        blanks_identifier=not draw(st.integers(0, 5)),
        mapping=draw(_cards(sources, partners)) if sources and partners and draw(st.booleans()) else None,
    )


@st.composite
def _cards(draw: st.DrawFn, sources: list[str], partners: tuple[Store, ...]) -> Cards:
    partner = draw(st.sampled_from(partners))
    column = draw(st.sampled_from([partner.entity.needed or "id", "city", "id"]))
    return Cards(draw(st.sampled_from(sources)), partner, column, is_exact=draw(st.booleans()))
