"""What Eloqua tells of a sync: how it stands, its log, what it did not take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

_OVER = {"success", "warning", "error", "errored"}


@dataclass(frozen=True, slots=True)
class Sync:
    """One run of a definition."""

    uri: str
    """`/syncs/1039`."""
    definition_uri: str
    status: str
    """`pending`, `active`, `success`, `warning`, `error`."""
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Has it ended, in whatever way?"""
        return self.status in _OVER

    @property
    def has_failed(self) -> bool:
        """Has it ended in an error? A warning is none: rows were rejected, or columns ignored."""
        return self.status.startswith("error")

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(
            str(item["uri"]),
            str(item["syncedInstanceUri"]),
            str(item["status"]),
            _moment(item.get("createdAt")),
            _moment(item.get("syncStartedAt")),
            _moment(item.get("syncEndedAt")),
        )


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log. Eloqua does not sort them by time."""

    sync_uri: str
    code: str
    """`ELQ-00026`."""
    severity: str
    """`information`, `warning`, `error`."""
    count: int
    message: str
    """Empty for a few codes."""
    created_at: datetime | None = None

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(
            str(item.get("syncUri", "")),
            str(item.get("statusCode", "")),
            str(item.get("severity", "")),
            int(item.get("count", 0)),
            str(item.get("message", "")),
            _moment(item.get("createdAt")),
        )

    def __str__(self) -> str:
        return f"{self.severity} {self.code}: {self.message} ({self.count})"


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken, or of which a value was not."""

    values: Mapping[str, str]
    code: str
    message: str
    invalid_fields: tuple[str, ...]
    """Keys of the definition's `fields`."""
    record_index: int
    """Its place among the rows of its sync, from 1."""
    row: int
    """Its place among all rows of an import, from 1, be they of several syncs."""

    @classmethod
    def read(cls, item: Mapping[str, Any], before: int = 0) -> Self:
        """From JSON, after so many rows of syncs before it."""
        index = int(item.get("recordIndex", 0))
        return cls(
            item.get("fieldValues", {}),
            str(item.get("statusCode", "")),
            str(item.get("message", "")),
            tuple(item.get("invalidFields") or ()),
            index,
            before + index,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What the logs count."""

    staged: int = 0
    """Rows that were sent."""
    processed: int = 0
    created: int = 0
    updated: int = 0
    rejected: int = 0
    exported: int = 0

    @classmethod
    def read(cls, logs: Iterable[LogLine]) -> Self:
        """Added up."""
        found = dict.fromkeys(_COUNTED.values(), 0)
        for line in logs:
            if name := _COUNTED.get(line.code):
                found[name] += line.count
        return cls(**found)


STAGED, NOTHING_STAGED = "ELQ-00130", "ELQ-00124"
_CODES = {
    "staged": STAGED,
    "processed": "ELQ-00001",
    "created": "ELQ-00004 ELQ-00005 ELQ-00007 ELQ-00033 ELQ-00069 ELQ-00077",
    "updated": "ELQ-00012 ELQ-00022 ELQ-00023 ELQ-00035 ELQ-00079",
    # those that leave a row out: a value that is left out (00040, 00144) or a column (00111) is no such thing
    "rejected": "ELQ-00002 ELQ-00011 ELQ-00026 ELQ-00032 ELQ-00034 ELQ-00039 ELQ-00048 ELQ-00055 ELQ-00059 ELQ-00061"
    " ELQ-00062 ELQ-00070 ELQ-00072 ELQ-00081 ELQ-00084 ELQ-00085 ELQ-00125 ELQ-00132 ELQ-00135",
    "exported": "ELQ-00102",
}
_COUNTED = {code: name for name, codes in _CODES.items() for code in codes.split()}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
