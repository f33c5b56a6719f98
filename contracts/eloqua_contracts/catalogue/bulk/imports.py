"""How an import of contacts changes what is there: rules, identifiers, recorded cases (`bulk` 4.1, 10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.strategies import UPDATE_RULES, cells, cells_or_nothing
from eloqua_contracts.bulk.transfer import (
    CONTACT,
    contact_of,
    counts_of,
    exported,
    loaded,
    loaded_again,
    rejects_of,
    seen,
)
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import flags, texts

_NEEDS = [Need.WRITES, Need.SYNCS]
Row = dict[str, str]
Rule = Callable[[str, str], str]
_RULES: dict[str, tuple[Rule, str, Sure]] = {
    "always": (lambda _old, new: new, "the new value replaces the old one, also where it is blank", Sure.RECORDED),
    "ifNewIsNotNull": (lambda old, new: new or old, "a value that is not blank replaces the old one", Sure.DOC),
    "ifExistingIsNull": (lambda old, new: old or new, "a value is written only where there is none", Sure.DOC),
}
"""By name: what becomes of an old and a new value, in words, how sure."""


def _by_address(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["email"])


def _people(pod: Pod, values: list[str]) -> list[Row]:
    mark = pod.name("mark")
    return [{"email": pod.address(), "first": value, "last": "Last", "mark": mark} for value in values]


def _declare(name: str, rule: Rule, words: str, sure: Sure) -> None:
    def check(pod: Pod, draw: Draw) -> None:
        pairs = draw(st.lists(st.tuples(cells_or_nothing(), cells_or_nothing()), min_size=1, max_size=6))
        rows = _people(pod, [old for old, _ in pairs])
        loaded(pod, rows)

        loaded(pod, [row | {"first": new} for row, (_, new) in zip(rows, pairs, strict=True)], updateRule=name)

        wanted = [row | {"first": rule(old, new)} for row, (old, new) in zip(rows, pairs, strict=True)]
        found = seen(pod, rows[0]["mark"])
        expect(that=_by_address(found) == _by_address(wanted), otherwise=f"they are {wanted}", found=found)

    check.__doc__ = f"With the update rule `{name}` {words}."
    contract(f"bulk.update-rule.{name.lower()}", sure=sure, source="bulk 4.1, 10", needs=_NEEDS)(check)


for _name, (_rule, _words, _sure) in _RULES.items():
    _declare(_name, _rule, _words, _sure)


@contract("bulk.update-rule.usual", sure=Sure.DOC, source="bulk 4.1", needs=_NEEDS)
def always_is_the_usual_rule(pod: Pod, draw: Draw) -> None:
    """An import that names no update rule writes always, blanks as well."""
    (row,) = rows = _people(pod, [draw(cells())])
    sync = loaded(pod, rows)

    new = row | {"first": draw(cells_or_nothing())}
    loaded_again(pod, sync["syncedInstanceUri"], [new])

    found = seen(pod, row["mark"])
    expect(that=found == [new], otherwise=f"it is {new}", found=found)


@contract("bulk.update-rule.by-field", sure=Sure.DOC, source="bulk 4.1", needs=_NEEDS)
def a_field_may_have_a_rule_of_its_own(pod: Pod, draw: Draw) -> None:
    """`updateRuleByField` is the rule of the fields that it names; the others keep that of the definition."""
    general, own = draw(st.sampled_from(UPDATE_RULES)), draw(st.sampled_from(UPDATE_RULES))
    (row,) = rows = _people(pod, [draw(cells_or_nothing())])
    loaded(pod, rows)
    new = {"first": draw(cells_or_nothing()), "last": draw(cells_or_nothing())}

    loaded(pod, [row | new], updateRule=general, updateRuleByField={"first": own})

    first, last = _RULES[own][0](row["first"], new["first"]), _RULES[general][0](row["last"], new["last"])
    wanted = row | {"first": first, "last": last}
    found = seen(pod, row["mark"])
    expect(that=found == [wanted], otherwise=f"it is {wanted}", found=found)


@contract("bulk.import-rule", sure=Sure.DOC, source="bulk 4.1", needs=_NEEDS)
def an_import_may_only_create_or_update(pod: Pod, draw: Draw) -> None:
    """`createOnly` leaves those alone who are there, `updateOnly` those who are not; `createAndUpdate` does both."""
    rule = draw(st.sampled_from(["createOnly", "updateOnly", "createAndUpdate"]))
    old, new = _people(pod, ["Old", "New"])
    loaded(pod, [old])

    loaded(pod, [old | {"first": "Changed"}, new], importRule=rule)

    wanted = [old if rule == "createOnly" else old | {"first": "Changed"}]
    wanted += [] if rule == "updateOnly" else [new]
    found = seen(pod, old["mark"])
    expect(that=_by_address(found) == _by_address(wanted), otherwise=f"they are {wanted}", found=found)


@contract("bulk.import.missing-column-of-a-new-contact", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def what_a_new_contact_lacks_is_blank(pod: Pod, draw: Draw) -> None:
    """A new contact whose record lacks columns is created; those fields are blank."""
    (row,) = _people(pod, [draw(cells())])
    missing = draw(st.sets(st.sampled_from(["first", "last"]), min_size=1))

    loaded(pod, [{name: value for name, value in row.items() if name not in missing}])

    wanted = row | dict.fromkeys(missing, "")
    found = seen(pod, row["mark"])
    expect(that=found == [wanted], otherwise=f"it is {wanted}", found=found)


@contract("bulk.import.bad-record-among-good", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def a_bad_record_keeps_no_others_out(pod: Pod, draw: Draw) -> None:
    """Of three records the one with a bad address is rejected by its place, and the two others go in."""
    rows = _people(pod, ["One", "Two", "Three"])
    place = draw(st.integers(0, 2))
    sent = [row | ({"email": "notanemail"} if number == place else {}) for number, row in enumerate(rows)]

    sync = loaded(pod, sent)

    places = [each["recordIndex"] for each in rejects_of(pod, sync)]
    expect(that=places == [place + 1], otherwise=f"the reject is number {place + 1}", found=places)
    wanted = [row for number, row in enumerate(rows) if number != place]
    found = seen(pod, rows[0]["mark"])
    expect(that=_by_address(found) == _by_address(wanted), otherwise=f"they are {wanted}", found=found)


@contract("bulk.import.plus-sign", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def an_address_may_have_a_plus_sign(pod: Pod) -> None:
    """An address with a plus sign is as good as any."""
    (row,) = _people(pod, ["A"])
    row["email"] = row["email"].replace("@", "+b@")

    sync = loaded(pod, [row])

    expect(that=sync["status"] == "success", otherwise="it is a success", found=sync["status"])
    found = seen(pod, row["mark"])
    expect(that=found == [row], otherwise=f"it is {row}", found=found)


def _contact(pod: Pod, address: str) -> dict[str, Any]:
    found = contact_of(pod, address)
    expect(that=found is not None, otherwise=f"there is a contact {address}")
    return found or {}


@contract("bulk.import.rest-sees-it", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def rest_sees_what_was_imported(pod: Pod, draw: Draw) -> None:
    """When the sync has ended, REST finds the contact and its values."""
    (row,) = _people(pod, [draw(texts(40))])
    loaded(pod, [row])

    found = _contact(pod, row["email"])

    told = {name: found.get(name) for name in ("firstName", "lastName")}
    wanted = {"firstName": row["first"], "lastName": row["last"]}
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("bulk.import.contact-of-rest", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def a_contact_of_rest_is_updated(pod: Pod, draw: Draw) -> None:
    """A contact that REST made is found by its address and updated: it keeps its id."""
    address, first = pod.address(), draw(cells())
    made = pod.made("/data/contact", {"emailAddress": address, "lastName": "Kept"})

    sync = loaded(
        pod, [{"email": address, "first": first}], fields={"email": CONTACT["email"], "first": CONTACT["first"]}
    )

    counts = counts_of(pod, sync)
    told = (counts["ELQ-00004"], counts["ELQ-00022"])
    expect(that=told == (0, 1), otherwise="none is created, one is updated", found=told)
    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()
    kept = (found.get("firstName"), found.get("lastName"))
    expect(that=kept == (first, "Kept"), otherwise=f"it is {first!r}, and the last name stays", found=kept)


@contract("bulk.import.after-a-deletion", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def a_deleted_contact_comes_back_as_another(pod: Pod) -> None:
    """A contact that REST deleted and an import brings back has another id."""
    (row,) = _people(pod, ["A"])
    sync = loaded(pod, [row])
    first = _contact(pod, row["email"])["id"]
    pod.rest("DELETE", f"/data/contact/{first}").expect(200)

    loaded_again(pod, sync["syncedInstanceUri"], [row])

    second = _contact(pod, row["email"])["id"]
    expect(that=first != second, otherwise=f"the id is not {first} again", found=second)


@contract("bulk.import.time-of-change", sure=Sure.RECORDED, source="bulk 10", needs=_NEEDS)
def only_what_changes_is_of_now(pod: Pod, draw: Draw) -> None:
    """`updatedAt` of a contact moves with an import that changes a value, and not with one that changes none."""
    changed, same = _people(pod, ["Old", "Same"])
    sync = loaded(pod, [changed, same])
    before = {row["email"]: _contact(pod, row["email"])["updatedAt"] for row in (changed, same)}
    pod.wait(2)

    loaded_again(pod, sync["syncedInstanceUri"], draw(st.permutations([changed | {"first": "New"}, same])))

    moved = [int(_contact(pod, email)["updatedAt"]) - int(at) for email, at in before.items()]
    expect(that=moved[0] >= 1, otherwise="the time of the changed one moves", found=moved[0])
    expect(that=moved[1] == 0, otherwise="the time of the other stays", found=moved[1])


@contract("bulk.import.by-id", sure=Sure.DOC, source="bulk 4.1, 14", needs=_NEEDS)
def an_import_may_go_by_id(pod: Pod, draw: Draw) -> None:
    """An import that goes by the id of contacts changes them, also their address."""
    statement = draw(st.sampled_from(["{{Contact.Id}}", "{{Contact.Field(ContactIDExt)}}"]))
    (row,) = rows = _people(pod, ["A"])
    loaded(pod, rows)
    key = exported(pod, row["mark"], fields={"id": statement})[0]["id"]
    address = pod.address()

    fields = {"id": statement, "email": CONTACT["email"]}
    loaded(pod, [{"id": key, "email": address}], fields=fields, identifierFieldName="id")

    found = seen(pod, row["mark"])
    wanted = row | {"email": address}
    expect(that=found == [wanted], otherwise=f"it is {wanted}", found=found)


@contract("bulk.import.several-matches", sure=Sure.DOC, source="bulk 4.1", needs=_NEEDS)
def all_who_match_may_be_updated(pod: Pod, draw: Draw) -> None:
    """With `isUpdatingMultipleMatchedRecords` all contacts that match the identifier are updated."""
    rows = _people(pod, ["Old"] * draw(st.integers(2, 3)))
    loaded(pod, rows)
    fields = {"mark": CONTACT["mark"], "first": CONTACT["first"]}
    changes: dict[str, Any] = {"identifierFieldName": "mark", "isUpdatingMultipleMatchedRecords": True}

    loaded(pod, [{"mark": rows[0]["mark"], "first": "New"}], fields=fields, **changes)

    firsts = [row["first"] for row in seen(pod, rows[0]["mark"])]
    expect(that=firsts == ["New"] * len(rows), otherwise="all are new", found=firsts)


@contract("bulk.import.null-identifier", sure=Sure.DOC, source="bulk 4.1", needs=_NEEDS)
def the_identifier_may_be_blanked(pod: Pod, draw: Draw) -> None:
    """With `nullIdentifierFieldName` the field that identified a contact is blank afterwards, else it stays."""
    blanks = draw(flags())
    (row,) = _people(pod, ["Old"])
    key = pod.name("key")
    city = "{{Contact.Field(C_City)}}"
    loaded(pod, [row | {"city": key}], fields=CONTACT | {"city": city})

    fields = {"city": city, "first": CONTACT["first"]}
    said: dict[str, Any] = {"identifierFieldName": "city", "nullIdentifierFieldName": blanks}
    loaded(pod, [{"city": key, "first": "New"}], fields=fields, **said)

    found = exported(pod, row["mark"], fields=fields)
    wanted = {"city": "" if blanks else key, "first": "New"}
    expect(that=found == [wanted], otherwise=f"it is {wanted}", found=found)


_STATUS = {"subscribed": "{{Contact.Email.IsSubscribed}}", "bounced": "{{Contact.Email.IsBounced}}"}


@contract("bulk.import.email-status", sure=Sure.DOC, source="bulk 10, 13, 14", needs=_NEEDS)
def subscription_and_bounce_are_imported(pod: Pod, draw: Draw) -> None:
    """`{{Contact.Email.IsSubscribed}}` and `{{Contact.Email.IsBounced}}` are written by imports; REST sees it."""
    address = pod.address()
    made = pod.made("/data/contact", {"emailAddress": address})
    row = {name: draw(st.sampled_from(["true", "false"])) for name in _STATUS}

    loaded(pod, [{"email": address} | row], fields={"email": CONTACT["email"]} | _STATUS)

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()
    told = {"subscribed": found["isSubscribed"], "bounced": found["isBounceback"]}
    expect(that=told == row, otherwise=f"it is {row}", found=told)
