"""The three kinds of definitions, as they stand in uris (`bulk` 1)."""

IMPORT, EXPORT, SYNC_ACTION = "imports", "exports", "syncActions"
KINDS = (IMPORT, EXPORT, SYNC_ACTION)
STAGED = (IMPORT, SYNC_ACTION)
"""Rows are uploaded for these before a sync."""
