"""`--eloqua-target=live`: tests that say they can run on a POD, an emulator in its place, with the kit's care."""

from __future__ import annotations

import time

import pytest

from eloqua_contracts.targets import live
from mock_eloqua import MockEloqua
from mock_eloqua.plugin import relay

ROLES = {"full": "api.user", "api only": "api.only"}
assert relay  # imported outside of pytester, which forgets what was imported inside


class QuickTime:
    """Waits cost nothing."""

    def __init__(self):
        self._ahead = 0.0

    def now(self):
        return time.time() + self._ahead

    def sleep(self, seconds):
        self._ahead += seconds


@pytest.fixture
def pod():
    """A POD of its own, which knows nothing of the test that runs on it."""
    with MockEloqua() as found:
        yield found


@pytest.fixture
def run_live(run_tests, pod, tmp_path, monkeypatch):
    """Run a test file on the POD."""
    monkeypatch.setattr(live, "RealTime", QuickTime)
    file = tmp_path / "credentials.toml"
    users = "".join(f'[users."{role}"]\nname = "{name}"\npassword = "s3cret"\n' for role, name in ROLES.items())
    file.write_text(f'login_url = "{pod.login_url}"\n{users}')

    def run(source, *options):
        named = ["--eloqua-target=live", "--eloqua-site=MockCo", f"--eloqua-credentials={file}"]
        return run_tests(PROGRAM + source, *named, f"--eloqua-state={tmp_path / 'state'}", *options)

    return run


PROGRAM = """
import httpx2
import pytest

def program(eloqua, first="Ada"):
    "What a user has written: it finds the site and makes a contact."
    with httpx2.Client(auth=eloqua.basic_auth, verify=False, timeout=60) as client:
        base = client.get(f"{eloqua.login_url}/id").raise_for_status().json()["urls"]["base"]
        assert base == eloqua.base_url
        address = f"{eloqua.prefix}.ada@example.test"
        made = client.post(f"{base}/API/REST/1.0/data/contact", json={"emailAddress": address, "firstName": first})
        return made.raise_for_status().json()["emailAddress"]

"""


def test_a_marked_test_runs_and_leaves_nothing(run_live, pod):
    """What it made is there while it looks, and gone afterwards; it never calls the POD but through the relay."""
    found = run_live(
        """
@pytest.mark.eloqua(live=True)
def test_it(eloqua):
    address = program(eloqua)
    eloqua.expect.contact(address).has(firstName="Ada")
    eloqua.expect.no_contact("nobody@example.test")

@pytest.mark.eloqua(live=True, user="api.only")
def test_as_another(eloqua):
    assert eloqua.credentials["username"] == "api.only"
""",
        "--eloqua-allow-writes",
    )

    found.assert_outcomes(passed=2)
    assert [each.status for each in pod.requests(method="POST", path="*/data/contact")] == [201]
    assert [each.status for each in pod.requests(method="DELETE")] == [200]
    pod.expect.request(path="/id")
    found.stdout.no_fnmatch_line("*Left behind*")


def test_nothing_is_changed_unless_that_is_asked_for(run_live, pod):
    """The test is skipped, whatever it made of the answer."""
    found = run_live(
        """
@pytest.mark.eloqua(live=True)
def test_it(eloqua):
    program(eloqua)

@pytest.mark.eloqua(live=True)
def test_reading(eloqua):
    eloqua.expect.no_contact("nobody@example.test")
""",
        "-rs",
    )

    found.assert_outcomes(skipped=1, passed=1)
    found.stdout.fnmatch_lines(["SKIPPED*live: writes, which --eloqua-allow-writes allows"])
    pod.expect.no_requests(method="POST")


def test_what_only_an_emulator_can_do_skips_the_test(run_live):
    """With its reason; so does a test that is not marked."""
    found = run_live(
        """
@pytest.mark.eloqua(live=True)
def test_seed(eloqua):
    eloqua.seed(contacts=[])

@pytest.mark.eloqua(live=True)
def test_clock(eloqua):
    eloqua.clock.advance(hours=9)

@pytest.mark.eloqua(live=True, profile="strict")
def test_profile(eloqua): ...

@pytest.mark.eloqua(live=True, user="marketer")
def test_user(eloqua):
    eloqua.credentials

def test_unmarked(eloqua): ...

def test_of_others(): ...
""",
        "-rs",
    )

    found.assert_outcomes(skipped=5, passed=1)
    for said in (
        "seed is for emulators only",
        "clock is for emulators only",
        "profile of its marker is for emulators*",
    ):
        found.stdout.fnmatch_lines([f"SKIPPED*live: {said}"])
    found.stdout.fnmatch_lines(["SKIPPED*live: no password of a user of the role 'marketer' was named"])
    found.stdout.fnmatch_lines(["SKIPPED*live: the test is not marked @pytest.mark.eloqua(live=True)"])


def test_on_an_emulator_the_mark_means_nothing(run_tests):
    """The same test runs on both."""
    run_tests(
        f"""{PROGRAM}
@pytest.mark.eloqua(live=True)
def test_it(eloqua):
    eloqua.expect.contact(program(eloqua)).has(firstName="Ada")
"""
    ).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--eloqua-site=OtherCo",), "does not know this user of 'OtherCo'"),
        (("--eloqua-credentials=none.toml",), "the credentials none.toml cannot be read"),
    ],
    ids=["site", "file"],
)
def test_what_cannot_be_used_is_one_line(run_live, options, said):
    """No traceback, and no call but to ask who it is."""
    found = run_live("@pytest.mark.eloqua(live=True)\ndef test_it(eloqua): ...", *options)

    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines([f"--eloqua-target=live cannot be used: *{said}*"])
    found.stdout.no_fnmatch_line("*plugin/live.py*")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--eloqua-target=live takes --eloqua-site=NAME, typed out"),
        (("--eloqua-site=MockCo", "-n", "2"), "--eloqua-target=live takes one process, for its pace: --numprocesses=0"),
    ],
    ids=["site", "processes"],
)
def test_options_that_do_not_go_together_are_one_line(run_tests, options, said):
    """Before anything is called."""
    found = run_tests("def test_it(eloqua): ...", "--eloqua-target=live", *options)

    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines([f"ERROR: {said}"])
