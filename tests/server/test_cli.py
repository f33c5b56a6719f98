"""The command `mock-eloqua`, run as people run it (architecture.md, 3)."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.error import HTTPError

import pytest
from tests.serving import COMMAND, PLAIN, SIGNED_IN, serving

from mock_eloqua import MockEloqua, __version__
from mock_eloqua.cli import main


def run(*arguments, cwd=None, text=None, **environment):
    """The finished command."""
    return subprocess.run(  # noqa: S603  our own command
        [COMMAND, *map(str, arguments)],
        env=PLAIN | environment,
        cwd=cwd,
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def complaint(finished):
    """The one line of a command that refused."""
    return one_line(finished.returncode, finished.stdout, finished.stderr)


def one_line(code, said, wrong):
    """What is wrong."""
    assert code != 0, said
    assert said == ""
    lines = wrong.splitlines()
    assert len(lines) == 1, wrong
    assert lines[0].startswith("mock-eloqua: ")
    return lines[0]


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """The one line of `mock-eloqua serve` with what it refuses; in this process, since another takes a second."""
    for name in [name for name in os.environ if name.startswith("MOCK_ELOQUA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.chdir(tmp_path)

    def serve(*arguments, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["mock-eloqua", "serve", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return one_line(ended.value.code, *capsys.readouterr())

    return serve


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--colour", "red"], "--colour"),
        (["--port", "many"], "--port"),
        (["--port", "70000"], "--port"),
        (["--port"], "--port"),
        (["extra"], "extra"),
        (["--profile", "lax"], "documented, strict, seed, off"),
        (["--release", "17A"], "18D to 26C"),
        (["--seed", "nope"], "default, empty, demo"),
        (["--seed", "."], "cannot be read"),
        (["--host", "a..b"], "cannot listen"),
        (["--host", "192.0.2.1"], "cannot listen"),
        (["--public-url", "localhost"], "--public-url"),
        (["--public-url", "ftp://x"], "--public-url"),
        (["--control-token", ""], "--control-token"),
        (["--config", "absent.toml"], "absent.toml"),
        (["--tls", "--ca-folder", __file__], "name another --ca-folder"),
        (["--tls-certificate", "mine.pem"], "--tls-certificate and --tls-key go together"),
        (["--tls-certificate", "absent.pem", "--tls-key", __file__], "No such file"),
        (["--tls-certificate", __file__, "--tls-key", __file__], "cannot be used"),
        (["--store", "."], "folder"),
        (["--store", "absent/site.db"], "no folder"),
        (["--store", "~nobody-of-that-name/site.db"], "cannot be opened"),
        (["--store", "mysql://localhost/x"], "mysql"),
        (["--store", "postgresql://host:port/x"], "postgresql://user@host:5432/database"),
        (["--store", "postgresql://me:hidden@127.0.0.1:1/x"], "cannot be opened"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_line(refused, options, said, tmp_path):
    """style.md: one line with the mend in it, and an exit code."""
    line = refused("--port", "0", *options)

    assert said in line
    assert "hidden" not in line
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_one_line_and_the_store_is_not_touched(refused, tmp_path):
    """Two servers by mistake: the second must not disturb the first."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        line = refused("--port", port, "--store", "site.db")

    assert f"127.0.0.1:{port}" in line
    assert not (tmp_path / "site.db").exists()


@pytest.fixture(scope="module")
def whole_store(tmp_path_factory):
    """A store file as a server leaves it."""
    file = tmp_path_factory.mktemp("store") / "site.db"
    with MockEloqua(store=file, seed="demo"):
        pass
    return file


def foreign(file):
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE invoice (id)")


def hollow(file):
    content = bytearray(file.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    file.write_bytes(content)


def cut(file):
    file.write_bytes(file.read_bytes()[:20_000])


def text(file):
    file.write_text("dear diary")


def of_another_version(file):
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA user_version=99")


@pytest.mark.parametrize("spoil", [foreign, hollow, cut, text, of_another_version])
def test_a_file_that_is_no_store_is_one_line_and_stays_as_it_is(refused, spoil, whole_store, tmp_path):
    """Nobody's data is overwritten."""
    file = tmp_path / "site.db"
    if spoil is not foreign:
        shutil.copy(whole_store, file)
    spoil(file)
    before = file.read_bytes()

    line = refused("--port", "0", "--store", file)

    assert str(file) in line
    assert file.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything: run the tests as somebody else")
def test_an_unreadable_store_is_one_line(refused, whole_store, tmp_path):
    """Permission denied."""
    file = tmp_path / "site.db"
    shutil.copy(whole_store, file)
    file.chmod(0)

    assert str(file) in refused("--port", "0", "--store", file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("port = ", "cannot be read"),
        ("\xff", "cannot be read"),
        ("colour = 'red'", "colour"),
        ("config = 'other.toml'", "config"),
        ("port = true", "port"),
        ("profile = ['strict']", "profile"),
        ("profile = 'lax'", "lax"),
        ("settings = 5", "[settings]"),
        ("[settings]\ncolour = 'red'", "colour"),
        ("[profiles.mine]\ncolour = 'red'", "base, limits, enforced, not_enforced"),
        ("[settings]\nput_semantics = 'sometimes'", "replace or merge"),
    ],
)
def test_a_config_file_that_cannot_be_used_is_one_line(refused, content, said, tmp_path):
    """The same for files as for options."""
    file = tmp_path / "mock.toml"
    file.write_bytes(content.encode("latin-1"))

    assert said in refused("--port", "0", "--config", file)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("seed.yaml", "contacts: [", "no YAML"),
        ("seed.json", "{", "no JSON"),
        ("seed.json", '{"contacts": [{"emailAddress": "nonsense"}]}', "seed.json: line 1: contacts[0]: C_EmailAddress"),
    ],
)
def test_a_seed_file_that_cannot_be_used_is_one_line(refused, name, content, said, tmp_path):
    """The text names the file and the place in it."""
    (tmp_path / name).write_text(content)

    assert said in refused("--port", "0", "--seed", name)


def test_a_bad_seed_is_refused_over_a_store_that_is_there_already(refused, whole_store, tmp_path):
    """Else the next reset would find out."""
    shutil.copy(whole_store, tmp_path / "site.db")

    assert "nope" in refused("--port", "0", "--store", "site.db", "--seed", "nope")


def test_the_greeting_names_url_credentials_and_a_curl_line():
    """architecture.md: what serve prints."""
    with serving("--release", "20d", "--profile", "strict") as server:
        assert server.call("/id", **SIGNED_IN)["user"]["username"] == "api.user"
        assert [line.strip() for line in server.greeting] == [
            "release 20D, profile strict, store memory",
            r"sign in as MockCo\api.user with password s3cret",
            rf"curl -u 'MockCo\api.user:s3cret' {server.url}/id",
            f"look at it at {server.url}/_mock/ui",
        ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_with_its_store_complete(number, tmp_path):
    """Exit code 0, nothing left in a journal beside the file, all there at the next start."""
    file = tmp_path / "site.db"
    with serving("--store", file) as server:
        server.call("/API/REST/1.0/data/contact", {"emailAddress": "ada@b.test"}, **SIGNED_IN)
        server.call("/_mock/settings", {"put_semantics": "merge"}, "PUT")
        assert server.stop(number) == 0

    assert [each.name for each in tmp_path.iterdir()] == ["site.db"]
    with closing(sqlite3.connect(file)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.execute("SELECT email_address FROM contact").fetchall() == [("ada@b.test",)]
    with MockEloqua(store=file) as eloqua:
        assert eloqua.contact("ada@b.test")["emailAddress"] == "ada@b.test"
        assert eloqua.site.settings.put_semantics == "merge"


def test_what_control_was_told_outlives_a_kill(tmp_path):
    """Kept when it is set, on a file, and sites that were made are there again."""
    file = tmp_path / "site.db"
    with serving("--store", file) as server:
        server.call("/_mock/sites", {"name": "OtherCo", "seed": "demo"}, "POST")
        server.call("/_mock/settings", {"put_semantics": "merge"}, "PUT")
        server.call("/_mock/clock/advance", {"seconds": 10 * 86_400}, "POST")
        server.call("/_mock/thresholds/rest-pace", {"limit": 7}, "PUT")
        server.call("/_mock/releases", {"release": "20D"}, "PUT")
        then = server.call("/_mock/clock")["now"]
        server.stop(signal.SIGKILL)

    with serving("--store", file) as server:
        assert server.call("/_mock/settings")["put_semantics"] == "merge"
        assert server.call("/_mock/clock")["now"] >= then
        (pace,) = [each for each in server.call("/_mock/thresholds")["items"] if each["name"] == "rest-pace"]
        assert pace["limit"] == 7
        assert server.call("/_mock/health")["release"] == "20D"
        assert [each["name"] for each in server.call("/_mock/sites")["items"]] == ["MockCo", "OtherCo"]
        other = {"Authorization": "Basic " + base64.b64encode(b"OtherCo\\api.user:s3cret").decode()}
        assert server.call("/API/REST/1.0/data/contacts", **other)["total"] == 2000


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path):
    """docs/server.md: the order."""
    (tmp_path / "mock.toml").write_text(
        'port = 1\nprofile = "seed"\nrelease = "19A"\npublic-url = "https://file.test"\n'
        '[settings]\nput_semantics = "merge"\n[profiles.mine]\nbase = "strict"\n'
    )
    environment = {
        "MOCK_ELOQUA_CONFIG": "mock.toml",
        "MOCK_ELOQUA_PORT": "0",
        "MOCK_ELOQUA_RELEASE": "20B",
        "MOCK_ELOQUA_PROFILE": "off",
    }

    with serving("--profile", "mine", cwd=tmp_path, **environment) as server:
        health = server.call("/_mock/health")
        assert (health["profile"], health["release"]) == ("mine", "20B")
        assert server.call("/_mock/settings")["put_semantics"] == "merge"
        assert server.call("/id", **SIGNED_IN)["urls"]["base"] == "https://file.test"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOST", "a..b"),
        ("PORT", "many"),
        ("STORE", "."),
        ("PROFILE", "lax"),
        ("RELEASE", "17A"),
        ("SEED", "nope"),
        ("PUBLIC_URL", "localhost"),
        ("CONTROL_TOKEN", "\t"),
        ("CONFIG", "absent.toml"),
    ],
)
def test_every_option_is_an_environment_variable(refused, variable, value):
    """architecture.md: shown by values that are refused."""
    environment = {"MOCK_ELOQUA_PORT": "0", f"MOCK_ELOQUA_{variable}": value}

    assert refused(**environment)


def test_a_seed_file_is_what_resets_come_back_to(tmp_path):
    """Callers may name this file, since the server was started with it, and no other."""
    (tmp_path / "seed.yaml").write_text("contacts: [{emailAddress: ada@b.test, postalCode: 02134, country: NO}]")
    (tmp_path / "other.yaml").write_text("contacts: [{emailAddress: ben@b.test}]")
    found = "/API/REST/1.0/data/contacts?depth=complete"

    with serving("--seed", "seed.yaml", cwd=tmp_path) as server:
        (ada,) = server.call(found, **SIGNED_IN)["elements"]
        assert (ada["postalCode"], ada["country"]) == ("02134", "NO")

        assert run("reset", "--url", server.url, "--seed", "empty").returncode == 0
        assert server.call(found, **SIGNED_IN)["total"] == 0

        line = complaint(run("reset", "--url", server.url, "--seed", "other.yaml"))
        assert "default, empty, demo, seed.yaml" in line

        assert run("reset", "--url", server.url).stdout == "The site is as new\n"
        assert server.call(found, **SIGNED_IN)["total"] == 1
        assert run("reset", "--url", server.url, "--seed", "seed.yaml").returncode == 0


def test_seed_adds_records_from_a_file_or_standard_input(tmp_path):
    """docs/server.md: `mock-eloqua seed seed.yaml`."""
    (tmp_path / "seed.json").write_text('{"contacts": [{"emailAddress": "ada@b.test"}]}')

    with serving() as server:
        there = {"MOCK_ELOQUA_URL": server.url}
        assert run("seed", "seed.json", cwd=tmp_path, **there).stdout == "1 contacts\n"
        assert run("seed", "-", text="lists: [{name: guests, members: [ada@b.test]}]", **there).stdout == "1 lists\n"
        assert run("seed", "-", text="{}", **there).stdout == "nothing to add\n"
        assert "contacts[0]" in complaint(run("seed", "seed.json", cwd=tmp_path, **there))
        assert "absent.yaml" in complaint(run("seed", "absent.yaml", **there))
        assert "NoCo" in complaint(run("seed", "--site", "NoCo", "-", text="{}", **there))
        assert server.call("/API/REST/1.0/data/contacts", **SIGNED_IN)["total"] == 1


def test_a_control_token_is_asked_for():
    """architecture.md: `--control-token` asks for one; the APIs do not."""
    with serving("--control-token", "t0ken") as server:
        with pytest.raises(HTTPError) as refused:
            server.call("/_mock/health")
        refused.value.close()
        assert refused.value.code == 401
        assert server.call("/_mock/health", Authorization="Bearer t0ken")["status"] == "ok"
        assert server.call("/id", **SIGNED_IN)["site"]["name"] == "MockCo"
        assert "token" in complaint(run("reset", "--url", server.url))
        assert run("reset", "--url", server.url, "--control-token", "t0ken").returncode == 0


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("127.0.0.1:8080", "--url"),
        ("ftp://127.0.0.1", "--url"),
        ("http://127.0.0.1:many", "--url"),
        ("http://127.0.0.1:1", "mock-eloqua serve"),
    ],
)
def test_driving_what_is_not_there_is_one_line(server, said):
    """The mend is in the line."""
    assert said in complaint(run("reset", "--url", server))


def test_a_server_that_speaks_no_http_is_one_line():
    """Another program listens there."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603
            [COMMAND, "reset", "--url", f"http://127.0.0.1:{port}"],
            env=PLAIN,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        caller, _ = other.accept()
        with closing(caller):
            caller.recv(10_000)
            caller.sendall(b"220 mail.example.test ESMTP\r\n")
            caller.shutdown(socket.SHUT_WR)
            said, wrong = process.communicate(timeout=30)

    line = complaint(subprocess.CompletedProcess([], process.returncode, said, wrong))
    assert "no emulator answers" in line


def test_the_command_alone_shows_its_help():
    """An exit code all the same, since nothing was asked for."""
    alone = run()

    assert alone.returncode == 2
    assert "serve" in alone.stderr
    assert run("--version").stdout.strip().endswith(__version__)
    assert "'serve'" in complaint(run("serv"))
    assert "18D to 26C" in complaint(run("serve", "--port", "0", "--release", "17A"))
