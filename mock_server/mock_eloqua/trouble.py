"""Trouble of a site that a test asked for: faults that strike its calls, and planned outages. No HTTP in here."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from mock_eloqua.mistyped import unknown

FACES = ("login", "oauth", "rest", "bulk", "soap", "images", "redirects")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "SEARCH")
MOST = 1000
"""Faults of one site."""
_WITHOUT_BODY = (204, 205, 304)
LONGEST_DELAY = 600.0
"""Seconds."""

Drop = Literal["before", "after"]
Syncs = Literal["go on", "retry", "fail"]


class BadFault(ValueError):
    """A fault that cannot be; the text says why."""


@dataclass(kw_only=True, slots=True)
class Fault:
    """What happens to which calls. What is left out of the first group fits every call."""

    number: int = 0
    face: str | None = None
    method: str | None = None
    path: str | None = None
    """In any letter case, without a POD before it; `*` stands for anything."""
    user: str | None = None
    """The login name that a call claims, in any letter case."""

    after: int = 0
    """So many calls that fit pass before it strikes."""
    times: int | None = None
    """How often it strikes at most; None: for ever."""
    probability: float = 1.0
    """Of each call that it could strike; drawn from *seed*, so that a run repeats."""
    seed: int = 0

    status: int | None = None
    """Answered in place of the work, in the face's own shape or with `body`."""
    body: str | None = None
    content_type: str | None = None
    """In place of the right one."""
    delay_seconds: float = 0.0
    """How late the answer comes, in real time; work is done at once."""
    drop: Drop | None = None
    """The connection is dropped in place of an answer: `before` the work, or `after` it."""
    cut_after: int | None = None
    """The connection is dropped after so many bytes of the body."""

    seen: int = 0
    """Calls that fitted."""
    hits: int = 0
    """Calls that it struck."""
    draws: int = 0
    """Of its dice."""
    _random: random.Random = field(init=False, repr=False)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        self.method = self.method and self.method.upper()
        _check(self)
        self._random = random.Random(self.seed)  # noqa: S311  it is to repeat
        for _ in range(self.draws):
            self._random.random()
        if self.path is not None:
            self._pattern = re.compile(
                ".*".join(map(re.escape, re.split(r"\*+", self.path))), re.IGNORECASE | re.DOTALL
            )

    @property
    def spares_work(self) -> bool:
        """Is the work not done?"""
        return self.status is not None or self.drop == "before"

    def fits(self, face: str, method: str, path: str, user: str | None) -> bool:
        """Is it about such a call?"""
        return (
            self.face in (None, face)
            and self.method in (None, method)
            and (self._pattern is None or self._pattern.fullmatch(path) is not None)
            and (self.user is None or (user or "").lower() == self.user.lower())
        )

    def strikes(self) -> bool:
        """Count a call that fits: does it strike this one?"""
        self.seen += 1
        if self.seen <= self.after or (self.times is not None and self.hits >= self.times):
            return False
        if self.probability < 1:
            self.draws += 1
            if self._random.random() >= self.probability:
                return False
        self.hits += 1
        return True

    def saved(self) -> dict[str, Any]:
        """All that makes it, to be given to `Fault` by name."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.init}

    def __str__(self) -> str:
        """What it does, in a line of the request log."""
        effects = {
            "status": self.status,
            "content type": self.content_type,
            "delay": self.delay_seconds or None,
            "dropped": self.drop and f"{self.drop} the work",
            "cut after": self.cut_after,
        }
        return f"fault {self.number}: " + ", ".join(f"{name} {it}" for name, it in effects.items() if it is not None)


def _check(fault: Fault) -> None:
    """Raises BadFault."""
    for name, words in _WORDS.items():
        if getattr(fault, name) not in (None, *words):
            raise BadFault(unknown(name, getattr(fault, name), words))
    for name, (least, most) in _RANGES.items():
        value = getattr(fault, name)
        if value is not None and not least <= value <= most:  # not: NaN is in no range
            raise BadFault(f"{name} takes a number from {least} to {most}, not {value!r}")
    for name, most in _LENGTHS.items():
        if len(getattr(fault, name) or "") > most:
            raise BadFault(f"{name} has at most {most} signs")
    if (fault.path or "").count("*") > _MOST_STARS:
        raise BadFault(f"path has at most {_MOST_STARS} *")
    kind = fault.content_type or ""
    if not (kind.isascii() and kind.isprintable()):
        raise BadFault(f"content_type takes a text in ASCII, not {kind!r}")
    _check_effects(fault)


def _check_effects(fault: Fault) -> None:
    answers = (fault.status, fault.content_type, fault.cut_after)
    if fault.body is not None and fault.status is None:
        raise BadFault("a body goes with a status")
    if fault.body and fault.status in _WITHOUT_BODY:
        raise BadFault(f"an answer with status {fault.status} has no body")
    if not (fault.drop or fault.delay_seconds) and all(each is None for each in answers):
        raise BadFault("a fault does something: name status, content_type, delay_seconds, drop or cut_after")
    if fault.drop and any(each is not None for each in answers):
        raise BadFault("where the connection is dropped, there is no status, content_type or cut_after")


_WORDS = {"face": FACES, "method": METHODS, "drop": ("before", "after")}
_LENGTHS = {"path": 500, "user": 500, "content_type": 500, "body": 2**20}
_MOST_STARS = 5
_RANGES: dict[str, tuple[float, float]] = {
    "after": (0, 2**53),
    "times": (1, 2**53),
    "probability": (0.0, 1.0),
    "status": (200, 599),
    "delay_seconds": (0.0, LONGEST_DELAY),
    "cut_after": (0, 2**53),
}


@dataclass(frozen=True, slots=True)
class Maintenance:
    """A planned outage: PODs answer 503 [doc]."""

    login: bool = False
    """The login host does, too."""
    syncs: Syncs = "go on"
    """Syncs that it hits go on, are tried again after it (ELQ-00145), or fail (ELQ-00146) [doc: the codes]."""


class Trouble:
    """All trouble of one site. A reset ends it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """*changed* is told when trouble begins or ends."""
        self._changed = changed
        self._faults: list[Fault] = []
        self._count = 0
        self._lock = threading.Lock()
        self.maintenance: Maintenance | None = None
        self._retries = 0

    def __bool__(self) -> bool:
        return bool(self._faults) or self.maintenance is not None

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter(list(self._faults))

    def add(self, **described: Any) -> Fault:
        """Another fault; of several that fit a call, the first strikes.

        Raises:
            BadFault: it cannot be.
        """
        with self._lock:
            if len(self._faults) >= MOST:
                raise BadFault(f"a site has at most {MOST} faults; DELETE some")
            fault = Fault(number=self._count + 1, **described)
            self._count += 1
            self._faults.append(fault)
        self._changed()
        return fault

    def remove(self, number: int | None = None) -> bool:
        """End one fault, or all; was there any?"""
        with self._lock:
            kept = [each for each in self._faults if number not in (None, each.number)]
            gone, self._faults = len(kept) < len(self._faults), kept
        self._changed()
        return gone

    def maintain(self, maintenance: Maintenance | None) -> None:
        """Begin a planned outage, or end it."""
        self.maintenance = maintenance
        self._retries += self._is_retrying
        self._changed()

    @property
    def retries(self) -> int:
        """How many planned outages after which syncs are tried again are over."""
        return self._retries - self._is_retrying

    @property
    def _is_retrying(self) -> bool:
        return self.maintenance is not None and self.maintenance.syncs == "retry"

    def strike(self, face: str, method: str, path: str, user: str | None) -> Fault | None:
        """The fault that strikes a call."""
        with self._lock:
            return next((each for each in self._faults if each.fits(face, method, path, user) and each.strikes()), None)

    def saved(self) -> dict[str, Any]:
        """All of it, for another process."""
        with self._lock:
            maintenance = None if self.maintenance is None else asdict(self.maintenance)
            return {
                "count": self._count,
                "faults": [each.saved() for each in self._faults],
                "maintenance": maintenance,
                "retries": self._retries,
            }

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Take over what another process has saved; faults that are known stay the same objects, and count on."""
        with self._lock:
            known = {each.number: each for each in self._faults}
            self._count = saved.get("count", 0)
            self._faults = [_renewed(known.get(each["number"]), each) for each in saved.get("faults", ())]
            maintenance = saved.get("maintenance")
            self.maintenance = None if maintenance is None else Maintenance(**maintenance)
            self._retries = saved.get("retries", 0)


def _renewed(known: Fault | None, saved: Mapping[str, Any]) -> Fault:
    fresh = Fault(**saved)
    if known is None or known.saved() | _counts(saved) != saved:
        return fresh
    for name, value in (_counts(saved) | {"_random": fresh._random}).items():  # noqa: SLF001  of its own kind
        setattr(known, name, value)
    return known


def _counts(saved: Mapping[str, Any]) -> dict[str, Any]:
    return {name: saved[name] for name in ("seen", "hits", "draws")}
