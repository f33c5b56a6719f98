"""What is sent again, when, and after which pause (`Manners`)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.by_hand import (
    BASIC,
    CREATING,
    DELETING,
    READING,
    answer,
    ask,
    at_most,
    known,
)

from eloqua_client import (
    Conflict,
    EloquaError,
    Manners,
    NotFound,
    OAuth,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    Tokens,
    ValidationError,
)
from eloqua_client.calls import Answer, Call
from eloqua_client.errors import ConnectionTrouble
from eloqua_client.manners import Pace, pause_before_repeat

BULK = Call("POST", "/API/Bulk/2.0/syncs", "bulk")
LOST = ConnectionTrouble("reset by peer")
NEVER_SENT = ConnectionTrouble("refused", was_sent=False)


@pytest.mark.parametrize(
    "trouble", [answer(429), answer(503), answer(500), LOST, NEVER_SENT, Answer(200, content=b"{")]
)
def test_reading_goes_on_after_trouble_that_passes(trouble):
    """A threshold, an outage, a lost connection, a body that was cut off."""
    played = ask(READING, trouble, trouble, answer(200, {"id": "1"}))

    assert played.result == {"id": "1"}
    assert len(played.calls) == 3
    assert len(played.pauses) == 2


@pytest.mark.parametrize("trouble", [answer(503), LOST, Answer(201, content=b"<html>")])
def test_a_post_is_not_repeated_when_it_may_have_been_carried_out(trouble):
    """It would create twice."""
    played = ask(CREATING, trouble)

    assert isinstance(played.error, ServerTrouble)
    assert played.error.was_sent


@pytest.mark.parametrize("trouble", [answer(429), NEVER_SENT])
def test_a_post_is_repeated_when_it_was_not_carried_out(trouble):
    """Turned away at the door, or never left."""
    assert ask(CREATING, trouble, answer(201, {"id": "1"})).result == {"id": "1"}


@pytest.mark.parametrize(
    ("status", "kind"), [(400, ValidationError), (403, PermissionDenied), (404, NotFound), (409, Conflict)]
)
@pytest.mark.parametrize("call", [READING, CREATING, DELETING])
def test_a_refusal_is_for_good(call, status, kind):
    """Nothing changes by asking again."""
    assert type(ask(call, answer(status)).error) is kind


@pytest.mark.parametrize("status", [301, 302, 405, 415, 418])
def test_what_eloqua_does_not_document_is_for_good(status):
    """A wrong address, most of the time."""
    played = ask(READING, answer(status))

    assert type(played.error) is ServerTrouble
    assert played.pauses == []


def test_a_full_storage_is_for_good():
    """413: nothing frees it but its owner."""
    assert type(ask(READING, answer(413)).error) is ThresholdExceeded


def test_it_ends_after_so_many_attempts():
    """The last trouble is told."""
    played = ask(READING, *[answer(503)] * 3, manners=at_most(3))

    assert (type(played.error), len(played.calls), len(played.pauses)) == (ServerTrouble, 3, 2)


@pytest.mark.parametrize("trouble", [answer(503), LOST])
def test_a_delete_that_was_done_unheard_has_succeeded(trouble):
    """The second attempt finds nothing."""
    for meanwhile in ([], [answer(429)]):
        played = ask(DELETING, trouble, *meanwhile, answer(404))

        assert (played.error, played.result) == (None, None)


@pytest.mark.parametrize("trouble", [answer(429), NEVER_SENT])
def test_a_delete_that_was_not_done_and_finds_nothing_says_so(trouble):
    """There was none before."""
    assert type(ask(DELETING, trouble, answer(404)).error) is NotFound


def test_no_content_is_no_trouble():
    """204."""
    assert ask(DELETING, answer(204)).error is None


def test_a_401_of_somebody_who_is_known_means_a_right():
    """[client] platform.md 3.6: Bulk answers so."""
    refused = answer(401, reason="You are not authorized to make this request.")
    played = ask(READING, refused, known())

    assert type(played.error) is PermissionDenied
    assert (played.error.status, "lacks a right" in str(played.error)) == (401, True)


def test_a_401_after_a_renewal_means_a_right():
    """The login host has just said that it knows the user."""
    fresh = answer(200, {"access_token": "a", "expires_in": 28800})
    auth = OAuth("client-id", "client-secret", tokens=Tokens("a", "r", 9e9))
    asked = ask(READING, answer(401), answer(200, "Not authenticated."), fresh, known(), answer(401), auth=auth)

    assert type(asked.error) is PermissionDenied


def test_retry_after_is_waited_for():
    """Exactly so long."""
    played = ask(READING, answer(429, retry_after="7"), answer(200, {}))

    assert played.pauses == [7.0]


@pytest.mark.parametrize("asked", ["3600", "inf", "1e999"])
def test_nobody_sleeps_for_an_hour(asked):
    """The error says how long it would be."""
    played = ask(READING, answer(429, retry_after=asked))

    assert played.error.retry_after == float(asked)
    assert played.pauses == []


@pytest.mark.parametrize(("header", "seconds"), [("soon", None), ("nan", 0.0), ("-5", 0.0), ("", None), ("2.5", 2.5)])
def test_retry_after_is_a_number_or_nothing(header, seconds):
    """No date was ever seen."""
    error = ask(READING, answer(429, retry_after=header), manners=at_most(1)).error

    assert error.retry_after == seconds


POSITIVE = st.floats(0.001, 1e6)


@given(POSITIVE, POSITIVE, st.integers(1, 5000), st.floats(0, 1, exclude_max=True))
def test_a_pause_grows_is_bounded_and_is_never_the_same_for_all(first, longest, attempt, chance):
    """Between a half and the whole of a power of two."""
    manners = Manners(attempts=6000, first_pause=first, longest_pause=longest)

    def pause_of(number: int, share: float) -> float:
        found = pause_before_repeat(manners, READING, LOST, number, lambda: share)
        assert found is not None
        return found

    pause, shortest, later = pause_of(attempt, chance), pause_of(attempt, 0.0), pause_of(attempt + 1, chance)
    assert 0 < shortest <= pause <= longest
    assert pause < 2 * shortest or chance > 0.99
    assert pause <= later


class Clock:
    """Time that passes by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@given(
    st.floats(0.01, 100),
    st.integers(1, 20),
    st.lists(st.floats(0, 30), min_size=1, max_size=60),
)
def test_never_more_calls_than_the_burst_and_the_rate_allow(rate, burst, gaps):
    """However they come: up to any moment, and between any two."""
    pace = Pace(Manners(rest_calls_per_second=rate, rest_burst=burst))
    now, left = 0.0, []
    for gap in gaps:
        now += gap
        try:
            left.append(now + pace.wait(READING, now))
        except ThresholdExceeded:
            continue
    for start in range(len(left)):
        for end in range(start, len(left)):
            span = left[end] - left[start]
            assert end - start + 1 <= burst + rate * span + 1e-6


def test_a_burst_goes_out_at_once_and_then_one_a_second():
    """What Eloqua recommends, on average."""
    pace = Pace(Manners(rest_burst=3))

    assert [pace.wait(READING, 100.0) for _ in range(5)] == [0, 0, 0, 1, 2]
    assert pace.wait(READING, 103.0) == 0


def test_threads_that_look_at_the_clock_in_another_order_gain_nothing():
    """An older moment counts as the newest known."""
    pace = Pace(Manners(rest_burst=1))

    assert pace.wait(READING, 100.0) == 0
    assert [pace.wait(READING, 90.0), pace.wait(READING, 100.0)] == [1, 2]


def test_bulk_counts_what_changes_something():
    """POST and PUT, 2,000 a day."""
    pace = Pace(Manners(bulk_calls_per_day=2))
    reading = Call("GET", "/API/Bulk/2.0/syncs/1", "bulk")

    assert [pace.wait(BULK, 0.0) for _ in range(2)] == [0, 0]
    assert [pace.wait(reading, 0.0) for _ in range(50)] == [0] * 50
    with pytest.raises(ThresholdExceeded, match="pace") as caught:
        pace.wait(BULK, 0.0)
    assert caught.value.retry_after == 43200
    assert pace.wait(BULK, 43200.0) == 0


@pytest.mark.parametrize("manners", [Manners(bulk_calls_per_day=0), Manners(rest_calls_per_second=0, rest_burst=0)])
def test_none_at_all_means_none(manners):
    """A client that may only read, or do Bulk alone."""
    call = BULK if manners.bulk_calls_per_day == 0 else READING

    with pytest.raises(ThresholdExceeded):
        Pace(manners).wait(call, 0.0)


def test_a_call_waits_for_its_turn_and_so_does_its_repetition():
    """Attempts count as calls."""
    clock = Clock()
    played = ask(READING, answer(503), answer(200, {}), manners=Manners(rest_burst=1), clock=clock)

    assert len(played.pauses) == 2  # before the repetition, and for its turn
    assert played.pauses[1] == 1.0


def test_what_is_not_sent_for_the_pace_is_not_repeated():
    """It fails at once, with the seconds it would take."""
    played = ask(BULK, manners=Manners(bulk_calls_per_day=0), auth=BASIC)

    assert isinstance(played.error, EloquaError)
    assert (type(played.error), played.calls) == (ThresholdExceeded, [])
