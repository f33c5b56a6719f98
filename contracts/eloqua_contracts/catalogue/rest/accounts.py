"""Accounts (`rest` 9)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rule, ids, listed
from eloqua_contracts.catalogue.rest.things import Thing, value_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

PROPERTIES = ("address1", "address2", "address3", "businessPhone", "city", "country", "postalCode", "province")
_KINDS = {"dataType": "text", "displayType": "text", "updateType": "always"}


def account(pod: Pod, **values: object) -> Thing:
    """An account with a name of its own."""
    made: Thing = pod.made("/data/account", {"name": pod.name("account"), **values})
    return made


@contract("rest.account.properties", sure=Sure.DOC, source="rest 9", versions=BOTH, needs=[Need.WRITES])
def every_property_of_an_account_is_kept(pod: Pod, draw: Draw) -> None:
    """Each property of an account is kept as it was sent, and read again."""
    given = {name: draw(texts(30)) for name in PROPERTIES}

    made = account(pod, **given)

    there = pod.rest("GET", f"/data/account/{made['id']}", depth="complete").expect(200).json()
    told = {name: there.get(name) for name in PROPERTIES}
    expect(that=told == given, otherwise=f"they are {given}", found=told)


@contract("rest.account.depth", sure=Sure.DOC, source="rest 3, 9", versions=BOTH, needs=[Need.WRITES])
def fields_of_an_account_are_shown_at_complete(pod: Pod) -> None:
    """The properties of an account are there at partial, its `fieldValues` at complete only."""
    path = f"/data/account/{account(pod, city='Utrecht')['id']}"

    partial, complete = (pod.rest("GET", path, depth=each).expect(200).json() for each in ("partial", "complete"))

    told = partial.get("city"), "fieldValues" in partial, "fieldValues" in complete
    expect(that=told == ("Utrecht", False, True), otherwise="it is so", found=told)


@contract("rest.account.name-is-needed", sure=Sure.CLIENT, source="rest 7.4, 9", versions=BOTH, needs=[Need.WRITES])
def an_account_needs_a_name(pod: Pod) -> None:
    """An account without a name is 400 with a rule of `name`."""
    rule = broken_rule(pod.rest("POST", "/data/account", {"city": "Utrecht"}), "name", "NotNullRequirement")

    told = rule["container"]["objectType"], rule["value"]
    expect(that=told == ("Account", "<null>"), otherwise="it is of an Account, and the value is <null>", found=told)


@contract("rest.account.custom-field", sure=Sure.CLIENT, source="rest 9", versions=["1.0"], needs=[Need.WRITES])
def a_field_of_accounts_is_made_and_filled(pod: Pod, draw: Draw) -> None:
    """A custom account field has an internal name that begins with `M_`; its values are kept, and searched for."""
    field = pod.made("/assets/account/field", {"name": pod.name("field"), **_KINDS})
    text = f"{pod.name()} {draw(texts(20).filter(lambda it: not set(it) & set('*')))}".replace("'", "")

    made = account(pod, fieldValues=[{"type": "FieldValue", "id": field["id"], "value": text}])

    named = field["internalName"]
    expect(that=named.startswith("M_"), otherwise="its name begins with M_", found=named)
    expect(that=value_of(made, field["id"]) == text, otherwise=f"it is {text!r}", found=value_of(made, field["id"]))
    there = ids(listed(pod.rest("GET", "/data/accounts", search=f"{named}='{text}'")))
    expect(that=there == [made["id"]], otherwise=f"it finds {made['id']} alone", found=there)


@contract("rest.accounts.search", sure=Sure.DOC, source="rest 5, 9", versions=BOTH, needs=[Need.WRITES])
def accounts_are_searched_by_internal_names(pod: Pod, draw: Draw) -> None:
    """Accounts are searched by internal names, with `*` for anything."""
    city = pod.name("city")
    made = account(pod, city=city)
    search = draw(st.sampled_from([f"M_CompanyName='{made['name']}'", f"M_City='{city}'", f"M_City='*{city[1:]}'"]))

    there = ids(listed(pod.rest("GET", "/data/accounts", search=search)))

    expect(that=there == [made["id"]], otherwise=f"{search} finds {made['id']} alone", found=there)


@contract("rest.accounts.search-blank", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def what_is_blank_is_searched_for(pod: Pod) -> None:
    """`M_City=''` finds the accounts without a city."""
    without, within = account(pod), account(pod, city="Utrecht")

    since = {"lastUpdatedAt": without["updatedAt"], "orderBy": "createdAt DESC"}
    there = ids(listed(pod.rest("GET", "/data/accounts", search="M_City=''", **since)))

    told = without["id"] in there, within["id"] in there
    expect(that=told == (True, False), otherwise="the one without is found, the other not", found=told)


@contract("rest.accounts.by-ids", sure=Sure.DOC, source="rest 0 fact 19, 1.3", versions=["2.0"], needs=[Need.WRITES])
def accounts_are_read_by_their_ids(pod: Pod, draw: Draw) -> None:
    """A POST that stands for SEARCH gives the accounts of some ids as a bare array, at the depth that it says."""
    made, depth = sorted(ids([account(pod), account(pod)])), draw(st.sampled_from(["minimal", "complete"]))

    body = {"ids": made, "depth": depth}
    there = pod.search("/data/accounts", body).expect(200).json()

    expect(that=isinstance(there, list), otherwise="it is a bare array", found=there)
    told = sorted(ids(there)), {each["depth"] for each in there}
    expect(that=told == (made, {depth}), otherwise=f"it is {made} at {depth}", found=told)


@contract("rest.account.membership", sure=Sure.DOC, source="rest 0 fact 19", versions=["2.0"], needs=[Need.WRITES])
def the_groups_of_an_account_are_a_bare_array(pod: Pod) -> None:
    """The groups of an account are a bare array, empty for a new one."""
    there = pod.rest("GET", f"/data/account/{account(pod)['id']}/membership").expect(200).json()

    expect(that=there == [], otherwise="there are none", found=there)


@contract("rest.account-group.count", sure=Sure.DOC, source="rest 9", versions=["2.0"], needs=[Need.WRITES])
def a_new_account_group_is_empty(pod: Pod) -> None:
    """A new account group counts 0 members."""
    made = pod.made("/assets/account/group", {"name": pod.name("group")})

    expect(that=made["count"] == "0", otherwise="count is 0", found=made["count"])
