"""E-mails that are sent at once, and what that leaves behind: activities (`rest` 14.2, 16)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.catalogue.rest.answers import BOTH, listed
from eloqua_contracts.catalogue.rest.content import email
from eloqua_contracts.catalogue.rest.things import HTML, Thing, contact
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = (Need.WRITES, Need.MAIL)
_ACTIVITY = ["type", "id", "activityDate", "activityType", "asset", "assetType", "contact", "details"]
_DETAILS = {"EmailName", "EmailRecipientId", "EmailWebLink", "SubjectLine", "DeploymentId"}
_MOST = 100


def _inline(pod: Pod, *contact_ids: str) -> Thing:
    content = {"type": "RawHtmlContent", "html": HTML}
    return {
        "type": "EmailInlineDeployment",
        "name": pod.name("deployment"),
        "contacts": [{"type": "Contact", "id": each} for each in contact_ids],
        "email": {"type": "Email", "name": pod.name("email"), "subject": "Hello", "htmlContent": content},
    }


def _sent(pod: Pod, contact_id: str) -> tuple[Thing, Thing]:
    """An e-mail, and the deployment that sent it to a contact."""
    mail = email(pod, subject="Hello")
    return mail, pod.made("/assets/email/deployment", _inline(pod, contact_id) | {"email": {"id": mail["id"]}})


def _activities(pod: Pod, contact_id: str, start: int, end: int) -> list[Any]:
    path = f"/data/activities/contact/{contact_id}"
    if pod.version == "1.0":
        params: dict[str, Any] = {"type": "emailSend", "startDate": start, "endDate": end}
        return list(pod.rest("GET", path, **params).expect(200).json())
    return listed(pod.rest("GET", f"{path}/emailSend", startAt=start, endAt=end, depth="complete"))


@contract("rest.deployment.inline", sure=Sure.CLIENT, source="rest 14.2", versions=BOTH, needs=_NEEDS)
def an_email_is_sent_at_once(pod: Pod) -> None:
    """A deployment to some contacts is 201 with its type, counts who was sent to, and is read by its id."""
    made = pod.made("/assets/email/deployment", _inline(pod, contact(pod)["id"]))

    told = made["type"], made["successfulSendCount"], made["failedSendCount"], made["sentSubject"]
    wanted = ("EmailInlineDeployment", "1", "0", "Hello")
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    there = pod.rest("GET", f"/assets/email/deployment/{made['id']}").expect(200).json()
    same = all(there[name] == made[name] for name in ("type", "id", "name"))
    expect(that=same, otherwise="a GET gives the same", found=there)


@contract("rest.deployment.test", sure=Sure.CLIENT, source="rest 14.2", versions=BOTH, needs=_NEEDS)
def an_email_is_tried_on_one_contact(pod: Pod) -> None:
    """A test deployment names one contact, and is 201 with its type."""
    body = {"type": "EmailTestDeployment", "name": pod.name("test"), "contactId": contact(pod)["id"]}

    made = pod.made("/assets/email/deployment", body | {"email": {"id": email(pod)["id"]}})

    expect(that=made["type"] == "EmailTestDeployment", otherwise="it is a test", found=made["type"])


@contract("rest.deployment.limit", sure=Sure.DOC, source="rest 14.2, 19", versions=BOTH, needs=_NEEDS)
def a_deployment_has_a_hundred_contacts(pod: Pod) -> None:
    """A deployment to more than a hundred contacts is refused."""
    key = contact(pod)["id"]

    found = pod.rest("POST", "/assets/email/deployment", _inline(pod, *[key] * (_MOST + 1)))

    expect(that=400 <= found.status < 500, otherwise="it is refused", found=found.status)


@contract("rest.activities.shape", sure=Sure.DOC, source="rest 16.1", versions=["1.0"], needs=_NEEDS)
def an_activity_has_its_keys(pod: Pod) -> None:
    """An activity of 1.0 has its documented keys in their order, and details of `Key` and `Value`."""
    member = contact(pod)
    mail, deployment = _sent(pod, member["id"])
    moment = int(mail["createdAt"])

    (there,) = _activities(pod, member["id"], moment - 60, moment + 3600)

    expect(that=list(there) == _ACTIVITY, otherwise=f"the keys are {_ACTIVITY}", found=list(there))
    told = there["type"], there["activityType"], there["assetType"], there["asset"], there["contact"]
    wanted = ("Activity", "emailSend", "email", mail["id"], member["id"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    good = abs(int(there["activityDate"]) - moment) < 60
    expect(that=good, otherwise="its moment is that of the call", found=there["activityDate"])
    keys = {name for each in there["details"] for name in each}
    expect(that=keys == {"Key", "Value"}, otherwise="details are of Key and Value", found=keys)
    details = {each["Key"]: each["Value"] for each in there["details"]}
    expect(that=set(details) == _DETAILS, otherwise=f"the details are {_DETAILS}", found=details)
    known = {"EmailName": mail["name"], "SubjectLine": "Hello", "DeploymentId": deployment["id"]}
    expect(that=known.items() <= details.items(), otherwise=f"they are {known}", found=details)


@contract("rest.activities.in-time", sure=Sure.DOC, source="rest 16", versions=BOTH, needs=_NEEDS)
def activities_are_those_between_two_moments(pod: Pod) -> None:
    """Activities are shown which were between the two moments that are asked for."""
    member = contact(pod)
    moment = int(_sent(pod, member["id"])[0]["createdAt"])

    told = [
        len(_activities(pod, member["id"], start, end))
        for start, end in ((moment - 3600, moment + 3600), (moment + 1800, moment + 3600), (1, moment - 3600))
    ]

    expect(that=told == [1, 0, 0], otherwise="it is in the first span, in none of the others", found=told)


@contract("rest.activities.shape-of-2-0", sure=Sure.DOC, source="rest 16.2", versions=["2.0"], needs=_NEEDS)
def an_activity_of_2_0_has_its_keys(pod: Pod) -> None:
    """An activity of 2.0 has contact, moment, asset and field values."""
    member = contact(pod)
    mail, _ = _sent(pod, member["id"])
    moment = int(mail["createdAt"])

    (there,) = _activities(pod, member["id"], moment - 60, moment + 3600)

    told = there["type"], there["contactId"], there["assetId"], there["assetName"], there["assetType"]
    wanted = ("Activity", member["id"], mail["id"], mail["name"], "email")
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    lacking = {"id", "createdAt", "isPending", "fieldValues"} - set(there)
    expect(that=not lacking, otherwise="every documented key is there", found=lacking)
