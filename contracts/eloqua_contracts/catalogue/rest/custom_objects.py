"""Custom objects and their records (`rest` 13)."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, ids, in_order, listed, no_texts
from eloqua_contracts.catalogue.rest.things import Thing, contact, custom_object, field_values, values_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts, unknown_ids

CODE, CITY = {"name": "Code"}, {"name": "City"}
_KEYS = ("type", "id", "createdAt", "createdBy", "depth", "name", "updatedAt", "updatedBy", "fields", "recordCount")
_KEYS_OF_A_RECORD = (
    "type",
    "id",
    "createdAt",
    "createdBy",
    "depth",
    "name",
    "updatedAt",
    "updatedBy",
    "customObjectRecordStatus",
    "fieldValues",
    "isMapped",
    "uniqueCode",
)
_CODE = re.compile(r"D[A-Za-z]{4}\d{12}")


def record(pod: Pod, thing: Thing, **values: str) -> Thing:
    """A record in REST 2.0."""
    body = {"type": "CustomObjectData", "fieldValues": field_values(thing, **values)}
    made: Thing = pod.made(f"/data/customObject/{thing['id']}/instance", body)
    return made


@contract("rest.custom-object.shape", sure=Sure.DOC, source="rest 13", versions=BOTH, needs=[Need.WRITES])
def a_new_object_has_its_keys(pod: Pod) -> None:
    """A new custom object has the documented keys in their order, its fields with ids, types and internal names."""
    made = custom_object(pod, CODE, CITY, description="Of courses")

    lacking = [name for name in (*_KEYS, "description") if name not in made]
    expect(that=not lacking, otherwise="every documented key is there", found=lacking)
    expect(that=list(made) == in_order(made), otherwise=f"the order is {in_order(made)}", found=list(made))
    for field, name in zip(made["fields"], ("Code", "City"), strict=True):
        keys = {"type", "id", "depth", "name", "dataType", "displayType", "internalName"} - set(field)
        expect(that=not keys, otherwise="a field has its keys", found=field)
        told = field["type"], field["name"], field["dataType"], int(field["id"]) > 0
        expect(that=told == ("CustomObjectField", name, "text", True), otherwise=f"it is {name}", found=told)


@contract(
    "rest.custom-object.record-count", sure=Sure.CLIENT, source="rest 2.1, 13", versions=BOTH, needs=[Need.WRITES]
)
def the_count_of_records_is_a_number(pod: Pod) -> None:
    """`recordCount` is a JSON number, the one scalar of a custom object that is no text."""
    made = custom_object(pod, CODE)

    numbers = no_texts(made)

    expect(that=numbers == {"recordCount": 0}, otherwise="it is recordCount, and 0", found=numbers)


@contract("rest.custom-object.temporary-ids", sure=Sure.DOC, source="rest 2.4, 13", versions=BOTH, needs=[Need.WRITES])
def negative_ids_become_others(pod: Pod, draw: Draw) -> None:
    """Fields have negative ids in a request, which the object points at; the answer has real ids in both."""
    names = ["displayNameFieldId", "uniqueCodeFieldId", "emailAddressFieldId"][: 2 if pod.version == "1.0" else 3]
    pointers = {name: draw(st.sampled_from([-1, -2])) for name in names}

    made = custom_object(pod, CODE, CITY, **{name: str(key) for name, key in pointers.items()})

    keys = {-1: made["fields"][0]["id"], -2: made["fields"][1]["id"]}
    told = {name: made.get(name) for name in pointers}
    wanted = {name: keys[place] for name, place in pointers.items()}
    expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)
    expect(that=all(int(each) > 0 for each in keys.values()), otherwise="the ids are real", found=keys)


@contract("rest.custom-object.types", sure=Sure.DOC, source="rest 13", versions=BOTH, needs=[Need.WRITES])
def fields_of_an_object_have_types(pod: Pod) -> None:
    """A field of a custom object is text, largeText, numeric, number or date."""
    words = ["text", "largeText", "numeric", "number", "date"]

    made = custom_object(pod, *({"name": f"A {word}", "dataType": word} for word in words))

    told = [each["dataType"] for each in made["fields"]]
    expect(that=told == words, otherwise=f"they are {words}", found=told)


@contract("rest.custom-object.name-taken", sure=Sure.CLIENT, source="rest 7.4, 13", versions=BOTH, needs=[Need.WRITES])
def the_name_of_an_object_is_taken_once(pod: Pod) -> None:
    """A second custom object of a name is 409 with NoDuplicatesRequirement in a container of CustomObject."""
    made = custom_object(pod, CODE)

    rules = broken_rules(pod.rest("POST", "/assets/customObject", {"name": made["name"], "fields": []}), 409)

    told = [(each["container"]["objectType"], each["property"], each["requirement"]["type"]) for each in rules]
    wanted = [("CustomObject", "name", "NoDuplicatesRequirement")]
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.custom-object.more-fields", sure=Sure.DOC, source="rest 2.4, 18", versions=BOTH, needs=[Need.WRITES])
def an_object_gets_a_field_more(pod: Pod, draw: Draw) -> None:
    """A PUT with a field more adds it; the others stay as they are, and the records keep their values."""
    made, text = custom_object(pod, CODE), draw(texts(30))
    record(pod, made, Code=text) if pod.version == "2.0" else _record_of_1(pod, made, Code=text)

    more = {"type": "CustomObjectField", "id": "-1", "dataType": "text", "displayType": "text", **CITY}
    body = made | {"fields": [*made["fields"], more]}
    changed = pod.rest("PUT", f"/assets/customObject/{made['id']}", body).expect(200).json()

    told = [each["name"] for each in changed["fields"]], changed["fields"][0], changed["recordCount"]
    wanted = (["Code", "City"], made["fields"][0], 1)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    there = values_of(_records(pod, changed)[0], changed)
    expect(that=there == {"Code": text}, otherwise="the record is as it was", found=there)


@contract("rest.records.of-1-0", sure=Sure.DOC, source="rest 13", versions=["1.0"], needs=[Need.WRITES])
def records_are_made_and_listed_in_1_0(pod: Pod, draw: Draw) -> None:
    """In 1.0 a record is posted to its object, is 201 with its values, and in the list of the object."""
    made, text = custom_object(pod, CODE, CITY), draw(texts(60))

    one = _record_of_1(pod, made, Code=text)

    told = one["type"], values_of(one, made)
    expect(that=told == ("CustomObjectData", {"Code": text}), otherwise=f"it has Code {text!r}", found=told)
    there = _records(pod, made)
    expect(that=ids(there) == [one["id"]], otherwise=f"it lists {one['id']}", found=ids(there))
    expect(that=values_of(there[0], made) == {"Code": text}, otherwise="with its values", found=there)


@contract("rest.records.contact-of-1-0", sure=Sure.DOC, source="rest 13, 20", versions=["1.0"], needs=[Need.WRITES])
def the_contact_of_a_record_is_read_only_in_1_0(pod: Pod) -> None:
    """In 1.0 the contact of a record is not written."""
    made = custom_object(pod, CODE)

    body = {"contactId": contact(pod)["id"], "fieldValues": field_values(made, Code="A")}
    one = pod.made(f"/data/customObject/{made['id']}", body)

    expect(that="contactId" not in one, otherwise="it has no contact", found=one.get("contactId"))


@contract("rest.records.create", sure=Sure.DOC, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_record_has_its_keys(pod: Pod, draw: Draw) -> None:
    """In 2.0 a record is 201 with type, stamps, name, code and values, and is read the same by its id."""
    made, text = custom_object(pod, CODE, CITY, displayNameFieldId="-1"), draw(texts(60))

    one = record(pod, made, Code=text)

    lacking = [name for name in _KEYS_OF_A_RECORD if name not in one]
    expect(that=not lacking, otherwise="every documented key is there", found=lacking)
    expect(that=values_of(one, made) == {"Code": text}, otherwise=f"Code is {text!r}", found=one["fieldValues"])
    expect(that=not no_texts(one), otherwise="scalars are texts", found=no_texts(one))
    there = pod.rest("GET", f"/data/customObject/{made['id']}/instance/{one['id']}").expect(200).json()
    expect(that=there == one, otherwise="a GET gives the same", found=there)


@contract("rest.records.name", sure=Sure.CLIENT, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_record_is_called_by_its_display_name(pod: Pod, draw: Draw) -> None:
    """The name of a record is the value of the field that the object's display name is."""
    made, text = custom_object(pod, CODE, CITY, displayNameFieldId="-2"), draw(texts(40))

    one = record(pod, made, Code="A", City=text)

    expect(that=one["name"] == text, otherwise=f"it is {text!r}", found=one["name"])


@contract("rest.records.code", sure=Sure.CLIENT, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_record_without_a_code_gets_one(pod: Pod) -> None:
    """Without a field of unique codes a record gets one: `D`, four letters, twelve digits."""
    made = custom_object(pod, CODE)

    first, second = record(pod, made, Code="A")["uniqueCode"], record(pod, made, Code="A")["uniqueCode"]

    expect(that=bool(_CODE.fullmatch(first)), otherwise="it is D, four letters, twelve digits", found=first)
    expect(that=first != second, otherwise="each record has another", found=second)


@contract("rest.records.code-taken", sure=Sure.CLIENT, source="rest 7.4", versions=["2.0"], needs=[Need.WRITES])
def a_code_is_taken_once(pod: Pod, draw: Draw) -> None:
    """A second record with the value of the unique field is 409 with NoDuplicatesRequirement; another is taken."""
    made, text = custom_object(pod, CODE, uniqueCodeFieldId="-1"), draw(texts(30))
    record(pod, made, Code=text)

    body = {"fieldValues": field_values(made, Code=text)}
    rules = broken_rules(pod.rest("POST", f"/data/customObject/{made['id']}/instance", body), 409)

    kinds = [each["requirement"]["type"] for each in rules]
    expect(that=kinds == ["NoDuplicatesRequirement"], otherwise="the rule is NoDuplicatesRequirement", found=kinds)
    record(pod, made, Code=f"{text}2")


@contract("rest.records.dates", sure=Sure.DOC, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def dates_of_a_record_are_unix_seconds(pod: Pod, draw: Draw) -> None:
    """The value of a date field of a record is sent and read as seconds since 1970."""
    made = custom_object(pod, {"name": "Starts", "dataType": "date"})
    moment = str(draw(st.integers(946_684_800, 4_102_444_799)))

    told = values_of(record(pod, made, Starts=moment), made)

    expect(that=told == {"Starts": moment}, otherwise=f"it is {moment}", found=told)


@contract("rest.records.contact", sure=Sure.DOC, source="rest 13, 20", versions=["2.0"], needs=[Need.WRITES])
def a_record_is_given_to_a_contact(pod: Pod) -> None:
    """In 2.0 the contact of a record is written."""
    made, owner = custom_object(pod, CODE), contact(pod)

    body = {"contactId": owner["id"], "fieldValues": field_values(made, Code="A")}
    one = pod.made(f"/data/customObject/{made['id']}/instance", body)

    expect(that=one["contactId"] == owner["id"], otherwise=f"it is {owner['id']}", found=one.get("contactId"))


@contract("rest.records.mapped-by-address", sure=Sure.DOC, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_record_belongs_to_whose_address_it_has(pod: Pod) -> None:
    """Where a field is the object's e-mail address, a record belongs to the contact of that address."""
    made, owner = custom_object(pod, CODE, {"name": "Email"}, emailAddressFieldId="-2"), contact(pod)

    one = record(pod, made, Code="A", Email=owner["emailAddress"])
    nobodys = record(pod, made, Code="B", Email=pod.address())

    told = one.get("contactId"), nobodys.get("contactId")
    expect(that=told == (owner["id"], None), otherwise=f"it is {owner['id']}, and nobody", found=told)
    expect(that=one["isMapped"] != nobodys["isMapped"], otherwise="isMapped says so", found=one["isMapped"])


@contract("rest.records.update", sure=Sure.DOC, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_record_is_changed(pod: Pod, draw: Draw) -> None:
    """A PUT of a record answers 200 with its new values, and a GET gives the same."""
    made, text = custom_object(pod, CODE, CITY), draw(texts(30))
    one = record(pod, made, Code="A", City="Utrecht")
    path = f"/data/customObject/{made['id']}/instance/{one['id']}"

    body = {"id": one["id"], "fieldValues": field_values(made, Code=text, City="Delft")}
    changed = pod.rest("PUT", path, body).expect(200).json()

    told = changed["id"], changed["createdAt"], values_of(changed, made)
    wanted = (one["id"], one["createdAt"], {"Code": text, "City": "Delft"})
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    expect(that=pod.rest("GET", path).expect(200).json() == changed, otherwise="a GET gives the same")


@contract("rest.records.delete", sure=Sure.DOC, source="rest 13", versions=["2.0"], needs=[Need.WRITES])
def a_deleted_record_is_gone(pod: Pod) -> None:
    """A deleted record is 200 with nothing, then 404; the object counts one less."""
    made = custom_object(pod, CODE)
    first, second = record(pod, made, Code="A"), record(pod, made, Code="B")
    path = f"/data/customObject/{made['id']}/instance/{first['id']}"

    gone = pod.rest("DELETE", path).expect(200)

    expect(that=gone.body == b"", otherwise="the body is empty", found=gone.body)
    pod.rest("GET", path).expect(404)
    there = ids(_records(pod, made))
    expect(that=there == [second["id"]], otherwise=f"{second['id']} is left", found=there)
    count = pod.rest("GET", f"/assets/customObject/{made['id']}").expect(200).json()["recordCount"]
    expect(that=count == 1, otherwise="it counts 1", found=count)


@contract("rest.records.unknown", sure=Sure.CLIENT, source="rest 7.4", versions=["2.0"], needs=[Need.WRITES])
def an_unknown_record_or_object_is_404(pod: Pod, draw: Draw) -> None:
    """A record that is not there is 404, and so are the records of an object that is not there or another's record."""
    made, other, key = custom_object(pod, CODE), custom_object(pod, CODE), draw(unknown_ids())
    one = record(pod, made, Code="A")

    pod.rest("GET", f"/data/customObject/{made['id']}/instance/{key}").expect(404)
    pod.rest("GET", f"/data/customObject/{key}/instances").expect(404)
    pod.rest("GET", f"/data/customObject/{other['id']}/instance/{one['id']}").expect(404)


@contract("rest.records.search", sure=Sure.DOC, source="rest 5", versions=["2.0"], needs=[Need.WRITES])
def records_are_searched_by_their_fields(pod: Pod, draw: Draw) -> None:
    """Records are searched by the internal names of the object's fields, with `*` for anything."""
    made = custom_object(pod, CODE, CITY)
    text = draw(texts(12).filter(lambda it: not set(it) & set("*'\"")))
    wanted, _other = record(pod, made, Code=f"{text}1", City="Utrecht"), record(pod, made, Code="none", City="Delft")
    name = made["fields"][0]["internalName"]

    for search in (f"{name}='{text}1'", f"{name}='{text}*'"):
        path = f"/data/customObject/{made['id']}/instances"
        there = ids(listed(pod.rest("GET", path, search=search)))
        expect(that=there == [wanted["id"]], otherwise=f"{search} finds {wanted['id']} alone", found=there)


def _record_of_1(pod: Pod, thing: Thing, **values: str) -> Thing:
    made: Thing = pod.made(f"/data/customObject/{thing['id']}", {"fieldValues": field_values(thing, **values)})
    return made


def _records(pod: Pod, thing: Thing) -> list[Thing]:
    path = f"/data/customObject/{thing['id']}"
    return listed(pod.rest("GET", path if pod.version == "1.0" else f"{path}/instances", depth="complete"))
