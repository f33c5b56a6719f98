"""Contact fields (`rest` 8.3, 8.4)."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, in_order
from eloqua_contracts.catalogue.rest.things import contact_field
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

STANDARD = {
    "100001": "C_EmailAddress",
    "100002": "C_FirstName",
    "100003": "C_LastName",
    "100004": "C_Company",
    "100005": "C_EmailDisplayName",
    "100009": "C_City",
    "100010": "C_State_Prov",
    "100011": "C_Zip_Postal",
    "100012": "C_Country",
    "100013": "C_BusPhone",
    "100016": "C_Title",
    "100017": "C_Salutation",
    "100022": "C_Salesperson",
    "100023": "C_SFDCContactID",
    "100032": "ContactIDExt",
    "100171": "C_EmailAddressDomain",
}
"""Ids of fields that every site has (`rest` 8.3)."""
_NEW = {
    "dataType": "text",
    "displayType": "text",
    "isReadOnly": "false",
    "isRequired": "false",
    "isStandard": "false",
    "showTrustedVisitorsOnly": "true",
    "updateType": "always",
}
_NEEDED = ("name", "dataType", "displayType", "updateType")
_SIGNS = st.text("abcXYZ019 -_./&()", min_size=1, max_size=12).map(lambda text: f"x{text}x")


@contract("rest.contact-field.shape", sure=Sure.RECORDED, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def a_new_field_has_its_keys(pod: Pod) -> None:
    """A new field has the recorded values and keys in their order, and no stamps."""
    made = contact_field(pod)

    told = {name: made.get(name) for name in _NEW}
    expect(that=told == _NEW, otherwise=f"it has {_NEW}", found=told)
    expect(that=list(made) == in_order(made), otherwise=f"the order is {in_order(made)}", found=list(made))
    more = set(made) - set(_NEW) - {"type", "id", "depth", "name", "internalName"}
    expect(that=not more, otherwise="there is nothing more", found=more)


@contract("rest.contact-field.internal-name", sure=Sure.RECORDED, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def the_internal_name_is_made_of_the_name(pod: Pod, draw: Draw) -> None:
    """The internal name is `C_`, the name with `_` for every sign that is no letter or digit, and 1."""
    name = f"{pod.name()} {draw(_SIGNS)}"

    made = contact_field(pod, name=name)

    wanted = "C_" + re.sub(r"[^A-Za-z0-9]", "_", name) + "1"
    expect(that=made["internalName"] == wanted, otherwise=f"it is {wanted}", found=made["internalName"])


@contract("rest.contact-field.needed", sure=Sure.DOC, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def four_properties_of_a_field_are_needed(pod: Pod) -> None:
    """Without name, data type, display type or update type a field is 400."""
    whole = {"name": pod.name("field"), "dataType": "text", "displayType": "text", "updateType": "always"}

    for name in _NEEDED:
        rules = broken_rules(pod.rest("POST", "/assets/contact/field", {k: v for k, v in whole.items() if k != name}))
        told = [each["property"] for each in rules]
        expect(that=told == [name], otherwise=f"it is about {name}", found=told)


@contract("rest.contact-field.types", sure=Sure.DOC, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def fields_have_types(pod: Pod, draw: Draw) -> None:
    """A field is text, large text, numeric, number or date, and updated always or by what is new and not blank."""
    given = {
        "dataType": draw(st.sampled_from(["text", "largeText", "numeric", "number", "date"])),
        "updateType": draw(st.sampled_from(["always", "newNotBlank"])),
    }

    made = contact_field(pod, **given)

    told = {name: made[name] for name in given}
    expect(that=told == given, otherwise=f"it is {given}", found=told)


@contract("rest.contact-field.choices", sure=Sure.DOC, source="rest 8.4", versions=BOTH, needs=[Need.WRITES])
def a_field_may_be_a_choice(pod: Pod, draw: Draw) -> None:
    """A field to choose from has an option list, a checkbox the two values that it stands for."""
    if draw(st.booleans()):
        options = [{"type": "Option", "displayName": "Small", "value": "S"}]
        given = {
            "displayType": draw(st.sampled_from(["singleSelect", "multiSelect"])),
            "optionListId": pod.made("/assets/optionList", {"name": pod.name("options"), "elements": options})["id"],
        }
    else:
        given = {"displayType": "checkbox", "checkedValue": "Yes", "uncheckedValue": "No"}

    made = contact_field(pod, **given)

    told = {name: made.get(name) for name in given}
    expect(that=told == given, otherwise=f"it has {given}", found=told)


@contract("rest.contact-field.standard", sure=Sure.CLIENT, source="rest 8.3", versions=BOTH)
def standard_fields_have_their_ids(pod: Pod, draw: Draw) -> None:
    """The standard fields have the same ids and internal names on every site."""
    key = draw(st.sampled_from(sorted(STANDARD)))

    there = pod.rest("GET", f"/assets/contact/field/{key}").expect(200).json()

    told = there["type"], there["id"], there["internalName"], there["isStandard"]
    wanted = ("ContactField", key, STANDARD[key], "true")
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.contact-field.in-every-contact", sure=Sure.DOC, source="rest 8.1", versions=BOTH, needs=[Need.WRITES])
def a_new_field_is_in_every_contact(pod: Pod) -> None:
    """A new field is among the `fieldValues` of contacts that were there before, and goes when it is deleted."""
    path = f"/data/contact/{pod.made('/data/contact', {'emailAddress': pod.address()})['id']}"
    field = contact_field(pod)["id"]

    def fields() -> list[str]:
        return [each["id"] for each in pod.rest("GET", path, depth="complete").expect(200).json()["fieldValues"]]

    expect(that=field in fields(), otherwise=f"{field} is there", found=fields())
    pod.rest("DELETE", f"/assets/contact/field/{field}").expect(200)
    expect(that=field not in fields(), otherwise=f"{field} is there no more")


@contract("rest.dependencies", sure=Sure.DOC, source="rest 6, 14.6", versions=BOTH, needs=[Need.WRITES])
def what_is_in_use_is_not_deleted(pod: Pod) -> None:
    """An option list that a field uses is not deleted: it is 409 or 412; without the field it goes."""
    options = [{"type": "Option", "displayName": "Small", "value": "S"}]
    made = pod.made("/assets/optionList", {"name": pod.name("options"), "elements": options})
    path = f"/assets/optionList/{made['id']}"
    field = contact_field(pod, displayType="singleSelect", optionListId=made["id"])

    pod.rest("DELETE", path).expect(409, 412)
    pod.rest("GET", path).expect(200)
    pod.rest("DELETE", f"/assets/contact/field/{field['id']}").expect(200)
    pod.rest("DELETE", path).expect(200)


@contract("rest.dependencies.list", sure=Sure.CLIENT, source="rest 14.6", versions=["2.0"], needs=[Need.WRITES])
def what_uses_an_asset_is_told(pod: Pod) -> None:
    """What uses an asset is a bare array of type, id and name."""
    made = pod.made("/assets/optionList", {"name": pod.name("options"), "elements": []})
    field = contact_field(pod, displayType="singleSelect", optionListId=made["id"])

    there = pod.rest("GET", f"/assets/optionList/{made['id']}/dependencies").expect(200).json()

    wanted = [{"type": "ContactField", "id": field["id"], "name": field["name"]}]
    expect(that=there == wanted, otherwise=f"it is {wanted}", found=there)
