"""What a test expects of a site: `eloqua.expect.request(face="bulk").count(3)`, and what was there instead.

Each expectation holds at once or raises AssertionError; after `eventually` it is tried again for a while, since a
program under test may work in the background.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, Unpack, cast

from mock_eloqua.clock import stopwatch
from mock_eloqua.control_client import Call, Calls, Problem
from mock_eloqua.control_client.client import Filters


class Site(Protocol):
    """What expectations look at: an `EloquaSite`, or a site of a live POD."""

    allowed: set[str]

    def contact(self, address: str) -> dict[str, Any]: ...

    def requests(self, **wanted: Unpack[Filters]) -> Calls: ...

    def problems(self) -> Sequence[Problem]: ...


_NEAREST = 5
"""Calls that are shown where none fits."""
_LOOKED_AT = 1000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1
"""Seconds between two looks."""


class Expectations:
    """What is expected of one site, at once or within some seconds of real time."""

    def __init__(self, site: Site, within: float = 0) -> None:
        self._site = site
        self._within = within

    def eventually(self, within: float = 5) -> Expectations:
        """The same expectations, which have so many seconds of real time to come true."""
        return Expectations(self._site, within)

    def request(self, **wanted: Unpack[Filters]) -> ExpectedRequests:
        """At least one call like that; `path` is how it ends: `/contacts/imports`, `/syncs/*`.

        The other filters are those of `EloquaSite.requests`.
        """
        __tracebackhide__ = True
        expected = ExpectedRequests(self._site, self._within, wanted)
        expected.at_least(1)
        return expected

    def no_requests(self, **wanted: Unpack[Filters]) -> None:
        """No call like that so far; with `eventually`, none either while it waits."""
        __tracebackhide__ = True
        expected = ExpectedRequests(self._site, 0, wanted)
        _wait(self._within)
        expected.count(0)

    def contact(self, address: str) -> ExpectedContact:
        """A contact of that address."""
        __tracebackhide__ = True
        expected = ExpectedContact(self._site, self._within, address)
        expected.has()
        return expected

    def no_contact(self, address: str) -> None:
        """No contact of that address."""
        __tracebackhide__ = True

        def missing() -> str:
            return f"expected no contact {address}, but there is one" if _contact(self._site, address) else ""

        _hold(missing, self._within)

    def problem(self, kind: str) -> Problem:
        """A call that Eloqua does not have, or that a threshold turned down; the test then may have such.

        *kind* is `unknown-path`, `unknown-operation`, or the name of the threshold, such as `bulk-daily`.
        """
        __tracebackhide__ = True
        self._site.allowed.add(kind)
        found: list[Problem] = []

        def missing() -> str:
            problems = self._site.problems()
            found[:] = [each for each in problems if each.kind == kind]
            there = "; ".join(map(described, problems)) or "there is none"
            return "" if found else f"expected the problem {kind}: {there}"

        _hold(missing, self._within)
        return found[0]


class ExpectedRequests:
    """Calls that fit some filters."""

    def __init__(self, site: Site, within: float, wanted: Filters) -> None:
        self._site = site
        self._within = within
        self._wanted = wanted
        self._filters = wanted.copy()
        if "path" in wanted:
            self._filters["path"] = f"*{wanted['path']}"

    @property
    def calls(self) -> Calls:
        """Those that fit so far."""
        return self._site.requests(**self._filters)

    def count(self, number: int) -> ExpectedRequests:
        """So many fit, and no more."""
        __tracebackhide__ = True
        return self._held(str(number), lambda found: found == number)

    def at_least(self, number: int) -> ExpectedRequests:
        """So many fit, or more."""
        __tracebackhide__ = True
        return self._held(f"{number} or more", lambda found: found >= number)

    def _held(self, said: str, enough: Callable[[int], bool]) -> ExpectedRequests:
        __tracebackhide__ = True

        def missing() -> str:
            found = self.calls
            return "" if enough(found.count) else self._instead(said, found)

        _hold(missing, self._within)
        return self

    def _instead(self, said: str, found: Calls) -> str:
        wanted = ", ".join(f"{name}={value!r}" for name, value in self._wanted.items()) or "any"
        lines = [f"expected {said} requests ({wanted}), there were {found.count}"]
        if found.count:
            return "\n".join([*lines, *(f"  {line(each)}" for each in found.items[-_NEAREST:])])
        every = self._site.requests(limit=_LOOKED_AT)
        if not every.count:
            return f"{lines[0]}: nothing was called at all"
        lines[0] += f"; nearest of {every.count}:"
        return "\n".join([*lines, *(f"  {line(each)}" for each in self._nearest(every.items))])

    def _nearest(self, calls: Sequence[Call]) -> list[Call]:
        """Those that fit the most filters, in the order of the calls."""
        fits: dict[int, int] = {}
        for name, value in self._filters.items():
            alone = cast("Filters", {name: value})
            for each in self._site.requests(**alone).items:
                fits[each.number] = fits.get(each.number, 0) + 1
        best = sorted(calls, key=lambda each: (-fits.get(each.number, 0), -each.number))[:_NEAREST]
        return sorted(best, key=lambda each: each.number)


class ExpectedContact:
    """The contact of an address."""

    def __init__(self, site: Site, within: float, address: str) -> None:
        self._site = site
        self._within = within
        self._address = address

    def has(self, fields: Mapping[str, Any] | None = None, **named: Any) -> ExpectedContact:
        """Fields by the names of REST 1.0 (`firstName="Ada"`), or by id (`{"100012": "Canada"}`)."""
        __tracebackhide__ = True
        wanted = {**(fields or {}), **named}

        def missing() -> str:
            found = _contact(self._site, self._address)
            if found is None:
                return f"expected the contact {self._address}, but there is none"
            values = {**found, **{each["id"]: each.get("value") for each in found.get("fieldValues", ())}}
            differ = {name: values.get(name) for name, value in wanted.items() if values.get(name) != value}
            lines = [f"  {name} is {differ[name]!r}, expected {wanted[name]!r}" for name in differ]
            return "\n".join([f"the contact {self._address} differs:", *lines]) if lines else ""

        _hold(missing, self._within)
        return self


def described(problem: Problem) -> str:
    """One line: `unknown-path: GET /nowhere -> 404, 2 times`."""
    call = f"{problem.method} {problem.path} -> {problem.status}" if problem.path else "work in the background"
    times = f", {problem.times} times" if problem.times > 1 else ""
    return f"{problem.kind}: {call}{times}"


def line(call: Call) -> str:
    """One line: `7 POST /API/REST/1.0/data/contact -> 409 by api.user (why)`."""
    query = f"?{call.query}" if call.query else ""
    by = f" by {call.user}" if call.user else ""
    why = "; ".join(each for each in (call.problem, call.fault, call.reason) if each)
    return f"{call.number} {call.method} {call.path}{query} -> {call.status or 'no answer'}{by}{why and f' ({why})'}"


def _contact(site: Site, address: str) -> dict[str, Any] | None:
    try:
        return site.contact(address)
    except LookupError:
        return None


def _hold(missing: Callable[[], str], within: float) -> None:
    """Try again until nothing is missing.

    Raises:
        AssertionError: something still is.
    """
    __tracebackhide__ = True
    end, pause = stopwatch() + within, _FIRST_PAUSE
    while said := missing():
        if stopwatch() >= end:
            raise AssertionError(f"{said}\n(after {within:g} seconds)" if within else said)
        _wait(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _wait(seconds: float) -> None:
    if seconds:
        threading.Event().wait(seconds)
