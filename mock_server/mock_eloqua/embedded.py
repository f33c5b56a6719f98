"""An Eloqua inside a Python process: `with MockEloqua() as eloqua:`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mock_eloqua import releases
from mock_eloqua.access import gate, users
from mock_eloqua.access.profiles import BadProfile
from mock_eloqua.clock import TICKS_PER_SECOND
from mock_eloqua.crm import canvas_flow, contacts
from mock_eloqua.crm.planting import plant
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.crm.transfer import steering
from mock_eloqua.house import application, recover
from mock_eloqua.outgoing import Sent
from mock_eloqua.releases import BadRelease
from mock_eloqua.requests import Entry
from mock_eloqua.server import BackgroundServer, CannotListen, listen
from mock_eloqua.settings import BadSetting, Settings
from mock_eloqua.site import Options, Site
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import StoreError, place
from mock_eloqua.trouble import Fault, Maintenance, Syncs

REFUSALS = (BadProfile, BadRelease, BadSeed, BadSetting, CannotListen, StoreError)
"""What is raised when an option cannot be used; each text is one line that says how to mend it."""


class MockEloqua:
    """A server in a thread on a free port.

    Args:
        profile: which thresholds are enforced: `documented`, `strict`, `seed` or `off`.
        release: the release to behave like, such as `26C`.
        seed: what every site begins with: `default`, `empty`, `demo` or a JSON or YAML file.
        store: `memory`, a file, or `postgresql://...`.
        port: 0 takes a free one.
        public_url: what `/id` and the WSDLs name; else what the caller's `Host` says.
        settings: switches that differ from their defaults.
        changes: changes of `releases` that are there or not, whatever the release.

    Raises:
        BadProfile, BadRelease, BadSeed, BadSetting, CannotListen, StoreError: an option cannot be used.
    """

    def __init__(
        self,
        *,
        profile: str = "documented",
        release: str = releases.LATEST,
        seed: str | Path = "default",
        store: str | Path = "memory",
        port: int = 0,
        public_url: str | None = None,
        settings: Mapping[str, Any] | None = None,
        changes: Mapping[str, bool] | None = None,
    ) -> None:
        self.options = Options(
            profile=profile,
            release=release,
            seed=str(seed),
            settings=Settings().changed(dict(settings or {})),
            changes=dict(changes or {}),
        )
        bound = listen("127.0.0.1", port)  # first: where another server listens, its store is not touched
        try:
            self._sites = Sites(place(str(store), DEFAULT_SITE), self.options)
        except BaseException:
            bound.close()
            raise
        self.store = self._sites.place.kind
        self._server = BackgroundServer(application(self._sites, public_url), bound)
        self.base_url = self._server.base_url
        self.login_url = self.base_url

    def start(self) -> MockEloqua:
        """Serve."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Serve no more and let go of the store."""
        self._server.stop()
        self._sites.close()

    def site(self, name: str = DEFAULT_SITE, user: str = "api.user") -> EloquaSite:
        """One site as a test sees it, made when it is not there."""
        return EloquaSite(self, self._sites.add(name), user)

    def __enter__(self) -> EloquaSite:
        return self.start().site()

    def __exit__(self, *_: object) -> None:
        self.stop()


class EloquaSite:
    """A site of a running server, with all that a test wants to do to it from outside the APIs."""

    def __init__(self, server: MockEloqua, site: Site, user: str) -> None:
        self.server = server
        self.site = site
        self.base_url = server.base_url
        self.login_url = server.login_url
        self.clock = ClockControl(site)
        self._user = user

    @property
    def credentials(self) -> dict[str, str]:
        """`site`, `username` and `password` of the user this test works as.

        Raises:
            LookupError: the site has no such user.
        """
        user = users.everyone(self.site).get(self._user.lower())
        if user is None:
            known = ", ".join(each.name for each in users.everyone(self.site).values())
            raise LookupError(f"there is no user {self._user!r}; there are {known}")
        return {"site": self.site.name, "username": user.name, "password": user.password}

    @property
    def basic_auth(self) -> tuple[str, str]:
        r"""The same as a pair for HTTP clients: `("MockCo\api.user", password)`."""
        found = self.credentials
        return f"{found['site']}\\{found['username']}", found["password"]

    def as_user(self, name: str) -> EloquaSite:
        """The same site, worked on as another of its users."""
        return EloquaSite(self.server, self.site, name)

    def reset(self, *, profile: str | None = None, release: str | None = None, seed: str | Path | None = None) -> None:
        """Back to a clean site; what is left out is as the server was started."""
        named = {"profile": profile, "release": release, "seed": seed}
        changes: dict[str, Any] = {name: str(value) for name, value in named.items() if value is not None}
        self.site.reset(replace(self.server.options, **changes))

    def seed(self, **document: list[dict[str, Any]]) -> None:
        """Add `contacts`, `fields`, `lists`, `users`, `activities` ...; see `crm.planting.plant` for what they hold."""
        plant(self.site, document)

    def set(self, **settings: Any) -> None:
        """Turn switches of `settings.Settings`."""
        self.site.settings = self.site.settings.changed(settings)
        self.site.time_moved()  # a sync that was held may go on

    def threshold(
        self,
        name: str,
        *,
        limit: int | None = None,
        enforced: bool | None = None,
        used: int | None = None,
        scope: str | None = None,
    ) -> None:
        """Set the limit of a threshold, whether it is enforced, or how much of it is used.

        Raises:
            BadThreshold: there is no such threshold, or it does not take that.
        """
        gate.change(self.site, name, limit=limit, enforced=enforced, used=used, scope=scope)

    def behave(self, release: str | None = None, **changes: bool) -> None:
        """Be of another release, and have single changes of `releases` or not: `behave("20D", import_rule=True)`.

        Raises:
            BadRelease: a release or a change is not known.
        """
        self.site.behave(release, {name.replace("_", "-"): on for name, on in changes.items()})

    def fault(self, **described: Any) -> Fault:
        """Let calls be answered otherwise, late, broken or not at all: `fault(face="bulk", status=503, times=2)`.

        What there is to describe is in `trouble.Fault`; the answer counts in `hits` how often it struck.

        Raises:
            BadFault: it cannot be.
        """
        return self.site.trouble.add(**described)

    def clear_faults(self) -> None:
        """End all faults."""
        self.site.trouble.remove()

    def maintain(self, *, on: bool = True, login: bool = False, syncs: Syncs = "go on") -> None:
        """Begin a planned outage (503 on PODs, and on the login host if *login*), or end it.

        *syncs* that it hits `go on`, are tried again after it (`retry`), or `fail`.
        """
        self.site.trouble.maintain(Maintenance(login, syncs) if on else None)

    def move(self, pod: str) -> None:
        """Move the site to another POD, such as `p06`; the old base URL answers 401 from now on.

        Raises:
            BadPod: there is none of that name.
        """
        self.site.move(pod)

    def steer(self, sync: str | int, command: str) -> None:
        """Let a Bulk sync (id or uri) `hold` where it is, go on (`release`) or `fail`, or its rows be `corrupt`.

        Raises:
            NotFound, Conflict: there is none, or it has ended.
            ValueError: there is no such command.
        """
        if command not in steering.COMMANDS:
            raise ValueError(f"there is no command {command!r}; name {', '.join(steering.COMMANDS)}")
        steering.command(self.site, int(str(sync).rpartition("/")[2]), command)

    def contact(self, address: str) -> dict[str, Any]:
        """The contact of that address, as REST 1.0 shows it at depth complete.

        Raises:
            LookupError: there is none.
        """
        from mock_eloqua.rest.resources.contact import shown

        found = contacts.by_address(self.site, address)
        if found is None:
            raise LookupError(f"there is no contact {address}")
        return shown(self.site, found)

    def requests(self, **wanted: Any) -> Calls:
        """The calls so far whose `face`, `method`, `path` (with `*`), `user` and `status` are as named."""
        return Calls(self.site.requests.find(**wanted))

    def outgoing(self, kind: str | None = None) -> list[Sent]:
        """What left the site so far: calls to others (`post`), and mail, which is only kept (`mail`)."""
        return [each for each in self.site.outbox if kind in (None, each.kind)]

    def snapshot(self, file: str | Path) -> None:
        """Write the whole site to a file."""
        self.site.save(Path(file))

    def restore(self, file: str | Path) -> None:
        """Bring a snapshot back; what was under way in it goes on.

        Raises:
            StoreError: the file is no snapshot; the site stays as it is.
        """
        self.site.load(Path(file))
        recover(self.site)


class Calls:
    """Calls from the request log."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def __repr__(self) -> str:
        return "\n".join(f"{each.method} {each.path} -> {each.status}" for each in self._entries) or "no calls"


class ClockControl:
    """The clock of a site, in a test's hands."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def now(self) -> datetime:
        """The site's time, UTC."""
        return datetime.fromtimestamp(self._site.clock.now() / 1000, UTC)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move the clock; what falls due runs."""
        self._site.advance(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
        canvas_flow.catch_up(self._site)

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, at *at* (with a time zone) or now."""
        if at is not None and at.tzinfo is None:
            raise ValueError(f"name the time zone of {at}, such as datetime(..., tzinfo=UTC)")
        self._site.clock.freeze(None if at is None else round(at.timestamp() * TICKS_PER_SECOND))
        self._site.time_moved()

    def scale(self, factor: float) -> None:
        """Run *factor* times as fast as real time from now on.

        Raises:
            BadTime: it is no number from a thousandth to a million.
        """
        self._site.clock.scale(factor)
        self._site.time_moved()

    def run(self) -> None:
        """Follow real time again."""
        self._site.clock.run()
        self._site.time_moved()
