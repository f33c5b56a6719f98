"""Runs of an export that are read while the one before is written down (decision 034)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mock_eloqua.crm.transfer.ahead import read_ahead
from mock_eloqua.crm.transfer.entity import Run
from mock_eloqua.embedded import EloquaSite


class Reader:
    """Five runs of one record each; the *broken* one cannot be read."""

    def __init__(self, broken: int = 99) -> None:
        self.read = [threading.Event() for _ in range(5)]
        self.threads: set[str] = set()
        self._broken = broken

    def runs(self) -> Iterator[Run]:
        for number in range(5):
            self.threads.add(threading.current_thread().name)
            self.read[number].set()
            if number == self._broken:
                raise LookupError(number)
            yield {"id": [number]}


def test_the_next_run_is_read_while_one_is_worked_on() -> None:
    """One further and no more, in a thread of its own, in the same order."""
    reader = Reader()
    seen = []
    for run in read_ahead(reader.runs()):
        (number,) = run["id"]
        seen.append(number)
        if number < 4:
            assert reader.read[number + 1].wait(10)
        assert not any(each.is_set() for each in reader.read[number + 2 :])

    assert seen == [0, 1, 2, 3, 4]
    assert threading.current_thread().name not in reader.threads


def test_what_fails_while_reading_fails_where_the_run_is_wanted() -> None:
    """The runs before are worked on first."""
    seen = []
    with pytest.raises(LookupError, match="2"):
        seen += [run["id"][0] for run in read_ahead(Reader(broken=2).runs())]
    found = read_ahead(Reader(broken=2).runs())
    assert [next(found)["id"][0], next(found)["id"][0]] == [0, 1]


def test_whoever_stops_early_leaves_no_thread() -> None:
    """An export has `maxRecords`, or is told to fail."""
    before = set(threading.enumerate())
    reading = read_ahead(Reader().runs())
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert set(threading.enumerate()) <= before  # those of others may end meanwhile


@pytest.mark.one_process
def test_an_export_of_several_runs_has_every_record_once(
    bulk: Any, eloqua: EloquaSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short and long documents, blanks and quotes, whatever the store does with them."""
    for name in ("RUN", "RUN_FROM_AFAR"):
        monkeypatch.setattr(f"mock_eloqua.crm.transfer.exports.{name}", 2)
    names = ["", 'He said "no"', "back\\slash", "Zoë 🙂", "x" * 100]
    eloqua.seed(
        contacts=[
            {"emailAddress": f"p{number}@example.test", "firstName": name, "C_Address1": str(number) * 100}
            for number, name in enumerate(names)
        ]
    )
    fields = {"first": "{{Contact.Field(C_FirstName)}}", "street": "{{Contact.Field(C_Address1)}}"}
    expected = [{"first": name, "street": str(number) * 100} for number, name in enumerate(names)]

    assert bulk.export(fields=fields) == expected
    assert bulk.export(fields=fields, maxRecords=3) == expected[:3]
