"""The sync actions of a definition, run on the records that a sync moves (`bulk` 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import statements
from mock_eloqua.crm.transfer.codes import Line, line
from mock_eloqua.crm.transfer.entity import Destination, Entity, Outcome
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.site import Site

SET_STATUS = "setStatus"
WORDS = ("add", "remove", SET_STATUS)
STATUSES = (
    "bounced",
    "subscribed",
    "unsubscribed",
    "active",
    "complete",
    "pending",
    "errored",
    "yes",
    "no",
    "invalid",
    "permission",
)
"""Every word that a status can be [doc]."""


class Unknown(Exception):
    """A sync action that leads nowhere."""

    def __init__(self, part: str, constraint: str, value: str) -> None:
        super().__init__(constraint)
        self.broken = Broken(f"syncActions.{part}", constraint, value)


@dataclass(frozen=True, slots=True)
class Step:
    """One action with what it leads to."""

    destination: Destination
    outcome: Outcome
    target: Any
    """What the destination names, an id for instance."""
    asset: Any
    """The same as the log tells it."""
    status: str
    is_for_all: bool
    """Everybody at the destination is meant, whoever is moved (`updateAll`)."""


def step(site: Site, entity: Entity, action: Mapping[str, Any]) -> Step:
    """What an action of a definition does.

    Raises:
        Unknown: its destination is not there, or knows no such action.
    """
    text = action.get("destination", "")
    destination, target = _destination(site, entity, text)
    word = action.get("action", "add")
    status = action.get("status", "") if word == SET_STATUS else ""
    outcome = destination.outcomes.get((word, status))
    if outcome is None:
        known = [f"{word} {status}".strip() for word, status in destination.outcomes]
        given = f"{word} {status}".strip()
        raise Unknown("status" if word == SET_STATUS else "action", f"Must be one of {', '.join(known)}.", given)
    all_there = bool(action.get("updateAll"))
    if all_there and outcome.run_on_all is None:
        raise Unknown("updateAll", "Must be false but for the members of an app's step.", "true")
    asset = target if isinstance(target, int) else text
    return Step(destination, outcome, target, asset, status, all_there)


def _destination(site: Site, entity: Entity, text: str) -> tuple[Destination, Any]:
    parsed = statements.parsed(text)
    for each in entity.destinations:
        try:
            target = each.named(site, parsed) if parsed else None
        except NotFound:
            raise Unknown("destination", each.constraint, text) from None
        if target is not None:
            return each, target
    examples = " or ".join(each.example for each in entity.destinations) or "nothing: this entity has no sync actions"
    raise Unknown("destination", f"Must be a statement such as {examples}.", text)


class Actions:
    """What a definition does to its members."""

    def __init__(self, site: Site, entity: Entity, properties: Mapping[str, Any], counts: list[int]) -> None:
        """*counts*, one for each action as soon as one has run, grow with those that it was done to."""
        self._site = site
        self._steps = [step(site, entity, each) for each in properties.get("syncActions", ())]
        self._counts = counts
        counts += [0] * (len(self._steps) - len(counts))

    def run(self, members: Sequence[Any]) -> None:
        """Do it to these records, inside the caller's write."""
        if members:
            for place, each in enumerate(self._steps):
                if not each.is_for_all:
                    self._counts[place] += each.outcome.run(self._site, each.target, members)

    @property
    def are_for_all(self) -> bool:
        """Is there one that asks for no members?"""
        return any(each.is_for_all for each in self._steps)

    def run_on_all(self) -> None:
        """Do what is for everybody at the destination, inside the caller's write."""
        for place, each in enumerate(self._steps):
            if each.is_for_all and each.outcome.run_on_all is not None:
                self._counts[place] += each.outcome.run_on_all(self._site, each.target)

    def lines(self) -> list[Line]:
        """One log line for each action."""
        now = self._site.clock.now()
        return [
            line(each.outcome.code, now, count, asset=each.asset, status=each.status)
            for each, count in zip(self._steps, self._counts, strict=True)
        ]
