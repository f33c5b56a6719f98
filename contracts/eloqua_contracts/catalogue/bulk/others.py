"""Imports and exports of accounts, custom objects, events and external activities (`bulk` 4.4, 9, 10, 11, 14)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, ENTITIES, EVENT, Entity, Place, placed
from eloqua_contracts.bulk.strategies import cells
from eloqua_contracts.bulk.transfer import CONTACT, counts_of, exported, found, loaded, loaded_again, log_of, rejects_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
_COMPANY = "{{Account.Field(M_CompanyName)}}"
_ACCOUNT = {"company": _COMPANY, "country": "{{Account.Field(M_Country)}}", "city": "{{Account.Field(M_City)}}"}
Row = dict[str, str]


def _accounts(pod: Pod, rows: list[Row], **changes: Any) -> Any:
    return loaded(pod, rows, path="/accounts/imports", fields=_ACCOUNT, identifierFieldName="company", **changes)


def _account(pod: Pod, company: str, fields: dict[str, str] | None = None) -> list[Row]:
    text = f"'{_COMPANY}' = '{company}'"
    return found(pod, "/accounts/exports", {"name": pod.name(), "fields": fields or _ACCOUNT, "filter": text})


@contract("bulk.accounts.round-trip", sure=Sure.DOC, source="bulk 3, 14", needs=_NEEDS)
def accounts_go_in_and_out(pod: Pod, draw: Draw) -> None:
    """An account goes in by its company name, is updated by it, and comes out as it is; REST sees it."""
    row = {"company": pod.name("company"), "country": draw(cells()), "city": draw(cells())}

    first = _accounts(pod, [row | {"city": "Old"}])
    created = counts_of(pod, first)
    updated = counts_of(pod, loaded_again(pod, first["syncedInstanceUri"], [row]))

    told = [(counts.get("ELQ-00005"), counts.get("ELQ-00023")) for counts in (created, updated)]
    expect(that=told == [(1, 0), (0, 1)], otherwise="one is created, then one updated", found=told)
    rows = _account(pod, row["company"])
    expect(that=rows == [row], otherwise=f"it is {row}", found=rows)
    search = f"name='{row['company']}'"
    elements = pod.rest("GET", "/data/accounts", search=search, depth="complete").expect(200).json()["elements"]
    cities = [each.get("city") for each in elements]
    expect(that=cities == [row["city"]], otherwise="REST has it", found=cities)


@contract("bulk.accounts.statements", sure=Sure.DOC, source="bulk 14", needs=_NEEDS)
def accounts_have_ids(pod: Pod) -> None:
    """`{{Account.Id}}` is the id that REST knows, and `CompanyIDExt` is there for each."""
    account = pod.made("/data/account", {"name": pod.name("company"), "country": "Canada"})
    fields = {"id": "{{Account.Id}}", "company": _COMPANY, "code": "{{Account.Field(CompanyIDExt)}}"}

    (row,) = _account(pod, account["name"], fields)

    told = {"id": row["id"], "company": row["company"]}
    expect(that=told == {"id": account["id"], "company": account["name"]}, otherwise="it is that account", found=row)
    expect(that=row["code"] != "", otherwise="it has an external id", found=row)


@contract("bulk.contacts.no-account", sure=Sure.CLIENT, source="bulk 12.2, 14", needs=_NEEDS)
def what_is_not_linked_is_blank(pod: Pod) -> None:
    """The account's id and fields of a contact that is linked to none are blank."""
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "first": "A", "last": "B", "mark": mark}])
    linked = {"id": "{{Contact.Account.Id}}", "company": "{{Contact.Account.Field(M_CompanyName)}}"}

    rows = exported(pod, mark, fields=linked)

    expect(that=rows == [{"id": "", "company": ""}], otherwise="both are blank", found=rows)


_RECORDS = st.fixed_dictionaries({
    "amount": st.decimals("-999999", "999999", places=2).map(str),
    "many": st.integers(-(2**31) + 1, 2**31 - 1).map(str),
    "story": st.one_of(cells(), st.integers(1000, 8000).map(lambda length: "long " * (length // 5))).map(str.strip),
})  # fmt: skip
_CODES = {"customobjects": ("ELQ-00007", "ELQ-00012"), "events": ("ELQ-00077", "ELQ-00079")}


def _records(pod: Pod, place: Place, rows: list[Row], **changes: Any) -> Any:
    path, fields = f"{place.path}/imports", place.fields
    return loaded(pod, rows, path=path, **{"fields": fields, "identifierFieldName": "code"} | changes)


def _of(pod: Pod, place: Place, fields: dict[str, str] | None = None, **changes: Any) -> list[Row]:
    return found(pod, f"{place.path}/exports", {"name": pod.name(), "fields": fields or place.fields} | changes)


def _read(name: str, text: str) -> str | Decimal:
    """How a number is spelled is not known."""
    return Decimal(text) if name in {"amount", "many"} else text


def _declare_round_trip(entity: Entity) -> None:
    def check(pod: Pod, draw: Draw) -> None:
        place, (created, updated) = placed(pod, entity), _CODES[entity.name]
        drawn = enumerate(draw(st.lists(_RECORDS, min_size=1, max_size=4)))
        rows = [{"code": f"R{number}", "day": "", **row} for number, row in drawn]

        first = _records(pod, place, [row | {"amount": "1"} for row in rows])
        again = loaded_again(pod, first["syncedInstanceUri"], rows)

        logs = [counts_of(pod, sync) for sync in (first, again)]
        told = [(counts.get(created), counts.get(updated)) for counts in logs]
        wanted = [(len(rows), 0), (0, len(rows))]
        expect(that=told == wanted, otherwise=f"{len(rows)} are created, then updated", found=told)
        out = sorted(_of(pod, place), key=lambda row: row["code"])
        for name in place.fields:
            came, sent = ([_read(name, row[name]) for row in table] for table in (out, rows))
            expect(that=came == sent, otherwise=f"{name} is {sent}", found=came)

    check.__doc__ = (
        f"Records of {entity.name} go in by their unique field, are updated by it, and come out as they were."
    )
    contract(f"bulk.{entity.name}.round-trip", sure=Sure.DOC, source="bulk 9, 11, 14", needs=_NEEDS)(check)


for _entity in (CUSTOM_OBJECT, EVENT):
    _declare_round_trip(_entity)


@contract("bulk.customobjects.mapping", sure=Sure.DOC, source="bulk 4.4, 9, 10", needs=_NEEDS)
def records_are_linked_to_contacts(pod: Pod, draw: Draw) -> None:
    """With `mapDataCards` a record is linked to the contact whose field equals its own, and ELQ-00025 counts those."""
    place = placed(pod, CUSTOM_OBJECT)
    addresses = [pod.address() for _ in range(2)]
    contact = pod.made("/data/contact", {"emailAddress": addresses[0]})
    maps = draw(st.booleans())
    mapping = {
        "mapDataCards": maps,
        "mapDataCardsEntityField": CONTACT["email"],
        "mapDataCardsSourceField": "code",
        "mapDataCardsEntityType": "Contact",
    }

    sync = _records(pod, place, [{"code": each} for each in addresses], **mapping)

    linked = counts_of(pod, sync).get("ELQ-00025", 0)
    expect(that=linked == (1 if maps else 0), otherwise=f"{int(maps)} is linked", found=linked)
    fields = {"code": place.fields["code"], "id": place.statement("Contact.Id")}
    fields["email"] = place.statement("Contact.Field(C_EmailAddress)")
    out = {row["code"]: (row["id"], row["email"]) for row in _of(pod, place, fields)}
    wanted = {addresses[0]: (contact["id"], addresses[0]) if maps else ("", ""), addresses[1]: ("", "")}
    expect(that=out == wanted, otherwise=f"the links are {wanted}", found=out)


@contract("bulk.customobjects.mapping-case", sure=Sure.DOC, source="bulk 4.4", needs=_NEEDS)
def links_may_heed_the_case(pod: Pod, draw: Draw) -> None:
    """With `mapDataCardsCaseSensitiveMatch` a record in another letter case is not linked."""
    place = placed(pod, CUSTOM_OBJECT)
    mark = pod.name("Mark")
    loaded(pod, [{"email": pod.address(), "first": "A", "last": "B", "mark": mark}])
    heeds, is_same = draw(st.just(True)), draw(st.booleans())
    mapping = {
        "mapDataCards": True,
        "mapDataCardsEntityField": CONTACT["mark"],
        "mapDataCardsSourceField": "code",
        "mapDataCardsEntityType": "Contact",
        "mapDataCardsCaseSensitiveMatch": heeds,
    }

    sync = _records(pod, place, [{"code": mark if is_same else mark.swapcase()}], **mapping)

    linked = counts_of(pod, sync).get("ELQ-00025", 0)
    expect(that=linked == int(is_same), otherwise=f"{int(is_same)} is linked", found=linked)


@contract("bulk.customobjects.value-of-another-type", sure=Sure.CLIENT, source="bulk 10", needs=_NEEDS)
def a_value_that_does_not_fit_is_left_out(pod: Pod, draw: Draw) -> None:
    """The text `null` in a column of numbers is ELQ-00040, which names it; the record goes in. A blank is fine."""
    place = placed(pod, CUSTOM_OBJECT)
    name = draw(st.sampled_from(["amount", "many"]))

    sync = _records(pod, place, [{"code": "A", name: "null", "story": "s"}, {"code": "B", name: "", "story": "t"}])

    rejects = [(each["statusCode"], each["recordIndex"], each["invalidFields"]) for each in rejects_of(pod, sync)]
    expect(that=rejects == [("ELQ-00040", 1, [name])], otherwise=f"the first one's {name} is rejected", found=rejects)
    out = {row["code"]: (row[name], row["story"]) for row in _of(pod, place)}
    wanted = {"A": ("", "s"), "B": ("", "t")}
    expect(that=out == wanted, otherwise=f"both are in: {wanted}", found=out)


@contract("bulk.customobjects.filter", sure=Sure.CLIENT, source="bulk 15", needs=_NEEDS)
def records_are_filtered_by_their_fields(pod: Pod, draw: Draw) -> None:
    """An export of a custom object is filtered by its own fields."""
    place = placed(pod, CUSTOM_OBJECT)
    codes = ["R1", "R2", "R3"]
    _records(pod, place, [{"code": each, "story": f"story of {each}"} for each in codes])
    wanted = draw(st.sampled_from(codes))
    operator = draw(st.sampled_from(["=", "!="]))

    out = sorted(row["code"] for row in _of(pod, place, filter=f"'{place.fields['code']}' {operator} '{wanted}'"))

    right = [each for each in codes if (each == wanted) == (operator == "=")]
    expect(that=out == right, otherwise=f"they are {right}", found=out)


@contract("bulk.customobjects.own-statements", sure=Sure.DOC, source="bulk 12, 14", needs=_NEEDS)
def records_have_codes_and_stamps(pod: Pod) -> None:
    """A record has an external id and stamps, which a filter can name."""
    place = placed(pod, CUSTOM_OBJECT)
    _records(pod, place, [{"code": "R1"}])
    fields = {name: place.statement(name) for name in ("ExternalId", "CreatedAt", "UpdatedAt")}

    (row,) = _of(pod, place, fields, filter=f"'{place.statement('CreatedAt')}' > '2000-01-01'")

    expect(that=all(row.values()), otherwise="none is blank", found=row)
    expect(that=row["CreatedAt"] <= row["UpdatedAt"], otherwise="it was made before it was changed", found=row)


_ACTIVITY = ENTITIES[4].fields
Break = Callable[[Row], Row]
_FATES: dict[str, tuple[Break, str, str]] = {
    "asset-type": (lambda row: row | {"AssetType": "No such type 7f3a"}, "ELQ-00072", "AssetType"),
    "activity-type": (lambda row: row | {"ActivityType": "No such thing 7f3a"}, "ELQ-00070", "ActivityType"),
    "campaign": (lambda row: row | {"CampaignID": str(2**31 - 2)}, "ELQ-00055", "CampaignID"),
}


def _activity(pod: Pod) -> Row:
    """An external activity that is as it should be: of a type of the contract's own, at an asset that is not there."""
    kinds = [{"type": "ExternalActivityType", "name": name} for name in ("Visited", "Left")]
    fair = pod.made("/assets/external/type", {"name": pod.name("fair"), "activityTypes": kinds})
    address = pod.address()
    pod.made("/data/contact", {"emailAddress": address})
    about = {"AssetName": pod.name("asset"), "AssetType": fair["name"], "AssetDate": "2024-05-06 07:08:09"}
    return {"C_EmailAddress": address, "CampaignID": "", "ActivityType": "Visited"} | about


def _activities(pod: Pod, rows: list[Row]) -> Any:
    return loaded(pod, rows, path="/activities/imports", fields=dict(_ACTIVITY), identifierFieldName=None)


@contract("bulk.activities.import", sure=Sure.DOC, source="bulk 10, 17", needs=(*_NEEDS, Need.LASTING))
def external_activities_are_added(pod: Pod, draw: Draw) -> None:
    """External activities are counted by ELQ-00069; an asset that is not there is made, once (ELQ-00068)."""
    row = _activity(pod)
    count = draw(st.integers(1, 3))

    first = _activities(pod, [row] * count)
    again = loaded_again(pod, first["syncedInstanceUri"], [row])

    logs = [counts_of(pod, sync) for sync in (first, again)]
    told = [(each.get("ELQ-00069"), each.get("ELQ-00068", 0)) for each in logs]
    wanted = [(count, 1), (1, 0)]
    expect(that=told == wanted, otherwise=f"activities and assets are {wanted}", found=told)


def _declare_fate(word: str, spoil: Break, code: str, field: str) -> None:
    def check(pod: Pod) -> None:
        row = _activity(pod)

        sync = _activities(pod, [spoil(row), row])

        rejects = [(each["statusCode"], each["recordIndex"]) for each in rejects_of(pod, sync)]
        expect(that=rejects == [(code, 1)], otherwise=f"the first is rejected with {code}", found=rejects)
        counts = counts_of(pod, sync)
        told = (counts.get(code), counts.get("ELQ-00069"))
        expect(that=told == (1, 1), otherwise=f"{code} and ELQ-00069 count one each", found=told)

    check.__doc__ = f"An external activity whose {field} is unknown is rejected with {code}, and the others go in."
    contract(f"bulk.activities.unknown-{word}", sure=Sure.DOC, source="bulk 9, 10", needs=(*_NEEDS, Need.LASTING))(
        check
    )


for _word, (_spoil, _code, _field) in _FATES.items():
    _declare_fate(_word, _spoil, _code, _field)


@contract("bulk.activities.identifier-ignored", sure=Sure.DOC, source="bulk 4.1, 4.4", needs=(*_NEEDS, Need.LASTING))
def activities_have_no_identifier(pod: Pod) -> None:
    """An identifier of external activities is ignored, as ELQ-00123 says: the same record again is another activity."""
    row = _activity(pod)
    named = {"fields": dict(_ACTIVITY), "identifierFieldName": "C_EmailAddress"}

    sync = loaded(pod, [row, row], path="/activities/imports", **named)

    log = {each["statusCode"]: each for each in log_of(pod, sync)}
    expect(that="ELQ-00123" in log, otherwise="the log has ELQ-00123", found=list(log))
    added = log["ELQ-00069"]["count"]
    expect(that=added == 2, otherwise="two are added", found=added)


_TEXTS = {
    "ELQ-00005": "Accounts created.",
    "ELQ-00023": "Accounts updated.",
    "ELQ-00007": "CustomObject data created.",
    "ELQ-00012": "CustomObject data updated.",
    "ELQ-00077": "Event data created.",
    "ELQ-00079": "Event data updated.",
    "ELQ-00069": "Activities created.",
    "ELQ-00068": "Assets created.",
    "ELQ-00072": "Asset Type not found.",
}
"""By code, as documented."""


def _logged(pod: Pod, word: str) -> Any:
    if word == "accounts":
        return _accounts(pod, [{"company": pod.name("company")}])
    if word == "activities":
        row = _activity(pod)
        return _activities(pod, [row, row | {"AssetType": "No such type 7f3a"}])
    place = placed(pod, CUSTOM_OBJECT if word == "customobjects" else EVENT)
    return _records(pod, place, [{"code": "R1"}])


def _declare_texts(word: str, codes: tuple[str, ...]) -> None:
    def check(pod: Pod) -> None:
        told = {each["statusCode"]: each.get("message") for each in log_of(pod, _logged(pod, word))}

        wanted = {code: _TEXTS[code] for code in codes}
        found = {code: told.get(code) for code in codes}
        expect(that=found == wanted, otherwise=f"the log says {wanted}", found=told)

    check.__doc__ = f"The log of an import of {word} says {', '.join(codes)} in the documented words."
    needs = (*_NEEDS, Need.LASTING) if word == "activities" else _NEEDS
    contract(f"bulk.{word}.log-texts", sure=Sure.DOC, source="bulk 9", needs=needs)(check)


for _word, _codes in (
    ("accounts", ("ELQ-00005", "ELQ-00023")),
    ("customobjects", ("ELQ-00007", "ELQ-00012")),
    ("events", ("ELQ-00077", "ELQ-00079")),
    ("activities", ("ELQ-00068", "ELQ-00069", "ELQ-00072")),
):
    _declare_texts(_word, _codes)
