"""What the commands refuse, in one line that says how to mend it, and never with a traceback (issue 9).

The exit code is 2 for what was typed wrongly and 1 for the rest.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from mock_eloqua.cli import doctor, main, watching
from mock_eloqua.crm import load
from mock_eloqua.house import application
from mock_eloqua.mistyped import unknown
from mock_eloqua.server import BackgroundServer, listen
from mock_eloqua.site import Options
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(monkeypatch, capsys, tmp_path) -> Typed:
    """Run the command in this process, in an empty folder: exit code and the one line."""
    for name in [name for name in os.environ if name.startswith(("MOCK_ELOQUA_", "ELOQUA_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # as serve does first
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **environment: str) -> tuple[int, str]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["mock-eloqua", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1, lines
        assert lines[0].startswith("mock-eloqua: ")
        return int(ended.value.code or 0), lines[0]

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reqests"], "Did you mean one of: 'requests'"),
        (["requests", "--folow"], "--follow"),
        (["requests", "--status", "9xx"], "neither a status such as 404 nor a class such as 4xx"),
        (["requests", "--limit", "0"], "x>=1"),
        (["requests", "--since", "yesterday"], "'yesterday' is no time with a zone such as 2026-01-31T12:00:00Z"),
        (["requests", "1", "--forget"], "NUMBER and --forget do not go together"),
        (["requests", "--forget", "--face", "rest"], "--face does not go together with --forget"),
        (["requests", "--follow", "--har", "x"], "--follow and --har"),
        (["snapshot", "--delete"], "name the snapshot"),
        (["snapshot", "--file", "x"], "name the snapshot"),
        (["snapshot", "a", "--file", "x", "--delete"], "--file and --delete"),
        (["snapshot", "a", "--file", "no/such"], "there is no folder 'no'"),
        (["clock", "run", "5"], "clock run takes no value"),
        (["faults", "face=rest", "--end-all"], "NAME=VALUE and --end-all"),
        (["faults", "=rest"], "'=rest' is not written as name=value"),
        (["thresholds", "rest-pace", "--report"], "--report"),
        (["thresholds", "rest-pace", "--limit", "-1"], "x>=0"),
        (["seed", "absent.yaml"], "does not exist"),
        (["seed", "."], "is a directory"),
        (["seed", "-", "--out", "x"], "--out is for --from-live"),
        (["seed", "-", "--schema"], "FILE and --schema"),
        (["seed", "--from-live", "--site", "X", "--out", "no/such"], "there is no folder 'no'"),
        (["health", "--url", "https://127.0.0.1:1", "--ca-folder", "."], "name the server's --ca-folder"),
        (["contracts", "run", "nothing.*"], "no contract is like nothing.*"),
        (["contracts", "run", "--target", "http://127.0.0.1:1", "--release", "20A"], "--release is for --target mock"),
        (["contracts", "calibrate", "--out", "no/such"], "there is no folder 'no'"),
        (["contracts", "evidence", "--file", "no/such"], "there is no folder 'no'"),
        (["contracts", "record", "--out", "no/such"], "there is no folder 'no'"),
    ],
)
def test_what_is_typed_wrongly_is_refused_with_2(typed: Typed, arguments, said):
    """Before anything is asked or done; nothing that was typed is passed over."""
    code, line = typed(*arguments)

    assert said in line
    assert code == 2


@pytest.mark.parametrize("name", ["TOML", "JSON"])
def test_files_that_are_nested_too_deeply_are_refused(typed: Typed, name, tmp_path):
    """Python's readers end in RecursionError."""
    (tmp_path / "deep").write_text(("a = " if name == "TOML" else "") + "[" * 20_000)

    if name == "JSON":
        assert "deep holds no evidence" in typed("contracts", "evidence", "--file", "deep")[1]
        return
    assert "the config file deep cannot be read" in typed("serve", "--config", "deep")[1]
    assert "the calibration deep cannot be read" in typed("serve", "--port", "0", "--calibration", "deep")[1]
    live = ("--target", "live", "--site", "X", "--credentials", "deep")
    assert "the credentials deep cannot be read" in typed("contracts", "run", "login.*", *live)[1]


@pytest.mark.parametrize("text", ["{", "[]", '{"GET /id": 1}', "\xff"])
def test_evidence_that_is_none_is_refused(typed: Typed, text, tmp_path):
    """Before a run of minutes."""
    (tmp_path / "e.json").write_text(text, "latin-1")

    code, line = typed("contracts", "evidence", "--file", "e.json")

    assert code == 1
    assert "e.json holds no evidence" in line


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "ELOQUA_CA"),
        ({"ELOQUA_LOGIN_URL": "login.eloqua.com"}, "the login URL 'login.eloqua.com' is none"),
        ({"ELOQUA_CA": "absent.pem"}, "absent.pem holds no certificate to trust: No such file"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ("contracts", "run", "login.*", "--target", "live", "--site", "X"),
        ("seed", "--from-live", "--site", "X", "--out", "x.yaml"),
    ],
)
def test_credentials_that_cannot_be_used_are_told_before_anybody_is_called(typed: Typed, command, environment, said):
    """Each line names the file or the variable; none has the password."""
    user = {"ELOQUA_USER": "me", "ELOQUA_PASSWORD": "hidden"} if environment else {}
    code, line = typed(*command, **user, **environment)

    assert code == 1
    assert said in line
    assert "hidden" not in line


class _Elsewhere(BaseHTTPRequestHandler):
    """A server of another kind."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def elsewhere() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_server_of_another_kind_is_told(typed: Typed):
    """It answers, but no control API."""
    with elsewhere() as url:
        assert "is it a Mock Eloqua?" in typed("health", "--url", url)[1]
        assert "does it speak plain http" in typed("health", "--url", url.replace("http", "https"))[1]


@pytest.mark.parametrize("command", ["health", "doctor"])
def test_who_asks_whether_it_is_there_does_not_wait_for_minutes(monkeypatch, capsys, command):
    """Something takes the connection and says nothing."""
    monkeypatch.setattr(doctor, "_PATIENCE", 0.05)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr(sys, "argv", ["mock-eloqua", command, "--url", url])
        with pytest.raises(SystemExit) as ended:
            main()

    assert ended.value.code == 1
    assert f"no emulator answers at {url}: timed out" in "".join(capsys.readouterr())


def test_the_token_is_asked_for_by_the_name_of_its_option(typed: Typed):
    """Missing or wrong; neither is printed."""
    with closing(Sites(place("memory", DEFAULT_SITE), Options())) as sites:
        server = BackgroundServer(application(sites, None, "right-token"), listen("127.0.0.1", 0))
        server.start()
        try:
            for token in ((), ("--control-token", "wrong-token")):
                code, line = typed("health", "--url", server.base_url, *token)
                assert code == 1
                assert "name it as --control-token" in line
                assert "wrong-token" not in line
        finally:
            server.stop()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["settings", "put_semantic=merge"], "did you mean put_semantics?"),
        (["settings", "click_pending_seconds=soon"], "takes a whole number"),
        (["thresholds", "bulk-dialy"], "did you mean bulk-daily?"),
        (["users", "markter", "--lock"], "did you mean marketer? There are api.user"),
        (["faults", "fase=rest"], "mock-eloqua: there is no 'fase'; did you mean face?"),
        (["reset", "--profile", "documentd"], "did you mean documented?"),
        (["clock", "--site", "MokCo"], "did you mean MockCo?"),
        (["clock", "--site", "Gr\u00fcn"], "there is no site 'Gr\u00fcn'"),
        (["clock", "--site", "\udcff"], "there is no site"),
    ],
)
def test_names_that_are_not_there_are_told_with_the_one_that_was_meant(typed: Typed, eloqua, arguments, said):
    """The list beside it where it is short."""
    assert said in typed(*arguments, "--url", eloqua.base_url)[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contatcs: []", "a seed has no 'contatcs'; did you mean contacts?"),
        ("contacts: [{emailAddres: a@b.test}]", "did you mean emailAddress?"),
        ("contacts:\n  - {", "the seed is no YAML: line 2"),
    ],
)
def test_a_seed_is_refused_with_the_name_that_was_meant(typed: Typed, eloqua, text, said, tmp_path):
    """And with the line."""
    (tmp_path / "s.yaml").write_text(text)

    assert said in typed("seed", "s.yaml", "--url", eloqua.base_url)[1]
    assert "--kind is for the rows of a CSV" in typed("seed", "s.yaml", "--kind", "contacts")[1]


def test_unlike_names_are_listed():
    """What nobody can have meant is no help."""
    assert unknown("face", "x", ["rest", "bulk"]) == "there is no face 'x'; there are rest, bulk"
    assert unknown("face", "rst", ["rest", "bulk"]) == "there is no face 'rst'; did you mean rest? There are rest, bulk"
    assert unknown("face", "x", []) == "there is no face 'x'; there are none"


@pytest.mark.parametrize(
    ("missing", "arguments", "extra"),
    [
        ("hypothesis", ["contracts", "list"], "contracts"),
        ("httpx2", ["contracts", "replay", "x"], "contracts"),
        ("httpx2", ["contracts", "clean", "--site", "X"], "contracts"),
        ("httpx2", ["seed", "--from-live", "--site", "X", "--out", "x"], "contracts"),
        ("psycopg", ["serve", "--port", "0", "--store", "postgresql://127.0.0.1:1/x"], "postgres"),
    ],
)
def test_an_extra_that_is_missing_is_told_with_how_to_get_it(typed: Typed, monkeypatch, missing, arguments, extra):
    """As on a machine with the package alone."""
    ours = ("eloqua_contracts", "eloqua_client", "mock_eloqua.store.")
    for name in [name for name in sys.modules if name.startswith(ours) or name.partition(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)

    code, line = typed(*arguments)

    assert code == 1
    assert line.endswith(f"pip install 'mock-eloqua[{extra}]'")


class _Full(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_behind_the_output_is_one_line(typed: Typed, monkeypatch, eloqua):
    """`mock-eloqua settings > /full/disk`."""
    monkeypatch.setattr(sys, "stdout", _Full())

    code, line = typed("settings", "--url", eloqua.base_url)

    assert code == 1
    assert "the output: No space left on device" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_file_that_cannot_be_written_is_named(typed: Typed, eloqua):
    """Not the server, which did its part."""
    at = ("--url", eloqua.base_url)

    for arguments in (["snapshot", "a", "--file"], ["requests", "--har"]):
        code, line = typed(*arguments, "/dev/full", *at)
        assert code == 1
        assert "/dev/full cannot be written: No space left on device" in line


def test_ctrl_c_is_heard_wherever_it_comes(monkeypatch, capsys, eloqua):
    """Python passes over what is raised in a callback of its garbage collector, where Hypothesis has one [seen]."""

    def interrupted(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            gc.callbacks.remove(interrupted)
            raise KeyboardInterrupt

    def pause(_: float) -> None:
        gc.callbacks.append(interrupted)
        gc.collect()
        threading.Event().wait(10)
        raise AssertionError("nobody was interrupted")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who is started with & ignores it
    monkeypatch.setattr(watching, "pause", pause)
    monkeypatch.setattr(sys, "argv", ["mock-eloqua", "requests", "--follow", "--url", eloqua.base_url])

    with pytest.raises(SystemExit) as ended:
        main()
    signal.signal(signal.SIGINT, before)

    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_server_that_is_still_seeding(monkeypatch, tmp_path, number):
    """A large seed takes minutes; the store is let go of, and the exit code tells which signal it was."""
    ends: dict[int, Callable[[int, None], None]] = {}
    monkeypatch.setattr(signal, "signal", ends.__setitem__)
    monkeypatch.setattr(load, "fill", lambda *_: ends[number](number, None))
    monkeypatch.setattr(sys, "argv", ["mock-eloqua", "serve", "--port", "0", "--seed", "load:9", "--store", "site.db"])
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 128 + number


def test_a_caller_who_hangs_up_in_the_middle_of_a_seed_leaves_no_traceback(eloqua, plain, caplog):
    """Ctrl-C while a seed is sent."""
    plain.putrequest("POST", "/_mock/seed")
    plain.putheader("Content-Length", "1000")
    plain.endheaders(b'{"contacts"')
    plain.close()

    eloqua.seed(contacts=[{"emailAddress": "a@b.test"}])  # on another connection, which is served after it

    assert "Traceback" not in caplog.text
    assert not [each for each in caplog.records if each.exc_info]
