"""Bulk 1.0 in the words of 2.0, and back: uris, durations, filters, sync actions, enumerations (`bulk` 20).

Nothing is kept in the form of 1.0: a definition made through one version is shown by the other in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm.transfer import durations
from mock_eloqua.crm.transfer.errors import BadRequest, Broken
from mock_eloqua.language import filter as language
from mock_eloqua.language import literals
from mock_eloqua.language.comparison import Comparison
from mock_eloqua.language.errors import LanguageError

UPDATE_RULES = {"0": "always", "1": "always", "2": "ifNewIsNotNull", "6": "ifExistingIsNull", "17": "useFieldRule"}
"""The numbers that clients send [client]."""
_ACTIONS = {
    "add": ("add", ""),
    "remove": ("remove", ""),
    "subscribe": ("setStatus", "subscribed"),
    "unsubscribe": ("setStatus", "unsubscribed"),
    "markactive": ("setStatus", "active"),
    "markcomplete": ("setStatus", "complete"),
}
ACTION_WORDS = ("add", "remove", "subscribe", "unsubscribe", "markActive", "markComplete")
FILTER_RULES = (
    "member",
    "pendingMember",
    "activeMember",
    "subscribedMember",
    "unsubscribedMember",
    "valueEqualsComparisonValue",
    "valueDoesNotEqualComparisonValue",
    "valueGreaterThanComparisonValue",
    "valueGreaterThanOrEqualToComparisonValue",
    "valueLessThanComparisonValue",
    "valueLessThanOrEqualToComparisonValue",
)
"""In the order of their numbers [client]."""
_OPERATORS = dict(zip(FILTER_RULES[5:], ("=", "!=", ">", ">=", "<", "<="), strict=True))
_PLACES = {
    "contact/list": "ContactList",
    "contact/segment": "ContactSegment",
    "contact/filter": "ContactFilter",
    "account/list": "AccountList",
    "email/group": "EmailGroup",
}
"""Where members can be: path of 1.0 to the noun of a statement."""
_SINGULAR = (
    ("contacts/imports", "contact/import"),
    ("contacts/exports", "contact/export"),
    ("accounts/imports", "account/import"),
    ("accounts/exports", "account/export"),
    ("contacts/lists", "contact/list"),
    ("contacts/segments", "contact/segment"),
    ("contacts/filters", "contact/filter"),
    ("emailGroups", "email/group"),
    ("imports/priorities", "import/priority"),
    ("syncs", "sync"),
)
_OF_OBJECT = re.compile(r"customObjects?/(\d+)(?:/(imports?|exports?|fields))?(?:/(\d+))?", re.IGNORECASE)


def uri(two: str) -> str:
    """`/contacts/imports/350` as 1.0 writes it: `/contact/import/350` [client]."""
    path = two.strip("/")
    found = _OF_OBJECT.fullmatch(path)
    if found:
        kind = found[2].removesuffix("s") if found[2] and found[2] != "fields" else "field"
        return "/" + "/".join(filter(None, ("customObject", found[1], kind if found[2] else "", found[3] or "")))
    stem, _, key = path.rpartition("/")
    return f"/{dict(_SINGULAR).get(stem, stem)}/{key}"


def second_uri(one: str) -> str:
    """The other way, in any case; a uri of another form stays as it is."""
    path = re.sub("/+", "/", one).strip("/")
    found = _OF_OBJECT.fullmatch(path)
    if found and found[2] and found[3]:
        return f"/customObjects/{found[1]}/{found[2].lower().removesuffix('s')}s/{found[3]}"
    stem, _, key = path.rpartition("/")
    plural = {singular: two for two, singular in _SINGULAR}.get(stem.lower())
    return f"/{plural}/{key}" if plural else one


def definition(given: Mapping[str, Any]) -> dict[str, Any]:
    """A definition of 1.0 in the words of 2.0.

    Raises:
        BadRequest: a duration, an action, a rule or a filter says nothing.
    """
    found = {key.lower(): value for key, value in given.items() if value is not None}
    said = {key: value for key, value in found.items() if key not in _TRANSLATED}
    if "secondstoretaindata" in found:
        said["dataRetentionDuration"] = _duration("secondsToRetainData", found["secondstoretaindata"])
    if "secondstoautodelete" in found:
        said["autoDeleteDuration"] = _duration("secondsToAutoDelete", found["secondstoautodelete"])
    if "updaterule" in found:
        said["updateRule"] = UPDATE_RULES.get(str(found["updaterule"]), found["updaterule"])
    if "importpriorityuri" in found:
        said["importPriorityUri"] = second_uri(str(found["importpriorityuri"]))
    if "syncactions" in found:
        actions = found["syncactions"]
        said["syncActions"] = [_action(each) for each in (actions if isinstance(actions, list) else [actions])]
    if "filter" in found:
        said["filter"] = _filter(found["filter"])
    return said


_TRANSLATED = frozenset({
    "secondstoretaindata",
    "secondstoautodelete",
    "updaterule",
    "importpriorityuri",
    "syncactions",
    "filter",
    "dataretentionduration",
    "autodeleteduration",
})  # fmt: skip


def _duration(name: str, value: Any) -> str:
    seconds = literals.integer(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if seconds is None or not 0 < seconds < 10**9:
        raise BadRequest(Broken(name, "Must be a number of seconds.", str(value)))
    return f"PT{seconds}S"


def _action(given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise BadRequest(Broken("syncActions", "Must be a list of sync actions."))
    found = {str(key).lower(): value for key, value in given.items()}
    word = str(found.get("action", "add"))
    numbered = dict(zip("123456", ACTION_WORDS, strict=True)).get(word, word)
    action, status = _ACTIONS.get(numbered.lower(), (None, ""))
    if action is None:
        raise BadRequest(Broken("syncActionType", f"Must be one of {', '.join(ACTION_WORDS)}.", word))
    destination = str(found.get("destinationuri", ""))
    said = {"action": action, "destination": _statement(destination) or destination}
    return said | ({"status": status} if status else {})


def _statement(place: str) -> str | None:
    """`/contact/list/118` as a statement; None when it is no such place."""
    stem, _, key = place.strip().strip("/").rpartition("/")
    noun = _PLACES.get(stem.lower())
    return f"{{{{{noun}[{key}]}}}}" if noun and key.isascii() and key.isdigit() else None


def _filter(given: Any) -> str:
    if not isinstance(given, Mapping):
        raise BadRequest(Broken("filter", "Must be an object with a filterRule."))
    found = {str(key).lower(): value for key, value in given.items() if value is not None}
    word = str(found.get("filterrule", ""))
    rule = FILTER_RULES[int(word)] if word.isascii() and word.isdigit() and int(word) < len(FILTER_RULES) else word
    rule = {each.lower(): each for each in FILTER_RULES}.get(rule.lower(), rule)
    if rule in _OPERATORS:
        left, right = (str(found.get(name, "")).replace("'", "''") for name in ("value", "comparisonvalue"))
        return f"'{left}' {_OPERATORS[rule]} '{right}'"
    place = str(found.get("membershipuri", ""))
    if rule != "member":
        raise BadRequest(Broken("filterRule", f"Must be member or one of {', '.join(FILTER_RULES[5:])}.", word))
    statement = _statement(place)
    if statement is None:
        raise BadRequest(Broken("membershipUri", "Must be a list, a segment or a filter.", place))
    return f"EXISTS('{statement}')"


def shown(two: Mapping[str, Any]) -> dict[str, Any]:
    """A definition of 2.0 in the words of 1.0; a filter that those cannot say is left out."""
    words = {
        "fields": lambda value: {"fields": value},
        "dataRetentionDuration": lambda value: {"secondsToRetainData": durations.milliseconds(value) // 1000},
        "autoDeleteDuration": lambda value: {"secondsToAutoDelete": durations.milliseconds(value) // 1000},
        "importPriorityUri": lambda value: {"importPriorityUri": uri(value)},
        "uri": lambda value: {"uri": uri(value)},
        "filter": _shown_filter,
        "syncActions": lambda value: {"syncActions": [_shown_action(each) for each in value]},
    }
    return {
        key: inner
        for name, value in two.items()
        for key, inner in words.get(name, lambda kept, name=name: {name: kept})(value).items()
    }


def _shown_action(action: Mapping[str, Any]) -> dict[str, Any]:
    said = (action.get("action", "add"), action.get("status", ""))
    word = next((each for each in ACTION_WORDS if _ACTIONS[each.lower()] == said), said[0])
    return {"action": word, "destinationUri": _place(action.get("destination", ""))}


def _place(statement: str) -> str:
    found = re.fullmatch(r"{{(\w+)\[(\d+)\]}}", statement.strip())
    paths = {noun.lower(): path for path, noun in _PLACES.items()}
    return f"/{paths[found[1].lower()]}/{found[2]}" if found and found[1].lower() in paths else statement


def _shown_filter(text: str) -> dict[str, Any]:
    try:
        node = language.parse(text)
    except LanguageError:
        return {}
    if isinstance(node, language.Exists):
        return {"filter": {"filterRule": "member", "membershipUri": _place(node.statement)}}
    rules = {operator: rule for rule, operator in _OPERATORS.items()}
    if isinstance(node, Comparison) and node.operator in rules:
        rule = {"filterRule": rules[node.operator], "value": node.name, "comparisonValue": node.value}
        return {"filter": rule}
    return {}
