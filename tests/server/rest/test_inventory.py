"""The inventory of REST, and what is emulated of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mock_eloqua import coverage, house
from mock_eloqua.rest import inventory

REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "rest-endpoints.json"


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not beside this clone")
def test_the_inventory_is_that_of_the_reference():
    """rest-endpoints.json: 159 operations of 1.0, 345 of 2.0."""
    known = json.loads(REFERENCE.read_text("utf-8"))["operations"]

    listed = [(each.version, each.method, each.path) for each in inventory.published()]

    prefixes = {each["version"]: f"/API/REST/{each['version']}/" for each in known}
    assert sorted(listed) == sorted(
        (each["version"], each["method"], each["path"].removeprefix(prefixes[each["version"]])) for each in known
    )


def test_what_is_not_emulated_is_listed_with_a_reason():
    """docs/coverage.md."""
    page = coverage.coverage()

    missing = inventory.missing(house.face("rest").operations)
    for one, reason in missing:
        assert f"| `{one.method} /API/REST/{one.version}/{one.path}` | {reason} |" in page
    assert "### REST 1.0:" in page
    assert "### REST 2.0:" in page


def test_every_reason_is_still_needed():
    """A path that is served now needs none."""
    missing = [one.path for one, _ in inventory.missing(house.face("rest").operations)]

    assert [path for path in inventory.REASONS if not any(each.startswith(path) for each in missing)] == []
