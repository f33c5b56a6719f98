"""Records in SOAP: described, created, changed, deleted, retrieved (`soap` 10.1, 10.3, 10.8)."""

from __future__ import annotations

from hypothesis import strategies as st
from lxml.etree import _Element as Element

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT, Kind, Outcome
from eloqua_contracts.soap.strategies import FIELDS, field_names, field_values
from eloqua_contracts.strategies import unknown_ids

_WRITES = (Need.SOAP, Need.WRITES)
_BASE = ("Contact", "Company", "Prospect", "Visitor", "ProcessedActivity")
_FLAGS = ("IsCreateable", "IsDeletable", "IsQueryable", "IsRetrievable", "IsUpdateable")


def create(pod: Pod, *records: str) -> list[Outcome]:
    """Create records; what came of each."""
    return message.outcomes(message.ask(pod, "Create", message.many("entities", *records)))


def update(pod: Pod, *records: str) -> list[Outcome]:
    """Change records; what came of each."""
    return message.outcomes(message.ask(pod, "Update", message.many("entities", *records)))


def made(pod: Pod, **values: str) -> int:
    """A new contact; its id."""
    (found,) = create(pod, message.entity(CONTACT, {"C_EmailAddress": pod.address()} | values))
    expect(that=found.id > 0 and not found.errors, otherwise="a contact is made", found=found)
    return found.id


def retrieve(pod: Pod, ids: list[int], *more: str, kind: Kind = CONTACT) -> list[Element]:
    """Records by their ids, nil for those that are not there."""
    which = message.of_kind("entityType", kind), message.numbers("ids", ids)
    return list(message.ask(pod, "Retrieve", *which, *more))


def expect_success(found: Outcome, key: int) -> None:
    """A result with the id, without errors."""
    said = (found.id, found.success, list(found.errors))
    expect(that=said == (key, True, []), otherwise=f"ID is {key}, Success is true, there are no errors", found=found)


@contract("soap.entity.types", sure=Sure.RECORDED, source="soap 10.1", needs=[Need.SOAP])
def there_are_three_global_types(pod: Pod) -> None:
    """The global types of entities are `Base`, `DataCardSet`, `Form`."""
    found = message.words(message.ask(pod, "ListEntityTypes"), "EntityTypes")

    expect(that=found == ["Base", "DataCardSet", "Form"], otherwise="they are Base, DataCardSet, Form", found=found)


@contract("soap.entity.base-types", sure=Sure.RECORDED, source="soap 10.1", needs=[Need.SOAP])
def base_types_have_no_ids(pod: Pod) -> None:
    """The base types are Contact, Company, Prospect, Visitor and ProcessedActivity, each with ID 0; none is Account."""
    found = message.ask(pod, "DescribeEntityType", message.member("globalEntityType", "Base"))

    kinds = [message.kind_of(each) for each in message.inside(found, "EntityTypes")]
    wanted = [Kind(0, name, "Base") for name in _BASE]
    expect(that=kinds == wanted, otherwise=f"they are {wanted}", found=kinds)


@contract("soap.entity.forms-are-types", sure=Sure.DOC, source="soap 10.1", needs=_WRITES)
def a_form_is_a_type(pod: Pod) -> None:
    """A form is a type of entities, with its id and name and the global type `Form`."""
    form = pod.made("/assets/form", {"name": pod.name("form"), "elements": []})

    found = message.ask(pod, "DescribeEntityType", message.member("globalEntityType", "Form"))

    kinds = [message.kind_of(each) for each in message.inside(found, "EntityTypes")]
    wanted = Kind(int(form["id"]), form["name"], "Form")
    expect(that=wanted in kinds, otherwise=f"{wanted} is among them", found=kinds[-5:])


@contract("soap.entity.describe-contact", sure=Sure.RECORDED, source="soap 10.1", needs=[Need.SOAP])
def contacts_can_be_all_that_there_is(pod: Pod) -> None:
    """Contacts can be created, deleted, queried, retrieved and updated; the name of the description is nil."""
    found = message.ask(pod, "DescribeEntity", message.of_kind("entityType", CONTACT))

    flags = [name for name in _FLAGS if message.text(found, name) != "true"]
    expect(that=not flags, otherwise="all flags are true", found=flags)
    expect(that=message.is_nil(message.inside(found, "Name")), otherwise="the name is nil")


@contract("soap.entity.describe-fields", sure=Sure.RECORDED, source="soap 10.1", needs=[Need.SOAP])
def texts_of_contacts_have_a_hundred_signs(pod: Pod) -> None:
    """Address, first and last name are texts of 100 signs, neither custom nor required, that can be written."""
    found = message.ask(pod, "DescribeEntity", message.of_kind("entityType", CONTACT))

    fields = {message.text(each, "InternalName"): each for each in message.inside(found, "Fields")}
    for name in ("C_EmailAddress", "C_FirstName", "C_LastName"):
        said = {part: message.text(fields[name], part) for part in ("DataType", "Length", "IsCustom", "IsRequired")}
        wanted = {"DataType": "Text", "Length": "100", "IsCustom": "false", "IsRequired": "false"}
        expect(that=said == wanted, otherwise=f"{name} is {wanted}", found=said)
        expect(that=message.text(fields[name], "IsWriteable") == "true", otherwise=f"{name} can be written")
        expect(that=message.is_nil(message.inside(fields[name], "DefaultValue")), otherwise="no value by default")


@contract("soap.create.result", sure=Sure.RECORDED, source="soap 5.3, 10.3", needs=_WRITES)
def a_creation_gives_an_id(pod: Pod) -> None:
    """The result of a creation has an id above 0, the type as it was sent, and an empty list of errors."""
    (found,) = create(pod, message.entity(CONTACT, {"C_EmailAddress": pod.address()}))

    expect(that=found.id > 0, otherwise="the id is above 0", found=found)
    expect(that=found.kind == CONTACT, otherwise="the type comes back", found=found.kind)
    expect(that=list(found.errors) == [], otherwise="there are no errors", found=found.errors)


@contract("soap.create.read-back", sure=Sure.CLIENT, source="soap 3.1, 10.3", needs=_WRITES)
def what_was_created_can_be_retrieved(pod: Pod, draw: Draw) -> None:
    """Retrieve gives the fields as Create took them, whatever is in them."""
    values = draw(field_values())

    key = made(pod, **values)

    (found,) = retrieve(pod, [key])
    there = message.values(found)
    expect(that={name: there[name] for name in values} == values, otherwise="the values are those sent", found=there)
    said = (message.number(found, "Id"), message.kind_of(message.inside(found, "EntityType")))
    expect(that=said == (key, CONTACT), otherwise=f"it is contact {key}", found=said)


@contract("soap.create.duplicate", sure=Sure.RECORDED, source="soap 5.3, Q71", needs=_WRITES)
def a_second_address_is_a_duplicate(pod: Pod) -> None:
    """A contact with an address that there is: ID -1, the type, and one error, `DuplicateValue`, in its own words."""
    address = pod.address()
    create(pod, message.entity(CONTACT, {"C_EmailAddress": address}))

    (found,) = create(pod, message.entity(CONTACT, {"C_EmailAddress": address}))

    wanted = [("DuplicateValue", "You are attempting to create a duplicate entity.")]
    expect(that=list(found.errors) == wanted, otherwise=f"the error is {wanted}", found=found.errors)
    expect(that=(found.id, found.kind) == (-1, CONTACT), otherwise="the id is -1, the type comes back", found=found)


@contract("soap.create.one-result-each", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def there_is_a_result_for_each_record(pod: Pod, draw: Draw) -> None:
    """A call with several records has a result for each, in their order; one that fails leaves the others alone."""
    taken = pod.address()
    create(pod, message.entity(CONTACT, {"C_EmailAddress": taken}))
    fails = draw(st.lists(st.booleans(), min_size=1, max_size=4))

    found = create(
        pod, *(message.entity(CONTACT, {"C_EmailAddress": taken if each else pod.address()}) for each in fails)
    )

    said = [each.id == -1 for each in found]
    expect(that=said == fails, otherwise=f"-1 where it fails: {fails}", found=found)
    expect(that=[bool(each.errors) for each in found] == fails, otherwise="errors where it fails", found=found)
    ids = [each.id for each in found if each.id > 0]
    expect(that=ids == sorted(set(ids)), otherwise="the others have ids that grow", found=ids)


@contract("soap.update.result", sure=Sure.RECORDED, source="soap 10.3", needs=_WRITES)
def a_change_repeats_the_id(pod: Pod) -> None:
    """The result of a change has the id of the record, Success true, no errors."""
    key = made(pod)

    (found,) = update(pod, message.entity(CONTACT, {"C_FirstName": "Ada"}, key))

    expect_success(found, key)


@contract("soap.update.named-fields-only", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def a_change_leaves_other_fields_alone(pod: Pod, draw: Draw) -> None:
    """A change writes the fields that it names, and leaves the others as they are."""
    before, changes = draw(field_values()), draw(field_values())
    key = made(pod, **before)

    update(pod, message.entity(CONTACT, changes, key))

    there = message.values(retrieve(pod, [key])[0])
    wanted = dict.fromkeys(FIELDS, "") | before | changes
    expect(that={name: there[name] for name in wanted} == wanted, otherwise=f"they are {wanted}", found=there)


@contract("soap.update.several", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def several_records_are_changed_at_once(pod: Pod) -> None:
    """Each record of a call is changed as it asks."""
    keys = [made(pod), made(pod)]

    found = update(pod, *(message.entity(CONTACT, {"C_FirstName": f"Name {key}"}, key) for key in reversed(keys)))

    expect(
        that=[each.id for each in found] == keys[::-1], otherwise="results are in the order of the call", found=found
    )
    names = [message.values(each)["C_FirstName"] for each in retrieve(pod, keys)]
    expect(that=names == [f"Name {key}" for key in keys], otherwise="each has its own name", found=names)


@contract("soap.delete.result", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def a_deletion_repeats_the_id(pod: Pod) -> None:
    """The result of a deletion has the id, Success true, no errors; then the record is nil, and 404 in REST."""
    key, other = made(pod), made(pod)

    which = message.of_kind("entityType", CONTACT), message.numbers("ids", [key])
    (found,) = message.outcomes(message.ask(pod, "Delete", *which))

    expect_success(found, key)
    expect(that=found.kind == CONTACT, otherwise="the type comes back", found=found.kind)
    gone, there = retrieve(pod, [key, other])
    expect(that=message.is_nil(gone) and not message.is_nil(there), otherwise="it is gone, the other is not")
    pod.rest("GET", f"/data/contact/{key}").expect(404)


@contract("soap.retrieve.unknown", sure=Sure.RECORDED, source="soap 3.2, 10.3", needs=[Need.SOAP])
def an_unknown_id_is_nil(pod: Pod, draw: Draw) -> None:
    """An id that nothing has is an item that is nil; it is no fault."""
    found = retrieve(pod, [draw(unknown_ids())])

    expect(that=[message.is_nil(each) for each in found] == [True], otherwise="there is one item, nil")


@contract("soap.retrieve.order", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def records_come_in_the_order_of_the_ids(pod: Pod) -> None:
    """Records come in the order of the ids."""
    keys = [made(pod) for _ in range(3)]
    wanted = [keys[2], keys[0], keys[1]]

    found = [message.number(each, "Id") for each in retrieve(pod, wanted)]

    expect(that=found == wanted, otherwise=f"the order is {wanted}", found=found)


_ALL_FIELDS: dict[str, tuple[str, str]] = {
    "missing": ("left out", ""),
    "nil": ("nil", f'<fieldNames i:nil="true" xmlns:i="{message.INSTANCE}"/>'),
    "empty": ("an empty list", "<fieldNames/>"),
}


def _all_fields(name: str, how: str, member: str) -> None:
    def check(pod: Pod) -> None:
        (found,) = retrieve(pod, [made(pod)], member)

        there = message.values(found)
        wanted = {"C_EmailAddress", "C_LastName", "C_DateCreated", "ContactID"}
        expect(that=wanted <= set(there), otherwise="all fields are there", found=list(there))

    check.__doc__ = f"With the names of fields {how}, all fields come."
    contract(f"soap.retrieve.field-names-{name}", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)(check)


for _name, _pair in _ALL_FIELDS.items():
    _all_fields(_name, *_pair)


@contract("soap.retrieve.named-fields", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def named_fields_come_alone(pod: Pod, draw: Draw) -> None:
    """Where fields are named, those come, and no others."""
    names = draw(field_names())

    (found,) = retrieve(pod, [made(pod)], message.texts("fieldNames", names))

    there = message.values(found)
    expect(that=set(there) == set(names), otherwise=f"the fields are {names}", found=list(there))
