"""Forms and what is sent in through them (`rest` 12)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, listed
from eloqua_contracts.catalogue.rest.things import Thing, eventually
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_TEXT = {"type": "FormField", "dataType": "text", "displayType": "text", "style": '{"fieldSize":"medium"}'}
_FIELDS = (
    {**_TEXT, "id": "-1", "name": "Email Address", "htmlName": "emailAddress"},
    {**_TEXT, "id": "-2", "name": "First Name", "htmlName": "firstName"},
    {"type": "FormField", "id": "-3", "name": "Submit", "htmlName": "submit", "displayType": "submit"},
)


def form(pod: Pod, **values: Any) -> Thing:
    """A form that asks for an address and a first name."""
    made: Thing = pod.made("/assets/form", {"name": pod.name("form"), "elements": _FIELDS} | values)
    return made


def sent_in(pod: Pod, made: Thing, *texts_: str, kind: str = "FieldValue") -> Thing:
    """What a form gets."""
    pairs = zip(made["elements"], texts_, strict=False)
    values = [{"type": kind, "id": field["id"], "value": text} for field, text in pairs]
    return dict(pod.made(f"/data/form/{made['id']}", {"fieldValues": values}))


def rows(pod: Pod, made: Thing, **params: Any) -> list[Thing]:
    """What a form got."""
    return listed(pod.rest("GET", f"/data/form/{made['id']}", **params))


@contract("rest.form.elements", sure=Sure.CLIENT, source="rest 12.1", versions=BOTH, needs=[Need.WRITES])
def a_form_keeps_its_fields(pod: Pod) -> None:
    """A new form is a draft; its fields have real ids and are as they were sent, the style a text of JSON."""
    made = form(pod)

    expect(that=made["currentStatus"] == "Draft", otherwise="it is a draft", found=made["currentStatus"])
    ids = [each["id"] for each in made["elements"]]
    expect(that=all(int(each) > 0 for each in ids), otherwise="the ids are real", found=ids)
    for told, wanted in zip(made["elements"], _FIELDS, strict=True):
        other = {name: told.get(name) for name, value in wanted.items() if name != "id" and told.get(name) != value}
        expect(that=not other, otherwise=f"the field is {wanted}", found=other)


@contract("rest.form.depth", sure=Sure.DOC, source="rest 3", versions=BOTH, needs=[Need.WRITES])
def the_fields_of_a_form_are_not_minimal(pod: Pod) -> None:
    """The fields of a form are not shown at minimal, and are whole at complete."""
    path = f"/assets/form/{form(pod)['id']}"

    minimal, complete = (pod.rest("GET", path, depth=each).expect(200).json() for each in ("minimal", "complete"))

    told = "elements" in minimal, len(complete["elements"])
    expect(that=told == (False, 3), otherwise="they are there at complete only", found=told)


@contract("rest.form-data.create", sure=Sure.DOC, source="rest 12.2", versions=BOTH, needs=[Need.WRITES])
def what_is_sent_in_is_kept(pod: Pod, draw: Draw) -> None:
    """Form data is 201 with type, id, values and moment; only the fields that were sent are there."""
    made, first = form(pod), draw(texts(40))

    row = sent_in(pod, made, pod.address(), first)

    lacking = {"type", "id", "fieldValues", "submittedAt"} - set(row)
    expect(that=not lacking, otherwise="every documented key is there", found=lacking)
    told = row["type"], [(each["id"], each["value"]) for each in row["fieldValues"]][1:]
    wanted = ("FormData", [(made["elements"][1]["id"], first)])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    good = row["submittedAt"].isdecimal() and len(row["submittedAt"]) == 10
    expect(that=good, otherwise="the moment is Unix seconds", found=row["submittedAt"])


@contract("rest.form-data.list", sure=Sure.DOC, source="rest 12.2", versions=BOTH, needs=[Need.WRITES])
def what_was_sent_in_is_listed(pod: Pod) -> None:
    """What was sent in through a form is a list with its envelope, in pages, with the values of each."""
    made, other = form(pod), form(pod)
    sent_in(pod, other, pod.address(), "Grace")
    wanted = {sent_in(pod, made, pod.address(), f"Ada {each}")["id"]: f"Ada {each}" for each in range(3)}

    found = rows(pod, made, count=2) + rows(pod, made, count=2, page=2)

    told = {each["id"]: each["fieldValues"][1]["value"] for each in found}
    expect(that=(told, len(found)) == (wanted, 3), otherwise=f"they are {wanted}", found=found)


@contract("rest.form-data.in-time", sure=Sure.DOC, source="rest 4, 12.2", versions=BOTH, needs=[Need.WRITES])
def what_was_sent_in_is_listed_by_time(pod: Pod) -> None:
    """`startAt` and `endAt` leave what was sent in between."""
    made = form(pod)
    first = sent_in(pod, made, pod.address())
    pod.wait(4)
    second = sent_in(pod, made, pod.address())
    between = (int(first["submittedAt"]) + int(second["submittedAt"])) // 2

    early, late = rows(pod, made, endAt=between), rows(pod, made, startAt=between)

    told = [each["id"] for each in early], [each["id"] for each in late]
    wanted = [first["id"]], [second["id"]]
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)


@contract("rest.form-data.forms-of-values", sure=Sure.CLIENT, source="rest 12.2", versions=BOTH, needs=[Need.WRITES])
def values_come_in_several_forms(pod: Pod, draw: Draw) -> None:
    """A value may call itself FieldValue, FormField or nothing, and its id may be a number."""
    made, kind = form(pod), draw(st.sampled_from([{"type": "FieldValue"}, {"type": "FormField"}, {}]))
    key = draw(st.sampled_from([str, int]))(made["elements"][1]["id"])

    row = pod.made(f"/data/form/{made['id']}", {"fieldValues": [{**kind, "id": key, "value": "Ada"}]})

    told = [(each["id"], each["value"]) for each in row["fieldValues"]]
    expect(that=told == [(str(key), "Ada")], otherwise="it is taken", found=told)


@contract("rest.form-data.processing", sure=Sure.DOC, source="rest 12", versions=BOTH, needs=[Need.WRITES])
def steps_are_run_after_the_answer(pod: Pod) -> None:
    """After the answer the steps of a form are run: of what was sent in a contact is made."""
    mapping = {"type": "FormFieldUpdateMapping", "updateType": "always"}
    step = {
        "type": "FormStepCreateUpdateFromFormField",
        "id": "-10",
        "name": "Contact",
        "execute": "always",
        "keyFieldId": "100001",
        "mappings": [
            mapping | {"id": "-11", "sourceFormFieldId": "-1", "targetEntityFieldId": "100001"},
            mapping | {"id": "-12", "sourceFormFieldId": "-2", "targetEntityFieldId": "100002"},
        ],
    }
    address = pod.address()
    sent_in(pod, form(pod, processingSteps=[step]), address, "Ada")

    def contacts() -> list[Thing]:
        return listed(pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{address}'", depth="partial"))

    expect(that=eventually(pod, lambda: bool(contacts())), otherwise="there is a contact of that address")
    first = contacts()[0].get("firstName")
    expect(that=first == "Ada", otherwise="it is called Ada", found=first)


@contract("rest.form-data.values-are-needed", sure=Sure.DOC, source="rest 12.2", versions=BOTH, needs=[Need.WRITES])
def form_data_needs_values(pod: Pod) -> None:
    """Form data without `fieldValues` is 400, and nothing is kept."""
    made = form(pod)

    pod.rest("POST", f"/data/form/{made['id']}", {"type": "FormData"}).expect(400)

    there = rows(pod, made)
    expect(that=there == [], otherwise="nothing is there", found=there)


@contract("rest.form.patch", sure=Sure.DOC, source="rest 12.1", versions=["2.0"], needs=[Need.WRITES])
def a_part_of_a_form_is_changed(pod: Pod) -> None:
    """A PATCH changes what it names and leaves the rest."""
    made, name = form(pod, description="Before"), pod.name("patched")

    changed = pod.rest("PATCH", f"/assets/form/{made['id']}", {"id": made["id"], "name": name}).expect(200).json()

    told = changed["name"], changed["description"], changed["folderId"], [each["id"] for each in changed["elements"]]
    wanted = name, "Before", made["folderId"], [each["id"] for each in made["elements"]]
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.form-data.batch", sure=Sure.DOC, source="rest 12.2", versions=["2.0"], needs=[Need.WRITES])
def several_are_sent_in_at_once(pod: Pod) -> None:
    """A batch of form data is taken in with 201."""
    made = form(pod)
    key = made["elements"][1]["id"]

    sent = [{"fieldValues": [{"type": "FieldValue", "id": key, "value": each}]} for each in ("Ada", "Grace")]
    batch = pod.rest("POST", f"/data/form/{made['id']}/batch", {"elements": sent}).expect(201).json()

    arrived = eventually(pod, lambda: len(rows(pod, made)) == len(sent))
    expect(that=arrived, otherwise="both arrive", found=rows(pod, made))
    there = pod.rest("GET", f"/data/form/{made['id']}/batch/formData/{batch['id']}").expect(200).json()
    expect(that=there["id"] == batch["id"], otherwise="the batch is read by its id", found=there)


@contract("rest.form-data.batch-correlation", sure=Sure.DOC, source="rest 12.2", versions=["2.0"], needs=[Need.WRITES])
def a_batch_is_found_by_what_its_sender_calls_it(pod: Pod, draw: Draw) -> None:
    """A batch is read by the correlation id that its sender gave it, with a word about how far it is."""
    made, called = form(pod), str(draw(st.integers(1, 2**31 - 1)))
    row = {"fieldValues": [{"type": "FieldValue", "id": made["elements"][1]["id"], "value": "Ada"}]}
    batch = pod.rest("POST", f"/data/form/{made['id']}/batch", {"batchCorrelationId": called, "elements": [row]})

    path = f"/data/form/{made['id']}/batchCorrelation/formData/{called}"
    there = pod.rest("GET", path, depth="complete").expect(200).json()

    told = there["type"], there["id"], there["batchCorrelationId"]
    wanted = ("AsyncFormSubmissionBatch", batch.expect(201).json()["id"], called)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    words = {"Queued", "InProgress", "Warning", "Error", "Success"}
    status = there["currentBatchStatus"]
    expect(that=status in words, otherwise=f"it is one of {sorted(words)}", found=status)


@contract("rest.form-data.unknown", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH)
def the_data_of_nothing_is_404(pod: Pod) -> None:
    """What was sent in through a form that is not there is 404."""
    pod.rest("GET", "/data/form/2147483647").expect(404)


@contract("rest.form-data.delete", sure=Sure.DOC, source="rest 12.2", versions=["2.0"], needs=[Need.WRITES])
def what_was_sent_in_is_deleted(pod: Pod) -> None:
    """One of what was sent in is deleted by its row; the others stay."""
    made = form(pod)
    first, second = sent_in(pod, made, pod.address()), sent_in(pod, made, pod.address())

    row = first.get("rowId", first["id"])
    pod.rest("DELETE", f"/data/form/{made['id']}/datarow/{row}").expect(200, 201)

    there = [each["id"] for each in rows(pod, made)]
    expect(that=there == [second["id"]], otherwise=f"{second['id']} is left", found=there)
