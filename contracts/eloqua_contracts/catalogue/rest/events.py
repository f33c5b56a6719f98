"""Events and those who register (`rest` 13, 20)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.answers import ids, listed
from eloqua_contracts.catalogue.rest.things import Thing, field_values, values_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_TEXT = {"type": "CustomObjectField", "dataType": "text", "displayType": "text"}


def event(pod: Pod) -> Thing:
    """An event that asks for an address and a name."""
    fields = [{**_TEXT, "id": "-1", "name": "Email"}, {**_TEXT, "id": "-2", "name": "Guest"}]
    pointers = {"emailAddressFieldId": "-1", "uniqueCodeFieldId": "-1"}
    made: Thing = pod.made("/assets/eventRegistration", {"name": pod.name("event"), "fields": fields, **pointers})
    return made


@contract("rest.event.temporary-ids", sure=Sure.DOC, source="rest 2.4, 13", versions=["2.0"], needs=[Need.WRITES])
def fields_of_an_event_get_ids(pod: Pod) -> None:
    """The fields of an event get real ids, which its properties point at."""
    made = event(pod)

    key = made["fields"][0]["id"]
    told = int(key) > 0, made["emailAddressFieldId"], made["uniqueCodeFieldId"]
    expect(that=told == (True, key, key), otherwise=f"both are {key}", found=told)


@contract("rest.registrations.life", sure=Sure.DOC, source="rest 13, 20", versions=["2.0"], needs=[Need.WRITES])
def somebody_registers_and_leaves(pod: Pod, draw: Draw) -> None:
    """A registration is 201, read, listed and changed by its id; deleted it is 200, and 404 from then on."""
    made, guest = event(pod), draw(texts(30))
    path = f"/data/eventRegistration/{made['id']}/instance"

    one = pod.made(path, {"fieldValues": field_values(made, Email=pod.address(), Guest="Ada")})

    expect(that=one["type"] == "EventRegistrationData", otherwise="it is a registration", found=one["type"])
    there = pod.rest("GET", f"{path}/{one['id']}").expect(200).json()
    expect(that=there == one, otherwise="a GET gives the same", found=there)
    body = {"id": one["id"], "fieldValues": field_values(made, Guest=guest)}
    changed = pod.rest("PUT", f"{path}/{one['id']}", body).expect(200).json()
    name = values_of(changed, made)["Guest"]
    expect(that=name == guest, otherwise=f"it is of {guest!r}", found=name)
    expect(that=ids(listed(pod.rest("GET", f"{path}s"))) == [one["id"]], otherwise="it is listed alone")
    pod.rest("DELETE", f"{path}/{one['id']}").expect(200)
    pod.rest("GET", f"{path}/{one['id']}").expect(404)
    left = listed(pod.rest("GET", f"{path}s"))
    expect(that=left == [], otherwise="nobody is listed", found=left)
