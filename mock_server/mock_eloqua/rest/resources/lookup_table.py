"""LookupTable and LookupTableEntry: 2.0 only. Tables are read, entries are written as well [doc]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import lookup_tables
from mock_eloqua.crm.lookup_tables import ENTRY, KIND, OPERANDS, Entry
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import handlers, parameters, wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.resource import Depth, Extra, Property, Repository, ResourceType, attribute
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call


@dataclass(frozen=True)
class Entries:
    """What the domain does for the entries of one table."""

    table_id: int

    def get(self, site: Site, key: int) -> Entry:
        """One entry."""
        return lookup_tables.get(site, self.table_id, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Entry], int]:
        """A page of entries."""
        return lookup_tables.find(site, self.table_id, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Entry:  # noqa: ARG002  as Repository has it
        """A new entry."""
        return lookup_tables.create(site, self.table_id, given.get("key", ""), given.get("value", ""))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Entry:  # noqa: ARG002  as above
        """PUT: what is left out is blanked unless a switch says merge."""
        blank = "" if site.settings.put_semantics == "replace" else None
        return lookup_tables.change(site, self.table_id, key, given.get("key", blank), given.get("value", blank))

    def delete(self, site: Site, key: int) -> None:
        """Remove one."""
        lookup_tables.delete(site, self.table_id, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)


def within(call: Call) -> Repository:
    """The entries of the table that a call names, by whichever of the two names."""
    name = "lookupTableId" if "lookupTableId" in call.params else "id"
    table_id = parameters.path_id(call, KIND, name)
    lookup_tables.check_table(call.site, table_id)
    return Entries(table_id)


LOOKUP_ENTRY = ResourceType(
    type=ENTRY,
    single="assets/lookupTable/{lookupTableId}/lookupTableEntry",
    many="assets/lookupTable/{id}/lookupTableEntries",
    key="elementId",
    repository=Entries(0),
    within=within,
    bare_search=("key",),
    versions={"2.0": "UDL"},
    list_depth=Depth.COMPLETE,
    properties=(
        Property("type", wire.TEXT, Depth.MINIMAL, read_only=True),
        Property("id", wire.ID, Depth.MINIMAL, attribute("id"), read_only=True),
        Property("key", wire.TEXT, Depth.PARTIAL, attribute("key"), sure=Sureness.INFERRED),
        Property("value", wire.TEXT, Depth.PARTIAL, attribute("value"), sure=Sureness.INFERRED),
    ),
)
LOOKUP_TABLE = asset(
    KIND,
    "assets/lookupTable",
    versions={"2.0": "RL"},
    more=(
        Extra(
            method="POST",
            path="assets/lookupTable/{id}/lookupTableEntry",
            handler=handlers.create(LOOKUP_ENTRY, "2.0"),
            name="Create a LookupTableEntry",
            versions=("2.0",),
            sure=Sureness.DOC,
            does=doing(CREATE, ENTRY),
            answers={"201": "The new entry"},
            takes=ENTRY,
            returns=ENTRY,
        ),
    ),
)
