"""The control client: every call of the document as a method, every answer as a value, one kind of error."""

from __future__ import annotations

import inspect
import socket
import subprocess
import sys
import threading
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import get_args, get_origin, get_type_hints

import pytest

from mock_eloqua.control_client import Calls, ControlClient, ControlError
from mock_eloqua.control_client.answers import made
from mock_eloqua.elsewhere import Elsewhere
from mock_eloqua.house import application
from mock_eloqua.server import BackgroundServer, listen
from mock_eloqua.site import Options
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place


@pytest.fixture
def document(control):
    """What the control API publishes of itself."""
    return control.get("/openapi/control.json").json()


def operations(document):
    """Each operation by its name, with its parameters."""
    return {each["operationId"]: each for methods in document["paths"].values() for each in methods.values()}


def snake(name):
    """`offsetSeconds` as `offset_seconds`."""
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name)


def same(kind, schema, schemas):
    """Does a type of ours have what a schema says, however deep?"""
    schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if get_origin(kind) is list:
        return same(get_args(kind)[0], schema["items"], schemas)
    if not is_dataclass(kind):
        return True
    hints = get_type_hints(kind)
    assert {each.name for each in fields(kind)} == {snake(name) for name in schema["properties"]}, kind
    return all(same(hints[snake(name)], each, schemas) for name, each in schema["properties"].items())


def test_every_operation_is_a_method(document):
    """By the name that a generated client would have."""
    methods = {name for name, _ in inspect.getmembers(ControlClient, inspect.isfunction) if not name.startswith("_")}

    assert set(operations(document)) - methods == set()


def test_every_answer_is_the_value_that_the_document_describes(document):
    """Property by property."""
    told = 0
    for name, operation in operations(document).items():
        content = operation["responses"]["200"]["content"].get("application/json", {})
        kind = get_type_hints(getattr(ControlClient, name))["return"]
        if is_dataclass(kind):
            told += 1
            assert same(kind, content["schema"], document["components"]["schemas"]), name
    assert told > 10


def test_what_a_newer_server_says_besides_is_passed_over():
    """And what an older one does not say is None."""
    found = made(Calls, {"total": 1, "count": 0, "items": [], "mood": "good"})

    assert (found.total, list(found)) == (1, [])
    assert repr(found) == "no calls"


def test_values_come_as_python_has_them(eloqua, rest):
    """Times with their zone, pairs as tuples."""
    eloqua.clock.freeze(datetime(2026, 1, 31, 12, tzinfo=UTC))
    rest.get("/data/contacts", headers={"X-Trace": "t"})

    (call,) = eloqua.control.requests(since=datetime(2026, 1, 31, 12, tzinfo=UTC), refused=False, status="2xx")

    assert call.at == eloqua.control.clock().now == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert ("x-trace", "t") in call.headers
    assert call == eloqua.control.one_request(call.number)
    assert eloqua.control.requests_as_har()["log"]["version"] == "1.2"


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (lambda control: control.set_clock("stopped"), 400, "'real', 'offset', 'frozen' or 'scaled'"),
        (lambda control: control.set_settings(colour="red"), 400, "there is no setting 'colour'"),
        (lambda control: control.reset(seed="/etc/passwd"), 400, "name default, empty, demo"),
        (lambda control: control.set_threshold("no/pe", used=1), 404, ""),
        (lambda control: control.steer_sync(999, "hold"), 404, ""),
        (lambda control: control.contact("a/b?c@d.test"), 404, "there is no contact a/b?c@d.test"),
        (lambda control: control.restore_snapshot("nope"), 404, "there is no snapshot 'nope'"),
        (lambda control: control.seed(b"{", "application/json"), 400, ""),
    ],
)
def test_a_refusal_is_one_kind_of_error_with_the_server_s_line(eloqua, wrong, status, said):
    """One line, and the connection goes on."""
    with pytest.raises(ControlError) as refused:
        wrong(eloqua.control)

    assert refused.value.status == status
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert eloqua.control.health().status == "ok"


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://a.test", "http://", "http://a:b"])
def test_a_url_that_is_none(url):
    """At once."""
    with pytest.raises(ControlError, match="is no URL such as"):
        ControlClient(url)


def test_nobody_there():
    """How to start one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with ControlClient(f"http://127.0.0.1:{port}") as control, pytest.raises(ControlError) as refused:
        control.health()

    assert refused.value.status is None
    assert str(refused.value).startswith(f"no emulator answers at http://127.0.0.1:{port}: Connection refused; start")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\n<p/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
)
def test_somebody_else_there(answer):
    """Whatever it says, it is one line."""

    def serve():
        caller, _ = server.accept()
        with caller:
            caller.recv(2**16)
            caller.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        with ControlClient(f"http://127.0.0.1:{server.getsockname()[1]}") as control, pytest.raises(ControlError) as no:
            control.health()
        thread.join()

    assert "\n" not in str(no.value)


def test_a_connection_that_was_let_go_is_opened_again():
    """A kept connection that was idle for too long."""
    body = b'{"mode":"real","now":"2026-01-31T12:00:00.0000000Z","offsetSeconds":0}'

    def serve():
        for _ in range(2):
            caller, _ = server.accept()
            with caller:
                caller.recv(2**16)
                caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        with ControlClient(f"http://127.0.0.1:{server.getsockname()[1]}") as control:
            assert control.clock() == control.clock()
        thread.join()


def test_a_token_is_sent():
    """`--control-token`: without it nobody is let in."""
    sites = Sites(place("memory", DEFAULT_SITE), Options())
    bound = listen("127.0.0.1", 0)
    server = BackgroundServer(application(sites, control_token="t0ken"), bound)
    server.start()
    try:
        for token in (None, "wrong"):
            with ControlClient(server.base_url, token=token) as control, pytest.raises(ControlError) as refused:
                control.health()
            assert refused.value.status == 401
            assert "asks for the server's token" in str(refused.value)
        with ControlClient(server.base_url, token="t0ken") as control:
            assert control.health().status == "ok"
    finally:
        server.stop()
        sites.close()


def test_a_server_elsewhere_is_driven_alike(eloqua, tmp_path):
    """What `--eloqua-target` gives; a seed file is read here, and the inside is not to be had."""
    (tmp_path / "seed.yaml").write_text("contacts: [{emailAddress: ada@b.test}]")
    elsewhere = Elsewhere(eloqua.base_url, at_reset={"profile": "strict"})
    try:
        site = elsewhere.site(user="marketer")
        site.reset(seed=tmp_path / "seed.yaml")
        site.seed(users=[{"name": "reader", "password": "pass", "groups": ["API Users"]}])

        assert site.contact("ada@b.test")["id"] == "1"
        assert eloqua.site.thresholds.profile == "strict"
        assert site.basic_auth == ("MockCo\\marketer", "s3cret")
        assert site.as_user("READER").credentials["password"] == "pass"
        assert elsewhere.store == eloqua.server.store
        with pytest.raises(LookupError, match="in another process"):
            site.site.forget()
        with pytest.raises(ControlError, match="cannot be read"):
            site.reset(seed=tmp_path / "absent.yaml")
    finally:
        elsewhere.stop()


def test_threads_may_share_one(eloqua):
    """They take turns."""
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(eloqua.control.advance_clock(1).offset_seconds)) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(found) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_it_imports_the_standard_library_only():
    """Whoever drives a server elsewhere need not load one."""
    program = """
import sys
before = set(sys.modules)
import mock_eloqua.elsewhere
foreign = {name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names
ours = {name for name in sys.modules if name.startswith("mock_eloqua.")}
print(sorted(foreign), sorted(name for name in ours if "control_client" not in name))
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603

    light = ["clock", "eloqua_site", "elsewhere", "expectations", "tls", "tls.authority"]
    assert found.stdout == f"['mock_eloqua'] {[f'mock_eloqua.{name}' for name in light]}\n"
