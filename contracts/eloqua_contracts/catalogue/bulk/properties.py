"""Each property of a definition is kept, answered and read again (`bulk` 4.1 to 4.4, 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.entities import (
    CUSTOM_OBJECT,
    ENTITIES,
    EVENT,
    EXPORTS,
    IMPORTS,
    SYNC_ACTIONS,
    Entity,
    definition,
    placed,
)
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod, Unavailable
from eloqua_contracts.strategies import flags

CONTACTS, ACCOUNTS, OPPORTUNITIES = ENTITIES[0], ENTITIES[1], ENTITIES[-1]
_LIVES = st.sampled_from(["PT1H", "P1D", "P3D", "P14D", "P365D"])
_KEPT = st.sampled_from(["PT1H", "PT12H", "P1D", "P3D", "P14D"])
_RULES = st.sampled_from(["always", "ifNewIsNotNull", "ifExistingIsNull", "useFieldRule"])
_NUMBERS = st.integers(1, 10**6)


@dataclass(frozen=True)
class Row:
    """One property."""

    name: str
    values: st.SearchStrategy[Any]
    entities: tuple[Entity, ...]
    kind: str
    sure: Sure = Sure.DOC
    besides: Mapping[str, Any] = field(default_factory=dict)
    """What has to be said with it."""
    value: Any = None
    """The only one that is tried, where they are much alike."""


_ACTION = {"destination": "{{GlobalSubscribe}}", "action": "setStatus"}
_ACTIONS = st.lists(st.sampled_from(["subscribed", "unsubscribed"]), min_size=1, max_size=10).map(
    lambda words: [_ACTION | {"status": word} for word in words]
)
_MAPPING = {
    "mapDataCards": True,
    "mapDataCardsEntityField": "{{Contact.Field(C_EmailAddress)}}",
    "mapDataCardsSourceField": "code",
    "mapDataCardsEntityType": "Contact",
}
_OF_CONTACT = st.just(_MAPPING["mapDataCardsEntityField"])
_FILTERS = st.sampled_from(["'{{Contact.Id}}' > '7'", " '{{Contact.CreatedAt}}'>='2019-01-01' "])
_USERS = {
    "fields": {"company": "{{Account.Field(M_CompanyName)}}", "CRMOSCUserId": "{{Account.User.Field(CRMOSCUserId)}}"}
}
_ROWS = (
    Row("isSyncTriggeredOnImport", flags(), (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), IMPORTS, value=True),
    Row("isUpdatingMultipleMatchedRecords", flags(), (CONTACTS, ACCOUNTS), IMPORTS, value=True),
    Row("updateRule", _RULES, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), IMPORTS),
    Row("updateRuleByField", st.fixed_dictionaries({"first": _RULES}), (CONTACTS,), IMPORTS),
    Row("importRule", st.sampled_from(["createAndUpdate", "updateOnly", "createOnly"]), (CONTACTS, ACCOUNTS), IMPORTS),
    Row("nullIdentifierFieldName", flags(), (CONTACTS,), IMPORTS, value=True),
    Row("dataRetentionDuration", _KEPT, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), IMPORTS, value="P3D"),
    Row("autoDeleteDuration", _LIVES, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), IMPORTS, value="P365D"),
    Row("externalSystemId", _NUMBERS, (CONTACTS,), IMPORTS, value=77),
    Row("syncActions", _ACTIONS, (CONTACTS,), IMPORTS),
    Row("mapDataCards", flags(), (CUSTOM_OBJECT, EVENT), IMPORTS, besides=_MAPPING, value=True),
    Row("mapDataCardsEntityField", _OF_CONTACT, (CUSTOM_OBJECT,), IMPORTS, besides=_MAPPING),
    Row("mapDataCardsCaseSensitiveMatch", flags(), (CUSTOM_OBJECT, EVENT), IMPORTS, besides=_MAPPING, value=True),
    Row("linkUsers", st.just(True), (ACCOUNTS,), IMPORTS, besides=_USERS, value=True),
    Row("isIdentifierFieldCaseSensitive", flags(), (OPPORTUNITIES,), IMPORTS, value=True),
    Row("filter", _FILTERS, (CONTACTS,), EXPORTS),
    Row("maxRecords", _NUMBERS, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), EXPORTS, value=77),
    Row("areSystemTimestampsInUTC", flags(), (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), EXPORTS, value=True),
    Row("dataRetentionDuration", _KEPT, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), EXPORTS, value="P3D"),
    Row("autoDeleteDuration", _LIVES, (CONTACTS, ACCOUNTS, CUSTOM_OBJECT), EXPORTS, value="P365D"),
    Row("syncActions", _ACTIONS, (CONTACTS,), EXPORTS),
    Row("externalSystemId", _NUMBERS, (CONTACTS,), EXPORTS, value=77),
    Row("isSyncTriggeredOnImport", flags(), (CONTACTS,), SYNC_ACTIONS),
    Row("autoDeleteDuration", _LIVES, (CONTACTS,), SYNC_ACTIONS, value="P365D"),
    Row("syncActions", _ACTIONS, (CONTACTS,), SYNC_ACTIONS),
)  # fmt: skip


def _declare(row: Row, entity: Entity) -> None:
    def drawing(pod: Pod, draw: Draw) -> None:
        keep(pod, draw(row.values))

    def telling(pod: Pod) -> None:
        keep(pod, row.value)

    def keep(pod: Pod, value: Any) -> None:
        place = placed(pod, entity)
        sent = definition(pod, entity, row.kind, place, **row.besides) | {row.name: value}

        made = pod.defined(f"{place.path}/{row.kind}", sent)
        found = pod.bulk("GET", made["uri"]).expect(200).json()

        for each in (made, found):
            expect(that=each.get(row.name) == value, otherwise=f"{row.name} is {value!r}", found=each.get(row.name))

    check: Callable[..., None] = drawing if row.value is None else telling
    check.__doc__ = f"`{row.name}` of {entity.name} {row.kind} is kept, answered and read again."
    identity = f"bulk.{entity.name}.{row.kind.lower()}.{row.name.lower()}"
    contract(identity, sure=row.sure, source="bulk 4.1, 4.2, 4.4, 4.7", needs=[Need.WRITES])(check)


for _row in _ROWS:
    for _entity in _row.entities:
        _declare(_row, _entity)


@contract("bulk.contacts.imports.importpriorityuri", sure=Sure.DOC, source="bulk 3, 4.1", needs=[Need.WRITES])
def a_priority_is_one_of_the_list(pod: Pod) -> None:
    """`importPriorityUri` of an import takes the uri of a priority that is listed, and no other."""
    listed = pod.bulk("GET", "/imports/priorities").expect(200).json()["items"]
    if not listed:
        raise Unavailable("an import priority")
    place = placed(pod, CONTACTS)
    uri = listed[0]["uri"]

    made = pod.defined("/contacts/imports", definition(pod, CONTACTS, IMPORTS, place, importPriorityUri=uri))

    kept = made.get("importPriorityUri")
    expect(that=kept == uri, otherwise=f"importPriorityUri is {uri}", found=kept)
    wrong = definition(pod, CONTACTS, IMPORTS, place, importPriorityUri=f"/imports/priorities/{2**31 - 2}")
    pod.bulk("POST", "/contacts/imports", wrong).expect(400)


@contract("bulk.contacts.imports.names-may-repeat", sure=Sure.RECORDED, source="bulk 4.5", needs=[Need.WRITES])
def names_need_not_be_unique(pod: Pod) -> None:
    """A second definition of the same name is another one, whose number is higher."""
    body = definition(pod, CONTACTS, IMPORTS, placed(pod, CONTACTS))

    first, second = (pod.defined("/contacts/imports", body) for _ in range(2))

    numbers = [int(each["uri"].rpartition("/")[2]) for each in (first, second)]
    expect(that=numbers[0] < numbers[1], otherwise="the second number is higher", found=numbers)


_ORDER = [
    "name",
    "fields",
    "identifierFieldName",
    "isSyncTriggeredOnImport",
    "dataRetentionDuration",
    "isUpdatingMultipleMatchedRecords",
    "uri",
    "createdBy",
    "createdAt",
    "updatedBy",
    "updatedAt",
]


@contract("bulk.contacts.imports.order", sure=Sure.RECORDED, source="bulk 2, 4.5", needs=[Need.WRITES])
def the_properties_of_an_import_have_an_order(pod: Pod) -> None:
    """An import of contacts is answered with just the recorded properties, in the recorded order."""
    made = pod.defined("/contacts/imports", definition(pod, CONTACTS, IMPORTS, placed(pod, CONTACTS)))

    expect(that=list(made) == _ORDER, otherwise=f"the keys are {_ORDER}", found=list(made))


@contract("bulk.contacts.exports.order", sure=Sure.DOC, source="bulk 4.5", needs=[Need.WRITES])
def the_properties_of_an_export_have_an_order(pod: Pod) -> None:
    """An export is answered as name, fields, filter, dataRetentionDuration, uri and stamps."""
    sent = definition(pod, CONTACTS, EXPORTS, placed(pod, CONTACTS), filter="'{{Contact.Id}}' > '7'")
    wanted = ["name", "fields", "filter", "dataRetentionDuration", *_ORDER[-5:]]

    made = pod.defined("/contacts/exports", sent)

    expect(that=list(made) == wanted, otherwise=f"the keys are {wanted}", found=list(made))
