"""`pytest --eloqua-target=live`: tests that say they can are run on a live POD, with the care of the contract kit.

The kit keeps its pace and its budgets, changes nothing unless that is asked for, and removes what was made. What only
an emulator can do skips the test that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

import pytest

if TYPE_CHECKING:
    from eloqua_contracts.targets.live import Live
    from mock_eloqua.control_client import Problem
    from mock_eloqua.expectations import Expectations
    from mock_eloqua.plugin.relay import Relay

TARGET = "live"
_ROLES = {
    "api.user": "full",
    "marketer": "marketer",
    "api.only": "api only",
    "no.api": "no api",
    "disabled": "disabled",
}
"""The users of the emulator to the roles of the credentials."""
_REST = "/API/REST/1.0/data/contacts"


def add_options(group: pytest.OptionGroup) -> None:
    """Those of a live POD."""
    group.addoption("--eloqua-site", metavar="NAME", help="live: the name of the site, typed out")
    group.addoption("--eloqua-credentials", metavar="FILE", help="live: a TOML file of users; else ELOQUA_USER ...")
    group.addoption("--eloqua-allow-writes", action="store_true", help="live: make things, and remove them again")
    group.addoption("--eloqua-state", metavar="FOLDER", help="live: where journals and budgets are kept")


def check_options(config: pytest.Config) -> None:
    """Turn down what does not go together with a live POD.

    Raises:
        UsageError: something does not.
    """
    if config.getoption("--eloqua-target") != TARGET:
        return
    if not config.getoption("--eloqua-site"):
        raise pytest.UsageError("--eloqua-target=live takes --eloqua-site=NAME, typed out")
    if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--eloqua-target=live takes one process, for its pace: --numprocesses=0")


class LiveServer:
    """The way to a live POD."""

    store = TARGET

    def __init__(self, live: Live, relay: Relay, site: str) -> None:
        self.live = live
        self.relay = relay
        self.name = site

    def site(self, user: str) -> LiveSite:
        """The site as a test sees it, as one of the users of the emulator."""
        return LiveSite(self, _ROLES.get(user, user))

    def cleaned(self) -> None:
        """Remove what the test has made."""
        self.live.remove()


@contextmanager
def served(config: pytest.Config) -> Iterator[LiveServer]:
    """The server of a session; what the tests made is gone in the end."""
    try:
        from eloqua_contracts.care.journal import BadJournal
        from eloqua_contracts.targets import credentials, live
        from mock_eloqua.plugin.relay import Relay
    except ImportError as error:
        pytest.fail(f"--eloqua-target=live takes mock-eloqua[contracts]: {error}", pytrace=False)
    site, file, folder = (config.getoption(f"--eloqua-{name}") for name in ("site", "credentials", "state"))
    try:
        who = credentials.read(site, Path(file) if file else None)
        way = live.opened(
            who, site, writes=config.getoption("--eloqua-allow-writes"), folder=Path(folder) if folder else live.FOLDER
        )
        opened = way.__enter__()
    except (credentials.BadCredentials, live.Refused, BadJournal, OSError) as error:
        pytest.fail(f"--eloqua-target=live cannot be used: {error}", pytrace=False)
    relay = Relay(opened.http, who.login_url, opened.base_url)
    relay.start()
    try:
        yield LiveServer(opened, relay, site)
    finally:
        relay.stop()
        way.__exit__(None, None, None)


class LiveSite:
    """What a test can do on a live POD: call it, and look at contacts. Everything else skips the test."""

    def __init__(self, server: LiveServer, role: str) -> None:
        self.server = server
        self.name = server.name
        self.allowed: set[str] = set()
        self._role = role

    @property
    def base_url(self) -> str:
        """An address of this machine that passes calls on, login host and POD in one."""
        return self.server.relay.url

    @property
    def login_url(self) -> str:
        """The same."""
        return self.server.relay.url

    @property
    def prefix(self) -> str:
        """Begins the names of what a test makes, so that it is found and removed whatever happens."""
        return self.server.live.prefix

    @property
    def credentials(self) -> dict[str, str]:
        """`site`, `username` and `password` of the user this test works as."""
        login = self.server.live.logins.get(self._role)
        if login is None or not login.password:
            pytest.skip(f"live: no password of a user of the role {self._role!r} was named")
        return {"site": self.name, "username": login.name, "password": login.password}

    @property
    def basic_auth(self) -> tuple[str, str]:
        """The same as a pair for HTTP clients."""
        found = self.credentials
        return f"{found['site']}\\{found['username']}", found["password"]

    @property
    def expect(self) -> Expectations:
        """What should be so; of contacts."""
        from mock_eloqua.expectations import Expectations

        return Expectations(self)

    def as_user(self, name: str) -> LiveSite:
        """The same site, worked on as another user."""
        return LiveSite(self.server, _ROLES.get(name, name))

    def contact(self, address: str) -> dict[str, Any]:
        """The contact of that address, as REST 1.0 shows it at depth complete.

        Raises:
            LookupError: there is none.
        """
        import httpx2

        wanted = {"search": f"emailAddress='{address}'", "depth": "complete", "count": "1"}
        found = httpx2.get(f"{self.base_url}{_REST}", params=wanted, auth=self.basic_auth, timeout=120, verify=False)
        for each in found.raise_for_status().json()["elements"]:
            contact: dict[str, Any] = each
            return contact
        raise LookupError(f"there is no contact {address}")

    def problems(self) -> Sequence[Problem]:
        """Nobody tells."""
        return ()

    def __getattr__(self, name: str) -> Never:
        if name.startswith("_"):
            raise AttributeError(name)
        pytest.skip(f"live: {name} is for emulators only")


def site_for(server: LiveServer, wanted: dict[str, Any]) -> LiveSite:
    """The site of a test whose marker says *wanted*; a test that is not for live PODs is skipped."""
    if not wanted.pop("live", False):
        pytest.skip("live: the test is not marked @pytest.mark.eloqua(live=True)")
    user = wanted.pop("user", "api.user")
    wanted.pop("allow", None)
    if wanted:
        pytest.skip(f"live: {', '.join(wanted)} of its marker is for emulators only")
    server.relay.refused.clear()
    return server.site(user)


def judge(site: LiveSite) -> None:
    """Skip a test of which calls were not made, whatever it made of that."""
    if refused := site.server.relay.refused:
        pytest.skip(f"live: {refused[0]}")
