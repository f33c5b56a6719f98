"""How long syncs take (`bulk` 8.1), in seconds."""

from __future__ import annotations

from mock_eloqua.site import Site

INSTANT, SCALED, MANUAL = "instant", "scaled", "manual"
_ROWS_A_SECOND = 30_000
"""What a live POD works off [inferred]."""


def pending(site: Site) -> float:
    """How long a sync waits before it starts."""
    return 0.0 if _takes_none(site) else site.settings.sync_pending_seconds


def active(site: Site, rows: int) -> float:
    """How long a sync of so many rows works at least."""
    if _takes_none(site):
        return 0.0
    scaled = rows / _ROWS_A_SECOND if site.settings.sync_timing == SCALED else 0.0
    return site.settings.sync_active_seconds + scaled


def _takes_none(site: Site) -> bool:
    return site.settings.sync_timing in (INSTANT, MANUAL)
