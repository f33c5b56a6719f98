"""Contact lists and their members in REST (`rest` 10)."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, ids, in_order, listed
from eloqua_contracts.catalogue.rest.things import contact, contact_list
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OWN = ("type", "id", "createdAt", "createdBy", "depth", "folderId", "name", "permissions", "updatedAt", "updatedBy")


@contract("rest.contact-list.shape", sure=Sure.RECORDED, source="rest 2.2, 10", versions=BOTH, needs=[Need.WRITES])
def a_new_list_has_its_keys_in_their_order(pod: Pod) -> None:
    """A new list is in a folder, global, counts 0 members, and has its keys in the recorded order."""
    made = contact_list(pod)

    lacking = [name for name in (*_OWN, "count", "dataLookupId", "scope") if name not in made]
    expect(that=not lacking, otherwise="every recorded key is there", found=lacking)
    expect(that=list(made) == in_order(made), otherwise=f"the order is {in_order(made)}", found=list(made))
    found = made["count"], made["scope"]
    expect(that=found == ("0", "global"), otherwise="count is 0 and scope global", found=found)
    expect(that=made["updatedAt"] == made["createdAt"], otherwise="it was updated when it was made", found=made)


@contract("rest.contact-list.lookup-id", sure=Sure.RECORDED, source="rest 2.1, 10", versions=BOTH, needs=[Need.WRITES])
def a_list_has_a_lookup_id(pod: Pod) -> None:
    """`dataLookupId` is a GUID in small letters with hyphens."""
    found = contact_list(pod)["dataLookupId"]

    expect(that=re.fullmatch(_GUID, found) is not None, otherwise="it is a GUID in small letters", found=found)


@contract(
    "rest.contact-list.membership", sure=Sure.RECORDED, source="rest 0 fact 15", versions=BOTH, needs=[Need.WRITES]
)
def members_come_and_go_by_additions_and_deletions(pod: Pod) -> None:
    """`membershipAdditions` and `membershipDeletions` move `count` at once, and are not repeated in the answer."""
    member = contact(pod)
    made = contact_list(pod)
    path = f"/assets/contact/list/{made['id']}"

    for change, count in (("membershipAdditions", "1"), ("membershipDeletions", "0")):
        body = {"id": made["id"], "name": made["name"], change: [member["id"]]}
        changed = pod.rest("PUT", path, body).expect(200).json()
        expect(that=change not in changed, otherwise=f"{change} is not repeated")
        found = changed["count"], pod.rest("GET", path).expect(200).json().get("count")
        expect(that=found == (count, count), otherwise=f"count is {count} after {change}", found=found)


@contract("rest.contact-list.create-with-members", sure=Sure.DOC, source="rest 10", versions=BOTH, needs=[Need.WRITES])
def a_new_list_may_have_members(pod: Pod, draw: Draw) -> None:
    """`membershipAdditions` work in a POST too, ids as texts or numbers."""
    members = [contact(pod)["id"] for _ in range(draw(st.integers(1, 3)))]
    form = draw(st.sampled_from([str, int]))

    made = contact_list(pod, membershipAdditions=[form(each) for each in members])

    expect(that=made["count"] == str(len(members)), otherwise=f"count is {len(members)}", found=made["count"])


@contract("rest.contact-list.put-keeps", sure=Sure.RECORDED, source="rest 10, 18", versions=BOTH, needs=[Need.WRITES])
def what_an_asset_has_in_common_survives_a_put(pod: Pod) -> None:
    """A PUT with id, name and additions leaves folder, scope, permissions and creation; updatedAt is newer."""
    member, made = contact(pod), contact_list(pod)
    pod.wait(3)

    body = {"id": made["id"], "name": made["name"], "membershipAdditions": [member["id"]]}
    changed = pod.rest("PUT", f"/assets/contact/list/{made['id']}", body).expect(200).json()

    kept = ("folderId", "scope", "permissions", "createdAt", "createdBy", "dataLookupId", "name", "id")
    moved = {name: changed.get(name) for name in kept if changed.get(name) != made[name]}
    expect(that=not moved, otherwise=f"{kept} stay", found=moved)
    later = int(changed["updatedAt"]) > int(made["updatedAt"])
    expect(that=later, otherwise="updatedAt is newer", found=changed["updatedAt"])


@contract("rest.contact-list.depth", sure=Sure.RECORDED, source="rest 3", versions=BOTH, needs=[Need.WRITES])
def a_list_counts_from_partial(pod: Pod) -> None:
    """`count`, `dataLookupId` and `scope` are there from partial, and complete adds nothing."""
    path = f"/assets/contact/list/{contact_list(pod)['id']}"

    minimal, partial, complete = (
        set(pod.rest("GET", path, depth=each).expect(200).json()) for each in ("minimal", "partial", "complete")
    )

    more = {"count", "dataLookupId", "scope"}
    expect(that=not more & minimal, otherwise=f"{more} are not there at minimal", found=minimal)
    expect(that=more <= partial, otherwise=f"{more} are there at partial", found=partial)
    expect(that=partial == complete, otherwise="complete adds nothing", found=complete - partial)


@contract("rest.contact-list.members", sure=Sure.CLIENT, source="rest 8", versions=["1.0"], needs=[Need.WRITES])
def the_members_of_a_list_are_contacts(pod: Pod) -> None:
    """`/data/contacts/list/{id}` lists the contacts who are members, and nobody else."""
    inside, _outside = contact(pod), contact(pod)
    made = contact_list(pod, membershipAdditions=[inside["id"]])

    found = ids(listed(pod.rest("GET", f"/data/contacts/list/{made['id']}")))

    expect(that=found == [inside["id"]], otherwise=f"it is {inside['id']} alone", found=found)


@contract("rest.contact-list.delete", sure=Sure.RECORDED, source="rest 10", versions=BOTH, needs=[Need.WRITES])
def members_outlive_their_list(pod: Pod) -> None:
    """A deleted list leaves its members."""
    member = contact(pod)
    made = contact_list(pod, membershipAdditions=[member["id"]])

    pod.rest("DELETE", f"/assets/contact/list/{made['id']}").expect(200)

    pod.rest("GET", f"/data/contact/{member['id']}").expect(200)
    pod.rest("GET", f"/assets/contact/list/{made['id']}").expect(404)


@contract(
    "rest.contact-list.search-with-signs", sure=Sure.RECORDED, source="rest 5", versions=BOTH, needs=[Need.WRITES]
)
def brackets_and_blanks_in_quotes_are_themselves(pod: Pod) -> None:
    """Brackets and blanks inside quotes are themselves."""
    name = f"{pod.name()} (test) High Value"
    made = contact_list(pod, name=name)

    elements = listed(pod.rest("GET", "/assets/contact/lists", search=f"name='{name}'", depth="partial"))

    expect(that=ids(elements) == [made["id"]], otherwise=f"it finds {made['id']} alone", found=ids(elements))
    found = elements[0]["depth"], elements[0].get("count")
    expect(that=found == ("partial", "0"), otherwise="at depth partial, with its count", found=found)


@contract("rest.contact-list.created-by", sure=Sure.DOC, source="rest 2.2", versions=["2.0"], needs=[Need.WRITES])
def an_asset_says_who_made_it(pod: Pod) -> None:
    """`createdBy` and `updatedBy` are the id of who called, and in 2.0 two names go with them."""
    mine = pod.rest("GET", "/system/user/current").expect(200).json()

    made = contact_list(pod)

    told = made["createdBy"], made["updatedBy"], made["createdByName"], made["updatedByName"]
    wanted = (mine["id"], mine["id"], mine["name"], mine["name"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
