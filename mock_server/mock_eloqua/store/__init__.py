"""The tables of a site and the two databases that can hold them. Only this package knows which one it is."""

from mock_eloqua.store.database import Database, Rows, SiteGone, StoreError, Version
from mock_eloqua.store.open import Place, check_site_name, in_memory, place, temporary
from mock_eloqua.store.sqlite import check_snapshot

__all__ = [
    "Database",
    "Place",
    "Rows",
    "SiteGone",
    "StoreError",
    "Version",
    "check_site_name",
    "check_snapshot",
    "in_memory",
    "place",
    "temporary",
]
