"""What REST finds, in which order, and how much it shows (`rest` 23)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.answers import ids
from eloqua_contracts.catalogue.rest.asset_types import ASSET_TYPES, AssetType
from eloqua_contracts.catalogue.rest.things import Thing, contact, contact_list
from eloqua_contracts.contract import Need
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import Undecided, probe

_WRITES = [Need.WRITES]
_SHOWN = ("campaign", "contact-segment", "email", "landing-page", "form", "custom-object", "email-group", "microsite")
"""The types of which it is asked what minimal shows."""


def _found(pod: Pod, search: str) -> list[Thing]:
    elements: list[Thing] = pod.rest("GET", "/data/contacts", search=search).expect(200).json()["elements"]
    return elements


@probe("rest.count-out-of-range", source="rest 4, 23 question 5", setting="count_out_of_range")
def count_out_of_range(pod: Pod) -> str:
    """Is a count of 1001 an error, or cut to 1000?"""
    found = pod.rest("GET", "/data/contacts", count=1001)
    if found.status == 400:
        return "error"
    size = found.expect(200).json()["pageSize"]
    if size != 1000:
        raise Undecided(f"pageSize is {size}")
    return "clamp"


@probe("rest.nought", source="rest 23 question 5")
def nought(pod: Pod) -> str:
    """What are a count of 0 and a page of 0?"""
    count, page = pod.rest("GET", "/data/contacts", count=0), pod.rest("GET", "/data/contacts", page=0)
    return f"count=0 is {count.status}, page=0 is {page.status}"


@probe("rest.beyond-the-end", source="rest 4")
def beyond_the_end(pod: Pod) -> str:
    """What is a page after the last?"""
    found = pod.rest("GET", "/data/contacts", count=1, page=1_000_000)
    return f"{found.status} {found.body[:120].decode('utf-8', 'replace')}"


@probe("rest.unknown-search-term", source="rest 5, 23 question 6", setting="unknown_search_term", needs=_WRITES)
def unknown_search_term(pod: Pod) -> str:
    """Is a term that names nothing an error, passed over, or does it find nothing?"""
    contact(pod)
    found = pod.rest("GET", "/data/contacts", search="C_NothingOfTheKind='x'", count=1)
    if found.status == 400:
        return "error"
    return "ignore" if found.expect(200).json()["total"] else "empty"


@probe("rest.mixed-terms", source="rest 5, 23 question 7", needs=_WRITES)
def mixed_terms(pod: Pod) -> str:
    """Do two terms of different names mean AND, or OR?"""
    name = pod.name()
    contact(pod, firstName=name, lastName=f"{name} x")
    there = _found(pod, f"C_FirstName='{name}'C_LastName='{name} y'")
    return "OR" if there else "AND"


@probe("rest.case-of-search", source="rest 5, 23 question 10", needs=_WRITES)
def case_of_search(pod: Pod) -> str:
    """Does a search tell capitals from small letters?"""
    name = pod.name()
    contact(pod, lastName=name)
    return "no" if _found(pod, f"C_LastName='{name.upper()}'") else "yes"


@probe("rest.page-order", source="rest 4", setting="rest_page_order", needs=_WRITES)
def page_order(pod: Pod) -> str:
    """In which order is a list without `orderBy`?"""
    name = pod.name()
    made = [contact(pod, lastName=name)["id"] for _ in range(4)]
    pod.rest("PUT", f"/data/contact/{made[1]}", {"emailAddress": pod.address(), "lastName": name}).expect(200)
    there = ids(_found(pod, f"C_LastName='{name}'"))
    if there != made:
        raise Undecided(f"made in the order {made}, listed in the order {there}")
    return "id"


@probe("rest.deleted-since", source="rest 4, 23 question 12", needs=_WRITES)
def deleted_since(pod: Pod) -> str:
    """Does a list with `lastUpdatedAt` have what was deleted, and how does it look?"""
    made = contact_list(pod)
    pod.rest("DELETE", f"/assets/contact/list/{made['id']}").expect(200)
    params = {"search": f"name='{made['name']}'", "lastUpdatedAt": made["updatedAt"]}
    there = pod.rest("GET", "/assets/contact/lists", **params).expect(200).json()["elements"]
    return f"as {there[0]}" if there else "no"


@probe("rest.account-fields", source="rest 9, 23 question 11")
def account_fields(pod: Pod) -> str:
    """Which ids have the standard fields of accounts?"""
    pod.version = "1.0"
    there = pod.rest("GET", "/assets/account/fields", depth="partial").expect(200).json()["elements"]
    standard = [each for each in there if each.get("isStandard") == "true"]
    return ", ".join(f"{each['internalName']} {each['id']}" for each in standard)


def _minimal(pod: Pod, kind: AssetType) -> str:
    made = pod.made(kind.path, kind.draft(pod))
    shown = pod.rest("GET", f"{kind.path}/{made['id']}", depth="minimal").expect(200).json()
    return ", ".join(shown)


def _declare(kind: AssetType) -> None:
    def ask(pod: Pod) -> str:
        pod.version = kind.versions[0]
        return _minimal(pod, kind)

    ask.__doc__ = f"Which keys has a {kind.type} at minimal?"
    probe(f"rest.minimal-keys.{kind.key}", source="rest 3, 23 question 13", needs=_WRITES)(ask)


for _kind in ASSET_TYPES:
    if _kind.key in _SHOWN:
        _declare(_kind)
