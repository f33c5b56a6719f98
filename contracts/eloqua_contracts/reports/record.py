"""A run as JSON: what every other report is made of, and what can be shown again later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from eloqua_contracts.contract import Contract, Sure
from eloqua_contracts.kept import BadFile, Kept, Name, bytes_of
from eloqua_contracts.runner import Outcome, Verdict


class OutcomeRecord(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What came of one contract, for one version of its face."""

    contract: Name
    """Its id."""
    sentence: Name
    face: Name
    source: Name
    sure: Sure
    verdict: Verdict
    version: Name = ""
    """Of the face, where the contract is held for several."""
    why: str = ""
    drawn: list[str] = []
    """The smallest example that breaks it."""
    exchanges: list[Kept] = []
    """The calls of that example."""
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0

    @property
    def name(self) -> str:
        """The id, with the version where there are several."""
        return f"{self.contract} {self.version}".rstrip()

    @classmethod
    def of(cls, outcome: Outcome) -> OutcomeRecord:
        """An outcome."""
        contract = outcome.contract
        return cls(
            contract=contract.id,
            sentence=contract.sentence,
            face=contract.face,
            source=contract.source,
            sure=contract.sure,
            verdict=outcome.verdict,
            version=outcome.version,
            why=outcome.why,
            drawn=list(outcome.drawn),
            exchanges=[Kept.of(each) for each in outcome.exchanges],
            seconds=round(outcome.seconds, 3),
        )

    @property
    def outcome(self) -> Outcome:
        """The outcome again, of a contract that is told of only.

        Raises:
            BadFile: a body cannot be read.
        """
        told = Contract(
            id=self.contract,
            sentence=self.sentence,
            face=self.face,
            versions=(self.version,) if self.version else (),
            sure=self.sure,
            source=self.source,
            needs=frozenset(),
            check=_only_told,
        )
        exchanges = tuple(each.exchange for each in self.exchanges)
        return Outcome(told, self.version, self.verdict, self.why, tuple(self.drawn), exchanges, self.seconds)


class Run(msgspec.Struct, forbid_unknown_fields=True):
    """A run of contracts on one target."""

    format: Literal["eloqua-contracts run"]
    format_version: Literal[1]
    kit: Name
    """The version of the kit."""
    target: Name
    started: datetime
    ended: datetime
    outcomes: list[OutcomeRecord]


def recorded(outcomes: Iterable[Outcome], *, target: str, started: float, ended: float) -> Run:
    """A run that has ended; the moments are seconds since 1970."""
    return Run(
        format="eloqua-contracts run",
        format_version=1,
        kit=metadata.version("mock-eloqua"),
        target=target,
        started=datetime.fromtimestamp(started, UTC),
        ended=datetime.fromtimestamp(ended, UTC),
        outcomes=[OutcomeRecord.of(each) for each in outcomes],
    )


def written(run: Run) -> str:
    """A run as JSON, a key a line."""
    return msgspec.json.format(msgspec.json.encode(run), indent=1).decode() + "\n"


def read(file: Path) -> Run:
    """A run that was written.

    Raises:
        BadFile: it cannot be read, or it is something else.
    """
    try:
        return msgspec.json.decode(bytes_of(file), type=Run)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadFile(f"{file} is no record of a run: {error}") from error


def _only_told() -> None:
    raise NotImplementedError("a contract that was read from a file cannot be held")
