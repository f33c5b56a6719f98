"""Bulk 2.0: imports, exports, and their steps; see docs/client.md."""

from eloqua_client.bulk.awaited import AsyncBulk
from eloqua_client.bulk.chunks import Limits
from eloqua_client.bulk.progress import Progress, ProgressBar
from eloqua_client.bulk.results import AsyncExportResult, AsyncImportResult, ExportResult, ImportResult
from eloqua_client.bulk.syncs import Counts, LogLine, Reject, Sync
from eloqua_client.bulk.waiting import Bulk

__all__ = [
    "AsyncBulk",
    "AsyncExportResult",
    "AsyncImportResult",
    "Bulk",
    "Counts",
    "ExportResult",
    "ImportResult",
    "Limits",
    "LogLine",
    "Progress",
    "ProgressBar",
    "Reject",
    "Sync",
]
