"""Contact segments and filters (`rest` 11)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.answers import BOTH, ids, listed
from eloqua_contracts.catalogue.rest.things import Thing, contact, contact_list, eventually
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

COUNTRY = "100012"


def by_country(country: str, *, number: int = 1) -> Thing:
    """An element that chooses the contacts of a country, by temporary ids."""
    condition = {"type": "TextValueCondition", "operator": "equal", "value": country}
    criterion = {"type": "ContactFieldCriterion", "id": str(-100 - number), "fieldId": COUNTRY, "condition": condition}
    chosen = {"scope": "local", "statement": criterion["id"], "criteria": [criterion]}
    return {
        "type": "ContactFilterSegmentElement",
        "id": str(-number),
        "isIncluded": "true",
        "filter": {"type": "ContactFilter", "id": str(-200 - number), **chosen},
    }


def segment(pod: Pod, *elements: Thing, **values: object) -> Thing:
    """A segment of these elements."""
    made: Thing = pod.made("/assets/contact/segment", {"name": pod.name("segment"), "elements": elements, **values})
    return made


def members(pod: Pod, segment_id: str) -> list[str]:
    """The contacts in it."""
    return sorted(ids(listed(pod.rest("GET", f"/data/contacts/segment/{segment_id}"))))


def calculate(pod: Pod, segment_id: str) -> None:
    """Let it find its members."""
    queued = pod.rest("POST", f"/assets/contact/segment/queue/{segment_id}", {}).expect(201).json()
    expect(that=queued["id"] == segment_id, otherwise="the answer is the segment", found=queued)

    def is_done() -> bool:
        return "lastCalculatedAt" in pod.rest("GET", f"/assets/contact/segment/{segment_id}").expect(200).json()

    expect(that=eventually(pod, is_done), otherwise="it says when it was calculated")


@contract("rest.segment.temporary-ids", sure=Sure.DOC, source="rest 2.4, 11", versions=BOTH, needs=[Need.WRITES])
def a_statement_names_its_criteria(pod: Pod) -> None:
    """Elements, filters and criteria get real ids, and the statement of a filter names that of its criterion."""
    made = segment(pod, by_country("Nowhere"))

    element = made["elements"][0]
    criterion = element["filter"]["criteria"][0]
    keys = element["id"], element["filter"]["id"], criterion["id"]
    expect(that=all(int(each) > 0 for each in keys), otherwise="the ids are real", found=keys)
    statement = element["filter"]["statement"]
    expect(that=statement == criterion["id"], otherwise=f"the statement is {criterion['id']}", found=statement)


@contract("rest.segment.elements", sure=Sure.DOC, source="rest 11", versions=BOTH, needs=[Need.WRITES])
def a_segment_keeps_its_elements(pod: Pod) -> None:
    """A new segment is a draft, has its elements in order, each with its type, flag and condition."""
    made = segment(
        pod,
        by_country("Nowhere"),
        {
            "type": "ContactListSegmentElement",
            "id": "-2",
            "isIncluded": "false",
            "list": {"type": "ContactList", "id": contact_list(pod)["id"]},
        },
    )

    expect(that=made["currentStatus"] == "Draft", otherwise="it is a draft", found=made["currentStatus"])
    told = [(each["type"], each["isIncluded"]) for each in made["elements"]]
    wanted = [("ContactFilterSegmentElement", "true"), ("ContactListSegmentElement", "false")]
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)
    condition = made["elements"][0]["filter"]["criteria"][0]["condition"]
    wanted_condition = {"type": "TextValueCondition", "operator": "equal", "value": "Nowhere"}
    expect(that=condition == wanted_condition, otherwise="the condition is kept", found=condition)


@contract("rest.segment.calculation", sure=Sure.CLIENT, source="rest 11", versions=BOTH, needs=[Need.WRITES])
def a_segment_is_calculated_when_asked(pod: Pod) -> None:
    """A call to the queue answers 201 with the segment and calculates it: it counts and lists whom it chooses."""
    country = pod.name("country")
    inside, _outside = contact(pod, country=country), contact(pod, country=f"{country} x")
    made = segment(pod, by_country(country))

    calculate(pod, made["id"])

    count = pod.rest("GET", f"/assets/contact/segment/{made['id']}").expect(200).json()["count"]
    expect(that=count == "1", otherwise="it counts 1", found=count)
    there = members(pod, made["id"])
    expect(that=there == [inside["id"]], otherwise=f"it is {inside['id']} alone", found=there)


@contract("rest.segment.excluded", sure=Sure.DOC, source="rest 11", versions=BOTH, needs=[Need.WRITES])
def an_excluded_element_is_taken_away(pod: Pod) -> None:
    """An element with `isIncluded` false takes its members away from those of the others."""
    country = pod.name("country")
    stays, goes = contact(pod, country=country), contact(pod, country=country)
    chosen = contact_list(pod, membershipAdditions=[goes["id"]])
    made = segment(
        pod,
        by_country(country),
        {
            "type": "ContactListSegmentElement",
            "id": "-2",
            "isIncluded": "false",
            "list": {"type": "ContactList", "id": chosen["id"]},
        },
    )

    calculate(pod, made["id"])

    there = members(pod, made["id"])
    expect(that=there == [stays["id"]], otherwise=f"it is {stays['id']} alone", found=there)


@contract("rest.segment.local-list", sure=Sure.CLIENT, source="rest 11", versions=BOTH, needs=[Need.WRITES])
def a_segment_may_bring_a_list(pod: Pod) -> None:
    """An element may hold a new local list with its members."""
    member = contact(pod)
    new = {"type": "ContactList", "id": "-3", "name": pod.name("list"), "scope": "local"}
    element = {"type": "ContactListSegmentElement", "id": "-1", "isIncluded": "true"}
    made = segment(pod, element | {"list": new | {"membershipAdditions": [member["id"]]}})

    calculate(pod, made["id"])

    key = made["elements"][0]["list"]["id"]
    expect(that=int(key) > 0, otherwise="the list has a real id", found=key)
    there = members(pod, made["id"])
    expect(that=there == [member["id"]], otherwise=f"it is {member['id']} alone", found=there)


@contract("rest.segment.copy", sure=Sure.DOC, source="rest 11", versions=["2.0"], needs=[Need.WRITES])
def a_segment_is_copied(pod: Pod) -> None:
    """A copy is 201, another segment of the name that was asked for, with as many elements."""
    made, name = segment(pod, by_country("Nowhere")), pod.name("copy")

    copy = pod.rest("POST", f"/assets/contact/segment/{made['id']}/copy", {"name": name}).expect(201).json()

    told = copy["type"], copy["name"], copy["id"] != made["id"], len(copy["elements"])
    expect(that=told == ("ContactSegment", name, True, 1), otherwise="it is another of that name", found=told)


@contract("rest.segment.unknown-members", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH)
def the_members_of_nothing_are_404(pod: Pod) -> None:
    """The contacts in a segment that is not there are 404."""
    pod.rest("GET", "/data/contacts/segment/2147483647").expect(404)


@contract("rest.contact-filter.read", sure=Sure.CLIENT, source="rest 11", versions=["2.0"], needs=[Need.WRITES])
def the_filter_of_a_segment_is_read(pod: Pod) -> None:
    """The filter in an element of a segment is read by its id, with its criteria."""
    inside = segment(pod, by_country("Nowhere"))["elements"][0]["filter"]

    there = pod.rest("GET", f"/assets/contact/filter/{inside['id']}", depth="complete").expect(200).json()

    told = there["type"], there["id"], [each["fieldId"] for each in there["criteria"]]
    wanted = ("ContactFilter", inside["id"], [COUNTRY])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
