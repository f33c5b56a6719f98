"""Contacts in SOAP as plain dicts: the internal names of fields and their values, and `Id`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from eloqua_client.calls import Give, Steps
from eloqua_client.failures import Failure
from eloqua_client.soap.operations import Operations

Record = dict[str, Any]
_CONTACT = {"ID": 0, "Name": "Contact", "Type": "Base"}
_MOST = 200
"""Records of a call: the largest page of a query, and what clients send in one batch."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record: Eloqua answers with 200 also where it refused some of them.

    Attributes:
        id: of the record; -1 where none was created.
        errors: why not; `type` is the error code, such as `DuplicateValue`, `rule` the message.
    """

    id: int
    errors: tuple[Failure, ...] = ()

    @property
    def is_ok(self) -> bool:
        """Was it done?"""
        return not self.errors


class ContactRecords:
    """Contacts by the operations on entities, 200 in one call."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def create(self, contacts: Iterable[Mapping[str, Any]]) -> Steps[list[Result]]:
        """Add them; one result each, in their order."""
        return self._changed("Create", contacts, lambda some: ({"DynamicEntity": [_entity(each) for each in some]},))

    def update(self, contacts: Iterable[Mapping[str, Any]]) -> Steps[list[Result]]:
        """Write the fields that are named; each has its `Id`."""
        return self._changed("Update", contacts, lambda some: ({"DynamicEntity": [_entity(each) for each in some]},))

    def delete(self, ids: Iterable[int]) -> Steps[list[Result]]:
        """Remove them; one result each, in their order."""
        return self._changed("Delete", ids, lambda some: (_CONTACT, {"int": some}))

    def retrieve(self, ids: Iterable[int], fields: Iterable[str] | None) -> Steps[list[Record | None]]:
        """Contacts by id, in the order of the ids; None where there is none."""
        wanted = None if fields is None else {"string": list(fields)}
        found: list[Record | None] = []
        for some in _batches(ids):
            answer = yield from self._operations.call("Retrieve", (_CONTACT, {"int": some}, wanted), {})
            found += [_record(each) for each in answer or ()]
        return found

    def query(self, search: str, fields: Iterable[str] | None) -> Steps[None]:
        """Give the contacts that a query finds, page by page."""
        wanted = None if fields is None else {"string": list(fields)}
        page, pages = 1, 1
        while page <= pages:
            answer = yield from self._operations.call("Query", (_CONTACT, search, wanted, page, _MOST), {})
            entities = answer.Entities.DynamicEntity if answer.Entities is not None else ()
            yield Give([_record(each) for each in entities])
            page, pages = page + 1, answer.TotalPages

    def _changed(
        self, operation: str, things: Iterable[Any], members: Callable[[list[Any]], tuple[Any, ...]]
    ) -> Steps[list[Result]]:
        found: list[Result] = []
        for some in _batches(things):
            answer = yield from self._operations.call(operation, members(some), {})
            found += [_result(each) for each in answer or ()]
        return found


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(things)
    return iter(lambda: list(islice(left, _MOST)), [])


def _entity(contact: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [
        {"InternalName": name, "Value": "" if value is None else str(value)}
        for name, value in contact.items()
        if name != "Id"
    ]
    return {
        "EntityType": _CONTACT,
        "FieldValueCollection": {"EntityFields": pairs},
        "Id": int(contact.get("Id", 0)),
    }


def _record(found: Any) -> Record | None:
    """A contact; of an item that is nil zeep makes an entity with nothing in it."""
    if found is None or found.Id is None:
        return None
    pairs = found.FieldValueCollection.EntityFields if found.FieldValueCollection is not None else ()
    return {"Id": found.Id, **{each.InternalName: each.Value or "" for each in pairs}}


def _result(found: Any) -> Result:
    errors = found.Errors.Error if found.Errors is not None else ()
    return Result(found.ID, tuple(Failure(rule=each.Message or "", type=str(each.ErrorCode)) for each in errors))
