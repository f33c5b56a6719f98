"""What a definition must fulfil (`bulk` 4.6). The texts of known constraints are exact, the others ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mock_eloqua.access.limits import EXPORT_FIELDS, FILTER_LENGTH, IMPORT_FIELDS, RETENTION, SYNC_ACTIONS
from mock_eloqua.access.thresholds import UNLIMITED
from mock_eloqua.clock import DAY
from mock_eloqua.crm.transfer import actions, durations, filters, priorities, statements
from mock_eloqua.crm.transfer.draft import Draft, Rule
from mock_eloqua.crm.transfer.entity import Entity, Use
from mock_eloqua.crm.transfer.errors import NOT_IN_WORKFLOW, Broken
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, SYNC_ACTION
from mock_eloqua.language.errors import LanguageError
from mock_eloqua.site import Site

LONGEST_NAME = 100
LONGEST_KEY = 250
MOST_FIELDS = {IMPORT: IMPORT_FIELDS, EXPORT: EXPORT_FIELDS}
UPDATE_RULES = ("always", "ifNewIsNotNull", "ifExistingIsNull", "useFieldRule")
IMPORT_RULES = ("createAndUpdate", "updateOnly", "createOnly")

TEXT = "Must be a string value, at least 1 character and at most 100 characters long."
"""[client]"""


def check(site: Site, entity: Entity, kind: str, properties: Mapping[str, Any]) -> tuple[list[Broken], set[Use]]:
    """The rules that typed properties break, and what the definition uses."""
    draft = Draft(site, entity, kind, properties)
    rules = (*_RULES[kind], *entity.rules.get(kind, ()))
    return [broken for rule in rules for broken in rule(draft)], draft.uses


def broken_actions(
    site: Site, entity: Entity, given: Iterable[Mapping[str, Any]], uses: set[Use] | None = None
) -> Iterator[Broken]:
    """The rules that sync actions break; what they use is added to *uses*."""
    for each in given:
        try:
            step = actions.step(site, entity, each)
        except actions.Unknown as unknown:
            yield unknown.broken
            continue
        if uses is not None and step.destination.uses:
            uses.add((step.destination.uses, step.target))


def _name(draft: Draft) -> Iterator[Broken]:
    name = draft.properties.get("name")
    if name is None or not 1 <= len(name) <= LONGEST_NAME or "\0" in name:
        yield Broken("name", TEXT, name)


def _fields(draft: Draft) -> Iterator[Broken]:
    given = draft.fields
    if draft.kind == SYNC_ACTION and len(given) != 1:
        yield Broken("fields", "Must have exactly 1 field.")
        return
    threshold = MOST_FIELDS.get(draft.kind)
    if not given or (threshold and not draft.site.thresholds.allows(threshold, len(given))):
        most = draft.site.thresholds.most(MOST_FIELDS[draft.kind])
        span = "at least 1" if most == UNLIMITED else f"at least 1 and at most {most}"
        yield Broken("fields", f"Must have {span} fields.")
        return
    for key, statement in given.items():
        attribute = statements.attribute(draft.site, draft.entity, statement)
        if not key.strip() or len(key) > LONGEST_KEY or "\0" in key:
            yield Broken("fields", f"Must have a name of 1 to {LONGEST_KEY} characters for every field.", key)
        elif attribute is None:
            yield Broken("fields", f"Must refer to an existing {draft.entity.noun} field.", statement)
        elif attribute.uses:
            draft.uses.add(attribute.uses)
    # Columns of uploads are told without case; clients export `CreatedAt` and a `createdAt` of their own [client].
    if draft.kind == IMPORT and len({key.strip().lower() for key in given}) < len(given):
        yield Broken("fields", "Must have names that differ in more than case and blanks around them.")


def _durations(draft: Draft) -> Iterator[Broken]:
    kept = draft.properties.get("dataRetentionDuration")
    if kept is not None and not _can_be_kept(draft, _length(kept) or 0):
        most = draft.site.thresholds.most(RETENTION)
        span = "of at least PT1H" if most == UNLIMITED else f"from PT1H to P{most}D"
        yield Broken("dataRetentionDuration", f"Must be an ISO 8601 duration {span}.", kept)
    life = draft.properties.get("autoDeleteDuration")
    if life is not None and (_length(life) or 0) < durations.HOUR:
        yield Broken("autoDeleteDuration", "Must be an ISO 8601 duration of at least PT1H.", life)


def _can_be_kept(draft: Draft, milliseconds: int) -> bool:
    return milliseconds >= durations.HOUR and draft.site.thresholds.allows(RETENTION, -(-milliseconds // DAY))


def _length(duration: str) -> int | None:
    try:
        return durations.milliseconds(duration)
    except ValueError:
        return None


def _sync_actions(draft: Draft) -> Iterator[Broken]:
    given = draft.properties.get("syncActions", [])
    if given and not draft.site.thresholds.allows(SYNC_ACTIONS, len(given)):
        yield Broken("syncActions", f"Must have at most {draft.site.thresholds.most(SYNC_ACTIONS)} sync actions.")
        return
    if not given and draft.kind == SYNC_ACTION:
        yield Broken("syncActions", "Must have at least 1 sync action.")
    yield from broken_actions(draft.site, draft.entity, given, draft.uses)


def _identifier(draft: Draft) -> Iterator[Broken]:
    key = draft.properties.get("identifierFieldName")
    given = draft.fields
    if not draft.entity.identifies and draft.kind == IMPORT:
        return
    if key is None or not 1 <= len(key) <= LONGEST_NAME:
        yield Broken("identifierFieldName", TEXT, key)
    elif key not in given:
        constraint = f"identifierFieldName {key} must be contained within Fields, if specified."
        yield Broken("identifierFieldName", constraint, key)
    elif (attribute := draft.attribute(key)) is not None and not attribute.identifies:
        yield Broken("identifierFieldName", "Must not be a date, a large text or a boolean field.", key)


def _writable(draft: Draft) -> Iterator[Broken]:
    identifier = draft.properties.get("identifierFieldName")
    for key, statement in draft.fields.items():
        attribute = draft.attribute(key)
        if attribute is not None and not attribute.writable and key != identifier:
            yield Broken("fields", "Must not be a read-only field.", statement)


def _several_matches(draft: Draft) -> Iterator[Broken]:
    records = draft.entity.records
    if records is None or not draft.properties["isUpdatingMultipleMatchedRecords"]:
        return
    for key in draft.fields:
        attribute = draft.attribute(key)
        changes_it = attribute is not None and attribute.slot == records.unique_slot
        if changes_it and key != draft.properties.get("identifierFieldName"):
            constraint = "Must be false when the import changes C_EmailAddress."
            yield Broken("isUpdatingMultipleMatchedRecords", constraint, "true")


def _rules(draft: Draft) -> Iterator[Broken]:
    words = {"updateRule": UPDATE_RULES, "importRule": IMPORT_RULES}
    for name, known in words.items():
        rule = draft.properties.get(name)
        if rule is not None and rule not in known:
            yield Broken(name, f"Must be one of {', '.join(known)}.", rule)
    by_field = draft.properties.get("updateRuleByField", {})
    for key, rule in by_field.items():
        if key not in draft.fields:
            yield Broken("updateRuleByField", "Must name fields of the definition.", key)
        elif rule not in UPDATE_RULES:
            yield Broken("updateRuleByField", f"Must be one of {', '.join(UPDATE_RULES)}.", rule)


def _filter(draft: Draft) -> Iterator[Broken]:
    text = draft.properties.get("filter")
    if text is None:
        return
    if not draft.site.thresholds.allows(FILTER_LENGTH, len(text)):
        yield Broken("filter", f"Must be at most {draft.site.thresholds.most(FILTER_LENGTH)} characters long.", text)
        return
    try:
        names = filters.names(draft.site, draft.entity, text)
    except filters.NotInWorkflow:
        yield Broken("filter", NOT_IN_WORKFLOW, text)
        return
    except LanguageError as error:
        yield Broken("filter", f"Must be a filter: {error}.", text)
        return
    if names.memberships > 1 or names.standings > 1:
        yield Broken("filter", f"Must have at most one {'EXISTS' if names.memberships > 1 else 'STATUS'}.", text)
    draft.uses.update(names.uses)


def _max_records(draft: Draft) -> Iterator[Broken]:
    most = draft.properties.get("maxRecords")
    if most is not None and most < 1:
        yield Broken("maxRecords", "Must be a number from 1.", str(most))


_RULES: Mapping[str, tuple[Rule, ...]] = {
    IMPORT: (
        _name,
        _fields,
        _durations,
        _sync_actions,
        _identifier,
        _writable,
        _several_matches,
        _rules,
        priorities.exists,
    ),
    EXPORT: (_name, _fields, _durations, _sync_actions, _filter, _max_records),
    SYNC_ACTION: (_name, _fields, _durations, _sync_actions, _identifier),
}
"""By kind of definition."""
