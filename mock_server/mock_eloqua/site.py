"""A site: one customer's Eloqua, with its own data, users, clock, switches, counters and request log."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from mock_eloqua import pods, releases
from mock_eloqua.access import profiles
from mock_eloqua.access.profiles import Profile
from mock_eloqua.access.tally import Tally
from mock_eloqua.access.thresholds import Thresholds
from mock_eloqua.clock import Clock
from mock_eloqua.jobs import Jobs
from mock_eloqua.metrics import Metrics
from mock_eloqua.outgoing import Outbox
from mock_eloqua.problems import Problems
from mock_eloqua.requests import RequestLog
from mock_eloqua.settings import BadSetting, Settings
from mock_eloqua.store import Database, SiteGone, Version
from mock_eloqua.trouble import Fault, Trouble

T = TypeVar("T")

_GLANCE = 0.05
"""Seconds between two looks at what other processes do, for those who wait."""

Template = Callable[[str], Database]
"""Gives the pristine database of a seed."""


@dataclass(frozen=True)
class Options:
    """What a site starts with, and comes back to at a reset."""

    profile: str = "documented"
    release: str = releases.LATEST
    seed: str = "default"
    settings: Settings = field(default_factory=Settings)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """Those that a config file adds."""

    changes: Mapping[str, bool] = field(default_factory=dict)
    """Changes of `releases` that are there or not, whatever the release."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "release", releases.check(self.release))
        object.__setattr__(self, "changes", releases.check_changes(self.changes))
        profiles.named(self.profile, self.profiles)


class Site:
    """Everything that belongs to one site. Sites never meet."""

    def __init__(
        self,
        name: str,
        database: Database,
        template: Template,
        options: Options,
        troubled: set[Site] | None = None,
    ) -> None:
        """*troubled* are the sites of the server that have trouble: this one puts itself there."""
        self.database = database
        self.requests = RequestLog()
        self.metrics = Metrics()
        """Calls since the site was opened; no reset takes them back."""
        self.outbox = Outbox()
        self.jobs = Jobs(self)
        self._moved = threading.Condition()
        self.moves = 0
        """Grows when time was moved or the state replaced, for those who wait."""
        self.epoch = 0
        """Grows with every reset and restore: another state."""
        self.generation = 0
        """Grows when something that is cached may have changed."""
        self.problems = Problems()
        """What tests should not pass over; no reset takes it back."""
        self.tally = Tally(self.problems)
        """What went over a limit since the site was opened; no reset takes it back."""
        self.seeding = (0, 0)
        """How much of a seed document is in, and of how much, while one is added; else none of none."""
        self.options = options
        self.release: str
        self.changes: Mapping[str, bool]
        """Those of `releases` that are there or not, whatever the release; see `behave`."""
        self.thresholds: Thresholds
        self._template = template
        self.trouble = Trouble(self._trouble_changed)
        self.pod = pods.HOME
        self._troubled: set[Site] = set() if troubled is None else troubled
        self._cache: dict[Callable[[Site], Any], Any] = {}
        self._following = threading.Lock()
        self._seen: Version | None = None
        self._kept: Any = None
        known = database.fact("site")
        self.name = known["name"] if known else name
        self.id = 100_000_000 + zlib.crc32(self.name.lower().encode()) % 900_000_000
        """The instance's number, nine digits, the same for a name every time."""
        self.code = _four_letters(self.name)
        """The letters in `ContactIDExt` [client; how a live site gets its own is inferred]."""
        self._begin()

    def look(self) -> None:
        """Follow what other processes have done to the site. Costs nothing where there are none.

        Raises:
            SiteGone: one of them has removed it.
        """
        if self.database.is_shared and self.database.version() != self._seen:
            self._follow()

    def _follow(self) -> None:
        with self._following:
            version = self.database.version()
            if self._seen is not None and version.epoch != self._seen.epoch:
                self.epoch += 1
                self._clear_logs()
            self.forget()
            if (state := self.database.fact("state")) is not None and state != self._kept:
                self._restore(state)
            self._seen = version
        self.time_moved()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Around a change of clock, switches, release, limits or trouble: it is kept, and other processes follow."""
        with self.database.writing():
            self.look()
            yield
            self.keep_state()
        self.time_moved()

    def _begin(self) -> None:
        with self.database.alone():
            is_new = self.database.fact("site") is None
            if is_new:
                self.database.reset(self._template(self.options.seed))
                self._christen()
            self._wake(self.options)
            if is_new:
                self.keep_state()
            elif not self.database.is_shared:
                self._recount()
        self.look()

    def has(self, change: str) -> bool:
        """Does the site behave as since this change of `releases`?"""
        return change in self._behaviour

    def behave(self, release: str | None = None, changes: Mapping[str, bool | None] | None = None) -> None:
        """Be of another release, and have single changes or not, whatever the release; None: as the release has it.

        Raises:
            BadRelease: a release or a change is not known; the site stays as it is.
        """
        with self.changing():
            wanted = {**self.changes, **(changes or {})}
            checked = releases.check_changes({name: on for name, on in wanted.items() if on is not None})
            releases.check_changes(dict.fromkeys(wanted, True))
            self.release = releases.check(release or self.release)
            self.changes = checked
            self._behaviour = releases.behaviour(self.release, checked)
            self.thresholds.behave(self._behaviour)
            self.forget()

    def move(self, pod: str) -> None:
        """Move to another POD: the old one turns callers away from now on [doc].

        Raises:
            BadPod: there is none of that name.
        """
        with self.changing():
            self.pod = pods.check(pod)
            self._trouble_changed()

    def strike(self, face: str, method: str, path: str, user: str | None) -> Fault | None:
        """The fault that strikes a call, counted for all processes."""
        if not self.trouble or not self.database.is_shared:
            return self.trouble.strike(face, method, path, user)
        with self.changing():
            return self.trouble.strike(face, method, path, user)

    def _trouble_changed(self) -> None:
        if self.trouble or self.pod != pods.HOME:
            self._troubled.add(self)
        else:
            self._troubled.discard(self)
        self.time_moved()  # a sync that maintenance held may go on

    def cached(self, load: Callable[[Site], T]) -> T:
        """What *load* makes of the database, kept until `forget` or another state."""
        try:
            found: T = self._cache[load]
        except KeyError:
            generation = self.generation
            found = load(self)
            if generation == self.generation:
                self._cache[load] = found
        return found

    def forget(self) -> None:
        """Call after a write that something cached would see, and after one that was taken back."""
        self.generation += 1
        self._cache.clear()

    def reset(self, options: Options | None = None) -> None:
        """Back to a seed: data, users, clock, switches and counters; running jobs are abandoned."""
        options = options or self.options
        pristine = self._template(options.seed)
        with self._replacing():
            self.database.reset(pristine)
            self._christen()
            self._clear_logs()
            self._wake(options)
            self.thresholds.counters.restore({})
            if self.database.is_shared or options != self.options:
                self.keep_state()

    def save(self, file: Path) -> None:
        """Write the whole site to a snapshot file."""
        self.keep_state()
        self.database.save(file)

    def load(self, file: Path) -> None:
        """Bring a snapshot back: data, clock, switches and counters.

        Raises:
            StoreError: the file is no snapshot; the site stays as it is.
        """
        with self._replacing():
            self.database.load(file)
            self._christen()  # the snapshot may be another site's
            self._wake(self.options)
            self._recount()

    @contextmanager
    def _replacing(self) -> Iterator[None]:
        """Around what puts another state in place of this one: jobs end first, nobody sees a half."""
        with self.database.writing():
            self.epoch += 1
        self.tally.absorb(self.thresholds.counters.read())
        with self.database.alone():
            yield
        self.look()
        self.time_moved()

    def keep_state(self) -> None:
        """Write what lives in memory (clock, switches, counters) to the database."""
        self._kept = {
            "clock": self.clock.saved(),
            "settings": asdict(self.settings),
            "release": self.release,
            "changes": dict(self.changes),
            "pod": self.pod,
            "thresholds": self.thresholds.saved(),
            "trouble": self.trouble.saved() if self.database.is_shared else {},
        }
        self.database.remember("state", self._kept)

    def close(self) -> None:
        """End jobs, keep the state, let go of the database."""
        self.epoch += 1
        self.forget()  # nobody is signed in any more
        self.time_moved()
        self.jobs.join(seconds=5)
        with suppress(SiteGone), self.changing():
            pass
        self.database.close()

    def advance(self, seconds: float) -> None:
        """Move the site's clock; what falls due runs."""
        with self.changing():
            self.clock.advance(seconds)

    def time_moved(self) -> None:
        """Tell those who wait that the clock was changed, or something else that they wait for."""
        with self._moved:
            self.moves += 1
            self._moved.notify_all()

    def pause(self, moves: int, seconds: float) -> None:
        """Wait for one more of the *moves*, at most so many seconds; not for long, where other processes make them."""
        most = _GLANCE if self.database.is_shared else threading.TIMEOUT_MAX
        with self._moved:
            if self.moves == moves:
                self._moved.wait(min(seconds, most))

    def _christen(self) -> None:
        self.database.remember("site", {"name": self.name})

    def _clear_logs(self) -> None:
        self.requests.clear()
        self.outbox = Outbox()  # another one: what is still on its way belongs to the state that is gone

    def _wake(self, options: Options) -> None:
        self.forget()
        self.trouble = Trouble(self._trouble_changed)
        state = self.database.fact("state")
        if state is None:
            self.clock, self.settings = Clock(), options.settings
            self.release, self.changes = options.release, options.changes
            self._behaviour = releases.behaviour(self.release, self.changes)
            profile = profiles.named(options.profile, options.profiles)
            self.thresholds = Thresholds(profile, self._behaviour, self.tally, self.database.shared_counters)
            self.pod = pods.HOME
            self._trouble_changed()
        else:
            self._restore(state)

    def _restore(self, state: dict[str, Any]) -> None:
        self.clock = Clock.restored(state["clock"])
        self.settings = _known_settings(self.options.settings, state["settings"])
        self.release = state["release"]
        self.changes = {name: on for name, on in state.get("changes", {}).items() if name in releases.CHANGES}
        self._behaviour = releases.behaviour(self.release, self.changes)
        self.thresholds = Thresholds.restored(
            state["thresholds"], self._behaviour, self.tally, self.database.shared_counters
        )
        self.pod = state.get("pod", pods.HOME)
        self.trouble.restore(state.get("trouble", {}))
        self._trouble_changed()
        self._kept = state

    def _recount(self) -> None:
        """The counters as they were kept."""
        self.thresholds.recount((self.database.fact("state") or {}).get("thresholds", {}))


def _four_letters(name: str) -> str:
    return "".join(sign for sign in name.upper() if sign.isascii() and sign.isalpha())[:4].ljust(4, "X")


def _known_settings(base: Settings, saved: dict[str, Any]) -> Settings:
    for name, value in saved.items():
        try:
            base = base.changed({name: value})
        except BadSetting:
            continue  # a switch of another version
    return base
