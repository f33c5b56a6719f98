"""How things travel: rest.md 2. What came goes back as it was."""

from __future__ import annotations

import typing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.client.by_hand import Played, answer, at_most, session

from eloqua_client import ServerTrouble
from eloqua_client.rest import Campaign, Contact, CustomObject, kinds
from eloqua_client.rest.collection import Collection
from eloqua_client.rest.wire import Amount, Flag, Moment, Number, Text, Whole, text_of

NAMES = st.text("abcXYZ_", min_size=1, max_size=8)
WIRE: dict[typing.Any, st.SearchStrategy[typing.Any]] = {
    Text: st.text(max_size=20),
    Flag: st.sampled_from(["true", "false"]),
    Whole: st.integers().map(str),
    Amount: st.decimals(-(10**9), 10**9, places=4).map(str),
    Number: st.integers(),
    Moment: st.integers(-(2**35), 2**37).map(str),
}
UNKNOWN = st.recursive(
    st.text(max_size=5) | st.booleans() | st.integers(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=4,
)
FIELD_VALUES = st.lists(
    st.fixed_dictionaries({"type": st.just("FieldValue"), "id": NAMES}, optional={"value": NAMES}), max_size=3
)
KINDS = {each.single: each for each in vars(kinds).values() if isinstance(each, kinds.Kind)}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def bodies(model):
    """JSON objects of a model, with members that it does not declare."""
    hints = typing.get_type_hints(model, include_extras=True)
    known = {
        model.model_fields[name].serialization_alias: WIRE[hints[name]]
        for name in model.model_fields
        if hints[name] in WIRE
    }
    if "field_values" in hints:
        known["fieldValues"] = FIELD_VALUES
    others = st.dictionaries(NAMES.map("x_".__add__), UNKNOWN, max_size=2)
    return st.builds(dict.__or__, others, st.fixed_dictionaries({}, optional=known))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(st.data())
def test_what_comes_goes_back_as_it_was(kind, data):
    """Whatever a model declares, and what it does not."""
    body = data.draw(bodies(kind.model))

    assert kind.model.model_validate(body).wire() == body


def test_values_are_those_of_python():
    """Flags, numbers, amounts and times are texts on the wire; a record count is a number."""
    spring = Campaign.model_validate({
        "id": 5, "isReadOnly": "false", "memberCount": "12", "budgetedCost": "1500.2500", "startAt": "1772366400"
    })  # fmt: skip

    assert (spring.id, spring.is_read_only, spring.member_count) == ("5", False, 12)
    assert (spring.budgeted_cost, spring.start_at) == (Decimal("1500.25"), NOON)
    assert CustomObject(record_count=3).wire() == {"recordCount": 3}


def test_a_time_has_a_zone_and_no_fractions():
    """Eloqua counts seconds from 1970 in UTC."""
    spring = Campaign(start_at=(NOON + timedelta(milliseconds=999)).astimezone(timezone(timedelta(hours=-5))))

    assert spring.wire() == {"startAt": "1772366400"}
    with pytest.raises(ValidationError, match="timezone"):
        Campaign(start_at=datetime(2026, 3, 1))  # noqa: DTZ001  that is the point
    with pytest.raises(ValueError, match="no zone"):
        text_of(datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize("blank", ["", None])
def test_what_is_blank_is_nothing(blank):
    """[client] of some; most leave it out."""
    found = Contact.model_validate({"firstName": blank, "isSubscribed": blank, "createdAt": blank})

    assert (found.first_name, found.is_subscribed, found.created_at) == ("", None, None)


def test_only_what_is_set_is_sent_and_shown():
    """A member set to None is left out, which a PUT takes for blank."""
    ada = Contact(email_address="ada@example.test", is_subscribed=True)
    ada.is_subscribed = None

    assert ada.wire() == {"emailAddress": "ada@example.test"}
    assert repr(ada) == "Contact(email_address='ada@example.test')"


def test_a_misspelt_member_is_one_that_nobody_declares():
    """Members that are unknown are sent as they are."""
    assert Contact.model_validate({"favouriteTune": ["x"]}).wire() == {"favouriteTune": ["x"]}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"id": "1", "createdAt": "yesterday"}, "createdAt Value error, Unix seconds are digits"),
        ({"id": "1", "createdAt": "9" * 20}, "createdAt Value error, a time that no calendar has"),
        ([], "Contact"),
    ],
)
def test_an_answer_of_another_form_is_trouble_of_the_server(body, said):
    """And says what cannot be read."""
    contacts = Collection(session(manners=at_most(1)), kinds.CONTACTS)

    played = Played(contacts.session, contacts.get(1), [answer(200, body)])

    assert isinstance(played.error, ServerTrouble)
    assert said in str(played.error)


@pytest.mark.parametrize("body", [{"total": 1}, {"elements": [], "total": "many", "pageSize": 1}, None])
def test_a_list_of_another_form_is_trouble_of_the_server(body):
    """It has elements, a total and a page size."""
    contacts = Collection(session(manners=at_most(1)), kinds.CONTACTS)

    played = Played(contacts.session, contacts.found()(), [answer(200, body)])

    assert isinstance(played.error, ServerTrouble)
