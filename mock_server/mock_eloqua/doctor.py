"""What is wrong with a set-up: looks at what people stumble over, and says how to mend it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from mock_eloqua import __version__
from mock_eloqua.control_client import ControlClient, ControlError

_EXTRAS = {
    "postgres": ("psycopg",),
    "client": ("anyio", "httpx2"),
    "soap": ("zeep",),
    "contracts": ("hypothesis",),
    "tls": ("trustme",),
    "otel": ("opentelemetry-sdk", "opentelemetry-instrumentation-asgi", "opentelemetry-exporter-otlp-proto-http"),
    "intercept": ("respx",),
}
"""Distributions that an extra brings."""
_PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_LOCAL = ("localhost", "127.0.0.1")
_BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool | None
    """None: it is as it may be, and worth knowing."""
    told: str
    """What was found; where it is not good, how to mend it."""


def findings(
    control: ControlClient, options: Mapping[str, str], environment: Mapping[str, str] = os.environ
) -> Iterator[Finding]:
    """Look at all of it, one after the other.

    Args:
        control: reaches the emulator that is meant to run.
        options: the environment variables that the commands read, to what option.
        environment: of this process.
    """
    yield _python()
    yield Finding("mock-eloqua", True, __version__)
    yield from _extras()
    yield from _variables(options, environment)
    yield from _proxies(control.url, environment)
    yield from _bundles(environment)
    yield from _server(control)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), f"{found}; 3.11 or later is needed")


def _extras() -> Iterator[Finding]:
    for extra, names in _EXTRAS.items():
        missing = [name for name in names if not _is_installed(name)]
        told = f"not installed; pip install 'mock-eloqua[{extra}]' if you want it" if missing else "installed"
        yield Finding(f"extra {extra}", None if missing else True, told)


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _variables(options: Mapping[str, str], environment: Mapping[str, str]) -> Iterator[Finding]:
    for name in sorted(each for each in environment if each.startswith("MOCK_ELOQUA_")):
        if name in options:
            yield Finding(name, None, f"is set: the commands take it as {options[name]}")
        elif not name.startswith(("MOCK_ELOQUA_TEST_", "MOCK_ELOQUA_VENV", "MOCK_ELOQUA_PYTHON")):
            yield Finding(name, False, "is set and means nothing; see mock-eloqua serve --help for the names")


def _proxies(url: str, environment: Mapping[str, str]) -> Iterator[Finding]:
    proxy = next((name for name in _PROXIES if environment.get(name)), None)
    host = urlsplit(url).hostname or ""
    passed = (environment.get("NO_PROXY") or environment.get("no_proxy") or "").replace(" ", "").split(",")
    if proxy and host in _LOCAL and not {host, "*"} & set(passed):
        yield Finding(proxy, False, f"sends calls of {host} to a proxy; set NO_PROXY={','.join(_LOCAL)}")


def _bundles(environment: Mapping[str, str]) -> Iterator[Finding]:
    for name in _BUNDLES:
        if (file := environment.get(name)) and not os.path.isfile(file):  # noqa: PTH113  as it is written
            yield Finding(name, False, f"names {file}, which is no file; mock-eloqua ca --out FILE writes one")


def _server(control: ControlClient) -> Iterator[Finding]:
    try:
        health = control.health()
    except ControlError as error:
        yield Finding(control.url, False, str(error))
        return
    told = f"answers: version {health.version}, release {health.release}, profile {health.profile}, {health.store}"
    yield Finding(control.url, True, told)
    if health.version != __version__:
        yield Finding("version", False, f"the server is {health.version}, this command {__version__}; restart it")
    yield from _of_site(control)


def _of_site(control: ControlClient) -> Iterator[Finding]:
    looks: tuple[Callable[[ControlClient], Finding | None], ...] = (_clock, _outage, _faults, _users)
    yield from (found for look in looks if (found := look(control)))


def _clock(control: ControlClient) -> Finding | None:
    clock = control.clock()
    if clock.mode == "real":
        return None
    return Finding("clock", None, f"is {clock.mode}, at {clock.now:%Y-%m-%d %H:%M:%S}; mock-eloqua clock run ends that")


def _outage(control: ControlClient) -> Finding | None:
    if not control.maintenance().on:
        return None
    return Finding("outage", None, "every call is 503; PUT /_mock/maintenance ends it")


def _faults(control: ControlClient) -> Finding | None:
    count = len(control.faults().items)
    if not count:
        return None
    return Finding("faults", None, f"{count} planted; mock-eloqua faults shows them, --end-all ends them")


def _users(control: ControlClient) -> Finding | None:
    locked = [each.name for each in control.get_users().items if each.locked]
    if not locked:
        return None
    return Finding("users", None, f"{', '.join(locked)} locked; mock-eloqua users NAME --unlock")
