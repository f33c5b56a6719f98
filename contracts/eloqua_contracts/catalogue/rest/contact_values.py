"""What a contact is known by: its properties, the fields behind them, what may stand there, PUT (`rest` 7.4, 8, 18)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rule, broken_rules, scalars
from eloqua_contracts.catalogue.rest.things import contact, contact_field, value_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_addresses, texts

PROPERTIES = {
    "firstName": "100002",
    "lastName": "100003",
    "accountName": "100004",
    "address1": "100006",
    "address2": "100007",
    "address3": "100008",
    "city": "100009",
    "province": "100010",
    "postalCode": "100011",
    "country": "100012",
    "businessPhone": "100013",
    "mobilePhone": "100014",
    "fax": "100015",
    "title": "100016",
    "salesPerson": "100022",
}
"""Properties of a contact and the ids of the fields behind them (`rest` 8.1, 8.3)."""
_DATES = ("bouncebackDate", "subscriptionDate", "unsubscriptionDate")
_TRUTHS = ("isBounceback", "isSubscribed")


@contract("rest.contact.properties", sure=Sure.DOC, source="rest 8.1", versions=BOTH, needs=[Need.WRITES])
def every_property_is_kept(pod: Pod, draw: Draw) -> None:
    """Each property of the person is kept as it was sent."""
    given = {name: draw(texts(30)) for name in PROPERTIES}

    made = contact(pod, **given)

    found = {name: made.get(name) for name in PROPERTIES}
    expect(that=found == given, otherwise=f"they are {given}", found=found)


@contract("rest.contact.properties-by-field", sure=Sure.CLIENT, source="rest 8.1", versions=BOTH, needs=[Need.WRITES])
def a_property_may_be_sent_as_its_field(pod: Pod, draw: Draw) -> None:
    """A field value with the id of the field behind a property is the same as the property."""
    name, text = draw(st.sampled_from(sorted(PROPERTIES))), draw(texts(30))

    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": PROPERTIES[name], "value": text}])

    expect(that=made.get(name) == text, otherwise=f"{name} is {text!r}", found=made.get(name))


@contract("rest.contact.field-values", sure=Sure.DOC, source="rest 2.3, 8.1", versions=BOTH, needs=[Need.WRITES])
def the_other_fields_are_field_values(pod: Pod) -> None:
    """`fieldValues` has each field that is no property, by id, from 100005; without `value` where it is blank."""
    made = contact(pod, firstName="Ada")["fieldValues"]

    keys = [int(each["id"]) for each in made]
    expect(that=keys == sorted(set(keys)), otherwise="each is there once, by its id", found=keys)
    expect(that=keys[:2] == [100005, 100017], otherwise="the first are 100005 and 100017", found=keys[:2])
    twice = {"100001", *PROPERTIES.values()} & {each["id"] for each in made}
    expect(that=not twice, otherwise="what is a property is not repeated", found=twice)
    odd = [each for each in made if each["type"] != "FieldValue" or each.get("value", "filled") in ("", None)]
    expect(that=not odd, otherwise="each is a FieldValue, a blank one without value", found=odd)
    blank = next(each for each in made if each["id"] == "100005")
    expect(that=set(blank) == {"type", "id"}, otherwise="a blank one is type and id", found=blank)


@contract("rest.contact.custom-field", sure=Sure.RECORDED, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def a_value_of_a_custom_field_is_kept(pod: Pod, draw: Draw) -> None:
    """The value of a custom field is kept as text and read again."""
    field, text = contact_field(pod)["id"], draw(texts(100))

    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": field, "value": text}])

    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()
    told = value_of(made, field), value_of(found, field)
    expect(that=told == (text, text), otherwise=f"it is {text!r}", found=told)


@contract("rest.contact.date-field", sure=Sure.DOC, source="rest 2.1, 5", versions=BOTH, needs=[Need.WRITES])
def the_value_of_a_date_field_is_unix_seconds(pod: Pod, draw: Draw) -> None:
    """The value of a date field is sent and read as seconds since 1970."""
    field, moment = contact_field(pod, "date")["id"], str(draw(st.integers(946_684_800, 4_102_444_799)))

    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": field, "value": moment}])

    expect(that=value_of(made, field) == moment, otherwise=f"it is {moment}", found=value_of(made, field))


@contract("rest.contact.create.no-address", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def an_address_is_needed(pod: Pod) -> None:
    """A contact without an address is 400, with a rule of `emailAddress` and the value `<null>`."""
    found = pod.rest("POST", "/data/contact", {"firstName": "Ada"})

    rule = broken_rule(found, "emailAddress", "EmailAddressRequirement", "NotNullRequirement")
    expect(that=rule["value"] == "<null>", otherwise="the value is <null>", found=rule["value"])
    kind = rule["container"]["objectType"]
    expect(that=kind == "Contact", otherwise="the object is a Contact", found=kind)


@contract("rest.contact.create.bad-address", sure=Sure.DOC, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def an_address_must_be_one(pod: Pod, draw: Draw) -> None:
    """A contact with an address that is none is 400, with the rule for addresses and the value that was sent."""
    address = draw(no_addresses())

    rule = broken_rule(
        pod.rest("POST", "/data/contact", {"emailAddress": address}), "emailAddress", "EmailAddressRequirement"
    )

    expect(that=rule["value"] == address, otherwise=f"the value is {address!r}", found=rule["value"])


@contract("rest.contact.create.bad-date", sure=Sure.DOC, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def dates_of_a_contact_must_be_some(pod: Pod, draw: Draw) -> None:
    """A date of bounce, subscription or unsubscription that is none is 400 with DateRequirement."""
    name, text = draw(st.sampled_from(_DATES)), draw(st.sampled_from(["soon", "1st of May", "x1"]))

    found = pod.rest("POST", "/data/contact", {"emailAddress": pod.address(), name: text})

    broken_rule(found, name, "DateRequirement")


@contract("rest.contact.create.bad-truth", sure=Sure.DOC, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def truths_of_a_contact_must_be_some(pod: Pod, draw: Draw) -> None:
    """`isBounceback` and `isSubscribed` that are neither true nor false are 400 with BooleanRequirement."""
    name, text = draw(st.sampled_from(_TRUTHS)), draw(st.sampled_from(["yes", "maybe", "tru", "2"]))

    found = pod.rest("POST", "/data/contact", {"emailAddress": pod.address(), name: text})

    rule = broken_rule(found, name, "BooleanRequirement")
    expect(that=rule["value"] == text, otherwise=f"the value is {text!r}", found=rule["value"])


@contract("rest.contact.create.several-rules", sure=Sure.CLIENT, source="rest 7.1", versions=BOTH, needs=[Need.WRITES])
def each_broken_rule_has_an_entry(pod: Pod) -> None:
    """The body of a 400 is an array with an entry for each broken rule."""
    body = {"emailAddress": pod.address(), "isSubscribed": "perhaps", "isBounceback": "x", "bouncebackDate": "soon"}

    rules = broken_rules(pod.rest("POST", "/data/contact", body))

    found, wanted = {each["property"] for each in rules}, set(body) - {"emailAddress"}
    expect(that=found == wanted, otherwise=f"there is one for each of {wanted}", found=found)


@contract("rest.contact.update", sure=Sure.DOC, source="rest 0 fact 6, rest 8.2", versions=BOTH, needs=[Need.WRITES])
def a_contact_is_updated(pod: Pod, draw: Draw) -> None:
    """A PUT answers 200 with the contact at depth complete; what only the product writes stays."""
    made = contact(pod, firstName="Ada", city="Utrecht")
    last = draw(texts(40))

    body = made | {"lastName": last, "createdAt": "1", "currentStatus": "Gone"}
    changed = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()

    expect(that=changed["depth"] == "complete", otherwise="the depth is complete", found=changed["depth"])
    expect(that=changed["lastName"] == last, otherwise=f"the last name is {last!r}", found=changed["lastName"])
    kept = {**scalars(made), "lastName": last}
    other = {name for name in kept if not name.startswith("updated") and changed.get(name) != kept[name]}
    expect(that=not other, otherwise="all else is as it was", found=other)
    found = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()
    expect(that=found == changed, otherwise="a GET gives the same", found=found)


@contract("rest.contact.update.moves-updated-at", sure=Sure.DOC, source="rest 19", versions=BOTH, needs=[Need.WRITES])
def an_update_has_its_moment(pod: Pod) -> None:
    """An update moves `updatedAt` and leaves `createdAt`."""
    made = contact(pod)
    pod.wait(3)

    changed = pod.rest("PUT", f"/data/contact/{made['id']}", made | {"city": "Utrecht"}).expect(200).json()

    expect(that=changed["createdAt"] == made["createdAt"], otherwise="createdAt stays", found=changed["createdAt"])
    moved = int(changed["updatedAt"]) > int(made["updatedAt"])
    expect(that=moved, otherwise="updatedAt is later", found=changed["updatedAt"])


@contract("rest.contact.update.no-address", sure=Sure.DOC, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def an_update_needs_the_address(pod: Pod) -> None:
    """A PUT without the address is 400, and nothing is changed."""
    made = contact(pod, city="Utrecht")
    path = f"/data/contact/{made['id']}"

    broken_rules(pod.rest("PUT", path, {"id": made["id"], "city": "Delft"}))

    found = pod.rest("GET", path, depth="partial").expect(200).json()["city"]
    expect(that=found == "Utrecht", otherwise="the city is as it was", found=found)


@contract("rest.contact.update.field-value", sure=Sure.RECORDED, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def an_update_writes_field_values(pod: Pod, draw: Draw) -> None:
    """The field values in a PUT are written."""
    field, text = contact_field(pod)["id"], draw(texts(60))
    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": field, "value": "before"}])

    body = {
        "id": made["id"],
        "emailAddress": made["emailAddress"],
        "fieldValues": [{"type": "FieldValue", "id": field, "value": text}],
    }
    changed = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()

    expect(that=value_of(changed, field) == text, otherwise=f"it is {text!r}", found=value_of(changed, field))


@contract("rest.contact.update.unsubscribe", sure=Sure.DOC, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def a_contact_is_unsubscribed_from_all_and_subscribed_again(pod: Pod, draw: Draw) -> None:
    """`isSubscribed` and `isBounceback` are what the last PUT says."""
    made = contact(pod)

    for name in (draw(st.sampled_from(_TRUTHS)),) * 2:
        wanted = "false" if made[name] == "true" else "true"
        made = pod.rest("PUT", f"/data/contact/{made['id']}", made | {name: wanted}).expect(200).json()
        expect(that=made[name] == wanted, otherwise=f"{name} is {wanted}", found=made[name])


@contract("rest.contact.email-format", sure=Sure.DOC, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def the_format_of_emails_is_kept(pod: Pod, draw: Draw) -> None:
    """The format of e-mails is `unspecified`, `html` or `text`."""
    word = draw(st.sampled_from(["unspecified", "html", "text"]))

    made = contact(pod, emailFormatPreference=word)

    found = made["emailFormatPreference"]
    expect(that=found == word, otherwise=f"it is {word}", found=found)


@contract("rest.contact.account", sure=Sure.DOC, source="rest 8.2", versions=BOTH, needs=[Need.WRITES])
def the_account_of_a_contact_is_only_read(pod: Pod) -> None:
    """`accountName` is a text, which links to no account of that name; `accountId` is not written."""
    account = pod.made("/data/account", {"name": pod.name("account")})

    made = contact(pod, accountName=account["name"], accountId=account["id"])

    told = made["accountName"], made.get("accountId")
    expect(that=told == (account["name"], None), otherwise="there is a name, and no account", found=told)
