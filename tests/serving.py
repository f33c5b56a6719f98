"""A server in a process of its own, started by the command."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from mock_eloqua import __version__

COMMAND = str(Path(sys.executable).with_name("mock-eloqua"))
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("MOCK_ELOQUA_")}
SIGNED_IN = {"Authorization": "Basic TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="}


class Serving:
    """A `mock-eloqua serve` that has said where it listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout
        first = process.stdout.readline()
        assert first.startswith(f"Mock Eloqua {__version__} at http"), first + process.communicate()[1]
        self.url = first.split()[-1]
        self.trust: ssl.SSLContext | None = None
        """Where it speaks HTTPS."""
        self.greeting = [process.stdout.readline() for _ in range(4)]

    def call(self, path, body=None, method=None, **headers):
        """The JSON of an answer; None where it has no body."""
        data = None if body is None else json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
        call = Request(self.url + path, data, headers, method=method)  # noqa: S310  http, see the greeting
        with urlopen(call, timeout=30, context=self.trust) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")

    def stop(self, number=signal.SIGTERM):
        """The exit code after a signal."""
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode


@contextmanager
def serving(*arguments, cwd=None, **environment) -> Iterator[Serving]:
    """A server on a free port, unless the arguments name one."""
    port = () if "--port" in arguments or "MOCK_ELOQUA_PORT" in environment else ("--port", "0")
    process = subprocess.Popen(  # noqa: S603
        [COMMAND, "serve", *port, *map(str, arguments)],
        env=PLAIN | environment,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Serving(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
