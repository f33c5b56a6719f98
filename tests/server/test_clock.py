"""A site's time: as it is, moved, stopped, or at a multiple (issue 6, point 7)."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua.clock import TICKS_PER_SECOND, BadTime, Clock
from mock_eloqua.embedded import EloquaSite

HOUR = 3600


def test_a_scaled_clock_runs_so_many_times_as_fast(eloqua: EloquaSite) -> None:
    """From where it was."""
    eloqua.clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))
    eloqua.clock.scale(HOUR)
    began, real = eloqua.clock.now, time.monotonic()

    time.sleep(0.05)

    passed, at_least = (eloqua.clock.now - began).total_seconds(), 0.05 * HOUR
    assert (began.year, began.month, began.day) == (2030, 1, 1)
    assert at_least * 0.9 <= passed <= (time.monotonic() - real) * HOUR * 1.1


@pytest.mark.parametrize("factor", [0, -1, float("nan"), float("inf"), 1e7])
def test_a_clock_never_stands_or_goes_back_for_a_factor(factor: float) -> None:
    """`freeze` stops it."""
    with pytest.raises(BadTime, match=r"at a factor from 0\.001 to 1000000"):
        Clock().scale(factor)


@given(st.lists(st.sampled_from(["scale", "freeze", "run on", "advance"]), max_size=8), st.floats(0.001, 1_000_000))
def test_however_it_is_set_time_does_not_go_back(steps: list[str], factor: float) -> None:
    """But for `run`, which follows real time again."""
    clock = Clock()
    last = clock.ticks()
    for step in steps:
        if step == "scale":
            clock.scale(factor)
        elif step == "freeze":
            clock.freeze()
        elif step == "advance":
            clock.advance(5)
        now = clock.ticks()
        assert now >= last + (5 * TICKS_PER_SECOND if step == "advance" else 0)
        last = now


def test_a_scaled_clock_is_put_away_and_runs_on_from_there() -> None:
    """A server that was down for an hour is not a month older."""
    clock = Clock()
    clock.scale(1_000_000)
    saved = clock.saved()
    time.sleep(0.02)  # some hours

    again = Clock.restored(saved)

    assert again.reading.factor == 1_000_000
    assert 0 <= again.ticks() - saved["ticks"] < HOUR * TICKS_PER_SECOND
    assert clock.ticks() - saved["ticks"] > 5 * HOUR * TICKS_PER_SECOND


def test_what_waits_for_the_clock_wakes_in_time(eloqua: EloquaSite) -> None:
    """A sync that is pending for an hour starts within the second."""
    eloqua.clock.scale(HOUR * 10)
    woken = threading.Event()

    def work(job: Any) -> None:
        job.wait(HOUR)
        woken.set()

    eloqua.site.jobs.start(work, "test")

    assert woken.wait(20)  # it takes 0.1 s


def test_what_waits_already_is_told_of_another_pace(eloqua: EloquaSite) -> None:
    """Also from a clock that stood."""
    eloqua.clock.freeze()
    woken = threading.Event()

    def work(job: Any) -> None:
        job.wait(HOUR)
        woken.set()

    eloqua.site.jobs.start(work, "test")
    eloqua.clock.scale(HOUR * 10)

    assert woken.wait(20)


def test_retention_and_counters_follow(eloqua: EloquaSite, rest: Any, control: Any) -> None:
    """At a day in a millisecond, what was counted a moment ago is of another day."""
    control.put("/clock", json={"mode": "scaled", "factor": 1_000_000})
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    time.sleep(0.02)
    rest.post("/data/contact", json={"emailAddress": "b@b.test"})

    first, second = (int(each["createdAt"]) for each in rest.get("/data/contacts?depth=complete").json()["elements"])

    assert second - first > 5 * HOUR


def test_control_shows_the_factor(control: Any) -> None:
    """And refuses what cannot be."""
    shown = control.put("/clock", json={"mode": "scaled", "factor": 60}).json()
    assert (shown["mode"], shown["factor"], shown["offsetSeconds"]) == ("scaled", 60.0, 0)
    assert control.post("/clock/advance", json={"seconds": 5}).json()["factor"] == 60.0

    answer = control.put("/clock", json={"mode": "scaled", "factor": 0})

    assert answer.status_code == 400
    assert answer.json()["error"] == "a clock runs at a factor from 0.001 to 1000000, not 0.0"
    assert control.put("/clock", json={"mode": "frozen"}).json()["factor"] == 0
    assert control.put("/clock", json={"mode": "real"}).json()["factor"] == 1


def test_sites_have_clocks_of_their_own(eloqua: EloquaSite) -> None:
    """One runs, the other stands."""
    other = eloqua.server.site("OtherCo")
    try:
        eloqua.clock.scale(1_000_000)
        other.clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))

        assert other.clock.now == datetime(2030, 1, 1, tzinfo=UTC)
        assert eloqua.site.clock.factor == 1_000_000
    finally:
        other.reset()
