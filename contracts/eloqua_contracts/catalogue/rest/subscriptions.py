"""What a contact said of each e-mail group (`rest` 15)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.catalogue.rest.answers import BOTH, listed
from eloqua_contracts.catalogue.rest.things import contact, email_group
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod


def _said(pod: Pod, contact_id: str) -> dict[str, str]:
    """E-mail group to what the contact is to it."""
    there = listed(pod.rest("GET", f"/data/contact/{contact_id}/email/groups/subscription"))
    return {each["emailGroup"]["id"]: each["isSubscribed"] for each in there}


def _say(pod: Pod, contact_id: str, group_id: str, word: Any) -> Any:
    path = f"/data/contact/{contact_id}/email/group/{group_id}/subscription"
    return pod.rest("PUT", path, {"type": "ContactEmailSubscription", "isSubscribed": word}).expect(200).json()


@contract("rest.subscriptions.list", sure=Sure.CLIENT, source="rest 15", versions=BOTH, needs=[Need.WRITES])
def the_groups_of_a_contact_are_a_list(pod: Pod) -> None:
    """Every e-mail group is in the list of a contact's subscriptions, with what the contact is to it."""
    made, group = contact(pod), email_group(pod)

    path = f"/data/contact/{made['id']}/email/groups/subscription"
    there = listed(pod.rest("GET", path))

    mine = [each for each in there if each["emailGroup"]["id"] == group["id"]]
    expect(that=len(mine) == 1, otherwise="the new group is there once", found=there)
    told = mine[0]["type"], mine[0]["contactId"], mine[0]["emailGroup"]["type"], mine[0]["emailGroup"]["name"]
    wanted = ("ContactEmailSubscription", made["id"], "EmailGroup", group["name"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.subscriptions.change", sure=Sure.CLIENT, source="rest 15", versions=BOTH, needs=[Need.WRITES])
def a_contact_leaves_one_group(pod: Pod) -> None:
    """A PUT unsubscribes from that group alone, and subscribes again; the contact's own flag stays."""
    made, group, other = contact(pod), email_group(pod), email_group(pod)
    before = _say(pod, made["id"], other["id"], "false")["isSubscribed"]

    for word in ("false", "true"):
        answered = _say(pod, made["id"], group["id"], word)["isSubscribed"]
        expect(that=answered == word, otherwise=f"the answer is {word}", found=answered)
        there = _said(pod, made["id"])
        told = there[group["id"]], there[other["id"]]
        expect(that=told == (word, before), otherwise=f"it is {word}, the other {before}", found=told)

    whole = pod.rest("GET", f"/data/contact/{made['id']}", depth="partial").expect(200).json()["isSubscribed"]
    expect(that=whole == "true", otherwise="the contact is subscribed", found=whole)


@contract("rest.subscriptions.shape", sure=Sure.CLIENT, source="rest 15", versions=["1.0"], needs=[Need.WRITES])
def a_subscription_has_its_keys(pod: Pod) -> None:
    """One subscription has type, contact, group at minimal, flag and moment in this order, as the PUT answered."""
    made, group = contact(pod), email_group(pod)
    changed = _say(pod, made["id"], group["id"], "false")

    path = f"/data/contact/{made['id']}/email/group/{group['id']}/subscription"
    there = pod.rest("GET", path).expect(200).json()

    keys = ["type", "contactId", "emailGroup", "isSubscribed", "updatedAt"]
    expect(that=list(there) == keys, otherwise=f"the keys are {keys}", found=list(there))
    inner = there["emailGroup"]
    keys = ["type", "id", "depth", "name", "permissions"]
    expect(that=list(inner) == keys, otherwise=f"those of the group are {keys}", found=list(inner))
    told = inner["depth"], inner["name"]
    expect(that=told == ("minimal", group["name"]), otherwise="the group is shown at minimal", found=told)
    expect(that=there == changed, otherwise="a GET gives what the PUT answered", found=there)


@contract("rest.subscriptions.native-types", sure=Sure.CLIENT, source="rest 2.1", versions=BOTH, needs=[Need.WRITES])
def a_subscription_takes_a_truth(pod: Pod) -> None:
    """`isSubscribed` may be a JSON truth; the answer has a text."""
    made, group = contact(pod), email_group(pod)

    answered = _say(pod, made["id"], group["id"], word=False)["isSubscribed"]

    expect(that=answered == "false", otherwise="it is the text false", found=answered)
