"""Bodies that are taken and bodies that are refused (`rest` 6, 7)."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, wrong_parameter
from eloqua_contracts.catalogue.rest.things import contact
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_ids


@contract("rest.contact.content-type", sure=Sure.RECORDED, source="rest 0 fact 7", versions=BOTH)
def json_has_no_charset(pod: Pod) -> None:
    """Answers are `application/json` without a charset."""
    found = pod.rest("GET", "/data/contacts", count=1).expect(200)

    kind = found.headers.get("content-type")
    expect(that=kind == "application/json", otherwise="the content type is application/json", found=kind)


@contract("rest.body.utf-8", sure=Sure.CLIENT, source="clients 3", versions=BOTH, needs=[Need.WRITES])
def a_body_is_utf_8_or_escaped(pod: Pod, draw: Draw) -> None:
    """A body is UTF-8, with signs as they are or escaped, and may end in a line feed."""
    escaped, name = draw(st.booleans()), "Zoë Ångström 東京"
    body = json.dumps({"emailAddress": pod.address(), "lastName": name}, ensure_ascii=escaped) + "\n"

    found = pod.rest("POST", "/data/contact", body.encode()).expect(201).json()["lastName"]

    expect(that=found == name, otherwise=f"it is {name}", found=found)


@contract(
    "rest.body.delete-with-a-body",
    sure=Sure.CLIENT,
    source="clients 3",
    versions=BOTH,
    needs=[Need.WRITES],
)
def the_body_of_a_deletion_is_passed_over(pod: Pod) -> None:
    """A DELETE or GET may bring a content type and a body, which nobody reads."""
    made = contact(pod)

    pod.rest("GET", f"/data/contact/{made['id']}", {"emailAddress": "x"}).expect(200)
    pod.rest("DELETE", f"/data/contact/{made['id']}", {"id": "1"}).expect(200)


@contract("rest.contact.bad-id", sure=Sure.DOC, source="rest 7.2", versions=BOTH)
def an_id_must_be_a_number(pod: Pod, draw: Draw) -> None:
    """An id that is no number is 400 with an EndpointParameterError of `id`, its rule and its value."""
    text = draw(no_ids())

    error = wrong_parameter(pod.rest("GET", f"/data/contact/{text}"), "id")

    wanted = {
        "type": "EndpointParameterError",
        "parameter": "id",
        "requirement": {"type": "IdRequirement", "isRelativeAllowed": False},
        "value": text,
    }
    expect(that=error == wanted, otherwise=f"it is {wanted}", found=error)


@contract("rest.error.no-json", sure=Sure.DOC, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def a_body_that_is_no_json_is_400(pod: Pod, draw: Draw) -> None:
    """A body that cannot be parsed is 400."""
    body = draw(st.sampled_from([b'{"emailAddress":', b"emailAddress=a@example.com", b'{"a":1}}', b"{'a': 'b'}"]))

    pod.rest("POST", "/data/contact", body).expect(400)


@contract("rest.error.container", sure=Sure.CLIENT, source="rest 7.1", versions=BOTH, needs=[Need.WRITES])
def a_broken_rule_says_what_of(pod: Pod) -> None:
    """A broken rule has type, container, property, requirement, value; the container names the object's type and id."""
    made = contact(pod)

    rule = broken_rules(pod.rest("PUT", f"/data/contact/{made['id']}", made | {"emailAddress": "nobody"}))[0]

    keys = ["type", "container", "property", "requirement", "value"]
    expect(that=list(rule) == keys, otherwise=f"the keys are {keys}", found=list(rule))
    wanted = {"type": "ObjectKey", "objectType": "Contact", "objectId": made["id"]}
    expect(that=rule["container"] == wanted, otherwise=f"the container is {wanted}", found=rule["container"])
    told = rule["property"], rule["value"]
    expect(that=told == ("emailAddress", "nobody"), otherwise="property and value are those", found=told)


@contract("rest.contact.bad-id.writes", sure=Sure.CLIENT, source="rest 7.2", versions=BOTH, needs=[Need.WRITES])
def an_id_to_be_written_to_must_be_a_number(pod: Pod, draw: Draw) -> None:
    """A PUT or DELETE of an id that is no number is 400 with an error of the parameter `id`."""
    method, text = draw(st.sampled_from(["PUT", "DELETE"])), draw(no_ids())

    wrong_parameter(pod.rest(method, f"/data/contact/{text}", {"emailAddress": pod.address()}), "id")
