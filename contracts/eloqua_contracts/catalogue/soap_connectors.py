"""ExternalActionService: members who wait for a cloud connector at a step of a campaign (`soap` 9)."""

from __future__ import annotations

from lxml.etree import _Element as Element

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message

_NEEDS = (Need.SOAP, Need.WRITES)
AWAITING, CLAIMED, DONE = "AwaitingAction", "InProgress", "Complete"
_INSTANCE = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"
_YEAR_2100 = "4102444800"


def _line(to: str) -> dict[str, str]:
    return {"type": "CampaignOutputTerminal", "connectedId": to, "terminalType": "out"}


def waiting(pod: Pod, count: int) -> tuple[int, list[int]]:
    """A step of an active campaign with so many contacts; its id, and theirs."""
    contacts = [pod.made("/data/contact", {"emailAddress": pod.address()})["id"] for _ in range(count)]
    group = pod.made("/assets/contact/list", {"name": pod.name("list")})
    body = {"id": group["id"], "name": group["name"], "membershipAdditions": contacts}
    pod.rest("PUT", f"/assets/contact/list/{group['id']}", body).expect(200)
    enter = {"type": "CampaignContactList", "id": "-1", "listId": group["id"], "outputTerminals": [_line("-2")]}
    step = {
        "type": "CampaignCloudAction",
        "id": "-2",
        "name": pod.name("step"),
        "instanceId": _INSTANCE,
        "externalProvider": pod.prefix,
        "outputTerminals": [_line("-3")],
    }
    elements = [enter, step, {"type": "CampaignYes", "id": "-3"}]
    campaign = pod.made("/assets/campaign", {"name": pod.name("campaign"), "endAt": _YEAR_2100, "elements": elements})
    pod.rest("POST", f"/assets/campaign/active/{campaign['id']}", activateNow="true").expect(201)
    pod.wait(5)
    return int(campaign["elements"][1]["id"]), [int(each) for each in contacts]


def _step(key: int, status: str) -> tuple[str, str]:
    return message.member("stepId", key), message.member("status", status)


def count(pod: Pod, key: int, status: str) -> int:
    """How many members a step has in a status."""
    return message.number(message.ask(pod, "GetMemberCountInStepByStatus", *_step(key, status)))


def listed(pod: Pod, key: int, status: str = AWAITING, *, page: int = 0, size: int = 100) -> list[Element]:
    """A page of them."""
    pages = message.member("pageNumber", page), message.member("pageSize", size)
    return list(message.ask(pod, "ListMembersInStepByStatus", *_step(key, status), *pages))


def say(pod: Pod, members: list[Element], status: str) -> list[int]:
    """Say a status of members, sent back as they came; the contacts of those that were changed."""
    names = ("EntityId", "EntityType", "Id", "Status", "StepId")
    sent = [
        message.many("Member", *(message.member(name, message.text(each, name)) for name in names)) for each in members
    ]
    found = message.ask(pod, "SetMemberStatus", message.many("members", *sent), message.member("status", status))
    return [message.number(each, "EntityId") for each in found]


@contract("soap.connector.steps", sure=Sure.DOC, source="soap 9", needs=_NEEDS)
def a_step_is_found_by_its_provider(pod: Pod) -> None:
    """ListExternalActionStepsByType finds the step of a provider, and none of a provider that has none."""
    key, _ = waiting(pod, 0)

    found = message.ask(pod, "ListExternalActionStepsByType", message.member("externalProvider", pod.prefix))

    keys = [message.number(each, "Id") for each in found]
    expect(that=key in keys, otherwise=f"{key} is among them", found=keys)
    none = message.ask(pod, "ListExternalActionStepsByType", message.member("externalProvider", pod.name("nobody")))
    expect(that=len(none) == 0, otherwise="nobody has none", found=len(none))


@contract("soap.connector.member", sure=Sure.CLIENT, source="soap 9", needs=_NEEDS)
def a_member_is_a_contact_at_a_step(pod: Pod) -> None:
    """A member has the id of the contact, the type `Contacts`, an id of its own, its status and the step."""
    key, (contact,) = waiting(pod, 1)

    (member,) = listed(pod, key)

    said = {name: message.text(member, name) for name in ("EntityId", "EntityType", "Status", "StepId")}
    wanted = {"EntityId": str(contact), "EntityType": "Contacts", "Status": AWAITING, "StepId": str(key)}
    expect(that=said == wanted, otherwise=f"it is {wanted}", found=said)


@contract("soap.connector.flow", sure=Sure.DOC, source="soap 9", needs=_NEEDS)
def members_are_claimed_and_let_go(pod: Pod) -> None:
    """Members are counted, listed, claimed, put back or completed; what is answered is whom it was news of."""
    key, contacts = waiting(pod, 3)
    members = listed(pod, key)

    claimed = say(pod, members[:2], CLAIMED)

    first_two = [message.number(each, "EntityId") for each in members[:2]]
    expect(that=claimed == first_two, otherwise=f"{first_two} are claimed", found=claimed)
    counts = [count(pod, key, status) for status in (AWAITING, CLAIMED)]
    expect(that=counts == [1, 2], otherwise="one waits, two are claimed", found=counts)
    again = say(pod, members, CLAIMED)
    expect(
        that=again == [each for each in contacts if each not in claimed],
        otherwise="nobody is claimed twice",
        found=again,
    )
    say(pod, members[:1], AWAITING)
    waits = [message.number(each, "EntityId") for each in listed(pod, key)]
    expect(that=waits == first_two[:1], otherwise="who is put back waits again", found=waits)


@contract("soap.connector.pages", sure=Sure.CLIENT, source="soap 9", needs=_NEEDS)
def pages_of_members_count_from_0(pod: Pod) -> None:
    """Pages of members count from 0; together they hold each member once, and past the last one is nobody."""
    key, contacts = waiting(pod, 3)

    pages = [[message.number(each, "EntityId") for each in listed(pod, key, page=page, size=2)] for page in range(3)]

    expect(that=[len(each) for each in pages] == [2, 1, 0], otherwise="they are of 2, 1, 0", found=pages)
    expect(that=sorted(pages[0] + pages[1]) == sorted(contacts), otherwise="each is there once", found=pages)
