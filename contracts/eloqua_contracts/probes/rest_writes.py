"""What REST does with what it is given (`rest` 23)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.catalogue.rest.campaigns import DATES, campaign, canvas
from eloqua_contracts.catalogue.rest.forms import form, rows
from eloqua_contracts.catalogue.rest.segments import segment
from eloqua_contracts.catalogue.rest.things import (
    Thing,
    contact,
    contact_field,
    contact_list,
    custom_object,
    email_group,
    eventually,
    field_values,
    value_of,
)
from eloqua_contracts.contract import Need
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import Undecided, probe

_WRITES = [Need.WRITES]
_NOBODY = "2147483647"


@probe("rest.put-semantics", source="rest 18", setting="put_semantics", needs=_WRITES)
def put_semantics(pod: Pod) -> str:
    """Is a property that a PUT leaves out blanked, or kept?"""
    made = contact(pod, city="Utrecht")
    body = {"id": made["id"], "emailAddress": made["emailAddress"]}
    changed = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()
    return "merge" if changed.get("city") == "Utrecht" else "replace"


@probe("rest.put-of-field-values", source="rest 8.2, 23 question 8", needs=_WRITES)
def put_of_field_values(pod: Pod) -> str:
    """Is the value of a custom field that a PUT leaves out blanked, or kept?"""
    field = contact_field(pod)["id"]
    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": field, "value": "A"}])
    body = {"id": made["id"], "emailAddress": made["emailAddress"]}
    changed = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()
    return "kept" if value_of(changed, field) == "A" else "blanked"


@probe("rest.stamps-of-unsubscribing", source="rest 8.2", needs=_WRITES)
def stamps_of_unsubscribing(pod: Pod) -> str:
    """Which stamps come with `isSubscribed` false and `isBounceback` true?"""
    made = contact(pod)
    changed = pod.rest(
        "PUT", f"/data/contact/{made['id']}", made | {"isSubscribed": "false", "isBounceback": "true"}
    ).expect(200)
    there = [name for name in ("unsubscriptionDate", "bouncebackDate") if name in changed.json()]
    return ", ".join(there) or "none"


@probe("rest.unknown-list-members", source="rest 10, 23 question 14", setting="unknown_list_members", needs=_WRITES)
def unknown_list_members(pod: Pod) -> str:
    """Are ids of contacts who are not there, in `membershipAdditions`, passed over?"""
    made = contact_list(pod)
    body = {"id": made["id"], "name": made["name"], "membershipAdditions": [_NOBODY]}
    found = pod.rest("PUT", f"/assets/contact/list/{made['id']}", body)
    return "error" if found.expect(200, 400).status == 400 else "ignore"


@probe("rest.record-is-mapped", source="rest 13", setting="record_is_mapped", needs=_WRITES)
def record_is_mapped(pod: Pod) -> str:
    """Which words has `isMapped` of a record?"""
    made = custom_object(pod, {"name": "Code"})
    path = f"/data/customObject/{made['id']}/instance"
    word = pod.made(path, {"fieldValues": field_values(made, Code="A")})["isMapped"]
    known = {"No": "Yes/No", "false": "true/false"}
    if word not in known:
        raise Undecided(f"isMapped is {word!r}")
    return known[word]


@probe("rest.blank-strings", source="rest 2.3", setting="blank_strings_on_account_create", needs=_WRITES)
def blank_strings(pod: Pod) -> bool:
    """Does the answer to a new account repeat unset texts as blanks?"""
    return "" in pod.made("/data/account", {"name": pod.name("account")}).values()


@probe("rest.user-details", source="platform Q25", setting="user_details")
def user_details(pod: Pod) -> str:
    """Are the rights of other users shown?"""
    mine = pod.rest("GET", "/system/user/current").expect(200).json()["id"]
    there = pod.rest("GET", "/system/users", count=10).expect(200).json()["elements"]
    other = next((each["id"] for each in there if each["id"] != mine), None)
    if other is None:
        raise Undecided("there is one user only")
    shown = pod.rest("GET", f"/system/user/{other}", depth="complete").expect(200).json()
    return "all" if {"capabilities", "securityGroups", "preferences"} & set(shown) else "own"


@probe("rest.email-group-default", source="rest 15", setting="email_group_default", needs=_WRITES)
def email_group_default(pod: Pod) -> str:
    """What is a contact to an e-mail group of which it has said nothing?"""
    made, group = contact(pod), email_group(pod)
    path = f"/data/contact/{made['id']}/email/groups/subscription"
    there = pod.rest("GET", path).expect(200).json()["elements"]
    flag = next(each["isSubscribed"] for each in there if each["emailGroup"]["id"] == group["id"])
    return "subscribed" if flag == "true" else "unsubscribed"


@probe("rest.form-validations", source="rest 12.2", setting="form_validations", needs=_WRITES)
def form_validations(pod: Pod) -> str:
    """Is form data that breaks a validation refused, taken in with a word about it, or not looked at?"""
    condition = {"type": "IsEmailAddressCondition"}
    field = {
        "type": "FormField",
        "id": "-1",
        "name": "Email Address",
        "htmlName": "emailAddress",
        "dataType": "text",
        "displayType": "text",
        "validations": [{"type": "FieldValidation", "id": "-2", "isEnabled": "true", "condition": condition}],
    }
    made = form(pod, elements=[field])
    values = [{"type": "FieldValue", "id": made["elements"][0]["id"], "value": "nobody"}]
    found = pod.rest("POST", f"/data/form/{made['id']}", {"fieldValues": values}).expect(201, 400)
    if found.status == 400:
        return "error"
    return "report" if any("validationErrors" in each for each in (found.json(), *rows(pod, made))) else "ignore"


@probe("rest.participants-limit", source="rest 13", setting="participants_limit", needs=_WRITES)
def participants_limit(pod: Pod) -> str:
    """Is a registration for a session that is full refused?"""
    kinds = {"type": "CustomObjectField", "dataType": "text", "displayType": "text"}
    made = pod.made(
        "/assets/eventRegistration",
        {
            "name": pod.name("event"),
            "fields": [{**kinds, "id": "-1", "name": "Email"}, {**kinds, "id": "-2", "name": "Session"}],
            "emailAddressFieldId": "-1",
            "eventGroupByFieldId": "-2",
            "sessions": [{"id": "-10", "name": "Morning", "participantsLimit": 1}],
        },
    )
    path = f"/data/eventRegistration/{made['id']}/instance"

    def register() -> Any:
        session = made["sessions"][0]["name"]
        return pod.rest("POST", path, {"fieldValues": field_values(made, Email=pod.address(), Session=session)})

    register().expect(201)
    return "error" if register().expect(201, 400).status == 400 else "ignore"


@probe("rest.campaign-field-values", source="rest 18", setting="campaign_field_values", needs=_WRITES)
def campaign_field_values(pod: Pod) -> str:
    """Is the value of a campaign field that a PUT leaves out kept?"""
    kinds = {"dataType": "text", "displayType": "text"}
    keys = [pod.made("/assets/campaign/field", {"name": pod.name("field"), **kinds})["id"] for _ in range(2)]
    values = [{"type": "FieldValue", "id": key, "value": "A"} for key in keys]
    made = campaign(pod, fieldValues=values)
    changed = pod.rest("PUT", f"/assets/campaign/{made['id']}", made | {"fieldValues": values[:1]}).expect(200).json()
    return "merge" if len(changed.get("fieldValues", [])) == len(keys) else "replace"


@probe("rest.canvas-activation-checks", source="rest 14.1", setting="canvas_activation_checks", needs=_WRITES)
def canvas_activation_checks(pod: Pod) -> str:
    """Does what is missing on a canvas keep a campaign from being activated?"""
    made = campaign(pod, {"type": "CampaignSegment", "id": "-1", "name": "Nobody"}, **DATES)
    path = f"/assets/campaign/active/{made['id']}"
    found = pod.rest("POST", path, {}, scheduledFor=DATES["startAt"]).expect(201, 400)
    if found.status == 400:
        return "all"
    pod.rest("POST", f"/assets/campaign/draft/{made['id']}", {}).expect(201)
    return "none"


def _started(pod: Pod, *elements: Thing) -> Thing:
    """A campaign that runs; it sends nothing."""
    made = campaign(pod, *elements, endAt=DATES["endAt"])
    path = f"/assets/campaign/active/{made['id']}"
    started: Thing = pod.rest("POST", path, {}, activateNow="true").expect(201).json()
    return started


@probe("rest.active-canvas-put", source="rest 14.1", setting="active_canvas_put", needs=_WRITES)
def active_canvas_put(pod: Pod) -> str:
    """Is a PUT to an active campaign refused?"""
    made = _started(pod, *canvas(pod))
    found = pod.rest("PUT", f"/assets/campaign/{made['id']}", made | {"description": "Changed"})
    pod.rest("POST", f"/assets/campaign/draft/{made['id']}", {}).expect(201)
    return "error" if found.expect(200, 400).status == 400 else "accept"


@probe(
    "rest.campaign-membership",
    source="rest 16.1",
    setting="campaign_membership_activities",
    needs=_WRITES,
)
def campaign_membership(pod: Pod) -> bool:
    """Has a contact who enters a campaign an activity of it?"""
    member = contact(pod)
    inside = contact_list(pod, membershipAdditions=[member["id"]])
    chosen = segment(
        pod,
        {
            "type": "ContactListSegmentElement",
            "id": "-1",
            "isIncluded": "true",
            "list": {"type": "ContactList", "id": inside["id"]},
        },
    )
    made = _started(pod, *canvas(pod, segment_id=chosen["id"]))
    path = f"/data/activities/contact/{member['id']}/campaignMembership"

    def told() -> bool:
        there = pod.rest("GET", path, startAt="946684800", endAt="4102444799").expect(200).json()["elements"]
        return bool(there)

    found = eventually(pod, told)
    pod.rest("POST", f"/assets/campaign/draft/{made['id']}", {}).expect(201)
    return found
