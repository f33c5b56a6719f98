"""The marker `eloqua` and the options of the plugin (architecture.md, 3)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from mock_eloqua import MockEloqua
from mock_eloqua.pytest_plugin import store_of_worker


def test_the_marker_says_how_the_site_behaves(run_tests, pytester):
    """Profile, release, seed and user; the closest marker wins, name by name, and the next test is plain again."""
    pytester.makefile(".yaml", seed="contacts: [{emailAddress: file@example.test}]")
    source = """
import pathlib
import pytest

pytestmark = pytest.mark.eloqua(user="marketer", release="19A")


@pytest.mark.eloqua(profile="strict", release="20D", seed="demo", user="api.only")
def test_marked(eloqua):
    assert eloqua.site.thresholds.profile == "strict"
    assert eloqua.site.release == "20D"
    assert eloqua.credentials["username"] == "api.only"
    assert eloqua.contact("mira.holm@fjordline.test")["city"] == "Bergen"
    eloqua.reset()
    assert eloqua.site.thresholds.profile == "documented"


def test_of_the_module(eloqua):
    assert (eloqua.site.release, eloqua.credentials["username"]) == ("19A", "marketer")
    assert eloqua.site.thresholds.profile == "documented"
    with pytest.raises(LookupError):
        eloqua.contact("mira.holm@fjordline.test")


@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.eloqua(seed="seed.yaml")),
                               pytest.param(2, marks=pytest.mark.eloqua(seed=pathlib.Path("seed.yaml")))])
def test_of_a_file(eloqua, n):
    assert eloqua.contact("file@example.test")
"""
    run_tests(source).assert_outcomes(passed=4)


TAKES = "takes profile, release, seed, user as texts, allow as a list of texts, live as True, not"
WRONG_MARKERS = {
    "'strict'": f"{TAKES} 'strict' without a name",
    "colour='red'": f"{TAKES} colour='red'",
    "release=20": f"{TAKES} release=20",
    "profile='lax'": "cannot be used: there is no profile 'lax'; there are documented, strict, seed, off",
    "release='17A'": "cannot be used: there is no release '17A'; name one from 18D to 26C, such as 26C",
    "seed='nope'": "cannot be used: there is no seed 'nope'; name default, empty, demo, load:100000, or a YAML",
    "allow='thresholds'": f"{TAKES} allow='thresholds'",
    "allow=['slow']": "cannot be used: allow has no 'slow'; name unknown-path, unknown-operation, thresholds, or one",
    "user='nobody'": "cannot be used: there is no user 'nobody'; there are api.user, marketer",
}


def test_a_wrong_marker_is_one_clear_line(run_tests):
    """No traceback through the plugin."""
    tests = (
        f"@pytest.mark.eloqua({arguments})\ndef test_{number}(eloqua): ..."
        for number, arguments in enumerate(WRONG_MARKERS)
    )
    found = run_tests("\n\n".join(("import pytest", *tests)))

    found.assert_outcomes(errors=len(WRONG_MARKERS))
    for said in WRONG_MARKERS.values():
        found.stdout.fnmatch_lines([f"the marker eloqua {said}*".replace("[", "[[]")])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_the_marker_is_registered(run_tests):
    """`pytest --markers` explains it."""
    run_tests("", "--markers").stdout.fnmatch_lines(["@pytest.mark.eloqua(profile=..., release=*"])


def test_options_hold_for_the_run(run_tests):
    """`--eloqua-profile`, `--eloqua-release`."""
    source = """
def test_it(eloqua, eloqua_server):
    assert (eloqua.site.thresholds.profile, eloqua.site.release, eloqua_server.store) == ("strict", "20B", "memory")
"""
    run_tests(source, "--eloqua-profile=strict", "--eloqua-release=20b").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--eloqua-profile=lax", "there is no profile 'lax'"),
        ("--eloqua-release=17A", "there is no release '17A'"),
        ("--eloqua-store=.", "is a folder"),
    ],
)
def test_a_wrong_option_is_one_clear_line(run_tests, option, said):
    """The same for options, and tests that do not ask for Eloqua go on."""
    found = run_tests("def test_it(eloqua): ...\ndef test_other(): ...\n", option)

    found.assert_outcomes(errors=1, passed=1)
    found.stdout.fnmatch_lines([f"mock-eloqua cannot start: *{said}*"])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_store_may_be_a_file(run_tests, pytester):
    """`--eloqua-store`: the file shows what the last test left."""
    source = """
def test_it(eloqua, eloqua_server):
    assert eloqua_server.store == "file"
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
"""
    run_tests(source, "--eloqua-store=site.db").assert_outcomes(passed=1)

    with closing(sqlite3.connect(pytester.path / "site.db")) as store:
        assert store.execute("SELECT email_address FROM contact").fetchall() == [("ada@example.test",)]


def test_a_summary_names_the_thresholds_of_a_live_pod(run_tests):
    """Issue 6: what would have been broken, and where; not what is advice, nor what was refused; `-no-thresholds`."""
    source = """
from mock_eloqua.access.limits import REST_PACE, SOAP_QUERY, SYNC_ACTIONS

def test_one(eloqua):
    for threshold in (REST_PACE, SOAP_QUERY):
        for _ in range(3):
            eloqua.site.thresholds.count(threshold, "api.user", 0)
    assert not eloqua.site.thresholds.allows(SYNC_ACTIONS, 11)

def test_other(eloqua):
    eloqua.site.thresholds.count(SOAP_QUERY, "api.user", 0)
"""
    found = run_tests(source)
    found.stdout.fnmatch_lines(
        ["*Eloqua thresholds*", "soap-query: 2 over 1 calls, the highest 3; there: Operation*", "    2 in *::test_one"]
    )
    for absent in ("rest-pace*", "sync-actions*", "*::test_other"):
        found.stdout.no_fnmatch_line(absent)
    run_tests(source, "--eloqua-no-thresholds").stdout.no_fnmatch_line("*Eloqua thresholds*")
    run_tests("def test_it(eloqua): ...").stdout.no_fnmatch_line("*Eloqua thresholds*")


def test_workers_of_xdist_never_meet(run_tests, pytester):
    """One server per worker, and one file."""
    source = """
import pytest
from mock_eloqua.access.limits import SYNC_ACTIONS

@pytest.mark.parametrize("n", range(12))
def test_it(eloqua, n):
    with pytest.raises(LookupError):
        eloqua.contact("ada@example.test")
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    assert eloqua.requests().count == 0
    eloqua.threshold("sync-actions", limit=0, enforced=False)
    assert eloqua.site.thresholds.allows(SYNC_ACTIONS, n)
"""
    found = run_tests(source, "-n2", "--eloqua-store=site.db", subprocess=True)
    found.assert_outcomes(passed=12)
    found.stdout.fnmatch_lines(["sync-actions: 11 over *, the highest 11; there: 400*"])

    assert sorted(each.name for each in pytester.path.glob("site.db*")) == ["site.db.gw0", "site.db.gw1"]


@pytest.mark.parametrize(
    ("store", "worker", "own"),
    [
        ("postgresql://me@host/db", "", "postgresql://me@host/db"),
        ("postgresql://me@host/db", "gw1", "postgresql://me@host/db?schema=mock_eloqua_gw1"),
        ("postgresql://me@host/db?a=1&schema=x", "gw1", "postgresql://me@host/db?a=1&schema=x_gw1"),
        ("memory", "gw1", "memory"),
    ],
)
def test_a_worker_has_schemas_of_its_own(store, worker, own):
    """Read from the name alone: running it takes PostgreSQL, on which the store's own tests run."""
    assert store_of_worker(store, worker) == own


def test_the_target_is_an_emulator_that_runs_already(run_tests):
    """`--eloqua-target`: the fixture drives it over HTTP, and its site is clean in each test."""
    source = """
import pytest

@pytest.mark.eloqua(profile="strict", user="marketer")
@pytest.mark.parametrize("n", range(2))
def test_it(eloqua, eloqua_server, n):
    with pytest.raises(LookupError):
        eloqua.contact("ada@example.test")
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    assert eloqua.contact("ada@example.test")["id"] == "1"
    assert eloqua.control.health().profile == "strict"
    assert eloqua.credentials["username"] == "marketer"
    assert type(eloqua_server).__name__ == "Elsewhere"
"""
    with MockEloqua() as there:
        run_tests(source, f"--eloqua-target={there.base_url}").assert_outcomes(passed=2)
        assert there.contact("ada@example.test")["id"] == "1"


def test_a_target_where_nobody_is_is_one_line(run_tests):
    """How to start one."""
    found = run_tests("def test_it(eloqua): ...", "--eloqua-target=http://127.0.0.1:1")

    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["*--eloqua-target cannot be used: no emulator answers at http://127.0.0.1:1*"])
