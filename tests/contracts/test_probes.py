"""The questions of the kit find each answer that the emulator's switches can give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import httpx2
import pytest

from eloqua_contracts import probes
from eloqua_contracts.probe import PROBES, asked
from eloqua_contracts.targets.mock import Mock
from mock_eloqua.embedded import EloquaSite
from mock_eloqua.settings import Settings

assert probes.MODULES
_SWITCHES = {each.name: each for each in fields(Settings)}
_NUMBERS: dict[str, tuple[object, ...]] = {
    "program_cycle_seconds": (0.0, 300.0),
    "soap_max_clock_skew_seconds": (60.0, 300.0),
}
"""Switches that are numbers: the values to be found."""


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False), timeout=60) as client:
        yield client


def _values(setting: str) -> tuple[object, ...]:
    switch = _SWITCHES[setting]
    if isinstance(switch.default, bool):
        return (True, False)
    words: tuple[object, ...] = switch.metadata["values"]
    return words or _NUMBERS[setting]


@pytest.mark.parametrize(
    ("identity", "value"),
    [(each.id, value) for each in PROBES.values() if each.setting for value in _values(each.setting)],
)
def test_a_question_finds_the_answer(eloqua: EloquaSite, http: httpx2.Client, identity: str, value: object) -> None:
    """Whichever way the switch is turned."""

    class Turned(Mock):
        def pod(self):
            found = super().pod()
            eloqua.set(**{PROBES[identity].setting: value})
            return found

    found = next(iter(asked([PROBES[identity]], Turned(eloqua, http).pod)))

    assert (found.answer, found.why) == (value, "")


@pytest.mark.parametrize("identity", [each.id for each in PROBES.values() if not each.setting])
def test_a_question_without_a_switch_is_answered(eloqua: EloquaSite, http: httpx2.Client, identity: str) -> None:
    """In a line."""
    found = next(iter(asked([PROBES[identity]], Mock(eloqua, http).pod)))

    assert (found.answer is not None, found.why) == (True, "")
