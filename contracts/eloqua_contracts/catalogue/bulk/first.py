"""Bulk 1.0, as its clients of 2012 to 2015 knew it (`bulk` 19.3, 20)."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.assets import contact_list
from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, ENTITIES, placed
from eloqua_contracts.bulk.transfer import CONTACT, MARK
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

ACCOUNTS = ENTITIES[1]
ONE = ("1.0",)
ENVELOPE = ["elements", "page", "pageSize", "total"]
_WRITES = [Need.WRITES]
_NEEDS = [Need.WRITES, Need.SYNCS]
_LISTS = (
    *("contact/fields", "contact/filters", "contact/lists", "contact/exports"),
    *("account/fields", "account/filters", "customObjects"),
)
_FIELD = [
    *("name", "internalName", "defaultValue"),
    *("hasReadOnlyConstraint", "hasNotNullConstraint", "hasUniquenessConstraint", "statement"),
]
_RESULT = ["count", "createdAt", "message", "syncUri"]
_FIELDS = {"email": CONTACT["email"], "first": CONTACT["first"], "mark": MARK}


def _import(pod: Pod, **changes: Any) -> dict[str, Any]:
    return {"name": pod.name("import"), "fields": _FIELDS, "identifierFieldName": "email"} | changes


def _elements(body: Any) -> list[dict[str, Any]]:
    """Those of a list, whose envelope has the right form."""
    expect(that=list(body) == ENVELOPE, otherwise=f"the keys are {ENVELOPE}", found=list(body))
    numbers = {type(body[name]) for name in ENVELOPE[1:]}
    expect(that=numbers == {int}, otherwise="page, pageSize and total are numbers", found=body)
    elements: list[dict[str, Any]] = body["elements"]
    return elements


def _declare_list(path: str) -> None:
    def check(pod: Pod) -> None:
        body = pod.bulk("GET", f"/{path}").expect(200).json()

        elements = _elements(body)
        expect(that=body["page"] == 1, otherwise="it is the first page", found=body["page"])
        shown = min(body["total"], body["pageSize"])
        expect(that=len(elements) == shown, otherwise=f"there are {shown}", found=len(elements))

    check.__doc__ = f"In 1.0, {path} is a list of elements, page, pageSize and total."
    word = path.lower().replace("/", "-")
    contract(f"bulk.first.list.{word}", sure=Sure.CLIENT, source="bulk 20.1", versions=ONE)(check)


for _path in _LISTS:
    _declare_list(_path)


@contract("bulk.first.list.pages", sure=Sure.CLIENT, source="bulk 20.1", versions=ONE)
def lists_of_1_0_have_pages(pod: Pod, draw: Draw) -> None:
    """In 1.0 `page` counts from 1 and `pageSize` is how many there are on one: pages put together are the list."""
    whole = _elements(pod.bulk("GET", "/contact/fields").expect(200).json())
    size = draw(st.integers(max(1, len(whole) // 3), len(whole)))

    seen: list[dict[str, Any]] = []
    for number in range(1, -(-len(whole) // size) + 1):
        page: dict[str, Any] = {"page": number, "pageSize": size}
        body = pod.bulk("GET", "/contact/fields", **page).expect(200).json()
        told = (body["page"], body["pageSize"], body["total"])
        expect(that=told == (number, size, len(whole)), otherwise=f"it is page {number} of {size}", found=told)
        seen += _elements(body)

    expect(that=seen == whole, otherwise="together they are the list", found=len(seen))


@contract("bulk.first.fields", sure=Sure.CLIENT, source="bulk 20.2", versions=ONE)
def fields_of_1_0_are_short(pod: Pod) -> None:
    """In 1.0 a field has names, default, constraints and statement."""
    for each in _elements(pod.bulk("GET", "/contact/fields").expect(200).json()):
        wanted = [name for name in _FIELD if name in each or name != "defaultValue"]
        expect(that=list(each) == wanted, otherwise=f"the keys are {wanted}", found=list(each))


@contract("bulk.first.custom-object", sure=Sure.CLIENT, source="bulk 20.2", versions=ONE, needs=_WRITES)
def custom_objects_of_1_0_have_ids(pod: Pod) -> None:
    """In 1.0 a custom object has an id, a singular uri and that of its unique field; its fields are listed below it."""
    pod.version = "2.0"
    place = placed(pod, CUSTOM_OBJECT)
    pod.version = "1.0"
    key = place.ids["parent"]

    body = pod.bulk("GET", "/customObjects", search=f"{pod.prefix}*").expect(200).json()

    (mine,) = [each for each in _elements(body) if str(each["id"]) == key]
    expect(that=mine["uri"] == f"/customObject/{key}", otherwise="the uri is singular", found=mine["uri"])
    unique = mine.get("uniqueFieldUri", "")
    is_below = unique.startswith(f"/customObject/{key}/") and unique.endswith(f"/{place.ids['code']}")
    expect(that=is_below, otherwise="the uri of the unique field is below it", found=unique)
    fields = _elements(pod.bulk("GET", f"/customObject/{key}/fields").expect(200).json())
    statements = {each["statement"] for each in fields}
    missing = set(place.fields.values()) - statements
    expect(that=not missing, otherwise="its fields have the statements of 2.0", found=missing)


@contract("bulk.first.import", sure=Sure.CLIENT, source="bulk 20.1, 20.2", versions=ONE, needs=_WRITES)
def an_import_of_1_0_counts_seconds(pod: Pod, draw: Draw) -> None:
    """In 1.0 an import has a singular uri, and keeps and deletes by seconds, which are numbers."""
    kept, life = draw(st.integers(3600, 1_209_600)), draw(st.integers(3600, 10**6))

    made = pod.defined("/contact/import", _import(pod, secondsToRetainData=kept, secondsToAutoDelete=life))

    expect(that=bool(re.fullmatch(r"/contact/import/\d+", made["uri"])), otherwise="the uri is singular", found=made)
    told = {name: made.get(name) for name in ("secondsToRetainData", "secondsToAutoDelete")}
    wanted = {"secondsToRetainData": kept, "secondsToAutoDelete": life}
    expect(that=told == wanted, otherwise=f"it says {wanted}", found=told)
    others = [name for name in made if "Duration" in name]
    expect(that=not others, otherwise="it has no durations", found=others)


def _declare_definition(word: str, kind: str) -> None:
    def check(pod: Pod) -> None:
        pod.version = "2.0"
        place = placed(pod, CUSTOM_OBJECT if word == "customObject" else ACCOUNTS)
        pod.version = "1.0"
        path = f"/{word}/{place.ids['parent']}/{kind}" if place.ids else f"/{word}/{kind}"
        body: dict[str, Any] = {"name": pod.name(kind), "fields": place.fields}
        body |= {"identifierFieldName": next(iter(place.fields))} if kind == "import" else {}

        made = pod.defined(path, body)

        is_singular = bool(re.fullmatch(rf"{path}/\d+", made["uri"]))
        expect(that=is_singular, otherwise=f"the uri is {path}/ and a number", found=made["uri"])
        expect(that=made["fields"] == place.fields, otherwise="the fields are what was sent", found=made["fields"])
        if kind == "import":
            pod.bulk("POST", f"{made['uri']}/data", [dict.fromkeys(place.fields, "x")]).expect(204)

    check.__doc__ = f"In 1.0 an {kind} of the {word} is made below its singular path, and has such a uri."
    identity = f"bulk.first.{word.lower()}.{kind}"
    contract(identity, sure=Sure.CLIENT, source="bulk 20.1", versions=ONE, needs=_WRITES)(check)


for _word in ("account", "customObject"):
    for _kind in ("import", "export"):
        _declare_definition(_word, _kind)


_NUMBERED = {1: "always", 2: "ifNewIsNotNull", 6: "ifExistingIsNull", 17: "useFieldRule"}


@contract("bulk.first.numbers-for-words", sure=Sure.CLIENT, source="bulk 2, 20.2", versions=ONE, needs=_WRITES)
def enumerations_of_1_0_may_be_numbers(pod: Pod, draw: Draw) -> None:
    """In 1.0 an update rule may be sent as its number, or as its name; it is answered by its name."""
    number, word = draw(st.sampled_from(sorted(_NUMBERED.items())))

    made = pod.defined("/contact/import", _import(pod, updateRule=draw(st.sampled_from([number, str(number), word]))))

    expect(that=made["updateRule"] == word, otherwise=f"it is {word}", found=made["updateRule"])


def _synced(pod: Pod, definition: str) -> Any:
    sync = pod.defined("/sync", {"syncedInstanceUri": definition, "status": "pending"})
    wanted = (definition, "pending")
    told = (sync["syncedInstanceUri"], sync["status"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    is_singular = bool(re.fullmatch(r"/sync/\d+", sync["uri"]))
    expect(that=is_singular, otherwise="the uri is singular", found=sync["uri"])
    return pod.ended(sync["uri"])


def _loaded(pod: Pod, rows: list[dict[str, str]], **changes: Any) -> Any:
    definition = pod.defined("/contact/import", _import(pod, **changes))
    pod.bulk("POST", f"{definition['uri']}/data", rows).expect(204)
    return _synced(pod, definition["uri"])


def _rows(pod: Pod, *firsts: str) -> list[dict[str, str]]:
    mark = pod.name("mark")
    return [{"email": pod.address(), "first": first, "mark": mark} for first in firsts]


def _exported(pod: Pod, chosen: dict[str, Any]) -> list[dict[str, str]]:
    """What an export of 1.0 finds, in the order of the addresses."""
    made = pod.defined("/contact/export", {"name": pod.name("export"), "fields": _FIELDS, "filter": chosen})
    told = made.get("filter")
    expect(that=told == chosen, otherwise="the filter is answered as it was sent", found=told)
    _synced(pod, made["uri"])
    page: dict[str, Any] = {"page": 1, "pageSize": 50_000}
    elements = _elements(pod.bulk("GET", f"{made['uri']}/data", **page).expect(200).json())
    return sorted(elements, key=lambda row: row["email"])


def _marked(mark: str) -> dict[str, str]:
    return {"filterRule": "valueEqualsComparisonValue", "value": MARK, "comparisonValue": mark}


@contract("bulk.first.round-trip", sure=Sure.CLIENT, source="bulk 20.1, 20.3", versions=ONE, needs=_NEEDS)
def rows_go_round_in_1_0(pod: Pod, draw: Draw) -> None:
    """In 1.0 rows are imported by `POST /sync`, and exported by an equal value, from the definition, as elements."""
    rows = _rows(pod, *draw(st.lists(st.sampled_from(["A", "Bé", "", 'c"d', "e,f"]), min_size=1, max_size=4)))

    sync = _loaded(pod, rows)

    expect(that=sync["status"] == "success", otherwise="it is a success", found=sync["status"])
    found = _exported(pod, _marked(rows[0]["mark"]))
    wanted = sorted(rows, key=lambda row: row["email"])
    expect(that=found == wanted, otherwise=f"they are {wanted}", found=found)


@contract("bulk.first.data-pages", sure=Sure.CLIENT, source="bulk 20.1", versions=ONE, needs=_NEEDS)
def rows_of_1_0_have_pages(pod: Pod, draw: Draw) -> None:
    """In 1.0 exported rows come by page and pageSize."""
    rows = _rows(pod, "A", "B", "C")
    _loaded(pod, rows)
    chosen = _marked(rows[0]["mark"])
    made = pod.defined("/contact/export", {"name": pod.name("export"), "fields": _FIELDS, "filter": chosen})
    _synced(pod, made["uri"])
    size, seen = draw(st.integers(1, 3)), []

    for number in range(1, -(-len(rows) // size) + 1):
        page: dict[str, Any] = {"page": number, "pageSize": size}
        body = pod.bulk("GET", f"{made['uri']}/data", **page).expect(200).json()
        seen += [row["first"] for row in _elements(body)]
        told = (body["page"], body["pageSize"], body["total"])
        expect(that=told == (number, size, 3), otherwise=f"it is page {number} of {size}", found=told)

    expect(that=sorted(seen) == ["A", "B", "C"], otherwise="together they are all", found=seen)


@contract("bulk.first.upload-starts-its-sync", sure=Sure.CLIENT, source="bulk 20.1, A5", versions=ONE, needs=_NEEDS)
def an_upload_of_1_0_answers_its_sync(pod: Pod) -> None:
    """In 1.0 an upload to an import that starts its syncs answers the sync, with singular uris."""
    definition = pod.defined("/contact/import", _import(pod, isSyncTriggeredOnImport=True))

    sync = pod.bulk("POST", f"{definition['uri']}/data", _rows(pod, "A")).expect(200, 201).json()

    told = (sync["syncedInstanceUri"], sync["status"])
    expect(that=told == (definition["uri"], "pending"), otherwise="it is a pending sync of it", found=told)
    status = pod.ended(sync["uri"])["status"]
    expect(that=status == "success", otherwise="it is a success", found=status)


@contract("bulk.first.csv", sure=Sure.CLIENT, source="bulk 20.1, A5", versions=ONE, needs=_NEEDS)
def csv_is_uploaded_in_1_0(pod: Pod) -> None:
    """In 1.0 an upload may be CSV."""
    (row,) = _rows(pod, "Ada")
    definition = pod.defined("/contact/import", _import(pod))
    table = f"email,first,mark\r\n{row['email']},Ada,{row['mark']}\r\n".encode()

    path = f"/API/Bulk/1.0{definition['uri']}/data"
    pod.signed("POST", path, table, headers={"content-type": "text/csv"}).expect(204)
    _synced(pod, definition["uri"])

    found = _exported(pod, _marked(row["mark"]))
    expect(that=found == [row], otherwise=f"it is {row}", found=found)


@contract("bulk.first.results", sure=Sure.CLIENT, source="bulk 20.1, 20.2", versions=ONE, needs=_NEEDS)
def results_of_1_0_are_lines(pod: Pod) -> None:
    """In 1.0 the results of a sync are lines of count, time, message and the sync's uri, without code and severity."""
    sync = _loaded(pod, _rows(pod, "A", "B"))

    elements = _elements(pod.bulk("GET", f"{sync['uri']}/results").expect(200).json())

    for each in elements:
        wanted = [name for name in _RESULT if name in each or name != "message"]
        expect(that=list(each) == wanted, otherwise=f"the keys are {wanted}", found=list(each))
        expect(that=each["syncUri"] == sync["uri"], otherwise="it names the sync", found=each["syncUri"])
    counts = {each.get("message"): each["count"] for each in elements}
    processed = counts.get("Total records processed.")
    expect(that=processed == 2, otherwise="two records are processed", found=counts)


_RULES = {
    "valueEqualsComparisonValue": "=",
    "valueDoesNotEqualComparisonValue": "!=",
    "valueGreaterThanComparisonValue": ">",
    "valueGreaterThanOrEqualToComparisonValue": ">=",
    "valueLessThanComparisonValue": "<",
    "valueLessThanOrEqualToComparisonValue": "<=",
}
"""In the order of their numbers, from 5."""


def _declare_rule(rule: str) -> None:
    sign = _RULES[rule]

    def check(pod: Pod) -> None:
        chosen = {"filterRule": rule, "value": "{{Contact.Id}}", "comparisonValue": "7"}
        body = {"name": pod.name("export"), "fields": _FIELDS, "filter": chosen}
        made = pod.defined("/contact/export", body)
        expect(that=made["filter"] == chosen, otherwise="it is answered as it was sent", found=made["filter"])

        number = list(_RULES).index(rule) + 5
        numbered = pod.defined("/contact/export", body | {"filter": chosen | {"filterRule": number}})
        expect(that=numbered["filter"] == chosen, otherwise=f"{number} is the same", found=numbered["filter"])

    check.__doc__ = f"In 1.0 the filter rule {rule} ({sign}) is taken by name and by number, and answered by name."
    word = rule.lower()
    contract(f"bulk.first.filter.{word}", sure=Sure.CLIENT, source="bulk 20.2", versions=ONE, needs=_WRITES)(check)


for _rule in _RULES:
    _declare_rule(_rule)


@contract("bulk.first.filter.newer", sure=Sure.CLIENT, source="bulk 20.2, 20.3", versions=ONE, needs=_NEEDS)
def rules_of_1_0_compare(pod: Pod, draw: Draw) -> None:
    """In 1.0 a filter rule compares a value of contacts with its own: greater is without it, greater or equal with."""
    rule = draw(st.sampled_from(["valueGreaterThanComparisonValue", "valueGreaterThanOrEqualToComparisonValue"]))
    rows = [{"email": pod.address(), "first": first, "mark": pod.name("mark")} for first in ("A", "B")]
    ids = [pod.made("/data/contact", {"emailAddress": row["email"], "salesPerson": row["mark"]})["id"] for row in rows]

    found = _exported(pod, {"filterRule": rule, "value": "{{Contact.Id}}", "comparisonValue": ids[0]})

    mine = {row["email"] for row in rows} & {row["email"] for row in found}
    wanted = {row["email"] for row in (rows if "Equal" in rule else rows[1:])}
    expect(that=mine == wanted, otherwise=f"of ours, they are {wanted}", found=mine)


@contract("bulk.first.members", sure=Sure.CLIENT, source="bulk 20.2, 20.3", versions=ONE, needs=_NEEDS)
def an_import_of_1_0_adds_to_a_list(pod: Pod) -> None:
    """In 1.0 the actions `add` by name and `remove` by number lead to a list, whose members a filter rule finds."""
    key = contact_list(pod)
    place = f"/contact/list/{key}"
    rows = _rows(pod, "A", "B")

    _loaded(pod, rows, syncActions=[{"action": "add", "destinationUri": place}])
    both = _exported(pod, {"filterRule": "member", "membershipUri": place})
    _loaded(pod, rows[:1], syncActions=[{"action": 2, "destinationUri": place}])
    one = _exported(pod, {"filterRule": "member", "membershipUri": place})

    wanted = sorted(rows, key=lambda row: row["email"])
    expect(that=both == wanted, otherwise="both are members", found=both)
    expect(that=one == rows[1:], otherwise="then only the second is", found=one)


@contract("bulk.first.refusal", sure=Sure.CLIENT, source="bulk 19.3", versions=ONE, needs=_WRITES)
def an_unknown_action_of_1_0_is_refused(pod: Pod) -> None:
    """In 1.0 an action that there is none of is refused with a list of one error, which names the words there are."""
    action = {"action": "promote", "destinationUri": "/contact/list/1"}

    body = pod.bulk("POST", "/contact/import", _import(pod, syncActions=[action])).expect(400, 409).json()

    expect(that=isinstance(body, list) and len(body) == 1, otherwise="it is a list of one", found=body)
    told = {name: body[0].get(name) for name in ("type", "parameter", "value")}
    wanted = {"type": "EndpointValidationError", "parameter": "syncActionType", "value": "promote"}
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    requirement = body[0]["requirement"]
    expect(that=requirement["type"] == "EnumRequirement", otherwise="it is an EnumRequirement", found=requirement)
    known = {"add", "remove"} <= set(requirement["values"])
    expect(that=known, otherwise="the words there are are named", found=json.dumps(requirement))
