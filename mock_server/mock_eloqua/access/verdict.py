"""What `access` answers. A face turns each into its own words (`platform` 3.6)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Unauthenticated:
    """Nobody, or somebody who may not come in now.

    `reason` is for our own log only: callers cannot tell the cases apart [inferred].
    """

    reason: str
    site: str | None = field(default=None, repr=False)
    """Whose user that would be, where it is known."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A known user without the permission named here."""

    permission: str


@dataclass(frozen=True, slots=True)
class NotEnabled:
    """The site does not have the service: the module is not licensed."""

    service: str


@dataclass(frozen=True, slots=True)
class Over:
    """A threshold is reached; it opens again in `seconds`."""

    threshold: str
    seconds: int


Verdict = Allowed | Unauthenticated | Forbidden | NotEnabled | Over
Refusal = Unauthenticated | Forbidden | NotEnabled | Over

ALLOWED = Allowed()


class Exceeded(Exception):
    """A threshold is reached, where nobody waits for a verdict."""

    def __init__(self, verdict: Over) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict
