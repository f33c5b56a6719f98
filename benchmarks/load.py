"""Keeps a server busy with one call over and over: with wrk where it is installed, else by itself."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.process import LOAD_CORE, pin

WRK = shutil.which("wrk")
_NUMBER = "#number#"
"""In a body, stands for a number that no other call has."""


@dataclass(frozen=True)
class Request:
    """The call to repeat."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str = ""

    def bytes(self, number: str) -> bytes:
        """As it travels."""
        body = self.body.replace(_NUMBER, number).encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def script(self, series: str) -> str:
        """For wrk."""
        headers = ", ".join(f"[{json.dumps(name)}]={json.dumps(value)}" for name, value in self.headers.items())
        before, number, after = self.body.partition(_NUMBER)
        body = f"{json.dumps(before)}..n..{json.dumps(after)}" if number else json.dumps(self.body)
        return (
            f"local headers = {{{headers}}}; local count = 0\n"
            f"request = function() count = count + 1; local n = {json.dumps(series)}..count\n"
            f"return wrk.format({json.dumps(self.method)}, {json.dumps(self.path)}, headers, {body}) end\n"
        )


def numbered(text: str) -> str:
    """A body with a number of its own in each call, in the place of `{}`."""
    return text.replace("{}", _NUMBER)


def run(port: int, request: Request, connections: int, seconds: float) -> tuple[int, float]:
    """How many calls were answered, and in how many seconds.

    Raises:
        SystemExit: an answer was an error.
    """
    series = secrets.token_hex(4) + "x"
    return (_wrk if WRK else _raw)(port, request, connections, seconds, series)


def _wrk(port: int, request: Request, connections: int, seconds: float, series: str) -> tuple[int, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(request.script(series))
        script.flush()
        said = subprocess.run(  # noqa: S603
            [
                str(WRK),
                "-t1",
                f"-c{connections}",
                f"-d{max(1, round(seconds))}s",
                "-s",
                script.name,
                f"http://127.0.0.1:{port}",
            ],
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=lambda: pin(LOAD_CORE),
        ).stdout
    found = re.search(r"(\d+) requests in ([\d.]+)(m?s)", said)
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"benchmarks: {request.method} {request.path} fails: {' '.join(said.split())}")
    return int(found[1]), float(found[2]) / (1000 if found[3] == "ms" else 1)


def _raw(port: int, request: Request, connections: int, seconds: float, series: str) -> tuple[int, float]:
    return asyncio.run(_keep_busy(port, request, connections, seconds, series))


async def _keep_busy(port: int, request: Request, connections: int, seconds: float, series: str) -> tuple[int, float]:
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    lanes = []
    for lane in range(connections):
        prefix = f"{series}{lane}x"
        _, made = await loop.create_connection(
            lambda prefix=prefix: _Lane(  # type: ignore[misc]
                lambda count: request.bytes(f"{prefix}{count}"),
                numbers=_NUMBER in request.body,
                until=started + seconds,
            ),
            "127.0.0.1",
            port,
        )
        lanes.append(made)
    await asyncio.gather(*(each.over for each in lanes))
    return sum(each.count for each in lanes), time.perf_counter() - started


@dataclass
class _Lane(asyncio.Protocol):
    """One connection: sends, reads one answer, sends again."""

    make: Callable[[int], bytes]
    numbers: bool
    until: float
    count: int = 0
    over: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    _answer: bytes = b""
    _same: bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  for mypy: create_connection makes those
        self._transport = transport
        self._same = self.make(0)
        self._send()

    def _send(self) -> None:
        self._transport.write(self.make(self.count) if self.numbers else self._same)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, end, body = self._answer.partition(b"\r\n\r\n")
        if not end:
            return
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if length is None or not head.startswith(b"HTTP/1.1 2"):
            self.over.set_exception(SystemExit(f"benchmarks: a call fails: {head[:60]!r}"))
            self._transport.close()
        elif len(body) >= int(length[1]):
            self._answer = b""
            self.count += 1
            if time.perf_counter() < self.until:
                self._send()
            else:
                self._transport.close()
                self.over.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        if not self.over.done():
            self.over.set_exception(SystemExit("benchmarks: the server hung up"))
