"""CustomObjectData and EventRegistrationData: records of custom objects, registrations of events (`rest` 13).

1.0 lists and creates below the object's own path; 2.0 has every operation below `instance` [doc].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.access.limits import CUSTOM_OBJECT_SEARCH
from mock_eloqua.access.verdict import Exceeded, Over
from mock_eloqua.crm import records
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.fields import Field
from mock_eloqua.crm.records import Changes, Owner, Record
from mock_eloqua.language import search
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.resource import Depth, Property, Repository, ResourceType, Source, attribute, constant
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE
MAPPED = ("Yes", "No", "true", "false")


@dataclass(frozen=True)
class Records:
    """What the domain does for the records of one object."""

    owner: Owner
    searcher: str = ""
    """The user who searches."""
    text: str = ""
    """What for."""

    def get(self, site: Site, key: int) -> Record:
        """One record."""
        return records.get(site, self.owner, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Record], int]:
        """A page of records.

        Raises:
            Exceeded: the user searches a large object already, by nothing that has an index [doc].
        """
        if not self.text or not records.is_slow(site, self.owner, search.parse(self.text)):
            return records.find(site, self.owner, where, order_by=order_by, offset=offset, limit=limit)
        scope = f"{self.searcher} x {self.owner.kind} {self.owner.id}"
        with site.thresholds.one_more(CUSTOM_OBJECT_SEARCH, scope) as verdict:
            if isinstance(verdict, Over):
                raise Exceeded(verdict)
            return records.find(site, self.owner, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Record:
        """A new record; it needs `fieldValues` [doc]."""
        if not given.get("fieldValues"):
            raise Invalid(Failure("fieldValues", "NotNullRequirement", None))
        return records.create(site, self.owner, self._changes(given), user_id)

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Record:
        """PUT: values left out stay, as those of contacts; contact and description go unless a switch says merge."""
        blank = {"description": ""} if site.settings.put_semantics == "replace" else {}
        changes = self._changes(blank | dict(given), unlinks=bool(blank))
        return records.change(site, self.owner, key, changes, user_id)

    def delete(self, site: Site, key: int) -> None:
        """Remove one."""
        records.delete(site, self.owner, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties, and internal names of the object's fields [doc]."""
        return records.operand(self.owner, name)

    def _changes(self, given: Mapping[str, Any], *, unlinks: bool = False) -> Changes:
        mapped = given.get("isMapped")
        return Changes(
            values=dict(map(self._value, given.get("fieldValues", ()))),
            name=given.get("name"),
            description=given.get("description"),
            unique_code=given.get("uniqueCode") or None,
            status=given.get("customObjectRecordStatus") or None,
            contact_id=given.get("contactId"),
            unlinks=unlinks,
            is_mapped=mapped in ("Yes", "true") if mapped else None,
        )

    def _value(self, pair: tuple[str, str]) -> tuple[str, str]:
        key, text = pair
        field = self.owner.fields.by_key.get(key)
        if field is None:
            raise Invalid(Failure("fieldValues", "RelationshipRequirement", key))
        return key, dates.from_unix(text) if field.data_type == "date" else text


def field_values(_site: Site, record: Record) -> list[dict[str, str]]:
    """Every field of the object, in its order; a blank one without `value` [doc: of contacts]."""
    found = []
    for key, field in record.owner.fields.by_key.items():
        value = _shown(field, record.doc.get(key, ""))
        found.append({"type": "FieldValue", "id": key, "value": value} if value else {"type": "FieldValue", "id": key})
    return found


def _shown(field: Field, text: str) -> str:
    """Dates in Unix seconds [doc]."""
    return dates.unix(dates.from_eastern(text)) if text and field.data_type == "date" else text


def is_mapped(site: Site, record: Record) -> str:
    """`Yes` or `No` [client], unless a switch says `true` or `false` [doc]."""
    words = ("No", "Yes") if site.settings.record_is_mapped == "Yes/No" else ("false", "true")
    return words[record.is_mapped]


def user_name(which: str) -> Source:
    """The name of the user behind a stamp."""

    def read(site: Site, record: Record) -> str | None:
        key = getattr(record, which)
        return next((each.display_name for each in users.everyone(site).values() if each.id == key), None)

    return read


def inside(kind: str, parameter: str) -> Callable[[Call], Repository]:
    """The records of the object that a call names."""

    def within(call: Call) -> Repository:
        owner = records.owner(call.site, kind, parameters.path_id(call, kind, parameter))
        return Records(owner, call.user.name, call.query().get("search", ""))

    return within


RECORD_OF_1 = ResourceType(
    type="CustomObjectData",
    single="data/customObject/{id}",
    many="data/customObject/{id}",
    repository=Records(records.NOBODY),
    within=inside(records.CUSTOM_OBJECT, "id"),
    versions={"1.0": "CL"},
    list_depth=COMPLETE,
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property(
            "currentStatus", wire.TEXT, MINIMAL, constant("Awaiting action"), read_only=True, sure=Sureness.INFERRED
        ),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("contactId", wire.ID, PARTIAL, attribute("contact_id"), read_only=True),
        Property("fieldValues", wire.FIELD_VALUES, COMPLETE, field_values),
    ),
)
"""There is no depth to ask for, so that lists show all [doc; inferred]."""


def _records(kind: str, word: str, path: str, *, server_owned: bool) -> ResourceType:
    return ResourceType(
        type=word,
        single=f"{path}/{{parentId}}/instance",
        many=f"{path}/{{parentId}}/instances",
        repository=Records(records.NOBODY),
        within=inside(kind, "parentId"),
        versions={"2.0": "CRUDL"},
        properties=(
            Property("type", wire.TEXT, MINIMAL, read_only=True),
            Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
            Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
            Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
            Property("createdByName", wire.TEXT, PARTIAL, user_name("created_by"), read_only=True),
            Property("depth", wire.TEXT, MINIMAL, read_only=True),
            Property("description", wire.TEXT, MINIMAL, attribute("description")),
            Property("name", wire.TEXT, MINIMAL, attribute("name")),
            Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
            Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
            Property("updatedByName", wire.TEXT, PARTIAL, user_name("updated_by"), read_only=True),
            Property("accountId", wire.ID, PARTIAL, attribute("account_id"), read_only=True),
            Property("contactId", wire.ID, PARTIAL, attribute("contact_id")),
            Property("customObjectRecordStatus", wire.TEXT, PARTIAL, attribute("status"), read_only=server_owned),
            Property("fieldValues", wire.FIELD_VALUES, COMPLETE, field_values),
            Property("isMapped", wire.WORD, PARTIAL, is_mapped, values=MAPPED, read_only=server_owned),
            Property("uniqueCode", wire.TEXT, PARTIAL, attribute("unique_code"), read_only=server_owned),
        ),
    )


RECORD = _records(records.CUSTOM_OBJECT, "CustomObjectData", "data/customObject", server_owned=False)
REGISTRATION = _records(records.EVENT, "EventRegistrationData", "data/eventRegistration", server_owned=True)
