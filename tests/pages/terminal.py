"""A reader's terminal: lines of a page are typed into it as they stand, and servers get ports of their own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from tests.pages import processes
from tests.serving import PLAIN

DEFAULT = "127.0.0.1:8080"
PACKAGES = {"java": "default-jdk-headless", "node": "nodejs", "soapcpp2": "gsoap", "wsdl2h": "gsoap"}
"""Where Debian has the programs that are not ours."""
_HOME = "/home/ada"
_SECONDS = 60
_FOR_A_SHELL = re.compile(r"\n|[|;]|&&|\$")
_GREETED = {
    "--port": r"""(?:Mock Eloqua \S+ at |"url": ")https?://[^:]+:(\d+)(?=[^"]*look at it|.*"password")""",
    "--proxy": r"HTTPS_PROXY=http://[^:]+:(\d+)",
}
"""Where `serve` says which port it took, once it has said all."""
_CURL = 'silent\nshow-error\nwrite-out = "%{stderr}%{http_code}\\n"\n'
"""Settings by which curl writes the status of the answer to standard error."""


class Missing(Exception):
    """What a line takes is not installed here; the text says how to get it."""


class Failed(AssertionError):
    """A line did not end well; the text has all that it printed."""


@dataclass(frozen=True)
class _Server:
    """A `serve` that runs, and the addresses that a page has for it to its own."""

    command: str
    process: BaseProcess
    addresses: dict[str, str]

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(_SECONDS)
        assert self.process.exitcode == 0, f"{self.command} ended with {self.process.exitcode}"  # docs/server.md


class Terminal:
    """A folder, variables, and servers that run in other windows until the reader is done."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._home = folder / "project", folder / "home"
        for each in (self.folder, self._home):
            each.mkdir()
        (self._home / ".curlrc").write_text(_CURL)
        self.variables = {
            **{name: value for name, value in PLAIN.items() if not re.search("proxy|XDG_|PYTEST", name, re.IGNORECASE)},
            "HOME": str(self._home),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTEST_ADDOPTS": "-p no:cacheprovider -p no:schemathesis",
        }
        self.stand_ins: dict[str, str] = {}
        """Texts to what is typed in their place."""
        self.missing: dict[str, str] = {}
        """Texts to why a line that has one of them cannot be typed here."""
        self.copied: dict[str, str] = {}
        """Variables to the pattern of what a reader copies into them from what was printed last."""
        self.said = ""
        """All that was printed so far."""
        self._servers: list[_Server] = []
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._servers:
            each.process.kill()
            each.process.join()

    def close(self) -> None:
        """Stop the servers, as Ctrl-C does."""
        while self._servers:
            self._servers.pop().stop()

    def here(self, text: str) -> str:
        """A text with the addresses of this machine in place of those of the page."""
        for shown, typed in self.stand_ins.items():
            text = text.replace(shown, typed)
        text = text.replace("localhost:8080", DEFAULT)
        if DEFAULT in text:
            self._serve_unless_there()
        for shown, own in self._addresses().items():
            text = text.replace(shown, own)
        return text

    def type(self, line: str, *, is_refused: bool = False) -> str:
        """What a line prints, with the addresses of the page.

        Raises:
            Failed: its exit code is not 0, or a server refused a call of curl, which was not meant.
            Missing: it takes what is not there.
        """
        for text, why in self.missing.items():
            if text in line:
                raise Missing(why)
        said = self._there(self._run(line, is_refused=is_refused))
        self.said += said
        for name, pattern in self.copied.items():
            if found := re.search(pattern, said):
                self.variables[name] = found[1]
        return said

    def _there(self, text: str) -> str:
        for shown, own in self._addresses().items():
            text = text.replace(own, shown)
        return text.replace(str(self._home), _HOME)

    def _addresses(self) -> dict[str, str]:
        return {shown: own for each in self._servers for shown, own in each.addresses.items()}

    def _run(self, line: str, *, is_refused: bool) -> str:
        words = shlex.split(line, comments=True)
        if words[0] == "export":
            self.variables |= dict(each.split("=", 1) for each in words[1:])
            return ""
        given = {}
        while re.match(r"\w+=", words[0]):
            name, _, given[name] = words.pop(0).partition("=")
        program, arguments = _of_ours(words)
        if program not in processes.PROGRAMS or _FOR_A_SHELL.search(line):
            return self._run_in_a_shell(program, self.here(line), is_refused=is_refused)
        if program == "mock-eloqua" and arguments[0] == "serve":
            return self._serve(line, arguments[1:], given)
        if program == "mock-eloqua" and arguments[0] != "contracts":
            self._serve_unless_there()
            given.setdefault("MOCK_ELOQUA_URL", f"http://{self._addresses()[DEFAULT]}")
        return self._run_here(line, [program, *arguments], given)

    def _run_here(self, line: str, words: list[str], given: dict[str, str]) -> str:
        output = self._new_file()
        if ">" in words:
            output = self.folder / words.pop()
            words.remove(">")
        process = self._start(words, given, output)
        process.join(_SECONDS)
        said = output.read_text("utf-8")
        if process.exitcode != 0:
            process.kill()
            raise Failed(f"{line}\nended with {process.exitcode}\n{said}")
        return said

    def _run_in_a_shell(self, program: str, line: str, *, is_refused: bool) -> str:
        if shutil.which(program, path=self.variables["PATH"]) is None:
            raise Missing(f"not installed: apt-get install {PACKAGES.get(program, program)}")
        done = subprocess.run(  # noqa: S603  our own pages
            ["sh", "-ec", line],  # noqa: S607
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        refused = program == "curl" and bool(re.search(r"^[045]\d\d$", done.stderr, re.MULTILINE))
        if done.returncode != 0 or refused != is_refused:
            raise Failed(f"{line}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _serve_unless_there(self) -> None:
        if DEFAULT not in self._addresses():
            self._serve("mock-eloqua serve", [], {})

    def _serve(self, line: str, arguments: list[str], given: dict[str, str]) -> str:
        """Start a server on free ports, in place of the one that is at its address; what it says first."""
        arguments, ports = _on_free_ports([each for each in arguments if each != "&"])
        for each in [each for each in self._servers if f"127.0.0.1:{ports['--port']}" in each.addresses]:
            self._servers.remove(each)
            each.stop()
        output = self._new_file()
        process = self._start(["mock-eloqua", "serve", *arguments], given, output)
        while True:
            is_alive = process.is_alive()
            said = output.read_text("utf-8")
            own = {name: found[1] for name in ports if (found := re.search(_GREETED[name], said))}
            if own.keys() == ports.keys():
                break
            if not is_alive:
                raise Failed(f"{line}\nended with {process.exitcode}\n{said}")
            time.sleep(0.01)
        addresses = {f"127.0.0.1:{port}": f"127.0.0.1:{own[name]}" for name, port in ports.items()}
        self._servers.append(_Server(line, process, addresses))
        return said

    def _start(self, words: list[str], given: dict[str, str], output: Path) -> BaseProcess:
        typed = [self.here(re.sub("^~", str(self._home), each)) for each in words]
        return processes.start(typed, self.folder, self.variables | given, output)

    def _new_file(self) -> Path:
        self._files += 1
        file = self._home / f"output-{self._files}"
        file.touch()
        return file


def _of_ours(words: list[str]) -> tuple[str, list[str]]:
    """The program and its arguments: `scripts/serve` is our command (.ci/run starts it itself), any python is this."""
    if words[0] == "scripts/serve":
        return "mock-eloqua", ["serve", *words[1:]]
    name = words[0].rpartition("/")[2]
    return {"python3": "python"}.get(name, name), words[1:]


def _on_free_ports(arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    """Arguments of `serve` with 0 for each port, and the ports that were named, by their options."""
    ports = {"--port": DEFAULT.rpartition(":")[2]}
    for name in _GREETED:
        if name in arguments:
            at = arguments.index(name)
            ports[name] = arguments[at + 1]
            del arguments[at : at + 2]
    return [*arguments, *(word for name in ports for word in (name, "0"))], ports
