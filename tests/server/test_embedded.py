"""`MockEloqua`, from Python without pytest (architecture.md, 3)."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
from contextlib import closing

import httpx2
import pytest

import mock_eloqua
from mock_eloqua import MockEloqua


def get(eloqua, path):
    with httpx2.Client(verify=False) as client:
        return client.get(eloqua.base_url + path, auth=eloqua.basic_auth)


def test_it_serves_inside_with_and_no_longer():
    """architecture.md: starts it in a thread on a free port."""
    with MockEloqua(profile="strict") as eloqua:
        assert get(eloqua, "/id").json()["site"]["name"] == "MockCo"
        assert eloqua.site.thresholds.profile == "strict"
        address = ("127.0.0.1", int(eloqua.base_url.rpartition(":")[2]))

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


def test_it_leaves_no_thread_behind():
    """A test run may start hundreds."""
    before = set(threading.enumerate())
    with MockEloqua() as eloqua:
        get(eloqua, "/id")

    assert {each.name for each in threading.enumerate() if each not in before and "mock-eloqua" in each.name} == set()


def test_it_may_be_started_and_stopped_by_hand():
    """And be stopped without ever having been started."""
    MockEloqua().stop()

    server = MockEloqua().start()
    try:
        assert get(server.site(), "/id").status_code == 200
    finally:
        server.stop()


def test_two_of_them_never_meet():
    """Each has its own data and its own port."""
    with MockEloqua(seed="demo") as demo, MockEloqua(seed="empty") as empty:
        found = [get(each, "/API/REST/1.0/data/contacts").json()["total"] for each in (demo, empty)]

    assert found == [2000, 0]


def test_one_holds_many_sites():
    """architecture.md: every site has its own data, users and clock."""
    with MockEloqua() as eloqua:
        other = eloqua.server.site("OtherCo", user="marketer")
        other.seed(contacts=[{"emailAddress": "a@b.test"}])
        other.clock.freeze()

        assert other.credentials == {"site": "OtherCo", "username": "marketer", "password": "s3cret"}
        assert get(other, "/id").json()["site"]["name"] == "OtherCo"
        assert get(other, "/API/REST/1.0/data/contacts").json()["total"] == 1
        assert get(eloqua, "/API/REST/1.0/data/contacts").json()["total"] == 0
        assert eloqua.site.clock.reading.mode == "real"


def test_a_file_of_seeds_is_what_resets_come_back_to(tmp_path):
    """A path or its text; the file is read once."""
    file = tmp_path / "seed.json"
    file.write_text('{"contacts": [{"emailAddress": "ada@b.test"}], "users": [{"name": "reader", "password": "p"}]}')

    with MockEloqua(seed=file) as eloqua:
        file.unlink()
        eloqua.seed(contacts=[{"emailAddress": "ben@b.test"}])
        eloqua.reset()

        assert get(eloqua.as_user("reader"), "/API/REST/1.0/data/contacts").json()["total"] == 1
        eloqua.reset(seed="empty")
        assert get(eloqua, "/API/REST/1.0/data/contacts").json()["total"] == 0


def test_a_file_store_is_there_at_the_next_start(tmp_path):
    """Data, clock and switches."""
    with MockEloqua(store=tmp_path / "site.db", seed="demo") as eloqua:
        eloqua.seed(contacts=[{"emailAddress": "ada@b.test"}])
        eloqua.set(put_semantics="merge")
        eloqua.clock.advance(days=3650)
        then = eloqua.clock.now

    with MockEloqua(store=str(tmp_path / "site.db"), seed="empty") as eloqua:
        assert get(eloqua, "/API/REST/1.0/data/contacts").json()["total"] == 2001
        assert eloqua.site.settings.put_semantics == "merge"
        assert eloqua.clock.now >= then
        eloqua.reset()
        assert get(eloqua, "/API/REST/1.0/data/contacts").json()["total"] == 0


def test_settings_and_public_url_are_taken():
    """Every option of the command that makes sense here."""
    with MockEloqua(settings={"put_semantics": "merge"}, public_url="https://eloqua.test/", release="20d") as eloqua:
        assert eloqua.site.settings.put_semantics == "merge"
        assert eloqua.site.release == "20D"
        assert get(eloqua, "/id").json()["urls"]["base"] == "https://eloqua.test"
        eloqua.set(put_semantics="replace")
        eloqua.reset()
        assert eloqua.site.settings.put_semantics == "merge"


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"profile": "lax"}, "BadProfile", "lax"),
        ({"release": "17A"}, "BadRelease", "18D"),
        ({"seed": "nope"}, "BadSeed", "demo"),
        ({"settings": {"colour": "red"}}, "BadSetting", "colour"),
        ({"store": "absent/site.db"}, "StoreError", "folder"),
    ],
)
def test_an_option_that_cannot_be_used_says_why_and_leaves_nothing_open(options, error, said, tmp_path, monkeypatch):
    """One line, and the port is free again (an open socket would be a warning, which is an error here)."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Exception, match=said) as refused:
        MockEloqua(**options)

    assert type(refused.value).__name__ == error
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_says_so_before_the_store_is_touched(tmp_path):
    """Whoever listens there may have that store."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Exception, match=f"cannot listen on 127.0.0.1:{port}"):
            MockEloqua(port=port, store=tmp_path / "site.db")

    assert list(tmp_path.iterdir()) == []


def test_the_bare_application_is_one_for_any_asgi_server():
    """architecture.md: `mock_eloqua.asgi_app(...)`."""
    import asyncio

    app = mock_eloqua.asgi_app(public_url="https://eloqua.test")

    async def status() -> int:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://any.test", verify=False) as client:
            answer = await client.get("/id", auth=("MockCo\\api.user", "s3cret"))
        assert answer.json()["urls"]["base"] == "https://eloqua.test"
        return answer.status_code

    with closing(app.sites):
        assert asyncio.run(status()) == 200


def test_importing_the_package_imports_nothing():
    """The plugin lives in it."""
    program = "import sys, mock_eloqua; print([name for name in sys.modules if name.startswith('mock_eloqua.')])"

    said = subprocess.check_output([sys.executable, "-c", program], text=True, timeout=30)  # noqa: S603  our own

    assert said == "[]\n"


def test_a_name_that_the_package_does_not_have():
    """As for any module."""
    with pytest.raises(AttributeError, match="Eloqua2"):
        _ = mock_eloqua.Eloqua2


def test_python_s_shared_random_numbers_are_left_alone(eloqua):
    """Hypothesis watches them: a test of somebody else's that draws while a call is answered would be told off."""
    before = random.getstate()

    assert get(eloqua, "/id").status_code == 200

    assert random.getstate() == before
