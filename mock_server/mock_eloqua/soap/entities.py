"""The operations on entities: describe, create, update, delete, retrieve and query (`soap` 10.1 to 10.4)."""

from __future__ import annotations

from mock_eloqua.access import gate
from mock_eloqua.access.limits import SOAP_PAGE, SOAP_QUERY
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.language import query as language
from mock_eloqua.language.errors import LanguageError, SyntaxProblem
from mock_eloqua.site import Site
from mock_eloqua.soap import entity_types, faults, form_submission, record_fields, results
from mock_eloqua.soap.contract.faults import INVALID_QUERY, OPERATION_TIME_INTERVAL, QUERY_TOO_LARGE
from mock_eloqua.soap.entity_types import Stored
from mock_eloqua.soap.form_submission import FormSubmissions
from mock_eloqua.soap.results import Action, Values
from mock_eloqua.web.call import Call

LONGEST_QUERY = 20_000
"""Characters [inferred]: the contract has a QueryTooLargeFault, and no client comes near."""


def list_entity_types(call: Call) -> Values:  # noqa: ARG001  as every handler
    """The global types."""
    return {"EntityTypes": entity_types.GLOBAL}


def describe_entity_type(call: Call, global_type: str | None) -> Values:
    """The types of a global type."""
    if not global_type:
        raise faults.invalid(globalEntityType=faults.NULL)
    return {"EntityTypes": entity_types.listed(call.site, global_type)}


def describe_entity(call: Call, entity_type: Values | None) -> Values:
    """The fields of a type. Form submissions are only created [inferred]."""
    kind = entity_types.of(call, "entityType", entity_type)
    is_stored = not isinstance(kind, FormSubmissions)
    return {
        "Fields": [each.definition for each in kind.fields(call.site).values()],
        "IsCreateable": True,
        "IsDeletable": is_stored,
        "IsQueryable": is_stored,
        "IsRetrievable": is_stored,
        "IsUpdateable": is_stored,
        "Name": None,  # [recorded]
    }


def create(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """Add records; one result each, in their order, ID -1 for a failure [recorded]."""
    given = _entities(call, entities)
    kinds = entity_types.of_each(call, given)

    def work(kind: Stored | FormSubmissions, entity: Values) -> int:
        return kind.create(call, _changes(call, kind, entity))

    outcomes = results.outcomes(call, Action.CREATE, list(zip(kinds, given, strict=True)), work)
    sent_in = [
        key
        for kind, (key, errors) in zip(kinds, outcomes, strict=True)
        if isinstance(kind, FormSubmissions) and not errors
    ]
    form_submission.process(call.site, sent_in)
    return _results(given, outcomes)


def update(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """Write the given fields of the records with these ids."""
    given = _entities(call, entities)
    kinds = list(map(entity_types.readable, entity_types.of_each(call, given)))

    def work(kind: Stored, entity: Values) -> int:
        kind.change(call, entity["Id"], _changes(call, kind, entity))
        return int(entity["Id"])

    return _results(given, results.outcomes(call, Action.UPDATE, list(zip(kinds, given, strict=True)), work))


def delete(call: Call, entity_type: Values | None, ids: list[int] | None) -> list[Values]:
    """Remove the records with these ids."""
    kind = entity_types.stored(call, "entityType", entity_type)
    given: list[Values] = [{"EntityType": entity_type, "Id": each} for each in results.batch(call, "ids", ids)]

    def work(kind: Stored, entity: Values) -> int:
        kind.delete(call, entity["Id"])
        return int(entity["Id"])

    return _results(given, results.outcomes(call, Action.DELETE, [(kind, each) for each in given], work))


def retrieve(
    call: Call, entity_type: Values | None, ids: list[int] | None, names: list[str | None] | None
) -> list[Values | None]:
    """The records with these ids, in their order; nil for one that does not exist [recorded], or is hidden."""
    kind = entity_types.stored(call, "entityType", entity_type)
    wanted = results.batch(call, "ids", ids)
    found = kind.by_ids(call, list(dict.fromkeys(wanted)))
    chosen = record_fields.chosen(kind.fields(call.site), names)
    return [entity_types.shown(call.site, kind, found[each], chosen) if each in found else None for each in wanted]


def query(
    call: Call, entity_type: Values | None, text: str | None, names: list[str | None] | None, page: int, size: int
) -> Values:
    """A page of the records that fulfil a query."""
    if len(text or "") > LONGEST_QUERY:
        raise faults.typed(QUERY_TOO_LARGE)
    parsed = _checked_query(call.site, entity_type, text, page, size)
    kind = entity_types.stored(call, "eloquaType", entity_type)
    if gate.counted(call.site, call.user, (SOAP_QUERY,)) is not ALLOWED:
        call.refused = f"over {SOAP_QUERY.name}"
        raise faults.typed(OPERATION_TIME_INTERVAL)
    try:
        found, total = kind.find(call, parsed, offset=(page - 1) * size, limit=size)
    except LanguageError as problem:
        call.refused = str(problem)
        raise faults.typed(INVALID_QUERY) from problem
    chosen = record_fields.chosen(kind.fields(call.site), names)
    return {
        "Entities": [entity_types.shown(call.site, kind, each, chosen) for each in found],
        "TotalPages": -(-total // size),
        "TotalRecords": total,
    }


def _checked_query(site: Site, entity_type: Values | None, text: str | None, page: int, size: int) -> language.Query:
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
    if size < 1 or not site.thresholds.allows(SOAP_PAGE, size):
        wrong["pageSize"] = faults.out_of_range(site.thresholds.most(SOAP_PAGE))
    if wrong:
        raise faults.invalid(**wrong)
    return parsed


def _entities(call: Call, entities: list[Values | None] | None) -> list[Values]:
    """The records of a batch, none of them nil."""
    found = [each for each in results.batch(call, "entities", entities) if each is not None]
    if len(found) != len(entities or ()):
        raise faults.invalid(entities=faults.NULL)
    return found


def _changes(call: Call, kind: Stored | FormSubmissions, entity: Values) -> dict[str, str]:
    return record_fields.changes(call.site, kind.fields(call.site), entity["FieldValueCollection"])


def _results(entities: list[Values], outcomes: list[tuple[int, list[Values]]]) -> list[Values]:
    return [
        {"EntityType": entity["EntityType"], "Errors": errors, "ID": key, "Success": not errors}
        for entity, (key, errors) in zip(entities, outcomes, strict=True)
    ]
