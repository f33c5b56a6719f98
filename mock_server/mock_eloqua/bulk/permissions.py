"""What a user needs for definitions of a kind, and for their syncs [inferred: `platform` 3.7]."""

from __future__ import annotations

from mock_eloqua.access.permissions import MANAGE_CONTACTS, MANAGE_DATA_EXPORT, MANAGE_DATA_IMPORT
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, SYNC_ACTION

NEEDS = {
    IMPORT: (MANAGE_DATA_IMPORT, MANAGE_CONTACTS),
    EXPORT: (MANAGE_DATA_EXPORT,),
    SYNC_ACTION: (MANAGE_DATA_IMPORT, MANAGE_CONTACTS),
}
