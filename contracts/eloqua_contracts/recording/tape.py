"""The file of a recording: a line of JSON about the whole, and one for each exchange."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from eloqua_contracts.kept import BadFile, Kept, Name, bytes_of

MOST_LINES = 500_000
T = TypeVar("T")


class Head(msgspec.Struct, forbid_unknown_fields=True):
    """The first line."""

    format: Literal["eloqua-contracts recording"]
    format_version: Literal[1]
    kit: Name
    """The version of the kit."""
    target: Name
    """`mock`, `live`, or `client` where a client's own calls were recorded."""
    recorded: datetime


class Taped(Kept, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Each other line: an exchange, in which `((...))` stands for what is the target's own."""

    method: Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{1,20}\Z")]
    path: Annotated[str, msgspec.Meta(pattern=r"\A/[!-~]*\Z", max_length=100_000)]
    contract: Name = ""
    """With the version of its face."""
    example: Annotated[int, msgspec.Meta(ge=0)] = 0
    signed: Name = ""
    """`((signed: full))`, `Bearer ((token-1))`, `Basic ((unknown))`; nothing if the call was not signed."""
    invented: list[str] = msgspec.field(default_factory=list)
    """Values that stand for somebody's, which no other target can be held to."""


class Tape:
    """A file that is being written.

    Args:
        file: which.
        target: what is recorded.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, file: Path, target: str) -> None:
        self._file = file
        self._lines: io.BufferedWriter = file.open("wb")
        head = Head("eloqua-contracts recording", 1, metadata.version("mock-eloqua"), target, datetime.now(UTC))
        self._lines.write(msgspec.json.encode(head) + b"\n")
        self._lines.flush()

    def write(self, taped: Taped) -> None:
        """Write one exchange, at once."""
        self._lines.write(msgspec.json.encode(taped) + b"\n")
        self._lines.flush()

    def close(self) -> None:
        """Write no more."""
        self._lines.close()


def read(file: Path) -> tuple[Head, list[Taped]]:
    """A recording.

    Raises:
        BadFile: it is none, or it is too large.
    """
    lines = bytes_of(file).splitlines()
    if len(lines) > MOST_LINES:
        raise BadFile(f"{file} has more than {MOST_LINES:,} lines")
    if not lines:
        raise BadFile(f"{file} is empty")
    head = _read(file, 1, lines[0], Head)
    return head, list(_exchanges(file, lines[1:]))


def _exchanges(file: Path, lines: list[bytes]) -> Iterator[Taped]:
    for number, line in enumerate(lines, 2):
        yield _read(file, number, line, Taped)


def _read(file: Path, number: int, line: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadFile(f"{file}, line {number}, is of no recording: {error}") from error
