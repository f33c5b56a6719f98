"""Contact lists and their members in REST (`rest` 10)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest_contacts import BOTH
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod


@contract(
    "rest.contact-list.membership", sure=Sure.RECORDED, source="rest 0 fact 15", versions=BOTH, needs=[Need.WRITES]
)
def members_come_and_go_by_additions_and_deletions(pod: Pod) -> None:
    """`membershipAdditions` and `membershipDeletions` move `count` at once, and are not repeated in the answer."""
    contact = pod.made("/data/contact", {"emailAddress": pod.address()})
    made = pod.made("/assets/contact/list", {"name": pod.name("list")})
    path = f"/assets/contact/list/{made['id']}"

    for change, count in (("membershipAdditions", "1"), ("membershipDeletions", "0")):
        body = {"id": made["id"], "name": made["name"], change: [contact["id"]]}
        changed = pod.rest("PUT", path, body).expect(200).json()
        expect(that=change not in changed, otherwise=f"{change} is not repeated")
        found = pod.rest("GET", path).expect(200).json().get("count")
        expect(that=found == count, otherwise=f"count is {count} after {change}", found=found)


@contract("rest.contact-list.name-is-needed", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def a_list_without_a_name_is_refused(pod: Pod) -> None:
    """A list without a name is 400."""
    pod.rest("POST", "/assets/contact/list", {"description": "no name"}).expect(400)
