"""A site of an emulator as a test sees it: the object of the fixture `eloqua`, wherever the server is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Unpack
from uuid import uuid4

from mock_eloqua.control_client import Calls, ControlClient, ControlError, Fault, Problem, Sent
from mock_eloqua.control_client.client import Filters
from mock_eloqua.expectations import Expectations

if TYPE_CHECKING:
    from mock_eloqua.site import Site


class Server(Protocol):
    """What serves a site: `MockEloqua` in this process, or `Elsewhere`."""

    @property
    def base_url(self) -> str: ...

    @property
    def login_url(self) -> str: ...

    @property
    def ca_file(self) -> Path | None:
        """The certificate that clients are to trust, where it is one of our own authority."""

    @property
    def proxy_url(self) -> str | None:
        """The proxy that is the live hosts, where it is known."""

    @property
    def store(self) -> str:
        """`memory`, `file` or `postgresql`."""

    def control(self, site: str) -> ControlClient:
        """The control API, about one site."""

    def site(self, name: str = ..., user: str = ...) -> EloquaSite:
        """A site as a test sees it."""

    def reset(self, site: str, **changes: str) -> None:
        """Back to a clean site, with another `profile`, `release` or `seed` where named."""

    def passwords(self, site: str) -> dict[str, str]:
        """The users of a site and their passwords."""

    def problems(self, site: str) -> Sequence[Problem]:
        """What should not have happened there since `forget_problems`."""

    def forget_problems(self, site: str) -> None:
        """Begin anew with them."""

    def inside(self, site: str) -> Site:
        """The site itself, where it is in this process."""


class EloquaSite:
    """A site of a running server, with all that a test wants to do to it from outside the APIs.

    What the server refuses raises `ControlError`, with its line as the text.
    """

    prefix = "test"
    """Begins the names of what a test makes where it may run on a live POD, which has its own."""

    def __init__(self, server: Server, name: str, user: str) -> None:
        self.server = server
        self.name = name
        self.base_url = server.base_url
        self.login_url = server.login_url
        self.control = server.control(name)
        self.clock = ClockControl(self.control)
        self.allowed: set[str] = set()
        """The kinds of problems that the test may have, see `expect.problem`."""
        self._user = user
        self._seeded: dict[str, str] = {}
        """Passwords of users that were seeded from here: no server tells them."""

    @property
    def expect(self) -> Expectations:
        """What should be so, or an AssertionError that says what is instead: `expect.request(face="bulk").count(3)`."""
        return Expectations(self)

    @property
    def site(self) -> Site:
        """The inside of the site.

        Raises:
            LookupError: the server is not in this process.
        """
        return self.server.inside(self.name)

    @property
    def credentials(self) -> dict[str, str]:
        """`site`, `username` and `password` of the user this test works as.

        Raises:
            LookupError: the site has no such user.
        """
        known = {**self._seeded, **self.server.passwords(self.name)}
        for name, password in known.items():
            if name.lower() == self._user.lower():
                return {"site": self.name, "username": name, "password": password}
        raise LookupError(f"there is no user {self._user!r}; there are {', '.join(known)}")

    @property
    def basic_auth(self) -> tuple[str, str]:
        r"""The same as a pair for HTTP clients: `("MockCo\api.user", password)`."""
        found = self.credentials
        return f"{found['site']}\\{found['username']}", found["password"]

    def as_user(self, name: str) -> EloquaSite:
        """The same site, worked on as another of its users."""
        other = EloquaSite(self.server, self.name, name)
        other._seeded, other.allowed = self._seeded, self.allowed
        return other

    def reset(self, *, profile: str | None = None, release: str | None = None, seed: str | Path | None = None) -> None:
        """Back to a clean site; what is left out is as the server was started."""
        named = {"profile": profile, "release": release, "seed": seed}
        self.server.reset(self.name, **{name: str(value) for name, value in named.items() if value is not None})

    def seed(self, **document: list[dict[str, Any]]) -> None:
        """Add `contacts`, `fields`, `lists`, `users`, `activities` ...; see `crm.planting.KINDS` for what they hold."""
        self.control.seed(document)
        self._seeded.update({each["name"]: each["password"] for each in document.get("users", ())})

    def set(self, **settings: Any) -> None:
        """Turn switches of `settings.Settings`."""
        self.control.set_settings(**settings)

    def threshold(
        self,
        name: str,
        *,
        limit: int | None = None,
        enforced: bool | None = None,
        used: int | None = None,
        scope: str | None = None,
    ) -> None:
        """Set the limit of a threshold, whether it is enforced, or how much of it is used."""
        self.control.set_threshold(name, limit=limit, enforced=enforced, used=used, scope=scope)

    def behave(self, release: str | None = None, **changes: bool) -> None:
        """Be of another release, and have single changes of `releases` or not: `behave("20D", import_rule=True)`."""
        self.control.set_release(release, {name.replace("_", "-"): on for name, on in changes.items()})

    def fault(self, **described: Any) -> FaultControl:
        """Let calls be answered otherwise, late, broken or not at all: `fault(face="bulk", status=503, times=2)`.

        What there is to describe is in `control_client.Fault`; the answer counts in `hits` how often it struck.
        """
        return FaultControl(self.control, self.control.add_fault(**described).number)

    def clear_faults(self) -> None:
        """End all faults."""
        self.control.remove_faults()

    def maintain(self, *, on: bool = True, login: bool = False, syncs: str = "go on") -> None:
        """Begin a planned outage (503 on PODs, and on the login host if *login*), or end it.

        *syncs* that it hits `go on`, are tried again after it (`retry`), or `fail`.
        """
        self.control.set_maintenance(on=on, login=login, syncs=syncs)

    def move(self, pod: str) -> None:
        """Move the site to another POD, such as `p06`; the old base URL answers 401 from now on."""
        self.control.move_pod(pod)

    def steer(self, sync: str | int, command: str) -> None:
        """Let a Bulk sync (id or uri) `hold` where it is, go on (`release`) or `fail`, or its rows be `corrupt`."""
        self.control.steer_sync(int(str(sync).rpartition("/")[2]), command)

    def contact(self, address: str) -> dict[str, Any]:
        """The contact of that address, as REST 1.0 shows it at depth complete.

        Raises:
            LookupError: there is none.
        """
        try:
            return self.control.contact(address)
        except ControlError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                raise LookupError(str(error)) from error
            raise

    def requests(self, **wanted: Unpack[Filters]) -> Calls:
        """The calls so far whose `face`, `method`, `path` (with `*`), `user`, `status` ... are as named."""
        return self.control.requests(**wanted)

    def problems(self) -> Sequence[Problem]:
        """Calls that Eloqua does not have, and those that a threshold turned down, in this test."""
        return self.server.problems(self.name)

    def outgoing(self, kind: str | None = None) -> list[Sent]:
        """What left the site so far: calls to others (`post`), and mail, which is only kept (`mail`)."""
        return self.control.outgoing(kind=kind).items

    def snapshot(self, file: str | Path) -> None:
        """Write the whole site to a file."""
        name = _name_for(file)
        self.control.take_snapshot(name)
        try:
            with Path(file).open("wb") as target:
                self.control.read_snapshot(name, target)
        finally:
            self.control.drop_snapshot(name)

    def restore(self, file: str | Path) -> None:
        """Bring a snapshot back; what was under way in it goes on. A file that is none leaves the site as it is."""
        name = _name_for(file)
        with Path(file).open("rb") as source:
            self.control.bring_snapshot(name, source)
        try:
            self.control.restore_snapshot(name)
        finally:
            self.control.drop_snapshot(name)


def _name_for(file: str | Path) -> str:
    """A name that no snapshot has, and that tells which file it was when something is wrong with it."""
    return f"{Path(file).name[:60]} {uuid4().hex}"


class ClockControl:
    """The clock of a site, in a test's hands."""

    def __init__(self, control: ControlClient) -> None:
        self._control = control

    @property
    def now(self) -> datetime:
        """The site's time, UTC."""
        return self._control.clock().now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move the clock; what falls due runs."""
        self._control.advance_clock(((days * 24 + hours) * 60 + minutes) * 60 + seconds)

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, at *at* (with a time zone) or now."""
        if at is not None and at.tzinfo is None:
            raise ValueError(f"name the time zone of {at}, such as datetime(..., tzinfo=UTC)")
        self._control.set_clock("frozen", now=at)

    def scale(self, factor: float) -> None:
        """Run *factor* times as fast as real time from now on."""
        self._control.set_clock("scaled", factor=factor)

    def run(self) -> None:
        """Follow real time again."""
        self._control.set_clock("real")


class FaultControl:
    """A fault, in a test's hands."""

    def __init__(self, control: ControlClient, number: int) -> None:
        self._control = control
        self.number = number

    @property
    def seen(self) -> int:
        """Calls that fitted so far."""
        return self._now().seen

    @property
    def hits(self) -> int:
        """Calls that it struck so far."""
        return self._now().hits

    def _now(self) -> Fault:
        return next(each for each in self._control.faults().items if each.number == self.number)
