"""What contacts did (`rest` 14.5, 16)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, listed, wrong_parameter
from eloqua_contracts.catalogue.rest.things import Thing, contact
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

TYPES = (
    "emailSend",
    "emailOpen",
    "emailSubscribe",
    "emailUnsubscribe",
    "emailClickThrough",
    "formSubmit",
    "webVisit",
    "campaignMembership",
)
"""What 1.0 may be asked for."""
_LIMITS = {"startDate": "946684800", "endDate": "4102444799"}
_LIMITS_OF_2 = {"startAt": "946684800", "endAt": "4102444799"}
_NEEDED = ("assetName", "assetType", "activityType", "activityDate", "contactId", "campaignId")


@contract("rest.activities.bare-array", sure=Sure.DOC, source="rest 16.1", versions=["1.0"], needs=[Need.WRITES])
def activities_are_a_bare_array(pod: Pod, draw: Draw) -> None:
    """In 1.0 the activities of a contact are a bare array, empty for one who did nothing of that type."""
    made, kind = contact(pod), draw(st.sampled_from(TYPES))

    there = pod.rest("GET", f"/data/activities/contact/{made['id']}", type=kind, count=10, **_LIMITS).expect(200).json()

    expect(that=there == [], otherwise="there are none", found=there)


@contract("rest.activities.needed", sure=Sure.DOC, source="rest 16.1", versions=["1.0"], needs=[Need.WRITES])
def type_and_limits_are_needed(pod: Pod, draw: Draw) -> None:
    """In 1.0 type, startDate and endDate are needed: without one of them it is 400 with an error of that parameter."""
    made, name = contact(pod), draw(st.sampled_from(["type", "startDate", "endDate"]))
    params = {each: value for each, value in {"type": "emailOpen", **_LIMITS}.items() if each != name}

    wrong_parameter(pod.rest("GET", f"/data/activities/contact/{made['id']}", **params), name)


@contract(
    "rest.activities.type-in-the-path", sure=Sure.CLIENT, source="clients 4", versions=["1.0"], needs=[Need.WRITES]
)
def the_type_may_stand_in_the_path(pod: Pod, draw: Draw) -> None:
    """In 1.0 the type may stand in the path; it is a bare array as well."""
    made, kind = contact(pod), draw(st.sampled_from(TYPES))

    path = f"/data/activities/contact/{made['id']}/{kind}"
    there = pod.rest("GET", path, **_LIMITS_OF_2).expect(200).json()

    expect(that=there == [], otherwise="there are none", found=there)


@contract("rest.activities.list", sure=Sure.DOC, source="rest 16.2", versions=["2.0"], needs=[Need.WRITES])
def activities_are_a_list_in_2_0(pod: Pod, draw: Draw) -> None:
    """In 2.0 the type is in the path, and the activities are a list with its envelope."""
    made, kind = contact(pod), draw(st.sampled_from(TYPES))

    there = listed(pod.rest("GET", f"/data/activities/contact/{made['id']}/{kind}", **_LIMITS_OF_2))

    expect(that=there == [], otherwise="there are none", found=there)


@contract("rest.activities.limits", sure=Sure.DOC, source="rest 16.2", versions=["2.0"], needs=[Need.WRITES])
def limits_are_needed_in_2_0(pod: Pod, draw: Draw) -> None:
    """In 2.0 startAt and endAt are needed: without one of them it is 400 with an error of that parameter."""
    made, name = contact(pod), draw(st.sampled_from(sorted(_LIMITS_OF_2)))
    params = {each: value for each, value in _LIMITS_OF_2.items() if each != name}

    wrong_parameter(pod.rest("GET", f"/data/activities/contact/{made['id']}/emailOpen", **params), name)


def _event(pod: Pod) -> Thing:
    """What an external activity has to say: of an asset, a type and a campaign of its own."""
    body = {"name": pod.name("kind"), "activityTypes": [{"type": "ExternalActivityType", "name": "Seen"}]}
    kind = pod.signed("POST", "/API/REST/2.0/assets/external/type", body).expect(201).json()
    asset = pod.made("/assets/external", {"name": pod.name("stand"), "externalAssetTypeId": kind["id"]})
    campaign = pod.made("/assets/campaign", {"name": pod.name("campaign")})
    return {
        "type": "ExternalActivities",
        "assetName": asset["name"],
        "assetType": kind["name"],
        "activityType": "Seen",
        "activityDate": "1609459200",
        "contactId": contact(pod)["id"],
        "campaignId": campaign["id"],
        "fieldValues": [],
    }


@contract(
    "rest.activity.create", sure=Sure.CLIENT, source="rest 14.5", versions=BOTH, needs=[Need.WRITES, Need.LASTING]
)
def an_external_activity_is_made_and_read(pod: Pod) -> None:
    """An external activity is 201, says what was sent, and is read by its id."""
    event = _event(pod)

    made = pod.made("/data/activity", event)

    told: dict[str, Any] = {name: str(made.get(name)) for name in _NEEDED}
    wanted = {name: event[name] for name in _NEEDED}
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    expect(that=made["type"] == "ExternalActivities", otherwise="its type is that", found=made["type"])
    there = pod.rest("GET", f"/data/activity/{made['id']}", depth="complete").expect(200).json()
    expect(that=there == made, otherwise="a GET gives the same", found=there)


@contract(
    "rest.activity.numbers",
    sure=Sure.CLIENT,
    source="rest 2.1, 14.5",
    versions=["2.0"],
    needs=[Need.WRITES, Need.LASTING],
)
def contact_and_campaign_are_numbers(pod: Pod) -> None:
    """The contact and the campaign of an external activity are numbers in the answer, its id and moment are texts."""
    made = pod.made("/data/activity", _event(pod))

    kinds = [type(made[name]) for name in ("contactId", "campaignId", "id", "activityDate")]
    expect(that=kinds == [int, int, str, str], otherwise="they are two numbers and two texts", found=made)


@contract("rest.activity.needed", sure=Sure.DOC, source="rest 14.5", versions=["2.0"], needs=[Need.WRITES])
def six_properties_of_an_activity_are_needed(pod: Pod) -> None:
    """Without any of six properties an external activity is 400."""
    event = _event(pod)

    for name in _NEEDED:
        rules = broken_rules(pod.rest("POST", "/data/activity", {k: v for k, v in event.items() if k != name}))
        told = [each["property"] for each in rules]
        expect(that=told == [name], otherwise=f"it is about {name}", found=told)


@contract("rest.external-types.fresh", sure=Sure.CLIENT, source="rest 14.5", versions=["2.0"])
def webinars_and_tradeshows_are_known(pod: Pod) -> None:
    """The first external asset type is Webinar with Registered (1000) and Attended (1001), the second Tradeshow."""
    first = pod.rest("GET", "/assets/external/type/1").expect(200).json()
    second = pod.rest("GET", "/assets/external/type/2").expect(200).json()

    told = first["name"], second["name"]
    expect(that=told == ("Webinar", "Tradeshow"), otherwise="they are called so", found=told)
    kinds = {each["id"]: each["name"] for each in first["activityTypes"]}
    wanted = {"1000": "Registered", "1001": "Attended"}
    expect(that=wanted.items() <= kinds.items(), otherwise=f"a webinar has {wanted}", found=kinds)


@contract("rest.activities.bouncebacks", sure=Sure.CLIENT, source="rest 16.1", versions=["1.0"], needs=[Need.WRITES])
def bouncebacks_have_a_path_of_their_own(pod: Pod) -> None:
    """The e-mails that came back have a path of their own, where there are none for a new contact."""
    made = contact(pod)

    there = pod.rest("GET", f"/data/activities/contact/{made['id']}/automation/bounceback").expect(200).json()

    there = there["elements"] if isinstance(there, dict) else there
    expect(that=there == [], otherwise="there are none", found=there)
