"""What Bulk 2.0 tells of fields, lists, segments, filters, models, objects and groups (`bulk` 16, 17)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.assets import email_group
from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, EVENT, Entity, placed
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_WRITES = [Need.WRITES]
_FIELD = [
    *("name", "internalName", "dataType", "defaultValue", "hasReadOnlyConstraint", "hasNotNullConstraint"),
    *("hasUniquenessConstraint", "statement", "activityTypes", "uri"),
    *("createdBy", "createdAt", "updatedBy", "updatedAt"),
]
_AT_TIMES = {"defaultValue", "activityTypes", "createdBy", "updatedBy"}
_TYPES = {"string", "number", "date", "emailAddress", "boolean"}
_STANDARD = {
    100001: "C_EmailAddress", 100002: "C_FirstName", 100003: "C_LastName", 100004: "C_Company",
    100005: "C_EmailDisplayName", 100006: "C_Address1", 100007: "C_Address2", 100008: "C_Address3",
    100009: "C_City", 100010: "C_State_Prov", 100011: "C_Zip_Postal", 100012: "C_Country",
    100013: "C_BusPhone", 100014: "C_MobilePhone", 100015: "C_Fax", 100016: "C_Title",
    100017: "C_Salutation", 100022: "C_Salesperson", 100023: "C_SFDCContactID", 100024: "C_SFDCLeadID",
    100026: "C_DateCreated", 100027: "C_DateModified", 100032: "ContactIDExt", 100033: "C_SFDCAccountID",
    100034: "C_LastModifiedByExtIntegrateSystem", 100035: "C_SFDCLastCampaignID",
    100036: "C_SFDCLastCampaignStatus", 100171: "C_EmailAddressDomain", 100172: "C_FirstAndLastName",
}  # fmt: skip
"""Fields of contacts that every site has, as recorded."""
_DATES = {"C_DateCreated", "C_DateModified", "C_LastModifiedByExtIntegrateSystem"}
_READ_ONLY = {
    *("C_DateCreated", "C_DateModified", "ContactIDExt", "C_elqPURLName1", "C_ElqPURLName", "C_EmailAddressDomain"),
    *("C_FirstAndLastName", "C_MD5HashedEmailAddress", "C_SHA256HashedEmailAddress", "C_MD5HashedBusPhone"),
    *("C_SHA256HashedBusPhone", "C_MD5HashedMobilePhone", "C_SHA256HashedMobilePhone"),
}


def _fields(pod: Pod, entity: str = "contacts", **params: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = pod.bulk("GET", f"/{entity}/fields", **params).expect(200).json()["items"]
    return items


def _declare_fields(entity: str) -> None:
    def check(pod: Pod) -> None:
        for each in _fields(pod, entity):
            wanted = [name for name in _FIELD if name in each or name not in _AT_TIMES]
            expect(that=list(each) == wanted, otherwise=f"the keys are {wanted}", found=list(each))
            expect(that=each["dataType"] in _TYPES, otherwise=f"the type is one of {_TYPES}", found=each)
            truths = {type(each[name]) for name in each if name.startswith("has")}
            expect(that=truths == {bool}, otherwise="constraints are truths", found=each)
            is_statement = each["statement"].startswith("{{") and each["statement"].endswith("}}")
            expect(that=is_statement, otherwise="the statement is in braces", found=each)
            has_uri = each["uri"] == "" or each["uri"].startswith(f"/{entity}/fields/")
            expect(that=has_uri, otherwise="the uri is relative, or empty", found=each["uri"])

    check.__doc__ = f"Fields of {entity} have the recorded keys in their order, a known type, truths, a statement."
    contract(f"bulk.fields.{entity.lower()}", sure=Sure.RECORDED, source="bulk 16.1")(check)


for _entity in ("contacts", "accounts", "activities", "opportunities", "campaignResponses"):
    _declare_fields(_entity)


@contract("bulk.fields.standard", sure=Sure.RECORDED, source="bulk 16.1")
def the_standard_fields_have_their_ids(pod: Pod) -> None:
    """The standard fields of contacts have the same ids, types and statements on every site."""
    found = {each["internalName"]: each for each in _fields(pod)}

    for key, name in _STANDARD.items():
        kind = "emailAddress" if name == "C_EmailAddress" else "date" if name in _DATES else "string"
        wanted = {"uri": f"/contacts/fields/{key}", "dataType": kind, "statement": f"{{{{Contact.Field({name})}}}}"}
        told = {part: found.get(name, {}).get(part) for part in wanted}
        expect(that=told == wanted, otherwise=f"{name} is {wanted}", found=told)


@contract("bulk.fields.read-only", sure=Sure.RECORDED, source="bulk 16.1")
def some_fields_are_only_read(pod: Pod) -> None:
    """Of the standard fields of contacts, stamps, names made up by Eloqua and hashes are read only, the others not."""
    for each in _fields(pod):
        name = each["internalName"]
        if name in _READ_ONLY or name in _STANDARD.values():
            wanted, told = name in _READ_ONLY, each["hasReadOnlyConstraint"]
            expect(that=told is wanted, otherwise=f"{name} is {'' if wanted else 'not '}read only", found=told)


@contract("bulk.fields.system", sure=Sure.RECORDED, source="bulk 16.1")
def system_fields_are_of_1900(pod: Pod) -> None:
    """Standard fields were made by nobody, on 1 January 1900; the address alone is unique among them."""
    for each in _fields(pod):
        if each["internalName"] in _STANDARD.values():
            made = each["createdAt"]
            expect(that=made == "1900-01-01T05:00:00.0000000Z", otherwise="it was made in 1900", found=made)
            expect(that="createdBy" not in each, otherwise="nobody made it", found=each.get("createdBy"))
            wanted, told = each["internalName"] == "C_EmailAddress", each["hasUniquenessConstraint"]
            expect(that=told is wanted, otherwise=f"{each['internalName']} is unique: {wanted}", found=told)


@contract("bulk.field.read", sure=Sure.DOC, source="bulk 16.1")
def a_field_is_read_by_its_uri(pod: Pod, draw: Draw) -> None:
    """The uri of a listed field gives the same field."""
    listed = draw(st.sampled_from([each for each in _fields(pod) if each["uri"]]))

    found = pod.bulk("GET", listed["uri"]).expect(200).json()

    expect(that=found == listed, otherwise="it is the same field", found=found)


def _declare_read(entity: str) -> None:
    def check(pod: Pod) -> None:
        listed = [each for each in _fields(pod, entity) if each["uri"]]
        for each in (*listed[:1], *listed[-1:]):
            found = pod.bulk("GET", each["uri"]).expect(200).json()
            expect(that=found == each, otherwise="it is the same field", found=found)

    check.__doc__ = f"The uri of a field of {entity}, where it has one, gives the same field as the list."
    contract(f"bulk.field.read.{entity.lower()}", sure=Sure.DOC, source="bulk 16.1")(check)


for _entity in ("accounts", "activities", "opportunities"):
    _declare_read(_entity)


def _declare_read_of_object(entity: Entity) -> None:
    def check(pod: Pod) -> None:
        place = placed(pod, entity)

        listed = {each["name"]: each for each in _fields(pod, place.path[1:])}

        for name in ("code", "amount"):
            found = pod.bulk("GET", f"{place.path}/fields/{place.ids[name]}").expect(200).json()
            expect(that=found == listed[name], otherwise="it is the same field as in the list", found=found)
            told = found["statement"]
            expect(that=told == place.fields[name], otherwise=f"its statement is {place.fields[name]}", found=told)
        owner = pod.bulk("GET", place.path).expect(200).json()
        expect(that=owner["uri"] == place.path, otherwise="the object they are of has its uri", found=owner["uri"])

    check.__doc__ = f"The fields of one of the {entity.name} are read by their ids, and so is the object itself."
    contract(f"bulk.field.read.{entity.name}", sure=Sure.DOC, source="bulk 16.1, 16.2", needs=_WRITES)(check)


for _owner in (CUSTOM_OBJECT, EVENT):
    _declare_read_of_object(_owner)


@contract("bulk.fields.campaigns.by-type", sure=Sure.DOC, source="bulk 16.2")
def fields_of_campaigns_are_asked_for_by_type(pod: Pod, draw: Draw) -> None:
    """`type` asks for the fields of campaigns that an app's export, an activity or a response can show."""
    kind = draw(st.sampled_from(["sourceCampaign", "activity", "campaignResponse"]))

    found = pod.bulk("GET", "/campaigns/fields", type=kind).expect(200).json()

    for each in found["items"]:
        expect(that="Campaign" in each["statement"], otherwise="each is of a campaign", found=each)


@contract("bulk.fields.search", sure=Sure.CLIENT, source="bulk 6, clients 5")
def fields_are_searched_by_name(pod: Pod, draw: Draw) -> None:
    """`q` with a name finds the fields that are called so."""
    name = draw(st.sampled_from(sorted({each["name"] for each in _fields(pod)})))

    found = _fields(pod, q=f'"name={name}"')

    names = {each["name"] for each in found}
    expect(that=names == {name}, otherwise=f"they are called {name}", found=names)


@contract("bulk.fields.custom", sure=Sure.RECORDED, source="bulk 16.1", needs=_WRITES)
def a_custom_field_is_named_after_its_name(pod: Pod) -> None:
    """A field of the site's own is `C_`, its name with underscores for blanks, and 1; REST and Bulk agree on its id."""
    name = pod.name("shoe size")
    body = {"name": name, "dataType": "text", "displayType": "text", "updateType": "always"}
    made = pod.made("/assets/contact/field", body)

    found = pod.bulk("GET", f"/contacts/fields/{made['id']}").expect(200).json()

    wanted = f"C_{re.sub('[^A-Za-z0-9]', '_', name)}1"
    expect(that=found["internalName"] == wanted, otherwise=f"it is {wanted}", found=found["internalName"])
    expect(that=found["name"] == name, otherwise=f"its name is {name}", found=found["name"])
    expect(that=found["createdBy"] == pod.login().name, otherwise="its maker is told", found=found.get("createdBy"))


@contract("bulk.fields.activities.by-type", sure=Sure.DOC, source="bulk 16.2, 17")
def fields_of_activities_are_asked_for_by_type(pod: Pod, draw: Draw) -> None:
    """`activityType` leaves those fields of activities that the type has, and each field names its types."""
    kind = draw(
        st.sampled_from(["EmailSend", "EmailOpen", "EmailClickthrough", "Bounceback", "FormSubmit", "WebVisit"])
    )

    found, every = _fields(pod, "activities", activityType=kind), _fields(pod, "activities")

    wanted = [each for each in every if kind in each.get("activityTypes", [])]
    expect(that=bool(found) and found == wanted, otherwise=f"they are those of {kind}", found=len(found))


Wanted = dict[str, Any]
Make = Callable[[Pod], tuple[str, Wanted]]


def _contact_list(pod: Pod) -> tuple[str, Wanted]:
    """A contact list: name, number of members, statement."""
    contact = pod.made("/data/contact", {"emailAddress": pod.address()})
    made = pod.made("/assets/contact/list", {"name": pod.name("list"), "membershipAdditions": [contact["id"]]})
    path = f"/contacts/lists/{made['id']}"
    return path, {"name": made["name"], "count": 1, "statement": f"{{{{ContactList[{made['id']}]}}}}", "uri": path}


def _segment(pod: Pod) -> tuple[str, Wanted]:
    """A segment: name, number of members, statement."""
    made = pod.made("/assets/contact/segment", {"name": pod.name("segment")})
    path = f"/contacts/segments/{made['id']}"
    return path, {"name": made["name"], "count": 0, "statement": f"{{{{ContactSegment[{made['id']}]}}}}", "uri": path}


def _filter(pod: Pod) -> tuple[str, Wanted]:
    """A contact filter: name, number of members, statement."""
    made = pod.made("/assets/contact/filter", {"name": pod.name("filter"), "criteria": [], "statement": ""})
    path = f"/contacts/filters/{made['id']}"
    return path, {"name": made["name"], "count": 0, "statement": f"{{{{ContactFilter[{made['id']}]}}}}", "uri": path}


def _email_group(pod: Pod) -> tuple[str, Wanted]:
    """An e-mail group: name, statement."""
    name = pod.name("group")
    key = email_group(pod, name)
    path = f"/emailGroups/{key}"
    return path, {"name": name, "statement": f"{{{{EmailGroup[{key}]}}}}", "uri": path}


def _object(pod: Pod) -> tuple[str, Wanted]:
    """A custom object: name, and the uri of its unique field."""
    place = placed(pod, CUSTOM_OBJECT)
    return place.path, {"uniqueFieldUri": f"{place.path}/fields/{place.ids['code']}", "uri": place.path}


_ITEMS: dict[str, Make] = {
    "contact-list": _contact_list,
    "segment": _segment,
    "filter": _filter,
    "email-group": _email_group,
    "custom-object": _object,
}


def _declare_item(word: str, make: Make) -> None:
    def check(pod: Pod) -> None:
        path, wanted = make(pod)

        found = pod.bulk("GET", path).expect(200).json()

        told = {name: found.get(name) for name in wanted}
        expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
        tail = [name for name in found if name in {"uri", "createdBy", "createdAt", "updatedBy", "updatedAt"}]
        order = ["uri", "createdBy", "createdAt", "updatedBy", "updatedAt"]
        expect(that=tail == order, otherwise="uri and stamps follow each other", found=list(found))
        listed = pod.bulk("GET", path.rpartition("/")[0], q=f'"name={found["name"]}"').expect(200).json()["items"]
        expect(that=listed == [found], otherwise="the list has the same", found=listed)

    check.__doc__ = f"{(make.__doc__ or '').removesuffix('.')}, uri and stamps are told, alone and in the list."
    contract(f"bulk.item.{word}", sure=Sure.DOC, source="bulk 16.2", needs=_WRITES)(check)


for _word, _make in _ITEMS.items():
    _declare_item(_word, _make)


@contract("bulk.fields.custom-object", sure=Sure.CLIENT, source="bulk 14, 16.1", needs=_WRITES)
def fields_of_a_custom_object_go_by_ids(pod: Pod) -> None:
    """The fields of a custom object have statements of two ids, types of Bulk, and `<name>1` for internal names."""
    place = placed(pod, CUSTOM_OBJECT)

    found = {each["name"]: each for each in _fields(pod, place.path[1:])}

    types = {"code": "string", "amount": "number", "many": "number", "day": "date", "story": "string"}
    for name, kind in types.items():
        each = found[name]
        wanted = (kind, place.fields[name], f"{name}1", f"{place.path}/fields/{place.ids[name]}")
        told = (each["dataType"], each["statement"], each["internalName"], each["uri"])
        expect(that=told == wanted, otherwise=f"{name} is {wanted}", found=told)


@contract("bulk.fields.custom-object-system", sure=Sure.CLIENT, source="bulk 16.1", needs=_WRITES)
def a_custom_object_lists_when_a_record_was_changed(pod: Pod) -> None:
    """The fields of a custom object include `UpdatedAt`, by its statement: tap-eloqua looks for it nowhere else."""
    place = placed(pod, CUSTOM_OBJECT)

    found = {each["internalName"]: each["statement"] for each in _fields(pod, place.path[1:])}

    stem = place.fields["code"].partition(".")[0]
    expect(that=found.get("UpdatedAt") == f"{stem}.UpdatedAt}}}}", otherwise="it is a field", found=found)


@contract("bulk.item.import-priority", sure=Sure.DOC, source="bulk 3")
def a_priority_is_a_place_in_the_queue(pod: Pod) -> None:
    """A priority of imports has a name, a number, a uri by which it is read, and stamps."""
    for listed in pod.bulk("GET", "/imports/priorities").expect(200).json()["items"]:
        found = pod.bulk("GET", listed["uri"]).expect(200).json()
        expect(that=found == listed, otherwise="it is the same alone and in the list", found=found)
        kinds = type(found["name"]), type(found["priority"])
        expect(that=kinds == (str, int), otherwise="the priority is a number", found=kinds)
