"""One comparison against a plain-Python reading of it, on both databases."""

# ruff: noqa: DTZ001  dates without a zone are what is tested

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_eloqua.language import literals, patterns
from mock_eloqua.language.comparison import Comparison, condition
from mock_eloqua.language.errors import BadValue, LanguageError, UnknownName

EASTERN = ZoneInfo("America/New_York")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COMPARED = {"=": eq, "!=": ne, "<": lt, ">": gt, "<=": le, ">=": ge}
NAMES = ["id", "name", "folded", "amount", "day", "seen", "active"]

anything = st.text(st.characters(exclude_categories=()))
operators = st.sampled_from([*COMPARED, "~"])
spelled = st.text("aAbBxXäÄéÉжЖ日🙂%_/*\\ '\"01.-", min_size=1, max_size=6)


def chosen(specimens, name, operator, value, **how):
    asked = Comparison(name, operator, value)
    return specimens.chosen(condition(asked, specimens.resolve, "", **how))


def fulfilling(specimens, column, test):
    return {row["id"] for row in specimens.rows if test(row[column])}


def is_like(text, pattern, *, any_run, any_one=""):
    """LIKE by a regular expression."""
    meaning = {any_run: ".*", any_one: "."}
    expression = "".join(meaning.get(sign, re.escape(sign)) for sign in pattern.lower())
    return text is not None and re.fullmatch(expression, text.lower(), re.DOTALL) is not None


# Names and values that say nothing


def test_a_name_that_nobody_knows_is_told_with_its_place(specimens):
    """Whoever asked has to find it in a long text."""
    with pytest.raises(UnknownName, match="'moon' at position 4") as refused:
        condition(Comparison("moon", "=", "1", 4), specimens.resolve, "x=1 moon=1")

    assert (refused.value.name, refused.value.position) == ("moon", 4)


@pytest.mark.parametrize("operator", ["<", ">", "<=", ">="])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_more_or_less_than_blank(specimens, name, operator):
    """[inferred] An inequality takes a value."""
    with pytest.raises(BadValue, match=f"{operator} takes a value"):
        chosen(specimens, name, operator, "")


@given(name=st.sampled_from(NAMES), operator=operators, value=anything)
@example(name="seen", operator="=", value="9" * 20)
@example(name="id", operator=">", value="-" + "9" * 20)
@example(name="day", operator="<", value="9999-12-31T23:59:59-23:59")
@example(name="day", operator=">=", value="0001-01-01T00:00:00+23:59")
@example(name="seen", operator="=", value="0001-01-01")
@example(name="amount", operator="=", value="9" * 100)
@example(name="amount", operator="=", value="." + "9" * 99)
@example(name="amount", operator="=", value="٣")
@example(name="day", operator="=", value="٢٢٢٤-٢٢-٢٢T٢٢:٢٢:٢٢Z")
@example(name="name", operator="~", value="/")
@example(name="name", operator="~", value="%/")
@example(name="name", operator="=", value="*\\")
@example(name="name", operator="=", value="İΣß*")
@example(name="name", operator="=", value="a\0*")
@example(name="name", operator="!=", value="\ud800")
@example(name="folded", operator="=", value="*" * 12_000)
@example(name="folded", operator="=", value="a*" * 10_000)
@example(name="name", operator="=", value="日*" * 6_000)
def test_no_value_makes_a_database_fail(specimens, name, operator, value):
    """An answer or a LanguageError, whatever is asked."""
    for zone in (EASTERN, UTC):
        try:
            asked = condition(Comparison(name, operator, value), specimens.resolve, "", zone=zone)
        except LanguageError:
            continue
        assert specimens.chosen(asked) <= specimens.everyone


@pytest.mark.parametrize("value", ["a\0b", "\ud800", "*\0", "\udfff*"])
@pytest.mark.parametrize("name", NAMES)
def test_what_no_database_can_hold_equals_nothing(specimens, name, value):
    """NUL and half a surrogate pair."""
    assert chosen(specimens, name, "=", value) == set()
    assert chosen(specimens, name, "!=", value) == specimens.everyone


@pytest.mark.parametrize("name", ["amount", "day", "seen", "active", "id"])
def test_what_is_no_value_of_the_kind_equals_nothing(specimens, name):
    """[inferred] A word is no number, date, flag or id: no error, no match."""
    assert chosen(specimens, name, "=", "abc") == set()
    assert chosen(specimens, name, ">", "abc") == set()
    assert chosen(specimens, name, "!=", "abc") == specimens.everyone


# Blank


@pytest.mark.parametrize("name", NAMES)
def test_blank_is_what_has_no_value(specimens, name):
    """[doc] rest.md 5: a blank search, `M_City=''`; NULL and an empty text are alike."""
    column = "name_ci" if name == "folded" else name

    assert chosen(specimens, name, "=", "") == fulfilling(specimens, column, lambda kept: kept in (None, ""))
    assert chosen(specimens, name, "!=", "") == fulfilling(specimens, column, lambda kept: kept not in (None, ""))
    assert chosen(specimens, name, "~", "") == chosen(specimens, name, "=", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_wildcard_alone_finds_all(specimens, name):
    """[client] soap-1.2.md 10.4: `C_EmailAddress='*'` is everything, what is blank included."""
    assert chosen(specimens, name, "=", "*") == chosen(specimens, name, "=", "***") == specimens.everyone
    assert chosen(specimens, name, "~", "%") == specimens.everyone
    assert chosen(specimens, name, "!=", "*") == set()


# Text


@pytest.mark.parametrize("name", ["name", "folded"])
@given(value=spelled, operator=st.sampled_from(["=", "!="]))
@example(value="*a*", operator="=")
@example(value="a%*", operator="=")
@example(value="a_*", operator="=")
@example(value="a/*", operator="=")
@example(value="*\\*", operator="!=")
@example(value="äg*", operator="=")
@example(value="жУК", operator="=")
@example(value="ADA", operator="!=")
def test_texts_are_compared_whole_and_without_case(specimens, name, value, operator):
    """[doc, inferred] rest.md 5: the whole value, `*` anywhere; `%` and `_` are themselves."""
    found = fulfilling(specimens, "name", lambda kept: is_like(kept, value, any_run="*") or not value.strip("*"))

    assert chosen(specimens, name, operator, value) == (found if operator == "=" else specimens.everyone - found)


@pytest.mark.parametrize("name", ["name", "folded"])
@given(value=spelled)
@example(value="a%")
@example(value="A_B")
@example(value="%/%")
@example(value="%ж")
@example(value="_")
def test_the_tilde_is_like(specimens, name, value):
    """[doc, inferred] bulk.md 15: `~` with `%` and `_`, without case; `*`, `/` and backslashes are themselves."""
    everything = not value.strip("%")

    assert chosen(specimens, name, "~", value) == fulfilling(
        specimens, "name", lambda kept: everything or is_like(kept, value, any_run="%", any_one="_")
    )


@given(value=spelled)
def test_without_wildcards_a_star_is_itself(specimens, value):
    """[inferred] bulk.md 15: filters have `~` for patterns."""
    assert chosen(specimens, "name", "=", value, wildcard="") == fulfilling(
        specimens, "name", lambda kept: kept is not None and kept.lower() == value.lower()
    )


@pytest.mark.parametrize("name", ["name", "folded"])
@given(value=st.text("abxyzABXYZ", min_size=1), operator=st.sampled_from(["<", ">", "<=", ">="]))
def test_words_have_an_order_and_blank_is_outside_of_it(specimens, name, value, operator):
    """[inferred] Latin letters only: signs are for the database's collation to place."""
    plain = fulfilling(specimens, "name", lambda kept: not kept or (kept.isascii() and kept.isalpha()))

    assert chosen(specimens, name, operator, value) & plain == plain & fulfilling(
        specimens, "name", lambda kept: bool(kept) and COMPARED[operator](kept.lower(), value.lower())
    )


@pytest.mark.parametrize(("name", "value"), [("amount", "1*"), ("day", "2024-11*"), ("active", "T*"), ("id", "1*")])
def test_patterns_read_every_kind_as_text(specimens, name, value):
    """[inferred] As people read it; flags are words."""

    def shown(kept):
        return str(kept).lower() if isinstance(kept, bool) else None if kept is None else str(kept)

    assert chosen(specimens, name, "=", value) == fulfilling(
        specimens, name, lambda kept: is_like(shown(kept), value, any_run="*")
    )


def test_a_pattern_reads_an_instant_in_unix_seconds(specimens):
    """[inferred] As REST shows it, also before 1970."""
    assert chosen(specimens, "seen", "=", "14200704*") == fulfilling(
        specimens, "seen", lambda kept: str(kept).startswith("14200704")
    )
    assert chosen(specimens, "seen", "=", "-*") == fulfilling(specimens, "seen", lambda kept: (kept or 0) < 0)
    assert chosen(specimens, "seen", "=", "-2*") == fulfilling(specimens, "seen", lambda kept: kept == -1500)


def test_a_pattern_may_be_too_long(specimens):
    """SQLite takes 50,000 bytes."""
    with pytest.raises(BadValue, match="more than 12000 characters with wildcards"):
        chosen(specimens, "name", "=", "a" * patterns.LONGEST + "*")


# Numbers and ids


def number(text):
    """The number in a stored text; None when there is none."""
    return Decimal(text) if text and re.fullmatch(r"-?(\d+(\.\d+)?|\.\d+)", text, re.ASCII) else None


@given(
    value=st.decimals(-1000, 1000, places=2).map(lambda each: f"{each:f}")
    | st.integers(-(10**15), 10**15).map(str)
    | st.sampled_from(["1", "1.0", "01", "+1", "1.", ".5", "-.5", "1.50", "0", "-0", " 10 ", "0.10", "9" * 20]),
    operator=st.sampled_from([*COMPARED]),
)
@example(value="1", operator="=")
@example(value="9", operator=">")
@example(value="0", operator="!=")
def test_numbers_are_compared_by_value(specimens, value, operator):
    """[inferred] bulk.md 15: 10 is more than 9 and 1.50 is 1.5; what holds no number differs from all."""

    def test(kept):
        found = number(kept)
        return operator == "!=" if found is None else COMPARED[operator](found, Decimal(value.strip()))

    assert chosen(specimens, "amount", operator, value) == fulfilling(specimens, "amount", test)


def test_a_number_costs_one_parameter(specimens):
    """PostgreSQL takes 65,535 of them, and a search may have ten thousand conditions."""
    asked = condition(Comparison("amount", "=", "1"), specimens.resolve, "")

    assert list(asked.compile().params.values()) == ["1"]


@given(
    value=st.integers(-40, 40) | st.integers(2**63 - 2, 2**63 + 1) | st.integers(-(10**25), 10**25),
    operator=st.sampled_from([*COMPARED]),
)
@example(value=2**63 - 1, operator="=")
@example(value=2**63, operator="<")
@example(value=10**19, operator="!=")
@example(value=-(10**20), operator=">")
def test_ids_are_compared_by_value_however_long(specimens, value, operator):
    """Twenty digits fit no column: more than all ids, and an answer all the same."""
    expected = fulfilling(specimens, "id", lambda kept: COMPARED[operator](kept, value))

    assert chosen(specimens, "id", operator, str(value)) == expected
    assert chosen(specimens, "id", operator, f" {value} ") == expected


@pytest.mark.parametrize("value", ["true", "TRUE", "1", " True "])
def test_flags_are_words_or_digits(specimens, value):
    """[inferred] Blank is neither."""
    assert chosen(specimens, "active", "=", value) == fulfilling(specimens, "active", lambda kept: kept is True)
    assert chosen(specimens, "active", "!=", value) == fulfilling(specimens, "active", lambda kept: kept is not True)
    assert chosen(specimens, "active", ">", value) == set()


# Dates and instants

moments = st.sampled_from(
    [
        datetime(2024, 3, 10, 1, 59, 59),
        datetime(2024, 3, 10, 2, 30),
        datetime(2024, 3, 10, 3, 0),
        datetime(2024, 11, 3, 0, 59, 59),
        datetime(2024, 11, 3, 1, 0),
        datetime(2024, 11, 3, 1, 30),
        datetime(2024, 11, 3, 2, 0),
        datetime(2014, 10, 13),
        datetime(2014, 10, 13, 15, 21, 14),
        datetime(2014, 12, 31, 19, 0),
        datetime(2015, 1, 1),
        datetime(1969, 12, 31, 19, 0),
    ]
) | st.datetimes(datetime(2013, 1, 1), datetime(2025, 1, 1)).map(lambda each: each.replace(microsecond=0))
written = st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S"])
inequalities = st.sampled_from([*COMPARED])


def within(kept, operator, first, last):
    """A comparison of what is kept with a span of time."""
    match operator:
        case "=":
            return first <= kept <= last
        case "!=":
            return not first <= kept <= last
        case ">" | "<=":
            return COMPARED[operator](kept, last)
    return COMPARED[operator](kept, first)


def milliseconds(moment):
    return (moment - EPOCH) // timedelta(milliseconds=1)


@given(moment=moments, form=written, operator=inequalities)
@example(moment=datetime(2024, 3, 10, 2, 30), form="%Y-%m-%d %H:%M:%S", operator="=")
@example(moment=datetime(2024, 11, 3, 1, 30), form="%m/%d/%Y %I:%M:%S %p", operator="<=")
@example(moment=datetime(2014, 10, 13, 15, 21, 14), form="%Y-%m-%d %H:%M:%S", operator="=")
def test_date_fields_are_compared_as_they_stand(specimens, moment, form, operator):
    """[doc] bulk.md 15: Eastern, also the hour that summer time skips; a second includes its fractions."""
    first, last = f"{moment}.000", f"{moment}.999"

    assert chosen(specimens, "day", operator, moment.strftime(form)) == fulfilling(
        specimens,
        "day",
        lambda kept: within(kept, operator, first, last) if kept else operator == "!=",
    )


@given(moment=moments, form=written, operator=inequalities, zone=st.sampled_from([EASTERN, UTC]))
@example(moment=datetime(2015, 1, 1), form="%Y-%m-%d %H:%M:%S", operator="=", zone=UTC)
@example(moment=datetime(2014, 12, 31, 19, 0), form="%Y-%m-%d %H:%M:%S", operator="=", zone=EASTERN)
@example(moment=datetime(2024, 3, 10, 3, 0), form="%Y-%m-%d %H:%M:%S", operator=">=", zone=EASTERN)
def test_instants_are_compared_in_the_zone_of_the_caller(specimens, moment, form, operator, zone):
    """[doc] bulk.md 15: Eastern, or UTC where the export says so."""
    first = milliseconds(moment.replace(tzinfo=zone))

    assert chosen(specimens, "seen", operator, moment.strftime(form), zone=zone) == fulfilling(
        specimens,
        "seen",
        lambda kept: operator == "!=" if kept is None else within(kept, operator, first, first + 999),
    )


@given(moment=moments, operator=inequalities, offset=st.sampled_from([-5, -4, 0, 9]), named=st.booleans())
def test_an_offset_or_unix_seconds_say_the_instant_themselves(specimens, moment, operator, offset, named):
    """[doc] rest.md 5: Unix seconds; [inferred] an offset outweighs the zone."""
    at = milliseconds(moment.replace(tzinfo=UTC)) - offset * 3_600_000
    value = f"{moment:%Y-%m-%dT%H:%M:%S}{offset:+03d}:00" if named else str(at // 1000)
    eastern = (EPOCH + timedelta(milliseconds=at)).astimezone(EASTERN).replace(tzinfo=None)

    for zone in (EASTERN, UTC):
        assert chosen(specimens, "seen", operator, value, zone=zone) == fulfilling(
            specimens, "seen", lambda kept: operator == "!=" if kept is None else within(kept, operator, at, at + 999)
        )
        assert chosen(specimens, "day", operator, value, zone=zone) == fulfilling(
            specimens,
            "day",
            lambda kept: within(kept, operator, f"{eastern}.000", f"{eastern}.999") if kept else operator == "!=",
        )


def test_a_day_is_its_midnight(specimens):
    """[client] bulk.md 15: `'2014-10-13'` without a time of day."""
    midnight = fulfilling(specimens, "day", lambda kept: kept == "2014-10-13 00:00:00.000")

    for value in ("2014-10-13", "2014/10/13", "10/13/2014", "10/13/14", "2014.10.13"):
        assert chosen(specimens, "day", "=", value) == midnight
    assert chosen(specimens, "day", "=", "2014-10-13 15:21:14.254") == fulfilling(
        specimens, "day", lambda kept: kept == "2014-10-13 15:21:14.254"
    )


# Literals and patterns by themselves


@given(anything)
def test_every_text_is_a_literal_or_none(text):
    """Nothing is raised, and a span has an order."""
    for zone in (EASTERN, UTC):
        instants, dates = literals.instants(text, zone), literals.eastern_dates(text, zone)
        assert instants is None or instants[0] <= instants[1]
        assert dates is None or dates[0] <= dates[1]
        assert (instants is None) == (dates is None)
    assert literals.boolean(text) in (True, False, None)
    assert (literals.decimal(text) is None) or Decimal(literals.decimal(text) or "").is_finite()


@given(st.integers())
def test_long_integers_are_known_to_be_long(number):
    """Twenty digits and more are more than any column, on their side of nought."""
    found = literals.integer(str(number))

    assert found == number or (abs(number) > 2**63 and abs(found or 0) > 2**63 and (found or 0) * number > 0)


@given(text=st.text("ab*", max_size=8), value=st.text("ab*", max_size=8))
@example(text="ab", value="ab*ab")
@example(text="aab", value="*ab")
def test_patterns_in_memory_are_those_of_the_databases(text, value):
    """Stars anywhere; a piece is used once."""
    expression = ".*".join(map(re.escape, value.split("*")))

    assert patterns.fits(text, value) == (re.fullmatch(expression, text) is not None)
