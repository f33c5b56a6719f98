"""What REST says when it refuses, and which of its paths are there (`rest` 23)."""

from __future__ import annotations

from eloqua_contracts.catalogue.rest.things import Thing, contact, contact_field, custom_object, field_values
from eloqua_contracts.contract import Need
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import Undecided, probe
from eloqua_contracts.probes.platform import told

_WRITES = [Need.WRITES]
_NOBODY = "2147483647"
_UNDESCRIBED = (
    "/assets/campaigns",
    "/assets/contact/segments",
    "/assets/contact/filters",
    "/assets/contact/views",
    "/assets/account/views",
    "/assets/account/fields",
    "/assets/dynamicContents",
    "/assets/externals",
    "/assets/emails/recent",
    "/assets/templates/email",
    "/assets/email/deployments",
    "/system/user",
)
"""Paths of 1.0 that no page describes and clients ask for."""


@probe("rest.body-of-401", source="rest 6, 23 question 2", setting="body_of_401")
def body_of_401(pod: Pod) -> str:
    """Has the 401 of REST a body?"""
    found = pod.call("GET", f"{pod.base_url}/API/REST/1.0/data/contacts").expect(401)
    return "string" if found.body else "empty"


@probe("rest.endpoint-error-shape", source="rest 7.2, 23 question 4", setting="endpoint_error_shape")
def endpoint_error_shape(pod: Pod) -> str:
    """Does the error of a parameter come in a list, or bare?"""
    return "array" if isinstance(pod.rest("GET", "/data/contact/abc").expect(400).json(), list) else "object"


@probe(
    "rest.delete-dependency-status",
    source="rest 6, 23 question 3",
    setting="delete_dependency_status",
    needs=_WRITES,
)
def delete_dependency_status(pod: Pod) -> str:
    """Is it 409 or 412 to delete what others depend on?"""
    found = _deletion_of_what_is_used(pod)
    if found.status not in (409, 412):
        raise Undecided(told(found))
    return str(found.status)


@probe("rest.body-of-a-dependency", source="rest 6, 23 question 2", needs=_WRITES)
def body_of_a_dependency(pod: Pod) -> str:
    """What does the answer look like to who deletes what others depend on?"""
    return told(_deletion_of_what_is_used(pod))


def _deletion_of_what_is_used(pod: Pod) -> Exchange:
    options = [{"type": "Option", "displayName": "Small", "value": "S"}]
    made = pod.made("/assets/optionList", {"name": pod.name("options"), "elements": options})
    contact_field(pod, displayType="singleSelect", optionListId=made["id"])
    return pod.rest("DELETE", f"/assets/optionList/{made['id']}")


@probe("rest.accept-xml", source="rest 1.3, platform 5.4")
def what_comes_to_who_wants_xml(pod: Pod) -> str:
    """What comes to who asks for XML: a list, and an error?"""
    xml = {"accept": "application/xml"}
    pages = (
        pod.signed("GET", f"/API/REST/2.0/data/{path}", headers=xml) for path in ("contacts?count=1", "contact/abc")
    )
    return ", ".join(f"{each.status} {each.headers.get('content-type', 'no content type')}" for each in pages)


@probe("rest.body-of-409", source="rest 7.4, 23 question 1", needs=_WRITES)
def body_of_409(pod: Pod) -> str:
    """What is the body of the 409 of a second contact with an address?"""
    address = contact(pod)["emailAddress"]
    return told(pod.rest("POST", "/data/contact", {"emailAddress": address}))


@probe("rest.put-of-a-taken-address", source="rest 8.2, 23 question 1", needs=_WRITES)
def put_of_a_taken_address(pod: Pod) -> str:
    """What is a PUT of a contact to an address that another has?"""
    first, second = contact(pod), contact(pod)
    body = {"id": second["id"], "emailAddress": first["emailAddress"]}
    return told(pod.rest("PUT", f"/data/contact/{second['id']}", body))


@probe("rest.address-in-another-case", source="rest 8.2", needs=_WRITES)
def address_in_another_case(pod: Pod) -> str:
    """Is an address taken that differs in capitals only?"""
    address = contact(pod)["emailAddress"]
    return told(pod.rest("POST", "/data/contact", {"emailAddress": address.upper()}))


@probe("rest.body-of-404", source="rest 6, 23 question 2")
def body_of_404(pod: Pod) -> str:
    """Has a 404 of REST a body?"""
    return told(pod.rest("GET", f"/data/contact/{_NOBODY}"))


@probe("rest.body-of-403", source="rest 6, 23 question 2", needs=_WRITES)
def body_of_403(pod: Pod) -> str:
    """Has a 403 of REST a body?"""
    return told(pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}, role="api only"))


@probe("rest.body-of-no-json", source="rest 7.4", needs=_WRITES)
def body_of_no_json(pod: Pod) -> str:
    """What is the answer to a body that is no JSON?"""
    return told(pod.rest("POST", "/data/contact", b'{"emailAddress":'))


@probe("rest.unknown-path", source="rest 1.5")
def unknown_path(pod: Pod) -> str:
    """What is a path below REST that is none?"""
    return told(pod.rest("GET", "/data/nothing"))


@probe("rest.id-of-a-put", source="rest 1.2", needs=_WRITES)
def id_of_a_put(pod: Pod) -> str:
    """What is a PUT whose body has another id than its path?"""
    made = contact(pod)
    return told(pod.rest("PUT", f"/data/contact/{made['id']}", made | {"id": _NOBODY}))


@probe("rest.put-of-an-unknown-id", source="rest 18", needs=_WRITES)
def put_of_an_unknown_id(pod: Pod) -> str:
    """What is a PUT to an id that is not there?"""
    body = {"id": _NOBODY, "emailAddress": pod.address()}
    return told(pod.rest("PUT", f"/data/contact/{_NOBODY}", body))


@probe("rest.long-text", source="rest 7.4, 19", needs=_WRITES)
def long_text(pod: Pod) -> str:
    """What is a text of 101 signs in a text field?"""
    return told(pod.rest("POST", "/data/contact", {"emailAddress": pod.address(), "city": "x" * 101}))


@probe("rest.other-data-type", source="rest 13", needs=_WRITES)
def other_data_type(pod: Pod) -> str:
    """What is a PUT that changes the data type of a field of a custom object?"""
    made: Thing = custom_object(pod, {"name": "Code"})
    body = made | {"fields": [made["fields"][0] | {"dataType": "date"}]}
    return told(pod.rest("PUT", f"/assets/customObject/{made['id']}", body))


@probe("rest.field-left-out", source="rest 13", needs=_WRITES)
def field_left_out(pod: Pod) -> str:
    """What becomes of a custom object's field, and its values, that a PUT leaves out?"""
    made = custom_object(pod, {"name": "Code"}, {"name": "City"})
    pod.made(f"/data/customObject/{made['id']}/instance", {"fieldValues": field_values(made, Code="A", City="B")})
    return told(pod.rest("PUT", f"/assets/customObject/{made['id']}", made | {"fields": made["fields"][:1]}))


@probe("rest.undescribed-paths", source="rest 23 question 15")
def undescribed_paths(pod: Pod) -> str:
    """Which paths of 1.0 that nothing describes answer?"""
    pod.version = "1.0"
    return ", ".join(f"{path} {pod.rest('GET', path, count=1).status}" for path in _UNDESCRIBED)
