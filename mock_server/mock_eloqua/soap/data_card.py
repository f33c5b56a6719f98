"""Records of a custom object as entities: data cards of a `DataCardSet` (`soap` 10.1, 10.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func

from mock_eloqua.crm import records
from mock_eloqua.crm.fields import Field
from mock_eloqua.crm.records import Owner, Record
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.language.query import Query
from mock_eloqua.site import Site
from mock_eloqua.soap.record_fields import SoapField, by_name, condition, of_field, pseudo
from mock_eloqua.soap.results import Unwritable, Values, error
from mock_eloqua.store import tables
from mock_eloqua.web.call import Call

TYPE = "DataCardSet"
_MAPPED_TYPE, _MAPPED_ID = "MappedEntityType", "MappedEntityID"
_CONTACT, _COMPANY = "1", "2"
"""What a card may belong to, in the words of `MappedEntityType` [doc]."""
_column = tables.custom_object_record.c


def _mapped_type(card: Record) -> str:
    if card.contact_id is not None:
        return _CONTACT
    return _COMPANY if card.account_id is not None else ""


_PSEUDO = (
    pseudo(_MAPPED_TYPE, "Mapped Entity Type", "Number", _mapped_type, None, key=_MAPPED_TYPE),
    pseudo(
        _MAPPED_ID,
        "Mapped Entity ID",
        "Number",
        lambda card: str(card.contact_id or card.account_id or ""),
        Operand(func.coalesce(_column.contact_id, _column.account_id), Kind.ID),
        key=_MAPPED_ID,
    ),
)


@dataclass(frozen=True)
class DataCards:
    """The cards of one set."""

    type: Values
    owner: Owner

    noun = "data cards"
    thing = "CustomObjectData"

    def fields(self, site: Site) -> Mapping[str, SoapField]:  # noqa: ARG002  as every kind
        """The set's fields in its order, then what a card belongs to."""
        return self._fields

    @cached_property
    def _fields(self) -> Mapping[str, SoapField]:
        return by_name([*map(self._of_field, self.owner.fields.by_key.values()), *_PSEUDO])

    def _of_field(self, field: Field) -> SoapField:
        name, key = field.internal_name, field.key
        return of_field(field, lambda _, card: card.doc.get(key, ""), lambda _: records.operand(self.owner, name))

    def field_name(self, call: Call, key: str) -> str:  # noqa: ARG002
        """The internal name."""
        field = self.owner.fields.by_key.get(key)
        return field.internal_name if field else key

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """A new card."""
        return records.create(call.site, self.owner, _changes(values), call.user.id).id

    def change(self, call: Call, key: int, values: Mapping[str, str]) -> None:
        """Write to a card."""
        records.change(call.site, self.owner, key, _changes(values), call.user.id)

    def delete(self, call: Call, key: int) -> None:
        """Remove a card."""
        records.delete(call.site, self.owner, key)

    def by_ids(self, call: Call, keys: Sequence[int]) -> Mapping[int, Record]:
        """Those that the set has."""
        found, _ = records.find(call.site, self.owner, _column.id.in_(keys), limit=len(keys))
        return {each.id: each for each in found}

    def find(self, call: Call, query: Query, *, offset: int, limit: int) -> tuple[Sequence[Record], int]:
        """A page of the set's cards."""
        where = condition(call.site, self._fields, query)
        return records.find(call.site, self.owner, where, offset=offset, limit=limit)


def _changes(values: Mapping[str, str]) -> records.Changes:
    own = {key: text for key, text in values.items() if key not in (_MAPPED_TYPE, _MAPPED_ID)}
    of_type, key = values.get(_MAPPED_TYPE, ""), values.get(_MAPPED_ID, "")
    if of_type == key == "":
        return records.Changes(values=own)
    is_id = key.isascii() and key.isdigit() and len(key) < 19
    if is_id and of_type == _CONTACT:
        return records.Changes(values=own, contact_id=int(key))
    if is_id and of_type == _COMPANY:
        return records.Changes(values=own, account_id=int(key), is_mapped=False)
    raise Unwritable([error("ValidationIssue", f"{_MAPPED_TYPE} and {_MAPPED_ID} do not name an entity.")])
