"""The three kinds of definitions, as they stand in uris (`bulk` 1), and what they ask of users."""

from mock_eloqua.access.permissions import MANAGE_CONTACTS, MANAGE_DATA_EXPORT, MANAGE_DATA_IMPORT

IMPORT, EXPORT, SYNC_ACTION = "imports", "exports", "syncActions"
KINDS = (IMPORT, EXPORT, SYNC_ACTION)
STAGED = (IMPORT, SYNC_ACTION)
"""Rows are uploaded for these before a sync."""
NEEDS = {
    IMPORT: (MANAGE_DATA_IMPORT, MANAGE_CONTACTS),
    EXPORT: (MANAGE_DATA_EXPORT,),
    SYNC_ACTION: (MANAGE_DATA_IMPORT, MANAGE_CONTACTS),
}
"""What a user needs for definitions of a kind, and for their syncs [inferred: `platform` 3.7]."""
