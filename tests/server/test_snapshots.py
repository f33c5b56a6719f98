"""Snapshots through the control API: kept by name, brought back, taken along as files (issue 6, 8)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from mock_eloqua import snapshots
from mock_eloqua.site import Options
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place


def addresses(rest):
    """Who is there."""
    return [each["emailAddress"] for each in rest.get("/data/contacts?depth=partial").json()["elements"]]


def test_a_state_is_kept_and_brought_back(control, rest):
    """Data, clock and switches."""
    control.put("/clock", json={"mode": "frozen", "now": "2026-01-31T12:00:00Z"})
    control.put("/settings", json={"put_semantics": "merge"})
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    taken = control.post("/snapshots", json={"name": "one contact"}).json()
    rest.post("/data/contact", json={"emailAddress": "c@b.test"})
    control.put("/clock", json={"mode": "real"})
    control.put("/settings", json={"put_semantics": "replace"})

    assert control.post("/snapshots/one contact/restore").json() == {"status": "ok"}

    assert addresses(rest) == ["a@b.test"]
    assert control.get("/clock").json()["now"] == "2026-01-31T12:00:00.0000000Z"
    assert control.get("/settings").json()["put_semantics"] == "merge"
    assert taken["name"] == "one contact"
    assert taken["at"] == "2026-01-31T12:00:00.0000000Z"
    assert taken["bytes"] > 0
    assert taken in control.get("/snapshots").json()["items"]


def test_a_snapshot_outlives_a_reset_and_is_replaced_by_the_next_of_its_name(control, rest):
    """It belongs to the server, not to the state."""
    control.post("/snapshots", json={"name": "n"})
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    control.post("/snapshots", json={"name": "n"})
    control.post("/reset")

    control.post("/snapshots/n/restore")

    assert addresses(rest) == ["a@b.test"]
    assert [each["name"] for each in control.get("/snapshots").json()["items"]].count("n") == 1


def test_a_snapshot_travels_as_a_file(control, rest):
    """To a server with another store, where it keeps the name of the site."""
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    control.post("/snapshots", json={"name": "n"})
    file = control.get("/snapshots/n")

    control.post("/reset")
    brought = control.put("/snapshots/copy", content=file.content)
    control.post("/snapshots/copy/restore")

    assert file.headers["content-type"] == "application/vnd.sqlite3"
    assert brought.json()["bytes"] == len(file.content)
    assert addresses(rest) == ["a@b.test"]


def test_a_snapshot_of_another_site_brings_its_data_and_not_its_name(eloqua, control, rest):
    """Sites keep their snapshots apart; a file may go from one to the other."""
    other = {"X-Mock-Site": eloqua.server.site("OtherCo").site.name}
    rest.post("/data/contact", json={"emailAddress": "a@b.test"})
    control.post("/snapshots", json={"name": "mine"})

    assert control.post("/snapshots/mine/restore", headers=other).status_code == 404
    control.put("/snapshots/theirs", content=control.get("/snapshots/mine").content, headers=other)
    assert control.post("/snapshots/theirs/restore", headers=other).status_code == 200

    assert eloqua.server.site("OtherCo").site.database.fact("site") == {"name": "OtherCo"}
    assert eloqua.server.site("OtherCo").contact("a@b.test")["id"] == "1"


def test_what_was_under_way_goes_on(eloqua, control, http):
    """A sync that waits in the snapshot."""
    eloqua.set(sync_timing="manual")
    definition = {"name": "e", "fields": {"address": "{{Contact.Field(C_EmailAddress)}}"}}
    made = http.post("/API/Bulk/2.0/contacts/exports", json=definition).json()
    sync = http.post("/API/Bulk/2.0/syncs", json={"syncedInstanceUri": made["uri"]}).json()["uri"]
    control.post("/snapshots", json={"name": "waiting"})
    eloqua.reset()

    control.post("/snapshots/waiting/restore")
    eloqua.set(sync_timing="instant")
    eloqua.site.jobs.join(seconds=10)

    assert http.get(f"/API/Bulk/2.0{sync}").json()["status"] == "success"


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb", "a\0b"])
def test_a_name_that_cannot_be(control, name):
    """One line."""
    answer = control.post("/snapshots", json={"name": name})

    assert answer.status_code == 400
    assert "1 to 100 signs" in answer.json()["error"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "C:\\x", "~root", "n.db"])
def test_a_name_is_no_path(control, tmp_path, monkeypatch, name):
    """Decision 014: whatever it looks like, it is a name, and the file has another."""
    monkeypatch.chdir(tmp_path)

    assert control.post("/snapshots", json={"name": name}).json()["name"] == name
    assert list(tmp_path.iterdir()) == []
    for each in control.get("/snapshots").json()["items"]:
        assert "file" not in each


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/snapshots/nope/restore"), ("GET", "/snapshots/nope"), ("DELETE", "/snapshots/nope")]
)
def test_one_that_is_not_there_is_a_404_that_says_which_are(control, method, path):
    """One line."""
    control.post("/snapshots", json={"name": "here"})

    answer = control(method, path)

    assert answer.status_code == 404
    assert answer.json()["error"].startswith("there is no snapshot 'nope'; there are ")
    assert "here" in answer.json()["error"]


def with_a_trigger(file):
    """Our tables, and something that would run in them."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("CREATE TRIGGER t AFTER INSERT ON contact BEGIN DELETE FROM contact; END")


def with_a_table_less(file):
    """Stamped as ours."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DROP TABLE contact")


def cut(file):
    """Half of it."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file):
    """Nothing."""
    file.write_bytes(b"")


def text(file):
    """No database."""
    file.write_text("SELECT 1;")


@pytest.mark.parametrize("spoil", [with_a_trigger, with_a_table_less, cut, empty, text])
def test_a_file_that_is_no_whole_snapshot_is_not_taken(control, rest, tmp_path, spoil):
    """A 400 that names no path of the server; what was kept stays."""
    control.post("/snapshots", json={"name": "n"})
    (tmp_path / "file").write_bytes(control.get("/snapshots/n").content)
    before = control.get("/snapshots").json()
    spoil(tmp_path / "file")

    answer = control.put("/snapshots/n", content=(tmp_path / "file").read_bytes())

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("the snapshot 'n' ")
    assert "/" not in answer.json()["error"]
    assert control.get("/snapshots").json() == before
    assert control.post("/snapshots/n/restore").status_code == 200


def test_a_server_keeps_so_many_and_no_more(monkeypatch):
    """And says so; one of them may be replaced. Nothing stays behind."""
    monkeypatch.setattr(snapshots, "MOST", 2)
    with closing(Sites(place("memory", DEFAULT_SITE), Options())) as sites:
        kept, site = sites.snapshots, sites.default
        folder = kept.take(site, "1").file.parent
        kept.take(site, "2")
        kept.take(site, "2")
        with pytest.raises(snapshots.BadSnapshot, match="keeps 2 snapshots; delete one first"):
            kept.take(site, "3")
        kept.drop(site, "2")
        kept.take(site, "3")

        assert [each.name for each in kept.of(site)] == ["1", "3"]
        assert len(list(folder.glob("*.db"))) == 2

    assert not folder.exists()
