"""Campaigns (`rest` 14.1)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, listed
from eloqua_contracts.catalogue.rest.segments import by_country, segment
from eloqua_contracts.catalogue.rest.things import Thing, contact_list
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

DATES = {"startAt": "4070908800", "endAt": "4073587200"}
"""In the year 2099, so that nothing is sent to anybody."""


def campaign(pod: Pod, *elements: Thing, **values: Any) -> Thing:
    """A draft."""
    made: Thing = pod.made("/assets/campaign", {"name": pod.name("campaign"), "elements": elements, **values})
    return made


def canvas(pod: Pod, *, is_single: bool = False, segment_id: str = "") -> list[Thing]:
    """A segment, by default an empty one, and behind it a list that its members are put on."""
    line = {
        "type": "CampaignOutputTerminal",
        "id": "-60001",
        "connectedId": "-10002",
        "connectedType": "CampaignAddToContactListAction",
        "terminalType": "out",
    }
    return [
        {
            "type": "CampaignSegment",
            "id": "-10001",
            "name": "Segment",
            "segmentId": segment_id or segment(pod, by_country("Nowhere"))["id"],
            "position": {"type": "Position", "x": "100", "y": "75"},
            "outputTerminals": line if is_single else [line],
        },
        {
            "type": "CampaignAddToContactListAction",
            "id": "-10002",
            "name": "List",
            "listId": contact_list(pod)["id"],
            "position": {"type": "Position", "x": "300", "y": "175"},
        },
    ]


def _is_joined(made: Thing) -> None:
    first, second = made["elements"]
    ids = first["id"], second["id"]
    expect(that=all(int(each) > 0 for each in ids), otherwise="the ids are real", found=ids)
    lines = first["outputTerminals"]
    expect(that=isinstance(lines, list), otherwise="terminals are a list", found=lines)
    joined = lines[0]["connectedId"]
    expect(that=joined == second["id"], otherwise=f"the terminal leads to {second['id']}", found=joined)


@contract("rest.campaign.temporary-ids", sure=Sure.CLIENT, source="rest 2.4, 14.1", versions=BOTH, needs=[Need.WRITES])
def a_canvas_is_joined_by_real_ids(pod: Pod) -> None:
    """Elements and terminals have temporary ids in a request, and real ones in the answer, joined as before."""
    made = campaign(pod, *canvas(pod))

    _is_joined(made)
    element = made["elements"][0]
    told = element["type"], element["name"], element["position"]
    wanted = ("CampaignSegment", "Segment", {"type": "Position", "x": "100", "y": "75"})
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.campaign.single-terminal", sure=Sure.CLIENT, source="rest 14.1", versions=BOTH, needs=[Need.WRITES])
def a_terminal_may_come_without_its_list(pod: Pod) -> None:
    """One output terminal may come as an object instead of a list."""
    _is_joined(campaign(pod, *canvas(pod, is_single=True)))


@contract("rest.campaign.values", sure=Sure.DOC, source="rest 2.1, 14.1", versions=["2.0"], needs=[Need.WRITES])
def a_campaign_keeps_what_it_is_about(pod: Pod) -> None:
    """A campaign keeps dates in Unix seconds, its texts and its flags; a cost has four decimals."""
    given = {**DATES, "campaignType": "Fair", "product": "Tea", "region": "North", "isIncludedInROI": "true"}

    made = campaign(pod, **given, budgetedCost="1500")

    wanted = {**given, "budgetedCost": "1500.0000"}
    told = {name: made.get(name) for name in wanted}
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)


@contract("rest.campaign.depth", sure=Sure.DOC, source="rest 3, 14.1", versions=["2.0"], needs=[Need.WRITES])
def a_campaign_counts_members_from_partial(pod: Pod) -> None:
    """`memberCount`, dates and costs are there from partial, the elements at complete."""
    path = f"/assets/campaign/{campaign(pod, *canvas(pod), **DATES)['id']}"
    minimal, partial, complete = (
        pod.rest("GET", path, depth=each).expect(200).json() for each in ("minimal", "partial", "complete")
    )

    more = {"memberCount", "startAt", "endAt"}
    expect(that=not more & set(minimal), otherwise=f"{more} are not there at minimal", found=list(minimal))
    expect(that=more <= set(partial), otherwise=f"{more} are there at partial", found=list(partial))
    expect(that="elements" not in minimal, otherwise="elements are not there at minimal", found=list(minimal))
    expect(that=len(complete["elements"]) == 2, otherwise="they are at complete", found=complete.get("elements"))


@contract("rest.campaign.crm-id", sure=Sure.DOC, source="rest 14.1", versions=["2.0"], needs=[Need.WRITES])
def a_put_without_a_crm_id_clears_it(pod: Pod) -> None:
    """A PUT without `crmId` clears it."""
    made = campaign(pod, crmId="701")
    expect(that=made["crmId"] == "701", otherwise="it is kept at first", found=made.get("crmId"))

    body = {name: value for name, value in made.items() if name != "crmId"}
    changed = pod.rest("PUT", f"/assets/campaign/{made['id']}", body).expect(200).json()

    expect(that="crmId" not in changed, otherwise="it is cleared", found=changed.get("crmId"))


@contract("rest.campaign.scheduled", sure=Sure.DOC, source="rest 14.1", versions=["2.0"], needs=[Need.WRITES])
def a_campaign_is_scheduled_and_a_draft_again(pod: Pod) -> None:
    """A campaign is a draft; activated for a later moment it is Scheduled, with 201; then it can be a draft again."""
    made = campaign(pod, *canvas(pod), **DATES)
    path = f"/assets/campaign/active/{made['id']}"

    for call, params, status in (
        (path, {"scheduledFor": DATES["startAt"]}, "Scheduled"),
        (f"/assets/campaign/draft/{made['id']}", {}, "Draft"),
    ):
        changed = pod.rest("POST", call, {}, **params).expect(201).json()
        told = changed["id"], changed["currentStatus"]
        expect(that=told == (made["id"], status), otherwise=f"it is {status}", found=told)
        there = pod.rest("GET", f"/assets/campaign/{made['id']}").expect(200).json()["currentStatus"]
        expect(that=there == status, otherwise=f"a GET says {status} too", found=there)


@contract("rest.campaign.may-start", sure=Sure.CLIENT, source="rest 14.1", versions=["2.0"], needs=[Need.WRITES])
def what_keeps_a_campaign_from_starting_is_told(pod: Pod) -> None:
    """What keeps a campaign from being activated is a bare array, empty where it can be."""
    made = campaign(pod, *canvas(pod), **DATES)

    there = pod.rest("GET", f"/assets/campaign/{made['id']}/active/validationErrors").expect(200).json()

    expect(that=there == [], otherwise="there is nothing", found=there)


@contract("rest.campaign.name-is-needed", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def a_campaign_needs_a_name(pod: Pod) -> None:
    """A campaign without a name is 400 with a rule of `name`."""
    rules = broken_rules(pod.rest("POST", "/assets/campaign", {"description": pod.name()}))

    told = [(each["property"], each["container"]["objectType"]) for each in rules]
    expect(that=told == [("name", "Campaign")], otherwise="it is of the name of a Campaign", found=told)


@contract("rest.campaign-folder.contents", sure=Sure.DOC, source="rest 14.3", versions=["2.0"], needs=[Need.WRITES])
def a_campaign_is_moved_into_a_folder(pod: Pod) -> None:
    """A PATCH of the contents of a folder moves campaigns into it; it lists them, and they name it."""
    folder, made = pod.made("/assets/campaign/folder", {"name": pod.name("folder")})["id"], campaign(pod)
    path = f"/assets/campaign/folder/{folder}/contents"
    expect(that=listed(pod.rest("GET", path)) == [], otherwise="there is nothing at first")

    pod.rest("PATCH", path, [{"type": "Campaign", "id": made["id"]}]).expect(200)

    there = [(each["type"], each["id"]) for each in listed(pod.rest("GET", path))]
    expect(that=there == [("Campaign", made["id"])], otherwise=f"it holds {made['id']}", found=there)
    place = pod.rest("GET", f"/assets/campaign/{made['id']}").expect(200).json()["folderId"]
    expect(that=place == folder, otherwise=f"it lies in {folder}", found=place)


@contract(
    "rest.campaign-folder.root-contents", sure=Sure.DOC, source="rest 14.3", versions=["2.0"], needs=[Need.WRITES]
)
def a_campaign_lies_in_the_root(pod: Pod) -> None:
    """A campaign that nobody put elsewhere is among the contents of the root folder."""
    made = campaign(pod)

    there = listed(pod.rest("GET", "/assets/campaign/folder/root/contents", search=f"name='{made['name']}'"))

    told = ("Campaign", made["id"]) in [(each["type"], each["id"]) for each in there]
    expect(that=told, otherwise=f"{made['id']} is among them", found=there)
