"""The commands that drive a running emulator (docs/command-line.md)."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from mock_eloqua.cli import commands, watching


@pytest.fixture
def drive(eloqua):
    """Run a command against the site of the test: what it prints; *fails* for what it complains of."""

    def run(*arguments, fails=False):
        found = CliRunner().invoke(commands, [*arguments, "--url", eloqua.base_url])
        assert (found.exit_code != 0) is fails, found.output
        if fails:
            assert "Traceback" not in found.output
            return found.output.strip().splitlines()[-1]
        return found.stdout

    return run


def test_requests_are_listed_and_shown(drive, rest):
    """One line each; one of them in full."""
    rest.get("/data/contacts?count=5")
    rest.nobody().get("/data/contacts")
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})

    listed = drive("requests").splitlines()
    refused = json.loads(drive("requests", "--status", "4xx", "--refused", "--json"))
    whole = drive("requests", "3")

    assert listed[0].endswith("api.user  GET /API/REST/1.0/data/contacts?count=5 -> 200")
    assert "no Authorization header" in listed[1]
    assert [each["number"] for each in refused["items"]] == [2]
    assert '{"emailAddress":"a@b.test"}' in whole
    assert "> authorization: Basic ***" in whole
    assert drive("requests", "--forget") == "The log is empty\n"
    assert drive("requests") == ""


def test_requests_become_a_har(drive, rest, tmp_path):
    """`--har FILE`, with the filters."""
    rest.get("/data/contacts")
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    file = tmp_path / "calls.har"

    assert drive("requests", "--method", "POST", "--har", str(file)) == f"1 calls are in {file}\n"

    (entry,) = json.loads(file.read_text())["log"]["entries"]
    assert entry["request"]["method"] == "POST"
    assert "cannot be written" in drive("requests", "--har", str(tmp_path / "no" / "calls.har"), fails=True)


def test_requests_are_followed_over_a_reset(drive, eloqua, rest, monkeypatch):
    """Until Ctrl-C; numbers begin anew at a reset."""
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 1:
            rest.get("/data/accounts")
        elif len(pauses) == 2:
            eloqua.reset()
            rest.get("/assets/emails")
        else:
            raise KeyboardInterrupt

    rest.get("/data/contacts")
    monkeypatch.setattr(watching, "pause", pause)

    found = CliRunner().invoke(commands, ["requests", "--follow", "--url", eloqua.base_url])

    assert [line.split()[-3].rpartition("/")[2] for line in found.stdout.splitlines() if "->" in line] == [
        "contacts",
        "accounts",
        "emails",
    ]


def test_time_is_moved(drive, eloqua):
    """`clock advance 9h`."""
    assert drive("clock", "freeze", "2026-01-31T12:00:00Z") == "2026-01-31 12:00:00 UTC, frozen\n"
    assert drive("clock", "advance", "9h") == "2026-01-31 21:00:00 UTC, frozen\n"
    assert drive("clock", "advance", "1.5") == "2026-01-31 21:00:01 UTC, frozen\n"
    assert json.loads(drive("clock", "--json"))["now"] == "2026-01-31T21:00:01.500000+00:00"
    assert drive("clock", "offset", "2d").endswith("offset\n")
    assert drive("clock", "scale", "60").endswith("scaled\n")
    assert drive("clock", "run").endswith("real\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clock", "advance"], "no time span"),
        (["clock", "advance", "soon"], "no time span"),
        (["clock", "freeze", "noon"], "no time with a zone"),
        (["clock", "freeze", "2026-01-31T12:00:00"], "no time with a zone"),
        (["clock", "scale", "fast"], "no number"),
        (["clock", "stop"], "advance"),
        (["requests", "99"], "there is no call 99"),
        (["requests", "--face", "fax"], "there is no face 'fax'; there are login"),
        (["settings", "colour=red"], "there is no setting 'colour'"),
        (["settings", "colour"], "name=value"),
        (["thresholds", "nope"], "there is no threshold 'nope'; there are"),
        (["thresholds", "nope", "--used", "1"], "there is no threshold 'nope'; there are"),
        (["thresholds", "--used", "1"], "name the threshold"),
        (["faults", "face=fax", "status=500"], "there is no face 'fax'"),
        (["faults", "colour=red"], "there is no 'colour'; there are"),
        (["faults", "--end", "9"], "there is no fault 9"),
        (["restore", "nope"], "there is no snapshot 'nope'"),
        (["restore", "n", "--file", "/absent/file"], "cannot be opened"),
        (["reset", "--profile", "lax"], "documented, strict"),
        (["clock", "--site", "NoCo"], "there is no site 'NoCo'; there are MockCo"),
    ],
)
def test_what_does_not_fit_is_one_line(drive, arguments, said):
    """With the list of what there is."""
    assert said in drive(*arguments, fails=True)


def test_switches_are_shown_and_turned(drive, eloqua):
    """A switch that takes a text gets one, also where it looks like a number."""
    assert "put_semantics = replace\n" in drive("settings")
    turned = drive("settings", "put_semantics=merge", "delete_dependency_status=409", "click_pending_seconds=5")

    assert set(turned.splitlines()) == {
        "put_semantics = merge",
        "delete_dependency_status = 409",
        "click_pending_seconds = 5",
    }
    assert eloqua.site.settings.delete_dependency_status == "409"


def test_thresholds_are_shown_changed_and_reported(drive, rest):
    """`thresholds rest-pace --limit 1 --enforced`, and `--report`."""
    assert drive("thresholds", "rest-pace", "--limit", "1", "--enforced").startswith(
        "rest-pace: 0 of 1 per user, enforced"
    )
    rest.get("/data/contacts")
    assert json.loads(drive("thresholds", "rest-pace", "--json"))["limit"] == 1
    assert isinstance(json.loads(drive("thresholds", "--report", "--json"))["items"], list)


def test_faults_are_added_and_ended(drive, rest):
    """`faults face=rest status=503 times=1`."""
    added = drive("faults", "face=rest", "status=503", "times=2")

    assert rest.get("/data/contacts").status_code == 503
    assert "struck 1 of 1" in drive("faults")
    assert added.startswith("fault ")
    drive("faults", "--end-all")
    assert drive("faults") == ""
    assert rest.get("/data/contacts").status_code == 200


def test_a_state_is_kept_and_brought_back(drive, rest, tmp_path):
    """By name, and through a file."""
    file = str(tmp_path / "state.db")
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    assert drive("snapshot", "full", "--file", file).startswith("full is kept, ")
    assert drive("reset") == "The site is as new\n"
    assert "full\n" in drive("snapshot")

    assert drive("restore", "full") == "The site is as in full\n"
    assert rest.get("/data/contacts").json()["total"] == 1
    drive("snapshot", "full", "--delete")
    drive("reset")
    drive("restore", "again", "--file", file)

    assert rest.get("/data/contacts").json()["total"] == 1
