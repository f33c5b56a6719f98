"""The three kinds of definitions, as they stand in uris (`bulk` 1), and what they are for."""

from mock_eloqua.access.limits import EXPORT_SYNCS, IMPORT_SYNCS, SYNC_ACTION_SYNCS
from mock_eloqua.access.matrix import doing

IMPORT, EXPORT, SYNC_ACTION = "imports", "exports", "syncActions"
KINDS = (IMPORT, EXPORT, SYNC_ACTION)
STAGED = (IMPORT, SYNC_ACTION)
"""Rows are uploaded for these before a sync."""
DOES = {
    IMPORT: doing("import", "records"),
    EXPORT: doing("export", "records"),
    SYNC_ACTION: doing("change", "members"),
}
"""What work on definitions of a kind is, and on their syncs."""
SYNCS = {IMPORT: IMPORT_SYNCS, EXPORT: EXPORT_SYNCS, SYNC_ACTION: SYNC_ACTION_SYNCS}
"""The threshold that counts the syncs of a kind [doc]."""
