"""The properties of definitions on the wire: their order, and how each value is read (`bulk` 2, 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_eloqua.crm.transfer import actions as sync_actions
from mock_eloqua.crm.transfer.errors import BadRequest, Broken
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, SYNC_ACTION
from mock_eloqua.crm.transfer.record_mapping import ENTITY_TYPES
from mock_eloqua.crm.transfer.validation import IMPORT_RULES, UPDATE_RULES
from mock_eloqua.language import literals

_LARGEST = 2**31 - 1


class WrongForm(ValueError):
    """A JSON value of another form than its property; the text is the rule."""


def text(value: Any) -> str:
    """A string; numbers and booleans stand for their text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise WrongForm("Must be a string value.")
    if "\0" in str(value):
        raise WrongForm("Must not contain NUL characters.")
    return str(value)


def word(*known: str) -> Callable[[Any], str]:
    """A word in any case [inferred]; the engine turns unknown ones down."""
    spelled = {each.lower(): each for each in known}

    def read(value: Any) -> str:
        given = text(value)
        return spelled.get(given.strip().lower(), given)

    return read


def flag(value: Any) -> bool:
    """True or false, also as text [client]."""
    if isinstance(value, bool):
        return value
    given = str(value).strip().lower() if isinstance(value, str | int) else ""
    if given not in ("true", "false", "1", "0"):
        raise WrongForm("Must be true or false.")
    return given in ("true", "1")


def number(value: Any) -> int:
    """A whole number, also as text [client]."""
    whole = literals.integer(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if whole is None or abs(whole) > _LARGEST:
        raise WrongForm("Must be a whole number.")
    return whole


def texts(value: Any) -> dict[str, str]:
    """An object of strings."""
    if not isinstance(value, Mapping):
        raise WrongForm("Must be an object of names and strings.")
    return {text(key): text(each) for key, each in value.items()}


def actions(value: Any) -> list[dict[str, Any]]:
    """A list of sync actions; a single one may come without its list [client]."""
    given = value if isinstance(value, list) else [value]
    return [_action(each) for each in given]


def _action(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise WrongForm("Must be a list of sync actions.")
    found = {str(key).lower(): each for key, each in value.items() if each is not None}
    return {name: read(found[name.lower()]) for name, read in _ACTION.items() if name.lower() in found}


_ACTION: dict[str, Callable[[Any], Any]] = {
    "action": word(*sync_actions.WORDS),
    "destination": text,
    "status": word(*sync_actions.STATUSES),
    "updateAll": flag,
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property that callers may set."""

    name: str
    read: Callable[[Any], Any]


_COMMON = (Property("dataRetentionDuration", text), Property("autoDeleteDuration", text))

PROPERTIES: dict[str, tuple[Property, ...]] = {
    IMPORT: (
        Property("name", text),
        Property("fields", texts),
        Property("identifierFieldName", text),
        Property("updateRule", word(*UPDATE_RULES)),
        Property("updateRuleByField", texts),
        Property("importRule", word(*IMPORT_RULES)),
        Property("nullIdentifierFieldName", flag),
        Property("importPriorityUri", text),
        Property("syncActions", actions),
        Property("isSyncTriggeredOnImport", flag),
        *_COMMON,
        Property("isUpdatingMultipleMatchedRecords", flag),
        Property("externalSystemId", number),
    ),
    EXPORT: (
        Property("name", text),
        Property("fields", texts),
        Property("filter", text),
        Property("maxRecords", number),
        Property("areSystemTimestampsInUTC", flag),
        Property("syncActions", actions),
        *_COMMON,
        Property("crmAccountIdField", text),
        Property("productIdField", text),
        Property("externalSystemId", number),
    ),
    SYNC_ACTION: (
        Property("name", text),
        Property("fields", texts),
        Property("identifierFieldName", text),
        Property("syncActions", actions),
        Property("isSyncTriggeredOnImport", flag),
        Property("autoDeleteDuration", text),
    ),
}
"""By kind of definition, in the order in which answers show them [recorded for the common ones]."""


_MAPPING = (
    Property("mapDataCards", flag),
    Property("mapDataCardsEntityField", text),
    Property("mapDataCardsSourceField", text),
    Property("mapDataCardsEntityType", word(*ENTITY_TYPES)),
    Property("mapDataCardsCaseSensitiveMatch", flag),
)
_OF_FAMILIES: dict[str, dict[str, tuple[Property, ...]]] = {
    "customObjects": {IMPORT: _MAPPING},
    "events": {IMPORT: _MAPPING},
    "accounts": {IMPORT: (Property("linkUsers", flag),)},
    "campaignResponses": {
        IMPORT: (Property("serviceInstanceId", text),),
        EXPORT: (Property("serviceInstanceId", text),),
    },
    "opportunities": {IMPORT: (Property("isIdentifierFieldCaseSensitive", flag),)},
    "opportunities/contacts": {
        IMPORT: (
            Property("linkOpportunitiesEntityType", word("Contact", "Account")),
            Property("linkOpportunitiesMatchFieldName", text),
            Property("linkOpportunitiesSourceField", text),
            Property("linkOpportunitiesMultipleSourceMatches", flag),
            Property("linkOpportunitiesCaseSensitiveMatchField", flag),
            Property("linkOpportunitiesCaseSensitiveSourceField", flag),
        )
    },
}
"""By family and kind, what its definitions have besides (`bulk` 4.4)."""


def of(family: str, kind: str) -> tuple[Property, ...]:
    """The properties that callers may set, in the order of answers."""
    return (*PROPERTIES[kind], *_OF_FAMILIES.get(family, {}).get(kind, ()))


def typed(family: str, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A definition as it came, by documented names; nulls and unknown properties left out.

    Raises:
        BadRequest: values have another form than their property.
    """
    found = {key.lower(): value for key, value in given.items() if value is not None}
    values: dict[str, Any] = {}
    failures = []
    for each in of(family, kind):
        if each.name.lower() in found:
            value = found[each.name.lower()]
            try:
                values[each.name] = each.read(value)
            except WrongForm as wrong:
                failures.append(Broken(each.name, str(wrong), value if isinstance(value, str) else None))
    if failures:
        raise BadRequest(*failures)
    return values
