"""A server as a process of its own on core 0, watched from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
_CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
_TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parent.parent


def pin(core: int) -> None:
    """Stay on one core, where there are two to tell apart."""
    if {SERVER_CORE, LOAD_CORE} <= _CORES:
        os.sched_setaffinity(0, {core})


@dataclass
class Server:
    """A server that has answered its first call."""

    process: subprocess.Popen[bytes]
    port: int
    first_answer: float
    """Seconds from the start of the process."""

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, its threads included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """Resident megabytes."""
        return self._status("VmRSS:")

    @property
    def most_memory(self) -> float:
        """Resident megabytes when there were most."""
        return self._status("VmHWM:")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        line = next(each for each in status.splitlines() if each.startswith(name))
        return int(line.split()[1]) / 1024


@contextmanager
def serving(
    command: Sequence[str], path: str, headers: Mapping[str, str], environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a command (`{port}` in it is replaced) until the block ends; *path* is its first call."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  commands of ours
        [word.replace("{port}", str(port)) for word in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: pin(SERVER_CORE),  # noqa: PLW1509  no threads here
    )
    try:
        while not _answers(port, path, headers):
            if process.poll() is not None or time.perf_counter() - started > 60:
                raise SystemExit(f"benchmarks: {' '.join(command)} does not answer {path} with 200")
            time.sleep(0.002)
        yield Server(process, port, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _answers(port: int, path: str, headers: Mapping[str, str]) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=dict(headers))
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
