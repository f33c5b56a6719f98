"""The emulator in this process: the one module of the kit that knows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from eloqua_contracts.contract import Need
from eloqua_contracts.pod import FULL, SPARE, App, Login, Pod

"""The role of a user whom nobody needs."""
ROLES = {
    FULL: "api.user",
    "marketer": "marketer",
    "api only": "api.only",
    "no api": "no.api",
    "disabled": "disabled",
    SPARE: "spare",
}
_LONG, _REAL = 2.0, 0.2
"""From so many seconds on, a wait takes these real ones."""
PASSWORD = "s3cret"  # noqa: S105  the documented one
_SPARE_USER = {
    "name": ROLES[SPARE],
    "password": PASSWORD,
    "groups": ["API Users", "Advanced Users - Marketing"],
    "passwordExpires": True,
}
_ANOTHER_POD = "p06"
_MUCH = 1_000_000
"""More than any pace allows."""


class _Thresholds:
    def __init__(self, eloqua: Any) -> None:
        self._eloqua = eloqua

    def limit(self, name: str, most: int) -> None:
        self._eloqua.threshold(name, limit=most, enforced=True)

    def use_up(self, name: str) -> None:
        self._eloqua.clock.freeze()  # else a limit of a second may begin anew before the next call
        self._eloqua.threshold(name, enforced=True, used=_MUCH)


class _Policy:
    def __init__(self, eloqua: Any) -> None:
        self._eloqua = eloqua

    def sso_only(self) -> None:
        self._eloqua.set(sso_only_login="basic")

    def allow(self, networks: str) -> None:
        self._eloqua.set(ip_allowlist=networks)

    def move(self) -> None:
        self._eloqua.move(_ANOTHER_POD)


class Mock:
    """Gives a clean site of an emulator for each contract."""

    def __init__(self, eloqua: Any, http: httpx2.Client) -> None:
        self.left: tuple[str, ...] = ()
        """What could not be removed: nothing, since the site is made anew."""
        self._eloqua = eloqua
        self._http = http

    def pod(self) -> Pod:
        """The site as it was made."""
        self._eloqua.reset()
        self._eloqua.seed(users=[_SPARE_USER])
        self._http.cookies.clear()
        site = self._eloqua.name
        return Pod(
            self._http,
            base_url=self._eloqua.base_url,
            login_url=self._eloqua.login_url,
            logins={role: Login(site, name, PASSWORD) for role, name in ROLES.items()},
            gives=frozenset(Need),
            prefix="contract",
            app=App("client-id", "client-secret", "https://example.com/callback"),
            clock=self._eloqua.clock,
            thresholds=_Thresholds(self._eloqua),
            policy=_Policy(self._eloqua),
            wait=self._wait,
        )

    def _wait(self, seconds: float) -> None:
        """Move its clock. Who waits for long waits for work of its threads, which takes real time too."""
        self._eloqua.clock.advance(seconds=seconds)
        if seconds >= _LONG:
            threading.Event().wait(_REAL)


@contextmanager
def started(**options: Any) -> Iterator[Mock]:
    """An emulator of its own, with options of `MockEloqua`."""
    from mock_eloqua import MockEloqua

    with MockEloqua(**options) as eloqua, _client() as http:
        yield Mock(eloqua, http)


@contextmanager
def at(url: str, token: str | None = None) -> Iterator[Mock]:
    """An emulator that runs already, on a site of its own there.

    Args:
        url: where it is.
        token: its `--control-token`.

    Raises:
        ControlError: none answers there.
    """
    from mock_eloqua.elsewhere import Elsewhere

    elsewhere = Elsewhere(url, token=token, worker="contracts")
    try:
        with _client() as http:
            yield Mock(elsewhere.site(), http)
    finally:
        elsewhere.stop()


def _client() -> httpx2.Client:
    return httpx2.Client(transport=httpx2.HTTPTransport(verify=False), timeout=60)
