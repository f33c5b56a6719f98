"""Calls that a client may pass over fail the test that made them, unless it says that it means them."""

from __future__ import annotations

import pytest

from mock_eloqua import MockEloqua

CALLS = """
from base64 import b64encode
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest


def call(eloqua, path, method="GET"):
    "What a careless program does: whatever is answered, it goes on."
    signed = b64encode(":".join(eloqua.basic_auth).encode()).decode()
    headers = {"Authorization": f"Basic {signed}"}
    try:
        urlopen(Request(eloqua.base_url + path, headers=headers, method=method)).close()
    except HTTPError as error:
        error.close()

"""
REST = "/API/REST/1.0/data"


def test_a_call_that_eloqua_does_not_have_fails_the_test(run_tests):
    """It is answered as ever; the next test is not to blame, nor are calls that are only turned down."""
    found = run_tests(f"""{CALLS}
def test_swallowed(eloqua):
    call(eloqua, "{REST}/nothings")
    call(eloqua, "{REST}/nothings")
    call(eloqua, "/nowhere")

def test_fine(eloqua):
    call(eloqua, "{REST}/contact/99")
    call(eloqua.as_user("no.api"), "{REST}/contacts")
    assert eloqua.problems() == ()
""")

    found.assert_outcomes(failed=1, passed=1)
    found.stdout.fnmatch_lines(
        [
            "Eloqua was asked for what it does not have*",
            f"  unknown-operation: GET {REST}/nothings -> 404, 2 times",
            "  unknown-path: GET /nowhere -> 404",
            'If the test means it: @pytest.mark.eloqua(allow=[[]"unknown-operation", "unknown-path"[]])*',
        ]
    )
    found.stdout.no_fnmatch_line("*problems.py*")


def test_a_threshold_that_turned_a_call_down_fails_the_test(run_tests):
    """One that is only counted does not: the end of the run tells of it."""
    found = run_tests(f"""{CALLS}
@pytest.mark.eloqua(profile="strict")
def test_refused(eloqua):
    for _ in range(5):
        call(eloqua, "{REST}/contacts")

def test_counted(eloqua):
    for _ in range(5):
        call(eloqua, "{REST}/contacts")
""")

    found.assert_outcomes(failed=1, passed=1)
    found.stdout.fnmatch_lines([f"  rest-pace: GET {REST}/contacts -> 429*"])


def test_a_test_says_what_it_means(run_tests):
    """By the marker, which allows it, or after the call, which expects it; another problem still fails."""
    found = run_tests(f"""{CALLS}
@pytest.mark.eloqua(allow=["unknown-path"])
def test_allowed(eloqua):
    call(eloqua, "/nowhere")

@pytest.mark.eloqua(allow=["thresholds"])
def test_all_thresholds(eloqua):
    eloqua.threshold("rest-pace", limit=0, enforced=True)
    call(eloqua, "{REST}/contacts")

def test_expected(eloqua):
    eloqua.threshold("rest-pace", limit=0, enforced=True)
    call(eloqua, "{REST}/contacts")
    assert eloqua.expect.problem("rest-pace").status == 429

def test_of_another_user(eloqua):
    call(eloqua, "/nowhere")
    eloqua.as_user("marketer").expect.problem("unknown-path")

@pytest.mark.eloqua(allow=["thresholds", "unknown-operation"])
def test_another(eloqua):
    call(eloqua, "/nowhere")

def test_missed(eloqua):
    call(eloqua, "/nowhere")
    eloqua.expect.problem("rest-pace")
""")

    found.assert_outcomes(passed=4, failed=2)
    found.stdout.fnmatch_lines(
        [
            "  unknown-path: GET /nowhere -> 404",
            "*AssertionError: expected the problem rest-pace: unknown-path: GET /nowhere -> 404",
        ]
    )


def test_what_a_fixture_calls_after_the_test_is_an_error(run_tests):
    """As any failure of a teardown; a reset in the middle hides nothing."""
    found = run_tests(f"""{CALLS}
@pytest.fixture
def late(eloqua):
    yield
    call(eloqua, "/late")

def test_late(late):
    pass

def test_reset(eloqua):
    call(eloqua, "/early")
    eloqua.reset()
""")

    found.assert_outcomes(passed=1, errors=1, failed=1)
    found.stdout.fnmatch_lines(["  unknown-path: GET /late -> 404"])
    found.stdout.fnmatch_lines(["  unknown-path: GET /early -> 404"])


def test_a_test_that_fails_anyway_fails_once(run_tests):
    """And one that is expected to fail is satisfied by a problem."""
    found = run_tests(f"""{CALLS}
def test_failed(eloqua):
    call(eloqua, "/nowhere")
    assert False, "its own reason"

@pytest.mark.xfail(strict=True)
def test_expected_to_fail(eloqua):
    call(eloqua, "/nowhere")
""")

    found.assert_outcomes(failed=1, xfailed=1)
    found.stdout.fnmatch_lines(["*its own reason*", "*1 GET /nowhere -> 404 *(unknown-path)"])


ONE = f"""{CALLS}
def test_it(eloqua):
    call(eloqua, "/nowhere")
"""


def test_an_ini_option_warns_or_ignores(run_tests):
    """For a suite that is not ready yet."""
    found = run_tests(ONE, "-o", "eloqua_problems=warn", "-W", "default")
    found.assert_outcomes(passed=1, warnings=1)
    found.stdout.fnmatch_lines(["*EloquaProblemsWarning: Eloqua was asked for what it does not have*"])
    run_tests(ONE, "-o", "eloqua_problems=ignore").assert_outcomes(passed=1)


def test_a_word_that_is_none_is_one_line(run_tests):
    """Before any test runs."""
    found = run_tests(ONE, "-o", "eloqua_problems=off")

    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["ERROR: eloqua_problems is fail, warn or ignore, not 'off'"])


def test_an_emulator_elsewhere_is_asked_alike(run_tests):
    """`--eloqua-target URL`: its site is the worker's, and what others did before is forgotten."""
    with MockEloqua() as elsewhere:
        run_tests(ONE, f"--eloqua-target={elsewhere.base_url}").assert_outcomes(failed=1)
        found = run_tests(
            f"""{CALLS}
def test_expected(eloqua):
    call(eloqua, "/nowhere")
    eloqua.expect.problem("unknown-path")
    eloqua.expect.request(path="/nowhere").count(1)
    eloqua.seed(contacts=[{{"emailAddress": "ada@example.test", "firstName": "Ada"}}])
    eloqua.expect.contact("ada@example.test").has(firstName="Ada")

def test_none(eloqua):
    assert list(eloqua.problems()) == []
""",
            f"--eloqua-target={elsewhere.base_url}",
        )
    found.assert_outcomes(passed=2)
