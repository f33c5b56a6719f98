"""A contact made, read and deleted in REST (`rest` 0, 2, 3, 8)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, in_order, no_texts
from eloqua_contracts.catalogue.rest.things import contact, value_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts, unknown_ids

_NEW = {
    "currentStatus": "Awaiting action",
    "emailFormatPreference": "unspecified",
    "isBounceback": "false",
    "isSubscribed": "true",
}
_MINIMAL = ("type", "id", "createdAt", "depth", "name", "updatedAt", "emailAddress")
_PARTIAL = ("currentStatus", "emailFormatPreference", "firstName", "isBounceback", "isSubscribed", "subscriptionDate")
_CLOSE = 2
"""Seconds between two moments that are called the same."""


@contract("rest.contact.create", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def a_new_contact_is_answered_whole(pod: Pod, draw: Draw) -> None:
    """A POST answers 201 with what was sent and an id, every scalar a text."""
    first = draw(texts(40))

    made = contact(pod, firstName=first)

    expect(that=made["firstName"] == first, otherwise="the first name is what was sent", found=made["firstName"])
    expect(that=made["id"].isdecimal(), otherwise="the id is a text of digits", found=made["id"])
    expect(that=not no_texts(made), otherwise="scalars are texts", found=no_texts(made))


@contract("rest.contact.create.defaults", sure=Sure.RECORDED, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def a_new_contact_is_subscribed(pod: Pod) -> None:
    """A new contact awaits action, has no e-mail format, did not bounce, and is subscribed since it was made."""
    made = contact(pod)

    found = {name: made.get(name) for name in _NEW}
    expect(that=found == _NEW, otherwise=f"a new contact has {_NEW}", found=found)
    between = abs(int(made["subscriptionDate"]) - int(made["createdAt"]))
    expect(that=between <= _CLOSE, otherwise="it is subscribed since it was made", found=between)


@contract("rest.contact.create.name", sure=Sure.DOC, source="rest 2.2, 8.1", versions=BOTH, needs=[Need.WRITES])
def the_name_of_a_contact_is_its_address(pod: Pod) -> None:
    """The `type` is Contact, the `name` is the address, and `updatedAt` of a new one is its `createdAt`."""
    made = contact(pod)

    kind = made["type"]
    expect(that=kind == "Contact", otherwise="it is a Contact", found=kind)
    expect(that=made["name"] == made["emailAddress"], otherwise="the name is the address", found=made["name"])
    stamps = made["createdAt"], made["updatedAt"]
    expect(that=stamps[0] == stamps[1], otherwise="it was updated when it was made", found=stamps)


@contract("rest.contact.create.key-order", sure=Sure.RECORDED, source="rest 2.2", versions=BOTH, needs=[Need.WRITES])
def keys_come_in_their_order(pod: Pod) -> None:
    """Type, status and id come first, then what many types have, then what is its own; each by its letters."""
    made = contact(pod, firstName="Ada", lastName="Example", mobilePhone="1", city="Utrecht")

    expect(that=list(made) == in_order(made), otherwise=f"the order is {in_order(made)}", found=list(made))


@contract("rest.contact.create.unix-seconds", sure=Sure.DOC, source="rest 0 fact 1", versions=BOTH, needs=[Need.WRITES])
def moments_are_unix_seconds(pod: Pod) -> None:
    """`createdAt`, `updatedAt` and `subscriptionDate` are seconds since 1970 as texts of ten digits."""
    made = contact(pod)

    found = [made[name] for name in ("createdAt", "updatedAt", "subscriptionDate")]
    good = all(isinstance(each, str) and len(each) == 10 and each.isdecimal() for each in found)
    expect(that=good, otherwise="they are texts of ten digits", found=found)


@contract("rest.contact.create.native-types", sure=Sure.CLIENT, source="rest 2.1", versions=BOTH, needs=[Need.WRITES])
def truths_come_as_texts_or_not(pod: Pod, draw: Draw) -> None:
    """`false` and `"false"` mean the same in a request; the answer has the text."""
    subscribed = draw(st.sampled_from([True, False, "true", "false"]))

    made = contact(pod, isSubscribed=subscribed)

    wanted = str(subscribed).lower()
    expect(that=made["isSubscribed"] == wanted, otherwise=f"it is {wanted!r}", found=made["isSubscribed"])


@contract("rest.contact.read-back", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def what_was_created_can_be_read(pod: Pod, draw: Draw) -> None:
    """A GET at depth complete gives what the POST answered."""
    made = contact(pod, lastName=draw(texts(40)), address1=draw(texts(40)))

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()

    expect(that=found == made, otherwise=f"it is {made}", found=found)


@contract("rest.contact.nothing-is-left-out", sure=Sure.RECORDED, source="rest 0", versions=BOTH, needs=[Need.WRITES])
def what_has_no_value_is_left_out(pod: Pod) -> None:
    """A property without a value is not there; none is null or empty."""
    made = contact(pod, title="")

    empty = [name for name, value in made.items() if value in (None, "")]
    expect(that=not empty, otherwise="no property is null or empty", found=empty)
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
    contact(pod, emailAddress=address)

    pod.rest("POST", "/data/contact", {"emailAddress": address}).expect(409)


@contract("rest.contact.unknown-id", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH)
def an_unknown_id_is_not_found(pod: Pod, draw: Draw) -> None:
    """A contact that is not there is 404."""
    pod.rest("GET", f"/data/contact/{draw(unknown_ids())}").expect(404)


@contract("rest.contact.delete", sure=Sure.RECORDED, source="rest 0 fact 6", versions=BOTH, needs=[Need.WRITES])
def a_deleted_contact_is_gone(pod: Pod) -> None:
    """A DELETE answers 200 with nothing, not even a content type; the contact is 404 from then on, also to DELETE."""
    path = f"/data/contact/{contact(pod)['id']}"

    gone = pod.rest("DELETE", path).expect(200)

    expect(that=gone.body == b"", otherwise="the body is empty", found=gone.body)
    kind, length = gone.headers.get("content-type"), gone.headers.get("content-length")
    expect(that=kind is None, otherwise="there is no content type", found=kind)
    expect(that=length == "0", otherwise="the length is said to be 0", found=length)
    pod.rest("GET", path).expect(404)
    pod.rest("DELETE", path).expect(404)


@contract("rest.contact.delete.frees-the-address", sure=Sure.DOC, source="rest 18", versions=BOTH, needs=[Need.WRITES])
def a_deleted_contact_frees_its_address(pod: Pod) -> None:
    """What was deleted is found no more, and its address is free again."""
    made = contact(pod)
    pod.rest("DELETE", f"/data/contact/{made['id']}").expect(200)

    search = f"C_EmailAddress='{made['emailAddress']}'"
    left = pod.rest("GET", "/data/contacts", search=search).expect(200).json()["total"]

    expect(that=left == 0, otherwise="nothing is found", found=left)
    again = contact(pod, emailAddress=made["emailAddress"])
    expect(that=again["id"] != made["id"], otherwise="the new one has an id of its own", found=again["id"])


@contract(
    "rest.contact.subscription-date-belongs-to-the-address",
    sure=Sure.RECORDED,
    source="rest 8.2",
    versions=BOTH,
    needs=[Need.WRITES],
)
def an_address_keeps_its_subscription_date(pod: Pod) -> None:
    """Deleted and made again, a contact is subscribed since the first time."""
    first = contact(pod)
    pod.rest("DELETE", f"/data/contact/{first['id']}").expect(200)
    pod.wait(_CLOSE + 1)

    second = contact(pod, emailAddress=first["emailAddress"])

    dates = first["subscriptionDate"], second["subscriptionDate"]
    expect(that=dates[0] == dates[1], otherwise="the date is the first one's", found=dates)
    later = int(second["createdAt"]) > int(first["createdAt"])
    expect(that=later, otherwise="the second was made later", found=second["createdAt"])


@contract("rest.contact.depth.minimal", sure=Sure.DOC, source="rest 3", versions=BOTH, needs=[Need.WRITES])
def little_is_shown_at_minimal(pod: Pod) -> None:
    """At minimal there are type, id, stamps, depth, name and address, and no property of the person."""
    made = contact(pod, firstName="Ada", city="Utrecht")

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="minimal").expect(200).json()

    lacking = [name for name in _MINIMAL if name not in found]
    expect(that=not lacking, otherwise=f"{_MINIMAL} are there", found=found)
    more = {"firstName", "city", "fieldValues", *_PARTIAL} & set(found)
    expect(that=not more, otherwise="nothing of a larger depth is there", found=more)


@contract("rest.contact.depth.partial", sure=Sure.RECORDED, source="rest 3", versions=BOTH, needs=[Need.WRITES])
def the_properties_are_shown_at_partial(pod: Pod) -> None:
    """At partial there are all properties of the contact itself, and no `fieldValues`."""
    made = contact(pod, firstName="Ada", city="Utrecht", fax="7")

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="partial").expect(200).json()

    lacking = [name for name in (*_MINIMAL, *_PARTIAL, "city", "fax") if name not in found]
    expect(that=not lacking, otherwise="all its properties are there", found=lacking)
    expect(that="fieldValues" not in found, otherwise="fieldValues are not there", found=found.get("fieldValues"))


@contract(
    "rest.contacts.depth-is-echoed", sure=Sure.RECORDED, source="rest 0 fact 9", versions=BOTH, needs=[Need.WRITES]
)
def the_depth_is_in_every_object(pod: Pod, draw: Draw) -> None:
    """Each object says at which depth it is shown."""
    made = contact(pod)
    depth = draw(st.sampled_from(["minimal", "partial", "complete"]))

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth=depth).expect(200).json()

    expect(that=found["depth"] == depth, otherwise=f"depth is {depth}", found=found.get("depth"))


@contract("rest.contact.depth.default", sure=Sure.DOC, source="rest 0 fact 8", versions=BOTH, needs=[Need.WRITES])
def one_contact_is_complete_in_1_0_and_minimal_in_2_0(pod: Pod) -> None:
    """Without a depth, one contact is shown complete in 1.0 and minimal in 2.0."""
    made = contact(pod)

    found = pod.rest("GET", f"/data/contact/{made['id']}").expect(200).json()

    wanted = "complete" if pod.version == "1.0" else "minimal"
    expect(that=found["depth"] == wanted, otherwise=f"the depth is {wanted}", found=found["depth"])
    expect(that=("fieldValues" in found) is (wanted == "complete"), otherwise="and so are its keys", found=list(found))


@contract("rest.contact.depth.unknown", sure=Sure.DOC, source="rest 3", versions=["1.0"], needs=[Need.WRITES])
def an_unknown_depth_is_complete(pod: Pod, draw: Draw) -> None:
    """A depth that is none falls back to complete where one is read."""
    made = contact(pod)

    word = draw(texts(12).filter(lambda word: word.lower() not in {"minimal", "partial", "complete"}))
    found = pod.rest("GET", f"/data/contact/{made['id']}", depth=word).expect(200).json()

    expect(that=found["depth"] == "complete", otherwise="the depth is complete", found=found["depth"])


@contract("rest.contact.external-id", sure=Sure.CLIENT, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def a_contact_has_an_external_id(pod: Pod) -> None:
    """Field 100032 is `C`, four letters, and the contact's id in twelve digits."""
    made = contact(pod)

    found = value_of(made, "100032")

    expect(that=isinstance(found, str) and len(found) == 17, otherwise="it has 17 signs", found=found)
    good = found[0] == "C" and found[1:5].isalpha() and found[5:] == made["id"].zfill(12)
    expect(that=good, otherwise=f"it is C, four letters and {made['id'].zfill(12)}", found=found)


@contract("rest.contact.membership", sure=Sure.RECORDED, source="rest 10", versions=["2.0"], needs=[Need.WRITES])
def the_lists_of_a_contact_are_a_bare_array(pod: Pod) -> None:
    """The lists of a contact are a bare array of type, id and name, empty where there are none."""
    made = contact(pod)
    path = f"/data/contact/{made['id']}/membership"
    none = pod.rest("GET", path).expect(200).json()
    expect(that=none == [], otherwise="there are none", found=none)

    name = pod.name("list")
    its = pod.made("/assets/contact/list", {"name": name, "membershipAdditions": [made["id"]]})

    found = pod.rest("GET", path).expect(200).json()
    wanted = [{"type": "ContactList", "id": its["id"], "name": name}]
    expect(that=found == wanted, otherwise=f"it is {wanted}", found=found)


@contract("rest.contact.forbidden", sure=Sure.DOC, source="platform 1.6, 3.6", versions=BOTH, needs=[Need.WRITES])
def who_may_not_create_contacts_is_refused(pod: Pod) -> None:
    """Creating a contact without the right to is 403."""
    pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}, role="api only").expect(403)
