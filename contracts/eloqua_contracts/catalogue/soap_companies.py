"""Companies, data cards and form submissions: what is an entity besides contacts (`soap` 10.1, 10.3)."""

from __future__ import annotations

from collections.abc import Callable

from eloqua_contracts.catalogue.soap_entities import create, expect_success, made, retrieve, update
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import COMPANY, Kind

_WRITES = (Need.SOAP, Need.WRITES)


def _company(pod: Pod) -> str:
    return message.entity(COMPANY, {"M_CompanyName": pod.name("company")})


@contract("soap.company.lifetime", sure=Sure.CLIENT, source="soap 10.1, 10.3", needs=_WRITES)
def an_account_is_a_company(pod: Pod) -> None:
    """An account is an entity of the type Company: created, retrieved, changed, deleted as a contact is."""
    name = pod.name("company")
    (new,) = create(pod, message.entity(COMPANY, {"M_CompanyName": name}))
    expect(that=new.id > 0 and new.kind == COMPANY, otherwise="it has an id", found=new)

    (changed,) = update(pod, message.entity(COMPANY, {"M_City": "Turin"}, new.id))
    expect_success(changed, new.id)
    there = message.values(retrieve(pod, [new.id], kind=COMPANY)[0])
    said = (there["M_CompanyName"], there["M_City"])
    expect(that=said == (name, "Turin"), otherwise="name and city are those sent", found=said)
    account = pod.rest("GET", f"/data/account/{new.id}", depth="complete").expect(200).json()
    expect(that=account["name"] == name, otherwise="REST has the account", found=account["name"])
    which = message.of_kind("entityType", COMPANY), message.numbers("ids", [new.id])
    expect_success(message.outcomes(message.ask(pod, "Delete", *which))[0], new.id)
    pod.rest("GET", f"/data/account/{new.id}").expect(404)


def card_set(pod: Pod) -> Kind:
    """A new custom object with a text, as a type of data cards."""
    field = {"type": "CustomObjectField", "name": "Code", "dataType": "text", "displayType": "text"}
    body = {"name": pod.name("cards"), "fields": [field]}
    found = pod.made("/assets/customObject", body)
    return Kind(int(found["id"]), found["name"], "DataCardSet")


@contract("soap.card.lifetime", sure=Sure.CLIENT, source="soap 10.1, 10.3", needs=_WRITES)
def a_record_is_a_data_card(pod: Pod) -> None:
    """A record of a custom object is an entity of its set: created, retrieved, changed, deleted."""
    kind = card_set(pod)
    (field,) = [name for name in _fields(pod, kind) if name.startswith("Code")]
    (new,) = create(pod, message.entity(kind, {field: "A1"}))
    expect(that=new.id > 0 and new.kind == kind, otherwise="it has an id, and its type", found=new)

    (changed,) = update(pod, message.entity(kind, {field: "B2"}, new.id))
    expect_success(changed, new.id)
    there = message.values(retrieve(pod, [new.id], kind=kind)[0])[field]
    expect(that=there == "B2", otherwise="it is changed", found=there)
    which = message.of_kind("entityType", kind), message.numbers("ids", [new.id])
    expect_success(message.outcomes(message.ask(pod, "Delete", *which))[0], new.id)
    expect(that=message.is_nil(retrieve(pod, [new.id], kind=kind)[0]), otherwise="it is gone")


def _fields(pod: Pod, kind: Kind) -> list[str]:
    found = message.ask(pod, "DescribeEntity", message.of_kind("entityType", kind))
    return [message.text(each, "InternalName") for each in message.inside(found, "Fields")]


_KINDS = {"text": "text", "largeText": "textArea", "number": "text", "numeric": "text", "date": "text"}
"""Data types of fields, with how they are displayed."""


@contract("soap.card.data-types", sure=Sure.DOC, source="soap 6.4, 10.1", needs=_WRITES)
def fields_of_every_type_are_described(pod: Pod) -> None:
    """Fields of a custom object of every data type are described in words of the contract, each of another one."""
    fields = [
        {"type": "CustomObjectField", "name": f"A {each}", "dataType": each, "displayType": shown}
        for each, shown in _KINDS.items()
    ]
    found = pod.made("/assets/customObject", {"name": pod.name("cards"), "fields": fields})
    kind = Kind(int(found["id"]), found["name"], "DataCardSet")

    described = message.ask(pod, "DescribeEntity", message.of_kind("entityType", kind))

    shown = {message.text(each, "DisplayName"): each for each in message.inside(described, "Fields")}
    words = [message.text(shown[f"A {each}"], "DataType") for each in _KINDS]
    expect(that=len(set(words)) == len(_KINDS), otherwise="each has a word of its own", found=words)


def _mapped(what: str, number: str, key_of: Callable[[Pod], int]) -> None:
    def check(pod: Pod) -> None:
        kind, key = card_set(pod), key_of(pod)
        mapping = {"MappedEntityType": number, "MappedEntityID": str(key)}

        (new,) = create(pod, message.entity(kind, mapping))

        expect(that=new.id > 0, otherwise="the card is made", found=new)
        there = message.values(retrieve(pod, [new.id], kind=kind)[0])
        said = {name: there.get(name) for name in mapping}
        expect(that=said == mapping, otherwise=f"it is mapped to {mapping}", found=said)

    check.__doc__ = f"A data card is mapped to a {what} by `MappedEntityType` {number} and `MappedEntityID`."
    contract(f"soap.card.mapped-to-{what}", sure=Sure.DOC, source="soap 10.3", needs=_WRITES)(check)


_mapped("contact", "1", made)
_mapped("company", "2", lambda pod: create(pod, _company(pod))[0].id)


@contract("soap.form.submission", sure=Sure.DOC, source="soap 10.1", needs=_WRITES)
def a_submission_is_created(pod: Pod) -> None:
    """What is sent in through a form is an entity of its type, and REST has it among the data of the form."""
    field = {
        "type": "FormField",
        "id": "-1",
        "name": "Word",
        "htmlName": "word",
        "dataType": "text",
        "displayType": "text",
    }
    form = pod.made(
        "/assets/form", {"name": pod.name("form"), "htmlName": pod.prefix.replace(".", ""), "elements": [field]}
    )

    (new,) = create(pod, message.entity(Kind(int(form["id"]), form["name"], "Form"), {"word": "hello"}))

    expect(that=new.id > 0 and not new.errors, otherwise="it is taken in", found=new)
    data = pod.rest("GET", f"/data/form/{form['id']}").expect(200).json()["elements"]
    words = [value["value"] for each in data for value in each["fieldValues"]]
    expect(that=words == ["hello"], otherwise="REST has it", found=words)
