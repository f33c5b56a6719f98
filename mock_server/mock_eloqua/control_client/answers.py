"""What the control API answers, as values: the models of `/_mock/openapi/control.json` by their Python names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
_hints: Any = cache(get_type_hints)


@dataclass(frozen=True, slots=True)
class Health:
    """The emulator, and the site that was asked for."""

    status: str
    version: str
    release: str
    profile: str
    store: str


@dataclass(frozen=True, slots=True)
class Added:
    """How many records a seed added of each kind."""

    added: dict[str, int]


@dataclass(frozen=True, slots=True)
class Seeding:
    """How much of a seed document is in, and of how much; 0 of 0 where none is being added."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a site's clock shows; `mode` is `real`, `offset`, `frozen` or `scaled`."""

    mode: str
    now: datetime
    offset_seconds: float
    factor: float
    """Seconds of the site in a second of real time; 0 while it is frozen."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call from the request log; secrets are masked, and of bodies only the beginning is kept."""

    number: int
    at: datetime
    face: str
    base_url: str
    """The address by which the caller reached the server."""
    method: str
    path: str
    query: str
    user: str | None
    status: int
    reason: str | None
    """Why it was refused, where callers are not told."""
    problem: str | None
    """What should not have happened: `unknown-path`, `unknown-operation`, or the threshold that turned it down."""
    fault: str | None
    """What a fault that was asked for did to it."""
    milliseconds: float
    request_bytes: int
    response_bytes: int
    headers: list[tuple[str, str]]
    body: str
    answer_headers: list[tuple[str, str]]
    answer: str


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls from the request log, oldest first: how many fit, and the last of these one by one."""

    total: int
    """How many there were since the log was cleared."""
    count: int
    items: list[Call]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Call]:
        return iter(self.items)

    def __getitem__(self, index: int) -> Call:
        return self.items[index]

    def __repr__(self) -> str:
        return "\n".join(f"{each.method} {each.path} -> {each.status}" for each in self.items) or "no calls"


@dataclass(frozen=True, slots=True)
class Problem:
    """A call that Eloqua does not have, or that a threshold turned down, so many times.

    Work in the background that met one has no method and path, and status 0.
    """

    kind: str
    """`unknown-path`, `unknown-operation`, or the name of the threshold."""
    method: str
    path: str
    status: int
    times: int


@dataclass(frozen=True, slots=True)
class Problems:
    """What a client may have passed over, oldest first."""

    items: list[Problem]


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that left, or would have: `kind` is `post` or `mail`."""

    number: int
    at: datetime
    kind: str
    why: str
    to: str
    subject: str
    content_type: str
    body: str
    status: int | None
    """What a call was answered with; None: it was not."""
    error: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What left a site, oldest first."""

    total: int
    count: int
    items: list[Sent]


@dataclass(frozen=True, slots=True)
class Counter:
    """What one scope has used; `*` is the whole site."""

    scope: str
    window: int
    used: int
    refused: int
    highest: int
    over: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold, and its counters."""

    name: str
    number: str
    what: str
    limit: int | None
    unit: str
    effect: str
    past: str
    window_seconds: int | None
    scope: str
    enforced: bool
    watched: bool
    source: str
    sureness: str
    counters: list[Counter]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Every threshold under the profile of the site."""

    profile: str
    items: list[Threshold]


@dataclass(frozen=True, slots=True)
class Broken:
    """A threshold that was reached, and how often: over a limit that was not enforced, and refused."""

    name: str
    number: str
    what: str
    limit: int | None
    unit: str
    effect: str
    past: str
    over: int
    refused: int
    highest: int
    where: dict[str, int]
    """Test to how often it was over there."""


@dataclass(frozen=True, slots=True)
class ThresholdsReport:
    """What would have been broken on a live POD."""

    items: list[Broken]


@dataclass(frozen=True, slots=True)
class Steered:
    """A Bulk sync as it stood when it was told."""

    uri: str
    status: str
    command: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to which calls; `seen` fitted, and it struck `hits` of them."""

    number: int
    face: str | None
    method: str | None
    path: str | None
    user: str | None
    after: int
    times: int | None
    probability: float
    seed: int
    status: int | None
    body: str | None
    content_type: str | None
    delay_seconds: float
    drop: str | None
    cut_after: int | None
    seen: int
    hits: int


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a site; of several that fit a call, the first strikes."""

    items: list[Fault]


@dataclass(frozen=True, slots=True)
class Group:
    """A security group: its rights, the contacts' labels that its members see, and their logins."""

    id: int
    name: str
    action_permissions: list[str]
    asset_permissions: dict[str, list[str]]
    labels: list[str]
    users: list[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """The security groups of a site, by id."""

    items: list[Group]


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Is there a planned outage, of the login host too, and what becomes of syncs?"""

    on: bool
    login: bool
    syncs: str


@dataclass(frozen=True, slots=True)
class Pod:
    """The POD that a site is on, where a call without one leads, and which there are."""

    pod: str
    plain: str
    pods: list[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What a release changed, and whether a site has it."""

    name: str
    release: str
    notice: str
    source: str
    is_on: bool
    is_overridden: bool


@dataclass(frozen=True, slots=True)
class Releases:
    """The release of a site, those that there are, and what each of them changed."""

    release: str
    releases: list[str]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class User:
    """A user and what keeps it from signing in; locked without `locked_until` is until somebody unlocks it."""

    id: int
    name: str
    enabled: bool
    locked: bool
    locked_until: datetime | None
    failed_attempts: int
    password_expired: bool
    sso_only: bool
    groups: list[str]


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a site."""

    items: list[User]


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """An app; `next_refresh` is what its next refresh is made to come to."""

    id: str
    name: str
    redirect_uri: str
    next_refresh: str | None


@dataclass(frozen=True, slots=True)
class OAuthClients:
    """The apps of a site."""

    items: list[OAuthClient]


@dataclass(frozen=True, slots=True)
class Token:
    """A code or token that was given out, without its text."""

    id: int
    kind: str
    client_id: str
    user: str | None
    issued_at: datetime
    expires_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What was given out, oldest first, the ended ones too."""

    items: list[Token]


@dataclass(frozen=True, slots=True)
class SiteOfServer:
    """A site: its users sign in with `name` before the backslash."""

    name: str
    id: int
    profile: str
    release: str


@dataclass(frozen=True, slots=True)
class SitesOfServer:
    """Every site of a server."""

    items: list[SiteOfServer]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state that is kept until the server stops."""

    name: str
    at: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The states that are kept of the site."""

    items: list[Snapshot]


def made(kind: type[T], value: Any) -> T:
    """An answer as a value of *kind*; what a newer server says besides is passed over."""
    hints: dict[str, Any] = _hints(kind)
    return kind(**{name: _of(hint, value.get(camel(name))) for name, hint in hints.items()})


def _of(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return [_of(inner, each) for each in value]
    if get_origin(hint) is tuple:
        return tuple(value)
    if datetime in (hint, *get_args(hint)):
        return datetime.fromisoformat(value)
    return made(hint, value) if hasattr(hint, "__dataclass_fields__") else value


@cache
def camel(name: str) -> str:
    """`offset_seconds` as it is on the wire: `offsetSeconds`."""
    return re.sub("_(.)", lambda found: found[1].upper(), name)
