"""How long syncs take, and syncs that hang or fail because a test says so."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from mock_eloqua.control_client import ControlError
from mock_eloqua.crm.transfer import timing
from mock_eloqua.embedded import EloquaSite

ROWS = [{"email": f"p{number}@example.test"} for number in range(3)]


@pytest.fixture
def steer(connection: httpx2.Client) -> Any:
    """Calls to the control API about a sync."""
    return lambda uri, command: connection.post(f"/_mock{uri}/{command}")


@pytest.fixture
def started(bulk: Any, eloqua: EloquaSite) -> str:
    """The uri of a sync that waits for a word."""
    eloqua.set(sync_timing="manual")
    uri = bulk.define_import()
    bulk.stage(uri, ROWS)
    return str(bulk.start(uri))


def test_with_manual_timing_a_sync_waits_for_its_release(bulk: Any, started: str, steer: Any) -> None:
    """Our own control."""
    assert bulk.get(started).json()["status"] == "pending"

    answer = steer(started, "release")

    assert (answer.status_code, answer.json()) == (200, {"uri": started, "status": "pending", "command": "release"})
    assert bulk.ended(started)["status"] == "warning"  # two columns are in no row


@pytest.mark.quirk("Q64")
def test_a_held_sync_goes_on_when_it_is_released(bulk: Any, eloqua: EloquaSite) -> None:
    """Our own control, from Python."""
    eloqua.set(sync_timing="manual")
    sync = bulk.start(bulk.define_export())
    eloqua.steer(sync, "hold")
    eloqua.set(sync_timing="instant")
    assert bulk.get(sync).json()["status"] == "pending"

    eloqua.steer(sync, "release")

    assert bulk.ended(sync)["status"] == "success"


def test_a_sync_that_is_told_to_fail_ends_in_an_error(bulk: Any, eloqua: EloquaSite, started: str, steer: Any) -> None:
    """[doc] ELQ-00107."""
    assert steer(started, "fail").status_code == 200

    sync = bulk.ended(started)

    assert (sync["status"], bulk.counts(sync)) == ("error", {"ELQ-00107": 0, "ELQ-00101": 0})
    eloqua.set(sync_timing="instant")
    assert bulk.export() == []


def test_an_export_that_fails_has_no_rows(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default."""
    eloqua.seed(contacts=[{"emailAddress": "a@example.test"}])
    eloqua.set(sync_timing="manual")
    sync = bulk.start(bulk.define_export())

    eloqua.steer(sync, "fail")

    assert bulk.ended(sync)["status"] == "error"
    assert bulk.get(f"{sync}/data").json()["totalResults"] == 0


def test_a_reset_ends_held_syncs(bulk: Any, eloqua: EloquaSite, started: str) -> None:
    """Nothing of one test reaches the next."""
    eloqua.reset()

    assert bulk.get(started).status_code == 404


def test_without_waits_a_sync_is_over_at_once(bulk: Any, eloqua: EloquaSite) -> None:
    """The clock stands still: whoever waits for it waits in vain."""
    eloqua.set(sync_pending_seconds=3600, sync_active_seconds=3600, sync_timing="instant")

    assert bulk.run(bulk.define_export())["status"] == "success"


@pytest.mark.parametrize(("word", "pending", "active"), [("paced", 3, 5), ("scaled", 3, 7), ("instant", 0, 0)])
def test_how_long_a_sync_of_60000_rows_takes(eloqua: EloquaSite, word: str, pending: float, active: float) -> None:
    """[inferred] bulk.md 8.1: scaled, it works off 30,000 rows a second."""
    eloqua.set(sync_pending_seconds=3, sync_active_seconds=5, sync_timing=word)

    assert (timing.pending(eloqua.site), timing.active(eloqua.site, 60_000)) == (pending, active)


@pytest.mark.parametrize(("path", "status"), [("/syncs/999/hold", 404), ("/syncs/x/hold", 400), ("/syncs/1/kill", 400)])
def test_what_cannot_be_steered_is_said_in_one_line(steer: Any, connection: Any, path: str, status: int) -> None:
    """Our own control."""
    answer = connection.post(f"/_mock{path}")

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_an_ended_sync_is_a_409(bulk: Any, steer: Any) -> None:
    """Our own control."""
    sync = bulk.run(bulk.define_export())

    assert steer(sync["uri"], "hold").status_code == 409


def test_python_says_which_commands_there_are(bulk: Any, eloqua: EloquaSite) -> None:
    """One line, no traceback of ours."""
    sync = bulk.run(bulk.define_export())

    with pytest.raises(ControlError, match="should be 'hold', 'release', 'fail' or 'corrupt'"):
        eloqua.steer(sync["uri"], "kill")
