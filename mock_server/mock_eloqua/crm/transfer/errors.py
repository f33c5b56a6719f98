"""What the transfer engine refuses. A face turns each into its own words."""

from __future__ import annotations

from dataclasses import dataclass

from mock_eloqua.crm.errors import Refused

NOT_IN_WORKFLOW = "Must reference service instance within a workflow"
"""What a filter or a sync action breaks that names an app's step which is nowhere [doc]."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a definition or a sync breaks."""

    field: str
    """The property, by its documented name."""
    constraint: str
    """The rule, in a sentence."""
    value: str | None = None
    """What was given, as text; None when nothing was."""


class BadRequest(Refused):
    """A definition, a sync or an upload breaks one or more rules."""

    def __init__(self, *failures: Broken) -> None:
        super().__init__("; ".join(f"{each.field}: {each.constraint}" for each in failures))
        self.failures = failures


class MissingReference(Refused):
    """A sync is asked for a definition that does not exist."""


class Conflict(Refused):
    """Staged data are to be deleted while a sync works on them [doc: 24B]."""


class Expired(Refused):
    """The data of a sync are asked for that have expired or were deleted."""


class Corrupt(Refused):
    """The data of a sync are asked for whose file was made corrupt from outside."""


class StorageFull(Refused):
    """There is no room for more staged data [doc: `platform` T11]."""


class NoData(Refused):
    """The data of a sync are asked for that never has any: an import [doc]."""


class NotYours(Refused):
    """The data of a sync are asked for by another user than the one who ran it [doc]."""
