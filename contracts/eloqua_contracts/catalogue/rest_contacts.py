"""Contacts in REST 1.0 and 2.0 (`rest` 0, 2, 4, 7, 8)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_addresses, no_ids, texts, unknown_ids

BOTH = ("1.0", "2.0")
_ENVELOPE = ["elements", "page", "pageSize", "total"]


def broken_rule(found: Exchange) -> dict[str, Any]:
    """The first of the rules that an answer says are broken, in a list."""
    body = found.json()
    expect(that=isinstance(body, list) and bool(body), otherwise="the body is a list of broken rules", found=body)
    first: dict[str, Any] = body[0]
    return first


@contract("rest.contact.create", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def a_new_contact_is_answered_whole(pod: Pod, draw: Draw) -> None:
    """A POST answers 201 with what was sent and an id, every scalar a text."""
    first = draw(texts(40))

    made = pod.made("/data/contact", {"emailAddress": pod.address(), "firstName": first})

    expect(that=made["firstName"] == first, otherwise="the first name is what was sent", found=made["firstName"])
    expect(that=made["id"].isdecimal(), otherwise="the id is a text of digits", found=made["id"])
    wrong = {name: value for name, value in made.items() if isinstance(value, (bool, int, float))}
    expect(that=not wrong, otherwise="scalars are texts", found=wrong)


@contract("rest.contact.read-back", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def what_was_created_can_be_read(pod: Pod, draw: Draw) -> None:
    """A GET gives what the POST made."""
    last = draw(texts(40))
    made = pod.made("/data/contact", {"emailAddress": pod.address(), "lastName": last})

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()

    expect(that=found["lastName"] == last, otherwise="the last name is what was sent", found=found.get("lastName"))
    expect(that=found["emailAddress"] == made["emailAddress"], otherwise="the address is the same")


@contract("rest.contact.nothing-is-left-out", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def what_has_no_value_is_left_out(pod: Pod) -> None:
    """A property without a value is not there; none is null."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})

    empty = [name for name, value in made.items() if value is None]
    expect(that=not empty, otherwise="no property is null", found=empty)
    expect(that="lastName" not in made, otherwise="what was not sent is left out", found=made.get("lastName"))


@contract(
    "rest.contact.create.duplicate-address",
    sure=Sure.CLIENT,
    source="rest 7.4",
    versions=BOTH,
    needs=[Need.WRITES],
)
def an_address_is_taken_once(pod: Pod) -> None:
    """A second contact with an address is refused with 409."""
    address = pod.address()
    pod.made("/data/contact", {"emailAddress": address})

    pod.rest("POST", "/data/contact", {"emailAddress": address}).expect(409)


@contract(
    "rest.contact.create.bad-address",
    sure=Sure.DOC,
    source="rest 7.4",
    versions=BOTH,
    needs=[Need.WRITES],
)
def an_address_must_be_one(pod: Pod, draw: Draw) -> None:
    """A contact with an address that is none is refused with 400 and the rule for addresses."""
    found = pod.rest("POST", "/data/contact", {"emailAddress": draw(no_addresses())}).expect(400)

    rule = broken_rule(found)
    expect(that=rule["type"] == "ObjectValidationError", otherwise="it is an ObjectValidationError", found=rule)
    expect(that=rule["property"] == "emailAddress", otherwise="it is about emailAddress", found=rule)
    kind = rule["requirement"]["type"]
    expect(that=kind == "EmailAddressRequirement", otherwise="the rule is EmailAddressRequirement", found=kind)


@contract("rest.contact.unknown-id", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH)
def an_unknown_id_is_not_found(pod: Pod, draw: Draw) -> None:
    """A contact that is not there is 404."""
    pod.rest("GET", f"/data/contact/{draw(unknown_ids())}").expect(404)


@contract("rest.contact.bad-id", sure=Sure.DOC, source="rest 7.2", versions=BOTH)
def an_id_must_be_a_number(pod: Pod, draw: Draw) -> None:
    """An id that is no number is 400 with an error of the parameter `id`."""
    found = pod.rest("GET", f"/data/contact/{draw(no_ids())}").expect(400).json()

    rule = found[0] if isinstance(found, list) else found
    expect(that=rule.get("parameter") == "id", otherwise="it is about the parameter id", found=rule)


@contract("rest.contact.delete", sure=Sure.RECORDED, source="rest 0 fact 6", versions=BOTH, needs=[Need.WRITES])
def a_deleted_contact_is_gone(pod: Pod) -> None:
    """A DELETE answers 200 with nothing; the contact is 404 from then on."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})

    gone = pod.rest("DELETE", f"/data/contact/{made['id']}").expect(200)

    expect(that=gone.body == b"", otherwise="the body is empty", found=gone.body)
    pod.rest("GET", f"/data/contact/{made['id']}").expect(404)


@contract("rest.contacts.envelope", sure=Sure.RECORDED, source="rest 0 facts 3, 4", versions=BOTH)
def a_list_has_its_envelope(pod: Pod, draw: Draw) -> None:
    """A list is `elements`, `page`, `pageSize`, `total` in this order; `pageSize` is the count that was asked for."""
    count = draw(st.integers(1, 1000))

    found = pod.rest("GET", "/data/contacts", count=count).expect(200).json()

    expect(that=list(found) == _ENVELOPE, otherwise=f"the keys are {_ENVELOPE}", found=list(found))
    expect(that=found["pageSize"] == count, otherwise=f"pageSize is {count}", found=found["pageSize"])
    numbers = {name: found[name] for name in ("page", "pageSize", "total")}
    expect(that={type(each) for each in numbers.values()} == {int}, otherwise="they are numbers", found=numbers)


@contract("rest.contacts.empty-search", sure=Sure.RECORDED, source="rest 0 fact 5", versions=BOTH)
def a_search_that_finds_nothing_is_an_empty_list(pod: Pod, draw: Draw) -> None:
    """A search without a result is 200 with an empty list and a total of 0."""
    nobody = f"nobody-{draw(unknown_ids())}@contracts.example.com"

    found = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress={nobody}").expect(200).json()

    expect(that=(found["elements"], found["total"]) == ([], 0), otherwise="there is nothing", found=found)


@contract(
    "rest.contacts.search-by-address", sure=Sure.RECORDED, source="rest 0 fact 16", versions=BOTH, needs=[Need.WRITES]
)
def a_contact_is_found_by_its_address(pod: Pod) -> None:
    """The internal name of the address finds the contact, and only that."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})

    found = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{made['emailAddress']}'").expect(200).json()

    ids = [each["id"] for each in found["elements"]]
    expect(that=ids == [made["id"]], otherwise=f"it finds {made['id']} alone", found=ids)


@contract(
    "rest.contacts.depth-is-echoed", sure=Sure.RECORDED, source="rest 0 fact 9", versions=BOTH, needs=[Need.WRITES]
)
def the_depth_is_in_every_object(pod: Pod, draw: Draw) -> None:
    """Each object says at which depth it is shown."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})
    depth = draw(st.sampled_from(["minimal", "partial", "complete"]))

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth=depth).expect(200).json()

    expect(that=found["depth"] == depth, otherwise=f"depth is {depth}", found=found.get("depth"))


@contract("rest.contact.content-type", sure=Sure.RECORDED, source="rest 0 fact 7", versions=BOTH)
def json_has_no_charset(pod: Pod) -> None:
    """Answers are `application/json` without a charset."""
    found = pod.rest("GET", "/data/contacts", count=1).expect(200)

    kind = found.headers.get("content-type")
    expect(that=kind == "application/json", otherwise="the content type is application/json", found=kind)


@contract("rest.contact.forbidden", sure=Sure.DOC, source="platform 1.6, 3.6", versions=BOTH, needs=[Need.WRITES])
def who_may_not_create_contacts_is_refused(pod: Pod) -> None:
    """Creating a contact without the right to is 403."""
    pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}, role="api only").expect(403)
