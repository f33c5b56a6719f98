"""The operations on entities: describe, create, update, delete, retrieve and query (`soap` 10.1 to 10.4).

Contacts are served; for other entity types the contract has InvalidTypeFault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mock_eloqua.access import gate
from mock_eloqua.access.permissions import DELETE_CONTACT, MANAGE_CONTACTS
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.crm import contacts, labels
from mock_eloqua.crm.errors import Refused
from mock_eloqua.language import query as language
from mock_eloqua.language.errors import LanguageError, SyntaxProblem
from mock_eloqua.language.operands import Operand
from mock_eloqua.soap import contact, faults
from mock_eloqua.soap.contact import Unwritable, error
from mock_eloqua.soap.contract.entities import CREATE, DELETE, UPDATE
from mock_eloqua.soap.contract.faults import BATCH_SIZE_EXCEEDED, INVALID_QUERY, INVALID_TYPE, QUERY_TOO_LARGE
from mock_eloqua.soap.declaration import Operation
from mock_eloqua.web.call import Call

T = TypeVar("T")
Values = dict[str, Any]
"""A complex value by member name, as the wire has it."""

GLOBAL_TYPES = ("Base", "DataCardSet", "Form")
BASE_TYPES = ("Contact", "Company", "Prospect", "Visitor", "ProcessedActivity")
"""[recorded]"""
MOST_PER_PAGE = 200
"""[recorded]"""
LONGEST_QUERY = 20_000
"""Characters [inferred]: the contract has a QueryTooLargeFault, and no client comes near."""

PERMISSIONS: dict[Operation, tuple[str, ...]] = {
    CREATE: (MANAGE_CONTACTS,),
    UPDATE: (MANAGE_CONTACTS,),
    DELETE: (DELETE_CONTACT,),
}
"""What an operation needs besides the right to call the API [inferred: `platform` 3.7]."""


def list_entity_types(call: Call) -> Values:  # noqa: ARG001  as every handler
    """The global types."""
    return {"EntityTypes": GLOBAL_TYPES}


def describe_entity_type(call: Call, global_type: str | None) -> Values:  # noqa: ARG001  as every handler
    """The types of a global type: the base types, and the forms and custom objects there are: none yet."""
    if not global_type:
        raise faults.invalid(globalEntityType=faults.NULL)
    if global_type.lower() not in {each.lower() for each in GLOBAL_TYPES}:
        raise faults.typed(INVALID_TYPE)
    names = BASE_TYPES if global_type.lower() == "base" else ()
    return {"EntityTypes": [{"ID": 0, "Name": name, "Type": "Base"} for name in names]}


def describe_entity(call: Call, entity_type: Values | None) -> Values:
    """The fields of a type."""
    _check_type("entityType", entity_type)
    return {
        "Fields": [each.definition for each in contact.all_fields(call.site).values()],
        "IsCreateable": True,
        "IsDeletable": True,
        "IsQueryable": True,
        "IsRetrievable": True,
        "IsUpdateable": True,
        "Name": None,  # [recorded]
    }


def create(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """Add records; one result each, in their order, ID -1 for a failure [recorded]."""

    def work(entity: Values) -> int:
        return contacts.create(call.site, _changes(call, entity), call.user.id).id

    return _each(call, CREATE, _entities(call, entities), work)


def update(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """Write the given fields of the records with these ids."""

    def work(entity: Values) -> int:
        labels.check(call.site, call.user.id, entity["Id"])
        return contacts.change(call.site, entity["Id"], _changes(call, entity), call.user.id).id

    return _each(call, UPDATE, _entities(call, entities), work)


def delete(call: Call, entity_type: Values | None, ids: list[int] | None) -> list[Values]:
    """Remove the records with these ids."""
    _check_type("entityType", entity_type)
    wanted = _batch(call, "ids", ids)

    def work(entity: Values) -> int:
        labels.check(call.site, call.user.id, entity["Id"])
        contacts.delete(call.site, entity["Id"])
        return int(entity["Id"])

    entities = [{"EntityType": entity_type, "Id": each} for each in wanted]
    return _each(call, DELETE, entities, work)


def retrieve(
    call: Call, entity_type: Values | None, ids: list[int] | None, names: list[str | None] | None
) -> list[Values | None]:
    """The records with these ids, in their order; nil for one that does not exist [recorded], or is hidden."""
    _check_type("entityType", entity_type)
    wanted = _batch(call, "ids", ids)
    found = labels.visible(call.site, call.user.id, contacts.by_ids(call.site, list(dict.fromkeys(wanted))))
    chosen = contact.chosen(call.site, names)
    return [contact.shown(call.site, found[each], chosen) if each in found else None for each in wanted]


def query(
    call: Call, entity_type: Values | None, text: str | None, names: list[str | None] | None, page: int, size: int
) -> Values:
    """A page of the records that fulfil a query."""
    if len(text or "") > LONGEST_QUERY:
        raise faults.typed(QUERY_TOO_LARGE)
    parsed = _checked_query(entity_type, text, page, size)
    _check_type("eloquaType", entity_type)
    site = call.site

    def resolve(name: str) -> Operand | None:
        field = contact.all_fields(site).get(name.lower())
        return field.operand(site) if field else None

    try:
        where = language.to_sql(parsed, resolve) & labels.seen_by(site, call.user.id)
    except LanguageError as problem:
        call.refused = str(problem)
        raise faults.typed(INVALID_QUERY) from problem
    found, total = contacts.find(site, where, offset=(page - 1) * size, limit=size)
    chosen = contact.chosen(site, names)
    return {
        "Entities": [contact.shown(site, each, chosen) for each in found],
        "TotalPages": -(-total // size),
        "TotalRecords": total,
    }


def _checked_query(entity_type: Values | None, text: str | None, page: int, size: int) -> language.Query:
    """All that is wrong with the parameters of a query is told at once [recorded]."""
    wrong = {}
    if entity_type is None:
        wrong["eloquaType"] = faults.NULL
    try:
        parsed = language.parse(text or "")
    except SyntaxProblem:
        wrong["searchQuery"] = faults.BAD_QUERY
    if page < 1:
        wrong["pageNumber"] = faults.out_of_range(-1)
    if not 1 <= size <= MOST_PER_PAGE:
        wrong["pageSize"] = faults.out_of_range(MOST_PER_PAGE)
    if wrong:
        raise faults.invalid(**wrong)
    return parsed


def _check_type(parameter: str, entity_type: Values | None) -> None:
    if entity_type is None:
        raise faults.invalid(**{parameter: faults.NULL})
    if (entity_type["Type"] or "").lower() != "base" or (entity_type["Name"] or "").lower() != "contact":
        raise faults.typed(INVALID_TYPE)


def _entities(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """The records of a batch, each of a type that is served."""
    found = []
    for entity in _batch(call, "entities", entities):
        if entity is None:
            raise faults.invalid(entities=faults.NULL)
        _check_type("entities", entity["EntityType"])
        found.append(entity)
    return found


def _batch(call: Call, parameter: str, items: list[T] | None) -> list[T]:
    """The items of a call that takes so many at most."""
    if items is None:
        raise faults.invalid(**{parameter: faults.NULL})
    if len(items) > call.site.settings.soap_max_batch_size:
        raise faults.typed(BATCH_SIZE_EXCEEDED)
    return items


def _changes(call: Call, entity: Values) -> contacts.Changes:
    return contact.changes(call.site, entity["FieldValueCollection"] or ())


def _each(call: Call, operation: Operation, entities: Sequence[Values], work: Callable[[Values], int]) -> list[Values]:
    """Do something to each record: one fails, the others go on [recorded]. All in one write."""
    if (verdict := gate.permitted(call.user, PERMISSIONS[operation])) is not ALLOWED:
        call.refused = str(verdict)
        outcomes = [_unauthorized(operation)] * len(entities)
    else:
        with call.site.database.writing():
            outcomes = [_outcome(call, operation, each, work) for each in entities]
    return [
        {"EntityType": entity["EntityType"], "Errors": errors, "ID": key, "Success": not errors}
        for entity, (key, errors) in zip(entities, outcomes, strict=True)
    ]


Outcome = tuple[int, list[dict[str, str]]]
"""The id that a result shows, and its errors."""


def _unauthorized(operation: Operation) -> Outcome:
    """ID 0 [recorded for a delete]; -1 is how every failed create is told [client]."""
    message = f"You are not authorized to {operation.name.lower()} contacts."
    return -1 if operation is CREATE else 0, [error("UnauthorizedAction", message)]


def _outcome(call: Call, operation: Operation, entity: Values, work: Callable[[Values], int]) -> Outcome:
    failed = -1 if operation is CREATE else entity["Id"]
    try:
        return work(entity), []
    except Unwritable as refused:
        return failed, refused.errors
    except Refused as refused:
        return failed, contact.errors_of(call.site, refused)
