"""What a contract is: one thing that is known of Eloqua, as a check that any POD can be held to."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)+", re.ASCII)


class Sure(StrEnum):
    """How sure a fact is. What is inferred is no contract."""

    DOC = "doc"
    RECORDED = "recorded"
    CLIENT = "client"


class Need(StrEnum):
    """What a contract takes of a target; what it does not have, the contract is skipped for."""

    WRITES = "writes"
    """To make things, and to remove them again."""
    CLOCK = "control of time"
    SYNCS = "Bulk syncs"
    SOAP = "SOAP"
    OAUTH = "an OAuth client"
    PASSWORD = "a password"  # noqa: S105  a word
    """Of the user; a target may be given tokens only."""
    CONSENT = "a consent page that takes a form"
    """Without a browser: an app, a user, accept or reject."""
    LOCKOUT = "a user who may be locked out"
    """The role `spare`: a user whom nobody needs, whose password expires."""
    THRESHOLDS = "control of thresholds"
    POLICY = "control of who may sign in"
    """Also users and groups that are made."""
    LASTING = "to leave what no call removes"
    """External activities and their types, links, the consent of phone numbers, what has no name."""
    MAIL = "to send e-mails"
    """A live POD really sends them."""
    TRANSFER = "definitions of data transfer, made through Bulk"
    """That DataTransferService knows what Bulk defined is an inference."""


class Draw(Protocol):
    """Draws examples: `draw(addresses())`."""

    def __call__(self, strategy: SearchStrategy[T]) -> T:
        """One example of a strategy."""


Check = Callable[..., Any]
"""Takes a POD, and a `Draw` if it wants examples; raises `Unmet` where the POD does otherwise.

A class is a state machine, made with the POD: its rules are calls, its invariants what is known.
"""
C = TypeVar("C", bound=Check)


@dataclass(frozen=True)
class Contract:
    """One fact."""

    id: str
    """`rest.contact.create.duplicate-address`."""
    sentence: str
    face: str
    """`login`, `oauth`, `rest`, `bulk`, `soap`, or `site` for what is seen through several."""
    versions: tuple[str, ...]
    """Of the face; the contract is held for each of them."""
    sure: Sure
    source: str
    """The chapter of the reference."""
    needs: frozenset[Need]
    check: Check

    @property
    def draws(self) -> bool:
        """Does it want examples?"""
        return not self.is_machine and "draw" in inspect.signature(self.check).parameters

    @property
    def is_machine(self) -> bool:
        """Is it a state machine, whose examples are sequences of calls?"""
        return isinstance(self.check, type) and issubclass(self.check, RuleBasedStateMachine)


CONTRACTS: dict[str, Contract] = {}
"""All of them, by id; those of `catalogue` are here once that is imported."""


def contract(
    identity: str,
    *,
    sure: Sure,
    source: str,
    versions: Sequence[str] = (),
    needs: Sequence[Need] = (),
) -> Callable[[C], C]:
    """Declare a check as a contract; its docstring is the sentence, the first word of *identity* the face."""

    def declare(check: C) -> C:
        if not _ID.fullmatch(identity) or identity in CONTRACTS:
            raise ValueError(f"{identity!r} is no id, or there is one of it already")
        sentence = " ".join((check.__doc__ or "").split())
        if not sentence:
            raise ValueError(f"{identity} has no sentence")
        CONTRACTS[identity] = Contract(
            id=identity,
            sentence=sentence,
            face=identity.partition(".")[0],
            versions=tuple(versions),
            sure=sure,
            source=source,
            needs=frozenset(needs),
            check=check,
        )
        return check

    return declare


class Unmet(AssertionError):
    """A POD does otherwise; the text says what was expected and what came."""


def expect(*, that: bool, otherwise: str, found: Any = None) -> None:
    """Raise `Unmet` unless it is so."""
    if not that:
        raise Unmet(otherwise if found is None else f"{otherwise}; found {found!r}")
