"""Import priorities: places in the queue of imports, which a site sets up in the product (`bulk` 3).

Syncs here do not queue, so that a priority is kept and checked, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.errors import Broken

PRIORITIES = {f"/imports/priorities/{key}": name for key, name in enumerate(("High", "Normal", "Low"), 1)}
"""Uri to name, the first in the queue first [inferred: which there are]."""


def exists(draft: Draft) -> Iterator[Broken]:
    """`importPriorityUri` names an existing one [doc]."""
    uri = draft.properties.get("importPriorityUri")
    if uri is not None and f"/{uri.strip().strip('/')}".lower() not in PRIORITIES:
        yield Broken("importPriorityUri", "Must refer to an existing import priority.", uri)
