"""A failed test shows what it called (docs/pytest.md)."""

from __future__ import annotations

import pytest

FAILING = """
import urllib.parse, urllib.request
import pytest

@pytest.mark.eloqua(allow=["unknown-path"])
def test_it(eloqua):
    for number in range(23):
        try:
            urllib.request.urlopen(f"{eloqua.base_url}/nowhere/{number}?password=hunter2")
        except OSError as error:
            error.close()
    assert False

def test_quiet(eloqua):
    assert False

def test_without():
    assert False
"""


@pytest.mark.parametrize("options", [(), ("-n", "1", "-p", "xdist")], ids=["here", "xdist"])
def test_a_failed_test_shows_the_last_calls(run_tests, options):
    """One line each, secrets masked, under xdist as well; none where there was none."""
    found = run_tests(FAILING, *options, subprocess=bool(options))

    found.assert_outcomes(failed=3)
    found.stdout.fnmatch_lines(
        [
            "*- Eloqua requests -*",
            "... 3 before",
            "4 GET /nowhere/3?password=[*][*][*] -> 404 (unknown-path)",
            "23 GET /nowhere/22?password=[*][*][*] -> 404 (unknown-path)",
        ]
    )
    assert found.stdout.str().count("- Eloqua requests -") == 1
    found.stdout.no_fnmatch_line("*hunter2*-> 404*")
